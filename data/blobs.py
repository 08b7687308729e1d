"""The bytes of evidence, each file once under its SHA-256 beside the database: `<database>.evidence/ab/<sha256>`."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from data.errors import EvidenceMissingError, EvidenceUnwritableError


class Blobs:
    """A folder of files named by their content. What is in it is never changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._is_rooted = False

    def path(self, content_hash: str) -> Path:
        """Where the bytes with this hash lie, or would lie."""
        return self.root / content_hash[:2] / content_hash

    def put(self, content: bytes) -> str:
        """Keep `content` so that it survives a crash, and give its hash. Nothing is written for bytes that are there.

        Written under another name first and moved when complete. A file that was damaged since is replaced.
        """
        content_hash = hashlib.sha256(content).hexdigest()
        place = self.path(content_hash)
        try:
            if place.exists() and not self.fault(content_hash, len(content)):
                return content_hash
            place.parent.mkdir(parents=True, exist_ok=True)
            _write(place, content)
            if not self._is_rooted:  # once: whoever made the root may have crashed before it was durable
                _sync(self.root.parent)
                self._is_rooted = True
        except OSError as error:
            raise EvidenceUnwritableError(reason=(error.strerror or str(error)).lower()) from error
        return content_hash

    def read(self, content_hash: str) -> bytes:
        """The bytes; `EvidenceMissingError` where they are gone."""
        try:
            return self.path(content_hash).read_bytes()
        except OSError as error:
            raise EvidenceMissingError(content_hash=content_hash) from error

    def files(self) -> Iterator[Path]:
        """Every file below the root, by name; drafts that a crash left are among them."""
        return (path for path in sorted(self.root.rglob("*")) if path.is_file())

    def fault(self, content_hash: str, size_bytes: int) -> str:
        """What is wrong with the file of this hash and size, or nothing."""
        try:
            content = self.read(content_hash)
        except EvidenceMissingError:
            return "missing"
        if len(content) != size_bytes:
            return f"{len(content)} bytes"
        return "" if hashlib.sha256(content).hexdigest() == content_hash else "changed"


def _write(place: Path, content: bytes) -> None:
    draft = place.with_name(f".{place.name}.{uuid4().hex}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    for folder in (place.parent, place.parent.parent):
        _sync(folder)


def _sync(folder: Path) -> None:
    """Make the folder's list of names durable, where the system can (Windows cannot open a folder)."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
