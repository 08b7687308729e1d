"""A refusal stands on the page in the desk's time and in the words of the screen, never in code words or UTC."""

from datetime import datetime, timedelta

import pytest
from desk_builders import ANNA, contact_about_the_order, numbered

from pages.shared import access, errors, formats, refusals
from workflow.bulk import UndoTooLateError
from workflow.errors import DeskError, InputInvalidError, PostingChangedError, TicketChangedError
from workflow.staff import NobodyStandsInError
from workflow.tickets import SYNC, Actor
from workflow.vocabulary import Priority, Role

MOSCOW = "Europe/Moscow"
AT = datetime.fromisoformat("2026-03-02T21:30:20")  # half past midnight of the third in Moscow


def refused(desk, ticket, version=1):
    """The error of an agent who saw the ticket as it was at `version`."""
    with pytest.raises(TicketChangedError) as caught:
        desk.desk.prioritise(ticket.id, Priority.LOW, actor=ANNA, now=access.now(), expected_version=version)
    return caught.value


def test_what_the_clock_did_is_said_by_the_label_of_its_action(desk, now):
    contact = contact_about_the_order()
    ticket = desk.desk.open_ticket(contact, actor=ANNA, now=now - timedelta(days=3))
    desk.desk.tick(now)
    error = refused(desk, ticket)
    event = desk.store.events_of(ticket.id)[-1]
    label = desk.rules.lifecycle_of(desk.desk.case(ticket.id).ticket).label_of(event.name)
    at = formats.instant(event.recorded_at, MOSCOW)
    assert refusals.worded(error) == (
        f"Ticket {ticket.number} was changed by the clock on {at} ({label}): look at it again, then repeat."
    )
    assert "_" not in label


@pytest.mark.parametrize(
    ("act", "who", "what"),
    [
        (lambda desk, ticket, at: desk.assign(ticket.id, "li", actor=ANNA, now=at), "Anna Petrova", "Assigned"),
        (
            lambda desk, ticket, at: desk.sync_state(ticket.id, "escalated", "MP-1", actor=SYNC, now=at),
            "the marketplace",
            "State taken over from the marketplace",
        ),
        (
            lambda desk, ticket, at: desk.act(
                ticket.id,
                "start_investigation",
                actor=Actor(role=Role.PLATFORM_AGENT, id="platform", recorded_by="anna"),
                now=at,
                inputs={"reference": "CASE-7"},
            ),
            "Anna Petrova",
            "Start the investigation",
        ),
    ],
)
def test_what_somebody_did_is_said_by_name_label_and_local_time(desk, now, act, who, what):
    ticket = numbered(desk, 2).ticket
    desk.desk.sync_state(ticket.id, "escalated", "MP-0", actor=SYNC, now=now)
    act(desk.desk, ticket, now)
    at = formats.instant(now, MOSCOW)
    assert refusals.worded(refused(desk, ticket)).startswith(f"Ticket 2 was changed by {who} on {at} ({what}): ")


def test_a_commit_that_came_too_late_knows_what_the_winner_did(desk, now, monkeypatch):
    """Both loaded the ticket; the other one was written first."""
    ticket = numbered(desk, 2).ticket
    load = desk.store.load_case

    def slow(ticket_id, *scope):
        case = load(ticket_id, *scope)
        monkeypatch.setattr(desk.store, "load_case", load)
        desk.desk.assign(ticket.id, "li", actor=ANNA, now=now)
        return case

    monkeypatch.setattr(desk.store, "load_case", slow)
    error = refused(desk, ticket, ticket.version)
    assert error.event == desk.store.events_of(ticket.id)[-1]
    assert "(Assigned)" in refusals.worded(error)


def test_the_page_says_it_so(desk, visit, now):
    page = visit("queue", ticket="2")
    desk.desk.act(numbered(desk, 2).ticket.id, "add_note", actor=ANNA, now=now, inputs={"note_text": "Mine first."})
    page.menu_button(key="queue_priority_2").set_value(Priority.LOW).run()
    (said,) = [warning.value.replace("\\", "") for warning in page.warning if "Anna" in warning.value]
    assert f"on {formats.instant(now, MOSCOW)} (" in said
    assert "UTC" not in said


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            NobodyStandsInError(name="Li", until_at=AT),
            (
                "The ticket was not given to Li, who is away until 3 Mar 2026, 00:30 with nobody there to stand in: "
                "choose somebody else."
            ),
        ),
        (
            UndoTooLateError(done_at=AT),
            "What was done at 3 Mar 2026, 00:30 can be taken back for 10 minutes: change each ticket instead.",
        ),
        (
            PostingChangedError(number="1-1", status="driver_pickup"),
            "Parcel 1-1 was changed meanwhile (now: With the driver): look at it again, then repeat.",
        ),
        (
            DeskError("From 2026-03-02 21:30:20 UTC to 2026-03-02 21:30:00 UTC."),
            "From 3 Mar 2026, 00:30:20 to 3 Mar 2026, 00:30.",
        ),
        (DeskError("Nothing is open."), "Nothing is open."),
    ],
)
def test_instants_and_code_words_become_those_of_the_reader(desk, error, sentence):
    assert refusals.worded(error) == sentence


def test_the_sentences_at_fields_are_on_the_desks_clock_as_the_fields_are(desk):
    error = InputInvalidError(number=1, action="x", fields={"eta": "It lies before 2026-03-02 21:30 UTC."})
    assert refusals.worded_fields(error) == {"eta": "It lies before 3 Mar 2026, 00:30."}


def test_a_refusal_without_an_instant_is_said_although_the_desk_cannot_be_opened(empty_desk, monkeypatch):
    def shut():
        raise DeskError("The desk is held by another process.")

    monkeypatch.setattr(access, "zone", shut)
    assert refusals.worded(DeskError("It is held.")) == "It is held."
    assert errors.apologise(DeskError("It is held."))
