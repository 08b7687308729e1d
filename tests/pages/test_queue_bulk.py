"""Acting on several tickets of the queue, and play mode."""

from datetime import timedelta

import pytest
from desk_builders import ANNA, numbered
from streamlit.runtime.scriptrunner import RerunData, RerunException

from data.errors import WriterBusyError
from pages.queue import bulk, bulk_drawer
from pages.shared import access, formats
from workflow.assignment import shares
from workflow.bulk import Chosen
from workflow.staff import Profile
from workflow.tickets import SYNC, Scope
from workflow.vocabulary import Priority


@pytest.fixture
def selecting(visit, desk):
    """The queue with tickets 4 and 1 marked: 4 awaits the seller's reply, 1 is new."""
    page = visit("queue")
    page.button(key="queue_bulk").click().run()
    page.button(key="queue_bulk_mark").click().run()
    page.query_params["ticket"] = "1"
    page.run()
    return page.button(key="queue_bulk_mark").click().run()


def tables(page):
    """What the tables of outcomes say: number, outcome."""
    frames = [frame.value for frame in page.table if "Outcome" in frame.value]
    return [list(zip(frame["No."].astype(int), frame["Outcome"], strict=True)) for frame in frames]


def errors(page):
    return [error.value.replace("\\", "") for error in page.error]


def test_the_selection_begins_empty_and_follows_the_marks(visit, desk):
    page = visit("queue")
    assert not [button for button in page.button if button.key == "queue_bulk_mark"]
    page.button(key="queue_bulk").click().run()
    assert any("0 tickets selected" in text.value for text in page.markdown)
    page.button(key="queue_bulk_all").click().run()
    assert any("4 tickets selected" in text.value for text in page.markdown)
    listed = page.dataframe[0].value
    assert list(listed.loc[listed["is_beside"] != "", "number"]) == [4]  # every row has a mark, one of them is shown
    assert page.button(key="queue_bulk_mark").label == "Ticket 4"
    page.button(key="queue_bulk_all").click().run()
    page.button(key="queue_bulk_mark").click().run()
    assert any("1 ticket selected" in text.value for text in page.markdown)
    page.button(key="queue_bulk_mark").click().run()
    assert any("0 tickets selected" in text.value for text in page.markdown)
    page.button(key="queue_bulk").click().run()
    assert page.query_params["ticket"] == "4"


def test_tags_are_foreseen_added_to_all_and_taken_back(selecting, desk):
    page = selecting
    page.button(key="queue_bulk_tag").click().run()
    page.text_input(key="queue_input_tags").set_value("flood rain").run()
    assert tables(page) == [[(4, "changed"), (1, "changed")]]
    assert numbered(desk, 4).ticket.tags == ()
    page.button(key="queue_bulk_do").click().run()
    assert [numbered(desk, number).ticket.tags for number in (1, 4, 2)] == [("flood", "rain"), ("flood", "rain"), ()]
    assert tables(page) == [[(1, "changed"), (4, "changed")]]
    page.button(key="queue_bulk_undo").click().run()
    assert numbered(desk, 1).ticket.tags == ()
    assert not [button for button in page.button if button.key == "queue_bulk_undo"]


def test_tags_are_chosen_of_those_that_are_there_removed_and_taken_back(selecting, desk, now):
    for number, tags in ((4, ["flood", "rain"]), (1, ["flood"]), (2, ["snow"])):
        desk.desk.tag(numbered(desk, number).ticket.id, tags, actor=ANNA, now=now)
    page = selecting.run()
    page.button(key="queue_bulk_tag").click().run()
    page.button_group(key="queue_input_tags_is_removal").set_value(True).run()
    choice = page.multiselect(key="queue_input_tags_removed")
    assert choice.options == ["flood", "rain"]
    page.button(key="queue_bulk_do").click().run()  # it is not disabled: the press itself ends the typing
    assert errors(page) == ["Nothing was changed: name a tag first."]
    assert numbered(desk, 4).ticket.tags == ("flood", "rain")
    page.multiselect(key="queue_input_tags_removed").set_value(["rain"]).run()
    assert tables(page) == [[(4, "changed"), (1, "as it was")]]
    assert numbered(desk, 4).ticket.tags == ("flood", "rain")
    page.button(key="queue_bulk_do").click().run()
    assert [numbered(desk, number).ticket.tags for number in (4, 1)] == [("flood",), ("flood",)]
    page.button(key="queue_bulk_undo").click().run()
    assert numbered(desk, 4).ticket.tags == ("flood", "rain")


def test_the_preview_says_who_stands_in_for_an_absent_colleague_and_until_when(selecting, desk, now):
    away = Profile(
        agent_id="anna",
        absent_from_at=now - timedelta(days=1),
        absent_until_at=now + timedelta(days=1),
        stand_in_id="li",
    )
    access.staff().save(away, by="local", now=now)
    selecting.menu_button(key="queue_bulk_assign").set_value("anna").run()
    (foreseen,) = [frame.value for frame in selecting.table if "Outcome" in frame.value]
    until = formats.instant(now + timedelta(days=1), "Europe/Moscow")
    why = formats.plain(f"— → Li Wei · Anna Petrova is away until {until}, Li Wei stands in")
    assert list(foreseen["What, or why not"]) == [why] * 2


def test_a_choice_whose_drawing_was_left_early_opens_its_preview_in_the_next_one_and_once(selecting, monkeypatch):
    named, left = bulk._prioritising, []

    def left_once(priority):
        if not left:
            left.append(priority)
            raise RerunException(RerunData())  # as a press meanwhile makes it
        return named(priority)

    monkeypatch.setattr(bulk, "_prioritising", left_once)
    page = selecting.menu_button(key="queue_bulk_prioritise").set_value(Priority.URGENT).run()
    assert left == [Priority.URGENT]
    assert [button.key for button in page.button if button.key == "queue_bulk_do"] == ["queue_bulk_do"]
    assert bulk.CHOICE not in page.session_state


def test_a_note_to_many_has_no_undo_and_it_is_said(selecting, desk):
    page = selecting
    page.menu_button(key="queue_bulk_action").set_value("add_note").run()
    page.text_area(key="queue_input_note_text").set_value("Flood in the warehouse.").run()
    page.button(key="queue_bulk_do").click().run()
    assert tables(page) == [[(1, "changed"), (4, "changed")]]
    assert not [button for button in page.button if button.key == "queue_bulk_undo"]
    assert [caption.value for caption in page.caption if "There is no undo" in caption.value]


def test_of_many_only_those_are_taken_back_from_which_something_leads_back(visit, desk):
    page = visit("queue")
    page.text_area(key="queue_reply_4").set_value("We are asking the carrier.")
    page.button(key="queue_send_4").click().run()  # the buyer's turn: reopening would not lead there
    page.button(key="queue_bulk").click().run()
    for number in ("4", "3"):
        page.query_params["ticket"] = number
        page.run().button(key="queue_bulk_mark").click().run()
    page.menu_button(key="queue_bulk_action").set_value("resolve").run()
    page.selectbox(key="queue_input_resolution_reason").set_value("explained").run()
    page.button(key="queue_bulk_do").click().run()
    assert tables(page) == [[(3, "changed"), (4, "changed")]]
    assert [caption.value for caption in page.caption if "1 ticket has no undo" in caption.value]
    page.button(key="queue_bulk_undo").click().run()
    assert tables(page) == [[(3, "changed")]]
    assert [numbered(desk, number).ticket.state for number in (3, 4)] == ["awaiting_seller", "resolved"]


def test_what_was_done_is_said_and_taken_back_though_nobody_could_ask_what_leads_back(
    selecting, desk, monkeypatch, tmp_path
):
    def busy(*_, **__):
        raise WriterBusyError(path=tmp_path / "desk.duckdb")

    before = [numbered(desk, number).ticket.priority for number in (1, 4)]
    monkeypatch.setattr(bulk_drawer, "with_a_way_back", busy)
    page = selecting
    page.menu_button(key="queue_bulk_prioritise").set_value(Priority.HIGH).run()
    page.button(key="queue_bulk_do").click().run()
    assert not page.exception
    assert tables(page) == [[(1, "changed"), (4, "changed")]]
    page.button(key="queue_bulk_undo").click().run()
    assert [numbered(desk, number).ticket.priority for number in (1, 4)] == before


def test_one_that_is_refused_does_not_stop_the_other(selecting, desk, now):
    page = selecting
    page.button(key="queue_bulk_tag").click().run()
    page.text_input(key="queue_input_tags").set_value("flood").run()
    desk.desk.prioritise(numbered(desk, 1).ticket.id, Priority.URGENT, actor=ANNA, now=now)
    page.button(key="queue_bulk_do").click().run()
    assert tables(page) == [[(1, "refused"), (4, "changed")]]
    assert [numbered(desk, number).ticket.tags for number in (1, 4)] == [(), ("flood",)]


def test_a_tag_that_is_none_is_refused_for_each_before_it_happens(selecting, desk):
    page = selecting
    page.button(key="queue_bulk_tag").click().run()
    page.text_input(key="queue_input_tags").set_value("a!b").run()
    assert tables(page) == [[(4, "refused"), (1, "refused")]]
    page.button(key="queue_bulk_do").click().run()  # not disabled: a press may bring a correction
    assert "a!b" in page.error[0].value.replace("\\", "")
    assert tables(page) == [[(4, "refused"), (1, "refused")]]  # the form is open still
    page.text_input(key="queue_input_tags").set_value("ab").run()
    page.button(key="queue_bulk_do").click().run()
    assert [numbered(desk, number).ticket.tags for number in (1, 4)] == [("ab",), ("ab",)]


def test_what_was_typed_last_is_shown_by_the_first_press_and_done_by_the_second(selecting, desk):
    page = selecting
    page.menu_button(key="queue_bulk_action").set_value("add_note").run()
    page.text_area(key="queue_input_note_text").set_value("Flood in the warehouse.")
    page.button(key="queue_bulk_do").click().run()
    assert tables(page) == [[(4, "changed"), (1, "changed")]]
    assert [note.value for note in page.info] == ["This is what will happen. Press again to do it."]
    assert not numbered(desk, 1).messages[1:]
    page.button(key="queue_bulk_do").click().run()
    assert [numbered(desk, number).messages[-1].text for number in (1, 4)] == ["Flood in the warehouse."] * 2


def test_nothing_is_foreseen_before_the_required_fields_are_filled_and_a_press_says_what_is_missing(selecting, desk):
    page = selecting
    page.menu_button(key="queue_bulk_action").set_value("add_note").run()
    assert tables(page) == []
    page.button(key="queue_bulk_do").click().run()
    assert errors(page) == ["Nothing was changed: fill in “Internal note” first."]
    page.text_area(key="queue_input_note_text").set_value("Flood in the warehouse.").run()
    assert tables(page) == [[(4, "changed"), (1, "changed")]]
    assert not page.error


def test_tags_that_all_have_are_refused_with_the_reason(selecting, desk, now):
    for number in (4, 1):
        desk.desk.tag(numbered(desk, number).ticket.id, ["flood"], actor=ANNA, now=now)
    page = selecting.run()
    page.button(key="queue_bulk_tag").click().run()
    page.text_input(key="queue_input_tags").set_value("flood")
    page.button(key="queue_bulk_do").click().run()
    assert "so already on every ticket" in page.error[0].value


@pytest.mark.parametrize(
    ("menu", "choice", "title"),
    [
        ("queue_bulk_assign", "anna", "Assign to Anna Petrova"),
        ("queue_bulk_assign", "", "Assign to nobody"),
        ("queue_bulk_assign", "least loaded", "Assign to whoever has the fewest"),
        ("queue_bulk_prioritise", Priority.HIGH, "Priority high"),
    ],
)
def test_an_act_is_called_by_what_it_does(selecting, desk, menu, choice, title):
    desk.desk.assign(numbered(desk, 1).ticket.id, "li", actor=ANNA, now=numbered(desk, 1).ticket.opened_at)
    page = selecting.run()
    page.menu_button(key=menu).set_value(choice).run()
    page.button(key="queue_bulk_do").click().run()
    assert any(text.value.replace("\\", "").startswith(f"{title}: ") for text in page.markdown)


def test_a_priority_is_told_by_its_word(selecting, desk):
    selecting.menu_button(key="queue_bulk_prioritise").set_value(Priority.URGENT).run()
    (foreseen,) = [frame.value for frame in selecting.table if "Outcome" in frame.value]
    told = [text.replace("\\", "") for text in foreseen["What, or why not"]]
    assert told == ["It is so already.", "Low → Urgent"]


def test_the_next_ticket_is_the_nearest_clock_that_nobody_has(desk, visit, now):
    desk.desk.assign(numbered(desk, 4).ticket.id, "anna", actor=ANNA, now=now)
    page = visit("queue", view="mine")
    page.button(key="queue_take_next").click().run()
    assert numbered(desk, 3).ticket.assignee_id == "local"
    assert page.query_params["ticket"] == "3"
    assert any("its clock is the nearest" in toast.value for toast in page.toast)
    page.query_params["q"] = "kettle"
    page.run()
    page.button(key="queue_take_next").click().run()
    assert any("no ticket to take" in info.value for info in page.info)


def test_the_agents_of_the_desk_are_shared_tickets_by_how_many_they_have(desk, now):
    desk.desk.assign(numbered(desk, 2).ticket.id, "anna", actor=ANNA, now=now)
    loads = access.directory().loads()
    assert [(load.name, load.open_count) for load in loads] == [("Anna Petrova", 1), ("Li Wei", 0), ("Local agent", 0)]
    assert [load.name for load in access.directory().loads(Scope(team_ids=("north",)))] == []
    chosen = [Chosen(id=numbered(desk, number).ticket.id, number=number, version=1) for number in (4, 1)]
    asked = shares(chosen, loads, {}, now)
    assert [share.agent_id for share in asked.values()] == ["li", "local"]
    assert all("has the fewest open tickets (0) of 3 active agents" in share.why for share in asked.values())


def test_whoever_is_full_by_the_selected_tickets_can_keep_them(selecting, desk, now):
    for number in (4, 1):
        desk.desk.assign(numbered(desk, number).ticket.id, "anna", actor=ANNA, now=now)
    tomorrow = {"absent_from_at": now, "absent_until_at": now + timedelta(days=1)}
    access.staff().save(Profile(agent_id="anna", most_open_count=2), by="local", now=now)
    for agent_id in ("li", "local"):
        access.staff().save(Profile(agent_id=agent_id, **tomorrow), by="local", now=now)
    page = selecting.run()
    page.menu_button(key="queue_bulk_assign").set_value("least loaded").run()
    assert tables(page) == [[(4, "as it was"), (1, "as it was")]]


def test_play_goes_to_the_next_ticket_after_an_act_and_stays_after_a_note(desk, visit):
    page = visit("queue", ticket="3")
    page.button(key="queue_play_switch").click().run()
    page.text_area(key="queue_reply_3").set_value("We are asking the carrier.")
    page.button(key="queue_send_3").click().run()
    assert numbered(desk, 3).ticket.state == "awaiting_buyer"
    assert page.query_params["ticket"] == "2"
    assert [toast.value for toast in page.toast] == ["Ticket 3 · Sent"]
    page.button(key="queue_play_switch").click().run()
    page.text_area(key="queue_reply_2").set_value("We are asking the carrier.")
    page.button(key="queue_send_2").click().run()
    assert page.query_params["ticket"] == "2"
    assert [toast.value for toast in page.toast] == ["Sent"]


def test_play_goes_on_when_what_the_buyer_wrote_after_the_end_is_put_away(desk, visit, now):
    ticket = numbered(desk, 3).ticket
    desk.desk.act(ticket.id, "resolve", actor=ANNA, now=now, inputs={"resolution_reason": "explained"})
    desk.desk.act(ticket.id, "buyer_message", actor=SYNC, now=now, inputs={"message_text": "Thank you!"})
    page = visit("queue", view="due_soon", ticket="3")
    others = [number for number in page.dataframe[0].value["number"] if number != 3]
    page.button(key="queue_play_switch").click().run()
    page.button(key="queue_do_seller_agent_no_answer_needed_3").click().run()
    assert int(page.query_params["ticket"]) in others
