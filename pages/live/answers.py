"""The questions of the page Live. An answer is kept until something happens or the minute is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from data.deadlines import DeadlineQuestions
from data.live import LiveQuestions
from data.selection import Selection, Step
from pages.live import charts
from pages.shared import access, colours, dates, formats, service_words, session, words
from pages.shared.frames import rows
from pages.shared.people import Person
from pages.shared.texts import _
from workflow.tickets import Scope

NEXT = 10
AHEAD = timedelta(days=7)
WARNED = timedelta(hours=24)
HOURS = timedelta(hours=23)


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """The key of what is kept: the horizon, the newest event, the rules, who looks, on what base."""

    horizon_at: datetime
    version: str
    scope: Scope
    zone: str
    base: Literal["light", "dark"]

    @property
    def selection(self) -> Selection:
        """Everything within the scope, as of the horizon."""
        return Selection(horizon_at=self.horizon_at, scope=self.scope, time_zone=self.zone)

    @property
    def midnight_at(self) -> datetime:
        """When today began on the desk's clock, naive UTC."""
        return dates.start(self.horizon_at, Step.DAY, self.zone)


def moment(person: Person) -> Moment:
    """The present one."""
    return Moment(
        horizon_at=access.horizon_at(),
        version=f"{access.desk().database.path} {access.data_version()} {access.rules().key}",
        scope=person.scope,
        zone=access.zone(),
        base=colours.base(),
    )


@session.cached
def flow(at: Moment) -> pd.DataFrame:
    """The last 24 hours, and today if it began before: see `LiveQuestions.flow_by_hour`, with `is_today`."""
    local = formats.local(at.horizon_at, at.zone)
    hour_at = at.horizon_at - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    found = _live().flow_by_hour(at.selection, since=min(hour_at - HOURS, at.midnight_at))
    return found.assign(is_today=found["hour_at"] >= at.midnight_at)


@session.cached
def backlog_figure(at: Moment) -> go.Figure:
    """The backlog of the last 24 hours."""
    return charts.backlog(flow(at), at.zone, colours.palette(at.base))


@session.cached
def flow_figure(at: Moment) -> go.Figure:
    """What came and what was resolved, by the hour of today."""
    today = flow(at)
    return charts.flow(today.loc[today["is_today"]], at.zone, colours.palette(at.base))


@session.cached
def people(at: Moment) -> pd.DataFrame:
    """Who works: see `LiveQuestions.people_at_work`."""
    return _live().people_at_work(at.selection)


@session.cached
def upcoming(at: Moment) -> pd.DataFrame:
    """The next deadlines of both kinds: number, what, due_at, ledger (a target's key, else empty), assignee_id."""
    until = at.horizon_at + AHEAD
    clocks = _nearest_clocks(at)
    targets = access.service_questions().due_targets(at.selection, after=at.horizon_at, until=until, limit=NEXT)
    pairs = zip(targets["target_kind"], targets["turn"], strict=True)
    both = [
        clocks.assign(what=[words.consequence(trigger) for trigger in clocks["trigger"]], ledger=""),
        targets.assign(
            what=[_("{target} is due").format(target=service_words.target(kind)) for kind in targets["target_kind"]],
            ledger=[service_words.key(kind, int(turn)) for kind, turn in pairs],
        ),
    ]
    columns = ["number", "what", "due_at", "ledger", "assignee_id"]
    found = [row for frame in both for row in rows(frame.loc[:, columns])]
    found.sort(key=lambda row: (row["due_at"], row["number"], row["what"]))
    return pd.DataFrame(found[:NEXT], columns=columns)


def _nearest_clocks(at: Moment) -> pd.DataFrame:
    """The next clocks: those of a day where these are enough, for a busy desk has ten thousands in a week."""
    ask = DeadlineQuestions(access.desk().database).due_timers
    for ahead in (timedelta(days=1), AHEAD):
        clocks = ask(at.selection, since=at.horizon_at, until=at.horizon_at + ahead, limit=NEXT, is_by_instant=True)
        if len(clocks) == NEXT:
            break
    return clocks


@session.cached
def overdue_count(at: Moment) -> int:
    """How many service targets were missed and still run."""
    return access.service_questions().overdue_count(at.selection)


@session.cached
def warnings(at: Moment) -> pd.DataFrame:
    """The warnings of the last 24 hours: see `ServiceQuestions.recent_warnings`."""
    since = at.horizon_at - WARNED
    return access.service_questions().recent_warnings(at.selection, since=since, limit=NEXT)


def _live() -> LiveQuestions:
    return LiveQuestions(access.desk().database)
