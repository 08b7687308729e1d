"""Several changes in one act: all of them through the same guards, or none and the reason."""

import pytest

from tests.workflow.builders import AGENT, BUYER, DAY, HOUR, NOW, PHOTO, world
from workflow.errors import (
    ActionNotAllowedError,
    InputInvalidError,
    RoleNotAllowedError,
    StepRefusedError,
    TagInvalidError,
    TicketChangedError,
)
from workflow.steps import AddTags, Assign, Do, Prioritise
from workflow.vocabulary import EventKind, Priority

REPLY = Do(trigger="seller_reply", inputs={"reply_text": "We sent the part today."})
RESOLVE = Do(trigger="resolve", inputs={"resolution_reason": "explained"})


@pytest.fixture
def it():
    return world()


@pytest.fixture
def ticket(it):
    return it.act(it.open(tags=("vip",)), "register", NOW)


def together(it, ticket, *steps, **changes):
    return it.desk.act_together(ticket.id, steps, **{"actor": AGENT, "now": NOW + HOUR, **changes})


def test_a_reply_and_a_state_are_one_act(it, ticket):
    commits = []
    it.store.commit, commit = lambda changes: commits.append(len(changes)) or commit(changes), it.store.commit
    after = together(it, ticket, REPLY, RESOLVE)
    assert (after.state, after.resolution_reason) == ("resolved", "explained")
    assert [event.name for event in it.store.events_of(ticket.id)][-2:] == ["seller_reply", "resolve"]
    assert commits == [1]


def test_every_kind_of_step_is_taken_and_what_is_so_already_leaves_no_trace(it, ticket):
    steps = (Prioritise(priority=Priority.HIGH), Assign(assignee_id="boris"), AddTags(tags=("late",)))
    after = together(it, ticket, REPLY, *steps, files=(PHOTO,))
    assert (after.priority, after.assignee_id, after.tags) == (Priority.HIGH, "boris", ("late", "vip"))
    assert len(it.store.load_case(ticket.id).evidence) == 1
    again = together(it, ticket, *steps)
    assert again.version == after.version


def test_one_step_that_is_not_possible_undoes_all_and_is_named(it, ticket):
    with pytest.raises(StepRefusedError) as refusal:
        together(it, ticket, Prioritise(priority=Priority.HIGH), REPLY, Do(trigger="register"))
    assert str(refusal.value) == (
        "Nothing was changed, for step 3 of 3 is not possible. “Register” is not possible on ticket 1: "
        "that is not possible while the ticket is in “Awaiting buyer reply”."
    )
    assert it.now(ticket) == ticket
    assert it.store.events_of(ticket.id)[-1].seq == ticket.version


def test_the_first_steps_own_refusal_is_said_as_it_is(it, ticket):
    with pytest.raises(InputInvalidError, match="e-mail"):
        together(it, ticket, Do(trigger="seller_reply", inputs={"reply_text": "anna@example.com"}), RESOLVE)
    with pytest.raises(ActionNotAllowedError):
        together(it, ticket, Do(trigger="register"))
    assert it.now(ticket) == ticket


def test_a_wrong_tag_a_foreign_role_and_a_stale_screen_are_refused(it, ticket):
    with pytest.raises(TagInvalidError):
        together(it, ticket, AddTags(tags=("two words",)))
    with pytest.raises(RoleNotAllowedError):
        together(it, ticket, REPLY, actor=BUYER)
    it.act(ticket, "add_note", NOW + HOUR, note_text="Mine first.")
    with pytest.raises(TicketChangedError, match="Anna"):
        together(it, ticket, REPLY, expected_version=ticket.version)
    assert it.store.events_of(ticket.id)[-1].kind is EventKind.TRANSITION


def test_what_leads_up_to_the_first_step_is_taken_with_it_and_not_counted_in_a_refusal(it):
    ticket = it.open()
    lead = Do(trigger="register", is_lead=True)
    with pytest.raises(InputInvalidError):
        together(it, ticket, lead, Do(trigger="seller_reply", inputs={"reply_text": "Write to me@example.org"}))
    with pytest.raises(StepRefusedError, match="step 2 of 2 is not possible"):
        together(it, ticket, lead, REPLY, Do(trigger="register"))
    assert it.now(ticket) == ticket
    after = together(it, ticket, lead, REPLY)
    assert after.state == "awaiting_buyer"
    with pytest.raises(ActionNotAllowedError, match="Register"):
        together(it, after, lead, REPLY)


def test_what_may_follow_a_reply_is_judged_without_writing_anything(it, ticket):
    case = it.store.load_case(ticket.id)
    offers = it.desk.offers_after(case, REPLY, actor=AGENT, now=NOW + HOUR)
    assert "resolve" in {offer.trigger for offer in offers if offer.is_allowed}
    assert it.now(ticket) == ticket
    assert it.desk.offers_after(case, REPLY, actor=AGENT, now=NOW + 9 * DAY) == ()
    fresh = it.store.load_case(it.open().id)
    assert it.desk.offers_after(fresh, REPLY, actor=AGENT, now=NOW) == ()
    both = (Do(trigger="register"), REPLY)
    assert {"resolve"} <= {item.trigger for item in it.desk.offers_after(fresh, *both, actor=AGENT, now=NOW)}
