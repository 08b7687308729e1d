"""Rows within rows, each with a name of its own that outlives every edit: what a draft is made of. Values only."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

_numbers = count(1)


def new_uid() -> str:
    """A name that no other row of this process has."""
    return str(next(_numbers))


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A policy, a target or a warning: its fields as in the document of policies, and the rows within it."""

    fields: Mapping[str, Any]
    rows: tuple["Row", ...] = ()
    uid: str = field(default_factory=new_uid)


Rows = tuple[Row, ...]


def edited(rows: Rows, uid: str, edit: Callable[[Rows, int], Rows]) -> Rows:
    """`rows` with `edit(siblings, place)` in the place of the siblings of `uid`, however deep they are."""
    place = next((place for place, row in enumerate(rows) if row.uid == uid), None)
    if place is not None:
        return edit(rows, place)
    return tuple(replace(row, rows=edited(row.rows, uid, edit)) for row in rows)


def changed(rows: Rows, uid: str, fields: Mapping[str, Any]) -> Rows:
    """With other values in some fields of a row."""

    def edit(siblings: Rows, place: int) -> Rows:
        row = siblings[place]
        return (*siblings[:place], replace(row, fields={**row.fields, **fields}), *siblings[place + 1 :])

    return edited(rows, uid, edit)


def removed(rows: Rows, uid: str) -> Rows:
    """Without a row."""
    return edited(rows, uid, lambda siblings, place: (*siblings[:place], *siblings[place + 1 :]))


def moved(rows: Rows, uid: str, step: int) -> Rows:
    """With a row one place further up (-1) or down (1); at the end it stays."""

    def edit(siblings: Rows, place: int) -> Rows:
        to = min(max(place + step, 0), len(siblings) - 1)
        others = [row for row in siblings if row.uid != uid]
        return (*others[:to], siblings[place], *others[to:])

    return edited(rows, uid, edit)


def added(rows: Rows, parent_uid: str, row: Row) -> Rows:
    """With `row` as the last one within `parent_uid`."""

    def edit(siblings: Rows, place: int) -> Rows:
        parent = siblings[place]
        return (*siblings[:place], replace(parent, rows=(*parent.rows, row)), *siblings[place + 1 :])

    return edited(rows, parent_uid, edit)


def copied(row: Row, **fields: Any) -> Row:  # noqa: ANN401 - what a document holds
    """The same row, and all within it, under new names; some fields differ."""
    return Row(fields={**row.fields, **fields}, rows=tuple(copied(child) for child in row.rows))


def find(rows: Rows, uid: str) -> Row | None:
    """The row of a name."""
    return next((row for row in walk(rows) if row.uid == uid), None)


def walk(rows: Rows) -> Iterator[Row]:
    """Every row, parents before their children."""
    for row in rows:
        yield row
        yield from walk(row.rows)
