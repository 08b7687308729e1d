"""The pages of the queue's list in a browser: keys over their ends, links, marks that stay, and loading one anew."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.queue_pages import opened, step

PER_PAGE = 100


def ticket_of(page):
    """The number of the ticket that the address names."""
    return int(re.search(r"[?&]ticket=(\d+)", page.url)[1])


def turn(page, settled, number):
    page.locator(".st-key-queue_page").get_by_role("button", name=str(number), exact=False).first.click()
    page.wait_for_url(f"**page={number}*")
    settled(page)


def test_next_goes_over_the_end_of_the_page_and_its_link_opens_the_same(demo_desk, page, settled, browser):
    opened(page, settled, f"{demo_desk}/queue?view=all&sort=newest&page=2")
    first = ticket_of(page)
    step(page, settled, "k")
    expect(page).to_have_url(re.compile("page=1"))
    last_of_page = ticket_of(page)
    assert last_of_page != first
    step(page, settled, "k")
    for expected in (last_of_page, first):
        step(page, settled, "j")
        assert ticket_of(page) == expected
    expect(page).to_have_url(re.compile("page=2"))
    other = browser.new_context().new_page()
    opened(other, settled, f"{demo_desk}/queue?view=all&sort=newest&ticket={first}")
    expect(other).to_have_url(re.compile("page=2"))
    step(other, settled, "j")
    expect(other).to_have_url(re.compile("page=2"))
    other.context.close()


class Wire:
    """What the desk says to a page: all of it, or once `until` was said nothing more before `go_on`."""

    def __init__(self, page):
        self.until = b""
        self.waiting = []
        page.route_web_socket("**/_stcore/stream", self._connect)

    def _connect(self, page):
        desk = page.connect_to_server()
        page.on_message(desk.send)
        desk.on_message(self._said)
        self.page = page

    def _said(self, message):
        if self.waiting:
            self.waiting.append(message)
            return
        self.page.send(message)
        if self.until and self.until in message:
            self.waiting.append(b"")

    def go_on(self):
        self.until = b""
        late, self.waiting = self.waiting[1:], []
        for message in late:
            self.page.send(message)


@pytest.fixture
def wire(demo_desk, own_page, settled):
    """To a page on which tickets are being selected, and none is."""
    wire = Wire(own_page)
    opened(own_page, settled, f"{demo_desk}/queue?view=unassigned")
    own_page.keyboard.press("b")
    expect(own_page.get_by_text("0 tickets selected")).to_be_visible()
    settled(own_page)
    return wire


def test_whoever_presses_before_the_marks_are_drawn_acts_on_all_of_them(wire, own_page):
    wire.until = b":material/sell:"  # of “Tag”, which stands above the list
    own_page.locator(".st-key-queue_bulk_all").get_by_role("button").click()
    own_page.get_by_role("button", name="Tag", exact=True).click()
    own_page.wait_for_timeout(200)  # the list, which the desk names after the button, has no marks yet
    assert len(wire.waiting) > 1
    selected = own_page.get_by_text(re.compile("^[1-9][0-9]* tickets selected$")).inner_text()
    wire.go_on()
    form = own_page.get_by_role("dialog")
    expect(form.get_by_text("Tags, apart by spaces")).to_be_visible()
    expect(form).to_contain_text(f"Tag: {selected.removesuffix(' selected')}")


def test_all_pressed_again_before_the_marks_are_drawn_marks_all(wire, own_page, settled):
    wire.until = b":material/sell:"
    mark_all = own_page.locator(".st-key-queue_bulk_all").get_by_role("button")
    mark_all.click()
    own_page.get_by_role("button", name="Tag", exact=True).wait_for()
    mark_all.click()
    wire.go_on()
    settled(own_page)
    expect(own_page.get_by_text(re.compile("^[1-9][0-9]* tickets selected$"))).to_be_visible()


def test_marks_of_two_pages_are_kept_and_tagged_at_once(demo_desk, page, settled):
    opened(page, settled, f"{demo_desk}/queue?view=all&sort=oldest")
    page.keyboard.press("b")
    expect(page.get_by_text("0 tickets selected")).to_be_visible()
    settled(page)
    page.keyboard.press("x")
    expect(page.get_by_text("1 ticket selected")).to_be_visible()
    settled(page)
    turn(page, settled, 2)
    expect(page.get_by_text("1 of them not on this page")).to_be_visible()
    page.keyboard.press("Shift+X")
    bar = page.locator(".st-key-queue_bulk_bar")
    expect(bar).to_contain_text(f"{PER_PAGE + 1} tickets selected")
    settled(page)
    turn(page, settled, 1)
    expect(bar).to_contain_text(f"{PER_PAGE} of them not on this page")
    bar.get_by_role("button", name="None").click()
    expect(bar).to_contain_text("0 tickets selected")


def test_a_page_that_is_loaded_anew_is_no_second_window(demo_desk, page, settled):
    opened(page, settled, f"{demo_desk}/queue?view=all")
    company = page.locator(".st-key-queue_company")
    for _ in range(2):
        page.reload()
        settled(page)
        expect(page.locator(".st-key-queue_ticket")).to_contain_text("No. ")
        expect(company.get_by_text("in another window")).to_have_count(0, timeout=6_000)  # of 20 seconds before
    other = page.context.new_page()
    opened(other, settled, page.url)
    expect(other.get_by_text("You have this ticket open in another window")).to_be_visible()
    other.close()
    expect(company.get_by_text("in another window")).to_have_count(0)


def test_the_table_under_the_pointer_leaves_the_filters_free(demo_desk, page, settled):
    opened(page, settled, f"{demo_desk}/queue?view=open")
    table = page.locator(".st-key-queue_list").get_by_test_id("stDataFrame").first
    table.hover()
    page.get_by_role("button", name=re.compile("^Select")).click(trial=True)
    expect(table.get_by_test_id("stElementToolbar")).to_be_hidden()
