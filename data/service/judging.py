"""Judges many tickets at once: the rules of `workflow.service.judging` as columns, equal to the microsecond."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from data.commits import run
from data.service.clocking import NEVER, Clocking, Clockings
from data.service.shelf import Rulebook
from data.service.spans import DROPPED, ENDINGS, KINDS, Spans, spans_of
from data.service.timeline import Ints, Timeline, timeline
from workflow.service.judging import STRETCHED
from workflow.service.policies import Attributes, Promise, Reopening, TargetKind

AFTER_ALL = datetime(9999, 1, 1)  # noqa: DTZ001 - instants are naive UTC
_NOTHING = -1
_WARNING_COLUMNS = (
    "ticket_id",
    "target_kind",
    "state",
    "started_at",
    "percent",
    "due_at",
    "effect",
    "argument",
    "policy_version",
)
_STRETCHED = [KINDS.index(kind) for kind in sorted(STRETCHED)]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Promised:
    """A promise of one version of the policies."""

    version: int
    promise: Promise


def judge_tickets(
    cursor: duckdb.DuckDBPyConnection, rules: Rulebook, horizon_at: datetime, *, is_live: bool = True
) -> pd.DataFrame:
    """Every target of the tickets in the temporary table `judged_tickets`, as of `horizon_at`: see `judged`."""
    return judged(timeline(cursor, horizon_at), rules, name_hashes(cursor, rules), is_live=is_live)


def judged_with_warnings(cursor: duckdb.DuckDBPyConnection, rules: Rulebook) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The whole log of the tickets in `judged_tickets`: their targets, and the warnings of those that run.

    Targets as in `judged` up to each ticket's last step; warnings: ticket_id, target_kind, state, started_at, percent,
    due_at, effect, argument, policy_version.
    """
    judge = _Judge(timeline(cursor, AFTER_ALL), rules, name_hashes(cursor, rules))
    targets = judge.frame(is_live=False)
    return targets, judge.warnings(targets)


def name_hashes(cursor: duckdb.DuckDBPyConnection, rules: Rulebook) -> dict[str, int]:
    """The hash of every category, and of every state that a policy names."""
    targets = [t for version in rules.book.versions for policy in version.policies for t in policy.targets]
    states = sorted({state for target in targets for state in (*target.states, *target.pause_states)})
    return {name: int(value) for name, value in run(cursor, "service/names", {"states": states})}


def judged(steps: Timeline, rules: Rulebook, hashes: Mapping[str, int], *, is_live: bool = True) -> pd.DataFrame:
    """Every target of every ticket of `steps`, one row each, by ticket, kind and turn.

    `hashes` are those of the names of states and categories. Columns: ticket_id, target_kind, state, turn,
    policy_version, policy_id, calendar_id, budget_microseconds, started_at, ended_at, ending, due_at, is_paused,
    lenient_due_at (instants; NaT where there is none), counted_microseconds, pause_microseconds,
    excess_pause_microseconds (until the horizon if `is_live`, else until `last_step_at`), category, priority,
    assignee_id, last_step_at (the ticket's last one before the horizon), promise (a place in `attrs["promises"]`).
    """
    judge = _Judge(steps, rules, hashes)
    return judge.frame(is_live=is_live)


class _Judge:
    def __init__(self, steps: Timeline, rules: Rulebook, hashes: Mapping[str, int]) -> None:
        self._steps, self._rules, self._hashes = steps, rules, hashes
        self._names = {value: name for name, value in hashes.items()}
        self._clockings = Clockings(steps, rules.columns, hashes)
        self._promised: list[_Promised] = []
        self._places: dict[tuple[object, ...], int] = {}
        self._statics, self._static_of = _statics(steps, rules)
        self._judged = _no_spans(), np.empty(0, dtype=np.int64)
        self._row_of = np.empty(0, dtype=np.int64)  # the row in the frame of each judged span

    def frame(self, *, is_live: bool) -> pd.DataFrame:
        """The answer of `judged`."""
        versions = self._rules.book.versions
        wanted = {
            self._hashes[state]
            for version in versions
            for policy in version.policies
            for target in policy.targets
            for state in target.states
            if state in self._hashes
        }
        spans = spans_of(self._steps, wanted) if len(self._steps) and versions else None
        if spans is None:
            return self._rows(_no_spans(), *([np.empty(0, dtype=np.int64)] * 3), is_live=is_live)
        starts = [np.datetime64(version.valid_from, "us").astype(np.int64) for version in versions[1:]]
        version = _newest(np.array(starts, dtype=np.int64), self._steps.at_us[spans.start])
        promise = self._promises(spans, version, spans.start)
        spans, version, promise = self._continued(spans, version, promise)
        spans, promise, floor, place = self._settled_on(spans, version, promise)
        is_kept = promise != _NOTHING
        return self._rows(spans.where(is_kept), promise[is_kept], floor[is_kept], place[is_kept], is_live=is_live)

    def warnings(self, targets: pd.DataFrame) -> pd.DataFrame:
        """The warnings that are to come, of the running targets of `frame`; see `judged_with_warnings`."""
        spans, promise = self._judged
        running = np.flatnonzero(spans.end < 0)
        parts: list[pd.DataFrame] = []
        for number in np.unique(promise[running]):
            rows = running[promise[running] == number]
            target = self._promised[number].promise.target
            clocking, some = self._clockings.of(target), spans.where(rows)
            for warning in target.warnings:
                share = np.full(len(rows), _microseconds(self._promised[number]) * warning.percent // 100)
                due = clocking.due(some.start, some.end, share)
                known = targets.iloc[self._row_of[rows]][
                    ["ticket_id", "target_kind", "state", "started_at", "policy_version"]
                ]
                said = {"percent": warning.percent, "effect": warning.effect.value, "argument": warning.argument}
                parts.append(known.assign(due_at=_instants(due), **said)[due != NEVER])
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(_WARNING_COLUMNS))

    # --- what is promised --------------------------------------------------------------------------------------

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
            category=self._names.get(int(category), ""),
            priority=str(self._steps.words[priority]),
            **self._statics[static],
        )
        promise = policies.promise(KINDS[kind], attributes, self._names.get(int(state), ""))
        if promise is None:
            return _NOTHING
        key = (version, id(promise.policy), id(promise.target))
        if key not in self._places:
            self._places[key] = len(self._promised)
            self._promised.append(_Promised(version=policies.version, promise=promise))
        return self._places[key]

    def _continued(self, spans: Spans, version: Ints, promise: Ints) -> tuple[Spans, Ints, Ints]:
        """Make one span of the stretches of a ticket whose first one is promised on a clock that goes on."""
        is_stretch = np.isin(spans.kind, _STRETCHED)
        goes_on = np.array([p.promise.target.on_reopen is Reopening.CONTINUE for p in self._promised], dtype=bool)
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
            due = np.maximum(self._due(spans.where(active), promise[active]), floor[active])
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

    # --- when it is due ----------------------------------------------------------------------------------------

    def _by_clocking(self, promise: Ints) -> Iterator[tuple[Clocking, Ints]]:
        """Each way of counting with the places of the spans that are counted so."""
        known: dict[int, tuple[Clocking, list[int]]] = {}
        for number in np.unique(promise[promise != _NOTHING]):
            clocking = self._clockings.of(self._promised[number].promise.target)
            known.setdefault(id(clocking), (clocking, []))[1].append(int(number))
        for clocking, numbers in known.values():
            yield clocking, np.flatnonzero(np.isin(promise, numbers))

    def _budgets(self, promise: Ints) -> Ints:
        budgets = [_microseconds(promised) for promised in self._promised]
        return np.array(budgets or [0], dtype=np.int64)[promise]

    def _due(self, spans: Spans, promise: Ints, *, is_lenient: bool = False) -> Ints:
        due, budgets = np.full(len(spans), NEVER, dtype=np.int64), self._budgets(promise)
        for clocking, rows in self._by_clocking(promise):
            due[rows] = clocking.due(spans.start[rows], spans.end[rows], budgets[rows], is_lenient=is_lenient)
        return due

    def _rows(self, spans: Spans, promise: Ints, floor: Ints, place: Ints, *, is_live: bool) -> pd.DataFrame:
        steps = self._steps
        until = steps.horizon_us if is_live else None
        counted, paused, excess = (np.zeros(len(spans), dtype=np.int64) for _ in range(3))
        is_paused = np.zeros(len(spans), dtype=bool)
        for clocking, rows in self._by_clocking(promise):
            start, end = spans.start[rows], spans.end[rows]
            is_pause = ~clocking.is_counted_leniently
            counted[rows] = clocking.length(clocking.counted, clocking.is_counted, start, end, until)
            paused[rows] = clocking.length(clocking.paused, is_pause, start, end, until)
            excess[rows] = clocking.length(clocking.excess, clocking.is_excess, start, end, until)
            is_paused[rows] = (end < 0) & ~clocking.is_counted[steps.last[start]]
        ended = spans.end >= 0
        deciding = np.where(ended, spans.end, steps.last[spans.start] if len(spans) else 0)
        frame = pd.DataFrame(
            {
                "ticket_id": _words(steps.ticket_no[spans.start], steps.subjects["ticket_id"].to_list()),
                "target_kind": _words(spans.kind, KINDS),
                "state": self._states(spans),
                "turn": spans.turn,
                **self._said(promise),
                "started_at": _instants(steps.at_us[spans.start]),
                "ended_at": _instants(np.where(ended, steps.at_us[spans.end], NEVER)),
                "ending": _words(spans.ending, ENDINGS),
                "due_at": _instants(np.maximum(self._due(spans, promise), floor)),
                "is_paused": is_paused,
                "lenient_due_at": _instants(np.maximum(self._due(spans, promise, is_lenient=True), floor)),
                "counted_microseconds": counted,
                "pause_microseconds": paused,
                "excess_pause_microseconds": excess,
                "category": self._named(steps.category[place]),
                "priority": _words(steps.priority[place], steps.words),
                "assignee_id": _words(steps.assignee[deciding], steps.words),
                "last_step_at": _instants(steps.at_us[steps.last[spans.start]]),
                "promise": promise,
            }
        )
        order = np.lexsort((spans.start, spans.turn, spans.kind, steps.ticket_no[spans.start]))
        self._judged, self._row_of = (spans, promise), np.argsort(order)
        frame = frame.iloc[order].reset_index(drop=True)
        frame.attrs["promises"] = [promised.promise for promised in self._promised]
        return frame

    def _said(self, promise: Ints) -> dict[str, Any]:
        budgets = np.array([_microseconds(one) for one in self._promised] or [0], dtype=np.int64)
        versions = np.array([one.version for one in self._promised] or [0], dtype=np.int64)
        return {
            "policy_version": versions[promise],
            "policy_id": _words(promise, [one.promise.policy.id for one in self._promised]),
            "calendar_id": _words(promise, [one.promise.target.calendar_id for one in self._promised]),
            "budget_microseconds": budgets[promise],
        }

    def _states(self, spans: Spans) -> pd.Categorical:
        is_visit = spans.kind == KINDS.index(TargetKind.TIME_IN_STATE)
        return self._named(np.where(is_visit, self._steps.state[spans.start], 0).astype(np.uint64))

    def _named(self, hashes: npt.NDArray[np.uint64]) -> pd.Categorical:
        codes, known = pd.factorize(hashes)
        return _words(codes, [self._names.get(int(value), "") for value in known])


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


def _no_spans() -> Spans:
    nothing = np.empty(0, dtype=np.int64)
    return Spans(kind=nothing.astype(np.int8), turn=nothing, start=nothing, end=nothing, ending=nothing.astype(np.int8))


def _newest(starts: Ints, at: Ints) -> Ints:
    """The place of the version that holds at each instant: of those that began the newest; else the first."""
    found = np.zeros(len(at), dtype=np.int64)
    for number, start in enumerate(starts, start=1):
        found[at >= start] = number
    return found


def _microseconds(promised: _Promised) -> int:
    budget = promised.promise.target.budget
    return (budget.days * 86_400 + budget.seconds) * 1_000_000 + budget.microseconds


def _words(codes: npt.NDArray[np.integer], words: Sequence[str] | npt.NDArray[np.object_]) -> pd.Categorical:
    """The words that `codes` are places of; equal words become one."""
    places, known = pd.factorize(np.array([str(word) for word in words], dtype=object))
    return pd.Categorical.from_codes(places[codes] if len(places) else codes, categories=known)


def _instants(at: Ints) -> npt.NDArray[np.datetime64]:
    """Naive UTC instants; `NEVER` is NaT."""
    return np.where(at == NEVER, np.iinfo(np.int64).min, at).astype("datetime64[us]")
