"""Plans what a staged log adds to the desk, and writes it: one transaction, or nothing (DECISIONS: Import).

Who is known is asked within that transaction, so no ticket and no row can come in between.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import duckdb

from data.commits import run, value_of
from data.importing.mapping import LogMapping
from data.importing.refusals import refuse_other_home
from data.search_index import keep_words
from workflow.lifecycle import Lifecycle
from workflow.vocabulary import EventKind, Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """What an import adds. `refused_count` are rows that the desk itself cannot take any more.

    Apart from them are those of the tickets `taken_over_numbers`, which the desk has taken over.
    """

    added_count: int
    new_ticket_count: int
    grown_ticket_count: int
    nonconforming_count: int
    refused_count: int
    taken_over_count: int
    taken_over_numbers: list[int]
    likely_double_count: int
    lifecycle_version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """The entry of an import in the desk's own list of them."""

    import_id: str
    file_name: str
    file_hash: str
    row_count: int
    known_count: int
    repeat_count: int
    reject_count: int


def plan(
    cursor: duckdb.DuckDBPyConnection, mapping: LogMapping, declared: Lifecycle | None, *, now: datetime
) -> Planned:
    """Work out which rows are new and what they do, in temporary tables of `cursor`."""
    name = declared.category if declared else mapping.name
    defaults = {key: mapping.defaults[key] for key in ("channel", "priority", "language", "seller", "team")}
    source = {"source": mapping.source}
    run(cursor, "import/plan_cases", {**source, "name": name, **defaults})
    run(cursor, "import/plan_ends")
    if homes := run(cursor, "import/other_homes", {"kind": _kind(declared).value, "name": name}):
        refuse_other_home(mapping, *homes[0])
    run(cursor, "import/plan_new", source)
    run(cursor, "import/plan_refusals", {"is_declared": declared is not None, "name": name})
    if declared:
        run(cursor, "import/plan_declared_steps", {"initial": declared.initial})
        run(cursor, "import/plan_declared_version", {"name": name})
    else:
        run(cursor, "import/plan_steps")
    first_number = value_of(cursor, "store/next_free_number", {})
    ticket = {**source, "first_number": first_number, "is_declared": declared is not None, "now": now}
    run(cursor, "import/plan_tickets", ticket)
    if not declared:
        run(cursor, "import/plan_states")
        run(cursor, "import/plan_versions")
    counts = run(cursor, "import/planned_counts", {**source, "name": name})[0]
    return Planned(**dict(zip(Planned.__dataclass_fields__, counts, strict=True)))


def write(  # noqa: PLR0913 - what was planned and what it was planned from
    cursor: duckdb.DuckDBPyConnection,
    mapping: LogMapping,
    declared: Lifecycle | None,
    planned: Planned,
    ledger: Ledger,
    *,
    now: datetime,
) -> None:
    """Write what was planned with the same cursor, within its transaction."""
    name = declared.category if declared else mapping.name
    source, at = {"source": mapping.source}, {"now": now}
    if planned.added_count:
        _write_lifecycles(cursor, mapping, name, now)
        run(cursor, "import/plan_buyers")
        run(cursor, "import/plan_births", source)
        first_position = value_of(cursor, "store/reserve_positions", {"count": planned.added_count})
        count = planned.new_ticket_count
        if count:
            value_of(cursor, "store/reserve_numbers", {"count": count})
        event = {"first_position": first_position, "kind": _kind(declared).value, "role": mapping.defaults["role"]}
        run(cursor, "import/add_events", {**source, **at, **event})
        _write_tickets(cursor, planned, source)
        keep_words(cursor)
        run(cursor, "import/add_import_rows", {**source, "import_id": ledger.import_id})
    entry: dict[str, Any] = {**asdict(ledger), "added_count": planned.added_count, "category": name}
    run(cursor, "import/add_import", {**source, **at, **entry})
    run(cursor, "import/add_import_rejects", {"import_id": ledger.import_id})


def _kind(declared: Lifecycle | None) -> EventKind:
    return EventKind.TRANSITION if declared else EventKind.OBSERVED


def _write_lifecycles(cursor: duckdb.DuckDBPyConnection, mapping: LogMapping, name: str, now: datetime) -> None:
    labels = {f"label_{language.value}": mapping.labels.get(language, name) for language in Language}
    run(cursor, "import/add_lifecycles", {"name": name, "now": now, "mapping": mapping.text, **labels})
    if not mapping.lifecycle:
        run(cursor, "import/add_lifecycle_states")


def _write_tickets(cursor: duckdb.DuckDBPyConnection, planned: Planned, source: dict[str, str]) -> None:
    run(cursor, "import/add_tickets", source)
    run(cursor, "import/add_buyers")
    run(cursor, "import/add_buyer_persons")
    run(cursor, "import/add_sellers")
    run(cursor, "import/plan_updates")
    updated = value_of(cursor, "import/update_tickets", {})
    assert updated == planned.grown_ticket_count  # noqa: S101 - the writer lock is held, so nobody came in between
