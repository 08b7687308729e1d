"""How a time may be written: the forms that can be named in a mapping and the ones that are tried without a name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

ISO = "iso8601"
_EPOCHS = {
    "epoch_seconds": ("1000000", r"^\d{9,10}(\.\d+)?$"),
    "epoch_milliseconds": ("1000", r"^\d{12,13}(\.\d+)?$"),
    "epoch_microseconds": ("1", r"^\d{15,16}$"),
    "epoch_nanoseconds": ("0.001", r"^\d{18,19}$"),
}
_ANY_NUMBER = r"^\s*-?\d+(\.\d+)?\s*$"
_DATES = ("%Y/%m/%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d-%b-%Y", "%d %b %Y", "%b %d, %Y")
_CLOCKS = (" %H:%M:%S.%f", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", "", "T%H:%M:%S", " %H:%M:%S %z")
_TWO_DIGIT_YEARS = ("%d.%m.%y", "%d/%m/%y", "%m/%d/%y")


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeForm:
    """One way of writing times: its `name` in a mapping, and the statement that reads it."""

    name: str
    statement: str
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])


def named_form(name: str) -> TimeForm:
    """The form that a mapping names: `iso8601`, an epoch, or a pattern of strptime."""
    if name == ISO:
        return TimeForm(name=name, statement="import/moments_iso")
    if name in _EPOCHS:
        return _epoch(name, _ANY_NUMBER)
    if "%z" in name or "%Z" in name:
        parameters = {"format": name, "for_z": "+00:00" if "%z" in name else "UTC"}
        return TimeForm(name=name, statement="import/moments_by_zoned_format", parameters=parameters)
    parameters = {"format": name, "has_fraction": "%f" in name}
    return TimeForm(name=name, statement="import/moments_by_format", parameters=parameters)


def usual_forms() -> tuple[TimeForm, ...]:
    """What is tried where the mapping names no format; of forms that mean the same the first is taken."""
    epochs = (_epoch(name, pattern) for name, (_, pattern) in _EPOCHS.items())
    patterns = (date + clock for date, clock in product((*_DATES, *_TWO_DIGIT_YEARS), _CLOCKS))
    return (named_form(ISO), *epochs, *map(named_form, patterns))


def flaw(name: str) -> str:
    """What is wrong with the format of a mapping, or nothing."""
    if name == ISO or name in _EPOCHS or re.search(r"%-?[a-zA-Z]", name):
        return ""
    return (
        f'"{name}" is no format: write it in strptime codes such as "%d.%m.%Y %H:%M:%S", or name one of '
        f"{_listed((ISO, *_EPOCHS))}."
    )


def _epoch(name: str, pattern: str) -> TimeForm:
    parameters = {"microseconds": _EPOCHS[name][0], "pattern": pattern}
    return TimeForm(name=name, statement="import/moments_epoch", parameters=parameters)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
