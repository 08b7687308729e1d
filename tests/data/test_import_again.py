"""Importing again adds nothing, a longer export adds only what is new, and late rows leave the log as it was."""

from datetime import datetime

import pytest

from data.check import check
from data.importing import FileRefusedError, MappingRefusedError, RowsRejectedError, run_import
from tests.data.importing_builders import CSV, MAPPING, NOW, Folder, counts, history, rejects_in
from tests.new_desks import new_desk
from workflow.tickets import Actor
from workflow.vocabulary import Role

REPEATS = "case,activity,time\n" + "1,Write,2024-01-01T10:00:00Z\n" * 3


@pytest.fixture
def desk(tmp_path):
    with new_desk(tmp_path / "desk.duckdb") as desk:
        yield desk


@pytest.fixture
def load(desk, tmp_path):
    folder = Folder(tmp_path)

    def load(text, mapping=MAPPING, **options):
        options.setdefault("rejects_file", tmp_path / "rejects.csv")
        return run_import(desk.database, folder.csv(text), folder.mapping(mapping), now=NOW, **options)

    return load


def test_importing_again_adds_nothing(load, desk):
    load(CSV)
    before = history(desk.database)
    report = load(CSV)
    assert (report.added_count, report.known_count, report.new_ticket_count, report.lifecycle_version) == (0, 4, 0, 1)
    assert history(desk.database) == before
    assert desk.database.read("select added_count, known_count from imports order by added_count") == [(0, 4), (4, 0)]


def test_a_longer_export_adds_only_its_new_rows(load, desk):
    load(CSV)
    report = load(CSV + "2,Close,2024-01-05T10:00:00Z\n3,Write,2024-01-06T10:00:00Z\n")
    assert (report.added_count, report.known_count) == (2, 4)
    assert (report.new_ticket_count, report.grown_ticket_count) == (1, 1)
    assert desk.database.read(
        "select number, lifecycle_version, state, state_kind, version, state_entered_at from tickets order by number"
    ) == [
        (1, 1, "Solve", "done", 3, datetime(2024, 1, 3, 12)),
        (2, 2, "Close", "final", 2, datetime(2024, 1, 5, 10)),
        (3, 2, "Write", "open", 1, datetime(2024, 1, 6, 10)),
    ]
    assert check(desk.database) == []


def test_new_states_make_a_new_version_and_known_ones_do_not(load, desk):
    load(CSV)
    load(CSV + "2,Solve,2024-01-05T10:00:00Z\n")
    assert desk.database.read("select max(version) from lifecycles where category = 'shop'") == [(1,)]
    load(CSV + "2,Write again,2024-01-06T10:00:00Z\n")
    assert desk.database.read(
        "select version, state, kind, is_described from lifecycle_states where category = 'shop' "
        "order by version, rowid"
    ) == [
        (1, "Write", "open", False),
        (1, "Answer", "open", False),
        (1, "Solve", "done", True),
        (2, "Write", "open", False),
        (2, "Answer", "open", False),
        (2, "Solve", "done", True),
        (2, "Write again", "open", False),
    ]


def test_a_state_that_means_something_else_now_makes_a_new_version(load, desk):
    load(CSV)
    load(CSV + "2,Solve,2024-01-05T10:00:00Z\n", MAPPING.replace('"done"', '"final"'))
    assert desk.database.read("select number, lifecycle_version, state_kind from tickets order by number") == [
        (1, 1, "done"),
        (2, 2, "final"),
    ]
    assert check(desk.database) == []


def test_exact_repeats_are_kept_counted_and_told_apart(load, desk):
    assert load(REPEATS).repeat_count == 2
    assert counts(desk.database) == (1, 3)
    report = load(REPEATS + "1,Write,2024-01-01T10:00:00Z\n")
    assert (report.added_count, report.known_count, report.repeat_count) == (1, 3, 3)
    assert report.likely_double_count == 0
    assert counts(desk.database) == (1, 4)


def test_exact_repeats_are_dropped_on_request(load, desk):
    report = load(REPEATS, drop_repeats=True)
    assert (report.added_count, report.dropped_repeat_count, report.repeat_count) == (1, 2, 0)
    assert counts(desk.database) == (1, 1)


def test_a_late_row_keeps_its_time_and_the_log_stays_as_it_was(load, desk):
    load(CSV)
    log = "select seq, name, from_state, occurred_at, state_seconds from events order by ticket_id, seq"
    before = desk.database.read(log)
    load("case,activity,time\n1,Ask,2024-01-02T12:00:00Z\n1,Call,2023-12-31T10:00:00Z\n")
    after = desk.database.read(log)
    assert [row for row in after if row in before] == before
    assert [row for row in after if row not in before] == [
        (4, "Call", "Solve", datetime(2023, 12, 31, 10), -266400.0),
        (5, "Ask", "Call", datetime(2024, 1, 2, 12), 180000.0),
    ]
    assert desk.database.read("select state, version, opened_at, state_entered_at from tickets where number = 1") == [
        ("Solve", 5, datetime(2023, 12, 31, 10), datetime(2024, 1, 3, 12))
    ]
    assert check(desk.database) == []


def test_another_source_is_another_case(load, desk):
    load(CSV)
    load(CSV, MAPPING.replace('name = "shop"', 'name = "shop"\nsource = "other shop"'))
    assert counts(desk.database) == (4, 8)


def test_the_same_log_in_another_form_is_refused(load):
    load(CSV)
    other = CSV.replace("time\n", "time,extra\n").replace("Z\n", "Z,x\n")
    for is_dry_run in (True, False):
        with pytest.raises(FileRefusedError) as refused:
            load(other, is_dry_run=is_dry_run)
        assert str(refused.value) == (
            "log.csv: 4 rows of 4 that are new have the case, activity and time of an event that is here already, and "
            "differ from its row in something else. If this is the same log in another form, it would count twice: go "
            "on with the form of the first import. If they are other events, say --add-anyway."
        )
    report = load(other, add_anyway=True)
    assert (report.added_count, report.likely_double_count) == (4, 4)
    assert report.lines()[2] == (
        "4 new rows have the case, activity and time of an event that is here already, and something else that "
        "differs from its row."
    )


def test_a_column_that_is_ignored_does_not_make_a_row_new(load):
    mapping = MAPPING.replace("[states]", 'ignore = ["row"]\n[states]')
    load("row,case,activity,time\n0,1,Write,2024-01-01T10:00:00Z\n", mapping)
    report = load("row,case,activity,time\n5,1,Write,2024-01-01T10:00:00Z\n", mapping)
    assert (report.added_count, report.known_count) == (0, 1)


def test_a_case_that_the_desk_took_over_follows_its_source_no_more(load, desk, tmp_path):
    load(CSV)
    with desk.database.writing() as cursor:
        cursor.execute(
            "insert into events by name "
            "select * replace (seq + 1 as seq, 'anna' as recorded_by, position + 9 as position) from events "
            "where ticket_id = (select id from tickets where number = 2)"
        )
        cursor.execute("update tickets set version = 2 where number = 2")
    report = load(CSV + "2,Close,2024-01-05T10:00:00Z\n3,Write,2024-01-05T11:00:00Z\n")
    assert (report.row_count, report.known_count, report.added_count) == (6, 4, 1)
    assert (report.reject_count, report.taken_over_count, report.taken_over_numbers) == (0, 1, (2,))
    assert "Left out, because the desk has taken over their tickets (2): 1 row." in report.lines()
    assert not (tmp_path / "rejects.csv").exists()
    assert desk.database.read("select external_ref, state from tickets where number > 1 order by number") == [
        ("2", "Write"),
        ("3", "Write"),
    ]


def test_an_assignment_between_two_exports_keeps_the_agent_and_lets_the_history_go_on(load, desk):
    load(CSV)
    desk.refresh()
    ((ticket_id,),) = desk.database.read("select id::varchar from tickets where number = 2")
    desk.desk.assign(ticket_id, "anna", actor=Actor(role=Role.SELLER_AGENT, id="olga"), now=NOW)
    load(CSV + "2,Close,2024-01-05T10:00:00Z\n")
    assert desk.database.read(
        "select state, assignee_id, version, state_entered_at, last_event_at from tickets where number = 2"
    ) == [("Close", "anna", 3, datetime(2024, 1, 5, 10), NOW)]
    assert check(desk.database) == []
    assert load(CSV + "2,Close,2024-01-05T10:00:00Z\n").added_count == 0


ONTO = """
name = "carrier"
lifecycle = "logistics_delay"
[columns]
case = "case"
activity = "activity"
time = "time"
[states]
"Write" = "new"
"Answer" = { to = "awaiting_buyer" }
"Solve" = "resolved"
[activities]
"Answer" = { is_public_reply = true }
"""


def test_a_history_may_go_onto_a_declared_lifecycle(load, desk):
    report = load(CSV.replace("Write", "new", 1) + "2,Write,2024-01-02T11:00:00Z\n", ONTO)
    assert (report.lifecycle, report.nonconforming_count, report.undescribed_states) == ("logistics_delay", 1, ())
    assert desk.database.read(
        "select number, kind, name, from_state, to_state, to_kind, to_ball, is_visit, is_conforming, state_seconds "
        "from events inner join tickets on id = ticket_id order by number, seq"
    ) == [
        (1, "transition", "new", "", "new", "open", "seller", True, True, None),
        (1, "transition", "Answer", "new", "awaiting_buyer", "waiting", "buyer", True, False, 7200.0),
        (1, "transition", "Solve", "awaiting_buyer", "resolved", "done", "nobody", True, True, 172800.0),
        (2, "transition", "Write", "", "new", "open", "seller", True, True, None),
        (2, "transition", "Write", "new", "new", "open", "seller", False, True, None),
    ]
    assert desk.database.read("select distinct category, lifecycle_version from tickets") == [("logistics_delay", 1)]
    assert check(desk.database) == []


def test_on_a_declared_lifecycle_an_unknown_state_or_a_late_row_is_rejected(load, tmp_path):
    with pytest.raises(RowsRejectedError):
        load("case,activity,time\n1,Fly,2024-01-01T10:00:00Z\n", ONTO)
    assert rejects_in(tmp_path / "rejects.csv") == [
        ["2", "activity", 'the state "Fly" has no place in the lifecycle logistics_delay: say which under [states]']
    ]
    load(CSV, ONTO)
    with pytest.raises(RowsRejectedError, match="lies before what the desk knows of the case"):
        load("case,activity,time\n1,Write,2023-01-01T10:00:00Z\n", ONTO)


def test_a_source_stays_on_the_lifecycle_that_it_began_on(load, desk):
    load(CSV.replace("Write", "new"), ONTO)
    with pytest.raises(MappingRefusedError) as refused:
        load(
            CSV + "1,Close,2024-01-05T10:00:00Z\n",
            ONTO.replace('lifecycle = "logistics_delay"', "").split("[states]")[0],
        )
    assert str(refused.value) == (
        'mapping.toml, lifecycle: the case "1" of the source "carrier" is here as ticket 1 on the lifecycle '
        'logistics_delay: set lifecycle = "logistics_delay", or name another source.'
    )
    assert desk.database.read("select version from lifecycles where category = 'logistics_delay'") == [(1,)]


def test_a_source_with_its_own_states_does_not_move_onto_a_lifecycle(load):
    load(CSV)
    with pytest.raises(MappingRefusedError) as refused:
        load(CSV + "1,Solve,2024-01-05T10:00:00Z\n", ONTO.replace('"carrier"', '"shop"'))
    assert str(refused.value) == (
        'mapping.toml, lifecycle: the case "1" of the source "shop" is here as ticket 1 with the states of its source '
        "(shop): leave lifecycle out, or name another source."
    )


def test_a_corrected_mapping_says_what_it_no_longer_changes(load):
    load(CSV)
    mapping = MAPPING.replace('"done"', '"final"').replace("is_public_reply = true", "is_public_reply = false")
    report = load(CSV, mapping)
    assert report.added_count == 0
    assert report.kept_meanings == (
        ("the activity Answer", "a public reply", "no public reply", 1),
        ("the state Solve", "done with the ball at nobody", "final with the ball at nobody", 1),
    )
    assert report.lines()[4:6] == [
        (
            "The mapping now says final with the ball at nobody for the state Solve, the desk keeps done with the ball "
            "at nobody for 1 earlier event."
        ),
        "What was imported never changes: to have it anew, import into a new desk or as another source.",
    ]
    assert load(CSV).kept_meanings == ()
