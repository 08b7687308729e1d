"""Builders for the tests of imports: a small mapping, files in three formats, and what the desk holds afterwards."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pyarrow as pa
import pyarrow.parquet as pq

from data.database import Database

NOW = datetime(2026, 1, 1)
MAPPING = """
name = "shop"
[columns]
case = ["case", "case:concept:name"]
activity = ["activity", "concept:name"]
time = ["time", "time:timestamp"]
[states]
"Ask" = { kind = "waiting" }
"Solve" = "done"
"Close" = "final"
[activities]
"Answer" = { is_public_reply = true }
"Write" = { role = "buyer" }
"""
CSV = """case,activity,time
1,Write,2024-01-01T10:00:00Z
1,Answer,2024-01-01T12:00:00Z
2,Write,2024-01-02T10:00:00Z
1,Solve,2024-01-03T12:00:00Z
"""


class Folder:
    """Writes files into a temporary folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def mapping(self, text: str = MAPPING, name: str = "mapping.toml") -> Path:
        return self.file(name, text)

    def csv(self, text: str | bytes = CSV, name: str = "log.csv") -> Path:
        return self.file(name, text)


def csv_text(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    """The rows as CSV, quoted where needed."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def parquet_bytes(columns: Mapping[str, Any]) -> bytes:
    """A Parquet file of `columns`."""
    out = io.BytesIO()
    pq.write_table(pa.table(dict(columns)), out)
    return out.getvalue()


def xes_text(traces: Sequence[tuple[str, Sequence[Mapping[str, str]]]]) -> str:
    """An XES log; an event is a mapping of keys to values, `time:timestamp` is its date."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n']
    for case, events in traces:
        within = [f"<event>\n{''.join(map(_attribute, event, event.values()))}</event>\n" for event in events]
        parts += ["<trace>\n", _attribute("concept:name", case), *within, "</trace>\n"]
    return "".join([*parts, "</log>\n"])


def _attribute(key: str, value: str) -> str:
    tag = "date" if key == "time:timestamp" else "string"
    escaped = quoteattr(value, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
    return f"<{tag} key={quoteattr(key)} value={escaped}/>\n"


def history(database: Database) -> list[tuple[Any, ...]]:
    """Every event of every case in time, as what it was elsewhere."""
    return database.read(
        "select tickets.external_ref, events.name, events.from_state, events.to_state, events.to_kind, events.to_ball, "
        "events.occurred_at, events.state_seconds, events.actor_role, events.actor_id, events.is_public_reply, "
        "events.is_visit, events.is_conforming from events inner join tickets on events.ticket_id = tickets.id "
        "order by tickets.external_ref, events.occurred_at, events.seq"
    )


def counts(database: Database) -> tuple[int, int]:
    """How many tickets and how many events the desk has."""
    return (
        database.read("select count(*) from tickets")[0][0],
        database.read("select count(*) from events")[0][0],
    )


def rejects_in(path: Path) -> list[list[str]]:
    """The lines of a file of rejects, without its header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]
