"""`python -m data export`: the desk's tables as files."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from data.commands.command import Answer, Command, open_existing
from data.commands.layout import table
from data.exporting import LOG_TABLES, ExportFormat, export


def _add_arguments(parser: ArgumentParser) -> None:
    choices = [choice.value for choice in ExportFormat]
    parser.add_argument("--format", choices=choices, default=ExportFormat.CSV.value, help="kind of file (default: csv)")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder to write to; it is made if need be"
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help=f"every table, buyers' names and addresses too (default: {', '.join(LOG_TABLES)})",
    )


def _run(arguments: Namespace) -> Answer:
    with open_existing(arguments) as database:
        tables = () if arguments.all else LOG_TABLES
        written = export(database, arguments.out, ExportFormat(arguments.format), tables)
    return Answer(text=table(("Rows", "File"), [(f"{one.rows_count:,}", str(one.file)) for one in written]))


EXPORT = Command(
    name="export",
    summary="write the log, the tickets and the messages as CSV or Parquet files",
    examples=(
        "python -m data export --out exports",
        "python -m data export --format parquet --out exports --all",
    ),
    add_arguments=_add_arguments,
    run=_run,
)
