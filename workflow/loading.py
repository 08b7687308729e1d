"""Reads a lifecycle from its TOML file. What a table must be like is checked in `checking`."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn, cast

from workflow import checking
from workflow.errors import LifecycleError
from workflow.lifecycle import Lifecycle, State, TimerSpec, Transition
from workflow.policies import PolicyRow
from workflow.rows import RowReader
from workflow.vocabulary import Ball, Language, Scheme, StateKind

BUILT_IN = Path(__file__).parent / "lifecycles"
POLICIES = "policies.toml"
_UNITS = {"days": "days", "hours": "hours", "minutes": "minutes"}
_NEEDED = frozenset({"category", "version", "initial", "name", "states", "transitions"})
_HEAD = _NEEDED | {"takes_over_in", "actions", "timers"}


def load_directory(*directories: Path) -> tuple[tuple[Lifecycle, ...], tuple[PolicyRow, ...]]:
    """Load every table of `directories`, the `policies.toml` of each first; by category and version."""
    policies: list[PolicyRow] = []
    for path in (directory / POLICIES for directory in directories):
        if path.exists():
            policies += load_policies(path.read_text(encoding="utf-8"), path.name)
    keys = frozenset(row.key for row in policies)
    lifecycles: dict[tuple[str, int], Lifecycle] = {}
    for path in chain.from_iterable(sorted(directory.glob("*.toml")) for directory in directories):
        if path.name == POLICIES:
            continue
        lifecycle, own = load_lifecycle(path.read_text(encoding="utf-8"), path.name, keys)
        name = lifecycle.category, lifecycle.version
        if name in lifecycles:
            _refuse(
                path.name, "", f"{name[0]} version {name[1]} is in another file already: give this one a new version"
            )
        lifecycles[name] = lifecycle
        policies += own
    _check_ids(policies)
    return tuple(lifecycles[name] for name in sorted(lifecycles)), tuple(policies)


def load_lifecycle(text: str, file_name: str, policy_keys: frozenset[str]) -> tuple[Lifecycle, tuple[PolicyRow, ...]]:
    """Read and check one table; `LifecycleError` names file, row and reason. Gives its own policy rows, too."""
    table = _parse(text, file_name)
    own = tuple(_policies(table.pop("policies", []), file_name))
    for key in sorted(table.keys() - _HEAD):
        _refuse(file_name, "", f"unknown key {key!r}")
    for key in sorted(_NEEDED - table.keys()):
        _refuse(file_name, "", f"{key!r} is missing")
    states = {name: _state(name, row, file_name) for name, row in table["states"].items()}
    timers = tuple(_timer(number, row, file_name) for number, row in enumerate(table.get("timers", ()), 1))
    rows = RowReader(file_name, frozenset(states)).read(table["transitions"])
    lifecycle = Lifecycle(
        category=table["category"],
        version=table["version"],
        labels=_labels(table["name"], file_name, "name"),
        initial=table["initial"],
        states=MappingProxyType(states),
        transitions=rows,
        timers=timers,
        clocks=_clocks(rows),
        actions=MappingProxyType(table.get("actions", {})),
        takes_over_in=table.get("takes_over_in", table["initial"]),
        source=text,
    )
    checking.check(lifecycle, file_name, policy_keys | {row.key for row in own})
    return lifecycle, own


def load_policies(text: str, file_name: str) -> tuple[PolicyRow, ...]:
    """Read dated policy rows from a file that holds nothing else."""
    table = _parse(text, file_name)
    rows = tuple(_policies(table.pop("policies", []), file_name))
    for key in sorted(table):
        _refuse(file_name, "", f"unknown key {key!r}")
    return rows


def _parse(text: str, file_name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LifecycleError(file=file_name, row="", reason=f"this is not TOML: {error}") from error


def _clocks(rows: Iterable[Transition]) -> frozenset[str]:
    return frozenset(start.clock for row in rows for start in row.starts)


def _labels(row: Mapping[str, str], file_name: str, where: str) -> Mapping[Language, str]:
    for language in Language:
        if not str(row.get(language, "")).strip():
            _refuse(file_name, where, f"its name in {language.value!r} is missing")
    return MappingProxyType({language: row[language] for language in Language})


def _state(name: str, row: dict[str, Any], file_name: str) -> State:
    where = f"state {name}"
    for key in sorted(row.keys() - {"kind", "ball", "ball_by_scheme", *Language}):
        _refuse(file_name, where, f"unknown key {key!r}")
    try:
        by_scheme = {Scheme(scheme): Ball(ball) for scheme, ball in row.get("ball_by_scheme", {}).items()}
        kind, ball = StateKind(row.get("kind", "")), Ball(row.get("ball", ""))
    except ValueError as error:
        _refuse(file_name, where, str(error))
    labels = _labels(row, file_name, where)
    return State(name=name, kind=kind, ball=ball, labels=labels, ball_by_scheme=MappingProxyType(by_scheme))


def _timer(number: int, row: dict[str, Any], file_name: str) -> TimerSpec:
    where = f"timer {number} ({row.get('trigger', 'without trigger')})"
    for key in sorted(row.keys() - {"trigger", "clock", "budget", "is_since_entry"}):
        _refuse(file_name, where, f"unknown key {key!r}")
    for key in ("trigger", "clock"):
        if not row.get(key):
            _refuse(file_name, where, f"{key!r} is missing")
    return TimerSpec(**row)


def _policies(rows: list[dict[str, Any]], file_name: str) -> Iterable[PolicyRow]:
    for number, row in enumerate(rows, 1):
        yield _policy(dict(row), file_name, f"policy {number} ({row.get('key', 'without key')})")


def _policy(row: dict[str, Any], file_name: str, where: str) -> PolicyRow:
    for key in ("key", "valid_from", "source"):
        if not row.get(key):
            _refuse(file_name, where, f"{key!r} is missing")
    units = {unit: row.pop(unit) for unit in tuple(_UNITS) if unit in row}
    if len(units) != 1 or not all(type(value) is int and value > 0 for value in units.values()):
        _refuse(file_name, where, "say how long, as one of days, hours or minutes, in a whole number above 0")
    key, valid_from, source = row.pop("key"), row.pop("valid_from"), row.pop("source")
    if not isinstance(valid_from, date):
        _refuse(file_name, where, "'valid_from' must be a date such as 2025-10-15")
    for name, value in row.items():
        if not isinstance(value, str | bool):
            _refuse(file_name, where, f"the condition {name!r} must be a text, true or false")
    when = dict(sorted(cast("dict[str, str | bool]", row).items()))
    words = (key, *(f"{name}={value}" for name, value in when.items()), f"{valid_from:%Y-%m-%d}")
    return PolicyRow(
        id=" ".join(words),
        key=key,
        budget=timedelta(**units),
        valid_from=datetime(valid_from.year, valid_from.month, valid_from.day),  # noqa: DTZ001 - naive UTC
        source=source,
        when=MappingProxyType(when),
    )


def _check_ids(policies: Iterable[PolicyRow]) -> None:
    seen: set[str] = set()
    for row in policies:
        if row.id in seen:
            _refuse(POLICIES, f"policy {row.id}", "stands twice: two rows for the same case from the same day")
        seen.add(row.id)


def _refuse(file_name: str, row: str, reason: str) -> NoReturn:
    raise LifecycleError(file=file_name, row=row, reason=reason)
