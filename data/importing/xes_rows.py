"""Lays the events of an XES log out as rows: the columns that the mapping names, a hash over all, and the line."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import duckdb
import pyarrow as pa

from data.importing.files import LogFile, Progress
from data.importing.mapping import LogMapping
from data.importing.raw import RawRows, stream_in
from data.importing.xes import XesEvent, XesNotes, xes_events

BATCH_ROWS = 20_000
_EXTRA = [pa.field("line", pa.int64()), pa.field("row_hash", pa.string()), pa.field("rest", pa.string())]


def xes_rows(cursor: duckdb.DuckDBPyConnection, log: LogFile, mapping: LogMapping, progress: Progress) -> RawRows:
    """The rows of the whole log, in a table of their own."""
    names = mapping.wanted
    schema = pa.schema([*_EXTRA, *(pa.field(f"c{index}", pa.string()) for index in range(len(names)))])
    notes = XesNotes()
    relation = stream_in(cursor, schema, _batches(xes_events(log, notes, progress), mapping, schema))
    return RawRows(
        relation=relation,
        # A log without any event lacks nothing.
        columns={name: f"c{index}" for index, name in enumerate(names) if name in notes.names or not notes.event_count},
        line="line",
        row_hash="row_hash",
        rest="rest" if mapping.takes_all_attributes else "",
        typed_times=frozenset(notes.names - notes.untyped),
        is_open=True,
        rejects=tuple(notes.rejects),
    )


def _batches(events: Iterator[XesEvent], mapping: LogMapping, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    names = mapping.wanted
    while part := list(islice(events, BATCH_ROWS)):
        rows = [{**event.case, **event.values} for event in part]
        columns = [
            [event.line for event in part],
            [_hash(row, mapping.ignored) for row in rows],
            [_rest(row, names) if mapping.takes_all_attributes else None for row in rows],
            *([row.get(name) or None for row in rows] for name in names),
        ]
        arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _hash(row: Mapping[str, str], ignored: frozenset[str]) -> str:
    kept = sorted((name, value) for name, value in row.items() if name not in ignored)
    text = "\x1e".join(f"{name}\x1f{value}" for name, value in kept)
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()


def _rest(row: Mapping[str, str], names: Iterable[str]) -> str | None:
    left = {name: value for name, value in row.items() if value and name not in names}
    return json.dumps(left, ensure_ascii=False, sort_keys=True) if left else None
