"""The desk's file: who may open it, how it is read, and the one way in which it is written.

One process owns the file, one thread writes at a time, every read has a cursor of its own (DECISIONS: Storage rules).
Leaves what is stored to `store` and the meaning of DuckDB's errors to `faults`.
"""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, RLock
from types import TracebackType
from typing import Any, Self, TypeVar, cast

import duckdb
import pandas as pd

from data.errors import (
    AbandonedWriteError,
    DatabaseClosedError,
    DatabaseError,
    DatabaseUnreachableError,
    NotADeskError,
    WriterBusyError,
)
from data.faults import meaning_at_open, translated
from data.migrate import make_views, migrate, migrations
from data.recalled import UNKNOWN, Recalled
from data.search_index import tidy_words
from data.statements import parsed
from data.writer import Writer

STORAGE_VERSION = "v2.0.0"
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": STORAGE_VERSION,
    "threads": 2,
    "memory_limit": "2GiB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
Answer = TypeVar("Answer")
Parameters = Mapping[str, Any] | Sequence[Any] | None


@dataclass(kw_only=True)
class _Instance:
    """One open file of this process. Every `Database` of the same path shares it, and with it the one writer lock."""

    path: Path
    connection: duckdb.DuckDBPyConnection
    lock: RLock = field(default_factory=RLock)
    users: int = 0
    is_doomed: bool = False
    is_broken: bool = False
    writer: duckdb.DuckDBPyConnection | None = None
    recalled: Recalled = field(default_factory=Recalled)


_instances: dict[Path, _Instance] = {}
_opening = Lock()


class Database:
    """A handle on the desk's file. Safe to share between threads; opened twice in one process it is one file still."""

    def __init__(self, instance: _Instance) -> None:
        self._instance: _Instance | None = instance
        self.path = instance.path

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open or create the file, bring it up to date and checkpoint it.

        `DatabaseBusyError` names the process that holds it; a foreign, damaged or newer file is refused with a sentence
        and left as it is.
        """
        key = path.expanduser().resolve()
        with _opening:
            instance = _instances.get(key) or _opened(key)
            _instances[key] = instance
            instance.users += 1
        return cls(instance)

    def close(self) -> None:
        """Let go of the file; the last handle of the process closes it."""
        with _opening:
            instance, self._instance = self._instance, None
            if instance is None:
                return
            instance.users -= 1
            if not instance.users:
                del _instances[instance.path]
                with instance.lock:
                    instance.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, query: str, parameters: Parameters = None) -> list[tuple[Any, ...]]:
        """All rows of a statement (a name such as `store/ticket`, or SQL). Sees only what is committed."""
        with self._cursor() as cursor:
            return cursor.execute(parsed(cursor, query), parameters).fetchall()

    def frame(self, query: str, parameters: Parameters = None) -> pd.DataFrame:
        """The rows of a statement as a data frame."""
        with self._cursor() as cursor:
            return cursor.execute(parsed(cursor, query), parameters).df()

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor whose statements all see the same moment of the file."""
        with self._cursor() as cursor:
            cursor.begin()
            yield cursor

    @contextmanager
    def writing(
        self, parts: Collection[Hashable] = (), done: Callable[[], None] | None = None, *, patience: float = -1
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """The one writer's cursor within a transaction that is durable when the block ends, or undone if it raises.

        A block within a block joins the outer transaction. A statement that failed and was overlooked undoes it all.
        Who names `parts` writes nothing of any other (`recalled`). `done` is called when it is durable, before the
        next write; within an outer block never. `WriterBusyError` where another write takes longer than `patience`
        seconds; by default it is waited for.
        """
        instance = self._open_instance()
        if not instance.lock.acquire(timeout=patience):
            raise WriterBusyError(path=self.path)
        try:
            if instance.writer is not None:
                with _joined(instance) as cursor:
                    yield cursor
                return
            with _guarded(instance), _transaction(instance, parts) as cursor:
                yield cursor
            if done:
                done()
        finally:
            instance.lock.release()

    def refuses(self, query: str, parameters: Parameters = None) -> bool:
        """Whether a key refuses what a statement would write. Nothing of it stays, whatever the answer."""
        instance = self._open_instance()
        with instance.lock, self._cursor() as cursor:
            cursor.begin()
            try:
                cursor.execute(parsed(cursor, query), parameters).fetchall()
            except duckdb.ConstraintException:
                return True
            finally:
                cursor.rollback()
            return False

    @property
    def recalled(self) -> Recalled:
        """What was answered before, for those who know which tables, or which part of them, an answer is of."""
        return self._open_instance().recalled

    def recall(self, key: Hashable, ask: Callable[[], Answer], tables: Collection[str] = ()) -> Answer:
        """What `ask` answers, or what it answered under `key` if none of `tables` was written since.

        For what is asked often. Without tables any write forgets it, and while one goes on it is asked anew. One
        process owns the file, so nobody else can have changed it.
        """
        instance = self._open_instance()
        if instance.writer is not None and not tables:
            return ask()
        stamp = instance.recalled.stamp(tables)
        answer = instance.recalled.look_up(key, stamp)
        if answer is UNKNOWN:
            answer = ask()
            instance.recalled.keep(key, stamp, answer)
        return answer

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file. The running desk does so on a timer."""
        instance = self._open_instance()
        with instance.lock, self._cursor() as cursor:
            cursor.execute("checkpoint").fetchall()

    def _open_instance(self) -> _Instance:
        if self._instance is None:
            raise DatabaseClosedError(path=self.path)
        if self._instance.is_broken:
            _revive(self._instance)
        return self._instance

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        instance = self._open_instance()
        with _guarded(instance):
            cursor = instance.connection.cursor()
            try:
                yield cursor
            finally:
                cursor.close()


def _opened(path: Path) -> _Instance:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnreachableError(path=path, reason=error.strerror or str(error)) from error
    with suppress(OSError), path.open("rb") as file:  # of CSV, JSON and Parquet DuckDB would make a view in memory
        if (head := file.read(12)) and head[8:] != b"DUCK":
            raise NotADeskError(path=path, reason="DuckDB does not recognise it")
    connection = _connected(path)
    try:
        with translated(path):
            migrate(connection, path, migrations())
            make_views(connection)
            _tidy(connection)
            connection.execute("checkpoint").fetchall()
    except BaseException:
        connection.close()
        raise
    return _Instance(path=path, connection=connection)


def _tidy(connection: duckdb.DuckDBPyConnection) -> None:
    connection.begin()
    try:
        tidy_words(connection)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _connected(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        connection = duckdb.connect(path, config=_CONFIG)
        connection.execute("set global TimeZone = 'UTC'").fetchall()
    except duckdb.Error as error:
        raise meaning_at_open(error, path) from error
    return connection


def _revive(instance: _Instance) -> None:
    """Open the file again after DuckDB gave it up: a disk that is full at a checkpoint is such a case.

    What was acknowledged is in the file and its log, and comes back.
    """
    with instance.lock:
        if instance.is_broken and instance.writer is None:
            instance.connection.close()
            instance.connection = _connected(instance.path)
            instance.is_broken = False


@contextmanager
def _guarded(instance: _Instance) -> Iterator[None]:
    """Turn errors of DuckDB into the desk's own, and remember one after which the file must be opened again."""
    try:
        with translated(instance.path):
            yield
    except DatabaseError as error:
        instance.is_broken |= isinstance(error.__cause__, duckdb.FatalException)
        raise


@contextmanager
def _joined(instance: _Instance) -> Iterator[duckdb.DuckDBPyConnection]:
    assert instance.writer is not None  # noqa: S101 - the lock is held, so the outer block is this thread's
    try:
        yield instance.writer
    except BaseException:
        instance.is_doomed = True
        raise


@contextmanager
def _transaction(instance: _Instance, parts: Collection[Hashable]) -> Iterator[duckdb.DuckDBPyConnection]:
    writer = Writer(instance.connection.cursor())
    cursor = cast("duckdb.DuckDBPyConnection", writer)  # it has all that DuckDB's own has
    instance.writer, instance.is_doomed = cursor, False
    try:
        cursor.begin()
        yield cursor
        _refuse_what_failed(instance, writer)
        cursor.commit()
    except BaseException:
        with suppress(duckdb.Error):  # a commit that failed has rolled back already
            cursor.rollback()
        raise
    finally:
        instance.recalled.forget(writer.tables, parts)  # before the next reader finds no writer
        instance.writer = None
        cursor.close()


def _refuse_what_failed(instance: _Instance, writer: Writer) -> None:
    """Raise if a statement failed and was overlooked: its commit would report success and write nothing."""
    try:
        if not writer.is_faultless:
            writer.execute("select 1").fetchall()
    except duckdb.TransactionException as error:
        raise AbandonedWriteError(path=instance.path) from error
    if instance.is_doomed:
        raise AbandonedWriteError(path=instance.path)
