"""`check` finds nothing on a sound desk, and names each thing that somebody spoilt."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from data.check import check
from data.lifecycle_shelf import save_lifecycle
from data.opening import OpenDesk, open_desk
from data.search_index import rebuild_words
from tests.data.checked_desks import T0, places, spoilt, ticket_of
from tests.new_desks import new_database, new_desk
from workflow.lifecycle import Lifecycle, State
from workflow.vocabulary import Ball, Language, StateKind


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk with `ticket_of` as its ticket 1."""
    folder = tmp_path_factory.mktemp("sound")
    with new_desk(folder / "desk.duckdb") as opened:
        ticket_of(opened)
    return folder


@pytest.fixture
def worked(sound: Path, tmp_path: Path) -> Iterator[OpenDesk]:
    """A desk of one's own with ticket 1."""
    shutil.copytree(sound, tmp_path / "worked")
    with open_desk(tmp_path / "worked" / "desk.duckdb") as opened:
        yield opened


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[OpenDesk]:
    with new_desk(tmp_path / "desk.duckdb") as opened:
        yield opened


def imported(opened: OpenDesk, spoil: str = "") -> None:
    """Ticket 1 as an import leaves it: three observed events of a foreign log, a second apart."""
    states = {
        f"s{step}": State(name=f"s{step}", kind=StateKind.OPEN, ball=Ball.SELLER, labels=NAMES) for step in range(3)
    }
    log = Lifecycle(category="log", version=1, labels=NAMES, initial="s0", states=states, is_observed=True)
    save_lifecycle(opened.database, log)
    with opened.database.writing() as cursor:
        for text in filter(None, (*IMPORT.split(";"), spoil)):
            cursor.execute(text).fetchall()
        rebuild_words(cursor)


def test_an_empty_desk_and_a_sound_one_have_no_difference(empty: OpenDesk, worked: OpenDesk) -> None:
    assert check(empty.database) == []
    assert check(worked.database) == []
    worked.desk.tick(T0 + timedelta(days=60))
    assert check(worked.database) == []


def test_a_difference_is_a_sentence(worked: OpenDesk) -> None:
    (difference,) = spoilt(worked.database, "update tickets set state = 'resolved_by_hand'")[-1:]
    assert str(difference) == "Ticket 1: tickets.state is resolved_by_hand, expected awaiting_buyer."


def test_every_column_of_a_ticket_is_held_against_its_log(worked: OpenDesk) -> None:
    columns = {place.removeprefix("tickets.") for _, place in places(spoilt(worked.database, SPOIL_EVERY_COLUMN))}
    described = worked.database.read("select column_name from duckdb_columns() where table_name = 'tickets'")
    assert columns >= {name for (name,) in described} - {"id"}


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("delete from events where seq = 2", "events.seq"),
        ("delete from events", "events.seq"),
        ("update events set position = 1 where seq = 2", "events.position"),
        ("update events set from_state = 'resolved' where seq = 3", "events.from_state of event 3"),
        ("update events set state_seconds = 3599.999999 where state_seconds = 3600", "events.state_seconds of event 4"),
        ("update events set to_state = 'nowhere' where seq = 1", "events.to_state of event 1"),
        ("update events set category = 'unknown' where seq = 4", "events.to_state of event 4"),
        ("update events set payload = '{}' where seq = 1", "events"),
        ("update tickets set timers = '[]'", "tickets.timers"),
        ("update tickets set timers = replace(timers, 'remind_buyer', 'buyer_silent')", "tickets.timers"),
        ("insert into messages select * from messages limit 1", "messages.id"),
        ("delete from messages", "events.payload of event 2"),
        ("delete from evidence", "events.payload of event 3"),
        ("update messages set ticket_id = uuid()", "messages.ticket_id"),
        ("delete from orders", "tickets.order_id"),
        ("insert into order_items values ('gone', 1, 'p', 1, 1, 'RUB')", "order_items.order_id"),
        ("insert into import_rejects values (uuid(), 1, 'a', 'b')", "import_rejects.import_id"),
        ("insert into import_rows select 'x', uuid(), 0, uuid(), id, 99 from tickets", "import_rows.import_id"),
        ("insert into import_rows select 'x', uuid(), 0, uuid(), id, 99 from tickets", "import_rows.seq"),
        ("update tickets set number = 500", "ticket_numbers"),
    ],
)
def test_what_is_spoilt_is_named(worked: OpenDesk, statement: str, place: str) -> None:
    assert place in {named for _, named in places(spoilt(worked.database, statement))}


def test_a_number_that_stands_twice_is_named(worked: OpenDesk) -> None:
    ticket_of(worked)
    assert (1, "tickets.number") in places(spoilt(worked.database, "update tickets set number = 1"))


def test_evidence_that_is_gone_or_changed_is_named(worked: OpenDesk) -> None:
    ((ticket_id,),) = worked.database.read("select id::varchar from tickets")
    (item,) = worked.store.load_case(ticket_id).evidence
    file = worked.store.blobs.path(item.content_hash)
    content = file.read_bytes()
    for spoiling, stored in (
        (content[:-1], f"{len(content) - 1} bytes"),
        (bytes(len(content)), "changed"),
        (None, "missing"),
    ):
        file.unlink() if spoiling is None else file.write_bytes(spoiling)
        (difference,) = check(worked.database)
        assert (difference.number, difference.stored) == (1, stored)
    file.write_bytes(content)
    assert check(worked.database) == []


def test_a_key_that_would_take_a_second_row_is_named(worked: OpenDesk) -> None:
    without_key = (
        "create table copied as select * from events",
        "drop table events",
        "alter table copied rename to events",
    )
    found = spoilt(worked.database, *without_key)
    assert {difference.stored for difference in found} == {"open to a second row"}
    assert len(found) == 5


def test_an_imported_history_is_checked_without_replaying_it_in_python(
    empty: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(empty)
    monkeypatch.setattr("data.check_replay.replay", None)
    assert check(empty.database) == []


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("update tickets set state = 's0'", "tickets.state"),
        ("update tickets set external_ref = 'other'", "tickets.external_ref"),
        ("update tickets set state_entered_at = opened_at", "tickets.state_entered_at"),
        ("update tickets set next_due_at = opened_at", "tickets.next_due_at"),
        ("update tickets set timers = '[{}]'", "tickets.timers"),
        ("update events set payload = '{}' where seq = 1", "events"),
        ('update events set payload = \'{"raises":["x"]}\' where seq = 2', "tickets.flags"),
        ("update events set state_seconds = 2 where seq = 2", "events.state_seconds of event 2"),
    ],
)
def test_what_is_spoilt_in_an_imported_history_is_named(empty: OpenDesk, statement: str, place: str) -> None:
    imported(empty, statement)
    assert (1, place) in places(check(empty.database))


def test_a_history_that_arrived_out_of_order_is_sound(empty: OpenDesk) -> None:
    imported(
        empty,
        "update events set occurred_at = occurred_at - interval 90 minute, state_seconds = -5400 where seq = 3",
    )
    with empty.database.writing() as cursor:
        cursor.execute(REBUILT).fetchall()
    assert check(empty.database) == []


def test_check_is_for_a_file_of_any_age(tmp_path: Path) -> None:
    with new_database(tmp_path / "bare.duckdb") as database:
        assert check(database) == []


SPOIL_EVERY_COLUMN = """
update tickets set number = 77, category = 'x', lifecycle_version = 2, source = 'x', external_ref = 'x',
state = 'resolved', state_kind = 'done', ball = 'nobody', version = 9,
opened_at = timestamp '2020-01-01', state_entered_at = timestamp '2020-01-01', last_event_at = timestamp '2020-01-01',
channel = 'email', language = 'zh', priority = 'urgent', seller_id = 's-2', buyer_key = '', order_id = '',
posting_number = 'p', product_id = 'p', assignee_id = 'a', team_id = 't', resolution_reason = 'lost',
is_synthetic = true, tags = '["x"]', flags = '["x"]', counts = '{"x":1}', clocks = '{}',
spent = '{"x":"2026-01-01T00:00:00.000000"}', next_due_at = null, next_trigger = 'other', timers = '[]'
"""
NAMES = {Language.EN: "Log", Language.RU: "Log", Language.ZH: "Log"}
REBUILT = """
update tickets set state = 's1', opened_at = (select min(occurred_at) from events),
state_entered_at = (select max(occurred_at) from events), last_event_at = (select max(occurred_at) from events)
"""
IMPORT = """
create temp table imported as select uuid() as id, nextval('ticket_numbers') as number;
insert into events
select nextval('event_positions'), id, seq, 'observed', 'step', 'log', 1,
    case when seq = 1 then '' else 's' || (seq - 2) end, case when seq = 1 then '' else 'open' end, 's' || (seq - 1),
    'open', 'seller', 'seller_agent', 'u', 'import', timestamp '2026-03-02 09:00:00' + to_seconds(3600 * seq),
    timestamp '2026-03-03', true, false, true, case when seq > 1 then 3600.0 end,
    case when seq = 1 then to_json({ticket: {number: number, channel: 'import', language: 'en', priority: 'normal',
        seller_id: 's', source: 'x', external_ref: 'Case 1', tags: ['vip']}}) else '{"attributes":{"x":"y"}}' end,
    1, false
from imported, range(1, 4) as steps (seq);
insert into tickets
select id, number, 'log', 1, 's2', 'open', 'seller', 3,
    timestamp '2026-03-02 10:00:00', timestamp '2026-03-02 12:00:00',
    'import', 'en', 'normal', 's', '', '', '', '', '', '', '', 'x', 'Case 1', false, '["vip"]', '[]', '{}', '{}', '{}',
    null, '', timestamp '2026-03-02 12:00:00', '[]'
from imported
"""
