"""New desks, each on a file of its own: made from nothing once in this process, copied ever after.

From nothing every migration, view, lifecycle and policy is written, each commit onto the disk; a copy is merely opened,
as a desk is that was closed. That a file is made well from nothing is the subject of test_database, test_migrate and
test_store.
"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from data.database import Database
from data.opening import OpenDesk, open_desk


def new_desk(path: Path) -> OpenDesk:
    """What `open_desk` gives where there is no file yet."""
    lay_new_desk(path)
    return open_desk(path)


def new_database(path: Path) -> Database:
    """What `Database.open` gives where there is no file yet: every table and view, and nothing in them."""
    _lay(path, _new_database())
    return Database.open(path)


def lay_new_desk(path: Path) -> None:
    """Put the file of a new desk where there is none, for others to open."""
    _lay(path, _new_desk())


def _lay(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)


@cache
def _new_desk() -> bytes:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as environment:
        environment.delenv("DESK_LIFECYCLES", raising=False)  # what one test adds is not for the next
        path = Path(folder) / "desk.duckdb"
        open_desk(path).close()
        return path.read_bytes()


@cache
def _new_database() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "desk.duckdb"
        Database.open(path).close()
        return path.read_bytes()
