"""Judges many tickets at once: the rules of `workflow.service.judging` as columns, equal to the microsecond."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from data.commits import run
from data.service.clocking import NEVER
from data.service.promises import Promises
from data.service.shelf import Rulebook
from data.service.spans import ENDINGS, KINDS, REACHED
from data.service.timeline import Ints, Timeline, timeline
from workflow.service.judging import Status
from workflow.service.policies import TargetKind

AFTER_ALL = datetime(9999, 1, 1)  # noqa: DTZ001 - instants are naive UTC
SIDES = tuple(Status)
MET, MISSED, RUNNING, PAUSED, ENDED_OTHERWISE = (SIDES.index(status) for status in Status)
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
    return targets, judge.warnings()


def name_hashes(cursor: duckdb.DuckDBPyConnection, rules: Rulebook) -> dict[str, int]:
    """The hash of every category, and of every state that a policy names."""
    policies = [policy for version in rules.book.versions for policy in version.policies]
    states = {state for policy in policies for t in policy.targets for state in (*t.states, *t.pause_states)}
    spoken_of = sorted(states.union(*(policy.when.get("category", ()) for policy in policies)))
    return {name: int(value) for name, value in run(cursor, "service/names", {"spoken_of": spoken_of})}


def judged(steps: Timeline, rules: Rulebook, hashes: Mapping[str, int], *, is_live: bool = True) -> pd.DataFrame:
    """Every target of every ticket of `steps`, one row each, by ticket, kind and turn.

    `hashes` are those of the names of states and categories. Columns: ticket_id, target_kind, state, turn,
    policy_version, policy_id, calendar_id, budget_microseconds, started_at, ended_at, ending, due_at, is_paused,
    is_in_excess (a pause goes on although the buyer has written), lenient_due_at (instants; NaT where there is none),
    counted_microseconds, allowed_microseconds (what is counted at the deadline), pause_microseconds,
    excess_pause_microseconds (until the horizon if `is_live`, else until `last_step_at`), category, priority,
    assignee_id, last_step_at (the ticket's last one before the horizon), promise (a place in `attrs["promises"]`).
    """
    judge = _Judge(steps, rules, hashes)
    return judge.frame(is_live=is_live)


def sides_of(steps: Timeline, rules: Rulebook, hashes: Mapping[str, int]) -> pd.DataFrame:
    """On which side each target of `steps` stands at the horizon: little, for comparing two sets of rules.

    `side` (one of `SIDES`, by place) and `due_us` (microseconds since 1970, or `NEVER`); the index `span` is the place
    of the first step times the number of kinds, plus the place of the kind.
    """
    return _Judge(steps, rules, hashes).sides()


class _Judge:
    def __init__(self, steps: Timeline, rules: Rulebook, hashes: Mapping[str, int]) -> None:
        self._steps = steps
        self._promises = Promises(steps, rules, hashes)
        self._decided = self._promises.decided()

    def sides(self) -> pd.DataFrame:
        """On which side each target stands: the answer of `sides_of`."""
        spans = self._decided.spans
        steps = self._steps
        due = self._due()
        ended = np.where(spans.end >= 0, steps.at_us[spans.end] if len(steps) else 0, NEVER)
        is_late = due <= np.minimum(ended, steps.horizon_us)
        side = np.select(
            [is_late, (ended == NEVER) & (due == NEVER), ended == NEVER, spans.ending == REACHED],
            [MISSED, PAUSED, RUNNING, MET],
            default=ENDED_OTHERWISE,
        )
        key = spans.start * len(KINDS) + spans.kind
        return pd.DataFrame({"side": side, "due_us": due}, index=pd.Index(key, name="span"))

    def warnings(self) -> pd.DataFrame:
        """The warnings that are to come of the targets that run; see `judged_with_warnings`."""
        spans, promise = self._decided.spans, self._decided.promise
        known = self._known()[["ticket_id", "target_kind", "state", "started_at", "policy_version"]]
        running = np.flatnonzero(spans.end < 0)
        parts: list[pd.DataFrame] = []
        for number in np.unique(promise[running]):
            rows, promised = running[promise[running] == number], self._promises.promised[number]
            clocking, some = self._promises.clockings.of(promised.promise.target), spans.where(rows)
            for warning in promised.promise.target.warnings:
                share = np.full(len(rows), max(promised.budget_microseconds * warning.percent // 100, 1))
                due = np.maximum(clocking.due(some.start, some.end, share), self._decided.floor[rows])
                said = {"percent": warning.percent, "effect": warning.effect.value, "argument": warning.argument}
                parts.append(known.iloc[rows].assign(due_at=_instants(due), **said)[due != NEVER])
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(_WARNING_COLUMNS))

    def frame(self, *, is_live: bool) -> pd.DataFrame:
        """The answer of `judged`."""
        steps, spans, promise = self._steps, self._decided.spans, self._decided.promise
        place = self._decided.place
        is_ended = spans.end >= 0
        deciding = np.where(is_ended, spans.end, steps.last[spans.start])
        frame = self._known().assign(
            ended_at=_instants(np.where(is_ended, steps.at_us[spans.end], NEVER)),
            ending=_words(spans.ending, ENDINGS),
            due_at=_instants(self._due()),
            lenient_due_at=_instants(self._due(is_lenient=True)),
            category=self._named(steps.category[place]),
            priority=_words(steps.priority[place], steps.words),
            assignee_id=_words(steps.assignee[deciding], steps.words),
            last_step_at=_instants(steps.at_us[steps.last[spans.start]]),
            promise=promise,
            **self._lengths(is_live=is_live),
        )
        order = np.lexsort((spans.start, spans.turn, spans.kind, steps.ticket_no[spans.start]))
        frame = frame.iloc[order].reset_index(drop=True)
        frame.attrs["promises"] = [promised.promise for promised in self._promises.promised]
        return frame

    def _known(self) -> pd.DataFrame:
        """What is known of each target from its beginning, in the order of the spans."""
        steps, spans, promise = self._steps, self._decided.spans, self._decided.promise
        promised = self._promises.promised
        versions = np.array([one.version for one in promised] or [0], dtype=np.int64)
        is_visit = spans.kind == KINDS.index(TargetKind.TIME_IN_STATE)
        return pd.DataFrame(
            {
                "ticket_id": _words(steps.ticket_no[spans.start], steps.subjects["ticket_id"].to_list()),
                "target_kind": _words(spans.kind, KINDS),
                "state": self._named(np.where(is_visit, steps.state[spans.start], 0).astype(np.uint64)),
                "turn": spans.turn,
                "policy_version": versions[promise],
                "policy_id": _words(promise, [one.promise.policy.id for one in promised]),
                "calendar_id": _words(promise, [one.promise.target.calendar_id for one in promised]),
                "budget_microseconds": self._budgets(),
                "started_at": _instants(steps.at_us[spans.start]),
            }
        )

    def _budgets(self) -> Ints:
        budgets = [one.budget_microseconds for one in self._promises.promised]
        return np.array(budgets or [0], dtype=np.int64)[self._decided.promise]

    def _lengths(self, *, is_live: bool) -> dict[str, npt.NDArray[np.generic]]:
        """What each clock counted, and how long it stood still."""
        steps, spans = self._steps, self._decided.spans
        until = steps.horizon_us if is_live else None
        counted, allowed, paused, excess = (np.zeros(len(spans), dtype=np.int64) for _ in range(4))
        is_floored = self._promises.due(spans, self._decided.promise) < self._decided.floor
        budgets = self._budgets()
        is_paused, is_in_excess = np.zeros(len(spans), dtype=bool), np.zeros(len(spans), dtype=bool)
        for clocking, rows in self._promises.by_clocking(self._decided.promise):
            start, end = spans.start[rows], spans.end[rows]
            is_pause = ~clocking.is_counted_leniently
            counted[rows] = clocking.length(clocking.counted, clocking.is_counted, start, end, until)
            by_the_change = clocking.counted[self._decided.place[rows]] - clocking.counted[start]
            allowed[rows] = np.where(is_floored[rows], by_the_change, budgets[rows])
            paused[rows] = clocking.length(clocking.paused, is_pause, start, end, until)
            excess[rows] = clocking.length(clocking.excess, clocking.is_excess, start, end, until)
            is_paused[rows] = (end < 0) & ~clocking.is_counted[steps.last[start]]
            is_in_excess[rows] = (end < 0) & clocking.is_excess[steps.last[start]]
        return {
            "counted_microseconds": counted,
            "allowed_microseconds": allowed,
            "is_paused": is_paused,
            "is_in_excess": is_in_excess,
            "pause_microseconds": paused,
            "excess_pause_microseconds": excess,
        }

    def _due(self, *, is_lenient: bool = False) -> Ints:
        due = self._promises.due(self._decided.spans, self._decided.promise, is_lenient=is_lenient)
        return np.maximum(due, self._decided.floor)

    def _named(self, hashes: npt.NDArray[np.uint64]) -> pd.Categorical:
        codes, known = pd.factorize(hashes)
        return _words(codes, [self._promises.names.get(int(value), "") for value in known])


def _words(codes: npt.NDArray[np.integer], words: Sequence[str] | npt.NDArray[np.object_]) -> pd.Categorical:
    """The words that `codes` are places of; equal words become one."""
    places, known = pd.factorize(np.array([str(word) for word in words], dtype=object))
    return pd.Categorical.from_codes(places[codes] if len(places) else codes, categories=known)


def _instants(at: Ints) -> npt.NDArray[np.datetime64]:
    """Naive UTC instants; `NEVER` is NaT."""
    return np.where(at == NEVER, np.iinfo(np.int64).min, at).astype("datetime64[us]")
