"""The figures of one week, each asked where every page asks for it (DECISIONS: Weekly report)."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pandas as pd

from data.database import Database
from data.durations import SECOND, Durations
from data.reports.history import signals_of, weeks_until
from data.reports.questions import ReportQuestions
from data.reports.service_levels import Names, at_risk, attained, breaches, pauses
from data.reports.values import CategoryWeek, Satisfaction, Share, Waits, WeeklyReport
from data.reports.weeks import Week, WeekAheadError, week_earlier
from data.selection import Selection
from data.service.kept import keep_up
from data.service.questions import Grouping, ServiceQuestions, added_up
from data.service.shelf import Rulebook
from data.settings import Settings
from workflow.service.policies import TargetKind
from workflow.tickets import EVERYTHING, Scope

_NINE_TENTHS = 0.9


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """Who answers, and about what: the week and the one before it, each as of its own horizon."""

    questions: ReportQuestions
    service: ServiceQuestions
    week: Selection
    before: Selection


def weekly_figures(  # noqa: PLR0913 - who asks, about which week and as of when are told apart by name
    database: Database,
    rules: Rulebook,
    *,
    week_start: date,
    time_zone: str,
    now: datetime,
    scope: Scope = EVERYTHING,
) -> WeeklyReport:
    """The report of the ISO week that begins on `week_start` (a Monday) in `time_zone`, as of its end or of `now`.

    Judges the targets of tickets that changed first. `WeekAheadError` where the week has not begun.
    """
    week = Week(monday=week_start - timedelta(days=week_start.weekday()))
    since, until = week.starts_at(time_zone), week.ends_at(time_zone)
    if since >= now:
        raise WeekAheadError(week=week, time_zone=time_zone)
    keep_up(database, rules)
    horizon_at = min(until, now)
    selection = Selection(horizon_at=horizon_at, scope=scope, since=since, until=horizon_at, time_zone=time_zone)
    asked = _Asked(
        questions=ReportQuestions(database),
        service=ServiceQuestions(database, rules),
        week=selection,
        before=_week_before(selection, week, is_over=horizon_at == until),
    )
    return _report(asked, week, Names.of(database, rules, scope), is_synthetic=_is_synthetic(database, asked))


def _report(asked: _Asked, week: Week, names: Names, *, is_synthetic: bool) -> WeeklyReport:
    questions, selection, before = asked.questions, asked.week, asked.before
    tickets, tickets_before = questions.durations(selection), questions.durations(before)
    by_category = asked.service.attainment(selection, Grouping.CATEGORY)
    attained_before = asked.service.attainment(before)
    points = weeks_until(questions, asked.service, selection, week)
    missed = breaches(asked.service, selection, names)
    return WeeklyReport(
        week=week,
        time_zone=selection.time_zone,
        starts_at=week.starts_at(selection.time_zone),
        ends_at=week.ends_at(selection.time_zone),
        horizon_at=selection.horizon_at,
        is_synthetic=is_synthetic,
        flow=questions.week_flow(selection),
        flow_before=questions.week_flow(before),
        first_reply=_waits(tickets, "first_reply"),
        first_reply_before=_waits(tickets_before, "first_reply"),
        full_resolution=_waits(tickets, "full_resolution"),
        full_resolution_before=_waits(tickets_before, "full_resolution"),
        attained=attained(added_up(by_category), attained_before),
        categories=_categories(tickets, by_category, questions.backlog(selection), names),
        auto_approved=questions.claims_decided(selection),
        auto_approved_before=questions.claims_decided(before),
        breaches_count=missed.count,
        breaches=missed.largest,
        opened_by_hour=questions.opened_by_hour(selection),
        weeks=points,
        signals=signals_of(points),
        pauses=pauses(asked.service, selection, names),
        at_risk=at_risk(asked.service, selection, week.later(1).ends_at(selection.time_zone)),
        satisfaction=_satisfaction(questions.ratings(selection, week.later(-1).starts_at(selection.time_zone)), names),
    )


def _satisfaction(ratings: pd.DataFrame, names: Names) -> tuple[Satisfaction, ...]:
    """One per category in which somebody rated or was asked; most ratings first."""
    found = [
        Satisfaction(
            name=names.category(row["category"]),
            counts=tuple(int(row[f"{rating}_count"]) for rating in ("ones", "twos", "threes", "fours", "fives")),
            answered=Share(part_count=int(row["answered_count"]), whole_count=int(row["asked_count"])),
        )
        for row in ratings.to_dict("records")
    ]
    return tuple(sorted(found, key=lambda one: (-one.ratings_count, one.name)))


def _week_before(selection: Selection, week: Week, *, is_over: bool) -> Selection:
    """The week before, as of its own end; beside a running week up to the same moment of it."""
    since = week.later(-1).starts_at(selection.time_zone)
    until = week.starts_at(selection.time_zone)
    horizon_at = until if is_over else week_earlier(selection.horizon_at, selection.time_zone)
    horizon_at = min(max(horizon_at, since), until)
    return replace(selection, since=since, until=horizon_at, horizon_at=horizon_at)


def _is_synthetic(database: Database, asked: _Asked) -> bool:
    summary = asked.questions.desk_summary(asked.week.scope).iloc[0]
    return Settings(database).data_are_synthetic or bool(summary["is_synthetic"])


def _waits(tickets: pd.DataFrame, figure: str) -> Waits:
    durations = Durations.of(tickets, f"{figure}_microseconds")
    curve = durations.curve
    low, high = curve.median_interval
    return Waits(
        tickets_count=len(tickets),
        reached_count=len(durations.reached),
        median_seconds=_seconds(curve.median),
        low_seconds=_seconds(low),
        high_seconds=_seconds(high),
        p90_seconds=_seconds(curve.quantile(_NINE_TENTHS)),
    )


def _seconds(microseconds: float | None) -> float | None:
    return None if microseconds is None else microseconds / SECOND


def _categories(
    tickets: pd.DataFrame, by_category: pd.DataFrame, backlog: pd.DataFrame, names: Names
) -> tuple[CategoryWeek, ...]:
    """One per category with a ticket opened in the week, open at its end or with a target due in it; most first."""
    opened, still_open = Counter[str](tickets["category"].tolist()), Counter[str]()
    for category, count in zip(backlog["category"].tolist(), backlog["tickets_count"].tolist(), strict=True):
        still_open[category] += count
    met = {
        (row["group_key"], row["target_kind"]): Share(
            part_count=int(row["met_count"]), whole_count=int(row["met_count"] + row["missed_count"])
        )
        for row in by_category.to_dict("records")
    }
    due = {category for (category, _kind), share in met.items() if share.whole_count}
    found = [
        CategoryWeek(
            category=category,
            name=names.category(category),
            opened_count=opened[category],
            backlog_count=still_open[category],
            first_reply=_waits(tickets.loc[tickets["category"] == category], "first_reply"),
            first_reply_met=met.get((category, TargetKind.FIRST_REPLY.value), Share()),
            full_resolution_met=met.get((category, TargetKind.FULL_RESOLUTION.value), Share()),
        )
        for category in {*opened, *still_open, *due}
    ]
    return tuple(sorted(found, key=lambda line: (-line.opened_count, -line.backlog_count, line.category)))
