"""What Axe finds on a page that keeps somebody from using it."""

from axe_playwright_python.sync_playwright import Axe

GRAVE = {"serious", "critical"}
OPTIONS = {"resultTypes": ["violations"]}  # every rule is tried; what it passed is not listed


def grave(page) -> list[str]:
    """What is serious now and a moment later: a colour that is on its way to another is not."""
    found: list[str] = []
    for _ in range(3):
        violations = Axe().run(page, options=OPTIONS).response["violations"]
        found = [f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in violations if item["impact"] in GRAVE]
        if not found:
            break
        page.wait_for_timeout(1_000)
    return found
