"""What a mapping says: which column is what, how times are written, and what each source state means. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflow.vocabulary import Ball, Language, Role, StateKind

# The columns of a log that make a ticket's own fields, by the name they have in a mapping.
TICKET_FIELDS = {
    "seller": "seller_id",
    "buyer": "buyer",
    "channel": "channel",
    "priority": "priority",
    "language": "language",
    "order": "order_id",
    "posting": "posting_number",
    "product": "product_id",
    "assignee": "assignee_id",
    "team": "team_id",
}
REQUIRED = ("case", "activity", "time")
ROLES = (*REQUIRED, "state", "resource", "category", *TICKET_FIELDS)
DEFAULT_BALL = {
    StateKind.OPEN: Ball.SELLER,
    StateKind.WAITING: Ball.BUYER,
    StateKind.PLATFORM: Ball.PLATFORM,
    StateKind.DONE: Ball.NOBODY,
    StateKind.FINAL: Ball.NOBODY,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnSource:
    """Where a value stands: the first of `names` that the file has, or (`is_joined`) all of them with `separator`."""

    names: tuple[str, ...]
    is_joined: bool = False
    separator: str = " "


@dataclass(frozen=True, kw_only=True, slots=True)
class StateMeaning:
    """What a source state means. `target` is the declared state where the history goes onto a declared lifecycle."""

    kind: StateKind = StateKind.OPEN
    ball: Ball = Ball.SELLER
    labels: Mapping[Language, str] = field(default_factory=dict[Language, str])
    target: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ActivityMeaning:
    """Whose act an activity is, and whether it is a public message to the buyer."""

    role: Role = Role.SELLER_AGENT
    is_public_reply: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeFormat:
    """The formats that the file's times may have (empty: the usual ones) and the zone of times without an offset."""

    formats: tuple[str, ...] = ()
    zone: str = "UTC"


@dataclass(frozen=True, kw_only=True, slots=True)
class CsvFormat:
    """How a CSV file is written; an empty delimiter or encoding is found out once for the file."""

    delimiter: str = ""
    quote: str = '"'
    encoding: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LogMapping:
    """A whole mapping. `lifecycle` names the declared one that the history goes onto; empty keeps its own states."""

    file: str
    text: str
    name: str
    source: str
    lifecycle: str = ""
    labels: Mapping[Language, str] = field(default_factory=dict[Language, str])
    columns: Mapping[str, ColumnSource]
    attributes: tuple[str, ...] = ()
    takes_all_attributes: bool = False
    ignored: frozenset[str] = frozenset()
    time: TimeFormat = field(default_factory=TimeFormat)
    csv: CsvFormat = field(default_factory=CsvFormat)
    states: Mapping[str, StateMeaning] = field(default_factory=dict[str, StateMeaning])
    activities: Mapping[str, ActivityMeaning] = field(default_factory=dict[str, ActivityMeaning])
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    defaults: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def wanted(self) -> tuple[str, ...]:
        """Every column name that the mapping mentions, each once."""
        sources = [name for source in self.columns.values() for name in source.names]
        return tuple(dict.fromkeys([*sources, *self.attributes]))
