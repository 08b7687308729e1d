"""`python -m data info`: which desk this is and what it holds."""

from argparse import Namespace
from datetime import datetime

import pandas as pd

from data.commands.command import Answer, Command, no_arguments, open_existing
from data.commands.layout import NOTHING, share, table
from data.database import Database
from data.metrics import Metrics
from data.settings import Settings


def _run(arguments: Namespace) -> Answer:
    with open_existing(arguments) as database:
        parts = (
            _desk(database),
            _lifecycles(Metrics(database).categories()),
            _imports(database.frame("queries/imports")),
        )
    return Answer(text="\n\n".join(part for part in parts if part))


def _desk(database: Database) -> str:
    summary = Metrics(database).desk_summary().to_dict(orient="records")[0]
    lines = (
        ("File", f"{database.path} ({database.path.stat().st_size / 2**20:,.1f} MiB)"),
        ("Data", "synthetic" if summary["is_synthetic"] else "real" if summary["tickets_count"] else "none yet"),
        ("Tickets", f"{summary['tickets_count']:,} with {summary['events_count']:,} events"),
        ("Open", share(summary["open_tickets_count"], summary["tickets_count"])),
        ("First ticket", _written(summary["first_opened_at"])),
        ("Last event", _written(summary["last_event_at"])),
        ("Time zone", Settings(database).time_zone),
    )
    return "\n".join(f"{label:<13}{value}" for label, value in lines)


def _lifecycles(categories: pd.DataFrame) -> str:
    rows = [
        (
            row["category"],
            str(row["newest_version"]),
            "observed" if row["is_observed"] else "declared",
            f"{row['tickets_count']:,}",
            f"{row['open_tickets_count']:,}",
        )
        for row in categories.to_dict(orient="records")
    ]
    return table(("Lifecycle", "Version", "Kind", "Tickets", "Open"), rows)


def _imports(imports: pd.DataFrame) -> str:
    rows = [
        (
            row["source"],
            row["file_name"],
            _written(row["finished_at"]),
            f"{row['added_count']:,}",
            f"{row['known_count']:,}",
            f"{row['repeat_count']:,}",
            f"{row['reject_count']:,}",
        )
        for row in imports.to_dict(orient="records")
    ]
    return table(("Import from", "File", "Finished", "Added", "Known", "Repeats", "Rejected"), rows) if rows else ""


def _written(moment: datetime) -> str:
    return NOTHING if pd.isna(moment) else f"{moment:%Y-%m-%d %H:%M:%S} UTC"


INFO = Command(
    name="info",
    summary="say which desk this is and what it holds",
    examples=("python -m data info", "DESK_DATABASE=var/demo.duckdb python -m data info"),
    add_arguments=no_arguments,
    run=_run,
)
