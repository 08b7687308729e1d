"""What every test may ask for."""

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
RULES = {TESTS / "workflow", TESTS / "contract"}


def pytest_itemcollected(item):
    """Mark as `traced` what must reach every branch of workflow/: its tests, but for those that chance leads."""
    if RULES & set(item.path.parents) and not item.get_closest_marker("no_cover"):
        item.add_marker(pytest.mark.traced)


def pytest_collection_modifyitems(items):
    """Let what chance leads go right after the browser tests: it is long, and last it would keep one core waiting."""
    items.sort(key=lambda item: not (item.get_closest_marker("no_cover") or TESTS / "browser" in item.path.parents))


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return Path(__file__).resolve().parent.parent
