"""The logs of many tickets as columns: one row per step, with what held after it (`workflow.service.history`).

Rows are sorted by ticket, time and order of recording. Names are 64-bit hashes until somebody wants to read them.
"""

from dataclasses import dataclass
from datetime import datetime

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from data.commits import run
from data.statements import statement

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
BALLS = ("buyer", "seller", "platform", "carrier", "nobody")
KINDS = ("open", "waiting", "platform", "done", "final")
BUYER = BALLS.index("buyer")
DONE, FINAL = KINDS.index("done"), KINDS.index("final")


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """The steps of the tickets of `subjects` (by `ticket_no`) before `horizon_us`.

    `at_us` are microseconds since 1970; `first` and `last` are the places of the first and last step of each step's
    ticket. `priority` and `assignee` are places in `words`; `is_own` says that a
    step is an event of the ticket's log, not woven in. Everything else is as in `Step`.
    """

    subjects: pd.DataFrame
    horizon_us: int
    ticket_no: npt.NDArray[np.int32]
    at_us: Ints
    first: Ints
    last: Ints
    category: Hashes
    state: Hashes
    kind_no: npt.NDArray[np.int8]
    ball_no: npt.NDArray[np.int8]
    priority: Ints
    assignee: Ints
    words: npt.NDArray[np.object_]
    is_visit: Flags
    is_reply: Flags
    is_message: Flags
    is_opening: Flags
    is_merge: Flags
    is_own: Flags
    has_word: Flags

    def __len__(self) -> int:
        return len(self.at_us)

    @property
    def is_first(self) -> Flags:
        """Whether a step is its ticket's first."""
        return self.first == np.arange(len(self))

    @property
    def is_settled(self) -> Flags:
        """Whether the ticket is resolved or closed after a step."""
        return self.kind_no >= DONE

    def next_of(self, is_wanted: Flags) -> Ints:
        """For each place the first wanted step of any ticket there or later; `len` where there is none.

        One longer than the steps, so that the place after the last one may be asked for.
        """
        places = np.where(is_wanted, np.arange(len(self)), len(self))
        return np.append(np.minimum.accumulate(places[::-1])[::-1], len(self))


def timeline(cursor: duckdb.DuckDBPyConnection, horizon_at: datetime) -> Timeline:
    """The logs of the tickets in the temporary table `judged_tickets` of `cursor`."""
    as_of = {"as_of": horizon_at}
    run(cursor, "service/make_subjects", as_of)
    subjects = cursor.execute(statement("service/subjects")).df()
    rows = cursor.execute(statement("service/steps"), as_of).fetchnumpy()
    settings = cursor.execute(statement("service/settings_of_steps"), as_of).df()
    horizon_us = int(np.datetime64(horizon_at, "us").astype(np.int64))
    return _built(subjects, {name: np.asarray(column) for name, column in rows.items()}, settings, horizon_us)


def _built(
    subjects: pd.DataFrame, rows: dict[str, npt.NDArray[np.generic]], settings: pd.DataFrame, horizon_us: int
) -> Timeline:
    ticket_no = rows["ticket_no"]
    places = np.arange(len(ticket_no))
    is_first = np.append(True, ticket_no[1:] != ticket_no[:-1])[: len(places)]
    heads = np.flatnonzero(is_first)
    lengths = np.diff(np.append(heads, len(places)))
    is_visit = _visits(rows, is_first)
    # Read before a ticket's beginning is moved: the words of its own opening led to the wait and do not end it.
    is_own = ~(rows["is_merge"].astype(bool) | rows["is_start"].astype(bool) | rows["is_word"].astype(bool))
    starts = np.flatnonzero(rows["is_start"])
    openings = np.flatnonzero(is_own)[np.searchsorted(np.flatnonzero(is_own), starts)]
    is_begun = is_visit | is_first
    is_begun[openings] = True
    _begin_earlier(rows, is_visit, starts, openings)
    moved = _carried(is_visit | is_first)
    ball_no, kind_no = (rows[name].astype(np.int8)[moved] for name in ("ball_no", "kind_no"))
    words, priority, assignee = _settings(subjects, rows, settings, is_first)
    return Timeline(
        subjects=subjects,
        horizon_us=horizon_us,
        ticket_no=ticket_no.astype(np.int32),
        at_us=rows["at_microseconds"].astype(np.int64),
        first=np.repeat(heads, lengths),
        last=np.repeat(heads + lengths - 1, lengths),
        category=rows["category_hash"].astype(np.uint64)[moved],
        state=rows["state_hash"].astype(np.uint64)[moved],
        kind_no=kind_no,
        ball_no=ball_no,
        priority=priority,
        assignee=assignee,
        words=words,
        is_visit=is_visit,
        is_reply=rows["is_reply"].astype(bool),
        is_message=rows["is_message"].astype(bool),
        is_opening=rows["is_opening"].astype(bool),
        is_merge=_merged(rows, is_visit, kind_no >= DONE, is_first),
        is_own=is_own,
        has_word=_words_had(rows, is_begun) & (ball_no == BUYER),
    )


def _carried(is_here: Flags) -> Ints:
    """For each place the nearest one, there or before, that is marked."""
    return np.maximum.accumulate(np.where(is_here, np.arange(len(is_here)), 0))


def _visits(rows: dict[str, npt.NDArray[np.generic]], is_first: Flags) -> Flags:
    """The visits but those of a merge that was undone, and of its undoing."""
    is_visit = rows["is_visit"].astype(bool)
    is_undoing = rows["is_undoing"].astype(bool) & is_visit
    if not is_undoing.any():
        return is_visit
    places = np.flatnonzero(is_visit | is_first)
    is_pair = is_undoing[places[1:]] & (rows["is_merging"].astype(bool) & is_visit)[places[:-1]] & ~is_first[places[1:]]
    is_visit[places[1:][is_pair]] = False
    is_visit[places[:-1][is_pair]] = False
    return is_visit


def _merged(rows: dict[str, npt.NDArray[np.generic]], is_visit: Flags, is_settled: Flags, is_first: Flags) -> Flags:
    """Whether a ticket is a duplicate of another one: from its merging on until it is reopened.

    One that took another one in, and moved by what it owes, goes on.
    """
    is_merge = rows["is_merge"].astype(bool) | (rows["is_merging"].astype(bool) & is_visit & is_settled)
    is_reopening = is_visit & ~is_settled & np.append(False, is_settled[:-1])[: len(is_visit)]
    return is_merge[_carried(is_merge | is_reopening | is_first)]


def _begin_earlier(rows: dict[str, npt.NDArray[np.generic]], is_visit: Flags, starts: Ints, openings: Ints) -> None:
    """A ticket that others were merged into begins as it was opened, only earlier; its own opening is no visit then."""
    for name in ("category_hash", "state_hash", "kind_no", "ball_no"):
        rows[name] = rows[name].copy()
        rows[name][starts] = rows[name][openings]
    is_visit[starts] = is_visit[openings]
    is_visit[openings] = False


def _words_had(rows: dict[str, npt.NDArray[np.generic]], is_moved: Flags) -> Flags:
    """Whether the newest of visit, buyer's message and our reply is a message."""
    is_message, is_reply = rows["is_message"].astype(bool), rows["is_reply"].astype(bool)
    newest = _carried(is_moved | is_message | is_reply)
    return (is_message & ~is_moved)[newest]


def _settings(
    subjects: pd.DataFrame, rows: dict[str, npt.NDArray[np.generic]], settings: pd.DataFrame, is_first: Flags
) -> tuple[npt.NDArray[np.object_], Ints, Ints]:
    """Priority and assignee after each step, as places in the words, which are the first of the three."""
    spoken = [subjects["priority"], subjects["assignee"], settings["given"].fillna("")]
    codes, words = pd.factorize(pd.concat(spoken, ignore_index=True))
    count = len(subjects)
    born = rows["ticket_no"].astype(np.int64)
    set_to = codes[2 * count :]
    is_priority = (settings["kind"] == "prioritised").to_numpy(dtype=bool)
    columns: list[Ints] = []
    for offset, flag, chosen in ((0, "is_prioritised", is_priority), (count, "is_assigned", ~is_priority)):
        is_set = rows[flag].astype(bool)
        values = codes[offset : offset + count][born].astype(np.int64)
        values[is_set] = set_to[chosen]
        columns.append(values[_carried(is_set | is_first)])
    return np.asarray(words, dtype=object), columns[0], columns[1]
