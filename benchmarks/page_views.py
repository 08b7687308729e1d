"""How long the SQL of whole page views takes on a large desk: the pages themselves, run as the browser makes them run.

usage: python benchmarks/page_views.py [--tickets 1000000] [--folder FOLDER] [--statements]

The desk is that of page_queries.py. Prints, for the last 90 days and for the whole history, the median over the views
of the time within DuckDB (planning, running and fetching), its ratio to a scan of the kept tickets, how many statements
that is, and the time of the whole run. Nothing is cached from one view to the next, but for what a server finds out at
its start: which installed packages bring components of Streamlit. `--statements` lists each one.
Exit 1 where the SQL of a view takes more than 250 ms, of a list of the queue 200 ms, or 1.5 s for the whole history.
"""

import argparse
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the desk's own folder

import streamlit as st
from page_queries import END, RUNS, SCANS, fill, seconds
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data import clock
from data.database import Database
from data.keeping import refresh
from data.selection import QueueView
from data.service.kept import keep_up
from data.service.shelf import rulebook, seed_service_levels
from pages.shared import access

VIEWS = {
    "response-times": ({"period": "90d"}, {"period": "all"}),
    "issue-categories": ({"period": "90d"}, {"period": "all"}),
    "deadlines": ({},),
    "live": ({},),
    "queue": tuple({"view": name.value} for name in QueueView),
}
# So that each list of the queue has tickets: of every twenty one is nobody's and one is that of whoever looks.
HANDED_OUT = """
insert or replace into agents values ('local', 'Local agent', 'seller_agent', 'team_1', true);
update tickets
set
    assignee_id = case number % 20 when 0 then '' when 1 then 'local' else assignee_id end,
    ball = if(state_kind = 'waiting' and number % 2 = 0, 'buyer', ball);
"""
VIEW_SECONDS = 300
MOST_SECONDS, MOST_LIST_SECONDS, MOST_WHOLE_SECONDS = 0.25, 0.2, 1.5
DAYS = timedelta(days=90)


@dataclass(kw_only=True)
class Watch:
    """The time that each statement took, by its name."""

    took: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @contextmanager
    def over(self, name: str) -> Iterator[None]:
        started = perf_counter()
        yield
        self.took[name].append(perf_counter() - started)

    @property
    def total(self) -> float:
        return sum(sum(times) for times in self.took.values())

    @property
    def count(self) -> int:
        return sum(len(times) for times in self.took.values())


class WatchedCursor:
    """A cursor whose work is timed until its rows are fetched."""

    def __init__(self, cursor: Any, watch: Watch) -> None:  # noqa: ANN401 - DuckDB's cursor is passed through
        self._cursor, self._watch, self._name = cursor, watch, ""

    def execute(self, query: Any, *parameters: Any) -> "WatchedCursor":  # noqa: ANN401
        self._name = " ".join((query if isinstance(query, str) else query.query).split())[:90]
        with self._watch.over(self._name):
            self._cursor.execute(query, *parameters)
        return self

    def sql(self, query: str, **named: Any) -> "WatchedRelation":  # noqa: ANN401
        """A relation, which is asked when its rows are wanted."""
        return WatchedRelation(self._cursor, self._watch, query, named)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        found = getattr(self._cursor, name)
        if not callable(found):
            return found

        def timed(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
            started = perf_counter()
            result = found(*arguments, **named)
            self._watch.took[self._name][-1:] = [(self._watch.took[self._name] or [0.0])[-1] + perf_counter() - started]
            return result

        return timed


class WatchedRelation:
    """The rows of a relation, timed from the planning on."""

    def __init__(self, cursor: Any, watch: Watch, query: str, named: dict[str, Any]) -> None:  # noqa: ANN401
        self._cursor, self._watch, self._query, self._named = cursor, watch, query, named

    def to_arrow_table(self) -> Any:  # noqa: ANN401
        with self._watch.over(" ".join(self._query.split())[:90]):
            return self._cursor.sql(self._query, **self._named).to_arrow_table()


@contextmanager
def watched() -> Iterator[Watch]:
    """Time everything that this process asks DuckDB."""
    watch, cursor_of = Watch(), Database._cursor  # noqa: SLF001 - the one door to DuckDB

    @contextmanager
    def cursor(self: Database) -> Iterator[WatchedCursor]:
        with cursor_of(self) as found:
            yield WatchedCursor(found, watch)

    with patch.object(Database, "_cursor", cursor):
        yield watch


def view(url_path: str, query: dict[str, str]) -> tuple[Watch, float]:
    """One visit; what it asked, and how long all of it took."""
    st.cache_resource.clear()
    st.cache_data.clear()
    access.desk().database.recalled.forget(None)
    page = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=VIEW_SECONDS)
    page._page_hash = calc_hash(url_path)  # noqa: SLF001 - as a browser that opens the address
    for name, value in query.items():
        page.query_params[name] = value
    with watched() as watch:
        started = perf_counter()
        page.run()
        took = perf_counter() - started
    assert not page.exception, page.exception[0].message
    return watch, took


def most_of(url_path: str, query: dict[str, str]) -> float:
    """What the SQL of a view may take, in seconds."""
    if url_path == "queue":
        return MOST_LIST_SECONDS
    return MOST_WHOLE_SECONDS if query.get("period") == "all" else MOST_SECONDS


def report(*, is_listed: bool) -> int:
    """Print a line for each view; how many take longer than they may."""
    misses = 0
    scan = seconds(lambda: access.desk().database.read(SCANS["tickets"], [END - DAYS]))
    print(f"{'page view':<34}{'SQL':>10}{'ratio':>8}{'statements':>12}{'whole run':>12}")
    for url_path, queries in VIEWS.items():
        for query in queries:
            view(url_path, query)
            views = [view(url_path, query) for _ in range(RUNS)]
            sql, run = median(watch.total for watch, _ in views), median(took for _, took in views)
            name = f"{url_path} {' '.join(query.values())}"
            is_held = sql <= most_of(url_path, query)
            misses += not is_held
            count = views[-1][0].count
            line = f"{name:<34}{sql * 1000:>7,.0f} ms{sql / scan:>8.1f}{count:>12}{run * 1000:>9,.0f} ms"
            print(line if is_held else f"{line}  NOT HELD", flush=True)
            if is_listed:
                listed = sorted(views[-1][0].took.items(), key=lambda item: -sum(item[1]))
                for text, times in listed:
                    print(f"    {sum(times) * 1000:>7,.1f} ms {sum(times) / scan:>6.1f} {len(times):>3}  {text}")
    return misses


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--statements", action="store_true")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = (arguments.folder or Path(folder)) / f"desk_{arguments.tickets}.duckdb"
        with Database.open(path) as database:
            if database.read("store/is_empty")[0][0]:
                fill(database, arguments.tickets)
                with database.writing() as cursor:
                    cursor.execute(HANDED_OUT)
            seed_service_levels(database, END)
            refresh(database)
            keep_up(database, rulebook(database))
        os.environ["DESK_DATABASE"] = str(path)
        clock.now = lambda: END
        found = cache(manifest_scanner.scan_component_manifests)
        with patch.object(manifest_scanner, "scan_component_manifests", found):
            misses = report(is_listed=arguments.statements)
        access.close()
    bounds = (MOST_SECONDS, MOST_LIST_SECONDS, MOST_WHOLE_SECONDS)
    most = "at most {:,.0f} ms of SQL, {:,.0f} ms for a list, {:,.0f} ms for the whole history".format(
        *(bound * 1000 for bound in bounds)
    )
    print(f"\n{most}: " + ("held by every view." if not misses else f"not held by {misses}."))
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
