"""What a question is asked about: which tickets, which period, as of when. Owns no SQL."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum, auto
from typing import Any, Self

from workflow.nearest import REMEMBERED
from workflow.overdue import order
from workflow.tickets import EVERYTHING, Scope
from workflow.words import Sought, sought

EARLIEST = datetime(1, 1, 1)  # noqa: DTZ001 - instants are naive UTC
DUE_SOON = timedelta(hours=24)
RECENT = timedelta(days=7)
HIGHEST = chr(0x10FFFF)  # sorts after every other sign


class Figure(StrEnum):
    """The three durations of a ticket that the desk publishes (DECISIONS has a heading for each)."""

    FIRST_REPLY = auto()
    FIRST_RESOLUTION = auto()
    FULL_RESOLUTION = auto()


class Step(StrEnum):
    """How long one point of a line is; weeks begin on Monday."""

    DAY = auto()
    WEEK = auto()
    MONTH = auto()


class QueueView(StrEnum):
    """The prepared views of the queue; all but `RECENT`, `SETTLED` and `ALL` show open tickets only.

    `DUE_SOON` shows settled tickets, too, on which the buyer wrote again and nobody has answered (`int_written_to`).
    """

    OPEN = auto()
    MINE = auto()  # assigned to the agent who looks
    UNASSIGNED = auto()
    TEAM = auto()  # of the team of the agent who looks
    OURS = auto()  # the seller holds the ball
    WAITING = auto()  # somebody else does
    BUYER = auto()  # the buyer does
    PLATFORM = auto()  # the platform has taken it up
    DUE_SOON = auto()  # a clock or a service target runs out soon, or has
    OVERDUE = auto()  # one has, and what it waited for has not happened
    RECENT = auto()  # settled in the last week, whenever it was closed (`int_settled_since`)
    SETTLED = auto()
    ALL = auto()


class QueueSort(StrEnum):
    """Orders of the queue; ties by the nearest clock or service target, then the newest number."""

    NEAREST_CLOCK = auto()
    OLDEST = auto()
    NEWEST = auto()
    PRIORITY = auto()
    CHANGED = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """Tickets opened in `[since, until)`, seen as of `horizon_at` (events before it); None is no bound.

    An empty tuple of `categories` is no limit. Days and weeks are those of `time_zone`, an IANA name.
    """

    horizon_at: datetime
    scope: Scope = EVERYTHING
    categories: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    time_zone: str = "UTC"

    @property
    def parameters(self) -> dict[str, Any]:
        """What the SQL of the marts is given."""
        return {
            "as_of": self.horizon_at,
            "since": self.since or EARLIEST,
            "until": self.until or self.horizon_at,
            "categories": list(self.categories),
            "seller_ids": list(self.scope.seller_ids),
            "team_ids": list(self.scope.team_ids),
            "time_zone": self.time_zone,
        }

    def before(self) -> Self | None:
        """The period of the same length just before, seen as of its own end likewise; None without a `since`.

        The horizon moves back as far as the period does: both cohorts have had the same time to be answered.
        """
        if self.since is None:
            return None
        length = (self.until or self.horizon_at) - self.since
        return replace(self, since=self.since - length, until=self.since, horizon_at=self.horizon_at - length)


@dataclass(frozen=True, kw_only=True, slots=True)
class BreachClock:
    """That a timer of one version of a lifecycle means a breach of ours, until `clock` ends or begins anew.

    The clock `state` is leaving the state, or that somebody else must act.
    """

    category: str
    version: int
    trigger: str
    clock: str


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueFilter:
    """Which tickets of the queue to list. Empty is no limit.

    `search` is words, all of which a ticket must have (DECISIONS: Search); `agent_id` and `agent_team_id` are who looks
    (for `MINE` and `TEAM`), `assignee_ids` and `teams` filters like the others, an empty id in them is nobody.
    `numbers` is a list that another page hands over. `judged_up_to` is the position of the log up to which the service
    targets are kept, `breach_clocks` are those of all lifecycles; `Metrics` fills both in.
    """

    now: datetime
    scope: Scope = EVERYTHING
    view: QueueView = QueueView.OPEN
    agent_id: str = ""
    agent_team_id: str = ""
    categories: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    assignee_ids: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    search: str = ""
    due_soon: timedelta = field(default=DUE_SOON)
    judged_up_to: int = 0
    breach_clocks: tuple[BreachClock, ...] = ()

    @property
    def parameters(self) -> dict[str, Any]:
        """What the SQL of the queue is given: `asked` for the marts, the rest for the queries themselves."""
        wanted = sought(self.search)
        asked = {
            "now": self.now,
            "soon_at": self.now + self.due_soon,
            "written_since": self.now - REMEMBERED,
            "judged_up_to": self.judged_up_to,
            "breaches": _breaches(self.breach_clocks),
            "recent_at": self.now - RECENT,
            "view": self.view.value,
            "agent_id": self.agent_id,
            "agent_team_id": self.agent_team_id,
            "categories": list(self.categories),
            "kinds": list(self.kinds),
            "states": list(self.states),
            "channels": list(self.channels),
            "priorities": list(self.priorities),
            "assignees": list(self.assignee_ids),
            "teams": list(self.teams),
            "numbers": list(self.numbers),
            "is_search": bool(self.search.strip()),
            **_ranges(wanted),
            "seller_ids": list(self.scope.seller_ids),
            "team_ids": list(self.scope.team_ids),
        }
        return {**asked, "asked": asked, "exact": _exact(wanted)}


def _breaches(clocks: tuple[BreachClock, ...]) -> dict[str, list[str]]:
    """The breaches as columns: each pair of trigger and clock once, with the lifecycles that have it.

    Flags and lifecycles are marked off, so that none is found as a part of another. A desk without breaches is given
    one that no ticket has, for an empty list would be one of numbers.
    """
    lifecycles: dict[tuple[str, str], str] = {}
    for one in clocks:
        pair = one.trigger, one.clock
        lifecycles[pair] = lifecycles.get(pair, "") + f"<{one.category}/{one.version}>"
    pairs = sorted(lifecycles, key=order) or [("", "")]
    return {
        "triggers": [trigger for trigger, _ in pairs],
        "flags": [f'"{trigger}"' for trigger, _ in pairs],
        "clocks": [clock for _, clock in pairs],
        "lifecycles": [lifecycles.get(pair, "") for pair in pairs],
    }


def _ranges(wanted: Sought | None) -> dict[str, list[str]]:
    """From which to which word each word sought may be; of a search without a word there is none."""
    if wanted is None:
        return {"lows": [], "highs": []}
    return {
        "lows": [*wanted.words, wanted.beginning],
        "highs": [*wanted.words, wanted.beginning + HIGHEST],
    }


def _exact(wanted: Sought | None) -> str | None:
    """The one word of a search, which may be the number of something."""
    return wanted.beginning if wanted and not wanted.words else None
