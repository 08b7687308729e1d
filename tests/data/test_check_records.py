"""`check` names exactly what somebody spoilt beside the tickets, in the steps of their logs, and in the lifecycles."""
# ruff: noqa: S608 - the statements are those of the tests

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.blobs import Blobs
from data.check import check
from data.database import Database
from data.opening import open_desk
from data.store import evidence_root
from tests.data.checked_desks import AGENT, CLAIM_ID, HOUR, PHOTO, T0, family_of, places, read_one, spoilt
from tests.new_desks import new_desk
from workflow.vocabulary import EvidenceKind


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    with new_desk(folder / "desk.duckdb") as opened:
        family_of(opened)
    return folder


@pytest.fixture
def family(sound: Path, tmp_path: Path) -> Iterator[Database]:
    """A desk of one's own with the two tickets of `family_of`."""
    shutil.copytree(sound, tmp_path / "family")
    with Database.open(tmp_path / "family" / "desk.duckdb") as database:
        yield database


def said(database: Database, *statements: str) -> list[str]:
    """The sentences of `check` after `statements`, with ids as people call them.

    That a spoilt text is not found by its words any more is the subject of test_search.
    """
    names = {
        read_one(database, "select id::varchar from tickets where number = 1"): "<ticket 1>",
        read_one(database, "select id::varchar from tickets where number = 2"): "<ticket 2>",
        read_one(database, "select id::varchar from messages order by rowid limit 1"): "<message>",
        read_one(database, "select id::varchar from evidence"): "<photo>",
        CLAIM_ID: "<claim>",
        "7e57ab1e-0000-4000-8000-000000000000": "<nobody>",
    }
    sentences: list[str] = []
    for difference in spoilt(database, *statements):
        if "_words" in difference.place:
            continue
        sentence = str(difference)
        for found, name in names.items():
            sentence = sentence.replace(found, name)
        sentences.append(sentence)
    return sentences


NOBODY = "uuid '7e57ab1e-0000-4000-8000-000000000000'"
DAY = "2026-03-02"
LATER = f"{DAY} 14:00:00"
LINK = "ticket_links, follow_up_of 1"


def test_a_desk_with_a_claim_and_a_link_is_sound(family: Database) -> None:
    assert check(family) == []
    assert family.read("select status from claims") == [("Approved",)]


@pytest.mark.parametrize(
    ("statement", "sentences"),
    [
        ("delete from ticket_links", [f"Ticket 2: {LINK} is 0 at {LATER}, expected 1 by the log."]),
        (
            "insert into ticket_links select * from ticket_links",
            [f"Ticket 2: {LINK} is 2 at {LATER}, expected 1 by the log."],
        ),
        (
            "update ticket_links set kind = 'duplicate_of'",
            [
                f"Ticket 2: ticket_links, duplicate_of 1 is 1 at {LATER}, expected 0 by the log.",
                f"Ticket 2: {LINK} is 0 at {LATER}, expected 1 by the log.",
            ],
        ),
        (
            "update ticket_links set from_ticket_id = to_ticket_id, to_ticket_id = from_ticket_id",
            [
                f"Ticket 1: ticket_links, follow_up_of 2 is 1 at {LATER}, expected 0 by the log.",
                f"Ticket 2: {LINK} is 0 at {LATER}, expected 1 by the log.",
            ],
        ),
        (
            "update ticket_links set linked_at = linked_at + interval 1 hour",
            [
                f"Ticket 2: {LINK} is 0 at {LATER}, expected 1 by the log.",
                f"Ticket 2: {LINK} is 1 at 2026-03-02 15:00:00, expected 0 by the log.",
            ],
        ),
        (
            f"insert into ticket_links select id, {NOBODY}, 'related_to', opened_at from tickets where number = 2",
            [
                "Ticket 2: ticket_links.to_ticket_id is ticket <nobody>, expected one that exists.",
                f"Ticket 2: ticket_links, related_to <nobody> is 1 at {LATER}, expected 0 by the log.",
            ],
        ),
    ],
)
def test_a_link_is_what_the_first_event_says(family: Database, statement: str, sentences: list[str]) -> None:
    assert said(family, statement) == sentences


@pytest.mark.parametrize(
    ("statement", "sentences"),
    [
        (
            "insert into claims select uuid '7e57ab1e-0000-4000-8000-000000000000', * exclude (id) from claims",
            ["Ticket 1: claims.id is <nobody>, expected one that an event names."],
        ),
        (
            "delete from claims",
            [
                "Ticket 1: events.payload of event 6 is claims <claim>, expected one that exists.",
                "Ticket 1: events.payload of event 7 is claims <claim>, expected one that exists.",
            ],
        ),
        (
            "insert into claims select * from claims",
            ["Ticket 1: claims.id is <claim> on 2 rows, expected one row."],
        ),
        (
            "update claims set ticket_id = (select id from tickets where number = 2)",
            [
                "Ticket 1: claims.ticket_id is <ticket 2> for <claim>, expected <ticket 1>, whose event 6 names it.",
                "Ticket 1: claims.ticket_id is <ticket 2> for <claim>, expected <ticket 1>, whose event 7 names it.",
            ],
        ),
        (
            f"insert into claims select {NOBODY}, {NOBODY}, * exclude (id, ticket_id) from claims",
            [
                "The desk: claims.ticket_id is ticket <nobody>, expected one that exists.",
                "The desk: claims.id is <nobody>, expected one that an event names.",
            ],
        ),
    ],
)
def test_a_claim_is_one_that_an_event_of_its_ticket_names(
    family: Database, statement: str, sentences: list[str]
) -> None:
    assert sorted(said(family, statement)) == sorted(sentences)


NAMED_AGAIN = """
update events
set payload = json_merge_patch(
    payload, (select to_json({message_ids: [messages.id]}) from messages order by messages.rowid limit 1)
)
where seq = 7
"""
FIRST = "where id = (select id from messages order by rowid limit 1)"


@pytest.mark.parametrize(
    ("statement", "sentences"),
    [
        (
            f"delete from messages {FIRST}",
            ["Ticket 1: events.payload of event 2 is messages <message>, expected one that exists."],
        ),
        (
            f"update messages set ticket_id = (select id from tickets where number = 2) {FIRST}",
            ["Ticket 1: messages.ticket_id is <ticket 2> for <message>, expected <ticket 1>, whose event 2 names it."],
        ),
        (
            f"insert into messages select {NOBODY}, * exclude (id) from messages {FIRST}",
            ["Ticket 1: messages.id is <nobody>, expected one that an event names."],
        ),
        (
            NAMED_AGAIN,
            ["Ticket 1: events.payload of event 7 is messages <message> on 2 events, expected one event."],
        ),
    ],
)
def test_a_message_is_one_that_one_event_of_its_ticket_names(
    family: Database, statement: str, sentences: list[str]
) -> None:
    assert said(family, statement) == sentences


def test_of_a_file_counts_what_was_said_of_it_last(sound: Path, tmp_path: Path) -> None:
    shutil.copytree(sound, tmp_path / "tagged")
    with open_desk(tmp_path / "tagged" / "desk.duckdb") as opened:
        ((ticket_id, evidence_id),) = opened.database.read("select ticket_id::varchar, id::varchar from evidence")
        tags = opened.desk.evidence_tags
        tags.put(ticket_id, evidence_id, EvidenceKind.VIDEO, "", actor=AGENT, now=T0 + 9 * HOUR)
        tags.put(ticket_id, evidence_id, EvidenceKind.LABEL, CLAIM_ID, actor=AGENT, now=T0 + 9 * HOUR)
        assert said(opened.database) == []
        seq = read_one(opened.database, "select max(seq) from events where payload like '%tagged%'")
        expected = f"expected label for the claim <claim>, as event {seq} says."
        statement = "update evidence set claim_id = ''"
        assert said(opened.database, statement) == [f"Ticket 1: evidence.kind is label for <photo>, {expected}"]


@pytest.mark.parametrize(
    ("statement", "sentences"),
    [
        (
            "update evidence set kind = 'label'",
            ["Ticket 1: evidence.kind is label for <photo>, expected photo, as event 3 says."],
        ),
        (
            "update evidence set ticket_id = (select id from tickets where number = 2)",
            ["Ticket 1: evidence.ticket_id is <ticket 2> for <photo>, expected <ticket 1>, whose event 3 names it."],
        ),
        (
            f"insert into evidence select {NOBODY}, * exclude (id) from evidence",
            ["Ticket 1: evidence.id is <nobody>, expected one that an event names."],
        ),
    ],
)
def test_a_file_is_one_that_an_event_of_its_ticket_names(
    family: Database, statement: str, sentences: list[str]
) -> None:
    assert said(family, statement) == sentences


def test_a_file_that_no_ticket_names_is_noted_and_nothing_more(family: Database) -> None:
    blobs = Blobs(evidence_root(family.path))
    stale = blobs.path(blobs.put(b"of a stale change")).relative_to(blobs.root)
    (blobs.root / ".draft").write_bytes(b"1")
    found = check(family)
    assert all(difference.is_note for difference in found)
    assert [str(difference) for difference in found] == [
        "Note: The desk: evidence file .draft is left over (1 bytes), expected a ticket that names it.",
        f"Note: The desk: evidence file {stale} is left over (17 bytes), expected a ticket that names it.",
    ]


def test_a_damaged_file_is_a_difference_and_is_whole_again_when_it_comes_again(family: Database) -> None:
    blobs = Blobs(evidence_root(family.path))
    content_hash = read_one(family, "select content_hash from evidence")
    blobs.path(content_hash).write_bytes(bytes(len(PHOTO.content)))
    (difference,) = check(family)
    assert (difference.number, difference.stored, difference.is_note) == (1, "changed", False)
    blobs.put(PHOTO.content)
    assert check(family) == []


@pytest.mark.parametrize(
    ("statement", "sentences"),
    [
        (
            "update events set recorded_at = recorded_at - interval 5 hour where seq = 5 and name = 'seller_reply'",
            [
                f"Ticket 1: events.occurred_at of event 5 is {DAY} 11:00:00, expected {DAY} 06:00:00 or earlier.",
                f"Ticket 1: events.recorded_at of event 5 is {DAY} 06:00:00, expected {DAY} 10:00:00 or later.",
            ],
        ),
        (
            "update events set to_ball = 'carrier' where seq = 7",
            [
                "Ticket 1: events.to_ball of event 7 is carrier, expected buyer.",
                "Ticket 1: tickets.ball is buyer, expected carrier.",
            ],
        ),
        (
            "update events set to_ball = 'carrier' where seq between 5 and 7",
            [
                "Ticket 1: events.to_ball of event 5 is carrier, expected buyer.",
                "Ticket 1: tickets.ball is buyer, expected carrier.",
            ],
        ),
    ],
)
def test_a_step_of_the_log_agrees_with_the_one_before_it(
    family: Database, statement: str, sentences: list[str]
) -> None:
    assert said(family, statement) == sentences


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "update events set is_visit = true, state_seconds = 3600 where seq = 6",
            "Ticket 1: events.is_visit of event 6 is true, expected false.",
        ),
        (
            "update events set is_visit = false, state_seconds = null where name = 'seller_reply'",
            "Ticket 1: events.is_visit of event 5 is false, expected true.",
        ),
    ],
)
def test_a_visit_begins_where_the_ticket_moves(family: Database, statement: str, sentence: str) -> None:
    assert [found for found in said(family, statement) if "events." in found] == [sentence]


def test_of_two_acts_at_once_the_one_that_began_first_may_be_written_second(family: Database) -> None:
    assert said(family, f"update events set recorded_at = '{DAY} 13:01:00' where seq = 6") == []
    assert said(family, f"update events set recorded_at = '{DAY} 13:01:00.000001' where seq = 6") == [
        f"Ticket 1: events.recorded_at of event 7 is {DAY} 13:00:00, expected {DAY} 13:01:00.000001 or later."
    ]


def test_the_ball_lies_with_whom_the_input_named(family: Database) -> None:
    assert read_one(family, "select to_ball from events where name = 'request_information'") == "buyer"
    found = said(family, "update events set to_ball = 'seller' where name = 'request_information'")
    assert found == [
        "Ticket 2: events.to_ball of event 4 is seller, expected buyer.",
        "Ticket 2: tickets.ball is buyer, expected seller.",
    ]


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "update events set to_kind = 'done' where name = 'seller_reply'",
            "Ticket 1: events.to_state of event 5 is awaiting_buyer (done), expected a state of logistics_delay",
        ),
        (
            "delete from lifecycles where category = 'after_sales'",
            "The desk: lifecycles is no row, expected after_sales version 1.",
        ),
        (
            "update lifecycle_states set ball = 'buyer' where category = 'after_sales' and state = 'new'",
            "The desk: lifecycle_states, new of after_sales version 1 is open, buyer, ",
        ),
        (
            "delete from lifecycle_states where category = 'after_sales' and state = 'new'",
            "The desk: lifecycle_states, new of after_sales version 1 is no row, expected open, seller, ",
        ),
        (
            "update lifecycles set source = replace(source, 'initial =', 'initail =') where category = 'after_sales'",
            "The desk: lifecycles.source is a text that does not load (after_sales version 1: ",
        ),
        (
            "update lifecycles set source = replace(source, 'version = 1', 'version = 7') where category like 'after%'",
            "The desk: lifecycles.source is that of after_sales version 7, expected after_sales version 1.",
        ),
    ],
)
def test_a_lifecycle_is_there_loads_and_has_its_states(family: Database, statement: str, sentence: str) -> None:
    assert sentence in {found[: len(sentence)] for found in said(family, statement)}


def test_every_policy_row_that_a_clock_ran_on_is_there(family: Database) -> None:
    policy_id = read_one(
        family, "select min(policy_id) from stg_timers where policy_id <> '' and trigger = 'remind_buyer'"
    )
    quoted = policy_id.replace("'", "''")
    with family.writing() as cursor:
        cursor.execute(f"update tickets set timers = replace(timers, '{quoted}', 'gone')").fetchall()
    assert (1, "tickets.timers") in places(check(family))
    assert "Ticket 1: tickets.timers is policy gone, expected one that exists." in map(str, check(family))
    found = said(family, f"delete from policy_rows where id = '{quoted}'")
    assert f"Ticket 1: events.payload of event 5 is policy {policy_id}, expected one that exists." in found


def test_an_order_that_nobody_knows_is_named_and_an_empty_one_is_none(family: Database) -> None:
    assert said(family, "delete from orders") == [
        "Ticket 1: tickets.order_id is order o-1, expected one that exists.",
        "Ticket 2: tickets.order_id is order o-1, expected one that exists.",
    ]


def test_an_event_that_cannot_be_read_is_named(family: Database) -> None:
    found = said(family, "update events set kind = 'guessed' where seq = 5 and name = 'seller_reply'")
    assert found == [
        "Ticket 1: events is a log that fails at ValueError(\"'guessed' is not a valid EventKind\"), expected a ticket."
    ]


def test_a_link_in_the_log_that_leads_nowhere_is_named(family: Database) -> None:
    to = read_one(family, "select to_ticket_id::varchar from ticket_links")
    nobody = "7e57ab1e-0000-4000-8000-000000000000"
    found = said(family, f"update events set payload = replace(payload, '{to}', '{nobody}') where seq = 1")
    assert found == [
        f"Ticket 2: {LINK} is 1 at {LATER}, expected 0 by the log.",
        f"Ticket 2: ticket_links, follow_up_of <nobody> is 0 at {LATER}, expected 1 by the log.",
    ]
