"""Proves that the desk's file is whole: the present is what the log says, and everything that is named exists.

Reads only. Statements under `sql/check` give no row where all is well; only tickets with effects are replayed here.
"""

from collections.abc import Iterator

import duckdb

from data.blobs import Blobs
from data.case_files import rows_of
from data.check_files import check_files, check_keys
from data.check_findings import Difference, text
from data.check_replay import check_replay
from data.check_shelf import check_shelf
from data.check_targets import check_targets
from data.commits import run
from data.database import Database
from data.search_index import expect_words
from data.store import evidence_root

__all__ = ["Difference", "check"]

_MAKING = ("make_odd_steps", "make_named_records", "make_kept_records")
_STATEMENTS = (
    "log",
    "positions",
    "chain",
    "visits",
    "moments",
    "balls",
    "lifecycles",
    "lifecycle_rows",
    "identities",
    "references",
    "named_records",
    "split_messages",
    "links",
    "recorded_merges",
    "undone_merges",
    "policies",
    "records",
    "profiles",
    "kept_tickets",
    "kept_stretches",
    "kept_decisions",
    "kept_journeys",
    "ticket_words",
    "record_words",
)


def check(database: Database) -> list[Difference]:
    """Every difference between the log, the present and what they name, then notes; an empty list where all is well."""
    with database.reading() as cursor:
        found = list(check_shelf(cursor))
        for name in _MAKING:
            run(cursor, f"check/{name}")
        expect_words(cursor)
        found += [difference for name in _STATEMENTS for difference in _rows(cursor, f"check/{name}")]
        found += check_replay(cursor)
        found += check_files(cursor, Blobs(evidence_root(database.path)))
        keys = rows_of(cursor, "check/sampled_keys", {})
    found += check_keys(database, keys)
    found += check_targets(database)
    return sorted(found, key=lambda item: (item.is_note, item.number is None, item.number or 0))


def _rows(cursor: duckdb.DuckDBPyConnection, query: str) -> Iterator[Difference]:
    for number, place, stored, expected in run(cursor, query):
        yield Difference(number=number, place=place, stored=text(stored), expected=text(expected))
