"""From the tooltip of a card to the definition at the foot of its page, in a real browser."""

from playwright.sync_api import expect


def test_a_card_leads_to_the_definitions_that_it_goes_by(demo_desk, page, settled):
    page.goto(f"{demo_desk}/response-times?period=90d")
    settled(page)
    definition = page.get_by_role("heading", name="Log-rank")
    expect(definition).not_to_be_in_viewport()
    page.locator(".st-key-response_times_survival").get_by_test_id("stTooltipHoverTarget").first.hover()
    page.get_by_role("tooltip").get_by_role("link", name="Log-rank").click()
    expect(definition).to_be_in_viewport()
