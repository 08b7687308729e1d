"""Holds the files beside the desk against the rows that name them, and tries the keys of tickets and events."""

from collections.abc import Iterator, Sequence

import duckdb

from data.blobs import Blobs
from data.check_findings import Difference
from data.commits import run
from data.database import Database
from data.rows import Row


def check_files(cursor: duckdb.DuckDBPyConnection, blobs: Blobs) -> Iterator[Difference]:
    """Files that are missing or whose bytes are not those of their name; notes of those that no ticket names."""
    named: set[str] = set()
    for content_hash, size_bytes, number in run(cursor, "check/evidence_files"):
        named.add(content_hash)
        stored = blobs.fault(content_hash, size_bytes)
        if stored:
            place = f"evidence file {content_hash}"
            yield Difference(number=number, place=place, stored=stored, expected=f"whole, {size_bytes} bytes")
    kept = {blobs.path(content_hash) for content_hash in named}
    for path in blobs.files():
        if path not in kept:
            place = f"evidence file {path.relative_to(blobs.root).as_posix()}"
            stored = f"left over ({path.stat().st_size} bytes)"
            yield Difference(number=None, place=place, stored=stored, expected="a ticket that names it", is_note=True)


def check_keys(database: Database, keys: Sequence[Row]) -> Iterator[Difference]:
    """Keys that do not find what a scan finds, or do not refuse it a second time."""
    for key in keys:
        ticket = {"ticket_id": key["ticket_id"]}
        found = database.read("check/look_up_ticket", ticket)[0][0]
        if found != 1:
            yield Difference(
                number=None, place=f"the key of ticket {key['ticket_id']}", stored=f"{found} rows", expected="1 row"
            )
        if not database.refuses("check/insert_ticket_again", ticket):
            yield _open_key(f"the key of ticket {key['ticket_id']}")
        if not database.refuses("check/insert_again", key):
            yield _open_key(f"the key of event {key['seq']} of ticket {key['ticket_id']}")


def _open_key(place: str) -> Difference:
    return Difference(number=None, place=place, stored="open to a second row", expected="taken")
