"""What an agent can do on the queue page."""

import json
from datetime import timedelta

import pytest
from desk_builders import ANNA, PNG, field, numbered

from workflow.tickets import SYNC
from workflow.vocabulary import EvidenceKind


def said(page):
    return [element.value for element in page.markdown if element.value.startswith(":red[:material/error:")]


def do(page, trigger, role="seller_agent"):
    return page.button(key=f"queue_do_{role}_{trigger}_{page.query_params['ticket']}").click().run()


def submit(page):
    """Press the button of the open form."""
    return page.button(key="queue_form_submit").click().run()


@pytest.fixture
def shipment(visit, desk):
    return visit("queue", ticket="2")


def test_the_queue_lists_the_open_tickets_the_nearest_clock_first(desk, visit):
    page = visit("queue")
    frame = page.dataframe[0].value
    assert list(frame["number"]) == [4, 3, 2, 1]
    assert frame["clock"][0].endswith("first reply is late")
    assert page.query_params["ticket"] == "4"


def test_a_row_that_is_selected_is_named_in_the_address(desk, visit):
    page = visit("queue")
    page.button(key="queue_next").click().run()
    assert page.query_params["ticket"] == "3"
    page.button(key="queue_previous").click().run()
    assert page.query_params["ticket"] == "4"


@pytest.fixture
def unassigned_third(desk, visit):
    """The view of 4, 3, 2, 1 that nobody has; the third is shown and taken, and so leaves it."""
    page = visit("queue", view="unassigned", ticket="2")
    assert list(page.dataframe[0].value["number"]) == [4, 3, 2, 1]
    page.button(key="queue_assign_me_2").click().run()
    assert list(page.dataframe[0].value["number"]) == [4, 3, 1]
    return page


@pytest.mark.parametrize(("step", "neighbour"), [("next", "1"), ("previous", "3")])
def test_a_ticket_that_left_the_list_has_the_neighbours_that_it_had(step, neighbour, unassigned_third):
    assert unassigned_third.query_params["ticket"] == "2"
    unassigned_third.button(key=f"queue_{step}").click().run()
    assert unassigned_third.query_params["ticket"] == neighbour


def test_after_the_last_that_left_the_list_ends_and_in_another_list_the_first_is_next(desk, visit):
    page = visit("queue", view="unassigned", ticket="1")
    page.button(key="queue_assign_me_1").click().run()
    page.button(key="queue_next").click().run()
    assert page.query_params["ticket"] == "1"
    assert ["last ticket of the list" in toast.value for toast in page.toast] == [True]
    page.button(key="queue_previous").click().run()
    assert page.query_params["ticket"] == "2"
    page.query_params.update(ticket="1", sort="newest")
    page.run()
    first = page.dataframe[0].value["number"].iloc[0]
    page.button(key="queue_next").click().run()
    assert page.query_params["ticket"] == str(first)


def test_what_the_buyer_wrote_after_the_end_is_put_away_where_it_needs_no_answer(desk, visit, now):
    ticket = numbered(desk, 3).ticket
    desk.desk.act(ticket.id, "resolve", actor=ANNA, now=now, inputs={"resolution_reason": "explained"})
    page = visit("queue", view="due_soon", ticket="3")
    assert page.button(key="queue_cannot_seller_agent_no_answer_needed").disabled
    desk.desk.act(ticket.id, "buyer_message", actor=SYNC, now=now, inputs={"message_text": "Thank you!"})
    page = visit("queue", view="due_soon", ticket="3")
    assert 3 in list(page.dataframe[0].value["number"])
    do(page, "no_answer_needed")
    assert 3 not in list(page.dataframe[0].value["number"])
    assert ["No answer needed" in toast.value for toast in page.toast] == [True]
    assert numbered(desk, 3).ticket.flags == frozenset()


def test_the_views_hold_what_their_names_say(desk, visit):
    page = visit("queue", view="mine")
    assert len(page.dataframe) == 0
    page = visit("queue", ticket="2")
    page.button(key="queue_assign_me_2").click().run()
    assert numbered(desk, 2).ticket.assignee_id == "local"
    assert list(visit("queue", view="mine").dataframe[0].value["number"]) == [2]
    assert sorted(visit("queue", view="unassigned").dataframe[0].value["number"]) == [1, 3, 4]


def test_a_ticket_that_does_not_exist_is_said_so(desk, visit):
    for number in ("999", "nonsense", "**2**"):
        page = visit("queue", ticket=number)
        assert any("Not found" in header.value for header in page.header)
        assert not page.exception


def test_what_a_buyer_wrote_is_never_read_as_markdown(shipment):
    read_as_markdown = [e.value for kind in ("markdown", "caption", "header", "error") for e in shipment.get(kind)]
    assert [text for text in read_as_markdown if "Not bold" in text or "onerror" in text] == []


def test_a_reply_is_sent_and_moves_the_ticket(desk, shipment):
    shipment.text_area(key="queue_reply_2").set_value("We are asking the carrier.")
    shipment.button(key="queue_send_2").click().run()
    case = numbered(desk, 2)
    assert case.ticket.state == "awaiting_buyer"
    assert case.messages[-1].text == "We are asking the carrier."
    assert case.messages[-1].author_id == "local"
    assert shipment.text_area(key="queue_reply_2").value == ""


def test_a_reply_that_breaks_the_rules_is_refused_and_stays_in_the_box(desk, shipment):
    text = "Call me: +7 912 345-67-89"
    shipment.text_area(key="queue_reply_2").set_value(text)
    shipment.button(key="queue_send_2").click().run()
    assert len(said(shipment)) == 1
    assert shipment.text_area(key="queue_reply_2").value == text
    assert numbered(desk, 2).ticket.state == "awaiting_seller"


def test_somebody_who_was_slower_is_told_who_won_and_loses_no_word(desk, shipment, now):
    ticket = numbered(desk, 2).ticket
    desk.desk.act(ticket.id, "add_note", actor=ANNA, now=now, inputs={"note_text": "Mine first."})
    shipment.text_area(key="queue_reply_2").set_value("A long answer.")
    shipment.button(key="queue_send_2").click().run()
    (sentence,) = said(shipment)
    assert "Anna Petrova" in sentence
    assert shipment.text_area(key="queue_reply_2").value == "A long answer."
    assert numbered(desk, 2).ticket.version == ticket.version + 1
    shipment.button(key="queue_send_2").click().run()
    assert numbered(desk, 2).messages[-1].text == "A long answer."


def test_the_form_of_an_action_says_at_each_field_what_is_wrong(desk, shipment):
    do(shipment, "resolve")
    submit(shipment)
    assert said(shipment) == [":red[:material/error: How it ended is missing\\.]"]
    assert numbered(desk, 2).ticket.state == "awaiting_seller"
    shipment.selectbox(key="queue_input_resolution_reason").set_value("explained")
    submit(shipment)
    ticket = numbered(desk, 2).ticket
    assert (ticket.state, ticket.resolution_reason) == ("resolved", "explained")


def test_a_form_that_met_a_change_keeps_what_was_entered_and_goes_through_next_time(desk, shipment, now):
    do(shipment, "resolve")
    shipment.selectbox(key="queue_input_resolution_reason").set_value("explained")
    desk.desk.act(numbered(desk, 2).ticket.id, "add_note", actor=ANNA, now=now, inputs={"note_text": "Mine first."})
    submit(shipment)
    assert ["Anna Petrova" in error.value for error in shipment.error] == [True]
    assert shipment.selectbox(key="queue_input_resolution_reason").value == "explained"
    submit(shipment)
    assert numbered(desk, 2).ticket.state == "resolved"


def test_evidence_is_added_from_the_ticket_and_a_second_time_it_is_the_same_file(desk, shipment):
    for round_ in range(2):
        files = [("crack.png", PNG + b"crack", "image/png")]
        shipment.file_uploader(key=f"queue_files_2_{round_}").set_value(files).run()
        shipment.button(key="queue_files_add_2").click().run()
    assert [item.file_name for item in numbered(desk, 2).evidence] == ["label.png", "crack.png"]


def test_what_a_file_shows_is_said_anew_and_told_in_the_stream(desk, shipment):
    (label,) = numbered(desk, 2).evidence
    shipment.session_state[f"queue_show_{label.id}"] = True
    shipment.run()
    assert shipment.button(key=f"queue_tag_save_{label.id}").disabled
    field(shipment.selectbox, f"queue_tag_kind_{label.id}_").set_value("label").run()
    shipment.button(key=f"queue_tag_save_{label.id}").click().run()
    assert numbered(desk, 2).evidence[0].kind == "label"
    component = next(item for item in shipment.get("bidi_component") if "timeline" in item.proto.component_name)
    newest = json.loads(component.proto.json)["entries"][0]
    assert (newest["what"], newest["detail"]) == ("Evidence tagged anew", "label.png (Label)")


def test_what_a_colleague_says_that_a_file_shows_is_not_shown_as_it_was_before(desk, shipment, now):
    (label,) = numbered(desk, 2).evidence
    shipment.session_state[f"queue_show_{label.id}"] = True
    shipment.run()
    desk.desk.evidence_tags.put(numbered(desk, 2).ticket.id, label.id, EvidenceKind.LABEL, "", actor=ANNA, now=now)
    shipment.run()
    assert field(shipment.selectbox, f"queue_tag_kind_{label.id}_").value == "label"
    assert shipment.button(key=f"queue_tag_save_{label.id}").disabled


def test_an_action_that_is_not_possible_is_shown_with_its_reason(shipment):
    button = shipment.button(key="queue_cannot_seller_agent_escalate")
    assert button.disabled
    assert any(caption.value == button.help and caption.value for caption in shipment.caption)


def test_an_action_that_asks_for_nothing_happens_at_once(desk, visit):
    page = visit("queue", ticket="1")
    do(page, "register")
    assert numbered(desk, 1).ticket.state == "awaiting_seller"


def test_an_act_of_the_buyer_is_recorded_with_what_shows_it(desk, shipment):
    do(shipment, "withdraw", role="buyer")
    submit(shipment)
    assert said(shipment) == [":red[:material/error: What shows the act is missing\\.]"]
    shipment.text_input(key="queue_input_reference").set_value("CALL-17")
    submit(shipment)
    case = numbered(desk, 2)
    assert case.ticket.state == "withdrawn"
    event = desk.store.events_of(case.ticket.id)[-1]
    assert (event.actor_role, event.actor_id, event.recorded_by) == ("buyer", "b1", "local")


def test_a_date_is_entered_on_the_clock_of_the_desk_and_kept_in_utc(desk, shipment, now):
    do(shipment, "share_tracking")
    promised = (now + timedelta(days=3)).replace(hour=18, minute=0, second=0)
    shipment.datetime_input(key="queue_input_eta").set_value(promised)
    shipment.text_area(key="queue_input_reply_text").set_value("It arrives on Friday.")
    submit(shipment)
    ticket = numbered(desk, 2).ticket
    assert ticket.state == "eta_promised"
    assert ticket.clocks["promise"] == promised - timedelta(hours=3)  # Europe/Moscow
