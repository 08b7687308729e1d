"""The stream of a ticket: everything once, newest first, people's words as they are."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from desk_builders import ANNA, BUYER_TEXT, contact_about_the_order

from pages.queue.timeline.entries import Teller
from workflow.vocabulary import Channel, EventKind


@pytest.fixture
def told(desk, now):
    ((ticket_id,),) = desk.database.read("select id::varchar from tickets where number = 2")
    desk.desk.act(
        ticket_id,
        "seller_reply",
        actor=ANNA,
        now=now - timedelta(minutes=5),
        inputs={"reply_text": "We ask the carrier."},
    )
    desk.desk.assign(ticket_id, "li", actor=ANNA, now=now - timedelta(minutes=1))
    teller = Teller(
        lifecycles=desk.rules.lifecycles,
        names={"anna": "Anna Petrova", "li": "Li Wei", "b1": "Ivan S."},
        zone="UTC",
        now=now,
    )
    return teller.entries(desk.store.load_case(ticket_id), desk.store.events_of(ticket_id))


def test_the_newest_comes_first(told):
    instants = [entry["iso"] for entry in told]
    assert instants == sorted(instants, reverse=True)


def test_every_message_is_told_once_and_word_for_word(told):
    assert [entry["text"] for entry in told if entry["is_message"]] == ["We ask the carrier.", BUYER_TEXT]


def test_a_message_names_the_act_that_carried_it_and_where_it_led(told):
    reply = next(entry for entry in told if entry["is_message"])
    assert (reply["who"], reply["what"], reply["to"], reply["look"]) == (
        "Anna Petrova",
        "Reply",
        "Awaiting buyer reply",
        "out",
    )


def test_an_act_without_words_says_what_and_who(told):
    assert (told[0]["what"], told[0]["detail"], told[0]["who"]) == ("Assigned", "to Li Wei", "Anna Petrova")


def test_a_buyer_s_message_says_who_wrote_it_down(told):
    theirs = [entry for entry in told if entry["is_message"]][-1]
    assert (theirs["who"], theirs["role"], theirs["look"]) == ("Ivan S.", "Buyer, recorded by Anna Petrova", "in")


def test_clocks_that_came_due_for_nothing_are_told_only_when_asked_for(desk, visit, now):
    contact = replace(contact_about_the_order(), channel=Channel.EMAIL)
    ticket = desk.desk.open_ticket(contact, actor=ANNA, now=now - timedelta(days=4))
    desk.desk.tick(now)
    spent = [event for event in desk.store.events_of(ticket.id) if event.kind is EventKind.TIMER_SPENT]
    assert spent != []
    page = visit("queue", ticket=str(ticket.number))
    before = len(entries_on(page))
    page.toggle(key="queue_clock_events").set_value(True).run()
    assert len(entries_on(page)) == before + len(spent)


def entries_on(page):
    component = next(item for item in page.get("bidi_component") if "timeline" in item.proto.component_name)
    return json.loads(component.proto.json)["entries"]
