"""A desk on a file of its own, and a visit to one of its pages, for the tests of the pages."""

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data import clock
from data.opening import OpenDesk
from pages.shared import access
from tests.new_desks import lay_new_desk

sys.path.insert(0, str(Path(__file__).parent))

import desk_builders

SECONDS = 180  # for one run of a page on a busy machine
Visit = Callable[..., AppTest]


@pytest.fixture
def now() -> datetime:
    return clock.now().replace(microsecond=0)


@pytest.fixture
def empty_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenDesk]:
    """The process's desk: a new file without a ticket."""
    monkeypatch.setenv("DESK_DATABASE", str(tmp_path / "desk.duckdb"))
    access.close()
    lay_new_desk(tmp_path / "desk.duckdb")
    yield access.desk()
    access.close()


@pytest.fixture
def desk(empty_desk: OpenDesk, now: datetime) -> OpenDesk:
    """The process's desk with the tickets that `desk_builders.fill` makes."""
    desk_builders.fill(empty_desk, now)
    return empty_desk


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
