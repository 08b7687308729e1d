"""Every page in every light and at every width: accessible, never wider than the window, no request to a stranger."""

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = ("queue", "queue?view=settled", "response-times", "policies", "replies", "issue-categories", "start")
GRAVE = {"serious", "critical"}


def grave(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in found if item["impact"] in GRAVE]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("url_path", PAGES)
def test_axe_finds_nothing_serious(url_path, scheme, demo_desk, page, settled):
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{demo_desk}/{url_path}")
    settled(page)
    page.get_by_role("heading", level=1).wait_for()
    assert grave(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_form_of_a_new_contact(scheme, demo_desk, page, settled):
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{demo_desk}/queue")
    settled(page)
    page.get_by_role("button", name="New contact").click()
    page.get_by_role("dialog").get_by_text("What the buyer says").wait_for()
    settled(page)
    assert grave(page) == []


@pytest.mark.parametrize("url_path", PAGES)
def test_a_phone_never_scrolls_sideways_and_nobody_else_is_asked(url_path, demo_desk, page, settled):
    strangers = []
    page.on("request", lambda request: strangers.append(request.url) if _is_strange(request.url, demo_desk) else None)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{demo_desk}/{url_path}")
    settled(page)
    page.get_by_role("heading", level=1).wait_for()
    wide = "Math.max(document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth)"
    assert page.evaluate(wide) <= 390
    assert strangers == []


def _is_strange(url: str, address: str) -> bool:
    return not url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))
