"""Whoever lost their role keeps an open screen and changes nothing with it, whatever they press."""

from dataclasses import dataclass
from typing import Any

import pytest
from desk_builders import ANNA, PNG, field, numbered

from pages.shared import access
from workflow.steps import Macro, Prioritise
from workflow.vocabulary import Priority

PHOTO = [("x.png", PNG + b"x", "image/png")]


@pytest.fixture
def full(desk, now):
    """The desk with a macro and with a resolved ticket 4."""
    access.macros().save(Macro(id="m1", name="Hurry", then=(Prioritise(priority=Priority.URGENT),)), by="m", now=now)
    inputs = {"resolution_reason": "explained"}
    desk.desk.act(numbered(desk, 4).ticket.id, "resolve", actor=ANNA, now=now, inputs=inputs)
    return desk


def button(page, name):
    """The button of that name, which may belong to a ticket."""
    return next(found for found in page.button if found.key == name or found.key.startswith((f"{name}_", f"{name}-")))


def press(page, name):
    return button(page, name).click()


def choose(name, value):
    return lambda page: page.menu_button(key=name).set_value(value)


def type_reply(page):
    page.text_area(key="queue_reply_2").set_value("We ask the carrier.").run()


def open_resolving(page):
    press(page, "queue_do_seller_agent_resolve").run()
    page.selectbox(key="queue_input_resolution_reason").set_value("explained")


def open_recording(page):
    press(page, "queue_do_buyer_buyer_message").run()
    page.text_area(key="queue_input_message_text").set_value("Still nothing.")


def choose_files(page):
    page.file_uploader(key="queue_files_2_0").set_value(PHOTO).run()


def open_first_file(page):
    item = numbered(access.desk(), 2).evidence[0]
    page.session_state[f"queue_show_{item.id}"] = True
    page.run()
    field(page.selectbox, f"queue_tag_kind_{item.id}_").set_value("document").run()


def choose_message(page):
    message = numbered(access.desk(), 2).messages[0]
    page.multiselect(key="queue_split_messages_2_0").set_value([message.id]).run()


def open_parcel(page):
    press(page, "queue_parcel").run()
    tracking = next(field for field in page.text_input if (field.key or "").startswith("queue_parcel_tracking"))
    tracking.set_value("RR-NEW-1")


def open_mirror(page):
    press(page, "queue_mirror").run()
    page.selectbox(key="queue_mirror_state").set_value("closed")
    page.text_input(key="queue_mirror_reference").set_value("RET-1001")


def open_contact(page):
    press(page, "queue_new").run()
    page.text_input(key="queue_contact_number").set_value("40001-0001-1").run()
    page.selectbox(key="queue_contact_category").set_value("after_sales")
    page.text_area(key="queue_contact_text").set_value("It hums.")


def choose_tag(page):
    field = page.multiselect(key="queue_tags_2")
    field.options.append("vip")  # AppTest knows no typing of a new option
    field.set_value(["vip"]).run()


def type_rating(page):
    page.feedback(key="queue_rating_stars_4").set_value(0).run()


@dataclass(frozen=True)
class Pressed:
    """What an agent prepares on a ticket, and what is pressed once they are no agent any more."""

    press: Any
    prepare: Any = None
    ticket: str = "2"


ACTS = {
    "assign to me": Pressed(lambda page: press(page, "queue_assign_me")),
    "assign": Pressed(choose("queue_assignee_2", "li")),
    "prioritise": Pressed(choose("queue_priority_2", Priority.URGENT)),
    "tags": Pressed(lambda page: press(page, "queue_tags_save"), choose_tag),
    "category": Pressed(choose("queue_category_change_1", "product_quality"), ticket="1"),
    "action without a form": Pressed(lambda page: press(page, "queue_do_seller_agent_register"), ticket="1"),
    "action": Pressed(lambda page: press(page, "queue_form_submit"), open_resolving),
    "act of the buyer": Pressed(lambda page: press(page, "queue_form_submit"), open_recording),
    "send": Pressed(lambda page: press(page, "queue_send"), type_reply),
    "draft": Pressed(lambda page: page.text_area(key="queue_reply_2").set_value("Half a sent")),
    "macro": Pressed(lambda page: press(page, "queue_macro_run")),
    "evidence": Pressed(lambda page: press(page, "queue_files_add"), choose_files),
    "evidence tagged": Pressed(lambda page: press(page, "queue_tag_save"), open_first_file),
    "merge": Pressed(lambda page: press(page, "queue_merge_3")),
    "split": Pressed(lambda page: press(page, "queue_split"), choose_message),
    "rating": Pressed(lambda page: press(page, "queue_rating_save"), type_rating, ticket="4"),
    "parcel": Pressed(lambda page: press(page, "queue_parcel_submit"), open_parcel),
    "mirror": Pressed(lambda page: press(page, "queue_mirror_submit"), open_mirror),
    "new contact": Pressed(lambda page: press(page, "queue_contact_submit"), open_contact),
    "take next": Pressed(lambda page: press(page, "queue_take_next")),
}


def everything(desk):
    """The length of the log, and what no event tells of."""
    drafts = access.drafts().of(numbered(desk, 2).ticket.id)
    persons = desk.database.read("select count(*) from buyer_persons")
    return desk.store.last_position(), drafts, numbered(desk, 2).posting, persons


@pytest.mark.parametrize("name", ACTS)
def test_an_act_asks_for_the_role_when_it_is_done(full, visit, monkeypatch, name):
    act = ACTS[name]
    page = visit("queue", ticket=act.ticket)
    if act.prepare:
        act.prepare(page)
    before = everything(full)
    monkeypatch.setenv("DESK_LOCAL_ROLES", "analyst")
    act.press(page).run()
    assert everything(full) == before
    assert not page.exception
    assert any("no access" in str(element.value) for element in [*page.header, *page.markdown, *page.title])


@pytest.mark.parametrize("name", ACTS)
def test_the_same_act_is_done_by_an_agent(full, visit, monkeypatch, name):
    monkeypatch.setenv("DESK_LOCAL_ROLES", "agent")
    act = ACTS[name]
    page = visit("queue", ticket=act.ticket)
    if act.prepare:
        act.prepare(page)
    before = everything(full)
    act.press(page).run()
    assert everything(full) != before
