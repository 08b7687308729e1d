"""Leaving the reply box: whatever comes right after a letter is done and drawn, by key, by mouse and by finger."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.queue_pages import moved, opened, shown, step

WRITE = "Write to the buyer"


@pytest.fixture(params=["mouse", "finger"])
def hand(request, demo_desk, page, browser, settled):
    """A page and what clicks on it without any time between down and up."""
    if request.param == "mouse":
        before = with_a_box(page, demo_desk, settled).url
        yield page, at_once
        leave_no_draft(page, before, settled)
        return
    with browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, locale="en-GB") as context:
        phone = context.new_page()
        phone.set_default_timeout(60_000)
        before = with_a_box(phone, demo_desk, settled).url
        yield phone, lambda target: target.tap()
        leave_no_draft(phone, before, settled)


def with_a_box(page, desk, settled):
    """A ticket that takes a reply, with an empty box."""
    opened(page, settled, f"{desk}/queue?view=unassigned&sort=newest")
    expect(page.get_by_placeholder(WRITE)).to_be_visible()
    return page


def leave_no_draft(page, address, settled):
    """The desk is shared: what was typed on the first ticket is taken back."""
    page.goto(address)
    settled(page)
    box = page.get_by_placeholder(WRITE)
    box.fill("")
    box.press("Tab")
    settled(page)


def at_once(target):
    place = target.bounding_box()
    target.page.mouse.move(place["x"] + 5, place["y"] + 5)
    target.page.mouse.down()
    target.page.mouse.up()


def type_then(page, click, target):
    """Type a letter, then click: within the time in which the desk has not heard of the letter."""
    page.get_by_placeholder(WRITE).press("a")
    page.wait_for_timeout(100)  # the composer is brought into view meanwhile
    target.scroll_into_view_if_needed()
    click(target)


def test_next_right_after_a_letter_shows_the_next_ticket_and_keeps_the_letter(hand, settled):
    page, click = hand
    before = page.url
    type_then(page, click, page.locator(".st-key-queue_next button"))
    moved(page, settled, before)
    page.goto(before)
    settled(page)
    expect(page.get_by_placeholder(WRITE)).to_have_value(re.compile("^a+$"))


def test_assign_to_me_right_after_a_letter_is_drawn(hand, settled):
    page, click = hand
    assign = page.get_by_role("button", name="Assign to me")
    type_then(page, click, assign)
    expect(assign).to_be_hidden()
    settled(page)


def test_a_views_tab_right_after_a_letter_changes_the_list(hand, settled):
    page, click = hand
    type_then(page, click, page.get_by_role("radio", name=re.compile("^All")))
    expect(page).to_have_url(re.compile("view=all"))
    page.wait_for_url("**ticket=*")
    shown(page, settled)


def test_keys_are_heard_after_typing_and_leaving_the_box(demo_desk, page, settled):
    with_a_box(page, demo_desk, settled)
    before = page.url
    box = page.get_by_placeholder(WRITE)
    box.press("a")
    expect(
        page.get_by_text("Nothing in it is forbidden.")
    ).to_be_visible()  # the pause is over: the desk has the letter
    settled(page)
    box.press("Tab")
    expect(box).not_to_be_focused()
    step(page, settled, "j")
    leave_no_draft(page, before, settled)
