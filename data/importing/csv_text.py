"""The text of a CSV file: its encoding, its delimiter, its header, and its rows with their physical lines."""

import codecs
import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from data.importing.errors import FileRefusedError
from data.importing.files import CHUNK_BYTES, LogFile, encoding_by_mark
from data.importing.mapping import ColumnSource, CsvFormat, LogMapping
from data.importing.raw import Reject

_DELIMITERS = (",", ";", "\t", "|")
_UTF_8 = "utf-8"
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


@dataclass(frozen=True, kw_only=True, slots=True)
class CsvText:
    """A CSV file that is UTF-8 now. `header` holds the names as they stand; `is_plain`: the header is one line."""

    name: str
    path: Path
    delimiter: str
    quote: str
    header: tuple[str, ...]
    is_plain: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The header with a name for each column: `column0` where none is given, `Variant_1` for a second `Variant`."""
        names: list[str] = []
        for index, given in enumerate(self.header):
            stem = given.strip() or f"column{index}"
            name, count = stem, 0
            while name in names:
                count += 1
                name = f"{stem}_{count}"
            names.append(name)
        return tuple(names)


def open_csv(log: LogFile, mapping: LogMapping, scratch: Path) -> CsvText:
    """Check or change the encoding of `log`, find its delimiter and read its header."""
    path = _in_utf_8(log, mapping.csv, scratch)
    quote = mapping.csv.quote
    headers = {delimiter: _header(path, delimiter, quote) for delimiter in (mapping.csv.delimiter or _DELIMITERS)}
    delimiter = max(headers, key=lambda item: _fitness(headers[item][0], mapping.columns.values()))
    header, line_count = headers[delimiter]
    return CsvText(name=log.name, path=path, delimiter=delimiter, quote=quote, header=header, is_plain=line_count == 1)


def rows_with_lines(text: CsvText, rejects: list[Reject]) -> Iterator[tuple[int, list[str]]]:
    """Every well-formed row after the header with the line where it begins; the others go to `rejects`."""
    width = len(text.header)
    with text.path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=text.delimiter, quotechar=text.quote, strict=True)
        next(reader)
        while True:
            line = reader.line_num + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                rejects.append(Reject(line=line, column="", reason=f"the quotes do not match ({error})"))
                continue
            if len(row) == width:
                yield line, row
            elif row:
                rejects.append(Reject(line=line, column="", reason=f"{len(row)} columns instead of {width}"))


def _fitness(header: Sequence[str], sources: Iterable[ColumnSource]) -> tuple[int, int]:
    names = {name.strip() for name in header}
    return sum(any(name in names for name in source.names) for source in sources), len(header)


def _header(path: Path, delimiter: str, quote: str) -> tuple[tuple[str, ...], int]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, quotechar=quote)
        return tuple(next(reader, ())), reader.line_num


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
