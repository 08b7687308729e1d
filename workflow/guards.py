"""The words of a table's guards: each a function over a `Moment`. Expressions are parsed and checked here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import TypeAlias

from workflow.facts import Facts, item_holder
from workflow.policies import PolicyBook
from workflow.reasons import NONE_OF, Param, Reason, span, words
from workflow.tickets import Actor, Ticket
from workflow.vocabulary import EvidenceKind, Scheme, StateKind

Arguments: TypeAlias = tuple[str, ...]

STATE_CLOCK = "state"
SMALLEST = Decimal("0.01")
CONTACT_STATES = frozenset({"new", "awaiting_seller", "awaiting_buyer"})  # of a linked ticket: nothing is filed yet
STATUSES = frozenset(
    {"awaiting_registration", "acceptance_in_progress", "awaiting_approve", "awaiting_packaging", "awaiting_deliver"}
    | {"arbitration", "client_arbitration", "delivering", "driver_pickup", "delivered", "cancelled", "not_accepted"}
    | {"sent_by_seller", "lost"}
)
# What an argument of this kind may be; kinds that are not here are names that the table itself declares.
CHOICES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "channel": frozenset({"chat", "email", "phone", "import"}),
        "scheme": frozenset(Scheme),
        "status": STATUSES,
        "kind": frozenset(EvidenceKind),
        "holder": frozenset({"seller", "carrier", "buyer"}),
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """What a guard is judged on: the ticket, its facts, who acts, when, and the policies in force."""

    ticket: Ticket
    facts: Facts
    actor: Actor
    at: datetime
    policies: PolicyBook

    def clock(self, name: str) -> datetime | None:
        """When the clock started, or None if it does not run."""
        if name == STATE_CLOCK:
            return self.ticket.state_entered_at
        if name == "buyer_message":
            return self.ticket.clocks.get(name) or self.facts.last_buyer_message_at
        return self.ticket.clocks.get(name)

    def budget(self, policy: str, since: datetime | None) -> timedelta:
        """The policy's duration as it was in force at `since`, when the clock started."""
        flags = {f"has_{flag}": True for flag in self.ticket.flags}
        return self.policies.row(policy, since or self.at, {**self.facts.context, **flags}).budget


@dataclass(frozen=True, slots=True)
class Guard:
    """A question with a yes or no. `takes` names its arguments; `is_exclusive`: two arguments never hold together."""

    holds: Callable[[Moment, Arguments], bool]
    takes: Arguments = ()
    is_exclusive: bool = False
    policy: str = ""  # the policy whose duration its sentence names, if that is no argument


@dataclass(frozen=True, slots=True)
class Atom:
    """One guard of an expression, with its arguments."""

    name: str
    args: Arguments
    is_negated: bool = False

    def holds(self, moment: Moment) -> bool:
        """Whether it is true at `moment`."""
        return GUARDS[self.name].holds(moment, self.args) is not self.is_negated

    def reason(self, moment: Moment) -> Reason:
        """Why it is not true at `moment`."""
        guard = GUARDS[self.name]
        named = dict(zip(guard.takes, self.args, strict=True))
        params: dict[str, Param] = {kind: _said(kind, value) for kind, value in named.items()}
        policy = named.get("policy", guard.policy)
        if policy:
            since = moment.clock(named["clock"]) if "clock" in named else None
            params["span"] = span(moment.budget(policy, since))
        return Reason(f"not_{self.name}" if self.is_negated else self.name, params)


@cache
def parse(expression: str) -> tuple[Atom, ...]:
    """Read `[not ]name[:arg[:arg]]` joined by " or "; `ValueError` says what is wrong with it."""
    return tuple(_atom(part.strip()) for part in expression.split(" or "))


def first_failure(expressions: Iterable[str], moment: Moment) -> Reason | None:
    """The reason of the first expression that does not hold; None when all hold."""
    for expression in expressions:
        atoms = parse(expression)
        if not any(atom.holds(moment) for atom in atoms):
            reasons = tuple(atom.reason(moment) for atom in atoms)
            return reasons[0] if len(reasons) == 1 else Reason(NONE_OF, {"reasons": reasons})
    return None


def are_exclusive(first: str, second: str) -> bool:
    """Whether two expressions can never hold at one moment, as far as their form shows."""
    return all(_contradict(one, other) for one in parse(first) for other in parse(second))


def _atom(text: str) -> Atom:
    is_negated = text.startswith("not ")
    name, *args = text.removeprefix("not ").strip().split(":")
    guard = GUARDS.get(name)
    if guard is None:
        raise ValueError(f"unknown guard {name!r}")
    if len(args) != len(guard.takes):
        wanted = ":".join((name, *(f"<{kind}>" for kind in guard.takes)))
        raise ValueError(f"guard {text!r} must read {wanted}")
    for kind, value in zip(guard.takes, args, strict=True):
        choices = CHOICES.get(kind)
        if choices is not None and value not in choices:
            raise ValueError(f"guard {text!r}: {value!r} is no {kind}, use one of {', '.join(sorted(choices))}")
        if kind == "number" and not value.isdecimal():
            raise ValueError(f"guard {text!r}: {value!r} is no whole number")
    return Atom(name, tuple(args), is_negated)


def _contradict(one: Atom, other: Atom) -> bool:
    if one.name == other.name and one.args == other.args:
        return one.is_negated is not other.is_negated
    if {one.name, other.name} == {"waited", "open_for"} and one.args == other.args:
        return not one.is_negated and not other.is_negated
    both_are_said = not one.is_negated and not other.is_negated
    return one.name == other.name and GUARDS[one.name].is_exclusive and both_are_said


def _said(kind: str, value: str) -> str:
    if kind == "clock":
        return _CLOCKS.get(value, words(value))
    return words(value)


_CLOCKS = {
    "state": "this state began",
    "buyer_message": "the buyer's last message",
    "reply": "the buyer's unanswered message",
    "asked": "our last question",
    "decision": "the request",
    "decided": "the platform's decision",
    "promise": "the promised date",
    "resolved": "the resolution",
    "evidence_asked": "we asked for it",
}


def _elapsed(moment: Moment, args: Arguments) -> bool | None:
    clock, policy = args
    since = moment.clock(clock)
    return None if since is None else moment.at >= since + moment.budget(policy, since)


def _chat_is_open(moment: Moment, _: Arguments) -> bool:
    if not moment.ticket.channel.is_chat:
        return True
    since = moment.clock("buyer_message")
    return since is not None and moment.at < since + moment.budget("chat_window", since)


def _is_past_promise(moment: Moment, _: Arguments) -> bool:
    return any(
        promised_at and moment.at >= promised_at for promised_at in (moment.clock("promise"), moment.facts.promised_at)
    )


def _is_stale(moment: Moment, args: Arguments) -> bool:
    since = moment.facts.status_changed_at
    return since is not None and moment.at >= since + moment.budget(args[0], since)


def _has_price(moment: Moment, _: Arguments) -> bool:
    return moment.facts.price is not None and moment.facts.price.amount > SMALLEST


def _has_evidence_since(moment: Moment, args: Arguments) -> bool:
    since = moment.clock(args[0])
    return since is not None and any(item.added_at >= since for item in moment.facts.evidence)


def _any_linked(test: Callable[[str, StateKind], bool]) -> Callable[[Moment, Arguments], bool]:
    def holds(moment: Moment, args: Arguments) -> bool:
        category = args[0]
        children = (link for link in moment.facts.links if link.is_child and link.category == category)
        return any(test(link.state, link.state_kind) for link in children)

    return holds


def _channel(moment: Moment, args: Arguments) -> bool:
    channel = moment.ticket.channel
    return args[0] == ("chat" if channel.is_chat else channel.value)


_GUARDS = {
    "buyer_message_present": Guard(lambda m, _: m.facts.last_buyer_message_at is not None),
    "replied": Guard(lambda m, _: m.facts.is_answered),
    "reply_window_open": Guard(_chat_is_open, policy="chat_window"),
    "contact_log_present": Guard(lambda m, _: m.facts.message_count > 0),
    "channel": Guard(_channel, ("channel",), is_exclusive=True),
    "scheme": Guard(lambda m, a: m.facts.scheme == a[0], ("scheme",), is_exclusive=True),
    "tracking_number_present": Guard(lambda m, _: m.facts.has_tracking_number),
    "posting_known": Guard(lambda m, _: m.facts.is_posting_known),
    "posting_status": Guard(lambda m, a: m.facts.posting_status == a[0], ("status",), is_exclusive=True),
    "delivered": Guard(lambda m, _: m.facts.delivered_at is not None),
    "exchange_delivered": Guard(lambda m, _: m.facts.is_exchange_delivered),
    "past_promised_date": Guard(_is_past_promise),
    "status_stale": Guard(_is_stale, ("policy",)),
    "within_return_window": Guard(lambda m, _: _before(m, m.facts.return_window_ends_at)),
    "within_warranty": Guard(lambda m, _: _before(m, m.facts.warranty_ends_at)),
    "price_known": Guard(_has_price),
    "stock_available": Guard(lambda m, _: m.facts.stock_count > 0),
    "remote_diagnosable": Guard(lambda m, _: m.facts.is_remote_diagnosable),
    "item_with": Guard(lambda m, a: item_holder(m.ticket) == a[0], ("holder",), is_exclusive=True),
    "evidence": Guard(lambda m, a: any(item.kind == a[0] for item in m.facts.evidence), ("kind",)),
    "evidence_since": Guard(_has_evidence_since, ("clock",)),
    "continues_ticket": Guard(lambda m, _: any(not link.is_child for link in m.facts.links)),
    "linked_request_filed": Guard(_any_linked(lambda state, _: state not in CONTACT_STATES), ("category",)),
    "linked_settled": Guard(_any_linked(lambda _, kind: kind.is_settled), ("category",)),
    "linked_disputed": Guard(_any_linked(lambda _, kind: kind is StateKind.PLATFORM), ("category",)),
    "flag": Guard(lambda m, a: a[0] in m.ticket.flags, ("flag",)),
    "running": Guard(lambda m, a: m.clock(a[0]) is not None, ("clock",)),
    "count_below": Guard(lambda m, a: m.ticket.counts.get(a[0], 0) < int(a[1]), ("count", "number")),
    "count_at_least": Guard(lambda m, a: m.ticket.counts.get(a[0], 0) >= int(a[1]), ("count", "number")),
    "waited": Guard(lambda m, a: _elapsed(m, a) is True, ("clock", "policy")),
    "open_for": Guard(lambda m, a: _elapsed(m, a) is False, ("clock", "policy")),
}


def _before(moment: Moment, end: datetime | None) -> bool:
    return end is not None and moment.at < end


GUARDS: Mapping[str, Guard] = MappingProxyType(_GUARDS)
