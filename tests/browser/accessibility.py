"""What Axe finds on a page that keeps somebody from using it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

GRAVE = {"serious", "critical"}
GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 22, 28)"}
OPTIONS = {"resultTypes": ["violations"]}  # every rule is tried; what it passed is not listed


def grave(page) -> list[str]:
    """What is serious now and a moment later: a colour that is on its way to another is not."""
    found: list[str] = []
    for _ in range(3):
        is_loaded = page.evaluate("() => 'axe' in window")  # reading it takes half as long as asking it
        axe = Axe("null") if is_loaded else Axe()
        violations = axe.run(page, options=OPTIONS).response["violations"]
        found = [f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in violations if item["impact"] in GRAVE]
        if not found:
            break
        page.wait_for_timeout(1_000)
    return found


def grave_in_any_light(page) -> list[str]:
    """What is serious in the light and in the dark; it is light again then."""
    found = []
    for scheme in ("light", "dark"):
        _light(page, scheme)
        found += [f"{scheme}: {fault}" for fault in grave(page)]
    _light(page, "light")
    return found


def _light(page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", GROUNDS[scheme])
