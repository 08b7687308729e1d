"""The text of a CSV file: its encoding, its delimiter, its header, and its rows with their physical lines."""

import codecs
import csv
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from data.importing.errors import FileRefusedError
from data.importing.files import CHUNK_BYTES, LogFile, encoding_by_mark
from data.importing.mapping import ColumnSource, CsvFormat, LogMapping
from data.importing.raw import Reject, unique_names

_DELIMITERS = (",", ";", "\t", "|")
_UTF_8 = "utf-8"
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


@dataclass(frozen=True, kw_only=True, slots=True)
class CsvText:
    """A CSV file that is UTF-8 now. `header` holds the names as they stand; `is_plain`: DuckDB reads it as we do.

    That is so where the header is the first line and no quote stands beside a space or within a value.
    """

    name: str
    path: Path
    delimiter: str
    quote: str
    header: tuple[str, ...]
    is_plain: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The header with a name for each column: `column0` where none is given, `Variant_1` for a second `Variant`."""
        return unique_names(name.strip() for name in self.header)


def open_csv(log: LogFile, mapping: LogMapping, scratch: Path) -> CsvText:
    """Check or change the encoding of `log`, find its delimiter and read its header."""
    path = _in_utf_8(log, mapping.csv, scratch)
    quote = mapping.csv.quote
    headers = {delimiter: _header(path, delimiter, quote) for delimiter in (mapping.csv.delimiter or _DELIMITERS)}
    delimiter = max(headers, key=lambda item: _fitness(headers[item][0], mapping.columns.values()))
    header, line_count = headers[delimiter]
    is_plain = line_count == 1 and not _has_odd_quotes(path, delimiter, quote)
    return CsvText(name=log.name, path=path, delimiter=delimiter, quote=quote, header=header, is_plain=is_plain)


def rows_with_lines(text: CsvText, rejects: list[Reject]) -> Iterator[tuple[int, list[str]]]:
    """Every well-formed row after the header with the line where it begins; every line of the others is a reject."""
    width = len(text.header)
    with text.path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=text.delimiter, quotechar=text.quote, strict=True)
        while not next(reader):  # blank lines before the header
            pass
        while True:
            line, row, reason = reader.line_num + 1, list[str](), ""
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                reason = f"the quotes do not match ({error})"
                _refuse_endless(text, line, reader.line_num, str(error))
            while len(row) > width and not row[-1]:  # delimiters at the end
                row.pop()
            if len(row) == width:
                yield line, [_unquoted(value, text.quote) for value in row]
            elif row or reason:
                reason = reason or f"{len(row)} columns instead of {width}"
                rejects.append(Reject(line=line, column="", reason=reason))
                rejects.extend(_swallowed(line, reader.line_num))


def _swallowed(first: int, last: int) -> Iterator[Reject]:
    for line in range(first + 1, last + 1):
        yield Reject(line=line, column="", reason=f"it lies within the quotes that line {first} opens")


def _refuse_endless(text: CsvText, first: int, last: int, error: str) -> None:
    if "unexpected end" in error and last > first:
        reason = (
            f"line {first}: a quote opens in this row and never closes, so the {last - first:,} lines after it cannot "
            "be told apart: mend that row."
        )
        raise FileRefusedError(file=text.name, reason=reason)


def _unquoted(value: str, quote: str) -> str:
    """The value without quotes that have spaces before them."""
    inner = value.lstrip(" ")
    if len(inner) == len(value) or len(inner) < len(quote * 2) or not (inner[0] == inner[-1] == quote):
        return value
    return inner[1:-1].replace(quote * 2, quote)


def _has_odd_quotes(path: Path, delimiter: str, quote: str) -> bool:
    """Whether a quote stands where readers differ: within a value, or with a space between it and the delimiter."""
    edge, mark = f"{re.escape(delimiter)}\\r\\n", re.escape(quote)
    odd = re.compile(
        f"{mark}(?:(?<=[^{edge}{mark}]{mark})(?=[^{edge}{mark}])|{mark}(?<=[ \\t]{mark}{mark})(?=[{edge}])"
        f"|{mark}(?<=[{edge}]{mark}{mark})[ \\t])".encode()
    )
    before = b"\n\n\n"
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            if odd.search(before + chunk):
                return True
            before = (before + chunk)[-3:]
    return False


def _fitness(header: Sequence[str], sources: Iterable[ColumnSource]) -> tuple[int, int]:
    names = {name.strip() for name in header}
    return sum(any(name in names for name in source.names) for source in sources), len(header)


def _header(path: Path, delimiter: str, quote: str) -> tuple[tuple[str, ...], int]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, quotechar=quote)
        return tuple(next((row for row in reader if row), ())), reader.line_num


def _in_utf_8(log: LogFile, form: CsvFormat, scratch: Path) -> Path:
    with log.plain.open("rb") as file:
        marked = encoding_by_mark(file.read(4))
    encoding = form.encoding or marked or _UTF_8
    if codecs.lookup(encoding).name in {_UTF_8, "utf-8-sig"}:
        for _ in _decoded(log, _UTF_8):
            pass
        return log.plain
    if not encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32")) and _is_wide_utf_8(log):
        _refuse(log, f"its text is UTF-8, but the mapping says {encoding}: set csv.encoding to utf-8.")
    target = scratch / "utf-8.csv"
    with target.open("w", encoding=_UTF_8, newline="") as out:
        for text in _decoded(log, encoding):
            out.write(text)
    return target


def _decoded(log: LogFile, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    line = 1
    with log.plain.open("rb") as file:
        while True:
            chunk = file.read(CHUNK_BYTES)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeError as error:
                at = error.object[: error.start].count(b"\n") if isinstance(error, UnicodeDecodeError) else 0
                _refuse(
                    log,
                    f"line {line + at} is not {encoding} text: name the file's encoding in the mapping under [csv], "
                    'such as encoding = "cp1251".',
                )
            if "\0" in text:
                _refuse(log, f"it holds zero bytes, so it is not {encoding} text: is it UTF-16, or no CSV at all?")
            line += text.count("\n")
            yield text
            if not chunk:
                return


def _is_wide_utf_8(log: LogFile) -> bool:
    try:
        return not all([text.isascii() for text in _decoded(log, _UTF_8)])  # noqa: C419 - every part must decode
    except FileRefusedError:
        return False


def _refuse(log: LogFile, reason: str) -> NoReturn:
    raise FileRefusedError(file=log.name, reason=reason)
