"""One act on many tickets: its preview is what happens, one refusal stops no other, and it can be taken back."""

from datetime import timedelta

import pytest

from tests.workflow.builders import AGENT, HOUR, NOW, OTHER_AGENT, delivered, world
from workflow.bulk import (
    MOST,
    UNDO_WINDOW,
    AddTags,
    Assign,
    Chosen,
    Prioritise,
    RemoveTags,
    SelectionError,
    ShareOut,
    Take,
    UndoTooLateError,
    carry_out,
    common_actions,
    preview,
    undo,
    with_a_way_back,
)
from workflow.errors import TicketNotFoundError
from workflow.tickets import SYNC, Scope
from workflow.vocabulary import Priority

LATER = NOW + HOUR
RESOLVE = Take(trigger="resolve", inputs={"resolution_reason": "explained"})


def seen(ticket):
    return Chosen(id=ticket.id, number=ticket.number, version=ticket.version)


@pytest.fixture
def it():
    return world()


@pytest.fixture
def three(it):
    """Tickets 1 and 2 await the seller's reply; ticket 3 is new."""
    tickets = [it.open() for _ in range(3)]
    return tuple(seen(it.act(ticket, "register", NOW) if ticket.number < 3 else ticket) for ticket in tickets)


def done(it, chosen, act, at=LATER, actor=AGENT):
    return carry_out(it.desk, chosen, act, actor=actor, now=at)


def taken_back(it, outcomes, act, at=LATER + timedelta(minutes=1)):
    return undo(it.desk, outcomes, act, actor=AGENT, done_at=LATER, now=at)


@pytest.mark.parametrize(
    ("act", "value"),
    [
        (Assign(assignee_id="boris"), lambda ticket: ticket.assignee_id == "boris"),
        (Prioritise(priority=Priority.URGENT), lambda ticket: ticket.priority is Priority.URGENT),
        (AddTags(tags=("flood",)), lambda ticket: ticket.tags == ("flood",)),
    ],
)
def test_a_setting_is_made_on_every_ticket_and_taken_back(it, three, act, value):
    before = [it.now(item) for item in three]
    outcomes = done(it, three, act)
    assert all(outcome.is_done and value(it.now(outcome.chosen)) for outcome in outcomes)
    back = taken_back(it, outcomes, act)
    assert all(outcome.is_done for outcome in back)
    settings = [(ticket.assignee_id, ticket.priority, ticket.tags) for ticket in before]
    assert [(t.assignee_id, t.priority, t.tags) for t in map(it.now, three)] == settings


def test_tickets_are_shared_out_and_taken_back(it, three):
    one, two, _ = three
    act = ShareOut(assignees={one.id: "boris", two.id: ""})
    outcomes = done(it, (one, two), act)
    assert [outcome.is_done for outcome in outcomes] == [True, False]  # nobody has ticket 2 already
    assert it.now(one).assignee_id == "boris"
    assert [outcome.is_done for outcome in taken_back(it, outcomes, act)] == [True]
    assert not it.now(one).assignee_id


def test_tags_are_added_to_those_that_are_there(it, three):
    it.desk.tag(three[0].id, ["old", "flood"], actor=AGENT, now=NOW)
    first = seen(it.now(three[0]))
    second = seen(it.now(three[1]))
    outcomes = done(it, (first, second), AddTags(tags=("flood", "rain")))
    assert [it.now(item).tags for item in (first, second)] == [("flood", "old", "rain"), ("flood", "rain")]
    taken_back(it, outcomes, AddTags(tags=("flood", "rain")))
    assert [it.now(item).tags for item in (first, second)] == [("flood", "old"), ()]


def test_tags_are_removed_where_they_are_and_come_back(it, three):
    it.desk.tag(three[0].id, ["old", "flood", "rain"], actor=AGENT, now=NOW)
    it.desk.tag(three[1].id, ["flood"], actor=AGENT, now=NOW)
    chosen = tuple(seen(it.now(item)) for item in three)
    act = RemoveTags(tags=("flood", "rain"))
    foreseen = preview(it.desk, chosen, act, actor=AGENT, now=LATER)
    assert [outcome.after.tags if outcome.after else None for outcome in foreseen] == [("old",), (), None]
    outcomes = done(it, chosen, act)
    assert [outcome.is_done for outcome in outcomes] == [True, True, False]  # ticket 3 has none of them
    assert [it.now(item).tags for item in three] == [("old",), (), ()]
    assert it.now(three[2]).version == chosen[2].version
    taken_back(it, outcomes, act)
    assert [it.now(item).tags for item in three] == [("flood", "old", "rain"), ("flood",), ()]


def test_one_that_is_refused_does_not_stop_the_others(it, three):
    one, two, new = three
    outcomes = done(it, (one, new, two), RESOLVE)
    assert [outcome.is_done for outcome in outcomes] == [True, False, True]
    assert (
        outcomes[1].refusal
        == "“Resolve” is not possible on ticket 3: that is not possible while the ticket is in “New”."
    )
    assert [it.now(item).state for item in three] == ["resolved", "resolved", "new"]


def test_a_ticket_that_changed_since_it_was_seen_is_refused_with_who_was_faster(it, three):
    it.desk.prioritise(three[0].id, Priority.HIGH, actor=OTHER_AGENT, now=NOW)
    outcomes = done(it, three, Assign(assignee_id="anna"))
    assert "was changed by Boris" in outcomes[0].refusal
    assert [outcome.is_done for outcome in outcomes] == [False, True, True]


def test_the_preview_is_what_happens_and_writes_nothing(it, three):
    written = {ticket_id: list(log) for ticket_id, log in it.store.events.items()}
    foreseen = preview(it.desk, three, RESOLVE, actor=AGENT, now=LATER)
    assert it.store.events == written
    outcomes = done(it, three, RESOLVE)
    assert [(o.chosen, o.is_done, o.refusal) for o in foreseen] == [(o.chosen, o.is_done, o.refusal) for o in outcomes]
    assert [o.after.state for o in foreseen if o.after] == [o.after.state for o in outcomes if o.after]


@pytest.mark.parametrize(
    "act",
    [Assign(assignee_id=""), Prioritise(priority=Priority.NORMAL), AddTags(tags=()), RemoveTags(tags=("flood",))],
)
def test_what_is_so_already_is_neither_done_nor_refused(it, three, act):
    (outcome,) = done(it, three[:1], act)
    assert (outcome.is_done, outcome.refusal) == (False, "")
    assert it.now(three[0]).version == three[0].version
    assert taken_back(it, [outcome], act) == ()


def test_an_action_is_taken_back_where_one_leads_back(it, three):
    one = three[0]
    waiting = seen(it.act(it.now(three[1]), "seller_reply", NOW, reply_text="We ask."))
    outcomes = done(it, (one, waiting), RESOLVE)
    assert [it.now(item).state for item in (one, waiting)] == ["resolved", "resolved"]
    ways = with_a_way_back(it.desk, outcomes, RESOLVE, actor=AGENT, now=LATER)
    assert [outcome.chosen for outcome in ways] == [one]
    elsewhere = Scope(seller_ids=("seller-2",))
    assert with_a_way_back(it.desk, outcomes, RESOLVE, actor=AGENT, now=LATER, scope=elsewhere) == ()
    back = taken_back(it, outcomes, RESOLVE)
    # Reopening leads to the seller's turn, so only the ticket that was there can be taken back.
    assert [outcome.is_done for outcome in back] == [True, False]
    assert back[1].refusal == "Ticket 2 stays as it is: no action leads back to the state before."
    assert [it.now(item).state for item in (one, waiting)] == ["awaiting_seller", "resolved"]


@pytest.mark.parametrize("agreed", [True, False])
def test_a_case_that_took_its_ticket_along_has_no_way_back(agreed):
    it = world(parcel=delivered())
    parent = it.act(it.open("product_quality"), "register", NOW)
    it.desk.sync_state(parent.id, "evidence_review", "R-1", actor=SYNC, now=NOW)
    it.act(parent, "agree_return", NOW, override_reason="Goodwill for the buyer")
    case = it.store.tickets[it.store.load_case(parent.id).links[0].id]
    it.desk.sync_state(case.id, "awaiting_seller", "R-2", actor=SYNC, now=NOW)
    if not agreed:
        it.desk.sync_state(parent.id, "closed", "R-3", actor=SYNC, now=NOW)  # it waits for no case any more
    outcomes = done(it, [seen(it.now(case))], RESOLVE)
    assert it.now(parent).state == ("resolved" if agreed else "closed")
    ways = with_a_way_back(it.desk, outcomes, RESOLVE, actor=AGENT, now=LATER)
    (back,) = taken_back(it, outcomes, RESOLVE)
    assert (len(ways), back.is_done) == ((0, False) if agreed else (1, True))
    assert it.now(case).state == ("resolved" if agreed else "awaiting_seller")
    if agreed:
        assert back.refusal.startswith("Ticket 2 stays as it is, for ticket 1, whose after-sales case it is, has fol")
        assert it.now(parent).state == "resolved"


def test_an_action_that_leaves_the_state_has_no_way_back(it, three):
    note = Take(trigger="add_note", inputs={"note_text": "Flood in the warehouse."})
    outcomes = done(it, three[:1], note)
    assert with_a_way_back(it.desk, outcomes, note, actor=AGENT, now=LATER) == ()
    (back,) = taken_back(it, outcomes, note)
    assert not back.is_done


def test_a_setting_has_a_way_back_where_it_was_made_and_only_there(it, three):
    it.desk.tag(three[0].id, ["flood"], actor=AGENT, now=NOW)
    chosen = tuple(seen(it.now(item)) for item in three)
    outcomes = done(it, chosen, AddTags(tags=("flood",)))
    ways = with_a_way_back(it.desk, outcomes, AddTags(tags=("flood",)), actor=AGENT, now=LATER)
    assert [outcome.chosen for outcome in ways] == list(chosen[1:])


def test_what_somebody_changed_meanwhile_is_not_taken_back(it, three):
    act = Prioritise(priority=Priority.URGENT)
    outcomes = done(it, three, act)
    it.desk.prioritise(three[0].id, Priority.HIGH, actor=OTHER_AGENT, now=LATER)
    back = taken_back(it, outcomes, act)
    assert [outcome.is_done for outcome in back] == [False, True, True]
    assert it.now(three[0]).priority is Priority.HIGH


def test_after_the_window_nothing_is_taken_back(it, three):
    act = Prioritise(priority=Priority.URGENT)
    outcomes = done(it, three, act)
    assert all(outcome.is_done for outcome in taken_back(it, outcomes, act, LATER + UNDO_WINDOW))
    with pytest.raises(
        UndoTooLateError, match="What was done at 2026-03-02 10:00 UTC can be taken back for 10 minutes"
    ):
        taken_back(it, outcomes, act, LATER + UNDO_WINDOW + timedelta(microseconds=1))


def test_the_actions_that_all_allow_ask_for_what_any_of_them_asks_for(it, three):
    offered = {offer.trigger: offer for offer in common_actions(it.desk, three[:2], actor=AGENT, now=LATER)}
    assert {"seller_reply", "resolve"} <= offered.keys()
    of_all = {offer.trigger for offer in common_actions(it.desk, three, actor=AGENT, now=LATER)}
    assert "resolve" not in of_all
    assert "add_note" in of_all
    assert common_actions(it.desk, (), actor=AGENT, now=LATER) == ()
    (use,) = [use for use in offered["resolve"].inputs if use.name == "resolution_reason"]
    assert use.is_required


def test_a_selection_has_a_size(it, three):
    for chosen in ((), three[:1] * (MOST + 1)):
        with pytest.raises(SelectionError, match=f"^{len(chosen)} tickets are selected: select 1 to 200"):
            done(it, chosen, Assign(assignee_id="anna"))


def test_a_ticket_outside_the_scope_is_refused(it, three):
    elsewhere = Scope(seller_ids=("seller-2",))
    (outcome,) = carry_out(it.desk, three[:1], RESOLVE, actor=AGENT, now=LATER, scope=elsewhere)
    assert "that you may see" in outcome.refusal
    with pytest.raises(TicketNotFoundError):
        common_actions(it.desk, three[:1], actor=AGENT, now=LATER, scope=elsewhere)


def test_a_preview_of_an_act_that_opens_a_ticket_gives_no_number_away(it):
    ticket = it.open("product_quality")
    number = it.store.number
    dry = preview(it.desk, [seen(ticket)], Take(trigger="register"), actor=AGENT, now=LATER)
    assert dry[0].is_done
    assert it.store.number == number
