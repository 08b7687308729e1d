"""Guard expressions: read, checked and judged. The questions that they are made of are in `predicates`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from workflow.moments import Moment
from workflow.predicates import GUARDS, Arguments
from workflow.reasons import NONE_OF, Param, Reason, span, words
from workflow.vocabulary import EvidenceKind, Scheme

__all__ = ["CHOICES", "GUARDS", "Atom", "Moment", "are_exclusive", "are_ruled_out", "first_failure", "parse"]

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


@dataclass(frozen=True, slots=True)
class Atom:
    """One guard of an expression, with its arguments."""

    name: str
    args: Arguments
    is_negated: bool = False

    def holds(self, moment: Moment) -> bool:
        """Whether it is true at `moment`."""
        return GUARDS[self.name].holds(moment, self.args) is not self.is_negated

    def is_ruled_out(self, moment: Moment) -> bool:
        """Whether it is not true at `moment` and never will be."""
        return not self.holds(moment) and self.is_negated in GUARDS[self.name].lasting

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


def are_ruled_out(expressions: Iterable[str], moment: Moment) -> bool:
    """Whether one of the expressions can never hold again."""
    return any(all(atom.is_ruled_out(moment) for atom in parse(expression)) for expression in expressions)


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
    if {one.name, other.name} <= _LEAST and one.args[0] == other.args[0]:
        return _count_contradicts(one, other)
    both_are_said = not one.is_negated and not other.is_negated
    return one.name == other.name and GUARDS[one.name].is_exclusive and both_are_said


def _count_contradicts(one: Atom, other: Atom) -> bool:
    """Whether one count cannot be in both ranges: below a number, and at least one that is not smaller."""
    (one_is_least, first), (other_is_least, second) = _range(one), _range(other)
    if one_is_least is other_is_least:
        return False
    least, below = (first, second) if one_is_least else (second, first)
    return least >= below


def _range(atom: Atom) -> tuple[bool, int]:
    return (atom.name == "count_at_least") is not atom.is_negated, int(atom.args[1])


def _said(kind: str, value: str) -> str:
    if kind == "clock":
        return _CLOCKS.get(value, words(value))
    return words(value)


_LEAST = frozenset({"count_below", "count_at_least"})
_CLOCKS = {
    "state": "this state began",
    "buyer_message": "the buyer's last message",
    "reply": "the buyer's unanswered message",
    "asked": "our last question",
    "decision": "the request",
    "clarification": "our question about the request",
    "decided": "the platform's decision",
    "promise": "the promised date",
    "resolved": "the resolution",
    "evidence_asked": "we asked for it",
}
