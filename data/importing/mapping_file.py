"""Reads a mapping from its TOML file and refuses what it cannot mean, naming the key and what is allowed there."""

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NoReturn

from data.importing.errors import MappingRefusedError
from data.importing.mapping import (
    DEFAULT_BALL,
    REQUIRED,
    ROLES,
    TICKET_FIELDS,
    ActivityMeaning,
    ColumnSource,
    CsvFormat,
    LogMapping,
    StateMeaning,
    TimeFormat,
)
from workflow.vocabulary import Ball, Channel, Language, Priority, Role, StateKind

CLOSED_VALUES: Mapping[str, tuple[str, ...]] = {
    "channel": tuple(Channel),
    "priority": tuple(Priority),
    "language": tuple(Language),
}
_DEFAULTS = {"channel": Channel.IMPORT, "priority": Priority.NORMAL, "language": Language.EN, "role": Role.SELLER_AGENT}
_TOP = ("name", "source", "lifecycle", "label", "columns", "time", "csv", "states", "activities", "values", "defaults")


def read_mapping(file: Path) -> LogMapping:
    """The mapping in `file`; `MappingRefusedError` says which key is wrong and what it may be."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        return _Reader(file.name).mapping(tomllib.loads(text), text)
    except OSError as error:
        reason = f"the mapping cannot be read ({error.strerror or error}): check its path."
    except UnicodeDecodeError:
        reason = "the mapping is not UTF-8 text: save it as UTF-8."
    except tomllib.TOMLDecodeError as error:
        reason = f"the mapping is not TOML: {error}."
    raise MappingRefusedError(file=file.name, key="", reason=reason)


class _Reader:
    """Walks one parsed file; `file` is its name, for the errors."""

    def __init__(self, file: str) -> None:
        self.file = file

    def mapping(self, raw: Mapping[str, Any], text: str) -> LogMapping:
        self._known(raw, "", _TOP)
        name = self._text(raw, "name", "", is_required=True)
        lifecycle = self._text(raw, "lifecycle", "")
        columns = self._table(raw, "columns")
        if lifecycle and "category" in columns:
            self._refuse("columns.category", "cannot stand beside lifecycle, which names the category of every case.")
        attributes = columns.get("attributes", [])
        defaults = self._defaults(self._table(raw, "defaults"))
        return LogMapping(
            file=self.file,
            text=text,
            name=name,
            source=self._text(raw, "source", "") or name,
            lifecycle=lifecycle,
            labels=self._labels(raw.get("label", {}), "label"),
            columns=self._columns(columns),
            attributes=() if attributes == "*" else self._texts(attributes, "columns.attributes"),
            takes_all_attributes=attributes == "*",
            ignored=frozenset(self._texts(columns.get("ignore", []), "columns.ignore")),
            time=self._time(self._table(raw, "time")),
            csv=self._csv(self._table(raw, "csv")),
            states=self._states(self._table(raw, "states"), is_declared=bool(lifecycle)),
            activities=self._activities(self._table(raw, "activities"), defaults["role"]),
            values=self._values(self._table(raw, "values")),
            defaults=defaults,
        )

    def _columns(self, raw: Mapping[str, Any]) -> dict[str, ColumnSource]:
        self._known(raw, "columns", (*ROLES, "attributes", "ignore"))
        for role in REQUIRED:
            if role not in raw:
                self._refuse(f"columns.{role}", "is missing: name the column that holds it.")
        return {role: self._column(raw[role], f"columns.{role}") for role in ROLES if role in raw}

    def _column(self, value: object, key: str) -> ColumnSource:
        if isinstance(value, Mapping):
            self._known(value, key, ("join", "separator"))
            names = self._texts(value.get("join", []), f"{key}.join")
            separator = self._text(value, "separator", f"{key}.", default=" ")
            source = ColumnSource(names=names, is_joined=True, separator=separator)
        else:
            source = ColumnSource(names=self._texts([value] if isinstance(value, str) else value, key))
        if not source.names:
            self._refuse(key, 'names no column: write "name", ["name", "other name"] or { join = ["one", "two"] }.')
        return source

    def _time(self, raw: Mapping[str, Any]) -> TimeFormat:
        self._known(raw, "time", ("format", "zone"))
        formats = raw.get("format", [])
        return TimeFormat(
            formats=self._texts([formats] if isinstance(formats, str) else formats, "time.format"),
            zone=self._text(raw, "zone", "time.", default="UTC"),
        )

    def _csv(self, raw: Mapping[str, Any]) -> CsvFormat:
        self._known(raw, "csv", ("delimiter", "quote", "encoding"))
        delimiter = self._text(raw, "delimiter", "csv.")
        quote = self._text(raw, "quote", "csv.", default='"')
        if delimiter and (len(delimiter) != 1 or not delimiter.isascii()):
            self._refuse("csv.delimiter", f'is "{delimiter}": give one ASCII character such as "," ";" "|" or "\\t".')
        if len(quote) != 1 or not quote.isascii():
            self._refuse("csv.quote", f'is "{quote}": give one ASCII character, usually \'"\'.')
        for key, value in (("csv.delimiter", delimiter), ("csv.quote", quote)):
            if value in {"\r", "\n", "\0"} or (key == "csv.quote" and value == " "):
                self._refuse(key, "cannot be a line break, a zero byte, or as a quote a space.")
        if quote == delimiter:
            self._refuse("csv.quote", "is the delimiter, too: give another character.")
        encoding = self._text(raw, "encoding", "csv.")
        if encoding:
            self._check_encoding(encoding)
        return CsvFormat(delimiter=delimiter, quote=quote, encoding=encoding)

    def _check_encoding(self, encoding: str) -> None:
        try:
            "".encode(encoding)
        except (LookupError, UnicodeError, ValueError):
            self._refuse(
                "csv.encoding", f'"{encoding}" is no known encoding: give utf-8, utf-16, cp1251, latin-1 or alike.'
            )

    def _states(self, raw: Mapping[str, Any], *, is_declared: bool) -> dict[str, StateMeaning]:
        allowed = ("to",) if is_declared else ("kind", "ball", *Language)
        states: dict[str, StateMeaning] = {}
        for name, value in raw.items():
            key = f'states."{name}"'
            if isinstance(value, str):
                value = {"to": value} if is_declared else {"kind": value}  # noqa: PLW2901 - the short form
            entry = self._entry(value, key, allowed)
            if is_declared:
                states[name] = StateMeaning(target=self._text(entry, "to", f"{key}.", is_required=True))
                continue
            kind = StateKind(self._one_of(entry, "kind", key, tuple(StateKind), StateKind.OPEN))
            ball = Ball(self._one_of(entry, "ball", key, tuple(Ball), DEFAULT_BALL[kind]))
            labels = {language: entry[language] for language in Language if language in entry}
            states[name] = StateMeaning(kind=kind, ball=ball, labels=self._labels(labels, key))
        return states

    def _activities(self, raw: Mapping[str, Any], default_role: str) -> dict[str, ActivityMeaning]:
        activities: dict[str, ActivityMeaning] = {}
        for name, value in raw.items():
            key = f'activities."{name}"'
            entry = self._entry(value, key, ("role", "is_public_reply"))
            is_reply = entry.get("is_public_reply", False)
            if not isinstance(is_reply, bool):
                self._refuse(f"{key}.is_public_reply", "is neither true nor false.")
            role = Role(self._one_of(entry, "role", key, tuple(Role), default_role))
            activities[name] = ActivityMeaning(role=role, is_public_reply=is_reply)
        return activities

    def _values(self, raw: Mapping[str, Any]) -> dict[str, Mapping[str, str]]:
        self._known(raw, "values", (*CLOSED_VALUES, "category"))
        translations: dict[str, Mapping[str, str]] = {}
        for role in raw:
            table, key = self._table(raw, role), f"values.{role}"
            allowed = CLOSED_VALUES.get(role, ())
            translations[role] = {
                name: self._one_of(table, name, key, allowed, "") if allowed else self._text(table, name, f"{key}.")
                for name in table
            }
        return translations

    def _defaults(self, raw: Mapping[str, Any]) -> dict[str, str]:
        self._known(raw, "defaults", (*_DEFAULTS, "seller", "team"))
        closed = {**CLOSED_VALUES, "role": tuple(Role)}
        defaults = {key: self._one_of(raw, key, "defaults", closed[key], value) for key, value in _DEFAULTS.items()}
        return {**defaults, **{key: self._text(raw, key, "defaults.") for key in ("seller", "team")}}

    def _labels(self, value: object, key: str) -> dict[Language, str]:
        if isinstance(value, str):
            return dict.fromkeys(Language, value)
        entry = self._entry(value, key, tuple(Language))
        return {Language(name): self._text(entry, name, f"{key}.") for name in entry}

    def _table(self, raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        return self._entry(raw.get(key, {}), key, None)

    def _entry(self, value: object, key: str, allowed: Collection[str] | None) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            self._refuse(key, "is not a table: write it as [name] or { key = value }.")
        if allowed is not None:
            self._known(value, key, allowed)
        return value

    def _known(self, raw: Mapping[str, Any], key: str, allowed: Collection[str]) -> None:
        for name in raw:
            if name not in allowed:
                where = f"{key}.{name}" if key else name
                self._refuse(where, f"is no key of a mapping; allowed here: {', '.join(allowed)}.")

    def _one_of(self, raw: Mapping[str, Any], name: str, key: str, allowed: Collection[str], default: str) -> str:
        value = raw.get(name, default)
        if value not in allowed:
            self._refuse(f"{key}.{name}", f'is "{value}"; allowed: {", ".join(allowed)}.')
        return str(value)

    def _text(
        self, raw: Mapping[str, Any], name: str, prefix: str, *, is_required: bool = False, default: str = ""
    ) -> str:
        value = raw.get(name, default)
        if not isinstance(value, str):
            self._refuse(f"{prefix}{name}", "is not text: put it in quotes.")
        if is_required and not value.strip():
            self._refuse(f"{prefix}{name}", "is missing or empty.")
        return value

    def _texts(self, value: object, key: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self._refuse(key, 'is not a list of names: write ["one", "two"].')
        return tuple(value)

    def _refuse(self, key: str, reason: str) -> NoReturn:
        raise MappingRefusedError(file=self.file, key=key, reason=reason)


assert set(TICKET_FIELDS) <= set(ROLES)  # noqa: S101 - one vocabulary
