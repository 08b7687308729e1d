"""Keeps what the figures need of the log in tables of its own, so that a question reads tickets and not events.

The definitions are the macros `log_..._of` of `sql/marts`; what is kept is their answer up to the position that the
setting `kept_up_to` names. The macros `int_...` read what is kept and, for newer events, the log: right at any moment.
Their namesakes in the schemas `kept` and `present` leave out what cannot be there: planning is half of a question's
time.
"""

from datetime import datetime

import duckdb

from data.commits import run, value_of
from data.database import Database

KEPT = ("tickets", "stretches", "decisions", "journeys")
WATERMARK = "kept_up_to"


def refresh(database: Database) -> int:
    """Bring what is kept up to the newest event in one transaction; how many tickets had changed since the last time.

    Asks without the writer's lock whether there is anything to do, so an idle desk is not held up.
    """
    if database.read("keeping/is_kept")[0][0]:
        return 0
    with database.writing() as cursor:
        return keep(cursor)


def shorten(database: Database, cursor: duckdb.DuckDBPyConnection, as_of: datetime) -> bool:
    """Let the marts of `cursor` read as little as is right as of then; whether nothing happened since.

    Holds for the open transaction of `cursor` alone, in which nothing of others appears.
    """

    def look() -> tuple[bool, bool]:
        return run(cursor, "keeping/paths", {"as_of": as_of})[0]

    is_kept, is_present = database.recall(("paths", as_of), look)
    path = "present,kept,main" if is_present else "kept,main" if is_kept else "main"
    cursor.execute(f"set search_path = '{path}'")
    return is_present


def rebuild(database: Database) -> int:
    """Forget what is kept and make it anew from the whole log; how many tickets there are."""
    with database.writing() as cursor:
        _empty(cursor)
        return keep(cursor)


def keep(cursor: duckdb.DuckDBPyConnection) -> int:
    """What `refresh` does, within the open transaction of `cursor`: its own events are kept, too."""
    is_whole = not run(cursor, "store/setting", {"key": WATERMARK})
    if is_whole:
        _empty(cursor)
    run(cursor, "keeping/make_changed_tickets")
    changed = value_of(cursor, "keeping/changed_count", {})
    if changed:
        part = "whole" if is_whole else "changed"
        run(cursor, f"keeping/make_{part}_log")
        run(cursor, "keeping/number_states")
        for table in KEPT:
            run(cursor, f"keeping/forget_{table}")
            run(cursor, f"keeping/keep_{table}")
        # What Python derives of the changed tickets has its place here: `changed_tickets` and `changed_log` stand.
        run(cursor, f"keeping/drop_{part}_log")
    run(cursor, "keeping/save_watermark")
    return changed


def _empty(cursor: duckdb.DuckDBPyConnection) -> None:
    for table in KEPT:
        run(cursor, f"keeping/empty_{table}")
    run(cursor, "keeping/drop_watermark")
