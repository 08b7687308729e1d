"""The five cards on top of response times: what they say, from frames. Drawing them is `cards_row`'s."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from data.selection import Figure
from pages.shared import formats
from pages.shared.frames import Row, row_of, rows
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
    definition: str  # a heading of DECISIONS
    course: tuple[float | None, ...]
    kind: Literal["line", "bar"] = "line"


@dataclass(frozen=True, kw_only=True, slots=True)
class Frames:
    """What the cards are made from, see `data.metrics`: `backlog_before` is None where there is no period before."""

    figures: pd.DataFrame
    over_time: pd.DataFrame
    backlog_count: int
    backlog_before_count: int | None
    backlog_by_day: pd.DataFrame


def headlines(frames: Frames) -> Sequence[Headline]:
    """The cards from left to right."""
    return [
        _median(frames, Figure.FIRST_REPLY),
        _p90(frames),
        _kaplan_meier(frames),
        _median(frames, Figure.FIRST_RESOLUTION),
        _backlog(frames),
    ]


def change(now: float | None, before: float | None) -> str:
    """The change from `before` to `now` in percent, as Streamlit reads it: `-12 %`, `+3 %`, `0 %`; else empty."""
    if now is None or before is None or not _is_known(now) or not _is_known(before) or not before:
        return ""
    percent = round(100 * (now - before) / before)
    return f"{percent:+d} %" if percent else "0 %"


def _median(frames: Frames, figure: Figure) -> Headline:
    row = _row(frames.figures, figure)
    is_reply = figure is Figure.FIRST_REPLY
    share = formats.share(int(row["reached_count"]), int(row["tickets_count"]))
    interval = _("Kaplan-Meier {value}").format(value=kaplan_meier_text(row))
    return Headline(
        key=figure.value,
        label=_("First reply, median") if is_reply else _("First resolution, median"),
        value=formats.duration(row["median_seconds"]),
        delta=change(row["median_seconds"], row["previous_median_seconds"]),
        before=_before(formats.duration(row["previous_median_seconds"])),
        foot=_("replied {share}").format(share=share)
        if is_reply
        else f"{interval} · {_('resolved {share}').format(share=share)}",
        tip=_("Half of the tickets that were answered had their first public reply within this time.")
        if is_reply
        else _("Half of the tickets that were resolved were so for the first time within this time."),
        definition="First reply" if is_reply else "First resolution",
        course=_course(frames.over_time, figure, "median_seconds"),
    )


def _p90(frames: Frames) -> Headline:
    row = _row(frames.figures, Figure.FIRST_REPLY)
    return Headline(
        key="first_reply_p90",
        label=_("First reply, 90 % within"),
        value=formats.duration(row["p90_seconds"]),
        delta=change(row["p90_seconds"], row["previous_p90_seconds"]),
        before=_before(formats.duration(row["previous_p90_seconds"])),
        foot=_("of {count:,} replied to").format(count=int(row["reached_count"])),
        tip=_("Nine of ten tickets that were answered had their first public reply within this time."),
        definition="First reply",
        course=_course(frames.over_time, Figure.FIRST_REPLY, "p90_seconds"),
    )


def _kaplan_meier(frames: Frames) -> Headline:
    row = _row(frames.figures, Figure.FIRST_REPLY)
    waiting = counted("{count} still waits", "{count} still wait", int(row["censored_count"]))
    return Headline(
        key="first_reply_kaplan_meier",
        label=_("First reply, Kaplan-Meier"),
        value=kaplan_meier_text(row),
        delta=change(row["kaplan_meier_median_seconds"], row["previous_kaplan_meier_median_seconds"]),
        before=_before(kaplan_meier_text(row, "previous_")),
        foot=_("n {count:,}, of which {waiting}").format(count=int(row["tickets_count"]), waiting=waiting),
        tip=_("The median with the tickets that still wait counted in: by then half of all have their first reply."),
        definition="Kaplan-Meier median",
        course=_course(frames.over_time, Figure.FIRST_REPLY, "kaplan_meier_median_seconds"),
    )


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
        label=_("Backlog now"),
        value=f"{frames.backlog_count:,}",
        delta=change(frames.backlog_count, before),
        before=_before(f"{before:,}") if before is not None else "",
        foot=_("{opened}, before {count:,}").format(opened=opened, count=int(opened_before))
        if _is_known(opened_before)
        else opened,
        tip=_("Tickets that are not resolved now, whenever they were opened. Below: those opened in the period."),
        definition="Backlog",
        course=tuple(float(count) for count in by_day.values()),
    )


def kaplan_meier_text(row: Row, prefix: str = "") -> str:
    """The Kaplan-Meier median; `not reached` where fewer than half ended, a dash where there is no ticket."""
    seconds = row[f"{prefix}kaplan_meier_median_seconds"]
    if _is_known(seconds):
        return formats.duration(seconds)
    tickets = row[f"{prefix}tickets_count"]
    return _("not reached") if _is_known(tickets) and tickets else formats.NO_DATA


def _row(figures: pd.DataFrame, figure: Figure) -> Row:
    return row_of(figures, "figure", figure.value)


def _course(over_time: pd.DataFrame, figure: Figure, column: str) -> tuple[float | None, ...]:
    values = [row[column] for row in rows(over_time) if row["figure"] == figure.value]
    return tuple(float(value) if _is_known(value) else None for value in values)


def _before(value: str) -> str:
    return "" if value == formats.NO_DATA else _("before {value}").format(value=value)


def _is_known(value: float | None) -> bool:
    return value is not None and not bool(pd.isna(value))
