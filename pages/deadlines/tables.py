"""The lists of the page Deadlines in words. Free of streamlit but for column settings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared import formats, names, service_words, words
from pages.shared.texts import _
from workflow.vocabulary import Ball

Names = Mapping[str, str]


def clocks(frame: pd.DataFrame, agents: Names, now: datetime, zone: str) -> pd.DataFrame:
    """What runs out: one row per row of `DeadlineQuestions.due_timers`."""
    return pd.DataFrame(
        {
            "number": frame["number"],
            "what": [_capital(words.consequence(trigger)) for trigger in frame["trigger"]],
            "when": [_when(at, now) for at in frame["due_at"]],
            "at": [formats.short_instant(at, zone) for at in frame["due_at"]],
            "state": names.labels(frame, "state"),
            "about": frame["product_name"],
            "turn": [words.BALLS[Ball(ball)] for ball in frame["ball"]],
            "assignee": _called(frame, agents),
            "source": frame["source"],
        }
    )


def targets(frame: pd.DataFrame, agents: Names, states: Names, now: datetime, zone: str) -> pd.DataFrame:
    """The targets that run: one row per row of `ServiceQuestions.due_targets`."""
    return pd.DataFrame(
        {
            "number": frame["number"],
            "what": _targets(frame, "target_state", states),
            "when": [_when(at, now) for at in frame["due_at"]],
            "at": [formats.short_instant(at, zone) for at in frame["due_at"]],
            "budget": [formats.duration(budget / 1_000_000) for budget in frame["budget_microseconds"]],
            "clock": service_words.clocks(frame["calendar_id"]),
            "turn": [words.BALLS[Ball(ball)] for ball in frame["ball"]],
            "assignee": _called(frame, agents),
        }
    )


def breaches(frame: pd.DataFrame, agents: Names, states: Names, zone: str) -> pd.DataFrame:
    """What was missed: one row per row of `ServiceQuestions.breaches`."""
    return pd.DataFrame(
        {
            "number": frame["number"],
            "what": _targets(frame, "state", states),
            "late": [_late(late) for late in frame["late_seconds"]],
            "at": [formats.short_instant(at, zone) for at in frame["due_at"]],
            "ended": [_("goes on") if pd.isna(at) else formats.short_instant(at, zone) for at in frame["ended_at"]],
            "budget": [formats.duration(budget) for budget in frame["budget_seconds"]],
            "clock": service_words.clocks(frame["calendar_id"]),
            "assignee": _called(frame, agents),
        }
    )


def columns(zone: str) -> dict[str, Any]:
    """How the lists show their columns; each list has some of them."""
    column = st.column_config
    return {
        "number": column.NumberColumn(_("No."), width=52, format="%d", help=_("Opens the ticket")),
        "what": column.TextColumn(_("What"), width=170),
        "when": column.TextColumn(_("When"), width=110),
        "late": column.TextColumn(_("Late by"), width=110, help=_("In the target's own clock")),
        "at": column.TextColumn(_("Due"), width=100, help=_("Times in {zone}").format(zone=zone)),
        "ended": column.TextColumn(_("Ended"), width=100),
        "state": column.TextColumn(_("State"), width=160),
        "about": column.TextColumn(_("About"), width=150),
        "turn": column.TextColumn(_("Whose turn"), width=150),
        "budget": column.TextColumn(_("Budget"), width=80),
        "clock": column.TextColumn(_("Clock"), width=130),
        "assignee": column.TextColumn(_("Assigned to"), width=120),
        "source": column.TextColumn(_("Who says so"), width=240),
    }


def _when(at: datetime, now: datetime) -> str:
    if at <= now:
        return _("overdue {duration}").format(duration=formats.duration((now - at).total_seconds(), parts=1))
    return formats.until(at, now)


def _late(seconds: float) -> str:
    return formats.duration(seconds) if seconds >= formats.MINUTE else _("under 1 min")


def _targets(frame: pd.DataFrame, column: str, states: Names) -> list[str]:
    pairs = zip(frame["target_kind"], frame[column], strict=True)
    return [service_words.target(kind, states.get(state, state)) for kind, state in pairs]


def _called(frame: pd.DataFrame, agents: Names) -> list[str]:
    return [agents.get(agent_id, agent_id) for agent_id in frame["assignee_id"]]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
