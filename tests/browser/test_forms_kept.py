"""Forms of the queue in a real browser: where a reply is written, what has the focus, what is kept when put away."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.queue_pages import opened, shown, step

WRITE = "Write to the buyer"
NOTE = "Only the desk sees this"
KNOWN = "00000513-0081"  # an order of the demo


@pytest.fixture
def queue(demo_desk, page, settled):
    """A ticket that takes a reply, on a page that hears its keys."""
    return with_a_box(page, settled, f"{demo_desk}/queue?view=ours&sort=newest")


@pytest.fixture
def registered(demo_desk, page, settled):
    """The same, of a ticket that is not new: Reply is an action of its own there."""
    return with_a_box(page, settled, f"{demo_desk}/queue?view=ours&kind=waiting&sort=newest")


def with_a_box(page, settled, address):
    opened(page, settled, address)
    expect(page.get_by_placeholder(WRITE)).to_be_visible()
    return page


def numbered(page, name):
    """The place of an action's button, which is its number."""
    names = page.locator(".st-key-queue_actions [data-testid=stButton] button:has(kbd):visible").all_inner_texts()
    return next(place for place, text in enumerate(names, start=1) if re.search(name, text))


def closed(page, settled):
    expect(page.get_by_role("dialog")).to_have_count(0)
    settled(page)


def begin_note(page):
    """Open the form of a note by its key."""
    page.keyboard.press(f"Shift+{numbered(page, 'Add an internal note')}")
    field = page.get_by_role("dialog").get_by_role("textbox").first
    expect(field).to_be_focused()
    return field


def test_the_button_of_a_reply_its_key_and_its_line_lead_to_the_box(registered, settled):
    queue = registered
    box, note = queue.get_by_placeholder(WRITE), queue.get_by_placeholder(NOTE)
    place = numbered(queue, "Reply|Post a message")

    def write_a_note():
        queue.keyboard.press("i")
        expect(note).to_be_focused()
        settled(queue)
        queue.keyboard.press("Escape")
        expect(note).not_to_be_focused()

    def leads_to_the_box():
        expect(box).to_be_focused()
        expect(queue.get_by_role("radio", name="Reply to the buyer")).to_be_checked()
        expect(queue.get_by_role("dialog")).to_have_count(0)
        settled(queue)

    write_a_note()
    queue.keyboard.press(f"Shift+{place}")
    leads_to_the_box()
    queue.keyboard.press("Escape")
    write_a_note()
    buttons = queue.locator(".st-key-queue_actions [data-testid=stButton] button:has(kbd):visible")
    name = buttons.nth(place - 1).locator("p").first.inner_text()
    buttons.nth(place - 1).click()
    leads_to_the_box()
    queue.keyboard.press("Escape")
    write_a_note()
    queue.keyboard.press("d")
    expect(queue.get_by_role("dialog", name="All actions").get_by_role("combobox")).to_be_focused()
    queue.keyboard.type(name)
    queue.keyboard.press("Enter")
    leads_to_the_box()


def test_a_form_that_is_put_away_keeps_its_text_for_its_ticket_until_it_is_carried_out(queue, settled):
    begin_note(queue)
    queue.keyboard.type("The carrier was asked")
    queue.keyboard.press("Escape")
    closed(queue, settled)
    first = queue.url
    step(queue, settled, "j")
    expect(begin_note(queue)).to_have_value("")
    queue.keyboard.press("Escape")
    closed(queue, settled)
    step(queue, settled, "k")
    expect(queue).to_have_url(first)
    field = begin_note(queue)
    expect(field).to_have_value("The carrier was asked")
    field.press("End")
    queue.keyboard.type(" twice.")
    queue.mouse.click(20, 450)  # beside it
    closed(queue, settled)
    expect(begin_note(queue)).to_have_value("The carrier was asked twice.")
    queue.get_by_role("dialog").get_by_role("button", name="Add an internal note").click()
    expect(queue.get_by_role("list", name="History of ticket")).to_contain_text("The carrier was asked twice.")
    closed(queue, settled)
    expect(begin_note(queue)).to_have_value("")


@pytest.mark.parametrize("way", ["Escape", "beside"])
def test_a_new_contact_that_is_put_away_is_there_when_it_is_begun_again(way, queue, settled):
    form = queue.get_by_role("dialog")
    words = form.get_by_role("textbox", name="What the buyer says")
    number = form.get_by_role("textbox", name="Order or parcel number")
    queue.keyboard.press("n")
    expect(number).to_be_focused()
    number.fill("999-unknown")
    words.fill("It hums, it stinks,\nand the lid is broken.")
    if way == "Escape":
        queue.keyboard.press("Escape")
    else:
        queue.mouse.click(20, 450)
    closed(queue, settled)
    queue.keyboard.press("n")
    expect(number).to_be_focused()
    expect(number).to_have_value("999-unknown")
    expect(words).to_have_value("It hums, it stinks,\nand the lid is broken.")


def test_enter_and_escape_leave_the_search_and_the_next_stroke_is_a_key(demo_desk, page, settled):
    queue = opened(page, settled, f"{demo_desk}/queue?view=all&sort=newest")  # where the words are found more than once
    search = queue.get_by_placeholder("Number, order, tracking")
    queue.keyboard.press("/")
    queue.keyboard.type("the")
    queue.keyboard.press("Enter")
    expect(search).not_to_be_focused()
    expect(queue).to_have_url(re.compile("q=the"))
    settled(queue)
    queue.wait_for_url("**ticket=*")
    shown(queue, settled)
    queue.keyboard.press("/")
    expect(search).to_be_focused()
    queue.keyboard.press("Escape")
    step(queue, settled, "j")
    expect(search).to_have_value("the")


def test_escape_puts_a_form_away_where_nothing_has_the_focus(queue, settled):
    begin_note(queue)
    queue.evaluate("document.activeElement.blur()")
    queue.keyboard.press("Escape")
    closed(queue, settled)


def test_a_form_that_begins_with_a_date_is_typed_into_and_put_away_with_it(demo_desk, page, settled):
    opened(page, settled, f"{demo_desk}/queue?view=open&category=logistics_delay")
    promise = (
        page.locator(".st-key-queue_actions").get_by_role("button", name="Promise a new date").filter(visible=True)
    )
    while not promise.is_visible():
        step(page, settled, "j")
    parts = page.get_by_role("dialog").get_by_role("spinbutton")
    promise.click()
    expect(parts.first).to_be_focused()
    settled(page)
    hour = parts.nth(3)
    hour.focus()
    page.keyboard.type("09")
    page.keyboard.press("Escape")
    closed(page, settled)
    promise.click()
    expect(parts.first).to_be_focused()
    expect(hour).to_have_text("09")
    page.get_by_role("dialog").get_by_role("button", name="Choose date and time").click()
    calendar = page.get_by_role("grid")
    expect(calendar).to_be_visible()
    page.keyboard.press("Escape")  # closes the calendar, and the form stays
    expect(calendar).to_be_hidden()
    expect(hour).to_be_visible()


def test_whoever_tabs_out_of_a_known_order_goes_on_in_the_next_field(queue, settled):
    queue.get_by_role("button", name="New contact").click()
    dialog = queue.get_by_role("dialog")
    box = dialog.get_by_role("textbox", name="Order or parcel number")
    expect(box).to_be_focused()
    box.fill(KNOWN)
    box.press("Tab")
    expect(dialog.get_by_text(f"Order {KNOWN}")).to_be_visible()
    expect(dialog.get_by_role("combobox", name="Seller")).to_have_count(0)
    settled(queue)
    expect(dialog.get_by_role("combobox", name="Product")).to_be_focused()
