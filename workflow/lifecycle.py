"""A lifecycle as a value: states, timers and transitions, exactly as its table says. `loading` reads and checks it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from workflow.errors import UnknownCategoryError
from workflow.vocabulary import Ball, Effect, Language, Role, Scheme, StateKind


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """A place a ticket can be in. `ball_by_scheme` overrides `ball` where the delivery scheme decides who acts."""

    name: str
    kind: StateKind
    ball: Ball
    labels: Mapping[Language, str]
    ball_by_scheme: Mapping[Scheme, Ball] = field(default_factory=dict[Scheme, Ball])

    def holder(self, scheme: Scheme | None) -> Ball:
        """Who holds the ball in this state."""
        return self.ball_by_scheme.get(scheme, self.ball) if scheme else self.ball


@dataclass(frozen=True, kw_only=True, slots=True)
class TimerSpec:
    """How a timer of `trigger` is armed: `clock` plus the budget of policy `budget` (empty: at the clock itself).

    The clock `state` is the entry into the state. Of several specs of a trigger the first whose clock runs counts.
    `is_since_entry`: a clock that started before the state was entered does not count. `is_breach`: that it runs out
    is a breach of ours, not somebody else's silence (`workflow.overdue`).
    """

    trigger: str
    clock: str
    budget: str = ""
    is_since_entry: bool = False
    is_breach: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class InputUse:
    """An input that a transition asks for."""

    name: str
    is_required: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ClockStart:
    """A clock that a transition starts: at the event, or at the instant that input `at_input` gives.

    `is_only_if_stopped`: leave a running clock alone (the oldest unanswered message counts, not the newest).
    """

    clock: str
    at_input: str = ""
    is_only_if_stopped: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Transition:
    """One row of the table. `to_state` equals `from_state` where the row stays.

    `facts` and `advice` are conjunctions of guard expressions (`workflow.guards`); `row` is its place in the file.
    """

    row: int
    trigger: str
    from_state: str
    to_state: str
    by: frozenset[Role]
    facts: tuple[str, ...] = ()
    inputs: tuple[InputUse, ...] = ()
    advice: tuple[str, ...] = ()
    effect: Effect = Effect.INTERNAL
    starts: tuple[ClockStart, ...] = ()
    stops: tuple[str, ...] = ()
    raises: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    counts: str = ""
    reason: str = ""
    ball_from: str = ""  # the input that says who must act
    opens: str = ""  # the category of the linked ticket that the row opens
    on: Literal["", "posting_change", "linked_change", "evidence"] = ""  # fires by itself when its facts turn true

    @property
    def is_stay(self) -> bool:
        """Whether the row leaves the ticket where it is."""
        return self.from_state == self.to_state


@dataclass(frozen=True, kw_only=True)
class Lifecycle:
    """One version of one category's table. `is_observed`: seen in a foreign log, so it has states and no rows."""

    category: str
    version: int
    labels: Mapping[Language, str]
    initial: str
    states: Mapping[str, State]
    transitions: tuple[Transition, ...] = ()
    timers: tuple[TimerSpec, ...] = ()
    clocks: frozenset[str] = frozenset()
    actions: Mapping[str, str] = field(default_factory=dict[str, str])  # trigger -> English label
    takes_over_in: str = ""  # the state in which a ticket that changes category arrives
    is_observed: bool = False
    source: str = ""  # the file's text, kept with the tickets that run on it

    @cached_property
    def _by_state(self) -> dict[str, dict[str, tuple[Transition, ...]]]:
        table: dict[str, dict[str, tuple[Transition, ...]]] = {name: {} for name in self.states}
        for row in self.transitions:
            rows = table[row.from_state]
            rows[row.trigger] = (*rows.get(row.trigger, ()), row)
        return table

    def rows_from(self, state: str) -> Mapping[str, tuple[Transition, ...]]:
        """The rows that leave or stay in `state`, by trigger, in the table's order."""
        return self._by_state[state]

    @cached_property
    def _by_clock(self) -> dict[str, dict[str, tuple[Transition, ...]]]:
        timed = {
            state: {
                trigger: tuple(row for row in rows if Role.SYSTEM_TIMER in row.by) for trigger, rows in table.items()
            }
            for state, table in self._by_state.items()
        }
        return {state: {trigger: rows for trigger, rows in table.items() if rows} for state, table in timed.items()}

    def timed_from(self, state: str) -> Mapping[str, tuple[Transition, ...]]:
        """Those of `rows_from` that a timer takes."""
        return self._by_clock[state]

    @property
    def contact_states(self) -> tuple[str, ...]:
        """The states of a first contact, in which nothing is under way yet."""
        return tuple(dict.fromkeys((self.initial, self.takes_over_in)))

    @cached_property
    def talk_states(self) -> frozenset[str]:
        """The states of a contact in which nothing is agreed, claimed or asked for: there is only talk.

        Those of a first contact, and those to which the seller's reply leads and in which a further one stays.
        """
        replies = {
            (row.trigger, row.from_state, row.to_state) for row in self.transitions if row.effect is Effect.PUBLIC_REPLY
        }
        answered = (
            to for trigger, begin, to in replies if begin == self.takes_over_in and (trigger, to, to) in replies
        )
        return frozenset((*self.contact_states, *answered))

    def label_of(self, trigger: str) -> str:
        """The action's English label."""
        return self.actions.get(trigger) or trigger.replace("_", " ").capitalize()


class Lifecycles:
    """Every known version of every lifecycle; a new ticket takes the newest declared one of its category."""

    def __init__(self, lifecycles: tuple[Lifecycle, ...]) -> None:
        self._all = {(item.category, item.version): item for item in lifecycles}

    @property
    def declared(self) -> tuple[Lifecycle, ...]:
        """The newest version of each declared category, by name."""
        newest: dict[str, Lifecycle] = {}
        for (category, _), item in sorted(self._all.items()):
            if not item.is_observed:
                newest[category] = item
        return tuple(newest.values())

    def newest(self, category: str) -> Lifecycle:
        """The version that a new ticket of `category` runs on."""
        for item in self.declared:
            if item.category == category:
                return item
        raise UnknownCategoryError(category=category)

    def version(self, category: str, version: int) -> Lifecycle:
        """The version that a ticket keeps."""
        try:
            return self._all[category, version]
        except KeyError:
            raise UnknownCategoryError(category=category, version=version) from None
