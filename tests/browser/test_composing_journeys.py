"""Writing to a buyer in a real browser: the verdict while typing, a template, and a colleague who was faster."""

import re

from playwright.sync_api import expect

WRITE = "Write to the buyer"


def open_unassigned(page, desk, settled):
    """A ticket that takes a reply; its number."""
    page.goto(f"{desk}/queue?view=unassigned")
    page.wait_for_url("**ticket=*")
    settled(page)
    expect(page.get_by_placeholder(WRITE)).to_be_visible()
    settled(page)
    return page.url.rpartition("ticket=")[2]


def stream(page):
    return page.get_by_role("list", name="History of ticket")


def test_a_reply_is_judged_while_it_is_typed_and_stopped_by_the_linter(demo_desk, page, settled):
    number = open_unassigned(page, demo_desk, settled)
    box = page.get_by_placeholder(WRITE)
    box.press_sequentially("Call me on +7 912 345-67-89")
    composer = page.locator(".st-key-queue_composer")
    expect(composer.get_by_text("the marketplace forbids other channels")).to_be_visible()
    expect(box).to_be_focused()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(composer.get_by_text("the marketplace forbids other channels")).to_have_count(2)  # and why it was not sent
    expect(box).to_have_value("Call me on +7 912 345-67-89")
    expect(stream(page)).not_to_contain_text("Call me on")
    settled(page)
    page.reload()
    settled(page)
    expect(page.get_by_placeholder(WRITE)).to_have_value("Call me on +7 912 345-67-89")
    expect(page).to_have_url(re.compile(rf"ticket={number}\b"))
    page.get_by_placeholder(WRITE).fill("")
    page.get_by_placeholder(WRITE).blur()
    settled(page)


def test_a_template_is_inserted_and_sent_by_key(demo_desk, page, settled):
    open_unassigned(page, demo_desk, settled)
    page.get_by_role("button", name="Template").click()
    page.get_by_role("menuitem").first.click()
    box = page.get_by_placeholder(WRITE)
    expect(box).not_to_have_value("")
    expect(page.get_by_text("Nothing in it is forbidden.")).to_be_visible()
    settled(page)
    box.focus()
    box.press("End")
    box.press_sequentially(" ...")
    box.press("Alt+Enter")
    expect(stream(page)).to_contain_text(" ...")


def test_a_stale_action_of_a_second_session_is_refused_with_what_the_other_did(demo_desk, page, settled, context):
    open_unassigned(page, demo_desk, settled)
    page.get_by_placeholder(WRITE).press_sequentially("My long answer.")
    expect(page.get_by_text("Nothing in it is forbidden.")).to_be_visible()
    other = context.new_page()
    other.set_default_timeout(60_000)
    other.goto(page.url)
    settled(other)
    expect(other.get_by_text("is writing")).to_be_visible()
    other.get_by_role("button", name="Assign to me").click()
    expect(other.get_by_role("button", name="Assign to me")).to_be_hidden()
    settled(other)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Nothing that you typed is lost")).to_be_visible()
    expect(page.get_by_placeholder(WRITE)).to_have_value("My long answer.")
    settled(page)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(stream(page)).to_contain_text("My long answer.")
