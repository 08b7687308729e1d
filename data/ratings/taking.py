"""Takes ratings from a file into the log, all in one transaction and set-wise (DECISIONS: Satisfaction)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from data.commits import run, value_of
from data.database import Database
from data.importing.raw import Reject
from data.keeping import keep
from data.ratings.errors import RatingsRefusedError
from data.ratings.reading import read_ratings
from data.search_index import keep_words
from workflow.tickets import SYNC


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingsTaken:
    """What came of a file: new ratings (or what would be), first comments of known ones, what was known, what not."""

    taken_count: int
    tickets_count: int
    comments_count: int
    known_count: int
    rejects: tuple[Reject, ...]


def take_ratings(
    database: Database, file: Path, *, now: datetime, is_dry_run: bool = False, skip_rejects: bool = False
) -> RatingsTaken:
    """Bring the ratings of `file` into the log; `now` is naive UTC. The same file again adds nothing.

    A rating counts for a ticket that is resolved and was resolved by the rating's time; a known one takes its first
    comment. Any row that cannot be taken refuses the whole file (`RatingsRefusedError`) unless `skip_rejects`;
    `is_dry_run` only says what would happen.
    """
    rows = read_ratings(file, now)
    with _desk(database, is_dry_run=is_dry_run) as cursor:
        cursor.register("incoming", rows.table)
        run(cursor, "ratings/make_found")
        cursor.unregister("incoming")
        run(cursor, "ratings/make_judged")
        refused = (Reject(line=line, column="", reason=reason) for line, reason in run(cursor, "ratings/refused"))
        rejects = tuple(sorted((*rows.rejects, *refused), key=lambda reject: reject.line))
        if rejects and not (skip_rejects or is_dry_run):
            count = rows.table.num_rows + len(rows.rejects)
            raise RatingsRefusedError(file=file.name, rejects=rejects, row_count=count)
        ((taken_count, tickets_count, comments_count, known_count),) = run(cursor, "ratings/counts")
        if taken_count + comments_count and not is_dry_run:
            _write(cursor, taken_count + comments_count, now)
    return RatingsTaken(
        taken_count=taken_count,
        tickets_count=tickets_count,
        comments_count=comments_count,
        known_count=known_count,
        rejects=rejects,
    )


def _write(cursor: duckdb.DuckDBPyConnection, count: int, now: datetime) -> None:
    first = value_of(cursor, "store/reserve_positions", {"count": count})
    run(cursor, "ratings/add_events", {"first_position": first, "recorded_by": SYNC.id, "now": now})
    run(cursor, "ratings/add_messages", {"now": now})
    run(cursor, "ratings/update_tickets")
    keep_words(cursor)
    keep(cursor)


@contextmanager
def _desk(database: Database, *, is_dry_run: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """The writer's cursor, or a reader's where nothing is to be written."""
    with database.reading() if is_dry_run else database.writing() as cursor:
        yield cursor
