"""What an act came to, and which ticket is shown, is seen where the person looks: no scrolling, no cut cell."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.queue_pages import moved, opened, step

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645"
    "400000000049454e44ae426082"
)
EMPTY = {"name": "empty.png", "mimeType": "image/png", "buffer": b""}
PHOTO = {"name": "crack.png", "mimeType": "image/png", "buffer": PNG}


def heading(page):
    return page.locator(".st-key-queue_ticket h2")


def to_the_foot(page):
    """Scroll down, and give where the page stands then."""
    main = page.get_by_test_id("stMain")
    main.evaluate("main => main.scrollTo(0, main.scrollHeight)")
    expect(heading(page)).not_to_be_in_viewport()
    return main.evaluate("main => main.scrollTop")


def test_files_that_are_refused_say_so_where_they_were_added_and_again_when_the_form_is_closed(
    demo_desk, page, settled
):
    opened(page, settled, f"{demo_desk}/queue?view=ours&sort=newest")
    card, form = page.locator(".st-key-queue_evidence"), page.get_by_test_id("stPopoverBody")
    card.get_by_role("button", name="Add files").click()
    form.locator("input[type=file]").set_input_files([PHOTO, EMPTY])
    expect(form.get_by_role("button", name="Add", exact=True)).to_be_enabled()
    settled(page)
    form.get_by_role("button", name="Add", exact=True).click()
    expect(form.get_by_text("None of the 2 files was added")).to_be_in_viewport()
    expect(form.get_by_text("empty.png").first).to_be_visible()  # still chosen
    settled(page)
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    expect(card.get_by_text("None of the 2 files was added")).to_be_in_viewport()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (960, 600), (390, 844)])
def test_a_step_shows_the_head_of_the_next_ticket_and_a_step_that_leads_nowhere_moves_nothing(
    width, height, demo_desk, page, settled
):
    page.set_viewport_size({"width": width, "height": height})
    opened(page, settled, f"{demo_desk}/queue?view=all&sort=newest")
    at = to_the_foot(page)
    page.keyboard.press("k")  # this is the first one
    expect(page.get_by_text("This is the first ticket of the list.")).to_be_visible()
    settled(page)
    expect(page.get_by_test_id("stMain")).to_have_js_property("scrollTop", at)
    step(page, settled, "j")
    expect(heading(page)).to_be_in_viewport(ratio=1)
    to_the_foot(page)
    step(page, settled, "k")
    expect(heading(page)).to_be_in_viewport(ratio=1)


def is_high(page):
    """Whether the head stands in the upper third of the window, so that the ticket is seen and not only its title."""
    return page.evaluate(
        "() => document.querySelector('.st-key-queue_ticket h2').getBoundingClientRect().bottom <= innerHeight / 3"
    )


@pytest.mark.parametrize(("width", "height"), [(960, 1000), (390, 1100)])
def test_where_the_list_stands_above_the_ticket_a_step_shows_more_than_its_title(
    width, height, demo_desk, page, settled
):
    page.set_viewport_size({"width": width, "height": height})
    opened(page, settled, f"{demo_desk}/queue?view=all&sort=newest")
    assert not is_high(page)
    step(page, settled, "j")
    expect(page.get_by_test_id("stMain")).not_to_have_js_property("scrollTop", 0)
    assert is_high(page)


@pytest.mark.parametrize(("width", "height"), [(960, 1000), (390, 844)])
def test_a_link_to_a_ticket_shows_the_ticket_where_the_list_stands_above(width, height, demo_desk, page, settled):
    page.set_viewport_size({"width": width, "height": height})
    opened(page, settled, f"{demo_desk}/queue?view=all&sort=newest")
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollTop") == 0
    page.goto(page.url)  # it names the ticket by now
    expect(page.get_by_test_id("stMain")).not_to_have_js_property("scrollTop", 0)
    settled(page)
    assert is_high(page)


def test_the_list_stays_beside_a_long_ticket(demo_desk, page, settled):
    opened(page, settled, f"{demo_desk}/queue?view=all&sort=newest")
    to_the_foot(page)
    table = page.locator(".st-key-queue_list").get_by_test_id("stDataFrame")
    expect(table).to_be_in_viewport(ratio=1)
    before = page.url
    table.click(position={"x": 200, "y": 130})
    moved(page, settled, before)
    expect(table).to_be_in_viewport(ratio=1)


def test_whoever_selects_by_key_sees_how_many_are_selected(demo_desk, page, settled):
    page.set_viewport_size({"width": 720, "height": 450})
    opened(page, settled, f"{demo_desk}/queue?view=all&sort=newest")
    bar = page.locator(".st-key-queue_bulk_bar")
    for key, said in (("b", "0 tickets selected"), ("Shift+X", "100 tickets selected")):
        to_the_foot(page)
        page.keyboard.press(key)
        expect(bar.get_by_text(said, exact=True)).to_be_in_viewport()
        settled(page)


def test_a_template_that_is_chosen_by_key_is_written_on_in_the_box(demo_desk, page, settled):
    opened(page, settled, f"{demo_desk}/queue?view=unassigned")
    box = page.get_by_placeholder("Write to the buyer")
    page.locator(".st-key-queue_composer").get_by_role("button", name="Template").press("Enter")
    expect(page.get_by_role("menu")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=menuitem]:focus")).to_be_attached()
    page.keyboard.press("Enter")
    expect(box).to_be_focused()
    expect(box).not_to_have_value("")


def test_a_contact_that_was_opened_is_shown_though_the_list_stands_above(demo_desk, page, settled):
    page.set_viewport_size({"width": 960, "height": 1000})
    opened(page, settled, f"{demo_desk}/queue?view=all&sort=oldest")
    page.get_by_role("button", name="New contact").click()
    form = page.get_by_role("dialog")
    form.get_by_role("radio", name="Phone").click()
    form.get_by_role("textbox", name="Order or parcel number").fill("00000513-0081")
    form.get_by_role("textbox", name="Order or parcel number").press("Tab")
    expect(form.get_by_text("Order 00000513-0081")).to_be_visible()
    form.get_by_role("combobox", name="Category").click()
    page.get_by_role("option", name="Product quality").click()
    form.get_by_role("textbox", name="What the buyer says").fill("It hums.")
    form.get_by_role("button", name="Open the ticket").click()
    expect(form).to_be_hidden()
    settled(page)
    expect(page.get_by_test_id("stMain")).not_to_have_js_property("scrollTop", 0)
    assert is_high(page)


def test_a_click_in_the_list_leaves_the_list_where_it_is(demo_desk, page, settled):
    page.set_viewport_size({"width": 960, "height": 1000})
    opened(page, settled, f"{demo_desk}/queue?view=all&sort=newest")
    before = page.url
    page.locator(".st-key-queue_list").get_by_test_id("stDataFrame").click(position={"x": 200, "y": 130})
    moved(page, settled, before)
    expect(page.get_by_test_id("stMain")).to_have_js_property("scrollTop", 0)


def test_a_step_brings_the_row_of_its_ticket_into_the_list(demo_desk, page, settled):
    opened(page, settled, f"{demo_desk}/queue?view=all&sort=newest")
    rows = page.locator(".st-key-queue_list .dvn-scroller")
    rows.evaluate("rows => rows.scrollTo(0, rows.scrollHeight)")
    assert rows.evaluate("rows => rows.scrollTop") > 1000
    step(page, settled, "j")
    expect(rows).to_have_js_property("scrollTop", 37)  # the second row is the first that is seen


def test_where_play_goes_on_the_head_is_shown_and_the_toast_names_the_ticket_that_was_left(demo_desk, page, settled):
    page.set_viewport_size({"width": 960, "height": 600})
    opened(page, settled, f"{demo_desk}/queue?view=ours&sort=oldest")
    box = page.get_by_placeholder("Write to the buyer")
    reply = page.locator(".st-key-queue_actions").get_by_role("button", name=re.compile("^Reply"))
    while not (box.is_visible() and reply.is_visible()):  # one that a reply moves on
        step(page, settled, "j")
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Playing")).to_be_visible()
    settled(page)
    number = re.search(r"ticket=(\d+)", page.url)[1]
    box.fill("We have asked the warehouse.")
    expect(heading(page)).not_to_be_in_viewport()  # the composer is brought into sight while one writes
    box.press("Alt+Enter")
    expect(page.get_by_test_id("stToast").get_by_text(f"Ticket {number} · Sent")).to_be_visible()
    expect(page).not_to_have_url(re.compile(rf"ticket={number}\b"))
    settled(page)
    expect(heading(page)).to_be_in_viewport(ratio=1)


def test_next_under_a_finger_stays_under_it(demo_desk, page, settled):
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, settled, f"{demo_desk}/queue?view=all&sort=newest")
    before = page.url
    following = page.locator(".st-key-queue_next button")
    following.click()
    moved(page, settled, before)
    expect(following).to_be_in_viewport()


def test_another_list_is_one_step_of_the_history_and_back_shows_the_one_before_with_its_ticket(
    demo_desk, page, settled
):
    opened(page, settled, f"{demo_desk}/queue?view=open")
    step(page, settled, "j")
    before, steps = page.url, page.evaluate("history.length")
    title = heading(page).inner_text()
    page.locator(".st-key-queue_view").get_by_role("radio", name=re.compile("^Mine")).click()
    expect(page).to_have_url(re.compile(r"view=mine&ticket=\d+|ticket=\d+&view=mine"))
    settled(page)
    box = page.get_by_placeholder("Number, order, tracking")
    box.fill("no ticket has this")
    box.press("Enter")
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    settled(page)
    assert page.evaluate("history.length") == steps + 2
    page.go_back()
    expect(page).to_have_url(re.compile(r"view=mine\b"))
    expect(page.get_by_text("Nothing matches")).to_have_count(0)
    settled(page)
    page.go_back()
    expect(page).to_have_url(before)
    settled(page)
    expect(heading(page)).to_have_text(title)


@pytest.mark.parametrize("width", [1440, 960, 390])
def test_the_reasons_of_an_act_on_many_are_read_in_full(width, demo_desk, page, settled):
    page.set_viewport_size({"width": width, "height": 900})
    opened(page, settled, f"{demo_desk}/queue?view=all&sort=newest")
    page.keyboard.press("b")
    expect(page.get_by_text("0 tickets selected", exact=True)).to_be_visible()
    settled(page)
    page.keyboard.press("Shift+X")
    expect(page.get_by_text("100 tickets selected", exact=True)).to_be_visible()
    settled(page)
    page.keyboard.press("Shift+A")
    page.get_by_role("menuitem", name="Whoever has the fewest").click()
    table = page.locator(".st-key-queue_bulk_foreseen").get_by_test_id("stTable")
    expect(table.get_by_text("has the fewest open tickets").first).to_be_visible()
    cut = "table => [...table.querySelectorAll('td, td *')].filter(cell => cell.scrollWidth > cell.clientWidth + 1"
    cut += " && getComputedStyle(cell).display !== 'inline').length"
    assert table.evaluate(cut) == 0
    assert table.evaluate("table => table.scrollWidth - table.clientWidth") <= 0
    table.focus()  # it is higher than its place
    expect(table).to_be_focused()


def test_the_definitions_of_a_ticket_are_folded_away_until_one_is_asked_for(demo_desk, page, settled):
    opened(page, settled, f"{demo_desk}/queue?view=open")
    definition = page.locator(".st-key-queue_definitions h3", has_text="Targets")
    expect(definition).to_be_hidden()
    page.locator(".st-key-queue_service").get_by_test_id("stTooltipHoverTarget").first.hover()
    page.get_by_role("tooltip").get_by_role("link").first.click()
    expect(definition).to_be_in_viewport()
