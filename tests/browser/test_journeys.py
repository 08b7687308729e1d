"""What a person does from the first start on, in a real browser."""

import re

from playwright.sync_api import expect

from pages.queue.rows import HEIGHT

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645"
    "400000000049454e44ae426082"
)
DEMO_MILLISECONDS = 300_000  # on a busy machine; ten seconds on a free one


def test_from_the_first_start_to_a_ticket_that_was_answered(desk_server, page, settled):
    page.goto(desk_server())
    settled(page)
    expect(page.get_by_role("heading", name="Welcome to Marketdesk")).to_be_visible()
    page.get_by_role("button", name="Load the demo").click()
    expect(page.get_by_test_id("stAlert").first).to_be_visible(timeout=DEMO_MILLISECONDS)  # done, or why not
    page.get_by_role("button", name="To the queue").click()
    settled(page)
    expect(page.get_by_text("Synthetic data.")).to_be_visible()
    page.get_by_text("Unassigned", exact=False).first.click()
    page.wait_for_url("**view=unassigned*ticket=*")
    settled(page)
    number = page.url.rpartition("ticket=")[2]
    diagram = page.get_by_role("group", name=f"States of ticket {number}")
    expect(diagram.get_by_role("img", name="Awaiting seller reply: the ticket is here")).to_be_visible()
    settled(page)
    page.get_by_placeholder("Write to the buyer").press_sequentially("We are asking and write again tomorrow.")
    settled(page)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(diagram.get_by_role("img", name="Awaiting buyer reply: the ticket is here")).to_be_visible()
    expect(page.get_by_role("list", name="History of ticket")).to_contain_text("We are asking and write")


def test_a_step_of_the_diagram_opens_the_form_of_its_action(demo_desk, page, settled):
    page.goto(f"{demo_desk}/queue?view=unassigned")
    settled(page)
    step = page.get_by_role("button", name="Resolved: Resolve")
    step.focus()
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog")
    expect(form.get_by_text("How it ended")).to_be_visible()
    form.get_by_role("button", name="Resolve").click()
    expect(form.get_by_text("How it ended is missing.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()


def test_a_new_contact_with_evidence_becomes_a_ticket(demo_desk, page, settled):
    page.goto(f"{demo_desk}/queue")
    settled(page)
    page.get_by_role("button", name="New contact").click()
    form = page.get_by_role("dialog")
    form.get_by_role("radio", name="Phone").click()
    form.get_by_role("textbox", name="Order or parcel number").fill("00000513-0081")
    form.get_by_role("textbox", name="Order or parcel number").press("Tab")
    expect(form.get_by_text("Order 00000513-0081")).to_be_visible()
    form.get_by_role("combobox", name="Category").click()
    page.get_by_role("option", name="Product quality").click()
    form.get_by_role("textbox", name="What the buyer says").fill("<b>It hums</b> and **glows**.")
    form.locator("input[type=file]").set_input_files({"name": "hum.png", "mimeType": "image/png", "buffer": PNG})
    expect(form.get_by_text("hum.png")).to_be_visible()
    form.get_by_role("button", name="Open the ticket").click()
    expect(form).to_be_hidden()
    settled(page)
    expect(page.get_by_role("list", name="History of ticket")).to_contain_text("<b>It hums</b> and **glows**.")
    evidence = page.locator(".st-key-queue_evidence")
    expect(evidence).to_contain_text("hum.png")
    evidence.get_by_role("button", name="Show").click()
    expect(page.locator("[data-testid=stImage] img")).to_have_js_property("naturalWidth", 1)


def test_the_keyboard_moves_down_and_up_the_queue(demo_desk, page, settled):
    page.goto(f"{demo_desk}/queue")
    expect(ticket(page)).to_contain_text(f"No. {number_in_row(page, 1)}")
    settled(page)
    page.keyboard.press("j")
    expect(ticket(page)).to_contain_text(f"No. {number_in_row(page, 2)}")
    settled(page)
    page.keyboard.press("k")
    expect(ticket(page)).to_contain_text(f"No. {number_in_row(page, 1)}")


def test_a_click_anywhere_in_a_row_chooses_its_ticket(demo_desk, page, settled):
    page.goto(f"{demo_desk}/queue")
    expect(ticket(page)).to_be_visible()
    settled(page)
    page.locator("[data-testid=stDataFrame] .dvn-scroller").click(position={"x": 200, "y": 33 + 2 * HEIGHT + 18})
    expect(ticket(page)).to_contain_text(f"No. {number_in_row(page, 3)}")
    expect(page).to_have_url(re.compile(rf"ticket={number_in_row(page, 3)}\b"))


def test_an_agent_does_the_whole_errand_on_a_phone(demo_desk, page, settled):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{demo_desk}/queue?view=unassigned")
    settled(page)
    expect(ticket(page).get_by_role("heading", level=2)).to_be_in_viewport()
    take = ticket(page).get_by_role("button", name="Assign to me")
    take.click()
    expect(take).to_be_hidden()
    settled(page)
    page.get_by_placeholder("Only the desk sees this").or_(page.get_by_placeholder("Write to the buyer")).first.fill(
        "We look into it today."
    )
    page.get_by_role("button", name="Send", exact=True).or_(page.get_by_role("button", name="Save note")).first.click()
    expect(page.get_by_role("list", name="History of ticket")).to_contain_text("We look into it today.")


def test_a_follow_up_of_a_settled_ticket_leads_back_to_it(demo_desk, page, settled):
    page.goto(f"{demo_desk}/queue?view=settled")
    settled(page)
    page.wait_for_url("**ticket=*")
    earlier = page.url.rpartition("=")[2]
    page.get_by_role("button", name="Open a follow-up").click()
    form = page.get_by_role("dialog")
    form.get_by_role("textbox", name="What the buyer says").fill("It is broken again.")
    form.get_by_role("button", name="Open the ticket").click()
    expect(form).to_be_hidden()
    settled(page)
    page.get_by_role("link", name=f"Follow-up of: ticket {earlier}").click()
    expect(ticket(page)).to_contain_text(f"No. {earlier}")
    expect(page.locator(".st-key-queue_linked")).to_contain_text("Follow-up: ticket")


def test_a_category_that_may_not_change_any_more_is_refused_with_its_sentence(demo_desk, page, settled):
    page.goto(f"{demo_desk}/queue?view=settled")
    expect(ticket(page)).to_be_visible()
    settled(page)
    ticket(page).get_by_role("button", name="Category").click()
    page.get_by_role("menuitem").first.click()
    expect(page.get_by_test_id("stAlert").first).to_contain_text("“Change the category” is not possible on ticket")


def ticket(page):
    return page.locator(".st-key-queue_ticket")


def number_in_row(page, row):
    """What the list tells a screen reader of a row; the heads are row 1 to it."""
    cell = f"[data-testid=stDataFrame] tr[aria-rowindex='{row + 1}'] [aria-colindex='1']"
    return page.locator(cell).text_content()
