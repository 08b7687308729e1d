"""A desk on a file of its own, and a visit to one of its pages, for the tests of the pages."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from shutil import copytree
from time import monotonic

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner_utils import script_requests
from streamlit.runtime.state import SafeSessionState
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data import clock
from data.opening import OpenDesk
from pages.shared import access
from tests.new_desks import lay_new_desk, new_desk

sys.path.insert(0, str(Path(__file__).parent))

import desk_builders

SECONDS = 180  # for one run of a page on a busy machine
FRESH_SECONDS = 20  # how long the tests share what is now, and so a filled desk: much less than a page shows of a time
Visit = Callable[..., AppTest]
Filled = Callable[[datetime], Path]


@pytest.fixture(scope="session", autouse=True)
def _installed_once() -> Iterator[None]:
    """Look through the installed packages for components once, not for every page: a fifth of what a visit costs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def now() -> datetime:
    return _instant(int(monotonic() // FRESH_SECONDS))


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """The folder of a desk that was filled as of an instant and closed: a copy of it is opened at once."""

    @lru_cache(maxsize=1)
    def folder(now: datetime) -> Path:
        folder = tmp_path_factory.mktemp("filled")
        with closing(new_desk(folder / "desk.duckdb")) as opened:
            desk_builders.fill(opened, now)
        return folder

    return folder


@pytest.fixture
def empty_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenDesk]:
    """The process's desk: a new file without a ticket."""
    lay_new_desk(tmp_path / "desk.duckdb")
    yield from _opened(tmp_path, monkeypatch)


@pytest.fixture
def desk(now: datetime, filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenDesk]:
    """The process's desk with the tickets that `desk_builders.fill` makes."""
    copytree(filled(now), tmp_path, dirs_exist_ok=True)
    yield from _opened(tmp_path, monkeypatch)


@pytest.fixture
def visit(root: Path) -> Visit:
    """Open a page as a browser would: `visit("queue", ticket="3")`; without a page the desk's own address."""

    def open_page(url_path: str = "", **query: str) -> AppTest:
        page = AppTest.from_file(str(root / "pages" / "main.py"), default_timeout=SECONDS)
        if url_path:
            page._page_hash = calc_hash(url_path)
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    return open_page


@lru_cache(maxsize=1)
def _instant(_period: int) -> datetime:
    return clock.now().replace(microsecond=0)


def _opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenDesk]:
    monkeypatch.setenv("DESK_DATABASE", str(folder / "desk.duckdb"))
    access.close()
    yield access.desk()
    access.close()


@pytest.fixture
def interruptible(monkeypatch) -> None:
    """Callbacks as Streamlit runs them, whatever another test of this process did; put back at the end."""
    for owner, name in ((SafeSessionState, "on_script_will_rerun"), (script_requests, "_coalesce_widget_states")):
        own = getattr(owner, name)
        monkeypatch.setattr(owner, name, getattr(own, "__wrapped__", own))
