"""An act from a screen that is older than its ticket is refused, names who was faster, and loses nothing typed."""

import pytest
from desk_builders import ANNA, PNG, numbered

from pages.shared import access
from workflow.vocabulary import Priority

PHOTO = [("x.png", PNG + b"x", "image/png")]


@pytest.fixture
def shipment(visit, desk):
    return visit("queue", ticket="2")


@pytest.fixture
def resolved(visit, desk, now):
    inputs = {"resolution_reason": "explained"}
    desk.desk.act(numbered(desk, 2).ticket.id, "resolve", actor=ANNA, now=now, inputs=inputs)
    return visit("queue", ticket="2")


def change(desk):
    """A colleague is faster."""
    ticket_id = numbered(desk, 2).ticket.id
    desk.desk.act(ticket_id, "add_note", actor=ANNA, now=access.now(), inputs={"note_text": "Mine first."})


def refusals(page):
    return [warning.value for warning in page.warning if "Anna Petrova" in warning.value]


def toasts(page):
    return [toast.value for toast in page.toast]


def test_evidence_for_a_ticket_that_was_merged_away_is_refused_and_the_file_stays(desk, shipment, now):
    shipment.file_uploader(key="queue_files_2_0").set_value(PHOTO).run()
    one, two = numbered(desk, 2).ticket, numbered(desk, 3).ticket
    desk.desk.pairs.merge(one.id, two.id, actor=ANNA, now=now)
    shipment.button(key="queue_files_add_2").click().run()
    assert len(refusals(shipment)) == 1
    assert "Nothing that you typed is lost" in refusals(shipment)[0]
    assert [len(numbered(desk, number).evidence) for number in (2, 3)] == [1, 1]
    assert toasts(shipment) == []
    assert not shipment.button(key="queue_files_add_2").disabled


def test_a_file_that_is_there_already_is_said_to_be_there(desk, shipment):
    for round_ in range(2):
        shipment.file_uploader(key=f"queue_files_2_{round_}").set_value(PHOTO).run()
        shipment.selectbox(key="queue_files_kind_2").set_value("label").run()
        shipment.button(key="queue_files_add_2").click().run()
    assert len(numbered(desk, 2).evidence) == 2
    assert toasts(shipment) == []
    (said,) = [warning.value for warning in shipment.warning]
    assert said.startswith("1 file is there already and stays as it was")


def test_of_two_files_the_new_one_is_added_and_the_known_one_is_named(desk, shipment):
    shipment.file_uploader(key="queue_files_2_0").set_value(PHOTO).run()
    shipment.button(key="queue_files_add_2").click().run()
    shipment.file_uploader(key="queue_files_2_1").set_value([*PHOTO, ("y.png", PNG + b"y", "image/png")]).run()
    shipment.button(key="queue_files_add_2").click().run()
    assert [item.file_name for item in numbered(desk, 2).evidence] == ["label.png", "x.png", "y.png"]
    assert toasts(shipment) == ["Evidence added"]
    assert [warning.value[:20] for warning in shipment.warning] == ["1 file is there alre"]


def test_of_several_files_one_that_is_refused_keeps_all_out_and_it_is_said_until_the_next_try(desk, shipment):
    empty = ("empty.jpg", b"", "image/jpeg")
    shipment.file_uploader(key="queue_files_2_0").set_value([*PHOTO, empty]).run()
    shipment.button(key="queue_files_add_2").click().run()
    said = ["None of the 2 files was added\\. The reason is empty\\.jpg\\: it is empty\\."]
    assert [warning.value for warning in shipment.warning] == said
    assert toasts(shipment) == []
    shipment.run()
    assert [warning.value for warning in shipment.warning] == said
    shipment.file_uploader(key="queue_files_2_0").set_value(PHOTO).run()
    shipment.button(key="queue_files_add_2").click().run()
    assert [item.file_name for item in numbered(desk, 2).evidence] == ["label.png", "x.png"]
    assert list(shipment.warning) == []


def test_a_refusal_stands_in_the_popover_where_it_was_pressed_and_on_no_other_ticket(desk, shipment):
    shipment.session_state["queue_pairs_by_hand_2"] = True
    shipment.text_input(key="queue_other_number_2").set_value("2").run()
    shipment.button(key="queue_link_2").click().run()
    (popover,) = [block for block in shipment.get("popover") if block.proto.popover.label == "Merge, link or split"]
    assert len(popover.get("warning")) == len(shipment.warning) == 1
    shipment.session_state["queue_pairs_by_hand_2"] = False
    shipment.run()
    assert len(shipment.warning) == 1
    for number in ("3", "2"):
        shipment.query_params["ticket"] = number
        shipment.run()
        assert list(shipment.warning) == []


def test_a_refusal_of_a_menu_is_said_in_passing_too_and_ends_with_what_is_done_next(desk, shipment):
    change(desk)
    shipment.menu_button(key="queue_priority_2").set_value(Priority.URGENT).run()
    assert ["Nothing was changed" in toast for toast in toasts(shipment)] == [True]
    shipment.run()
    assert (len(refusals(shipment)), toasts(shipment)) == (1, [])
    shipment.text_input(key="queue_other_number_2").set_value("4").run()
    shipment.button(key="queue_link_2").click().run()
    assert (refusals(shipment), toasts(shipment)) == ([], ["Linked"])


def test_a_rating_is_refused_and_stays_typed(desk, resolved):
    resolved.feedback(key="queue_rating_stars_2").set_value(0).run()
    resolved.text_area(key="queue_rating_comment_2").set_value("Terrible").run()
    change(desk)
    resolved.button(key="queue_rating_save_2").click().run()
    assert len(refusals(resolved)) == 1
    assert resolved.text_area(key="queue_rating_comment_2").value == "Terrible"
    resolved.button(key="queue_rating_save_2").click().run()
    assert numbered(desk, 2).messages[-1].text == "Terrible"


def test_a_link_is_refused_and_its_number_stays(desk, shipment):
    shipment.text_input(key="queue_other_number_2").set_value("4").run()
    change(desk)
    shipment.button(key="queue_link_2").click().run()
    assert len(refusals(shipment)) == 1
    assert numbered(desk, 2).links == ()
    shipment.button(key="queue_link_2").click().run()
    assert [link.number for link in numbered(desk, 2).links] == [4]


def test_the_undo_of_a_merge_is_refused(desk, shipment):
    shipment.button(key="queue_merge_3_2").click().run()
    change(desk)
    shipment.button(key="queue_undo_merge_2").click().run()
    assert len(refusals(shipment)) == 1
    assert numbered(desk, 2).ticket.state == "closed"


def test_a_mirrored_state_is_refused_once_and_taken_when_the_change_is_known(desk, shipment):
    shipment.button(key="queue_mirror_2").click().run()
    shipment.selectbox(key="queue_mirror_state").set_value("refund_pending")
    shipment.text_input(key="queue_mirror_reference").set_value("RET-1001")
    change(desk)
    shipment.button(key="queue_mirror_submit").click().run()
    said = [element.value for element in shipment.markdown if element.value.startswith(":red[:material/error:")]
    assert ["Anna Petrova" in sentence for sentence in said] == [True]
    assert numbered(desk, 2).ticket.state == "awaiting_seller"
    assert shipment.text_input(key="queue_mirror_reference").value == "RET-1001"
    shipment.button(key="queue_mirror_submit").click().run()
    assert numbered(desk, 2).ticket.state == "refund_pending"


@pytest.mark.parametrize(
    ("menu", "choice", "field"),
    [
        ("queue_priority_2", Priority.URGENT, "priority"),
        ("queue_assignee_2", "li", "assignee_id"),
        ("queue_category_change_2", "product_quality", "category"),
    ],
)
def test_what_a_menu_changes_is_refused_once_and_then_changed(desk, shipment, menu, choice, field):
    before = getattr(numbered(desk, 2).ticket, field)
    change(desk)
    shipment.menu_button(key=menu).set_value(choice).run()
    assert len(refusals(shipment)) == 1
    assert getattr(numbered(desk, 2).ticket, field) == before
    if menu != "queue_category_change_2":  # which a contact alone may change
        shipment.menu_button(key=menu).set_value(choice).run()
        assert getattr(numbered(desk, 2).ticket, field) == choice


def test_a_contact_is_moved_to_another_category_by_its_menu(desk, visit):
    page = visit("queue", ticket="1")
    page.menu_button(key="queue_category_change_1").set_value("product_quality").run()
    assert (numbered(desk, 1).ticket.category, refusals(page)) == ("product_quality", [])
