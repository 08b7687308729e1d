"""The queue in a browser: opened, and listening to keys."""

from playwright.sync_api import expect


def opened(page, settled, address):
    """Open an address of the queue: a ticket is shown and everything drawn, and keys are heard."""
    page.goto(address)
    page.wait_for_url("**ticket=*")  # the first ticket is chosen by a second run, which would swallow a key
    settled(page)
    listening(page)
    return page


def listening(page):
    """Wait until the page hears the keys that no button has."""
    expect(page.locator(".keyboard[data-keys]")).to_be_attached()
