"""The palette holds every action of a ticket, and runs exactly those that are not forbidden."""

from datetime import timedelta

import pytest
from desk_builders import ANNA, numbered

from data.people import Agent, People, save_people
from pages.queue.palette.commands import commands
from pages.queue.sheet import load
from pages.shared import access, session
from pages.shared.people import me
from workflow.steps import AddTags, Assign, Macro
from workflow.vocabulary import Role


def opened(desk, number):
    sheet = load(numbered(desk, number).ticket.id, me())
    return sheet, commands(sheet)


@pytest.mark.parametrize("number", [1, 2])
def test_every_action_of_all_whose_acts_are_recorded_is_there_once_with_its_reason_if_forbidden(number, desk):
    sheet, listed = opened(desk, number)
    offers = {f"{role.value}/{offer.trigger}": offer for role, of_role in sheet.offers.items() for offer in of_role}
    assert sorted(command.id for command in listed) == sorted(["mirror", *offers])
    forbidden = {name for name, offer in offers.items() if not offer.is_allowed}
    assert {command.id for command in listed if command.reason} == forbidden
    assert set(sheet.offers) == {Role.SELLER_AGENT, Role.BUYER, Role.PLATFORM_AGENT}


def test_what_moves_the_ticket_comes_first_and_says_where_to(desk):
    (first, *_rest, last) = [command for command in opened(desk, 2)[1] if command.id.startswith("seller_agent/")]
    assert (first.label, first.leads_to, first.reason) == ("Reply", "Awaiting buyer reply", "")
    assert last.reason.endswith(".")
    assert [command.key for command in opened(desk, 2)[1] if command.key] == [f"Shift+{place}" for place in range(1, 6)]


def test_a_settled_ticket_offers_its_follow_up(desk, now):
    ticket = numbered(desk, 2).ticket
    assert "follow_up" not in [command.id for command in opened(desk, 2)[1]]
    desk.desk.act(ticket.id, "resolve", actor=ANNA, now=now, inputs={"resolution_reason": "explained"})
    assert [command.label for command in opened(desk, 2)[1] if command.id == "follow_up"] == ["Open a follow-up"]


def test_a_command_acts_on_the_ticket_as_it_was_drawn(desk, now):
    _sheet, listed = opened(desk, 1)
    register = next(command for command in listed if command.id == "seller_agent/register")
    desk.desk.act(numbered(desk, 1).ticket.id, "add_note", actor=ANNA, now=now, inputs={"note_text": "Mine."})
    register.run()
    assert numbered(desk, 1).ticket.state == "new"
    assert "Nothing that you typed is lost" in session.recall("queue_refusal").sentence
    session.forget("queue_refusal", "queue_done")


def test_a_macro_names_whom_it_assigns_to_also_whoever_has_left(desk, now):
    save_people(desk.database, People(agents=(Agent(id="x-17", name="Gleb Orlov", is_active=False),)), now)
    access.macros().save(Macro(id="m1", name="To Gleb", then=(Assign(assignee_id="x-17"),)), by="m", now=now)
    (macro,) = [command for command in opened(desk, 2)[1] if command.id == "macro/m1"]
    assert macro.leads_to == "Assign to Gleb Orlov"


def test_macros_are_found_by_their_names_and_say_what_they_do_or_why_not(desk, now, monkeypatch):
    tag = AddTags(tags=("late",))
    for macro in (Macro(id="m1", name="Only tag", then=(tag,)), Macro(id="m2", name="Say", template_id="tracking")):
        access.macros().save(macro, by="m", now=now)

    def macros(number=2):
        listed = [command for command in opened(desk, number)[1] if command.id.startswith("macro/")]
        return [(command.label, command.leads_to, command.reason) for command in listed]

    assert macros() == [("Only tag", "Add tags: late", ""), ("Say", "Reply", "")]
    assert macros(1)[1] == ("Say", "Register, Reply", "")
    next(command for command in opened(desk, 2)[1] if command.id == "macro/m1").run()
    assert numbered(desk, 2).ticket.tags == ("late",)
    assert session.recall("queue_done") == "Only tag: done"
    monkeypatch.setattr("data.clock.now", lambda: now + timedelta(hours=50))
    assert macros()[1][2].startswith("It begins with a reply, and none is possible now. ")
    session.forget("queue_done", "queue_composer_sent")
