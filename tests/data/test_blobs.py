"""Bytes of evidence: each file once, whole or not at all, under its own hash."""

import hashlib
import os
from pathlib import Path

import pytest

from data import blobs as blob_files
from data.blobs import Blobs
from data.errors import EvidenceMissingError, EvidenceUnwritableError

CONTENT = b"\xff\xd8\xffa photo of a torn box"
HASH = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "desk.duckdb.evidence")


def files(blobs: Blobs) -> list[str]:
    return sorted(str(path.relative_to(blobs.root)) for path in blobs.root.rglob("*") if path.is_file())


def test_bytes_lie_under_their_hash(blobs: Blobs) -> None:
    assert blobs.put(CONTENT) == HASH
    assert files(blobs) == [f"{HASH[:2]}/{HASH}"]
    assert blobs.read(HASH) == CONTENT
    assert blobs.fault(HASH, len(CONTENT)) == ""


def test_the_same_bytes_are_written_once(blobs: Blobs) -> None:
    blobs.put(CONTENT)
    written_at = blobs.path(HASH).stat().st_mtime_ns
    blobs.put(CONTENT)
    assert blobs.path(HASH).stat().st_mtime_ns == written_at
    assert len(files(blobs)) == 1


def test_every_folder_that_names_something_new_is_made_durable(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    ordinary = blob_files._sync

    def noted(folder: Path) -> None:
        synced.append(folder)
        ordinary(folder)

    monkeypatch.setattr(blob_files, "_sync", noted)
    blobs.put(CONTENT)
    assert synced == [blobs.path(HASH).parent, blobs.root, blobs.root.parent]
    synced.clear()
    blobs.put(CONTENT + b"2")
    assert synced == [blobs.path(hashlib.sha256(CONTENT + b"2").hexdigest()).parent, blobs.root]


def test_a_file_that_was_cut_short_is_written_again(blobs: Blobs) -> None:
    blobs.put(CONTENT)
    blobs.path(HASH).write_bytes(CONTENT[:5])
    blobs.put(CONTENT)
    assert blobs.read(HASH) == CONTENT


def test_a_file_of_the_same_size_that_was_damaged_is_replaced(blobs: Blobs) -> None:
    blobs.put(CONTENT)
    blobs.path(HASH).write_bytes(bytes(len(CONTENT)))
    blobs.put(CONTENT)
    assert blobs.read(HASH) == CONTENT
    assert list(blobs.files()) == [blobs.path(HASH)]


def test_what_is_wrong_with_a_file_is_named(blobs: Blobs) -> None:
    assert blobs.fault(HASH, len(CONTENT)) == "missing"
    blobs.put(CONTENT)
    blobs.path(HASH).write_bytes(CONTENT[:5])
    assert blobs.fault(HASH, len(CONTENT)) == "5 bytes"
    blobs.path(HASH).write_bytes(bytes(len(CONTENT)))
    assert blobs.fault(HASH, len(CONTENT)) == "changed"


def test_bytes_that_are_gone_have_their_sentence(blobs: Blobs) -> None:
    with pytest.raises(EvidenceMissingError, match=f"The evidence file {HASH[:12]} is missing"):
        blobs.read(HASH)


def test_a_folder_that_cannot_be_written_has_its_sentence(blobs: Blobs) -> None:
    blobs.root.write_text("in the way")
    with pytest.raises(EvidenceUnwritableError, match="so nothing was written: repeat it"):
        blobs.put(CONTENT)


def test_a_write_that_fails_leaves_no_draft(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(EvidenceUnwritableError, match=r"\(no space left on device\)"):
        blobs.put(CONTENT)
    assert files(blobs) == []
