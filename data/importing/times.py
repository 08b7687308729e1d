"""Turns the texts of a file's times into instants: one format for the whole file, decided once, and one zone.

A local time that its zone skipped is read with the offset before the change, one that the zone had twice as the first
of the two (DECISIONS: Import); both are counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NoReturn

import duckdb

from data.importing.errors import FileRefusedError, MappingRefusedError
from data.importing.mapping import LogMapping
from data.importing.time_formats import ISO, TimeForm, flaw, named_form, usual_forms
from data.statements import statement

_FIRST_YEAR = datetime(1900, 1, 1)  # noqa: DTZ001 - instants are naive UTC
_DAYS = timedelta(days=2)
UTC_ZONES = frozenset({"UTC", "Etc/UTC", "GMT"})


@dataclass(frozen=True, kw_only=True, slots=True)
class TimesRead:
    """How the file's times were read: the format, the zone of times without an offset, and what the zone made odd."""

    format: str
    zone: str
    has_local: bool = False
    skipped_count: int = 0
    repeated_count: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class _Fit:
    form: TimeForm
    count: int
    fingerprint: int
    has_local: bool
    first_local: datetime | None
    last_local: datetime | None


def read_times(  # noqa: PLR0913 - the column and its two properties, the clock, and where to say so
    cursor: duckdb.DuckDBPyConnection, mapping: LogMapping, file: str, column: str, *, is_typed: bool, now: datetime
) -> TimesRead:
    """Fill the table `moments` from `rows.time_text`; refuses a file whose times fit no format, or two."""
    zone = _zone(cursor, mapping)
    fit = _decided(cursor, mapping, file, column, is_typed=is_typed)
    if fit.has_local and zone not in UTC_ZONES:
        _apply_zone(cursor, fit, zone, now)
        skipped, repeated = _row(cursor, "import/oddities")
        return TimesRead(
            format=fit.form.name, zone=zone, has_local=True, skipped_count=skipped, repeated_count=repeated
        )
    return TimesRead(format=fit.form.name, zone=zone, has_local=fit.has_local)


def _zone(cursor: duckdb.DuckDBPyConnection, mapping: LogMapping) -> str:
    zone = mapping.time.zone
    names = [name for (name,) in cursor.execute(statement("import/zone_names"), {"zone": zone}).fetchall()]
    if zone not in names:
        hint = f'do you mean "{names[0]}"?' if names else 'give an IANA name such as "UTC" or "Europe/Moscow".'
        raise MappingRefusedError(file=mapping.file, key="time.zone", reason=f'"{zone}" is no known zone: {hint}')
    return zone


def _decided(cursor: duckdb.DuckDBPyConnection, mapping: LogMapping, file: str, column: str, *, is_typed: bool) -> _Fit:
    """Leaves the table `moments` by the one form that fits the file best."""
    forms = [named_form(ISO)] if is_typed else _forms(mapping)
    if not _row(cursor, "import/time_count")[1]:
        forms = forms[:1]  # a log without events fits any
    if len(forms) > 1:
        if not mapping.time.formats and (iso := _whole_fit(cursor, forms[0], mapping)):
            return iso  # what is whole by ISO 8601 fits no other usual form
        cursor.execute(statement("import/sampled_time_texts"))
        forms = [form for form in forms if _fit(cursor, form, mapping).count]
    cursor.execute(statement("import/all_time_texts"))
    fits = [_fit(cursor, form, mapping) for form in forms]
    best = max((fit.count for fit in fits), default=0)
    if not best and _row(cursor, "import/time_count")[1]:
        _refuse_unfit(cursor, mapping, file, column)
    fits = [fit for fit in fits if fit.count == best]
    if len({fit.fingerprint for fit in fits}) > 1:
        _refuse_ambiguous(cursor, fits, mapping, file, column)
    if len(forms) > 1:
        _fit(cursor, fits[0].form, mapping)
    return fits[0]


def _whole_fit(cursor: duckdb.DuckDBPyConnection, form: TimeForm, mapping: LogMapping) -> _Fit | None:
    """How `form` reads the file where it reads every time that stands there."""
    cursor.execute(statement("import/all_time_texts"))
    fit = _fit(cursor, form, mapping)
    return fit if fit.count == _row(cursor, "import/time_count")[0] else None


def _forms(mapping: LogMapping) -> list[TimeForm]:
    for name in mapping.time.formats:
        if reason := flaw(name):
            raise MappingRefusedError(file=mapping.file, key="time.format", reason=reason)
    return [named_form(name) for name in mapping.time.formats] or list(usual_forms())


def _fit(cursor: duckdb.DuckDBPyConnection, form: TimeForm, mapping: LogMapping) -> _Fit:
    try:
        cursor.execute(statement(form.statement), dict(form.parameters))
    except duckdb.InvalidInputException as error:
        reason = f'"{form.name}" is no format: {str(error).splitlines()[0].removeprefix("Invalid Input Error: ")}.'
        raise MappingRefusedError(file=mapping.file, key="time.format", reason=reason) from error
    count, fingerprint, has_local, first, last = _row(cursor, "import/fit_of_moments")
    return _Fit(
        form=form, count=count, fingerprint=fingerprint, has_local=has_local, first_local=first, last_local=last
    )


def _apply_zone(cursor: duckdb.DuckDBPyConnection, fit: _Fit, zone: str, now: datetime) -> None:
    assert fit.first_local is not None  # noqa: S101 - there are local times
    assert fit.last_local is not None  # noqa: S101
    until = max(min(fit.last_local, now), _FIRST_YEAR) + _DAYS
    since = min(max(fit.first_local, _FIRST_YEAR) - _DAYS, until)
    since = since.replace(minute=0, second=0, microsecond=0)
    steps = cursor.execute(statement("import/zone_steps"), {"zone": zone, "since": since, "until": until}).fetchall()
    for rule in _rules(steps):
        cursor.execute(statement("import/add_to_zone_rules"), rule)
    cursor.execute(statement("import/moments_in_zone"))


def _rules(steps: list[tuple[datetime, timedelta]]) -> Iterator[dict[str, Any]]:
    """From which local time on which offset counts, and whether the local times there are odd."""
    (_, before), *changes = steps
    yield {"local_from": datetime.min, "offset_there": before, "oddity": ""}  # noqa: DTZ901 - before every local time
    for changed_at, after in changes:
        oddity = "skipped" if after > before else "repeated"
        yield {"local_from": changed_at + min(before, after), "offset_there": before, "oddity": oddity}
        yield {"local_from": changed_at + max(before, after), "offset_there": after, "oddity": ""}
        before = after


def _refuse_unfit(cursor: duckdb.DuckDBPyConnection, mapping: LogMapping, file: str, column: str) -> NoReturn:
    example = _example(cursor)
    if not example:
        raise FileRefusedError(file=file, reason=f'the column of the time, "{column}", is empty: check the mapping.')
    tried = " or ".join(f'"{name}"' for name in mapping.time.formats) or "any usual format"
    reason = f'the times in "{column}", such as "{example}", do not fit {tried}: set time.format in {mapping.file}.'
    raise FileRefusedError(file=file, reason=reason)


def _refuse_ambiguous(
    cursor: duckdb.DuckDBPyConnection, fits: list[_Fit], mapping: LogMapping, file: str, column: str
) -> NoReturn:
    names: dict[int, str] = {}
    for fit in fits:
        names.setdefault(fit.fingerprint, fit.form.name)
    formats = " or ".join(f'"{name}"' for name in names.values())
    reason = (
        f'the times in "{column}", such as "{_example(cursor)}", can be read as {formats}. Which is meant? '
        f"Set time.format in {mapping.file}."
    )
    raise FileRefusedError(file=file, reason=reason)


def _example(cursor: duckdb.DuckDBPyConnection) -> str:
    (text,) = _row(cursor, "import/time_example")
    return text


def _row(cursor: duckdb.DuckDBPyConnection, name: str) -> tuple[Any, ...]:
    row = cursor.execute(statement(name)).fetchone()
    assert row is not None  # noqa: S101 - each of these statements gives one row
    return row
