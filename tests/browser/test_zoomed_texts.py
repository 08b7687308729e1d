"""At 200 % zoom of a usual screen the parts of a ticket stand one under the other, and no name is cut."""

import pytest

from pages.shared.navigation import PLACES

ZOOMED = [(720, 450), (960, 600)]  # 1440 by 900 and 1920 by 1200
USUAL = [(1280, 720), (1440, 900)]
TICKETS = ("queue?view=overdue", "queue?view=due_soon", "queue?view=platform", "queue?view=settled")
PAGES = tuple(place.url_path for place in PLACES)
CUT = """() => [...document.querySelectorAll(
  ".stMarkdownBadge, button, summary, a, .stMarkdownEllipsis, .stMarkdownEllipsis p, [data-testid=stPageLink] span"
)].filter(element => element.closest("[data-testid=stMain]") && element.innerText && element.checkVisibility()
  && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1
).map(element => [element.innerText, element.clientWidth, element.scrollWidth])"""


def left_and_width(page, key):
    box = page.locator(f".st-key-{key}").bounding_box()
    return round(box["x"]), round(box["width"])


def unfold(page, settled):
    """Open what is folded."""
    for summary in page.locator("[data-testid=stExpander] summary").all():
        summary.click()
        settled(page)


def cut_at(sizes, page, settled):
    """What is cut in a window of each size."""
    cut = {}
    for size in sizes:
        page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        settled(page)
        if found := page.evaluate(CUT):
            cut[size] = found
    return cut


@pytest.mark.parametrize("address", TICKETS)
def test_no_badge_button_or_link_of_a_ticket_is_cut(address, shown_desk, page, settled):
    page.goto(f"{shown_desk}/{address}")
    page.wait_for_url("**ticket=*")
    settled(page)
    assert cut_at(USUAL, page, settled) == {}
    unfold(page, settled)
    assert cut_at(ZOOMED, page, settled) == {}


@pytest.mark.parametrize("address", PAGES)
def test_no_badge_button_or_link_is_cut_at_200_percent(address, shown_desk, page, settled):
    page.goto(f"{shown_desk}/{address}")
    settled(page)
    page.get_by_role("heading", level=1).wait_for()
    settled(page)
    unfold(page, settled)
    assert cut_at(ZOOMED, page, settled) == {}


def test_list_ticket_and_cards_stand_under_one_another_where_it_is_narrow(shown_desk, page, settled):
    page.set_viewport_size({"width": 720, "height": 450})
    page.goto(f"{shown_desk}/queue?view=open")
    page.wait_for_url("**ticket=*")
    settled(page)
    assert left_and_width(page, "queue_list") == left_and_width(page, "queue_ticket")
    assert left_and_width(page, "queue_conversation") == left_and_width(page, "queue_ticket")
    page.set_viewport_size({"width": 960, "height": 600})
    assert left_and_width(page, "queue_list") == left_and_width(page, "queue_ticket")
    assert left_and_width(page, "queue_conversation")[1] > 480
    page.set_viewport_size({"width": 1440, "height": 900})
    assert left_and_width(page, "queue_ticket")[0] > left_and_width(page, "queue_list")[0]
