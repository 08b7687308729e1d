"""What stands on the report's page, in words: HTML, PDF and the desk's own page lay out the same cards and tables."""

from collections.abc import Iterable
from dataclasses import dataclass

from data.reports import tables, words
from data.reports.charts import hours_chart, share_chart, volume_chart
from data.reports.satisfaction import sentences
from data.reports.tables import Table
from data.reports.values import Share, Waits, WeeklyReport

HEADING = "Weekly report"
SYNTHETIC = "Synthetic data: every ticket, buyer and order in this report is made up."
_SIGNALS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """A headline figure with what is said beside it; `heading` is the definition it goes by."""

    label: str
    value: str
    notes: tuple[str, ...]
    heading: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A drawing (SVG) with what a screen reader says."""

    title: str
    svg: str
    described_as: str
    heading: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Notes:
    """A few sentences under a title."""

    title: str
    sentences: tuple[str, ...]
    heading: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """The page from top to bottom. Every text is plain: whoever lays it out escapes it."""

    title: str
    subtitle: str
    synthetic: str  # empty where the data are real
    cards: tuple[Card, ...]
    charts: tuple[Chart, ...]
    attainment: Table
    categories: Table
    breaches: Table
    pauses: Table
    notes: tuple[Notes, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The definitions that the page goes by, each once, in the order in which they are met."""
        parts = (*self.cards, *self.charts, self.attainment, self.categories, self.breaches, self.pauses, *self.notes)
        return tuple(dict.fromkeys((HEADING, *(part.heading for part in parts))))


def page_of(report: WeeklyReport) -> Page:
    """The report in words."""
    return Page(
        title=f"Weekly report {report.week}",
        subtitle=_subtitle(report),
        synthetic=SYNTHETIC if report.is_synthetic else "",
        cards=_cards(report),
        charts=_charts(report),
        attainment=tables.attainment(report),
        categories=tables.categories(report),
        breaches=tables.breaches(report),
        pauses=tables.pauses(report),
        notes=(_satisfaction(report), _signals(report), _at_risk(report)),
    )


def _subtitle(report: WeeklyReport) -> str:
    days = f"{words.day(report.week.monday)} to {words.day(report.week.sunday)}"
    as_of = words.instant(report.horizon_at, report.time_zone)
    state = (
        f"still running, as of {as_of}, beside the same part of the week before" if report.is_running else "complete"
    )
    return f"{days} \N{MIDDLE DOT} {state} \N{MIDDLE DOT} times in {report.time_zone}"


def _cards(report: WeeklyReport) -> tuple[Card, ...]:
    flow, before = report.flow, report.flow_before
    return (
        _count("Opened", flow.opened_count, before.opened_count, f"{flow.reopened_count:,} reopened", HEADING),
        _count("Resolved", flow.resolved_count, before.resolved_count, f"{flow.closed_count:,} closed", HEADING),
        _count("Backlog", flow.backlog_count, before.backlog_count, "open at the end", "Backlog"),
        _waits("First reply", report.first_reply, report.first_reply_before, "First reply"),
        _waits("Full resolution", report.full_resolution, report.full_resolution_before, "Full resolution"),
        _auto_approved(report.auto_approved, report.auto_approved_before),
    )


def _count(label: str, count: int, before: int, note: str, heading: str) -> Card:
    notes = (f"week before {before:,} ({count - before:+,})", note)
    return Card(label=label, value=f"{count:,}", notes=notes, heading=heading)


def _waits(label: str, waits: Waits, before: Waits, heading: str) -> Card:
    low, high = words.reached(waits.low_seconds), words.reached(waits.high_seconds)
    notes = (
        f"median; 95 %: {low} to {high}" if waits.reached_count else "median",
        f"90 % after {words.reached(waits.p90_seconds)}" if waits.p90_seconds else "90 % not reached",
        f"{waits.tickets_count:,} opened, {waits.censored_count:,} not there yet",
        f"week before {words.reached(before.median_seconds)}",
    )
    return Card(label=label, value=words.reached(waits.median_seconds), notes=notes, heading=heading)


def _auto_approved(share: Share, before: Share) -> Card:
    value = words.NOTHING if share.value is None else words.percent(share.value)
    notes = (
        f"{share.part_count:,} of {words.counted(share.whole_count, 'claim', 'claims')} decided",
        f"95 %: {words.interval(share)}",
        f"week before {words.share(before)}",
    )
    return Card(label="Auto-approved claims", value=value, notes=notes, heading=HEADING)


def _charts(report: WeeklyReport) -> tuple[Chart, ...]:
    weeks = f"the {len(report.weeks)} weeks up to {report.weeks[-1].week}" if report.weeks else "no whole week yet"
    busiest = _list(f"{hour:02}:00" for hour, _count in busiest_hours(report))
    return (
        Chart(
            title="Tickets opened by week",
            svg=volume_chart(report),
            described_as=f"Tickets opened in {weeks}: {_list(str(point.opened_count) for point in report.weeks)}",
            heading=HEADING,
        ),
        Chart(
            title="Targets met by week",
            svg=share_chart(report),
            described_as=f"Share of first replies and of full resolutions in time in {weeks}",
            heading=HEADING,
        ),
        Chart(
            title=f"Busiest hours: {busiest}" if busiest else "Busiest hours",
            svg=hours_chart(report),
            described_as=f"Tickets opened by hour of the day; busiest: {busiest or 'none'}",
            heading=HEADING,
        ),
    )


def busiest_hours(report: WeeklyReport, count: int = 3) -> tuple[tuple[int, int], ...]:
    """The hours of the day in which most tickets were opened, with how many; the earlier first of equal ones."""
    opened = [(hour, counted) for hour, counted in enumerate(report.opened_by_hour) if counted]
    return tuple(sorted(opened, key=lambda pair: (-pair[1], pair[0]))[:count])


def _satisfaction(report: WeeklyReport) -> Notes:
    return Notes(title="Satisfaction", sentences=sentences(report.satisfaction), heading="Satisfaction")


def _signals(report: WeeklyReport) -> Notes:
    shown = report.signals[:_SIGNALS]
    more = len(report.signals) - len(shown)
    if not report.weeks:
        shown = ("No whole week yet to compare with.",)
    elif not shown:
        shown = (f"Nothing beyond its usual chance in {words.counted(len(report.weeks), 'week', 'weeks')}.",)
    elif more:
        shown = (*shown, f"And {more:,} more, in the spreadsheet.")
    return Notes(title="Signals of the last 13 weeks", sentences=shown, heading="Control limits")


def _at_risk(report: WeeklyReport) -> Notes:
    risk = report.at_risk
    due = words.counted(risk.tickets_count, "open ticket has a target", "open tickets have a target")
    by_kind = _list(f"{words.kind_name(kind).lower()} {count:,}" for kind, count in risk.targets)
    until = words.day(report.week.later(1).sunday)
    sentences = (
        f"{due} due by {until}{': ' + by_kind if by_kind else ''}.",
        f"{words.counted(risk.overdue_tickets_count, 'open ticket is', 'open tickets are')} past a target already.",
    )
    return Notes(title="At risk next week", sentences=sentences, heading=HEADING)


def _list(parts: Iterable[str]) -> str:
    return ", ".join(parts)
