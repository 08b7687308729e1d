"""`python -m data report`: one week of the desk on one page, or its figures as a spreadsheet."""

from argparse import ArgumentParser, Namespace
from contextlib import suppress
from enum import StrEnum, auto
from pathlib import Path
from typing import assert_never

from data.clock import now
from data.commands.command import Answer, Command, DatabaseMissingError, database_path
from data.opening import open_desk
from data.reports.html_page import report_html
from data.reports.pdf_page import report_pdf
from data.reports.spreadsheet import report_xlsx
from data.reports.values import WeeklyReport
from data.reports.weekly import weekly_figures
from data.reports.weeks import Week
from data.service.shelf import rulebook
from workflow.errors import DeskError


class ReportFormat(StrEnum):
    """How a report is written; the value is the usual ending of its file."""

    HTML = auto()
    PDF = auto()
    XLSX = auto()


class ReportUnwritableError(DeskError):
    """The file cannot be written."""

    def __init__(self, *, file: Path, reason: str) -> None:
        self.file = file
        super().__init__(f"The report was not written to {file}: {reason}. Name another file with --output.")


def _add_arguments(parser: ArgumentParser) -> None:
    choices = [choice.value for choice in ReportFormat]
    parser.add_argument("--week", required=True, metavar="W", help="an ISO week of the desk's time zone, like 2026-W47")
    parser.add_argument(
        "--format", choices=choices, default=ReportFormat.HTML.value, help="kind of file (default: html)"
    )
    parser.add_argument(
        "--output", type=Path, required=True, metavar="FILE", help="file to write; one there is replaced"
    )


def _run(arguments: Namespace) -> Answer:
    week, path = Week.read(arguments.week), database_path(arguments)
    if not path.exists():
        raise DatabaseMissingError(path=path)
    with open_desk(path) as desk:
        report = weekly_figures(
            desk.database, rulebook(desk.database), week_start=week.monday, time_zone=desk.time_zone(), now=now()
        )
    _write(arguments.output, _content(report, ReportFormat(arguments.format)))
    label = " of synthetic data" if report.is_synthetic else ""
    state = ", which still runs," if report.is_running else ""
    return Answer(text=f"The report of week {week}{state}{label} is in {arguments.output}.")


def _content(report: WeeklyReport, report_format: ReportFormat) -> bytes:
    match report_format:
        case ReportFormat.HTML:
            return report_html(report).encode()
        case ReportFormat.PDF:
            return report_pdf(report)
        case ReportFormat.XLSX:
            return report_xlsx(report)
        case _:
            assert_never(report_format)


def _write(file: Path, content: bytes) -> None:
    """The whole file or none of it."""
    if not file.name:
        raise ReportUnwritableError(file=file, reason="that names a folder")
    scratch = file.with_name(f".{file.name}.part")
    try:
        scratch.write_bytes(content)
        scratch.replace(file)
    except OSError as error:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)
        raise ReportUnwritableError(file=file, reason=error.strerror or str(error)) from error


REPORT = Command(
    name="report",
    summary="write one week of the desk as a page (HTML, PDF) or as a spreadsheet (XLSX)",
    examples=(
        "python -m data report --week 2026-W47 --output week.html",
        "python -m data report --week 2026-W47 --format pdf --output week.pdf",
        "python -m data report --week 2026-W47 --format xlsx --output week.xlsx",
    ),
    add_arguments=_add_arguments,
    run=_run,
)
