"""The report's part about targets: what was met, missed, paused too long, and what is due next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import pandas as pd

from data.database import Database
from data.directory import Directory
from data.metrics import Metrics
from data.reports.values import AtRisk, Attained, Breach, PausedBy, Share
from data.selection import Selection
from data.service.questions import Grouping, ServiceQuestions
from data.service.shelf import Rulebook
from workflow.service.policies import MARKETPLACE, TargetKind
from workflow.tickets import Scope

LARGEST = 10
WORST = 3
NOBODY = "nobody"
_EVERY_ROW = 2**31


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """What categories, people and calendars are called; a name that is not known is its key."""

    categories: Mapping[str, str]
    people: Mapping[str, str]
    clocks: Mapping[str, str]

    @classmethod
    def of(cls, database: Database, rules: Rulebook, scope: Scope) -> Self:
        """The names within a scope."""
        rows = Metrics(database).categories(scope).to_dict("records")
        clocks = {name: clock.versions[-1].calendar.name for name, clock in rules.clocks.items()}
        return cls(
            categories={row["category"]: row["label_en"] for row in rows},
            people=Directory(database).names(scope=scope),
            clocks=clocks | {MARKETPLACE: ""},
        )

    def category(self, slug: str) -> str:
        """A category's name; one without looks like its slug."""
        return self.categories.get(slug) or slug.replace("_", " ").capitalize()

    def person(self, key: str) -> str:
        """An agent's or a seller's name."""
        return self.people.get(key, key) or NOBODY


@dataclass(frozen=True, kw_only=True, slots=True)
class Missed:
    """How many targets were missed, and the largest breaches of them."""

    count: int
    largest: tuple[Breach, ...]


def attained(now: pd.DataFrame, then: pd.DataFrame) -> tuple[Attained, ...]:
    """Every kind of target that was due in the week or runs at its horizon."""
    rows = {row["target_kind"]: row for row in now.to_dict("records")}
    before = {row["target_kind"]: row for row in then.to_dict("records")}
    return tuple(
        Attained(
            kind=kind,
            met=_met(rows[kind]),
            met_before=_met(before[kind]) if kind in before else Share(),
            **{name: int(rows[kind][name]) for name in _COUNTS},
        )
        for kind in TargetKind
        if kind in rows
    )


_COUNTS = ("ended_otherwise_count", "running_count", "paused_count", "overdue_count")


def breaches(service: ServiceQuestions, selection: Selection, names: Names) -> Missed:
    """The targets missed with a deadline in the week, those that were late longest first."""
    rows = service.breaches(selection)
    largest = rows.sort_values(
        ["late_seconds", "number", "target_kind", "turn"], ascending=[False, True, True, True], kind="stable"
    ).head(LARGEST)
    return Missed(count=len(rows), largest=tuple(_breach(row, names) for row in largest.to_dict("records")))


def pauses(service: ServiceQuestions, selection: Selection, names: Names) -> tuple[PausedBy, ...]:
    """The agents whose pauses went on longest after the buyer had written."""
    rows = service.pause_audit(selection, Grouping.AGENT).head(WORST)
    return tuple(
        PausedBy(
            agent_name=names.person(row["group_key"]),
            targets_count=int(row["targets_count"]),
            tickets_count=int(row["tickets_count"]),
            excess_pause_seconds=float(row["excess_pause_seconds"]),
            met=_met(row),
            met_if_right=_met(row, "lenient_"),
        )
        for row in rows.to_dict("records")
    )


def at_risk(service: ServiceQuestions, selection: Selection, until: datetime) -> AtRisk:
    """What runs at the horizon with a deadline before `until`, and what is overdue."""
    rows = service.due_targets(selection, until=until, limit=_EVERY_ROW)
    is_overdue = rows["status"] == "missed"
    kinds = rows.loc[~is_overdue, "target_kind"].tolist()
    return AtRisk(
        tickets_count=int(rows.loc[~is_overdue, "number"].nunique()),
        overdue_tickets_count=int(rows.loc[is_overdue, "number"].nunique()),
        targets=tuple((kind, kinds.count(kind)) for kind in TargetKind if kind in kinds),
    )


def _met(row: Mapping[Any, Any], prefix: str = "") -> Share:
    met, missed = int(row[f"{prefix}met_count"]), int(row[f"{prefix}missed_count"])
    return Share(part_count=met, whole_count=met + missed)


def _breach(row: Mapping[Any, Any], names: Names) -> Breach:
    return Breach(
        number=int(row["number"]),
        kind=TargetKind(row["target_kind"]),
        state=str(row["state"]),
        category_name=names.category(row["category"]),
        seller_name=names.person(row["seller_id"]),
        agent_name=names.person(row["assignee_id"]),
        policy_id=str(row["policy_id"]),
        clock_name=names.clocks.get(row["calendar_id"], row["calendar_id"]),
        due_at=row["due_at"].to_pydatetime(),
        ended_at=None if pd.isna(row["ended_at"]) else row["ended_at"].to_pydatetime(),
        budget_seconds=float(row["budget_seconds"]),
        late_seconds=float(row["late_seconds"]),
    )
