"""What managers and analysts do on the pages of figures, in a real browser."""

import re

from playwright.sync_api import expect


def test_a_manager_shares_the_view_of_a_category(shown_desk, page, settled):
    page.goto(f"{shown_desk}/response-times")
    settled(page)
    page.get_by_role("radio", name="30 days").click()
    expect(page).to_have_url(re.compile(r"period=30d"))
    page.get_by_role("combobox", name="Category").click()
    page.get_by_role("option", name="Product quality").click()
    expect(page).to_have_url(re.compile(r"category=product_quality"))
    page.get_by_role("radio", name="First resolution").click()
    expect(page.get_by_text("How long it takes to the first resolution")).to_be_visible()
    settled(page)
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    settled(page)
    expect(page.get_by_role("radio", name="30 days")).to_be_checked()
    expect(page.get_by_role("radio", name="First resolution")).to_be_checked()
    expect(page.get_by_text("How long it takes to the first resolution")).to_be_visible()
    expect(page.get_by_role("combobox", name="Category")).to_have_value("Product quality")


def test_the_ticket_that_waits_longest_is_one_click_away(shown_desk, page, settled):
    page.goto(f"{shown_desk}/response-times")
    settled(page)
    link = page.get_by_role("table", name="The oldest open tickets").get_by_role("link").first
    number = link.inner_text()
    with page.expect_popup() as opened:
        link.click()
    ticket = settled(opened.value)
    expect(ticket).to_have_url(re.compile(rf"/queue\?ticket={number}"))
    expect(ticket.get_by_role("list", name=f"History of ticket {number}")).to_be_visible()


def test_an_analyst_narrows_the_page_to_a_category(shown_desk, page, settled):
    page.goto(f"{shown_desk}/issue-categories")
    settled(page)
    table = page.get_by_test_id("stDataFrame")
    table.click(position={"x": 20, "y": 57})  # the box of the first row
    expect(page.get_by_text("Everything below is about")).to_be_visible()
    expect(page).to_have_url(re.compile(r"category=\w+"))
    expect(page.get_by_text("Open now")).to_be_visible()
    settled(page)
    table.click(position={"x": 20, "y": 57})
    expect(page.get_by_text("Everything below is about")).to_be_hidden()
    expect(page).not_to_have_url(re.compile(r"category="))


def test_all_steps_can_be_shown(shown_desk, page, settled):
    page.goto(f"{shown_desk}/issue-categories")
    settled(page)
    rows = page.get_by_role("table", name="Steps from state to state").get_by_role("row")
    expect(rows).to_have_count(11)
    page.get_by_text("Show all steps").click()
    expect(rows).not_to_have_count(11)
