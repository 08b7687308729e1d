"""The report's tables in words. Cells are plain text, shortened where a long name would break the page."""

from dataclasses import dataclass

from data.reports import words
from data.reports.values import Attained, Breach, CategoryWeek, PausedBy, WeeklyReport

CATEGORIES = 6
_NAME = 26  # characters; a longer name is cut


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Rows under headings; the first `texts_count` columns are words, the others figures. `empty` stands for no row."""

    title: str
    note: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts_count: int
    empty: str
    heading: str  # of DECISIONS.md


def attainment(report: WeeklyReport) -> Table:
    """How many targets with a deadline in the week were met."""
    return Table(
        title="Targets met",
        note="of those with a deadline in the week",
        headings=("Target", "Met", "95 % interval", "Week before", "Ended otherwise", "Running", "Paused", "Overdue"),
        rows=tuple(_attained(line) for line in report.attained),
        texts_count=1,
        empty="No target was due.",
        heading="Weekly report",
    )


def _attained(line: Attained) -> tuple[str, ...]:
    return (
        words.kind_name(line.kind),
        words.share(line.met),
        words.interval(line.met),
        words.share(line.met_before),
        f"{line.ended_otherwise_count:,}",
        f"{line.running_count:,}",
        f"{line.paused_count:,}",
        f"{line.overdue_count:,}",
    )


def categories(report: WeeklyReport) -> Table:
    """The week by category, the largest of them."""
    more = len(report.categories) - CATEGORIES
    return Table(
        title="By category",
        note=f"the largest; {more:,} more in the spreadsheet" if more > 0 else "tickets opened in the week",
        headings=("Category", "Opened", "Open", "Median first reply", "First reply met", "Resolution met"),
        rows=tuple(_category(line) for line in report.categories[:CATEGORIES]),
        texts_count=1,
        empty="No ticket.",
        heading="Category and state of a ticket",
    )


def _category(line: CategoryWeek) -> tuple[str, ...]:
    return (
        cut(line.name),
        f"{line.opened_count:,}",
        f"{line.backlog_count:,}",
        words.reached(line.first_reply.median_seconds) if line.opened_count else words.NOTHING,
        words.share(line.first_reply_met),
        words.share(line.full_resolution_met),
    )


def breaches(report: WeeklyReport) -> Table:
    """What was late longest."""
    count = report.breaches_count
    shown = len(report.breaches)
    return Table(
        title="Largest breaches",
        note=f"{shown:,} of {count:,}, late in the target's own clock"
        if count > shown
        else "in the target's own clock",
        headings=("Ticket", "Target", "Category", "Seller", "Agent", "Clock", "Due", "Ended", "Late"),
        rows=tuple(_breach(line, report.time_zone) for line in report.breaches),
        texts_count=8,
        empty="No target was missed.",
        heading="Weekly report",
    )


def _breach(line: Breach, time_zone: str) -> tuple[str, ...]:
    state = f": {cut(line.state.replace('_', ' '))}" if line.state else ""
    return (
        f"{line.number}",
        f"{words.kind_name(line.kind)}{state}",
        cut(line.category_name),
        cut(line.seller_name),
        cut(line.agent_name),
        cut(line.clock_name) or "every hour",
        words.short_instant(line.due_at, time_zone),
        words.short_instant(line.ended_at, time_zone) if line.ended_at else "goes on",
        words.duration(line.late_seconds),
    )


def pauses(report: WeeklyReport) -> Table:
    """Whose pauses went on after the buyer had written."""
    return Table(
        title="Pause audit",
        note="paused though the buyer had written",
        headings=("Agent", "Targets", "Too long by", "Met", "If paused rightly"),
        rows=tuple(_paused(line) for line in report.pauses),
        texts_count=1,
        empty="No pause was too long.",
        heading="Weekly report",
    )


def _paused(line: PausedBy) -> tuple[str, ...]:
    return (
        cut(line.agent_name),
        f"{line.targets_count:,}",
        words.duration(line.excess_pause_seconds),
        words.share(line.met),
        words.share(line.met_if_right),
    )


def cut(name: str) -> str:
    """A name on one line, at most 26 characters of it."""
    line = " ".join(name.split())
    return line if len(line) <= _NAME else f"{line[: _NAME - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"
