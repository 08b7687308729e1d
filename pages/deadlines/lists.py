"""The three lists of the page Deadlines, and what a click on a row of them does."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from pages.deadlines import answers, tables
from pages.deadlines.asked import BACK_NAMES, PAGE, Asked
from pages.shared import access, filters, names, service_words, session
from pages.shared.cards import card, nothing_here
from pages.shared.texts import _, counted

SHOWN_ROWS, ROW_HEIGHT = 12, 35
TICKET = "deadlines_ticket"  # the ticket that was clicked, until the page has gone there
NUMBER_COLUMN = "number"
RUNS_OUT = "Deadlines that run out"  # a heading of DECISIONS.md


def clocks(asked: Asked) -> None:
    """What runs out."""
    frame = answers.clocks(asked)
    subtitle, defined_by = _("marketplace deadlines, decided for us first"), (RUNS_OUT, "Timers and ticking")
    with card(_("What runs out"), subtitle, key="deadlines_clocks", defined_by=defined_by):
        shown = tables.clocks(frame, access.directory().names(), asked.now, asked.zone)
        _list("clocks", shown, list(frame["number"]), asked.zone, ())


def targets(asked: Asked) -> None:
    """The service targets that are due or overdue."""
    frame = answers.targets(asked)
    subtitle, defined_by = _("the longest overdue first"), (RUNS_OUT, "Targets")
    with card(_("Service targets due"), subtitle, key="deadlines_targets", defined_by=defined_by):
        shown = tables.targets(frame, access.directory().names(), _states(), asked.now, asked.zone)
        _list("targets", shown, list(frame["number"]), asked.zone, _keys(frame))


def breaches(asked: Asked) -> None:
    """What was missed lately."""
    frame = answers.breaches(asked)
    subtitle, defined_by = _("missed targets, the newest deadline first"), ("Due and missed", "Lateness")
    with card(_("Breaches"), subtitle, key="deadlines_breaches", defined_by=defined_by):
        filters.slug_filter(PAGE, "breached", asked.back, BACK_NAMES, _("Period"))
        shown = tables.breaches(frame, access.directory().names(), _states(), asked.zone)
        _list("breaches", shown, list(frame["number"]), asked.zone, _keys(frame))


def _list(name: str, shown: pd.DataFrame, numbers: Sequence[int], zone: str, keys: Sequence[str]) -> None:
    if shown.empty:
        nothing_here(_("Nothing. Change the filters, or take a break."))
        return
    key = f"{PAGE}_{name}_list"
    st.dataframe(
        shown,
        key=key,
        on_select=_on_select(key, list(shown.columns), numbers, keys),
        selection_mode=["single-row", "single-cell"],
        hide_index=True,
        row_height=ROW_HEIGHT,
        height=min(len(shown) + 1, SHOWN_ROWS) * ROW_HEIGHT + 3,
        column_config={column: how for column, how in tables.columns(zone).items() if column in shown},
        alt=_("Rows of deadlines; a row opens its ledger or ticket"),
    )
    opens = _("a row opens its ledger, its number the ticket") if keys else _("a row opens its ticket")
    st.caption(f"{counted('{count} row', '{count} rows', len(shown))} · {opens}")


def _on_select(key: str, columns: Sequence[str], numbers: Sequence[int], keys: Sequence[str]) -> Callable[[], None]:
    def select() -> None:
        selection = session.recall(key, {}).get("selection", {})
        cells = [tuple(cell) for cell in selection.get("cells", [])]
        marked = [(row, column) for row, column in cells] or [(row, columns[-1]) for row in selection.get("rows", [])]
        session.remember(key, {"selection": {"rows": [], "columns": [], "cells": []}})
        if not marked or marked[0][0] >= len(numbers):
            return
        row, column = marked[0]
        if keys and column != NUMBER_COLUMN:
            session.set_query(ticket=str(numbers[row]), ledger=str(keys[row]))
        else:
            session.remember(TICKET, str(numbers[row]))

    return select


def _keys(frame: pd.DataFrame) -> list[str]:
    pairs = zip(frame["target_kind"], frame["turn"], strict=True)
    return [service_words.key(kind, int(turn)) for kind, turn in pairs]


def _states() -> dict[str, str]:
    states = access.metrics().states()
    return dict(zip(states["state"], names.labels(states, "state"), strict=True))
