"""The composer: window, templates, live verdict, drafts, a reply with what follows, macros, and who else is there."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from desk_builders import ANNA, PNG, numbered, posting

from data.composing.drafts import Draft, Drafts
from data.errors import WriterBusyError
from pages.queue.composer.verdict import marked
from pages.queue.palette.commands import commands
from pages.queue.sheet import load
from pages.shared import access
from pages.shared.people import me
from workflow.composing import Template
from workflow.steps import AddTags, Do, Macro, Prioritise
from workflow.vocabulary import Language, Priority

BOX, SEND = "queue_reply_2", "queue_send_2"
ABOVE = (":orange[:material/block", ":orange[:material/edit")


@pytest.fixture
def shipment(visit, desk):
    return visit("queue", ticket="2")


def captions(page):
    return [caption.value for caption in page.caption]


def errors(page):
    return [element.value for element in page.markdown if element.value.startswith(":red[:material/error:")]


def test_the_window_of_the_chat_is_said(desk, shipment, visit, monkeypatch):
    assert any(text.startswith(":material/schedule: The chat closes in 1 d 16 h") for text in captions(shipment))
    later = access.now() + timedelta(hours=50)
    monkeypatch.setattr("data.clock.now", lambda: later)
    page = visit("queue", ticket="2")
    assert ":material/lock: The chat is locked until the buyer writes." in captions(page)


def test_the_verdict_stands_below_the_box_before_anything_is_sent(desk, shipment):
    shipment.text_area(key=BOX).set_value("Наберите +7 912 345-67-89").run()
    lines = [element.value for element in shipment.markdown if element.value.startswith(":orange[:material/block")]
    assert len(lines) == 1
    assert "the marketplace forbids other channels" in lines[0]
    assert any(":red-background[" in element.value for element in shipment.markdown)
    assert len(numbered(desk, 2).messages) == 1
    shipment.text_area(key=BOX).set_value("Заказ 24219509-0020-1 в пути").run()
    assert any("Nothing in it is forbidden" in text for text in captions(shipment))


@pytest.mark.parametrize("text", ["Call +7 912 345-67-89, me@example.org", "It is {carrier}, {delivered_date}"])
def test_a_refusal_does_not_repeat_the_verdict(text, desk, shipment):
    shipment.text_area(key=BOX).set_value(text).run()
    above = [element.value for element in shipment.markdown if element.value.startswith(ABOVE)]
    assert len(above) == 2
    shipment.button(key=SEND).click().run()
    assert len(numbered(desk, 2).messages) == 1
    assert [element.value for element in shipment.markdown if element.value.startswith(ABOVE)] == above
    assert errors(shipment) == [":red[:material/error: Not sent\\.]"]


def test_a_refusal_that_the_verdict_does_not_say_is_said(shipment):
    shipment.button(key=SEND).click().run()
    assert errors(shipment) == [":red[:material/error: Message to the buyer is missing\\.]"]


def test_what_was_typed_is_marked_and_never_read_as_markup():
    text = "**Bold** call +7 912 345-67-89 <b>"
    assert marked(text) == r"\*\*Bold\*\* call :red-background[\+7 912 345\-67\-89] \<b\>"


def test_a_draft_comes_back_on_another_screen_and_is_gone_when_it_was_sent(desk, shipment, visit):
    shipment.text_area(key=BOX).set_value("Half a sent").run()
    again = visit("queue", ticket="2")
    assert again.text_area(key=BOX).value == "Half a sent"
    again.text_area(key=BOX).set_value("A whole sentence.").run()
    again.button(key=SEND).click().run()
    assert numbered(desk, 2).messages[-1].text == "A whole sentence."
    assert access.drafts().of(numbered(desk, 2).ticket.id) == ()
    assert visit("queue", ticket="2").text_area(key=BOX).value == ""


def test_a_reply_that_was_sent_is_no_draft_though_nobody_came_to_drop_it(desk, shipment, visit, monkeypatch, tmp_path):
    def busy(*_):
        raise WriterBusyError(path=tmp_path / "desk.duckdb")

    monkeypatch.setattr(Drafts, "drop", busy)
    shipment.text_area(key=BOX).set_value("It comes on Friday.")
    shipment.button(key=SEND).click().run()
    assert not shipment.exception
    ticket_id = numbered(desk, 2).ticket.id
    assert numbered(desk, 2).messages[-1].text == "It comes on Friday."
    assert [draft.text for draft in access.drafts().of(ticket_id)] == ["It comes on Friday."]
    page = visit("queue", ticket="2")
    assert page.text_area(key=BOX).value == ""
    newer = replace(access.drafts().of(ticket_id)[0], saved_at=access.now() + timedelta(seconds=1))
    access.drafts().save(ticket_id, newer)
    assert visit("queue", ticket="2").text_area(key=BOX).value == "It comes on Friday."


@pytest.mark.parametrize(
    ("kept", "sent"), [("note_text", "reply_text"), ("reply_text", "note_text")], ids=["note", "reply"]
)
def test_a_draft_stays_when_the_other_box_sends_the_same_words(kept, sent, desk, shipment, visit):
    boxes = {"reply_text": BOX, "note_text": "queue_note_2"}
    for field in (kept, sent):
        shipment.segmented_control(key="queue_write_mode_2").set_value(field).run()
        shipment.text_area(key=boxes[field]).set_value("Refund agreed").run()
    shipment.button(key=SEND).click().run()
    page = visit("queue", ticket="2")
    page.segmented_control(key="queue_write_mode_2").set_value(kept).run()
    assert page.text_area(key=boxes[kept]).value == "Refund agreed"
    page.segmented_control(key="queue_write_mode_2").set_value(sent).run()
    assert page.text_area(key=boxes[sent]).value == ""


def test_a_draft_survives_a_stale_refusal_and_a_restart(desk, shipment, visit, now):
    shipment.text_area(key=BOX).set_value("A long answer.").run()
    desk.desk.act(numbered(desk, 2).ticket.id, "add_note", actor=ANNA, now=now, inputs={"note_text": "Mine first."})
    shipment.button(key=SEND).click().run()
    assert ["Anna Petrova" in line for line in errors(shipment)] == [True]
    access.close()
    assert visit("queue", ticket="2").text_area(key=BOX).value == "A long answer."


def test_a_reply_and_its_state_go_out_together_or_not_at_all(desk, shipment):
    shipment.text_area(key=BOX).set_value("It was delivered to the neighbour.").run()
    shipment.selectbox(key="queue_then_2").set_value("resolve").run()
    shipment.button(key=SEND).click().run()
    assert len(errors(shipment)) == 1
    assert "Nothing was changed, for step 2 of 2" in errors(shipment)[0]
    assert len(numbered(desk, 2).messages) == 1
    shipment.selectbox(key="queue_then_input_2_resolution_reason").set_value("explained").run()
    shipment.button(key=SEND).click().run()
    case = numbered(desk, 2)
    assert (case.ticket.state, case.messages[-1].text) == ("resolved", "It was delivered to the neighbour.")


def test_an_attachment_goes_with_the_reply(desk, shipment):
    shipment.text_area(key=BOX).set_value("The packing list is attached.").run()
    shipment.file_uploader(key="queue_attach_2_0").set_value([("list.png", PNG + b"list", "image/png")]).run()
    shipment.button(key=SEND).click().run()
    case = numbered(desk, 2)
    assert (case.messages[-1].text, case.evidence[-1].file_name) == ("The packing list is attached.", "list.png")


def test_a_note_takes_no_file_and_what_was_chosen_for_the_reply_stays_chosen(desk, shipment):
    shipment.file_uploader(key="queue_attach_2_0").set_value([("list.png", PNG + b"list", "image/png")]).run()
    assert not [text for text in captions(shipment) if text.startswith("A note takes no file")]
    shipment.segmented_control(key="queue_write_mode_2").set_value("note_text").run()
    assert len([text for text in captions(shipment) if text.startswith("A note takes no file")]) == 1
    shipment.text_area(key="queue_note_2").set_value("Our price was 3.").run()
    shipment.button(key=SEND).click().run()
    assert numbered(desk, 2).messages[-1].text == "Our price was 3."
    assert [item.file_name for item in numbered(desk, 2).evidence] == ["label.png"]
    shipment.segmented_control(key="queue_write_mode_2").set_value("reply_text").run()
    shipment.text_area(key=BOX).set_value("The packing list is attached.").run()
    shipment.button(key=SEND).click().run()
    assert [item.file_name for item in numbered(desk, 2).evidence] == ["label.png", "list.png"]


def test_a_note_keeps_its_mention_and_is_not_linted(desk, shipment):
    shipment.segmented_control(key="queue_write_mode_2").set_value("note_text").run()
    shipment.text_area(key="queue_note_2").set_value("@anna call the carrier: +7 912 345-67-89").run()
    shipment.button(key=SEND).click().run()
    message = numbered(desk, 2).messages[-1]
    assert (message.is_public, message.text) == (False, "@anna call the carrier: +7 912 345-67-89")


def test_a_colleague_is_picked_by_name_and_told(desk, shipment):
    shipment.segmented_control(key="queue_write_mode_2").set_value("note_text").run()
    shipment.text_area(key="queue_note_2").set_value("Please look,").run()
    picker = shipment.menu_button(key="queue_mention_2")
    assert (picker.options, picker.disabled) == (["Anna Petrova", "Li Wei"], False)
    picker.set_value("li").run()
    assert shipment.text_area(key="queue_note_2").value == "Please look, @Li Wei "
    shipment.button(key=SEND).click().run()
    assert desk.database.read("select person_id, kind from notices") == [("li", "mentioned")]


def test_a_macro_does_all_of_it_or_nothing(desk, visit):
    steps = (Prioritise(priority=Priority.URGENT), AddTags(tags=("late",)))
    access.macros().save(
        Macro(id="m1", name="Say and tag", template_id="tracking", then=steps), by="m", now=access.now()
    )
    page = visit("queue", ticket="2")
    assert any("Urgent" in element.value for element in page.markdown)
    page.button(key="queue_macro_run_2").click().run()
    case = numbered(desk, 2)
    assert (case.ticket.state, case.ticket.priority, case.ticket.tags) == ("awaiting_buyer", "urgent", ("late",))
    assert "RR123456789CN" in case.messages[-1].text
    impossible = Macro(id="m2", name="A impossible", then=(*steps[:1], Do(trigger="register")))
    access.macros().save(impossible, by="m", now=access.now())
    page = visit("queue", ticket="3")
    page.selectbox(key="queue_macro_3").set_value("m2").run()
    page.button(key="queue_macro_run_3").click().run()
    assert "step 2 of 2 is not possible" in errors(page)[0]
    assert numbered(desk, 3).ticket.priority != "urgent"


def test_sending_registers_a_new_ticket_and_replies_both_or_neither(desk, visit):
    page = visit("queue", ticket="1")
    assert numbered(desk, 1).ticket.state == "new"
    assert r"Does “Register” and “Reply” in one\: both or neither\." in captions(page)
    page.text_area(key="queue_reply_1").set_value("Write to me@example.org").run()
    page.button(key="queue_send_1").click().run()
    assert not any("step" in line for line in errors(page))
    assert len(errors(page)) == 1
    assert numbered(desk, 1).ticket.state == "new"
    page.text_area(key="queue_reply_1").set_value("It is on its way.").run()
    page.selectbox(key="queue_then_1").set_value("resolve").run()
    page.selectbox(key="queue_then_input_1_resolution_reason").set_value("explained").run()
    page.button(key="queue_send_1").click().run()
    case = numbered(desk, 1)
    assert (case.ticket.state, case.messages[-1].text) == ("resolved", "It is on its way.")
    names = [event.name for event in desk.store.events_of(case.ticket.id)]
    assert names[-3:] == ["register", "seller_reply", "resolve"]
    assert not any(text.startswith("Does “Register”") for text in captions(visit("queue", ticket="2")))


def test_a_new_ticket_whose_chat_is_locked_says_so_and_nothing_of_registering(desk, visit, monkeypatch):
    later = access.now() + timedelta(hours=90)
    monkeypatch.setattr("data.clock.now", lambda: later)
    page = visit("queue", ticket="1")
    assert not page.text_area
    assert not any(text.startswith("Does “") for text in captions(page))


def test_a_macro_replies_to_a_new_ticket_as_the_box_does(desk, visit):
    access.macros().save(Macro(id="m1", name="Say", template_id="first_answer"), by="m", now=access.now())
    visit("queue", ticket="1").button(key="queue_macro_run_1").click().run()
    assert numbered(desk, 1).ticket.state == "awaiting_buyer"


@pytest.fixture
def two_macros(desk):
    later = (Prioritise(priority=Priority.HIGH), AddTags(tags=("late",)))
    for macro in (Macro(id="m1", name="Only tag", then=later), Macro(id="m2", name="Say", template_id="tracking")):
        access.macros().save(macro, by="m", now=access.now())


@pytest.mark.usefixtures("two_macros")
def test_on_a_locked_chat_macros_without_a_reply_run_and_the_others_say_why_not(desk, visit, monkeypatch):
    later = access.now() + timedelta(hours=50)
    monkeypatch.setattr("data.clock.now", lambda: later)
    page = visit("queue", ticket="2")
    page.selectbox(key="queue_macro_2").set_value("m2").run()
    (reason,) = (one.value for one in page.info if one.value.startswith("It begins with a reply"))
    assert reason.startswith(
        "It begins with a reply, and none is possible now\\. The buyer has not written within 48 h"
    )
    assert not [button for button in page.button if button.key == "queue_macro_run_2"]
    page.selectbox(key="queue_macro_2").set_value("m1").run()
    desk.desk.act(numbered(desk, 2).ticket.id, "add_note", actor=ANNA, now=later, inputs={"note_text": "Mine first."})
    page.button(key="queue_macro_run_2").click().run()
    assert ["Anna Petrova" in line for line in errors(page)] == [True]
    page.button(key="queue_macro_run_2").click().run()
    ticket = numbered(desk, 2).ticket
    assert (ticket.priority, ticket.tags) == ("high", ("late",))
    assert errors(page) == []


@pytest.mark.parametrize(
    ("template_id", "is_active", "said"),
    [
        ("t-1", True, "Its reply template has no text in Russian\\."),
        ("t-1", False, "Its reply template is not offered any more\\."),
        ("ask_photo", True, "Its reply template is not for tickets of “Logistics delay”\\."),
    ],
)
def test_a_macro_whose_template_the_ticket_is_not_offered_says_why_not(template_id, is_active, said, desk, visit):
    only_english = Template(id="t-1", language=Language.EN, name="Short", text="Soon.", is_active=is_active)
    access.templates().save(only_english, by="m", now=access.now())
    access.macros().save(Macro(id="m1", name="Say", template_id=template_id), by="m", now=access.now())
    page = visit("queue", ticket="2")
    assert [one.value for one in page.info if one.value.startswith("Its reply template")] == [said]
    assert not [button for button in page.button if button.key == "queue_macro_run_2"]
    of_macro = next(command for command in commands(load(numbered(desk, 2).ticket.id, me())) if command.label == "Say")
    assert of_macro.reason == said.replace("\\", "")


@pytest.mark.usefixtures("two_macros")
@pytest.mark.parametrize("mode", ["reply_text", "note_text"])
def test_files_chosen_for_the_reply_stay_chosen_when_a_macro_without_one_runs(mode, desk, shipment):
    shipment.file_uploader(key="queue_attach_2_0").set_value([("list.png", PNG + b"list", "image/png")]).run()
    shipment.segmented_control(key="queue_write_mode_2").set_value(mode).run()
    shipment.button(key="queue_macro_run_2").click().run()
    case = numbered(desk, 2)
    assert (case.ticket.tags, [item.file_name for item in case.evidence]) == (("late",), ["label.png"])
    shipment.selectbox(key="queue_macro_2").set_value("m2").run()
    shipment.button(key="queue_macro_run_2").click().run()
    assert [item.file_name for item in numbered(desk, 2).evidence] == ["label.png", "list.png"]


@pytest.mark.usefixtures("two_macros")
def test_a_macro_is_at_hand_while_a_note_is_written(desk, shipment):
    shipment.segmented_control(key="queue_write_mode_2").set_value("note_text").run()
    shipment.button(key="queue_macro_run_2").click().run()
    assert numbered(desk, 2).ticket.tags == ("late",)


def test_who_else_looks_and_writes_is_shown(desk, visit):
    ticket = numbered(desk, 2).ticket
    at = access.now()
    access.presences.see(ticket.id, "other-1", "anna", at, is_typing=True)
    access.presences.see(ticket.id, "other-2", "local", at)
    draft = Draft(agent_id="li", field="reply_text", text="Hm", base_version=1, saved_at=at - timedelta(hours=3))
    access.drafts().save(ticket.id, draft)
    said = captions(visit("queue", ticket="2"))
    assert ":material/edit: Anna Petrova is writing" in said
    assert ":material/visibility: You have this ticket open in another window" in said
    assert ":material/edit\\_note: Li Wei has an unsent draft, 3 h ago".replace("\\_", "_") in said


def test_a_template_names_the_day_that_the_card_shows_in_the_buyer_s_language(desk, visit, now):
    promised = replace(posting(now), promised_at=datetime(2026, 11, 7, 22, 28), original_promised_at=None)
    desk.store.save_posting(promised)
    page = visit("queue", ticket="2")
    facts = next(item for item in page.get("bidi_component") if "facts" in item.proto.component_name)
    shown = {fact["name"]: fact["value"] for fact in json.loads(facts.proto.json)["facts"]}
    page.menu_button(key="queue_template_2").set_value("tracking").run()
    assert shown["Promised"] == "Sun 8 Nov"
    assert "Обещанная дата 8 ноября 2026 года." in page.text_area(key=BOX).value
