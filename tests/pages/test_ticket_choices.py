"""What is chosen, typed or opened on one ticket is never carried out on the next."""

import pytest
from desk_builders import ANNA, PNG, numbered
from streamlit.testing.v1.element_tree import Button, Dataframe, DownloadButton, Widget

from pages.shared import access
from workflow.records import Claim
from workflow.steps import Macro, Prioritise
from workflow.vocabulary import Priority

OF_THE_LIST = {"queue_view", "queue_search", "queue_sort", "queue_columns", "queue_saved_name", "queue_saved_shared"}
HOW_TO_LOOK = {  # what is shown of a ticket; nothing is done with it
    "queue_clock_events",
    "queue_all_entries",
    "queue_stream_kinds",
}
WHOLE_PAGE = ("queue_previous", "queue_next", "queue_new", "queue_take_next", "queue_play", "queue_bulk", "queue_saved")
DOES_NOTHING = ("queue_cannot_", "shared_", "notices_", "queue_definitions")
OPEN = ("then", "then_input", "template", "macro", "write_mode", "assignee", "priority", "category_change")
BESIDE = ("other_number", "split_messages", "split_category", "files_kind", "files_claim", "files_buyers")
RESOLVED = ("rating_stars", "rating_comment")


@pytest.fixture
def two(desk, now):
    """Tickets 2 and 3, each with everything that asks for something."""
    access.macros().save(Macro(id="m1", name="Hurry", then=(Prioritise(priority=Priority.URGENT),)), by="m", now=now)
    for number in (2, 3):
        ticket_id = numbered(desk, number).ticket.id
        claim = Claim(
            id=f"00000000-0000-7000-8000-{number:012}",
            ticket_id=ticket_id,
            kind="return",
            external_ref=f"RET-{number}",
            status="open",
            reason_code="not_delivered",
            is_defect=False,
            filed_at=now,
        )
        desk.desk.record_claim(claim, actor=ANNA, now=now)
    return desk


def show(page, number):
    page.query_params["ticket"] = str(number)
    return page.run()


def holding(page):
    """The keys of all widgets that hold what a person chose or typed, beside the list's own."""
    nodes = [node for node in page._tree if isinstance(node, Widget) and node.key]
    keys = {node.key for node in nodes if not isinstance(node, Button | DownloadButton | Dataframe)}
    return keys - OF_THE_LIST - HOW_TO_LOOK


def acting(page):
    """The keys of all buttons that do something to a ticket or hand it out."""
    keys = {node.key for node in page._tree if isinstance(node, Button | DownloadButton) and node.key}
    return {key for key in keys if not key.startswith((*WHOLE_PAGE, *DOES_NOTHING))}


def press_late(page, button):
    """Press a button of a screen that was read already, as somebody may who does not see the next one yet."""
    states = page._tree.get_widget_states()
    states.widgets.append(button.click()._widget_state)
    return page._run(states)


def titles(page):
    return [dialog.proto.dialog.title for dialog in page.get("dialog")]


def test_no_two_tickets_share_a_widget_that_holds_something(two, visit, now):
    page = visit("queue", ticket="2")
    page.selectbox(key="queue_then_2").set_value("resolve").run()
    here, there = holding(page), holding(visit("queue", ticket="3"))
    assert here & there == set()
    assert all(any(key.startswith(f"queue_{name}_2") for key in here) for name in OPEN + BESIDE)
    page.segmented_control(key="queue_write_mode_2").set_value("note_text").run()
    other = visit("queue", ticket="3")
    other.segmented_control(key="queue_write_mode_3").set_value("note_text").run()
    here, there = holding(page), holding(other)
    assert here & there == set()
    assert {"queue_mention_2", "queue_note_2"} <= here
    for number in (2, 3):
        ticket_id = numbered(two, number).ticket.id
        two.desk.act(ticket_id, "resolve", actor=ANNA, now=now, inputs={"resolution_reason": "explained"})
    here, there = holding(visit("queue", ticket="2")), holding(visit("queue", ticket="3"))
    assert here & there == set()
    assert {f"queue_{name}_2" for name in RESOLVED} <= here


def test_no_two_tickets_share_a_button_that_acts(two, visit, now):
    names = ("send", "macro_run", "merge", "link", "split", "assign_me", "mirror", "parcel", "files_add", "archive")
    here, there = acting(visit("queue", ticket="2")), acting(visit("queue", ticket="3"))
    assert {f"queue_{name}_2" for name in names} | {"queue_merge_3_2", "queue_do_seller_agent_resolve_2"} <= here
    assert here & there == set()
    for number in (2, 3):
        ticket_id = numbered(two, number).ticket.id
        two.desk.act(ticket_id, "resolve", actor=ANNA, now=now, inputs={"resolution_reason": "explained"})
    here, there = acting(visit("queue", ticket="2")), acting(visit("queue", ticket="3"))
    assert {"queue_rating_save_2", "queue_follow_up_2"} <= here
    assert here & there == set()


@pytest.mark.parametrize("name", ["queue_send", "queue_assign_me", "queue_macro_run", "queue_do_seller_agent_resolve"])
def test_a_press_that_comes_after_next_acts_on_no_other_ticket(two, visit, name):
    page = visit("queue", ticket="3")
    page.text_area(key="queue_reply_3").set_value("We are looking into it.").run()
    (pressed,) = [button for button in page.button if (button.key or "").startswith(name)]
    page.button(key="queue_next").click().run()
    assert page.query_params["ticket"] == "2"
    page.text_area(key="queue_reply_2").set_value("This is for the other buyer.").run()
    before = numbered(two, 2)
    press_late(page, pressed)
    assert not page.exception
    assert (numbered(two, 2), titles(page)) == (before, [])
    assert page.text_area(key="queue_reply_2").value == "This is for the other buyer."


def test_what_was_to_follow_a_reply_stays_behind(two, visit):
    page = visit("queue", ticket="2")
    page.selectbox(key="queue_then_2").set_value("resolve").run()
    page.selectbox(key="queue_then_input_2_resolution_reason").set_value("explained").run()
    show(page, 3)
    assert page.selectbox(key="queue_then_3").value == ""
    page.text_area(key="queue_reply_3").set_value("We are looking into it.").run()
    page.button(key="queue_send_3").click().run()
    assert (numbered(two, 3).ticket.state, numbered(two, 2).ticket.state) == ("awaiting_buyer", "awaiting_seller")


def test_stars_and_words_of_one_buyer_are_not_saved_for_another(two, visit, now):
    for number in (2, 3):
        ticket_id = numbered(two, number).ticket.id
        two.desk.act(ticket_id, "resolve", actor=ANNA, now=now, inputs={"resolution_reason": "explained"})
    page = visit("queue", ticket="2")
    page.feedback(key="queue_rating_stars_2").set_value(0).run()
    page.text_area(key="queue_rating_comment_2").set_value("Terrible").run()
    show(page, 3)
    assert page.button(key="queue_rating_save_3").disabled
    assert page.text_area(key="queue_rating_comment_3").value == ""


def test_a_saved_rating_empties_its_fields(two, visit, now):
    ticket_id = numbered(two, 2).ticket.id
    two.desk.act(ticket_id, "resolve", actor=ANNA, now=now, inputs={"resolution_reason": "explained"})
    page = visit("queue", ticket="2")
    page.feedback(key="queue_rating_stars_2").set_value(4).run()
    page.text_area(key="queue_rating_comment_2").set_value("Fast").run()
    page.button(key="queue_rating_save_2").click().run()
    assert page.feedback(key="queue_rating_stars_2").value is None
    assert page.text_area(key="queue_rating_comment_2").value == ""
    assert page.button(key="queue_rating_save_2").disabled


def test_the_other_ticket_and_the_file_of_one_ticket_are_none_of_the_next(two, visit):
    page = visit("queue", ticket="2")
    page.text_input(key="queue_other_number_2").set_value("4").run()
    page.file_uploader(key="queue_files_2_0").set_value([("a.png", PNG + b"a", "image/png")]).run()
    assert not page.checkbox(key="queue_files_buyers_2").value  # whoever adds it made it, unless they say otherwise
    page.checkbox(key="queue_files_buyers_2").check().run()
    show(page, 3)
    page.button(key="queue_merge_3").click().run()
    assert any("Enter the number of the other ticket" in warning.value for warning in page.warning)
    assert page.button(key="queue_files_add_3").disabled
    assert not page.checkbox(key="queue_files_buyers_3").value


@pytest.mark.parametrize(
    ("opener", "title"),
    [
        ("queue_mirror_2", "Mirror the marketplace's state"),
        ("queue_parcel_2", "Update the parcel"),
        ("queue_do_seller_agent_resolve_2", "Resolve: ticket 2"),
    ],
)
def test_a_form_that_is_open_stays_with_its_ticket(two, visit, opener, title):
    page = visit("queue", ticket="2")
    page.button(key=opener).click().run()
    assert titles(page) == [title]
    show(page, 3)
    assert titles(page) == []
