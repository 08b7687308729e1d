"""What a weekly report holds: counts, durations in seconds, instants in naive UTC. The one source of all its forms."""

from dataclasses import dataclass
from datetime import datetime

from data.reports.weeks import Week
from data.statistics.proportions import wilson_interval
from workflow.service.policies import TargetKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """A part of a whole."""

    part_count: int = 0
    whole_count: int = 0

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None of nothing."""
        return self.part_count / self.whole_count if self.whole_count else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Its 95 % interval (DECISIONS: Wilson interval)."""
        if not self.whole_count:
            return None
        low, high = wilson_interval([self.part_count], [self.whole_count])
        return float(low[0]), float(high[0])


@dataclass(frozen=True, kw_only=True, slots=True)
class Flow:
    """What came and went in a week. The backlog is the one before plus opened, reopened, minus resolved and closed."""

    opened_count: int
    reopened_count: int
    resolved_count: int
    closed_count: int  # settled without a resolution: withdrawn, expired, merged
    backlog_count: int  # open at the end


@dataclass(frozen=True, kw_only=True, slots=True)
class Waits:
    """How long the tickets opened in the week took, of all of them (Kaplan-Meier); None: not reached."""

    tickets_count: int
    reached_count: int
    median_seconds: float | None
    low_seconds: float | None
    high_seconds: float | None
    p90_seconds: float | None

    @property
    def censored_count(self) -> int:
        """How many had not got there at the horizon."""
        return self.tickets_count - self.reached_count


@dataclass(frozen=True, kw_only=True, slots=True)
class Attained:
    """Of the targets of a kind with a deadline in the week, how many were met; what runs is as of the horizon."""

    kind: TargetKind
    met: Share
    met_before: Share
    ended_otherwise_count: int
    running_count: int
    paused_count: int
    overdue_count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CategoryWeek:
    """A category's part of the week."""

    category: str
    name: str
    opened_count: int
    backlog_count: int
    first_reply: Waits
    first_reply_met: Share
    full_resolution_met: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class Breach:
    """A target missed with a deadline in the week; `clock_name` is empty where every hour counts."""

    number: int
    kind: TargetKind
    state: str
    category_name: str
    seller_name: str
    agent_name: str
    policy_id: str
    clock_name: str
    due_at: datetime
    ended_at: datetime | None  # None: it goes on
    budget_seconds: float
    late_seconds: float  # in the target's own clock


@dataclass(frozen=True, kw_only=True, slots=True)
class PausedBy:
    """An agent whose pauses went on after the buyer had written."""

    agent_name: str
    targets_count: int
    tickets_count: int
    excess_pause_seconds: float
    met: Share
    met_if_right: Share  # had the pauses ended with the buyer's message


@dataclass(frozen=True, kw_only=True, slots=True)
class AtRisk:
    """What runs at the horizon and is due before the end of the next week; what is overdue already is apart."""

    tickets_count: int
    overdue_tickets_count: int
    targets: tuple[tuple[TargetKind, int], ...]  # not overdue yet


@dataclass(frozen=True, kw_only=True, slots=True)
class Satisfaction:
    """The ratings given in the week from 1 to 5, and how many of those resolved in the week before were rated."""

    name: str  # of the category, empty for all
    counts: tuple[int, ...]  # of 1, 2, 3, 4 and 5
    answered: Share

    @property
    def ratings_count(self) -> int:
        """How many tickets were rated in the week."""
        return sum(self.counts)

    @property
    def mean(self) -> float | None:
        """The mean rating; None where nobody rated."""
        total = sum(rating * count for rating, count in enumerate(self.counts, start=1))
        return total / self.ratings_count if self.ratings_count else None


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekPoint:
    """One of the weeks that the report's own is compared with."""

    week: Week
    opened_count: int
    met: tuple[tuple[TargetKind, Share], ...]

    def met_of(self, kind: TargetKind) -> Share:
        """The share of a kind of target; nothing where none was due."""
        return dict(self.met).get(kind, Share())


@dataclass(frozen=True, kw_only=True, slots=True)
class WeeklyReport:
    """One week of the desk, as of its end or as of `horizon_at` where it still runs; the week before beside it."""

    week: Week
    time_zone: str
    starts_at: datetime
    ends_at: datetime
    horizon_at: datetime
    is_synthetic: bool
    flow: Flow
    flow_before: Flow
    first_reply: Waits
    first_reply_before: Waits
    full_resolution: Waits
    full_resolution_before: Waits
    attained: tuple[Attained, ...]
    categories: tuple[CategoryWeek, ...]
    auto_approved: Share  # of the claims decided in the week
    auto_approved_before: Share
    breaches_count: int
    breaches: tuple[Breach, ...]
    opened_by_hour: tuple[int, ...]  # of the day, 24 of them
    weeks: tuple[WeekPoint, ...]
    signals: tuple[str, ...]
    pauses: tuple[PausedBy, ...]
    at_risk: AtRisk
    satisfaction: tuple[Satisfaction, ...]  # by category, those with most ratings first

    @property
    def is_running(self) -> bool:
        """Whether the week was not over at the horizon."""
        return self.horizon_at < self.ends_at
