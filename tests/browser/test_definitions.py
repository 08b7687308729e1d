"""From the tooltip of a card to the definition at the foot of its page, in a real browser."""

from playwright.sync_api import TimeoutError as LateError
from playwright.sync_api import expect


def test_a_card_leads_to_the_definitions_that_it_goes_by(shown_desk, page, settled):
    page.goto(f"{shown_desk}/response-times?period=90d")
    settled(page)
    definition = page.get_by_role("heading", name="Log-rank")
    expect(definition).not_to_be_in_viewport()
    mark = page.locator(".st-key-response_times_survival").get_by_test_id("stTooltipHoverTarget").first
    link = page.get_by_role("tooltip").get_by_role("link", name="Log-rank")
    for _ in range(5):  # while charts above it are still drawn, the mark moves away from under the pointer
        page.mouse.move(0, 0)
        mark.hover()
        try:
            link.click(timeout=5_000)
        except LateError:
            continue
        break
    expect(definition).to_be_in_viewport()
