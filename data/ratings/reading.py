"""Reads a CSV file of ratings. Owns what a row may say by itself; whether its ticket takes it is the desk's to say."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from data.importing.csv_text import CsvText, rows_with_lines
from data.importing.raw import Reject
from data.ratings.errors import RatingsFileError
from data.rows import Row
from workflow.ids import new_ids
from workflow.satisfaction import COMMENT_LONGEST, HIGHEST, LOWEST

_DELIMITERS = (",", ";", "\t")
_KNOWN = frozenset({"ticket", "reference", "rating", "comment", "at"})
_SCHEMA = pa.schema(
    [
        ("line", pa.int64()),
        ("number", pa.int64()),
        ("reference", pa.string()),
        ("rating", pa.int32()),
        ("comment", pa.string()),
        ("rated_at", pa.timestamp("us")),
        ("message_id", pa.string()),
    ]
)
_RATINGS = {str(rating): rating for rating in range(LOWEST, HIGHEST + 1)}
_TICKET_NUMBER = re.compile(r"[0-9]{1,18}")  # what a 64-bit number holds


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingRows:
    """The rows that may be ratings, one a row of `table`, and why the others are none."""

    table: pa.Table
    rejects: tuple[Reject, ...]


class _RowError(Exception):
    """A row is no rating; the column and why."""

    def __init__(self, column: str, reason: str) -> None:
        self.column, self.reason = column, reason
        super().__init__(reason)


def read_ratings(file: Path, now: datetime) -> RatingRows:
    """The ratings in `file` as of `now` (naive UTC); `RatingsFileError` where it cannot be read as a whole."""
    rejects: list[Reject] = []
    try:
        text = _opened(file)
        rows = list(_rows(text, now, rejects))
    except OSError as error:
        raise RatingsFileError(file=file.name, reason=f"it cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise RatingsFileError(file=file.name, reason="it is not UTF-8 text: save it as CSV in UTF-8") from error
    return RatingRows(table=pa.Table.from_pylist(rows, schema=_SCHEMA), rejects=tuple(rejects))


def _opened(file: Path) -> CsvText:
    """The file with the delimiter under which it has most of the known columns."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        first = next((line for line in lines if line.strip()), "")
    headers = {mark: tuple(next(csv.reader([first], delimiter=mark), ())) for mark in _DELIMITERS}
    delimiter = max(headers, key=lambda mark: len(_KNOWN & {name.strip() for name in headers[mark]}))
    text = CsvText(name=file.name, path=file, delimiter=delimiter, quote='"', header=headers[delimiter], is_plain=False)
    repeated = [name for name in sorted(_KNOWN) if [known.strip() for known in text.header].count(name) > 1]
    if repeated:
        raise RatingsFileError(
            file=file.name, reason=f"its first line names the column {repeated[0]} twice: leave the one that counts"
        )
    missing = [name for name in ("rating", "at") if name not in text.names]
    if not {"ticket", "reference"} & set(text.names):
        missing.append("ticket or reference")
    if missing:
        raise RatingsFileError(
            file=file.name,
            reason=f"its first line names no column {', '.join(missing)}: it needs ticket or reference, rating, at",
        )
    return text


def _rows(text: CsvText, now: datetime, rejects: list[Reject]) -> Iterator[Row]:
    new_id = new_ids()
    for line, values in rows_with_lines(text, rejects):
        given = {name: value.strip() for name, value in zip(text.names, values, strict=True)}
        try:
            row = _row(given, now)
        except _RowError as error:
            rejects.append(Reject(line=line, column=error.column, reason=error.reason))
        else:
            yield row | {"line": line, "message_id": new_id(now) if row["comment"] else None}


def _row(given: Mapping[str, str], now: datetime) -> Row:
    number, reference = given.get("ticket", ""), given.get("reference", "")
    if not number and not reference:
        raise _RowError("ticket", "it names no ticket")
    if number and not _TICKET_NUMBER.fullmatch(number):
        raise _RowError("ticket", f"“{number}” is no ticket number")
    if given["rating"] not in _RATINGS:
        raise _RowError("rating", f"“{given['rating']}” is no whole number from {LOWEST} to {HIGHEST}")
    comment = given.get("comment", "")
    if len(comment) > COMMENT_LONGEST:
        raise _RowError("comment", f"it has {len(comment):,} characters, and at most {COMMENT_LONGEST:,} are kept")
    return {
        "number": int(number) if number else None,
        "reference": reference,
        "rating": _RATINGS[given["rating"]],
        "comment": comment,
        "rated_at": _instant(given["at"], now),
    }


def _instant(text: str, now: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        at = (moment.astimezone(UTC) if moment.tzinfo else moment).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise _RowError("at", f"“{text}” is not a time like 2026-03-02T09:30Z") from None
    if at > now:
        raise _RowError("at", f"{text} lies in the future")
    return at
