"""From a mark of response times to its tickets, and what a screen reader finds there, in a real browser."""

import re

from playwright.sync_api import expect

from tests.browser.accessibility import grave

CELL = "svg path[stroke-width='2']"


def click_until(page, mark, address):
    """Click a mark; while the page is still being laid out below it, a click may miss once."""
    try_until(page, mark.click, address)


def choose_until(page, menu, address):
    """Choose the first of a menu by keyboard; while the page is still being laid out, a menu may close once."""

    def choose():
        menu.focus()
        menu.press("ArrowDown")
        expect(page.get_by_role("option").first).to_be_visible()
        menu.press("Enter")

    try_until(page, choose, address)


def try_until(page, act, address):
    """Act up to five times, until the address is as expected."""
    for _ in range(5):
        act()
        try:
            expect(page).to_have_url(address, timeout=5_000)
        except AssertionError:
            continue
        return
    expect(page).to_have_url(address)


def test_a_cell_of_the_heat_map_leads_to_its_tickets(shown_desk, page, settled):
    page.goto(f"{shown_desk}/response-times?period=90d")
    settled(page)
    cell = page.locator(".st-key-response_times_heat_figure").locator(CELL).first
    cell.scroll_into_view_if_needed()
    click_until(page, cell, re.compile(r"behind=cell"))
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text(re.compile(r"Opened on \w+ from \d\d:00"))).to_be_visible()
    link = drawer.get_by_role("table").get_by_role("link").first
    number = link.inner_text()
    with page.expect_popup() as opened:
        link.click()
    ticket = settled(opened.value)
    expect(ticket).to_have_url(re.compile(rf"/queue\?ticket={number}"))
    expect(ticket.get_by_role("list", name=f"History of ticket {number}")).to_be_visible()


def test_a_list_is_shared_by_its_address_and_goes_when_it_is_closed(shown_desk, page, settled):
    page.goto(f"{shown_desk}/response-times?period=90d&behind=due:late:first_reply")
    settled(page)
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text("First reply: Missed")).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(page).not_to_have_url(re.compile(r"behind="))


def test_the_keyboard_finds_the_hours_of_the_heat_map(shown_desk, page, settled):
    page.goto(f"{shown_desk}/response-times?period=90d")
    settled(page)
    hours = page.get_by_role("combobox", name="Tickets of an hour")
    choose_until(page, hours, re.compile(r"behind=cell"))
    expect(page.get_by_role("dialog").get_by_role("table")).to_be_visible()


def test_axe_finds_nothing_serious(shown_desk, page, settled):
    page.goto(f"{shown_desk}/response-times?period=90d")
    settled(page)
    assert grave(page) == []
