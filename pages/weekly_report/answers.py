"""The report with its week, kept for all sessions, and its files, each made when somebody asks for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from data.page_questions import PageQuestions
from data.reports.html_page import report_html
from data.reports.pdf_page import report_pdf
from data.reports.spreadsheet import report_xlsx
from data.reports.values import WeeklyReport
from data.reports.weekly import weekly_figures
from data.reports.weeks import Week
from data.selection import Selection
from pages.shared import access, session
from workflow.tickets import Scope


@dataclass(frozen=True, kw_only=True, slots=True)
class Download:
    """A file of the report; `content` makes it."""

    label: str
    file_name: str
    mime: str
    icon: str
    content: Callable[[], str | bytes]


def weeks(scope: Scope) -> tuple[Week, ...]:
    """The weeks since the first ticket, the newest first; empty where there is no ticket."""
    now, zone = access.now(), access.zone()
    known = PageQuestions(access.desk().database).range_of_tickets(Selection(horizon_at=now, scope=scope)).iloc[0]
    if not known["tickets_count"]:
        return ()
    first, last = Week.of(known["first_opened_at"].to_pydatetime(), zone), Week.of(now, zone)
    return tuple(first.later(place) for place in range((last.monday - first.monday).days // 7, -1, -1))


def report(week: Week, scope: Scope) -> WeeklyReport:
    """The report of a week; of the present one as of the minute that has begun."""
    zone = access.zone()
    # In its first minute a week has begun, though the horizon may be its first instant, before which nothing was.
    begun_at = min(access.now(), week.starts_at(zone) + timedelta.resolution)
    now = max(access.horizon_at(), begun_at)
    version = f"{access.desk().database.path} {access.data_version()} {access.rules().key}"
    return _report(version, week, scope, min(now, week.ends_at(zone)), zone)


@session.cached
def _report(version: str, week: Week, scope: Scope, now: datetime, zone: str) -> WeeklyReport:  # noqa: ARG001 - part of the key
    return weekly_figures(
        access.desk().database, access.rules(), week_start=week.monday, time_zone=zone, now=now, scope=scope
    )


def downloads(found: WeeklyReport) -> tuple[Download, ...]:
    """The three files."""
    name = f"marketdesk-{found.week}"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return (
        _download("PDF", f"{name}.pdf", "application/pdf", ":material/picture_as_pdf:", partial(report_pdf, found)),
        _download("HTML", f"{name}.html", "text/html", ":material/web:", partial(report_html, found)),
        _download("XLSX", f"{name}.xlsx", sheet, ":material/table_view:", partial(report_xlsx, found)),
    )


def _download(label: str, file_name: str, mime: str, icon: str, content: Callable[[], str | bytes]) -> Download:
    return Download(label=label, file_name=file_name, mime=mime, icon=icon, content=content)
