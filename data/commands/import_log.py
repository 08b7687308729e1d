"""`python -m data import`: an event log from elsewhere becomes tickets of the desk."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tqdm import tqdm

from data.clock import now
from data.commands.command import Answer, Command, database_path
from data.database import Database
from data.importing import run_import
from data.importing.files import Progress
from data.opening import open_desk
from workflow.errors import DeskError


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, Parquet or XES, also gzipped; one row an event")
    parser.add_argument("--mapping", type=Path, required=True, metavar="MAPPING.toml", help="what its columns mean")
    parser.add_argument("--dry-run", action="store_true", help="report what would be imported and write nothing")
    parser.add_argument(
        "--skip-rejects", action="store_true", help="leave rejected rows out instead of refusing the file"
    )
    parser.add_argument("--drop-repeats", action="store_true", help="leave out rows that repeat an earlier row exactly")
    parser.add_argument(
        "--add-anyway", action="store_true", help="add a log whose rows seem to be here already in another form"
    )
    parser.add_argument("--rejects", type=Path, metavar="CSV", help="where rejected rows are listed (FILE.rejects.csv)")


def _run(arguments: Namespace) -> Answer:
    with _desk_file(arguments) as path, open_desk(path) as desk, _progress() as progress:
        report = run_import(
            desk.database,
            arguments.file,
            arguments.mapping,
            now=now(),
            is_dry_run=arguments.dry_run,
            skip_rejects=arguments.skip_rejects,
            drop_repeats=arguments.drop_repeats,
            add_anyway=arguments.add_anyway,
            rejects_file=arguments.rejects,
            progress=progress,
        )
    return Answer(text="\n".join(report.lines()))


@contextmanager
def _desk_file(arguments: Namespace) -> Iterator[Path]:
    """The desk's file; one that was not there stays only if something was imported into it."""
    path = database_path(arguments)
    if path.exists():
        yield path
        return
    if not arguments.dry_run:
        try:
            yield path
        finally:
            _remove_if_empty(path)
        return
    with TemporaryDirectory(prefix="marketdesk-dry-run-") as scratch:
        yield Path(scratch) / path.name


def _remove_if_empty(path: Path) -> None:
    with suppress(DeskError):
        if not path.exists():
            return
        with Database.open(path) as database:
            is_empty = database.read("store/is_empty")[0][0]
        if is_empty:
            path.unlink()


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A bar on the error stream where a person looks at it."""
    if not sys.stderr.isatty():
        yield None
        return
    with tqdm(total=100, unit="%", bar_format="{desc:<24}{percentage:3.0f}% |{bar}| {elapsed}", leave=False) as bar:

        def show(stage: str, fraction: float) -> None:
            bar.set_description_str(stage, refresh=False)
            bar.n = round(100 * fraction)
            bar.refresh()

        yield show


IMPORT = Command(
    name="import",
    summary="bring an event log (CSV, Parquet, XES) into the desk; again adds only what is new",
    examples=(
        "python -m data import helpdesk.csv.gz --mapping examples/helpdesk.toml",
        "python -m data import helpdesk.csv.gz --mapping examples/helpdesk.toml --dry-run",
        "python -m data import log.xes --mapping mapping.toml --skip-rejects --rejects left_out.csv",
    ),
    add_arguments=_add_arguments,
    run=_run,
)
