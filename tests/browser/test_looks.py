"""Every page in every light and at every width: accessible, never wider than the window, no request to a stranger."""

import re

import pytest
from playwright.sync_api import expect

from pages.shared.navigation import PLACES
from tests.browser.accessibility import grave, grave_in_any_light

PAGES = (*(place.url_path for place in PLACES), "queue?view=settled")
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
ZOOMED = {"width": 640, "height": 400}  # 1280 by 800 at 200 %
# In the order in which one page is shown in them: it opens wide in the light, and on a phone in the dark.
SIZES = {"light": (DESKTOP, ZOOMED, PHONE), "dark": (PHONE, ZOOMED, DESKTOP)}
WIDE = "Math.max(document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth)"


def show(page, address: str, settled) -> None:
    page.goto(address)
    settled(page)
    page.get_by_role("heading", level=1).wait_for()
    settled(page)


@pytest.mark.parametrize("scheme", SIZES)
@pytest.mark.parametrize("url_path", PAGES)
def test_a_page_is_accessible_within_the_window_and_asks_nobody_else(
    url_path, scheme, *, shown_desk, page, asked, settled
):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(SIZES[scheme][0])
    show(page, f"{shown_desk}/{url_path}", settled)
    for size in SIZES[scheme]:
        page.set_viewport_size(size)
        settled(page)
        assert grave(page) == []
        assert page.evaluate(WIDE) <= size["width"]
    assert [url for url in asked if _is_strange(url, shown_desk)] == []


def test_axe_finds_nothing_serious_in_the_form_of_a_new_contact(shown_desk, page, settled):
    show(page, f"{shown_desk}/queue", settled)
    page.get_by_role("button", name="New contact").click()
    page.get_by_role("dialog").get_by_text("What the buyer says").wait_for()
    settled(page)
    assert grave_in_any_light(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_serious_in_what_opens_on_a_ticket(size, scheme, shown_desk, page, settled):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    show(page, f"{shown_desk}/queue?view=unassigned", settled)
    for name in ("Internal note", "Filter", "Show", "Saved", "Merge, link or split", "Add files"):
        role = "radio" if name == "Internal note" else "button"
        page.get_by_role(role, name=name).first.click()
        settled(page)
        assert (name, grave(page)) == (name, [])
        assert (name, page.evaluate(WIDE) <= size["width"]) == (name, True)
        page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("^Select")).click()
    page.locator(".st-key-queue_bulk_all").get_by_role("button").click()
    page.get_by_role("button", name="Tag", exact=True).click()
    page.get_by_role("dialog").get_by_text("Tags, apart by spaces").wait_for()
    settled(page)
    assert grave(page) == []


def test_a_table_wider_than_the_phone_is_moved_by_keyboard(shown_desk, page, settled):
    page.set_viewport_size(PHONE)
    show(page, f"{shown_desk}/weekly-report", settled)
    wide = page.locator("[role=group][tabindex='0']:has(table)").first
    for _ in range(40):  # it glides; and what is drawn anew while the page is laid out loses the focus
        wide.press("ArrowRight")
        page.wait_for_timeout(100)
        if moved := wide.evaluate("element => element.scrollLeft"):
            break
    assert moved
    page.set_viewport_size(DESKTOP)
    expect(page.locator("[role=group][tabindex='0']:has(table)")).to_have_count(0)


def _is_strange(url: str, address: str) -> bool:
    return not url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))
