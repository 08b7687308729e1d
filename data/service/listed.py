"""The targets behind a mark of a figure, page by page: what a click leads to. The SQL is in `sql/service`."""

from dataclasses import dataclass
from enum import StrEnum, auto
from math import inf

import numpy as np
import pandas as pd

from data.selection import Selection
from data.service.questions import Grouping, ServiceQuestions
from workflow.service.policies import TargetKind

_MICROSECONDS = 1_000_000


class Outcome(StrEnum):
    """What became of a target; `OVERDUE` was missed and goes on."""

    MET = auto()
    MISSED = auto()
    OVERDUE = auto()
    RUNNING = auto()
    PAUSED = auto()
    ENDED_OTHERWISE = auto()


class Cohort(StrEnum):
    """Which instant of a target has to lie in the period."""

    DUE = auto()
    STARTED = auto()
    RUNNING = auto()  # none: it has not ended at the horizon, whenever it is due


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowed:
    """Which targets stand behind a mark: of a kind, an outcome (none: any), a group, and that took so long."""

    cohort: Cohort = Cohort.DUE
    kind: TargetKind | None = None
    outcomes: tuple[Outcome, ...] = ()
    grouping: Grouping = Grouping.WHOLE
    group_key: str = ""
    from_seconds: float = 0
    to_seconds: float = inf
    has_excess: bool = False  # its pauses went on after the buyer had written


class TargetQuestions(ServiceQuestions):
    """What `ServiceQuestions` answers, and the targets behind it."""

    def targets_listed(self, selection: Selection, narrowed: Narrowed, *, limit: int, offset: int = 0) -> pd.DataFrame:
        """The targets behind a mark, the newest deadline first (start, where a target that stands still has none).

        number, target_kind, category, started_at, outcome (an `Outcome`), due_at, ended_at,
        wait_seconds (every hour counts), late_seconds (in the target's own clock; NaN unless missed),
        excess_pause_seconds, all_count (how many there are on all pages).
        """
        more = {
            "cohort": narrowed.cohort.value,
            "target_kind": narrowed.kind.value if narrowed.kind else "",
            "outcomes": [outcome.value for outcome in narrowed.outcomes],
            "grouping": narrowed.grouping.value,
            "group_key": narrowed.group_key,
            "from_seconds": narrowed.from_seconds,
            "to_seconds": narrowed.to_seconds,
            "has_excess": narrowed.has_excess,
        }
        rows = self._frame("targets_listed", selection, **more, row_limit=limit, row_offset=offset)
        late = rows["counted_microseconds"] + self._since_last_event(rows, selection.horizon_at)
        is_late = rows["outcome"].isin([Outcome.MISSED, Outcome.OVERDUE])
        rows["late_seconds"] = np.where(is_late, (late - rows["allowed_microseconds"]) / _MICROSECONDS, np.nan)
        unneeded = ["counted_microseconds", "allowed_microseconds", "last_event_at", "calendar_id", "is_paused"]
        return rows.drop(columns=unneeded)
