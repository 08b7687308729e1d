"""What the desk promises: ordered policies with conditions, their targets and warnings, published in versions.

Owns the values and which policy a ticket falls under. Judging is `judging`'s, documents are `documents`'.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum, auto

from workflow.vocabulary import Ball

MARKETPLACE = ""  # the clock on which every hour counts; anything else is a calendar's id


class TargetKind(StrEnum):
    """What a target is about (DECISIONS has a heading for each)."""

    FIRST_REPLY = auto()
    NEXT_REPLY = auto()
    TIME_IN_STATE = auto()
    REQUESTER_WAIT = auto()
    FULL_RESOLUTION = auto()

    @property
    def is_reply(self) -> bool:
        """Whether a public reply meets it; the others are met by leaving a state or by resolving."""
        return self in {TargetKind.FIRST_REPLY, TargetKind.NEXT_REPLY}


class Reopening(StrEnum):
    """What a reopened ticket means for a target that had ended: a new one, or the old clock goes on."""

    NEW = auto()
    CONTINUE = auto()


class WarningEffect(StrEnum):
    """What happens by itself when a share of a target's budget is used up."""

    NOTIFY = auto()
    RAISE_PRIORITY = auto()
    REASSIGN = auto()
    TRIGGER = auto()
    NOTE = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Threshold:
    """At `percent` of the budget `effect` happens; `argument` is its priority, agent, trigger or text."""

    percent: int
    effect: WarningEffect
    argument: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """One promise: `budget` on the clock of `calendar_id` (`MARKETPLACE`: every hour counts).

    The clock stands still in `pause_states` and while one of `pause_balls` must act. `states` are those whose visits
    `TIME_IN_STATE` measures; of the other kinds it is empty.
    """

    kind: TargetKind
    budget: timedelta
    calendar_id: str = MARKETPLACE
    states: tuple[str, ...] = ()
    pause_states: frozenset[str] = frozenset()
    pause_balls: frozenset[Ball] = frozenset()
    on_reopen: Reopening = Reopening.NEW
    warnings: tuple[Threshold, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Attributes:
    """What a policy's conditions ask of a ticket, as it was at one moment."""

    category: str = ""
    priority: str = ""
    channel: str = ""
    scheme: str = ""
    seller: str = ""
    language: str = ""


CONDITIONS = tuple(Attributes.__dataclass_fields__)


@dataclass(frozen=True, kw_only=True, slots=True)
class ServicePolicy:
    """Targets for the tickets that meet every condition of `when` (a list holds alternatives; none is no condition)."""

    id: str
    name: str
    targets: tuple[Target, ...]
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def fits(self, attributes: Attributes) -> bool:
        """Whether a ticket with `attributes` falls under the policy."""
        return all(not wanted or getattr(attributes, name) in wanted for name, wanted in self.when.items())


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """A target with the policy that makes it."""

    policy: ServicePolicy
    target: Target


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyVersion:
    """All policies as they were published at once. They hold from `valid_from` on, until a newer version does."""

    version: int
    valid_from: datetime
    policies: tuple[ServicePolicy, ...]

    def policy_of(self, attributes: Attributes) -> ServicePolicy | None:
        """The first policy, in order, that a ticket falls under."""
        return next((policy for policy in self.policies if policy.fits(attributes)), None)

    def promise(self, kind: TargetKind, attributes: Attributes, state: str = "") -> Promise | None:
        """What is promised to a ticket with `attributes`; None is nothing. `state` is asked of `TIME_IN_STATE` only."""
        policy = self.policy_of(attributes)
        if policy is None:
            return None
        targets = (target for target in policy.targets if target.kind is kind)
        fitting = (target for target in targets if kind is not TargetKind.TIME_IN_STATE or state in target.states)
        target = next(fitting, None)
        return Promise(policy=policy, target=target) if target else None

    @property
    def asked(self) -> frozenset[str]:
        """The attributes that any condition asks for: all others make no difference."""
        return frozenset(name for policy in self.policies for name in policy.when)


class ServiceBook:
    """Every version of the policies. `versions` by number; of several that could hold the newest number does."""

    def __init__(self, versions: Iterable[PolicyVersion]) -> None:
        self.versions = tuple(sorted(versions, key=lambda version: version.version))

    def version_at(self, at: datetime) -> PolicyVersion | None:
        """The version that holds at an instant; the first one holds from the beginning of time. None without any."""
        held = [v for v in self.versions if v.valid_from <= at] or self.versions[:1]
        return held[-1] if held else None

    @property
    def newest(self) -> PolicyVersion | None:
        """The version that was published last."""
        return self.versions[-1] if self.versions else None

    @property
    def stays(self) -> frozenset[str]:
        """The states of which a visit is promised a time, by any version."""
        targets = (target for v in self.versions for policy in v.policies for target in policy.targets)
        return frozenset(state for target in targets for state in target.states)

    @property
    def has_continued(self) -> bool:
        """Whether any clock of any version goes on when its ticket is reopened, so that a target that ended may not."""
        targets = (target for v in self.versions for policy in v.policies for target in policy.targets)
        return any(target.on_reopen is Reopening.CONTINUE for target in targets)
