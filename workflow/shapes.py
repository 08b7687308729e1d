"""The shape of a TOML table: which keys it may have, which it must have, and of what kind each is."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, cast

from workflow.errors import LifecycleError

NAME = re.compile(r"[a-z][a-z0-9_]*")
START = re.compile(rf"{NAME.pattern}(?:\?|={NAME.pattern})?")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(NAME.fullmatch(value))


def _is_number(value: object) -> bool:
    return type(value) is int and value > 0


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, cast("list[object]", value)))


def _are_some_texts(value: object) -> bool:
    return _are_texts(value) and bool(value)


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_name, cast("list[object]", value)))


def _are_starts(value: object) -> bool:
    return _are_texts(value) and all(map(START.fullmatch, cast("list[str]", value)))


def _is_text_or_texts(value: object) -> bool:
    return _is_text(value) or _are_some_texts(value)


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in cast("list[object]", value))


def _are_named_texts(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_text, cast("dict[str, object]", value).values()))


def _are_named_tables(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    tables = cast("dict[str, object]", value)
    return all(_is_name(name) and isinstance(table, dict) for name, table in tables.items())


Kind: TypeAlias = tuple[Callable[[object], bool], str]
Shape: TypeAlias = Mapping[str, Kind]

TEXT: Kind = _is_text, "a text"
A_NAME: Kind = _is_name, "a name of small letters, digits and _"
NUMBER: Kind = _is_number, "a whole number above 0"
FLAG: Kind = _is_flag, "true or false"
TEXTS: Kind = _are_texts, "a list of texts"
SOME_TEXTS: Kind = _are_some_texts, "a list of texts, at least one"
NAMES: Kind = _are_names, "a list of names of small letters, digits and _"
STARTS: Kind = _are_starts, "a list of clocks: name, name? or name=input, in small letters, digits and _"
TEXT_OR_TEXTS: Kind = _is_text_or_texts, "a text or a list of texts"
TABLES: Kind = _are_tables, "a list of tables"
NAMED_TEXTS: Kind = _are_named_texts, "a table of texts"
NAMED_TABLES: Kind = _are_named_tables, "a table whose names are small letters, digits and _, each with a table"


def check_shape(table: Mapping[str, Any], needed: Shape, optional: Shape, file: str, where: str) -> None:
    """Refuse, with `LifecycleError`, an unknown key, a missing one, or one of the wrong kind."""
    kinds = {**needed, **optional}
    for key in sorted(table.keys() - kinds.keys()):
        raise LifecycleError(file=file, row=where, reason=f"unknown key {key!r}")
    for key in needed:
        if key not in table:
            raise LifecycleError(file=file, row=where, reason=f"{key!r} is missing")
    for key, value in table.items():
        is_right, words = kinds[key]
        if not is_right(value):
            raise LifecycleError(file=file, row=where, reason=f"{key!r} must be {words}")
