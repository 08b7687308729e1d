"""What stands beside a ticket in a browser: why a step is forbidden, numbers to copy, the stream by kind, tags."""

import re

import pytest
from playwright.sync_api import expect

from data.clock import now
from data.opening import open_desk
from tests.pages import desk_builders


@pytest.fixture(scope="module")
def small_desk(desk_server, tmp_path_factory):
    """A desk whose tickets 2 to 4 cannot be escalated yet."""
    path = tmp_path_factory.mktemp("beside") / "desk.duckdb"
    with open_desk(path) as opened:
        desk_builders.fill(opened, now())
    return desk_server(DESK_DATABASE=str(path))


@pytest.fixture
def ticket(small_desk, page, settled):
    page.goto(f"{small_desk}/queue?ticket=2")
    settled(page)
    return page


def test_a_forbidden_step_says_why_at_the_focus_at_the_pointer_and_to_a_tap(ticket):
    step = ticket.get_by_role("button", name=re.compile("^Escalated to platform support: not visited"))
    why = ticket.locator(".why")
    sentence = "Escalate to the platform is not possible now."
    expect(step).to_have_attribute("aria-disabled", "true")
    expect(step).to_have_attribute("aria-label", re.compile(re.escape(sentence)))
    step.focus()
    expect(why).to_contain_text(sentence)
    ticket.keyboard.press("Escape")
    expect(why).to_be_hidden()
    step.hover()
    expect(why).to_contain_text(sentence)
    why.hover()
    expect(why).to_be_visible()
    ticket.mouse.move(5, 5)
    expect(why).to_be_hidden()
    step.click(force=True)  # it is disabled, and still says why
    expect(why).to_be_visible()
    expect(ticket.get_by_role("dialog")).to_have_count(0)


def test_the_names_of_the_diagram_are_no_smaller_on_a_phone(ticket, settled):
    ticket.set_viewport_size({"width": 390, "height": 844})
    settled(ticket)
    box = ticket.locator(".diagram rect").first
    expect(box).to_be_visible()
    assert box.bounding_box()["width"] >= 110
    assert ticket.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_number_is_copied_and_that_is_said(ticket):
    ticket.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ticket.get_by_role("button", name="Copy RR123456789CN").click()
    expect(ticket.locator(".st-key-queue_order").get_by_role("status")).to_have_text("Copied: RR123456789CN")
    assert ticket.evaluate("navigator.clipboard.readText()") == "RR123456789CN"


def test_the_stream_by_kind_draws_nothing_else_anew(ticket, settled):
    stream = ticket.get_by_role("list", name="History of ticket 2")
    expect(stream.locator(".entry")).not_to_have_count(5)
    ticket.get_by_role("textbox", name="Reply to the buyer").press_sequentially("Half a sent")
    expect(ticket.get_by_text("Nothing in it is forbidden.")).to_be_visible()
    settled(ticket)
    ticket.locator(".st-key-queue_conversation").get_by_role("button", name="Order", exact=True).click()
    settled(ticket)
    expect(stream.locator(".entry")).to_have_count(5)
    expect(stream).to_contain_text("14 d ago")
    expect(ticket.get_by_role("textbox", name="Reply to the buyer")).to_have_value("Half a sent")


def test_a_tag_is_typed_and_saved_while_the_list_of_the_field_is_open(ticket, settled):
    ticket.locator(".st-key-queue_tags_menu").get_by_role("button", name="Tags").first.click()
    ticket.get_by_role("combobox", name="Tags of the ticket").fill("flood")
    ticket.keyboard.press("Enter")
    settled(ticket)
    ticket.locator(".st-key-queue_tags_save_2 button").click()
    expect(ticket.locator(".st-key-queue_ticket").get_by_text("flood")).to_be_visible()
