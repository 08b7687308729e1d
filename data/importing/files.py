"""The file as it lies on the disk: its kind, its digest and its unpacked copy. Leaves what is in it to the readers."""

import gzip
import hashlib
import shutil
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum, auto
from pathlib import Path
from typing import BinaryIO, NoReturn

from data.importing.errors import FileRefusedError

CHUNK_BYTES = 1 << 20
_GZIP, _ZIP, _PARQUET = b"\x1f\x8b", b"PK\x03\x04", b"PAR1"
_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
Progress = Callable[[str, float], None]


class LogKind(StrEnum):
    """The formats of event logs that can be read."""

    CSV = auto()
    PARQUET = auto()
    XES = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class LogFile:
    """A log that can be read: `plain` is unpacked and has a plain name, `sha256` is the digest of the file itself."""

    name: str
    plain: Path
    kind: LogKind
    sha256: str


def open_log(path: Path, scratch: Path, progress: Progress) -> LogFile:
    """Look at `path`, link or unpack it into the folder `scratch`, and tell what it is."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
            file.seek(0)
            chunks = _chunks(file, path.stat().st_size, progress)
            plain = scratch / "log"
            digest = _unpacked(chunks, plain) if head.startswith(_GZIP) else _named_plainly(path, plain, chunks)
        kind = _kind(path, plain)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise FileRefusedError(
            file=path.name, reason=f"the gzip file is broken or cut off ({error}): fetch or export it again."
        ) from error
    except OSError as error:
        _refuse(path, f"the file cannot be read ({error.strerror or error}): check its path and rights.")
    return LogFile(name=path.name, plain=plain, kind=kind, sha256=digest)


def encoding_by_mark(head: bytes) -> str:
    """The encoding that a byte order mark names, or nothing."""
    return next((encoding for mark, encoding in _BOMS if head.startswith(mark)), "")


def _chunks(file: BinaryIO, size: int, progress: Progress) -> Iterator[bytes]:
    done = 0
    while chunk := file.read(CHUNK_BYTES):
        done += len(chunk)
        yield chunk
        progress("Looking at the file", done / max(size, done))


def _named_plainly(path: Path, plain: Path, chunks: Iterator[bytes]) -> str:
    """Give the file a name in which DuckDB sees neither a pattern (`[1]`, `*`) nor a compression (`.gz`)."""
    digest = hashlib.sha256()
    try:
        plain.symlink_to(path.resolve())
    except OSError:  # a system without links
        shutil.copyfile(path, plain)
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def _unpacked(chunks: Iterator[bytes], plain: Path) -> str:
    digest, unpack = hashlib.sha256(), _member()
    with plain.open("wb") as out:
        for chunk in chunks:
            digest.update(chunk)
            out.write(unpack.decompress(chunk))
            while unpack.eof and unpack.unused_data.strip(b"\0"):  # another member follows
                rest, unpack = unpack.unused_data, _member()
                out.write(unpack.decompress(rest))
        if not unpack.eof:
            raise EOFError("it ends too early")
    return digest.hexdigest()


def _member() -> "zlib._Decompress":
    return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)


def _kind(path: Path, plain: Path) -> LogKind:
    with plain.open("rb") as file:
        head = file.read(4096)
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    if not head.strip():
        _refuse(path, "the file is empty: export it again.")
    if head.startswith(_PARQUET):
        return LogKind.PARQUET
    if suffix == ".parquet":
        _refuse(
            path, "this is not a Parquet file, whatever its name says: export it again or give it its right ending."
        )
    if head.startswith(_ZIP):
        _refuse(path, "this is a ZIP or Excel file: unpack it, or save the sheet as CSV.")
    text = head.decode(encoding_by_mark(head) or "utf-8", errors="replace").lstrip()
    if text.startswith("<"):
        return LogKind.XES
    if suffix in {".xes", ".xml"}:
        _refuse(path, "this is not an XES log: it does not begin with an XML tag.")
    return LogKind.CSV


def _refuse(path: Path, reason: str) -> NoReturn:
    raise FileRefusedError(file=path.name, reason=reason)
