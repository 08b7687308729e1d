"""Reads a lifecycle from its TOML file. What a table must be like is checked in `checking`."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workflow import checking, dated, shapes
from workflow.errors import LifecycleError
from workflow.lifecycle import Lifecycle, State, TimerSpec
from workflow.policies import PolicyRow
from workflow.rows import RowReader
from workflow.shapes import check_shape
from workflow.vocabulary import Ball, Language, Scheme, StateKind

BUILT_IN = Path(__file__).parent / "lifecycles"
POLICIES = "policies.toml"

_NEEDED = {
    "category": shapes.A_NAME,
    "version": shapes.NUMBER,
    "initial": shapes.TEXT,
    "name": shapes.NAMED_TEXTS,
    "states": shapes.NAMED_TABLES,
    "transitions": shapes.TABLES,
}
_OPTIONAL = {
    "takes_over_in": shapes.TEXT,
    "actions": shapes.NAMED_TEXTS,
    "timers": shapes.TABLES,
    "policies": shapes.TABLES,
}
_OF_STATE = {"kind": shapes.TEXT, "ball": shapes.TEXT}
_NAMES = {language.value: shapes.TEXT for language in Language}
_OF_TIMER = {"trigger": shapes.A_NAME, "clock": shapes.A_NAME}


def load_directory(*directories: Path) -> tuple[tuple[Lifecycle, ...], tuple[PolicyRow, ...]]:
    """Load every table of `directories`, the `policies.toml` of each first; by category and version."""
    policies: list[PolicyRow] = []
    for path in (directory / POLICIES for directory in directories):
        if path.exists():
            policies += load_policies(path.read_text(encoding="utf-8"), path.name)
    keys = frozenset(row.key for row in policies)
    files: dict[tuple[str, int], tuple[str, Lifecycle]] = {}
    for path in chain.from_iterable(sorted(directory.glob("*.toml")) for directory in directories):
        if path.name == POLICIES:
            continue
        lifecycle, own = load_lifecycle(path.read_text(encoding="utf-8"), path.name, keys)
        name = lifecycle.category, lifecycle.version
        if name in files:
            reason = f"{name[0]} version {name[1]} is in another file already: give this one a new version"
            raise LifecycleError(file=path.name, row="", reason=reason)
        files[name] = path.name, lifecycle
        policies += own
    categories = frozenset(category for category, _ in files)
    for file_name, lifecycle in files.values():
        checking.check_categories(lifecycle, file_name, categories)
    dated.check_ids(policies, POLICIES)
    return tuple(files[name][1] for name in sorted(files)), tuple(policies)


@lru_cache(maxsize=32)  # an opening or an import asks for the same few texts a dozen times, 10 ms each
def load_lifecycle(text: str, file_name: str, policy_keys: frozenset[str]) -> tuple[Lifecycle, tuple[PolicyRow, ...]]:
    """Read and check one table; `LifecycleError` names file, row and reason. Gives its own policy rows, too."""
    table = _parse(text, file_name)
    check_shape(table, _NEEDED, _OPTIONAL, file_name, "")
    own = dated.read(table.get("policies", []), file_name)
    states = {name: _state(name, row, file_name) for name, row in table["states"].items()}
    rows = RowReader(file_name, frozenset(states)).read(table["transitions"])
    lifecycle = Lifecycle(
        category=table["category"],
        version=table["version"],
        labels=_labels(table["name"], file_name, "name"),
        initial=table["initial"],
        states=MappingProxyType(states),
        transitions=rows,
        timers=tuple(_timers(table.get("timers", []), file_name)),
        clocks=frozenset(start.clock for row in rows for start in row.starts),
        actions=MappingProxyType(table.get("actions", {})),
        takes_over_in=table.get("takes_over_in", table["initial"]),
        source=text,
    )
    checking.check(lifecycle, file_name, policy_keys | {row.key for row in own})
    return lifecycle, own


def load_policies(text: str, file_name: str) -> tuple[PolicyRow, ...]:
    """Read dated policy rows from a file that holds nothing else."""
    table = _parse(text, file_name)
    check_shape(table, {"policies": shapes.TABLES}, {}, file_name, "")
    return dated.read(table["policies"], file_name)


def _parse(text: str, file_name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LifecycleError(file=file_name, row="", reason=f"this is not TOML: {error}") from error


def _labels(row: Mapping[str, str], file_name: str, where: str) -> Mapping[Language, str]:
    for language in Language:
        if language.value not in row:
            raise LifecycleError(file=file_name, row=where, reason=f"its name in {language.value!r} is missing")
    return MappingProxyType({language: row[language.value] for language in Language})


def _state(name: str, row: dict[str, Any], file_name: str) -> State:
    where = f"state {name}"
    check_shape(row, _OF_STATE, {**_NAMES, "ball_by_scheme": shapes.NAMED_TEXTS}, file_name, where)
    try:
        by_scheme = {Scheme(scheme): Ball(ball) for scheme, ball in row.get("ball_by_scheme", {}).items()}
        kind, ball = StateKind(row["kind"]), Ball(row["ball"])
    except ValueError as error:
        raise LifecycleError(file=file_name, row=where, reason=str(error)) from error
    labels = _labels(row, file_name, where)
    return State(name=name, kind=kind, ball=ball, labels=labels, ball_by_scheme=MappingProxyType(by_scheme))


def _timers(rows: list[dict[str, Any]], file_name: str) -> Iterable[TimerSpec]:
    for number, row in enumerate(rows, 1):
        where = f"timer {number} ({row.get('trigger', 'without trigger')})"
        optional = {"budget": shapes.A_NAME, "is_since_entry": shapes.FLAG, "is_breach": shapes.FLAG}
        check_shape(row, _OF_TIMER, optional, file_name, where)
        yield TimerSpec(**row)
