"""The report's figures as a spreadsheet (XLSX): real numbers with their units in the headings, and all rows.

What people typed is written as text, whatever it begins with: nothing in the file is a formula or a link.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from data.decisions import sections
from data.reports import columns, words
from data.reports.page import SYNTHETIC, busiest_hours, page_of
from data.reports.satisfaction import of_all
from data.reports.values import Share, Waits, WeeklyReport
from workflow.service.policies import TargetKind

Cell: TypeAlias = str | int | float | None
_HOUR = 3_600
_WIDEST = 60  # characters
_DEFINITION_WIDTH = 110


def report_xlsx(report: WeeklyReport) -> bytes:
    """Sheets Figures, Attainment, Breaches, Categories, Weeks, Definitions; instants are text in the desk's zone."""
    written = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(written, options) as book:
        book.set_properties({"title": f"Weekly report {report.week}", "created": report.horizon_at})
        _Sheets(book, report).write()
    return written.getvalue()


class _Sheets:
    """Writes the sheets of one report."""

    def __init__(self, book: Workbook, report: WeeklyReport) -> None:
        self._book, self._report = book, report
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._percent = book.add_format({"num_format": "0.0 %"})
        self._hours = book.add_format({"num_format": "#,##0.00"})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def write(self) -> None:
        """All of them."""
        self._sheet("Figures", ("Figure", "Week", "Week before", "As text", "Unit", "Definition"), self._figures())
        self._sheet("Attainment", columns.ATTAINMENT, self._attainment())
        self._sheet("Breaches", columns.BREACHES, self._breaches())
        self._sheet("Categories", columns.CATEGORIES, self._categories())
        self._sheet("Weeks", columns.WEEKS, self._weeks())
        definitions = self._sheet("Definitions", ("Heading of DECISIONS.md", "What is counted"), self._definitions())
        definitions.set_column(1, 1, _DEFINITION_WIDTH, self._wrapped)

    def _sheet(self, name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Worksheet:
        """A sheet under one frozen row of headings; where the data are made up, a column beside them says so."""
        report, lines = self._report, list(rows)
        sheet = self._book.add_worksheet(name)
        titles = (*headings, SYNTHETIC) if report.is_synthetic else headings
        sheet.write_row(0, 0, titles, self._bold)
        for line, cells in enumerate(lines, 1):
            for place, cell in enumerate(cells):
                self._cell(sheet, line, place, cell, headings[place])
        sheet.freeze_panes(1, 1)
        for place in range(len(headings)):
            longest = max((len(str(cells[place])) for cells in lines), default=0)
            sheet.set_column(place, place, min(max(longest, len(headings[place])) + 2, _WIDEST))
        return sheet

    def _cell(self, sheet: Worksheet, line: int, place: int, cell: Cell, heading: str) -> None:
        if cell is None:
            return
        if isinstance(cell, str):
            sheet.write_string(line, place, cell)
        elif heading.endswith("(share)"):
            sheet.write_number(line, place, cell, self._percent)
        elif heading.endswith("(h)"):
            sheet.write_number(line, place, cell, self._hours)
        else:
            sheet.write_number(line, place, cell)

    def _figures(self) -> Iterable[Sequence[Cell]]:
        report = self._report
        flow, before = report.flow, report.flow_before
        yield "Week begins", self._instant(report.starts_at), None, str(report.week), report.time_zone, "Weekly report"
        yield "As of", self._instant(report.horizon_at), None, None, report.time_zone, "Weekly report"
        for name, now, then in (
            ("Tickets opened", flow.opened_count, before.opened_count),
            ("Tickets reopened", flow.reopened_count, before.reopened_count),
            ("Tickets resolved", flow.resolved_count, before.resolved_count),
            ("Tickets closed without a resolution", flow.closed_count, before.closed_count),
        ):
            yield name, now, then, None, "tickets", "Weekly report"
        yield "Backlog at the end", flow.backlog_count, before.backlog_count, None, "tickets", "Backlog"
        yield from _waits("First reply", report.first_reply, report.first_reply_before)
        yield from _waits("Full resolution", report.full_resolution, report.full_resolution_before)
        yield from _auto_approved(report.auto_approved, report.auto_approved_before)
        for hour, count in busiest_hours(report):
            yield f"Busiest hour {hour:02}:00", count, None, None, "tickets opened", "Weekly report"
        for pause in report.pauses:
            seconds, name = pause.excess_pause_seconds, f"Paused too long: {pause.agent_name}"
            yield name, seconds / _HOUR, None, words.duration(seconds), "h", "Weekly report"
        yield from _satisfaction(report)
        risk = report.at_risk
        yield "Tickets at risk next week", risk.tickets_count, None, None, "tickets", "Weekly report"
        yield "Tickets past a target", risk.overdue_tickets_count, None, None, "tickets", "Weekly report"
        for sentence in report.signals:
            yield "Signal", None, None, sentence, None, "Control limits"

    def _attainment(self) -> Iterable[Sequence[Cell]]:
        for line in self._report.attained:
            yield (
                words.kind_name(line.kind),
                *_shared(line.met),
                *_edges(line.met),
                *_shared(line.met_before),
                line.ended_otherwise_count,
                line.running_count,
                line.paused_count,
                line.overdue_count,
            )

    def _breaches(self) -> Iterable[Sequence[Cell]]:
        for line in self._report.breaches:
            yield (
                line.number,
                words.kind_name(line.kind),
                line.state,
                line.category_name,
                line.seller_name,
                line.agent_name,
                line.policy_id,
                line.clock_name or "every hour",
                self._instant(line.due_at),
                self._instant(line.ended_at) if line.ended_at else "goes on",
                line.budget_seconds / _HOUR,
                line.late_seconds / _HOUR,
                words.duration(line.late_seconds),
            )

    def _categories(self) -> Iterable[Sequence[Cell]]:
        for line in self._report.categories:
            median = line.first_reply.median_seconds
            yield (
                line.name,
                line.opened_count,
                line.backlog_count,
                _hours(median),
                words.reached(median) if line.opened_count else None,
                *_shared(line.first_reply_met),
                *_shared(line.full_resolution_met),
            )

    def _weeks(self) -> Iterable[Sequence[Cell]]:
        for point in self._report.weeks:
            shares = (_shared(point.met_of(kind)) for kind in TargetKind)
            yield (str(point.week), point.opened_count, *(cell for cells in shares for cell in cells))

    def _definitions(self) -> Iterable[Sequence[Cell]]:
        known = sections()
        return [(heading, known[heading]) for heading in page_of(self._report).headings]

    def _instant(self, at: datetime) -> str:
        return words.instant(at, self._report.time_zone)


def _waits(name: str, waits: Waits, before: Waits) -> Iterable[Sequence[Cell]]:
    for label, now, then in (
        ("median", waits.median_seconds, before.median_seconds),
        ("median, 95 % from", waits.low_seconds, before.low_seconds),
        ("median, 95 % to", waits.high_seconds, before.high_seconds),
        ("90th percentile", waits.p90_seconds, before.p90_seconds),
    ):
        heading = "Kaplan-Meier median" if label.startswith("median") else "Kaplan-Meier band and quantiles"
        yield f"{name}, {label}", _hours(now), _hours(then), words.reached(now), "h", heading
    yield f"{name}, tickets", waits.tickets_count, before.tickets_count, None, "tickets", name
    yield f"{name}, not there yet", waits.censored_count, before.censored_count, None, "tickets", name


def _satisfaction(report: WeeklyReport) -> Iterable[Sequence[Cell]]:
    whole = of_all(report.satisfaction)
    for one in (whole, *report.satisfaction):
        of = f": {one.name}" if one.name else ""
        yield f"Tickets rated{of}", one.ratings_count, None, None, "tickets", "Satisfaction"
        yield f"Mean rating{of}", one.mean, None, None, "of 5", "Satisfaction"
    for rating, count in enumerate(whole.counts, start=1):
        yield f"Rated {rating} of 5", count, None, None, "tickets", "Satisfaction"
    answered = whole.answered
    yield "Resolved the week before", answered.whole_count, None, None, "tickets", "Satisfaction"
    yield "Of these rated", answered.part_count, None, words.share(answered), "tickets", "Satisfaction"


def _auto_approved(share: Share, before: Share) -> Iterable[Sequence[Cell]]:
    yield "Claims decided", share.whole_count, before.whole_count, None, "claims", "Weekly report"
    yield "Claims auto-approved", share.part_count, before.part_count, words.share(share), "claims", "Weekly report"


def _shared(share: Share) -> tuple[Cell, Cell, Cell]:
    return share.part_count, share.whole_count, share.value


def _edges(share: Share) -> tuple[Cell, Cell]:
    return share.interval or (None, None)


def _hours(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / _HOUR
