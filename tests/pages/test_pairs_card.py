"""Duplicates, merge and undo, links and splits from the ticket page, and what stands around a ticket."""

import json

import pytest
from desk_builders import ANNA, BUYER_TEXT, PNG, numbered

from pages.queue.pairs_card import LINE_LENGTH
from pages.shared import access
from workflow.evidence import File
from workflow.tickets import Actor
from workflow.vocabulary import Role


@pytest.fixture
def shipment(visit, desk):
    return visit("queue", ticket="2")


def test_a_duplicate_is_suggested_merged_and_brought_back(desk, shipment):
    shipment.button(key="queue_merge_3_2").click().run()
    assert (numbered(desk, 2).ticket.state, numbered(desk, 2).ticket.resolution_reason) == ("closed", "merged")
    assert any("Merged into ticket 3" in info.value for info in shipment.info)
    shipment.button(key="queue_undo_merge_2").click().run()
    assert numbered(desk, 2).ticket.state == "awaiting_seller"
    assert shipment.button(key="queue_merge_3_2")


def test_a_ticket_in_which_more_than_talk_is_under_way_takes_the_other_one_in(desk, visit, now):
    desk.desk.act(numbered(desk, 2).ticket.id, "open_trace", actor=ANNA, now=now)
    page = visit("queue", ticket="2")
    button = page.button(key="queue_merge_3_2")
    assert button.label == "Merge it into this one"
    button.click().run()
    assert [toast.value for toast in page.toast] == ["Ticket 3 was merged into this one"]
    assert (numbered(desk, 2).ticket.state, numbered(desk, 3).ticket.resolution_reason) == ("tracing", "merged")


def test_the_ticket_that_stays_shows_what_was_written_to_the_merged_one_and_where(desk, shipment, visit, now):
    note = {"note_text": "The carrier was asked."}
    desk.desk.act(numbered(desk, 2).ticket.id, "add_note", actor=ANNA, now=now, inputs=note)
    shipment.run().button(key="queue_merge_3_2").click().run()
    told = [entry for entry in entries_on(visit("queue", ticket="3")) if entry["is_message"]]
    assert [(entry["text"], entry["origin"]) for entry in told] == [
        ("The carrier was asked.", "from ticket 2"),
        (BUYER_TEXT, "from ticket 2"),
        (BUYER_TEXT, ""),
    ]


def test_the_ticket_that_stays_shows_the_evidence_of_the_merged_one_and_leaves_it_to_that_one(desk, visit, now):
    other = numbered(desk, 2).ticket
    desk.desk.attach_evidence(other.id, [File(name="crack.png", content=PNG + b"2")], actor=ANNA, now=now)
    desk.desk.pairs.merge(other.id, numbered(desk, 3).ticket.id, actor=ANNA, now=now)
    crack = numbered(desk, 2).evidence[-1]
    page = visit("queue", ticket="3")
    page.session_state[f"queue_show_{crack.id}"] = True
    page.run()
    assert "crack.png" in [text.value for text in page.text]
    about = [caption.value for caption in page.caption if "from ticket 2" in caption.value]
    assert len(about) == len(numbered(desk, 2).evidence)
    assert len(page.get("image")) == 1
    assert not [box for box in page.selectbox if box.key == f"queue_tag_kind_{crack.id}"]


def entries_on(page):
    component = next(item for item in page.get("bidi_component") if "timeline" in item.proto.component_name)
    return json.loads(component.proto.json)["entries"]


def test_two_tickets_are_linked_by_number_and_a_wrong_number_is_said(desk, shipment):
    shipment.text_input(key="queue_other_number_2").set_value("99").run()
    assert any("There is no ticket 99" in caption.value for caption in shipment.caption)
    shipment.button(key="queue_link_2").click().run()
    assert [warning.value.replace("\\", "") for warning in shipment.warning] == [
        "There is no ticket 99 that you may see."
    ]
    assert numbered(desk, 2).links == ()
    shipment.text_input(key="queue_other_number_2").set_value("4").run()
    shipment.button(key="queue_link_2").click().run()
    assert [link.number for link in numbered(desk, 2).links] == [4]
    shipment.button(key="queue_link_2").click().run()
    assert numbered(desk, 2).links == ()


def test_the_number_that_was_typed_last_is_taken_by_the_first_press(desk, shipment):
    shipment.button(key="queue_merge_2").click().run()
    assert "Enter the number" in shipment.warning[0].value
    shipment.text_input(key="queue_other_number_2").set_value("4")
    shipment.button(key="queue_merge_2").click().run()
    assert numbered(desk, 2).ticket.resolution_reason == "merged"
    assert any("Merged into ticket 4" in info.value for info in shipment.info)


def test_what_was_refused_by_number_is_said_under_its_buttons_and_not_under_the_split(desk, visit):
    page = visit("queue", ticket="2")
    page.session_state["queue_pairs_by_hand_2"] = True
    page.run()
    page.text_input(key="queue_other_number_2").set_value("2")
    page.button(key="queue_merge_2").click().run()
    drawn = [item.key if hasattr(item, "key") and item.key else item.type for item in page.main]
    assert drawn.index("queue_merge_2") < drawn.index("warning") < drawn.index("queue_split_2")


def test_a_refusal_is_said_as_it_is(desk, shipment):
    shipment.text_input(key="queue_other_number_2").set_value("2").run()
    shipment.button(key="queue_merge_2").click().run()
    assert any("that is this ticket itself" in warning.value for warning in shipment.warning)


def test_messages_are_split_off_into_a_ticket_of_another_category(desk, shipment):
    message = numbered(desk, 2).messages[0]
    shipment.multiselect(key="queue_split_messages_2_0").set_value([message.id]).run()
    shipment.selectbox(key="queue_split_category_2").set_value("product_quality").run()
    shipment.button(key="queue_split_2").click().run()
    split = numbered(desk, 5)
    assert (split.ticket.category, split.messages[0].text) == ("product_quality", message.text)
    assert [link.number for link in split.links] == [2]
    assert shipment.multiselect(key="queue_split_messages_2_1").value == []
    assert shipment.button(key="queue_split_2").disabled
    newest = entries_on(shipment)[0]
    assert (newest["what"], newest["detail"]) == ("Split off", "ticket 5")


def test_a_message_that_was_split_off_is_offered_no_more_and_its_ticket_is_named(desk, shipment, visit, now):
    """Also to another agent, and to one who had chosen it before: the field forgets it when the ticket is drawn."""
    (first,) = numbered(desk, 2).messages
    told = {"message_text": "The cup is broken."}
    buyer = Actor(role=Role.BUYER, id="b1", recorded_by=ANNA.id)
    desk.desk.act(numbered(desk, 2).ticket.id, "buyer_message", actor=buyer, now=now, inputs=told)
    shipment.run().multiselect(key="queue_split_messages_2_0").set_value([first.id]).run()
    ticket = numbered(desk, 2).ticket
    split = {"actor": ANNA, "now": access.now(), "expected_version": ticket.version}
    desk.desk.pairs.split(ticket.id, [first.id], "product_quality", **split)
    for page in (shipment.run(), visit("queue", ticket="2")):
        field = page.multiselect(key="queue_split_messages_2_0")
        (offered,) = field.options
        assert offered.endswith("The cup is broken.")
        assert field.value == []
        assert page.button(key="queue_split_2").disabled
        assert "Split off already, as ticket: 5" in [caption.value for caption in page.caption]


def test_only_the_buyers_messages_are_offered_for_a_split(desk, visit, now):
    told = {"message_text": "We open an inquiry."}
    platform = Actor(role=Role.PLATFORM_AGENT, id="platform", recorded_by=ANNA.id)
    desk.desk.act(numbered(desk, 2).ticket.id, "platform_message", actor=platform, now=now, inputs=told)
    assert len(numbered(desk, 2).messages) == 2
    (offered,) = visit("queue", ticket="2").multiselect(key="queue_split_messages_2_0").options
    assert offered.endswith(BUYER_TEXT[:LINE_LENGTH])


def test_a_second_press_that_comes_before_the_screen_is_new_opens_no_second_ticket(desk, shipment):
    message = numbered(desk, 2).messages[0]
    shipment.multiselect(key="queue_split_messages_2_0").set_value([message.id]).run()
    stale = numbered(desk, 2).ticket
    desk.desk.pairs.split(
        stale.id, [message.id], "product_quality", actor=ANNA, now=access.now(), expected_version=stale.version
    )
    shipment.button(key="queue_split_2").click().run()
    assert any("Anna Petrova" in warning.value for warning in shipment.warning)
    assert desk.database.read("select count(*) from tickets") == [(5,)]


def test_what_lies_around_the_ticket_is_shown(desk, shipment):
    said = [element.value for element in shipment.markdown]
    assert "**Other tickets of the buyer**" in said
    assert ":material/hub: 3 tickets about the same parcel, 3 open" in said
    assert any("Seller's proof that the parcel was handed over to the carrier: missing" in text for text in said)
    captions = [caption.value for caption in shipment.caption]
    assert "Return requests of pieces sold: 0.0 % (0 of 1)" in captions
