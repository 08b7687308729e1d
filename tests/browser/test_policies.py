"""A manager changes what is promised: back-tests a draft, publishes it, and finds it in the history."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import grave

PARTS = ("policies", "calendars", "history")


def budget_of_first_reply(page, settled, hours):
    """Give the second policy another first reply, in a draft."""
    page.get_by_role("button", name="Edit as a draft").click()
    expect(page.get_by_role("button", name="Discard the draft")).to_be_visible()
    settled(page)
    page.get_by_text("2. Every ticket").click()
    page.get_by_text("First reply · 24 h").click()
    budget = page.get_by_role("spinbutton", name="Budget").first
    expect(budget).to_be_visible()
    budget.fill(hours)
    budget.press("Tab")
    expect(page.get_by_text(f"A first reply within {hours} h").first).to_be_visible()
    settled(page)


def test_a_manager_back_tests_a_draft_and_publishes_it(demo_desk, page, settled):
    page.goto(f"{demo_desk}/policies")
    settled(page)
    expect(page.get_by_text("A first reply within 24 h, every hour counts.")).to_be_visible()
    budget_of_first_reply(page, settled, "12")
    page.get_by_role("button", name="Run the back-test").click()
    expect(page.get_by_text("Tickets that change sides")).to_be_visible()
    settled(page)
    expect(page.get_by_text("targets change sides")).to_be_visible()
    sides = page.get_by_test_id("stTable").last
    expect(sides.get_by_text("missed").first).to_be_visible()
    expect(sides.get_by_role("link").first).to_have_attribute("href", re.compile(r"queue\?ticket=\d+"))
    page.get_by_role("button", name="Publish …").click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("Before: A first reply within 24 h")
    question.get_by_role("textbox", name="Why").fill("Buyers expect half a day.")
    question.get_by_role("button", name="Publish version 2").click()
    expect(question).to_be_hidden()
    expect(page.get_by_text("Version 2 of the policies is published.")).to_be_visible()
    expect(page.get_by_text("A first reply within 12 h, every hour counts.")).to_be_visible()
    page.get_by_text("History", exact=True).click()
    page.wait_for_url("**part=history")
    settled(page)
    first = page.get_by_test_id("stTable").first
    expect(first).to_contain_text("Policies, version 2")
    expect(first).to_contain_text("Buyers expect half a day.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("part", PARTS)
def test_axe_finds_nothing_serious(part, scheme, demo_desk, page, settled):
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{demo_desk}/policies?part={part}")
    settled(page)
    page.get_by_role("heading", level=1).wait_for()
    assert grave(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("part", ["policies", "calendars"])
def test_axe_finds_nothing_serious_in_a_draft(part, scheme, demo_desk, page, settled):
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{demo_desk}/policies?part={part}")
    settled(page)
    page.get_by_role("button", name="Edit as a draft").click()
    expect(page.get_by_role("button", name="Discard the draft")).to_be_visible()
    settled(page)
    assert grave(page) == []


@pytest.mark.parametrize("part", PARTS)
def test_a_phone_never_scrolls_sideways(part, demo_desk, page, settled):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{demo_desk}/policies?part={part}")
    settled(page)
    page.get_by_role("heading", level=1).wait_for()
    if part != "history":
        page.get_by_role("button", name="Edit as a draft").click()
        expect(page.get_by_role("button", name="Discard the draft")).to_be_visible()
        settled(page)
    wide = "Math.max(document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth)"
    assert page.evaluate(wide) <= 390
