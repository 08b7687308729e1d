"""The four numbers on top of the page Deadlines."""

from dataclasses import dataclass

import streamlit as st

from pages.deadlines import answers
from pages.deadlines.asked import AHEAD_NAMES, BACK, BACK_NAMES, Asked
from pages.shared import definitions
from pages.shared.frames import total, where
from pages.shared.texts import _, counted

CARD_WIDTH = 150


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """A card: what it counts, how much, and what of it matters most."""

    label: str
    value: int
    foot: str
    tip: str
    defined_by: tuple[str, ...]  # headings of DECISIONS.md


def cards_row(asked: Asked) -> None:
    """Draw them; two beside each other on a phone."""
    numbers = [_due(asked), _overdue(asked), _breached(asked), _approved(asked)]
    grid = st.grid(len(numbers), min_column_width=CARD_WIDTH, gap="small", border=True)
    for number in numbers:
        with grid.cell(), st.container(gap="xsmall"):
            st.metric(number.label, f"{number.value:,}", help=definitions.tip(number.tip, *number.defined_by))
            st.caption(number.foot)


def _due(asked: Asked) -> Number:
    clocks, targets = answers.every_clock(asked), answers.every_target(asked)
    due_clocks = where(clocks, clocks["due_at"] > asked.now)
    due_targets = where(targets, targets["due_at"] > asked.now)
    decided = total(due_clocks, "is_decided_for_us")
    return Number(
        label=_("Due within {horizon}").format(horizon=AHEAD_NAMES[asked.ahead]),
        value=len(due_clocks) + len(due_targets),
        foot=counted("{count} would be approved by itself", "{count} would be approved by themselves", decided),
        tip=_("Marketplace deadlines and service targets that run out within the horizon."),
        defined_by=("Deadlines that run out", "Targets"),
    )


def _overdue(asked: Asked) -> Number:
    clocks, targets = answers.every_clock(asked), answers.every_target(asked)
    late = where(targets, targets["due_at"] <= asked.now)
    passed = where(clocks, clocks["due_at"] <= asked.now)
    return Number(
        label=_("Overdue now"),
        value=len(late) + len(passed),
        foot=counted("on {count} ticket", "on {count} tickets", len({*late["number"], *passed["number"]})),
        tip=_("Service targets that were missed and still run; a deadline that has passed happens within a minute."),
        defined_by=("Due and missed", "Timers and ticking"),
    )


def _breached(asked: Asked) -> Number:
    found = answers.breaches(asked)
    ongoing = len(where(found, found["ended_at"].isna()))
    return Number(
        label=_("Breached in {period}").format(period=BACK_NAMES[asked.back]),
        value=len(found),
        foot=counted("{count} goes on", "{count} go on", ongoing),
        tip=_("Service targets that were missed with a deadline in the period of the list below."),
        defined_by=("Due and missed",),
    )


def _approved(asked: Asked) -> Number:
    found = answers.approvals(asked).assign(count=1)
    since = asked.now - BACK["7d"]
    now, before = (where(found, is_in) for is_in in (found["occurred_at"] >= since, found["occurred_at"] < since))
    return Number(
        label=_("Approved by the marketplace"),
        value=total(now, "count"),
        foot=_("in 7 days, before {count:,}").format(count=total(before, "count")),
        tip=_("Returns and cancellations that were approved by themselves, because nobody had decided in time."),
        defined_by=("Approved by the marketplace",),
    )
