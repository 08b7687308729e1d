"""A ticket, the events that make it, and who acts. Owns the values; the rules stand in `rules` and `replay`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from workflow.vocabulary import Ball, Channel, EventKind, Language, Priority, Role, StateKind

EMPTY: Mapping[str, Any] = MappingProxyType({})
PAYLOAD_VERSION = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Whose act it is (`role`, `id`) and who recorded it (`recorded_by`, by default the same).

    Buyers never sign in: an agent who records a buyer's act is
    `Actor(role=BUYER, id=<buyer key>, recorded_by=<agent>)`.
    """

    role: Role
    id: str
    recorded_by: str = ""

    @property
    def recorder(self) -> str:
        """The signed-in person or the process that wrote the act down."""
        return self.recorded_by or self.id

    @property
    def is_recorded_for_another(self) -> bool:
        """Whether a message or reference must show the act."""
        return bool(self.recorded_by) and self.recorded_by != self.id


TIMER = Actor(role=Role.SYSTEM_TIMER, id="system_timer")
SYNC = Actor(role=Role.SYSTEM_SYNC, id="system_sync")
IMPORT_PREFIX = "import:"  # who recorded an imported history, before the name of its source


@dataclass(frozen=True, kw_only=True, slots=True)
class Timer:
    """A trigger that fires by itself when `now >= due_at`, unless its facts are false then.

    `anchor_at` is the instant at which its clock started; `policy_id` the dated row that gave its budget.
    """

    trigger: str
    clock: str
    anchor_at: datetime
    due_at: datetime
    policy_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ticket:
    """The present of one ticket: what replaying its events gives. All instants are naive UTC."""

    id: str
    number: int
    category: str
    lifecycle_version: int
    state: str
    state_kind: StateKind
    ball: Ball
    version: int
    opened_at: datetime
    state_entered_at: datetime
    channel: Channel
    language: Language
    priority: Priority
    seller_id: str
    buyer_key: str = ""
    order_id: str = ""
    posting_number: str = ""
    product_id: str = ""
    assignee_id: str = ""
    team_id: str = ""
    resolution_reason: str = ""
    source: str = ""  # where an imported ticket comes from, empty for the desk's own
    external_ref: str = ""  # its name there
    is_synthetic: bool = False
    tags: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    counts: Mapping[str, int] = field(default_factory=lambda: EMPTY)
    clocks: Mapping[str, datetime] = field(default_factory=lambda: EMPTY)
    spent: Mapping[str, datetime] = field(default_factory=lambda: EMPTY)
    timers: tuple[Timer, ...] = ()

    @property
    def next_timer(self) -> Timer | None:
        """The timer that runs out first, ties by name."""
        return min(self.timers, key=lambda timer: (timer.due_at, timer.trigger), default=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One line of the log. Never changed, never deleted, without text that a person typed.

    `occurred_at` is when it was true, `recorded_at` when the desk learnt it; `seq` is the ticket's order of recording
    and `position` the desk's. `state_seconds` is the time spent in the state that this event left, else None. `payload`
    holds only JSON values; `payload_version` says how to read it.
    """

    ticket_id: str
    seq: int
    kind: EventKind
    name: str
    category: str
    lifecycle_version: int
    from_state: str
    from_kind: StateKind | None
    to_state: str
    to_kind: StateKind
    to_ball: Ball
    actor_role: Role
    actor_id: str
    recorded_by: str
    occurred_at: datetime
    recorded_at: datetime
    is_visit: bool = False
    is_public_reply: bool = False
    is_buyer_message: bool = False
    is_conforming: bool = True
    state_seconds: float | None = None
    payload: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    payload_version: int = PAYLOAD_VERSION
    position: int | None = None

    @property
    def is_recorded_by_person(self) -> bool:
        """Whether a person wrote down what another did; not what a process brought, nor an imported history."""
        is_process = self.recorded_by in {TIMER.id, SYNC.id} or self.recorded_by.startswith(IMPORT_PREFIX)
        return self.recorded_by != self.actor_id and not is_process

    @property
    def reference(self) -> str:
        """The message or case that shows the act of another, empty if none was named."""
        named = self.payload.get("inputs", EMPTY)
        return str(named.get("reference") or named.get("external_ref") or "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What a reader may see; an empty tuple is no limit."""

    seller_ids: tuple[str, ...] = ()
    team_ids: tuple[str, ...] = ()

    def covers(self, ticket: Ticket) -> bool:
        """Whether `ticket` lies within the scope."""
        return self.includes(ticket.seller_id, ticket.team_id)

    def includes(self, seller_id: str, team_id: str) -> bool:
        """Whether a ticket of this seller and team lies within the scope."""
        return self.has_seller(seller_id) and self.has_team(team_id)

    def has_seller(self, seller_id: str) -> bool:
        """Whether tickets of the seller lie within the scope, as far as the seller decides."""
        return not self.seller_ids or seller_id in self.seller_ids

    def has_team(self, team_id: str) -> bool:
        """Whether tickets of the team do, as far as the team decides; an empty id is no team."""
        return not self.team_ids or team_id in self.team_ids


EVERYTHING = Scope()
