"""Every key of the list does what the list says of it, pressed one after the other on one desk."""

import re

from playwright.sync_api import expect

from pages.shared import keys
from pages.shared.keys import Key
from tests.browser.queue_pages import moved, opened


class Strokes:
    """Presses keys of the registry and notes which."""

    def __init__(self, page, settled):
        self.page, self.settled, self.pressed = page, settled, []

    def press(self, key: Key) -> None:
        *held, name = key.shortcut.split("+")
        self.page.keyboard.press("+".join([*held, name.lower() if len(name) == 1 and not held else name]))
        self.pressed.append(key)

    def close(self, opened) -> None:
        """Escape, which puts away what a key opened."""
        expect(opened).to_be_visible()
        self.settled(self.page)
        self.page.keyboard.press("Escape")
        expect(opened).to_be_hidden()
        self.settled(self.page)


def moves(strokes, key):
    """The key shows another ticket."""
    before = strokes.page.url
    strokes.press(key)
    moved(strokes.page, strokes.settled, before)


def test_each_key_of_the_list_works(demo_desk, page, settled):
    opened(page, settled, f"{demo_desk}/queue?view=all&sort=newest")
    strokes = Strokes(page, settled)
    in_the_queue(strokes)
    on_several(strokes)
    opened(page, settled, f"{demo_desk}/queue?view=open&sort=newest")  # what is settled offers no five actions
    on_a_ticket(strokes)
    assert set(strokes.pressed) == set(keys.KEYS)


def in_the_queue(strokes):
    page, settled = strokes.page, strokes.settled
    strokes.press(keys.HELP)
    strokes.close(page.get_by_role("dialog").filter(has_text="This list"))
    moves(strokes, keys.NEXT)
    moves(strokes, keys.PREVIOUS)
    strokes.press(keys.SEARCH)
    search = page.get_by_placeholder("Number, order, tracking")
    expect(search).to_be_focused()
    strokes.press(keys.LEAVE)
    expect(search).not_to_be_focused()
    strokes.press(keys.NEW)
    strokes.close(page.get_by_role("dialog").filter(has_text="What the buyer says"))
    strokes.press(keys.PLAY)
    expect(page.get_by_role("button", name="Playing")).to_be_visible()
    settled(page)
    strokes.press(keys.PLAY)
    expect(page.get_by_role("button", name="Playing")).to_be_hidden()
    settled(page)
    strokes.press(keys.TAKE_NEXT)
    expect(page.get_by_text(re.compile(r"Ticket \d+ is yours|There is no ticket to take"))).to_be_visible()
    settled(page)


def on_several(strokes):
    page, settled = strokes.page, strokes.settled
    strokes.press(keys.BULK)
    expect(page.get_by_text("0 tickets selected", exact=True)).to_be_visible()
    settled(page)
    strokes.press(keys.BULK_MARK)
    expect(page.get_by_text("1 ticket selected", exact=True)).to_be_visible()
    settled(page)
    strokes.press(keys.BULK_ALL)
    expect(page.get_by_text("100 tickets selected", exact=True)).to_be_visible()
    settled(page)
    strokes.press(keys.BULK_ALL)
    expect(page.get_by_text("0 tickets selected", exact=True)).to_be_visible()
    settled(page)
    strokes.press(keys.BULK_MARK)
    expect(page.get_by_text("1 ticket selected", exact=True)).to_be_visible()
    settled(page)
    for key, offered in (
        (keys.BULK_ASSIGN, "Whoever has the fewest"),
        (keys.BULK_PRIORITISE, "Urgent"),
        (keys.BULK_ACTION, "Add an internal note"),
    ):
        strokes.press(key)
        expect(page.get_by_role("menuitem", name=offered)).to_be_visible()
        page.keyboard.press("b")  # meant for the menu: ends no selecting
        strokes.close(page.get_by_role("menu"))
    strokes.press(keys.BULK_TAG)
    strokes.close(page.get_by_role("dialog").filter(has_text="Tags, apart by spaces"))
    expect(page.get_by_text("1 ticket selected", exact=True)).to_be_visible()
    strokes.press(keys.BULK)
    expect(page.get_by_text("1 ticket selected", exact=True)).to_be_hidden()
    settled(page)


def on_a_ticket(strokes):
    page, settled = strokes.page, strokes.settled
    take = page.get_by_role("button", name="Assign to me")
    box = page.get_by_placeholder("Write to the buyer")
    while not take.is_visible() or not box.is_visible():
        moves(strokes, keys.NEXT)
    strokes.press(keys.TAKE)
    expect(take).to_be_hidden()
    settled(page)
    strokes.press(keys.REPLY)
    expect(box).to_be_focused()
    strokes.press(keys.LEAVE)
    expect(box).not_to_be_focused()
    for place, key in enumerate(keys.ACTIONS):
        takes_action(strokes, key, place)
    expect(page.locator(".st-key-queue_bulk_bar")).to_have_count(0)
    strokes.press(keys.PALETTE)
    strokes.close(page.get_by_role("dialog", name="All actions"))
    strokes.press(keys.NOTE)
    note = page.get_by_placeholder("Only the desk sees this")
    expect(note).to_be_focused()
    page.keyboard.type("All keys were tried on this ticket.")
    strokes.press(keys.SEND)
    expect(page.get_by_role("list", name="History of ticket")).to_contain_text("All keys were tried on this ticket.")


def takes_action(strokes, key, place):
    """The key of a place opens the form of the button that stands there, or the box; what asks for nothing is done."""
    page = strokes.page
    # A button with advice stands twice in the page, for a mouse and for a finger.
    buttons = page.locator(".st-key-queue_actions [data-testid=stButton] button:has(kbd):visible")
    while buttons.count() <= place:
        moves(strokes, keys.NEXT)
    label = buttons.nth(place).locator("p").first.inner_text()
    strokes.press(key)
    form, done = page.get_by_role("dialog").filter(has_text=f"{label}: ticket"), page.get_by_text(f"{label}: done")
    is_reply = label in {"Reply", "Post a message"}  # written in the box, where nothing else is asked for
    writes = page.locator("[placeholder^='Write to the buyer']:focus")
    expect(form.or_(writes if is_reply else done)).to_be_visible()
    strokes.settled(page)
    if is_reply and writes.is_visible():
        strokes.press(keys.LEAVE)
        expect(writes).to_be_hidden()
    elif form.is_visible():
        page.keyboard.press("b")  # behind an open form no key is heard
        strokes.close(form)
