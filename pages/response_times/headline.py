"""The five cards on top of response times: what they say, from frames. Drawing them is `cards_row`'s."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from data.selection import Figure
from pages.shared import behind, formats
from pages.shared.frames import Row, row_of, rows, total
from pages.shared.texts import _, counted


@dataclass(frozen=True, kw_only=True, slots=True)
class Headline:
    """One card: its figure, the period before beside it, part and whole below, and its course over the period."""

    key: str
    label: str
    value: str
    delta: str
    before: str
    foot: str
    tip: str
    defined_by: Sequence[str]  # headings of DECISIONS.md
    course: tuple[float | None, ...]
    behind: str  # the name of the tickets that it counts
    kind: Literal["line", "bar"] = "line"
    is_more_better: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Frames:
    """What the cards are made from, see `data.metrics`; what is of the period before is None where there is none.

    `unanswered` is how many wait for a first reply and how many were closed without one; `attained` is by kind of
    target, `decided` by category, both `over_time` by period.
    """

    figures: pd.DataFrame
    over_time: pd.DataFrame
    p90_seconds: float | None  # of the first reply, Kaplan-Meier
    unanswered: tuple[int, int]
    attained: pd.DataFrame
    attained_before: pd.DataFrame | None
    attained_over_time: pd.DataFrame
    decided: pd.DataFrame
    decided_before: pd.DataFrame | None
    decided_over_time: pd.DataFrame
    backlog_count: int
    backlog_before_count: int | None
    backlog_by_day: pd.DataFrame


def headlines(frames: Frames) -> Sequence[Headline]:
    """The cards from left to right."""
    return [_first_reply(frames), _resolution(frames), _attainment(frames), _auto_approved(frames), _backlog(frames)]


def change(now: float | None, before: float | None) -> str:
    """The change from `before` to `now` in percent, as Streamlit reads it: `-12 %`, `+3 %`, `0 %`; else empty."""
    if now is None or before is None or not _is_known(now) or not _is_known(before) or not before:
        return ""
    percent = round(100 * (now - before) / before)
    return f"{percent:+d} %" if percent else "0 %"


def points(now: float | None, before: float | None) -> str:
    """The change of a share in percentage points: `+0.8 pts`, `0 pts`; else empty."""
    if now is None or before is None:
        return ""
    moved = round(100 * (now - before), 1)
    return _("{moved:+.1f} pts").format(moved=moved) if moved else _("0 pts")


def _first_reply(frames: Frames) -> Headline:
    row = _row(frames.figures, Figure.FIRST_REPLY)
    p90 = formats.duration(frames.p90_seconds) if _is_known(frames.p90_seconds) else _("not reached")
    waiting_count, closed_count = frames.unanswered
    waiting = counted("{count} still waits", "{count} still wait", waiting_count)
    if closed_count:
        closed = counted("{count} closed without a reply", "{count} closed without a reply", closed_count)
        waiting = _("{waiting}, {closed}").format(waiting=waiting, closed=closed)
    return Headline(
        key="first_reply",
        label=_("First reply"),
        foot=_("90 % within {p90} · n {count:,}, {waiting}").format(
            p90=p90, count=int(row["tickets_count"]), waiting=waiting
        )
        if row["tickets_count"]
        else _("n 0"),
        tip=_("By then half of all tickets have their first public reply; those without one are counted in."),
        defined_by=("First reply", "Kaplan-Meier median", "Kaplan-Meier band and quantiles"),
        behind=behind.name("lasted", Figure.FIRST_REPLY),
        **_median(frames, Figure.FIRST_REPLY),
    )


def _resolution(frames: Frames) -> Headline:
    row = _row(frames.figures, Figure.FULL_RESOLUTION)
    share = formats.share(int(row["reached_count"]), int(row["tickets_count"]))
    return Headline(
        key="full_resolution",
        label=_("Full resolution"),
        foot=_("resolved {share}").format(share=share),
        tip=_("By then half of all tickets are resolved for good; those that are open are counted in."),
        defined_by=("Full resolution", "Kaplan-Meier median"),
        behind=behind.name("lasted", Figure.FULL_RESOLUTION),
        **_median(frames, Figure.FULL_RESOLUTION),
    )


def _median(frames: Frames, figure: Figure) -> Row:
    row, column = _row(frames.figures, figure), "kaplan_meier_median_seconds"
    return {
        "value": kaplan_meier_text(row),
        "delta": change(row[column], row[f"previous_{column}"]),
        "before": _before(kaplan_meier_text(row, "previous_")),
        "course": tuple(
            float(cohort[column]) if _is_known(cohort[column]) else None
            for cohort in rows(frames.over_time)
            if cohort["figure"] == figure.value
        ),
    }


def _attainment(frames: Frames) -> Headline:
    now, earlier = _met(frames.attained), _met(frames.attained_before)
    foot = _("{share} · {running:,} running, {paused:,} paused").format(
        share=_of(*now), running=total(frames.attained, "running_count"), paused=total(frames.attained, "paused_count")
    )
    return Headline(
        key="attainment",
        label=_("Targets met"),
        foot=foot,
        tip=_("Of the targets whose deadline fell in the period, the share that was met."),
        defined_by=("Attainment",),
        course=_shares(frames.attained_over_time, "met_count", ("met_count", "missed_count")),
        behind=behind.name("due", "late"),
        is_more_better=True,
        **_compared(now, earlier),
    )


def _auto_approved(frames: Frames) -> Headline:
    now, earlier = _neglected(frames.decided), _neglected(frames.decided_before)
    return Headline(
        key="auto_approved",
        label=_("Auto-approved"),
        foot=_("{share} decided claims").format(share=_of(*now)) if now[1] else _("no claim was decided"),
        tip=_("Claims that the marketplace approved because the time to decide ran out: the costliest neglect."),
        defined_by=("Auto-approved share",),
        course=_shares(frames.decided_over_time, "auto_decisions_count", ("decisions_count",)),
        behind="auto",
        **_compared(now, earlier),
    )


def _compared(now: tuple[int, int], earlier: tuple[int, int]) -> Row:
    return {
        "value": _percent(*now),
        "delta": points(_share(*now), _share(*earlier)),
        "before": _before(formats.share(*earlier)),
    }


def _backlog(frames: Frames) -> Headline:
    row = _row(frames.figures, Figure.FIRST_REPLY)
    before = frames.backlog_before_count
    opened = counted("{count} new ticket", "{count} new tickets", int(row["tickets_count"]))
    opened_before = row["previous_tickets_count"]
    by_day: Counter[object] = Counter()
    for day in rows(frames.backlog_by_day):
        by_day[day["period_on"]] += day["tickets_count"]
    return Headline(
        key="backlog",
        label=_("Backlog"),
        value=f"{frames.backlog_count:,}",
        delta=change(frames.backlog_count, before),
        before=_before(f"{before:,}") if before is not None else "",
        foot=_("{opened}, before {count:,}").format(opened=opened, count=int(opened_before))
        if _is_known(opened_before)
        else opened,
        tip=_("Tickets that are not resolved now, whenever they were opened. Below: those opened in the period."),
        defined_by=("Backlog",),
        course=tuple(float(count) for count in by_day.values()),
        behind="open",
    )


def kaplan_meier_text(row: Row, prefix: str = "") -> str:
    """The Kaplan-Meier median; `not reached` where fewer than half ended, a dash where there is no ticket."""
    seconds = row[f"{prefix}kaplan_meier_median_seconds"]
    if _is_known(seconds):
        return formats.duration(seconds)
    tickets = row[f"{prefix}tickets_count"]
    return _("not reached") if _is_known(tickets) and tickets else formats.NO_DATA


def _met(table: pd.DataFrame | None) -> tuple[int, int]:
    if table is None:
        return 0, 0
    met = total(table, "met_count")
    return met, met + total(table, "missed_count")


def _neglected(table: pd.DataFrame | None) -> tuple[int, int]:
    return (0, 0) if table is None else (total(table, "auto_decisions_count"), total(table, "decisions_count"))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _percent(part: int, whole: int) -> str:
    return _("{percent:.1f} %").format(percent=100 * part / whole) if whole else formats.NO_DATA


def _of(part: int, whole: int) -> str:
    return _("{part:,} of {whole:,}").format(part=part, whole=whole) if whole else _("none due")


def _shares(table: pd.DataFrame, hits: str, wholes: Sequence[str]) -> tuple[float | None, ...]:
    parts: Counter[object] = Counter()
    counts: Counter[object] = Counter()
    for row in rows(table):
        parts[row["period_on"]] += row[hits]
        counts[row["period_on"]] += sum(row[whole] for whole in wholes)
    return tuple(_share(int(parts[period]), int(count)) for period, count in counts.items())


def _row(figures: pd.DataFrame, figure: Figure) -> Row:
    return row_of(figures, "figure", figure.value)


def _before(value: str) -> str:
    return "" if value == formats.NO_DATA else _("before {value}").format(value=value)


def _is_known(value: float | None) -> bool:
    return value is not None and not bool(pd.isna(value))
