"""From a breach to its ledger, from the deadlines to the queue, and the live page that renews itself."""

import re

from playwright.sync_api import expect

from tests.browser.accessibility import grave

HEAD, ROW = 35, 35  # pixels of a list's head and of a row


def click_row(page, card, row, x):
    """Click into a row of the list of a card; lists are drawn on a canvas."""
    listed = page.locator(f".st-key-{card} [data-testid=stDataFrame] .dvn-scroller")
    listed.scroll_into_view_if_needed()
    listed.click(position={"x": x, "y": HEAD + (row - 1) * ROW + ROW // 2})


def test_a_breach_opens_its_ledger_and_the_sum_is_the_number_on_its_card(shown_desk, page, settled):
    page.goto(f"{shown_desk}/deadlines?what=targets")
    settled(page)
    click_row(page, "deadlines_breaches", 1, 200)
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("heading", name=re.compile("Ledger of ticket"))).to_be_visible()
    settled(page)
    card = drawer.get_by_test_id("stMetricValue").inner_text()
    total = drawer.get_by_role("row").last
    expect(total).to_contain_text("Sum")
    expect(total).to_contain_text(card.split(" of ")[0])
    assert grave(page) == []
    with page.expect_download() as download:
        drawer.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename.startswith("ledger-")
    drawer.get_by_role("link", name="Open the ticket").click()
    page.wait_for_url("**/queue?ticket=*")
    settled(page)
    page.locator(".st-key-queue_service").get_by_role("button", name="Ledger").first.click()
    expect(page.get_by_role("dialog").get_by_role("row").last).to_contain_text("Sum")
    expect(page).to_have_url(re.compile("ledger="))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page).not_to_have_url(re.compile("ledger="))


def test_what_is_due_is_handed_over_to_the_queue(shown_desk, page, settled):
    page.goto(f"{shown_desk}/deadlines?horizon=7d&what=clocks")
    settled(page)
    page.get_by_role("button", name=re.compile("Work on .* in the queue")).click()
    page.wait_for_url("**/queue?tickets=*")
    expect(page.locator(".st-key-queue_handed_over")).to_contain_text("handed over")
    page.get_by_role("button", name="Whole queue").click()
    expect(page.locator(".st-key-queue_handed_over")).to_be_hidden()


def test_the_live_page_renews_itself_and_stays_whole(shown_desk, page, settled):
    page.goto(f"{shown_desk}/live")
    settled(page)
    upcoming = page.locator(".st-key-live_upcoming")
    row = upcoming.get_by_role("row").nth(1)
    expect(row).to_be_visible()
    page.evaluate(
        "() => { const card = document.querySelector('.st-key-live_upcoming'); window.emptied = 0;"
        " new MutationObserver(() => { if (!card.querySelector('tbody tr')) window.emptied += 1; })"
        ".observe(card, {childList: true, subtree: true}); }"
    )
    before = upcoming.inner_text()
    page.wait_for_function("before => document.querySelector('.st-key-live_upcoming').innerText !== before", arg=before)
    assert page.evaluate("window.emptied") == 0
