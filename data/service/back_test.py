"""Replays the chosen past under a draft of the policies and under what was in force (DECISIONS: Back-test)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.business_time import BusinessColumns
from data.commits import run
from data.database import Database
from data.selection import Selection
from data.service.judging import MET, MISSED, SIDES, name_hashes, sides_of
from data.service.shelf import Rulebook, rulebook
from data.service.spans import KINDS
from data.service.timeline import Ints, Timeline, timeline
from data.statements import asked_of
from workflow.business_time import BusinessTime
from workflow.calendars import Calendar
from workflow.service.policies import PolicyVersion, ServiceBook, ServicePolicy, TargetKind
from workflow.tickets import EVERYTHING, Scope
from workflow.zones import BEGINNING

MOST_CHANGED = 500
_NOTHING = len(SIDES)  # the side of what is not promised
_WORDS = np.array([*(side.value for side in SIDES), ""], dtype=object)
_FAR = 9e15  # microseconds since 1970
_TALLIES = ("met", "missed", "other")
_COUNTS = [f"{when}_{tally}_count" for when in ("before", "after") for tally in _TALLIES]


@dataclass(frozen=True, kw_only=True, slots=True)
class BackTest:
    """What the past would have been.

    `by_category`: category, target_kind and the counts met, missed and other (`before_met_count`, ...).
    `changed`: number, ticket_id, category, target_kind, state, started_at, before_status, after_status (empty: nothing
    was promised), before_due_at, after_due_at; of the `changed_count` targets that change sides, the first 500.
    """

    by_category: pd.DataFrame
    changed: pd.DataFrame
    changed_count: int
    tickets_count: int
    seconds: float


def back_test(  # noqa: PLR0913 - what is replayed, over which past, as of when and for whom
    database: Database,
    policies: Sequence[ServicePolicy] | None,
    *,
    since: datetime,
    until: datetime,
    horizon_at: datetime,
    scope: Scope = EVERYTHING,
    calendars: Mapping[str, Calendar] | None = None,
) -> BackTest:
    """Judge the tickets opened in [since, until), as of `horizon_at`, under a draft and under what was in force.

    The draft are `policies` as if they had always held; None leaves every version as it was published. `calendars`
    stand in for those of their ids, in the draft only.
    """
    begun = perf_counter()
    rules = rulebook(database)
    draft = _draft(rules, policies, calendars or {})
    selection = Selection(horizon_at=horizon_at, since=since, until=until, scope=scope)
    with database.reading() as cursor:
        query = "service/make_judged_opened"
        run(cursor, query, asked_of(query, selection.parameters))
        steps = timeline(cursor, horizon_at)
        hashes = name_hashes(cursor, rules) | name_hashes(cursor, draft)
    targets = sides_of(steps, rules, hashes).join(
        sides_of(steps, draft, hashes), how="outer", suffixes=("_before", "_after")
    )
    before, after = (targets[f"side_{when}"].fillna(_NOTHING).to_numpy(dtype=np.int64) for when in ("before", "after"))
    place, kind = np.divmod(targets.index.to_numpy(dtype=np.int64), len(KINDS))
    is_changed = (before != after) & (np.isin(before, [MET, MISSED]) | np.isin(after, [MET, MISSED]))
    shown = np.flatnonzero(is_changed)[:MOST_CHANGED]
    names = {value: name for name, value in hashes.items()}
    return BackTest(
        by_category=_by_category(steps, names, place, kind, (before, after)),
        changed=_changed(steps, names, place[shown], kind[shown], targets.iloc[shown]),
        changed_count=int(is_changed.sum()),
        tickets_count=len(steps.subjects),
        seconds=perf_counter() - begun,
    )


def _draft(rules: Rulebook, policies: Sequence[ServicePolicy] | None, calendars: Mapping[str, Calendar]) -> Rulebook:
    """The draft as if it had always held; nothing else differs from what was in force."""
    book = rules.book
    if policies is not None:
        book = ServiceBook((PolicyVersion(version=1, valid_from=BEGINNING, policies=tuple(policies)),))
    clocks = {name: BusinessTime.of(calendar) for name, calendar in calendars.items()}
    columns = {name: BusinessColumns(clock.versions) for name, clock in clocks.items()}
    return replace(rules, book=book, clocks=rules.clocks | clocks, columns=rules.columns | columns)


def _by_category(
    steps: Timeline, names: Mapping[int, str], place: Ints, kind: Ints, sides: tuple[Ints, Ints]
) -> pd.DataFrame:
    counted = pd.DataFrame({"category": steps.category[place], "kind": kind})
    for column, (side, wanted) in zip(_COUNTS, _tallied(sides), strict=True):
        counted[column] = np.isin(side, wanted)
    rows = pd.DataFrame(counted.groupby(["category", "kind"])[_COUNTS].sum()).reset_index()
    rows["target_kind"] = [KINDS[number].value for number in rows["kind"]]
    rows["category"] = [names.get(int(value), "") for value in rows["category"]]
    ordered = rows.sort_values(["category", "target_kind"], ignore_index=True)
    return ordered.loc[:, ["category", "target_kind", *_COUNTS]]


def _tallied(sides: tuple[Ints, Ints]) -> Iterator[tuple[Ints, list[int]]]:
    others = [number for number in range(len(SIDES)) if number not in {MET, MISSED}]
    for side in sides:
        yield from ((side, [MET]), (side, [MISSED]), (side, others))


def _changed(steps: Timeline, names: Mapping[int, str], place: Ints, kind: Ints, targets: pd.DataFrame) -> pd.DataFrame:
    subjects = steps.subjects.iloc[steps.ticket_no[place]]
    is_visit = kind == KINDS.index(TargetKind.TIME_IN_STATE)
    states = np.where(is_visit, steps.state[place], 0)
    return pd.DataFrame(
        {
            "number": subjects["number"].to_numpy(),
            "ticket_id": subjects["ticket_id"].to_numpy(),
            "category": [names.get(int(value), "") for value in steps.category[place]],
            "target_kind": [KINDS[number].value for number in kind],
            "state": [names.get(int(value), "") for value in states],
            "started_at": steps.at_us[place].astype("datetime64[us]"),
            **{f"{when}_status": _words(targets[f"side_{when}"]) for when in ("before", "after")},
            **{f"{when}_due_at": _instants(targets[f"due_us_{when}"]) for when in ("before", "after")},
        }
    )


def _words(side: Any) -> npt.NDArray[np.object_]:  # noqa: ANN401 - a column, however pandas types it
    return _WORDS[side.fillna(_NOTHING).to_numpy(dtype=np.int64)]


def _instants(due: Any) -> npt.NDArray[np.datetime64]:  # noqa: ANN401 - likewise
    """Instants of microseconds, which the join has made floats (exact up to the year 2255)."""
    microseconds = due.to_numpy(dtype=np.float64)
    is_known = microseconds < _FAR
    known = np.where(is_known, microseconds, 0).astype(np.int64)
    return np.where(is_known, known, np.iinfo(np.int64).min).astype("datetime64[us]")
