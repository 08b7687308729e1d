"""A browser keeps what its fields hold: what was carried out is put back there, and pressed twice it is done once."""

from playwright.sync_api import expect


def test_a_split_pressed_twice_opens_one_ticket_and_puts_the_choice_back(demo_desk, page, settled):
    page.goto(f"{demo_desk}/queue?view=unassigned")
    page.wait_for_url("**ticket=*")
    settled(page)
    page.locator(".st-key-queue_pairs").get_by_role("button", name="Merge, link or split").click()
    form = page.locator("[data-testid=stPopoverBody]")
    form.get_by_role("combobox", name="Messages that are another issue").click()
    page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    split = form.get_by_role("button", name="Split off")
    expect(split).to_be_enabled()
    split.dblclick()
    expect(page.locator(".st-key-queue_linked").get_by_text("Related: ticket")).to_have_count(1)
    settled(page)
    if not form.is_visible():
        page.locator(".st-key-queue_pairs").get_by_role("button", name="Merge, link or split").click()
    expect(split).to_be_disabled()
    form.get_by_role("textbox", name="Number of the other ticket").fill("1")
    form.get_by_role("textbox", name="Number of the other ticket").press("Enter")
    settled(page)
    expect(split).to_be_disabled()
    expect(page.locator(".st-key-queue_linked").get_by_text("Related: ticket")).to_have_count(1)
