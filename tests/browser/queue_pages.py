"""The queue in a browser: opened, listening to keys, and gone on with."""

import re

from playwright.sync_api import expect


def opened(page, settled, address):
    """Open an address of the queue: a ticket is shown and everything drawn, and keys are heard."""
    page.goto(address)
    shown(page, settled)
    listening(page)
    return page


def listening(page):
    """Wait until the page hears the keys that no button has."""
    expect(page.locator(".keyboard[data-keys]")).to_be_attached()


def shown(page, settled):
    """Wait until the ticket of the address is drawn, which changes before anything else does."""
    page.wait_for_url("**ticket=*")
    number = re.search(r"ticket=(\d+)", page.url)[1]
    expect(page.get_by_role("list", name=f"History of ticket {number},")).to_be_attached()
    settled(page)


def step(page, settled, key):
    """Press a key that shows another ticket."""
    before = page.url
    page.keyboard.press(key)
    moved(page, settled, before)


def moved(page, settled, before):
    """Wait until the page that had the address `before` shows another ticket."""
    expect(page).not_to_have_url(before)
    shown(page, settled)
