"""Whoever writes sees the buyer's last words, the box, the verdict, a refusal and Send, on every screen, unscrolled."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import queue_pages

SIZES = [(1600, 1000), (1680, 1050), (1920, 1080), (1440, 900), (1280, 720), (390, 844)]
FORBIDDEN = "the marketplace forbids other channels"
IS_IN_VIEW = """element => {
  const { top, bottom, height } = element.getBoundingClientRect();
  const frame = document.querySelector("[data-testid=stHeader]").getBoundingClientRect().bottom;
  return height > 0 && top >= frame - 1 && bottom <= innerHeight + 1;
}"""


@pytest.fixture
def opened(demo_desk, page, settled):
    """Open a ticket that takes a reply at a size, as a link does: nothing has the focus and nothing is scrolled."""

    def at(width, height):
        page.set_viewport_size({"width": width, "height": height})
        queue_pages.opened(page, settled, f"{demo_desk}/queue?view=unassigned")
        expect(page.get_by_placeholder("Write to the buyer")).to_be_visible()
        return settled(page)

    return at


def seen(page, *locators):
    """Wait until each of them is on the screen."""
    for locator in locators:
        locator.wait_for()
        page.wait_for_function(IS_IN_VIEW, arg=locator.element_handle())


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_whoever_replies_by_key_sees_the_buyers_words_the_verdict_the_refusal_and_send(width, height, opened, settled):
    page = opened(width, height)
    composer = page.locator(".st-key-queue_composer")
    words = composer.locator(".st-key-queue_last_words")
    box, send = page.get_by_placeholder("Write to the buyer"), page.get_by_role("button", name="Send", exact=True)
    page.keyboard.press("m")
    expect(box).to_be_focused()
    seen(page, words, box, send)
    page.keyboard.insert_text("Call me on +7 912 345-67-89")
    seen(page, composer.get_by_text(FORBIDDEN), box, send)
    settled(page)
    box.press("Alt+Enter")
    refusal = composer.get_by_text("Not sent.")
    expect(refusal).to_be_visible()
    expect(composer.get_by_text(FORBIDDEN)).to_have_count(1)  # the verdict says why, the refusal does not repeat it
    settled(page)
    seen(page, composer.get_by_text(FORBIDDEN), refusal, box, send)
    seen(page, words)
    box.fill("")
    expect(composer.get_by_text(FORBIDDEN)).to_be_hidden()
    expect(refusal).to_be_visible()  # that it was refused stands until the next attempt
    settled(page)


@pytest.mark.parametrize(("width", "height"), [(1600, 1000), (390, 844)])
def test_whoever_notes_by_key_sees_the_box_and_save(width, height, opened, settled):
    page = opened(width, height)
    page.keyboard.press("i")
    box = page.get_by_placeholder("Only the desk sees this")
    expect(box).to_be_focused()
    settled(page)
    seen(page, box, page.get_by_role("button", name="Save note"), page.locator(".st-key-queue_last_words"))


def test_the_next_ticket_is_shown_from_its_head_though_somebody_wrote_on_the_one_before(opened, settled):
    page = opened(1600, 1000)
    page.keyboard.press("m")
    expect(page.get_by_placeholder("Write to the buyer")).to_be_focused()
    settled(page)
    page.keyboard.press("Escape")
    page.get_by_placeholder("Write to the buyer").blur()
    page.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, 0)")
    before = page.url
    page.keyboard.press("j")
    page.wait_for_url(re.compile(rf"^(?!{re.escape(before)}$)"))
    settled(page)
    expect(page.get_by_placeholder("Write to the buyer")).to_be_visible()
    assert page.locator("[data-testid=stMain]").evaluate("main => main.scrollTop") == 0
