"""The stream of a ticket: everything once, newest first, people's words as they are."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from desk_builders import ANNA, BUYER_TEXT, PNG, contact_about_the_order, numbered, posting

from pages.queue.timeline.entries import Teller
from pages.queue.timeline.milestones import milestones
from workflow.evidence import File
from workflow.records import Claim
from workflow.steps import Do, Prioritise
from workflow.tickets import SYNC, Actor
from workflow.vocabulary import Channel, EventKind, Priority, Role

CLAIM_ID = "00000000-0000-4000-8000-000000000001"


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


def test_what_was_done_together_stands_in_the_order_of_the_log(desk, now):
    ticket = numbered(desk, 1).ticket
    steps = (
        Do(trigger="register", is_lead=True),
        Do(trigger="seller_reply", inputs={"reply_text": "It is on its way."}),
        Prioritise(priority=Priority.URGENT),
        Do(trigger="resolve", inputs={"resolution_reason": "explained"}),
    )
    desk.desk.act_together(ticket.id, steps, actor=ANNA, now=now)
    teller = Teller(lifecycles=desk.rules.lifecycles, names={}, zone="UTC", now=now)
    told = teller.entries(desk.store.load_case(ticket.id), desk.store.events_of(ticket.id))
    at_once = [entry["what"] for entry in told if entry["iso"] == f"{now.isoformat()}Z"]
    assert at_once == ["Resolve", "Priority changed", "Reply", "Register"]


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
    assert told[0]["role"] == "Agent"


def test_a_buyer_s_message_says_who_wrote_it_down(told):
    theirs = [entry for entry in told if entry["is_message"]][-1]
    assert (theirs["who"], theirs["role"], theirs["look"]) == ("Ivan S.", "Buyer, recorded by Anna Petrova", "in")


def told_of_mirror(desk, now, actor):
    ((ticket_id,),) = desk.database.read("select id::varchar from tickets where number = 2")
    desk.desk.sync_state(ticket_id, "refund_pending", "RET-1001", actor=actor, now=now)
    teller = Teller(lifecycles=desk.rules.lifecycles, names={"anna": "Anna Petrova"}, zone="UTC", now=now)
    return teller.entries(desk.store.load_case(ticket_id), desk.store.events_of(ticket_id))[0]


def test_a_mirrored_state_names_the_person_who_took_it_over_and_what_shows_it(desk, now):
    entry = told_of_mirror(desk, now, replace(SYNC, recorded_by="anna"))
    assert (entry["who"], entry["role"]) == ("Marketplace", "recorded by Anna Petrova")
    assert entry["detail"].startswith("reference RET-1001 · outside the table")


def test_a_state_that_a_process_brought_names_nobody(desk, now):
    entry = told_of_mirror(desk, now, SYNC)
    assert (entry["who"], entry["role"]) == ("Marketplace sync", "")


def test_an_act_without_words_that_was_recorded_for_the_platform_says_by_whom(desk, now):
    ((ticket_id,),) = desk.database.read("select id::varchar from tickets where number = 2")
    desk.desk.sync_state(ticket_id, "escalated", "RET-1001", actor=SYNC, now=now)
    platform = Actor(role=Role.PLATFORM_AGENT, id="platform", recorded_by="anna")
    desk.desk.act(ticket_id, "start_investigation", actor=platform, now=now, inputs={"reference": "CASE-7"})
    teller = Teller(lifecycles=desk.rules.lifecycles, names={"anna": "Anna Petrova"}, zone="UTC", now=now)
    entry = teller.entries(desk.store.load_case(ticket_id), desk.store.events_of(ticket_id))[0]
    assert (entry["who"], entry["role"]) == ("platform", "recorded by Anna Petrova")
    assert entry["detail"].startswith("reference CASE-7")


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


def test_each_entry_says_both_when_it_was_and_how_long_ago(told):
    assigned = told[0]
    assert (assigned["ago"], assigned["exact"][-5:]) == ("1 min ago", assigned["when"])


def test_the_order_s_records_stand_in_the_stream_each_at_its_time_and_marked(told, now):
    of_order = [entry for entry in told if entry["kinds"] == ["order"]]
    assert [(entry["what"], entry["iso"]) for entry in of_order] == [
        (what, f"{(now - timedelta(days=days)).isoformat()}Z")
        for what, days in (
            ("Promised delivery date", 3),
            ("First promised delivery date", 5),
            ("Status of the parcel: On its way", 8),
            ("Shipped", 12),
            ("Ordered", 14),
        )
    ]
    assert {entry["origin"] for entry in of_order} == {"From the order's records"}
    assert [entry["who"] for entry in of_order[-2:]] == ["Parcel 40001-0001-1", "Order 40001-0001"]
    assert of_order[3]["detail"] == "CDEK · RR123456789CN"


def test_a_delivery_is_told_once_and_no_promise_before_its_day(desk, now):
    parcel = replace(
        posting(now),
        status="delivered",
        status_changed_at=now - timedelta(hours=1),
        delivered_at=now - timedelta(hours=1),
        original_promised_at=None,
        promised_at=now + timedelta(days=2),
    )
    case = replace(numbered(desk, 2), posting=parcel)
    told = [(item.what, item.at) for item in milestones(case, (), "UTC", now)]
    assert told == [
        ("Ordered", now - timedelta(days=14)),
        ("Shipped", now - timedelta(days=12)),
        ("Delivered", now - timedelta(hours=1)),
    ]


def test_an_event_names_its_file_and_its_claim(desk, now):
    ticket = numbered(desk, 2).ticket
    claim = Claim(
        id=CLAIM_ID,
        ticket_id=ticket.id,
        kind="return",
        external_ref="RET-00002-1",
        status="OnSellerApproval",
        reason_code="broken_case",
        is_defect=True,
        filed_at=now - timedelta(minutes=50),
    )
    desk.desk.record_claim(claim, actor=ANNA, now=now - timedelta(minutes=40))
    photo = File(name="crack <b>.png", content=PNG + b"x", claim_id=CLAIM_ID)
    desk.desk.attach_evidence(ticket.id, [photo], actor=ANNA, now=now - timedelta(minutes=30))
    case, log = numbered(desk, 2), desk.store.events_of(ticket.id)
    teller = Teller(lifecycles=desk.rules.lifecycles, names={}, zone="UTC", now=now)
    told = [(entry["what"], entry["detail"]) for entry in teller.entries(case, log)[:3]]
    assert told == [
        ("Evidence added", "crack <b>.png (Photo) for RET-00002-1"),
        ("Claim recorded", "Return request RET-00002-1 · Broken case"),
        ("Return request filed", "Broken case"),
    ]
    again = replace(claim, filed_at=now - timedelta(minutes=40))
    at_once = replace(case, claims=(again,))
    assert [entry["what"] for entry in teller.entries(at_once, log)[:3]] == [
        "Evidence added",
        "Claim recorded",
        "Register",
    ]


def test_the_stream_is_filtered_by_kind_also_by_several(desk, visit, now):
    ticket = numbered(desk, 2).ticket
    desk.desk.act(ticket.id, "add_note", actor=ANNA, now=now, inputs={"note_text": "Ask CDEK."})
    reply = {"reply_text": "We ask the carrier."}
    desk.desk.act(ticket.id, "seller_reply", actor=ANNA, now=now, inputs=reply)
    desk.desk.assign(ticket.id, "li", actor=ANNA, now=now)
    page = visit("queue", ticket="2")
    everything = entries_on(page)

    def chosen(*kinds):
        page.button_group(key="queue_stream_kinds").set_value(list(kinds)).run()
        return entries_on(page)

    def named(entries):
        return [entry.get("text") or entry["what"] for entry in entries]

    assert named(chosen("note")) == ["Ask CDEK."]
    assert named(chosen("message")) == ["We ask the carrier.", BUYER_TEXT]
    assert named(chosen("state")) == ["We ask the carrier.", "Register", "Ticket opened"]
    assert named(chosen("handling")) == ["Assigned"]
    assert named(chosen("evidence")) == ["Evidence added"]
    assert named(chosen("order", "note")) == ["Ask CDEK.", *named(chosen("order"))]
    assert len(chosen("order")) == 5
    assert chosen("clock") == []
    assert "The ticket has nothing of that kind." in [caption.value for caption in page.caption]
    assert chosen() == everything


def test_the_chosen_kinds_stay_from_ticket_to_ticket(desk, visit):
    page = visit("queue", ticket="2")
    page.button_group(key="queue_stream_kinds").set_value(["message"]).run()
    page.query_params["ticket"] = "3"
    page.run()
    assert {kind for entry in entries_on(page) for kind in entry["kinds"]} == {"message"}


def test_clocks_by_name_tell_those_that_came_due_for_nothing_too(desk, visit, now):
    contact = replace(contact_about_the_order(), channel=Channel.EMAIL)
    ticket = desk.desk.open_ticket(contact, actor=ANNA, now=now - timedelta(days=4))
    desk.desk.tick(now)
    by_clock = [event for event in desk.store.events_of(ticket.id) if event.actor_role is Role.SYSTEM_TIMER]
    assert {EventKind.TIMER_SPENT, EventKind.TRANSITION} <= {event.kind for event in by_clock}
    page = visit("queue", ticket=str(ticket.number))
    page.button_group(key="queue_stream_kinds").set_value(["clock"]).run()
    assert len(entries_on(page)) == len(by_clock)
