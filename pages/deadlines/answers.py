"""The questions of the page Deadlines with their answers kept: what is asked is the key, and answers are shared."""

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from data.deadlines import DeadlineQuestions
from pages.deadlines import asked as ask
from pages.deadlines import charts
from pages.deadlines.asked import Asked
from pages.shared import access, colours, service_words, session, words
from pages.shared.frames import where
from workflow.service.policies import TargetKind

MOST = 5_000  # targets that a list is made from
HANDED_OVER = 200  # tickets that an address may list
_KINDS = {kind.value for kind in TargetKind}


def clocks(asked: Asked) -> pd.DataFrame:
    """What runs out within the horizon and should have already, narrowed to the chosen bar: see `due_timers`."""
    return _in_slot(asked, every_clock(replace(asked, slot="")))


def targets(asked: Asked) -> pd.DataFrame:
    """The targets that are due within the horizon or overdue, narrowed to the chosen bar: see `due_targets`."""
    return _in_slot(asked, every_target(replace(asked, slot="")))


@session.cached
def every_clock(asked: Asked) -> pd.DataFrame:
    """The same of every bar."""
    if asked.what == ask.TARGETS or asked.consequence in _KINDS:
        return _questions().due_timers(asked.selection, until=asked.now, limit=0)
    return _questions().due_timers(
        asked.selection, until=asked.until, trigger=asked.consequence, assignee_id=asked.assignee_id
    )


@session.cached
def every_target(asked: Asked) -> pd.DataFrame:
    """The same of every bar."""
    found = access.service_questions().due_targets(
        asked.selection, until=asked.until, kind=_kind(asked), limit=MOST if _has_targets(asked) else 0
    )
    return _of_assignee(asked, found)


@session.cached
def breaches(asked: Asked) -> pd.DataFrame:
    """What was missed lately: see `ServiceQuestions.breaches`."""
    selection = replace(asked.selection, since=asked.now - ask.BACK[asked.back])
    limit = MOST if _has_targets(asked) else 0
    return _of_assignee(asked, access.service_questions().breaches(selection, kind=_kind(asked), limit=limit))


@session.cached
def approvals(asked: Asked) -> pd.DataFrame:
    """What the marketplace approved by itself in the last 7 days and in the 7 before: see `approvals`."""
    selection = replace(asked.selection, since=asked.now - 2 * ask.BACK["7d"])
    return _questions().approvals(selection, assignee_id=asked.assignee_id)


@session.cached
def strip(asked: Asked) -> go.Figure:
    """What is due, by time and consequence."""
    found, due = every_clock(asked), every_target(asked)
    named = pd.DataFrame(
        {
            "due_at": [*found["due_at"], *due["due_at"]],
            "name": [
                *[words.consequence(trigger) for trigger in found["trigger"]],
                *[service_words.target(kind) for kind in due["target_kind"]],
            ],
            "is_first": [*found["is_decided_for_us"], *([False] * len(due))],
        }
    )
    ahead = where(named, named["due_at"] > asked.now)
    return charts.strip(ahead, ask.BINS[asked.ahead], (asked.now, asked.until), asked.zone, colours.palette(asked.base))


def numbers(asked: Asked) -> list[int]:
    """The tickets of both lists, the nearest deadline first: what is handed over to the queue."""
    frames = clocks(asked), targets(asked)
    pairs = [pair for frame in frames for pair in zip(frame["due_at"], frame["number"], strict=True)]
    return list(dict.fromkeys(int(number) for _at, number in sorted(pairs)))[:HANDED_OVER]


def _questions() -> DeadlineQuestions:
    return DeadlineQuestions(access.desk().database)


def _has_targets(asked: Asked) -> bool:
    return asked.what != ask.CLOCKS and (not asked.consequence or asked.consequence in _KINDS)


def _kind(asked: Asked) -> TargetKind | None:
    return TargetKind(asked.consequence) if asked.consequence in _KINDS else None


def _of_assignee(asked: Asked, frame: pd.DataFrame) -> pd.DataFrame:
    wanted = asked.assignee_id
    kept = frame if wanted is None else where(frame, frame["assignee_id"] == wanted)
    return kept.reset_index(drop=True)


def _in_slot(asked: Asked, frame: pd.DataFrame) -> pd.DataFrame:
    begin = asked.slot_at
    if begin is None:
        return frame
    due = frame["due_at"]
    return where(frame, (due >= begin) & (due < begin + ask.BINS[asked.ahead])).reset_index(drop=True)
