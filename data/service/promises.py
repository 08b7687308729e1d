"""What is promised to each span of many tickets, which promise counts in the end, and when each is due."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from data.service.clocking import NEVER, Clocking, Clockings
from data.service.shelf import Rulebook
from data.service.spans import DROPPED, KINDS, Spans, spans_of
from data.service.timeline import Ints, Timeline
from workflow.service.judging import STRETCHED
from workflow.service.policies import Attributes, Promise, Reopening, TargetKind

_NOTHING = -1
_STRETCHED = [KINDS.index(kind) for kind in sorted(STRETCHED)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Promised:
    """A promise of one version of the policies."""

    version: int
    promise: Promise

    @property
    def budget_microseconds(self) -> int:
        """The budget of its target, exactly."""
        budget = self.promise.target.budget
        return (budget.days * 86_400 + budget.seconds) * 1_000_000 + budget.microseconds


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """The spans of which something is promised.

    `promise` are places in `Promises.promised`; `floor` (microseconds) is when it was asked for anew, before which it
    is not due; `place` the step that it was asked for at.
    """

    spans: Spans
    promise: Ints
    floor: Ints
    place: Ints


class Promises:
    """The promises of `rules` to the tickets of `steps`; `hashes` are those of the names of states and categories."""

    def __init__(self, steps: Timeline, rules: Rulebook, hashes: Mapping[str, int]) -> None:
        self.promised: list[Promised] = []
        self.names = {value: name for name, value in hashes.items()}
        self.clockings = Clockings(steps, rules.columns, hashes)
        self._steps, self._rules, self._hashes = steps, rules, hashes
        self._places: dict[tuple[object, ...], int] = {}
        self._statics, self._static_of = _statics(steps, rules)

    def decided(self) -> Decided:
        """Ask for every span, and again at every change of priority or category."""
        versions = self._rules.book.versions
        targets = [t for version in versions for policy in version.policies for t in policy.targets]
        wanted = {self._hashes[state] for t in targets for state in t.states if state in self._hashes}
        if not len(self._steps) or not versions:
            nothing = np.empty(0, dtype=np.int64)
            return Decided(spans=_no_spans(), promise=nothing, floor=nothing, place=nothing)
        spans = spans_of(self._steps, wanted)
        starts = [np.datetime64(version.valid_from, "us").astype(np.int64) for version in versions[1:]]
        version = _newest(np.array(starts, dtype=np.int64), self._steps.at_us[spans.start])
        promise = self._promises(spans, version, spans.start)
        spans, version, promise = self._continued(spans, version, promise)
        spans, promise, floor, place = self._settled_on(spans, version, promise)
        is_kept = promise != _NOTHING
        return Decided(spans=spans.where(is_kept), promise=promise[is_kept], floor=floor[is_kept], place=place[is_kept])

    def by_clocking(self, promise: Ints) -> Iterator[tuple[Clocking, Ints]]:
        """Each way of counting with the places of the spans that are counted so."""
        known: dict[int, tuple[Clocking, list[int]]] = {}
        for number in np.unique(promise[promise != _NOTHING]):
            clocking = self.clockings.of(self.promised[number].promise.target)
            known.setdefault(id(clocking), (clocking, []))[1].append(int(number))
        for clocking, numbers in known.values():
            yield clocking, np.flatnonzero(np.isin(promise, numbers))

    def _budgets(self, promise: Ints) -> Ints:
        budgets = [promised.budget_microseconds for promised in self.promised]
        return np.array(budgets or [0], dtype=np.int64)[promise]

    def due(self, spans: Spans, promise: Ints, *, is_lenient: bool = False) -> Ints:
        """When each span is due, in microseconds since 1970; `NEVER` while its clock stands still with budget left."""
        due, budgets = np.full(len(spans), NEVER, dtype=np.int64), self._budgets(promise)
        for clocking, rows in self.by_clocking(promise):
            due[rows] = clocking.due(spans.start[rows], spans.end[rows], budgets[rows], is_lenient=is_lenient)
        return due

    def _promises(self, spans: Spans, version: Ints, place: Ints) -> Ints:
        """What is promised to each span by its version for what the ticket was at `place`; -1 is nothing."""
        if not len(spans):
            return np.empty(0, dtype=np.int64)
        steps = self._steps
        state = np.where(spans.kind == KINDS.index(TargetKind.TIME_IN_STATE), steps.state[spans.start], 0)
        asked = pd.DataFrame(
            {
                "version": version,
                "kind": spans.kind,
                "state": state,
                "category": steps.category[place],
                "priority": steps.priority[place],
                "static": self._static_of[steps.ticket_no[place]],
            }
        )
        groups = asked.groupby(list(asked.columns), sort=False)
        numbers = groups.ngroup().to_numpy()
        first = asked.loc[~asked.duplicated()]
        answers = [self._promise(*row) for row in first.itertuples(index=False)]
        return np.array(answers, dtype=np.int64)[numbers]

    def _promise(self, version: int, kind: int, state: int, category: int, priority: int, static: int) -> int:  # noqa: PLR0913, PLR0917 - a row
        policies = self._rules.book.versions[version]
        attributes = Attributes(
            category=self.names.get(int(category), ""),
            priority=str(self._steps.words[priority]),
            **self._statics[static],
        )
        promise = policies.promise(KINDS[kind], attributes, self.names.get(int(state), ""))
        if promise is None:
            return _NOTHING
        key = (version, id(promise.policy), id(promise.target))
        if key not in self._places:
            self._places[key] = len(self.promised)
            self.promised.append(Promised(version=policies.version, promise=promise))
        return self._places[key]

    def _continued(self, spans: Spans, version: Ints, promise: Ints) -> tuple[Spans, Ints, Ints]:
        """Make one span of the stretches of a ticket whose first one is promised on a clock that goes on."""
        is_stretch = np.isin(spans.kind, _STRETCHED)
        goes_on = np.array([p.promise.target.on_reopen is Reopening.CONTINUE for p in self.promised], dtype=bool)
        if not goes_on.any():
            return spans, version, promise
        heads = np.flatnonzero(is_stretch & (spans.turn == 1) & (promise != _NOTHING))
        heads = heads[goes_on[promise[heads]]]
        if not len(heads):
            return spans, version, promise
        key = spans.kind.astype(np.int64) * len(self._steps) + self._steps.first[spans.start]
        is_joined = is_stretch & np.isin(key, key[heads])
        order = np.flatnonzero(is_joined)
        order = order[np.lexsort((spans.turn[order], key[order]))]
        is_tail = np.append(key[order][1:] != key[order][:-1], True)
        head_of = order[np.append(True, key[order][1:] != key[order][:-1])]
        end, ending = spans.end.copy(), spans.ending.copy()
        end[head_of], ending[head_of] = spans.end[order[is_tail]], spans.ending[order[is_tail]]
        is_kept = ~is_joined
        is_kept[head_of] = True
        return replace(spans, end=end, ending=ending).where(is_kept), version[is_kept], promise[is_kept]

    def _settled_on(self, spans: Spans, version: Ints, promise: Ints) -> tuple[Spans, Ints, Ints, Ints]:
        """The promises that count in the end, since when (`floor`), and the place that they were asked for at."""
        steps = self._steps
        is_change = ~steps.is_first & (
            (steps.priority != np.append(0, steps.priority[:-1])[: len(steps)])
            | (steps.category != np.append(np.uint64(0), steps.category[:-1])[: len(steps)])
        )
        next_change = steps.next_of(is_change)
        end, ending, promise = spans.end.copy(), spans.ending.copy(), promise.copy()
        floor, place = np.full(len(spans), np.iinfo(np.int64).min), spans.start.copy()
        limit = np.where(spans.end < 0, steps.last[spans.start] + 1, spans.end)
        change = next_change[spans.start + 1]
        active = np.flatnonzero(change < limit)
        while len(active):
            here = change[active]
            due = np.maximum(self.due(spans.where(active), promise[active]), floor[active])
            is_open = (promise[active] == _NOTHING) | (due > steps.at_us[here])
            active, here = active[is_open], here[is_open]
            new = self._promises(spans.where(active), version[active], here)
            is_dropped = (new == _NOTHING) & (promise[active] != _NOTHING)
            end[active[is_dropped]], ending[active[is_dropped]] = here[is_dropped], DROPPED
            is_new = (new != promise[active]) & ~is_dropped
            promise[active[is_new]] = new[is_new]
            floor[active[is_new]], place[active[is_new]] = steps.at_us[here[is_new]], here[is_new]
            active = active[~is_dropped]
            change[active] = next_change[change[active] + 1]
            active = active[change[active] < limit[active]]
        return replace(spans, end=end, ending=ending), promise, floor, place


def _statics(steps: Timeline, rules: Rulebook) -> tuple[list[dict[str, str]], Ints]:
    """The attributes that never change in a ticket and that some policy asks for: each combination, and whose it is."""
    asked = frozenset[str]().union(*(version.asked for version in rules.book.versions))
    names = [name for name in ("channel", "scheme", "seller", "language") if name in asked]
    if not names:
        return [{}], np.zeros(len(steps.subjects), dtype=np.int64)
    combinations = steps.subjects[names]
    numbers = combinations.groupby(names, sort=False).ngroup().to_numpy(dtype=np.int64)
    rows = combinations.loc[~combinations.duplicated()].to_dict("records")
    return [{str(name): str(value) for name, value in row.items()} for row in rows], numbers


def _newest(starts: Ints, at: Ints) -> Ints:
    """The place of the version that holds at each instant: of those that began the newest; else the first."""
    found = np.zeros(len(at), dtype=np.int64)
    for number, start in enumerate(starts, start=1):
        found[at >= start] = number
    return found


def _no_spans() -> Spans:
    nothing = np.empty(0, dtype=np.int64)
    return Spans(kind=nothing.astype(np.int8), turn=nothing, start=nothing, end=nothing, ending=nothing.astype(np.int8))
