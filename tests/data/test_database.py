"""The desk's file: who may open it, what a transaction promises, and the sentence for everything that is refused."""

import contextlib
import os
import re
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from data import database as database_module
from data.commits import load, run
from data.database import STORAGE_VERSION, Database
from data.errors import (
    AbandonedWriteError,
    DatabaseBusyError,
    DatabaseClosedError,
    DatabaseError,
    DatabaseFaultError,
    DatabaseNewerError,
    DatabaseUnreachableError,
    DiskFullError,
    NotADeskError,
    TextBrokenError,
    WriteConflictError,
)
from data.faults import meaning, meaning_at_open
from data.migrate import migrations

SECOND_PROCESS = """
import sys
from pathlib import Path
from data.database import Database
from data.errors import DatabaseBusyError
try:
    Database.open(Path(sys.argv[1]))
except DatabaseBusyError as error:
    print(error.process_id, error, sep="|")
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.duckdb"


def put(database: Database, key: str, value: str = "v") -> None:
    with database.writing() as cursor:
        cursor.execute("insert into settings values ($key, $value)", {"key": key, "value": value}).fetchall()


class Stopped(BaseException):
    """What no handler of errors catches, as a key pressed."""


def put_then_raise(database: Database, error: BaseException) -> None:
    with database.writing() as cursor:
        cursor.execute("insert into settings values ('half', 'v')").fetchall()
        raise error


def keys(database: Database) -> list[str]:
    return [
        key
        for (key,) in database.read(
            "select key from settings where key <> 'views_sha256' and not starts_with(key, 'search_') order by key"
        )
    ]


def test_a_new_file_has_the_schema_the_ledger_and_the_pinned_storage_version(path: Path) -> None:
    with Database.open(path) as database:
        ledger = database.read("select number, name, sha256 from migrations order by number")
        assert ledger == [(step.number, step.name, step.sha256) for step in migrations()]
        (tags,) = database.read("select tags['storage_version'] from duckdb_databases() where not internal")[0]
        assert tags.startswith(STORAGE_VERSION)
        assert database.read("select current_setting('TimeZone'), current_setting('threads')") == [("UTC", 2)]
    assert not path.with_name("desk.duckdb.wal").exists()


def test_what_was_written_is_there_when_the_file_is_opened_again(path: Path) -> None:
    with Database.open(path) as database:
        put(database, "a")
    with Database.open(path) as database:
        assert keys(database) == ["a"]


def test_the_folder_of_the_file_is_made(tmp_path: Path) -> None:
    with Database.open(tmp_path / "var" / "deep" / "desk.duckdb") as database:
        assert database.path.exists()


def test_two_handles_of_one_process_are_one_file_with_one_writer_lock(path: Path) -> None:
    with Database.open(path) as one:
        with Database.open(path.parent / "." / "desk.duckdb") as two:
            put(one, "a")
            assert keys(two) == ["a"]
            with one.writing(), two.writing() as inner:
                inner.execute("insert into settings values ('b', 'v')").fetchall()
        assert keys(one) == ["a", "b"]


def test_a_second_process_is_told_who_owns_the_file(path: Path, root: Path) -> None:
    with Database.open(path):
        command = [sys.executable, "-c", SECOND_PROCESS, str(path)]
        told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.strip()
    owner = os.getpid()
    sentence = f"The desk's file desk.duckdb is open in process {owner} (the running desk): "
    assert told == f"{owner}|{sentence}stop it or use the desk's own pages."


def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path) -> None:
    path.write_text("case,activity\n1,open\n" * 500)
    with pytest.raises(NotADeskError, match=r"^desk.duckdb is not a desk's file: DuckDB does not recognise it\.$"):
        Database.open(path)
    assert path.read_text() == "case,activity\n1,open\n" * 500


def test_a_database_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    with duckdb.connect(path) as connection:
        connection.execute("create table theirs (a integer)")
    with pytest.raises(NotADeskError, match="it holds the tables of another program"):
        Database.open(path)
    with duckdb.connect(path) as connection:
        assert connection.execute("show tables").fetchall() == [("theirs",)]


def test_a_damaged_file_is_refused(path: Path) -> None:
    Database.open(path).close()
    content = bytearray(path.read_bytes())
    for place in (4096 + 100, 8192 + 100):
        content[place] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(NotADeskError, match="it is damaged, so restore it from a copy"):
        Database.open(path)


def test_a_file_of_a_newer_duckdb_is_refused(path: Path) -> None:
    Database.open(path).close()
    content = bytearray(path.read_bytes())
    struct.pack_into("<Q", content, 12, 4321)
    struct.pack_into("<Q", content, 0, checksum(content[8:4096]))
    path.write_bytes(content)
    with pytest.raises(
        DatabaseNewerError, match=r"desk.duckdb was written by a newer version \(storage version 4321\)"
    ):
        Database.open(path)


def checksum(block: bytes) -> int:
    """DuckDB's checksum of a block, so that only the version number is what it refuses."""
    mask, result = 2**64 - 1, 5381
    for (word,) in struct.iter_unpack("<Q", block):
        result ^= word * 0xBF58476D1CE4E5B9 & mask
    return result


def test_a_file_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseUnreachableError, match="cannot be opened"):
        Database.open(tmp_path / "file" / "desk.duckdb")
    (tmp_path / "folder.duckdb").mkdir()
    with pytest.raises(DatabaseUnreachableError, match="Is a directory"):
        Database.open(tmp_path / "folder.duckdb")


@pytest.mark.parametrize("count", [1, 20])
def test_a_text_with_half_a_character_is_refused_with_a_sentence(path: Path, count: int) -> None:
    with Database.open(path) as database:
        seen = {"first_seen_at": datetime.fromisoformat("2026-03-02")}
        rows = [{"key": f"b-{index}", **seen} for index in range(count)]
        broken = {"key": "\ud83d", **seen}

        def write() -> None:
            with database.writing() as cursor:
                load(cursor, "buyers", rows)
                load(cursor, "buyers", [*rows, broken]) if count > 1 else run(cursor, "store/save_buyer", broken)

        sentence = "^A text holds half of a character, which cannot be kept, so nothing was written: "
        with pytest.raises(TextBrokenError, match=sentence):
            write()
        assert database.read("select * from buyers") == []
        with pytest.raises(TextBrokenError, match=sentence):
            database.read("store/setting", {"key": "\ud83d"})


def test_an_exception_undoes_the_whole_transaction(path: Path) -> None:
    with Database.open(path) as database:
        with pytest.raises(Stopped):
            put_then_raise(database, Stopped())
        assert keys(database) == []
        put(database, "b")
        assert keys(database) == ["b"]


def test_a_failed_statement_that_is_overlooked_undoes_the_whole_transaction(path: Path) -> None:
    with Database.open(path) as database:
        put(database, "a")

        def put_b_and_overlook_a() -> None:
            with database.writing() as cursor:
                cursor.execute("insert into settings values ('b', 'v')").fetchall()
                with contextlib.suppress(duckdb.ConstraintException):
                    cursor.execute("insert into settings values ('a', 'v')").fetchall()

        with pytest.raises(AbandonedWriteError):
            put_b_and_overlook_a()
        assert keys(database) == ["a"]


def test_a_block_within_a_block_is_one_transaction(path: Path) -> None:
    with Database.open(path) as database:

        def put_a_and_overlook_what_stops() -> None:
            with database.writing():
                put(database, "a")
                with contextlib.suppress(Stopped):
                    put_then_raise(database, Stopped())

        with pytest.raises(AbandonedWriteError):
            put_a_and_overlook_what_stops()
        assert keys(database) == []
        with database.writing():
            put(database, "a")
            assert keys(database) == []
        assert keys(database) == ["a"]


def test_writers_wait_for_each_other(path: Path) -> None:
    with Database.open(path) as database:
        put(database, "count", "0")

        def add() -> None:
            for _ in range(20):
                with database.writing() as cursor:
                    (value,) = cursor.execute("select value from settings where key = 'count'").fetchall()[0]
                    cursor.execute(
                        "update settings set value = $value where key = 'count'", {"value": str(int(value) + 1)}
                    ).fetchall()

        threads = [threading.Thread(target=add) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert database.read("select value from settings where key = 'count'") == [("80",)]


def test_both_conflicts_are_told_apart_from_other_errors(path: Path) -> None:
    """Two transactions of one process, as they would be without the lock."""
    with Database.open(path) as database:
        put(database, "a")
        one, two = (database._open_instance().connection.cursor() for _ in range(2))
        for cursor in (one, two):
            cursor.begin()
        one.execute("update settings set value = '1' where key = 'a'").fetchall()
        with pytest.raises(duckdb.TransactionException) as at_statement:
            two.execute("update settings set value = '2' where key = 'a'").fetchall()
        two.rollback()
        two.begin()
        for cursor in (one, two):
            cursor.execute("insert into settings values ('b', 'v')").fetchall()
        one.commit()
        with pytest.raises(duckdb.TransactionException) as at_commit:
            two.commit()
        for caught in (at_statement, at_commit):
            assert isinstance(meaning(caught.value, path), WriteConflictError)
        one.close()
        two.close()
        with pytest.raises(DatabaseFaultError, match="Duplicate key"):
            put(database, "a")


def test_all_statements_of_a_reading_see_the_same_moment(path: Path) -> None:
    with Database.open(path) as database:
        with database.reading() as cursor:
            before = cursor.execute("select count(*) from settings").fetchall()
            put(database, "a")
            assert cursor.execute("select count(*) from settings").fetchall() == before
        assert keys(database) == ["a"]


def test_a_statement_is_named_by_its_file_or_written_out(path: Path) -> None:
    with Database.open(path) as database:
        put(database, "a", "1")
        assert database.read("store/setting", {"key": "a"}) == [("1",)]
        frame = database.frame("select key, value from settings where key = $key", {"key": "a"})
        assert frame.to_dict("records") == [{"key": "a", "value": "1"}]


def test_an_error_of_the_database_is_one_sentence_of_the_desk(path: Path) -> None:
    with Database.open(path) as database, pytest.raises(DatabaseFaultError) as caught:
        database.read("select nonsense from settings")
    assert re.fullmatch(r"The desk's file desk\.duckdb could not do this: [^\n]+\.", str(caught.value))


def test_a_closed_handle_says_so_and_closing_twice_is_harmless(path: Path) -> None:
    database = Database.open(path)
    database.close()
    database.close()
    with pytest.raises(DatabaseClosedError, match="has been closed"):
        database.read("select 1")


def test_the_file_is_opened_again_after_duckdb_gave_it_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Database.open(path) as database:
        put(database, "a")
        monkeypatch.setattr(database_module, "_CONFIG", {**database_module._CONFIG, "threads": 1})
        with pytest.raises(DatabaseFaultError, match="gave up"):
            put_then_raise(database, duckdb.FatalException("FATAL Error: gave up"))
        assert keys(database) == ["a"]
        assert database.read("select current_setting('threads')") == [(1,)]
        put(database, "c")
        assert keys(database) == ["a", "c"]


FULL = "Failed to commit: Could not write file: No space left on device"


@pytest.mark.parametrize("read", [meaning, meaning_at_open])
def test_a_full_disk_is_told_apart_from_other_errors(
    path: Path, read: Callable[[duckdb.Error, Path], DatabaseError]
) -> None:
    error = read(duckdb.TransactionException(f"TransactionContext Error: {FULL}"), path)
    assert isinstance(error, DiskFullError)
    assert str(error).startswith("The disk that holds desk.duckdb is full, so nothing was written:")


def test_after_a_full_disk_at_a_checkpoint_the_desk_goes_on(path: Path) -> None:
    with Database.open(path) as database:
        put(database, "a")
        with pytest.raises(DiskFullError):
            put_then_raise(database, duckdb.FatalException(f"FATAL Error: {FULL}"))
        assert keys(database) == ["a"]


def test_a_busy_file_whose_owner_is_unknown_still_has_its_sentence(path: Path) -> None:
    assert "is open in another process (the running desk)" in str(DatabaseBusyError(path=path, process_id=None))


def test_an_answer_is_recalled_until_something_is_written(tmp_path):
    with Database.open(tmp_path / "desk.duckdb") as database:
        asked = []

        def ask():
            asked.append(len(asked) + 1)
            return None if len(asked) == 1 else len(asked)

        assert [database.recall("one", ask), database.recall("one", ask), len(asked)] == [None, None, 1]
        assert database.recall("other", ask) == 2
        with database.writing():
            assert [database.recall("one", ask), database.recall("one", ask)] == [3, 4]
        assert [database.recall("one", ask), database.recall("one", ask)] == [5, 5]
