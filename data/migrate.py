"""Brings a file up to date: numbered migrations with a ledger, then the views and macros of `sql/marts`.

A migration runs once and is never edited; the views are made anew whenever their text changed.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from data.clock import now
from data.errors import DatabaseNewerError, LedgerLostError, MigrationChangedError, NotADeskError
from data.statements import MIGRATIONS_ROOT, SQL_ROOT, statement

VIEWS_ROOT = SQL_ROOT / "marts"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Migration:
    """One step of the schema: `0001_desk.sql` is number 1, name `desk`."""

    number: int
    name: str
    text: str

    @property
    def sha256(self) -> str:
        """The digest that the ledger keeps."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def migrations(root: Path = MIGRATIONS_ROOT) -> tuple[Migration, ...]:
    """Every migration by number."""
    files = sorted(root.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    return tuple(
        Migration(number=int(file.stem[:4]), name=file.stem[5:], text=file.read_text(encoding="utf-8"))
        for file in files
    )


def migrate(connection: duckdb.DuckDBPyConnection, path: Path, steps: Sequence[Migration]) -> bool:
    """Apply what the ledger lacks, each step in a transaction of its own; whether anything was applied.

    Refuses a file of another program, a file that a newer desk migrated, a step that was edited afterwards, and a
    ledger that has lost a step.
    """
    tables = {name for (name,) in connection.execute(statement("store/table_names")).fetchall()}
    if tables and "migrations" not in tables:
        raise NotADeskError(path=path, reason="it holds the tables of another program")
    if not tables:
        connection.execute(statement("store/create_migrations"))
    applied = {row[0]: row[1:] for row in connection.execute(statement("store/applied_migrations")).fetchall()}
    known = {step.number: step for step in steps}
    for number, (name, sha256) in sorted(applied.items()):
        if number not in known:
            raise DatabaseNewerError(path=path, reason=f"migration {number}, {name}")
        if known[number].sha256 != sha256:
            raise MigrationChangedError(path=path, number=number, name=name)
    missing = [step for step in steps if step.number not in applied]
    lost = [step for step in missing if step.number < max(applied)] if applied else missing
    if lost and tables - {"migrations"}:
        raise LedgerLostError(path=path, number=lost[0].number, name=lost[0].name)
    for step in missing:
        _apply(connection, step)
    return bool(missing)


def make_views(connection: duckdb.DuckDBPyConnection, root: Path = VIEWS_ROOT) -> bool:
    """Run the files of `root` when their text changed; whether they ran."""
    texts = _in_order({file.stem: file.read_text(encoding="utf-8") for file in root.glob("*.sql")})
    digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()
    setting = {"key": "views_sha256", "value": digest}
    if connection.execute(statement("store/setting"), {"key": setting["key"]}).fetchone() == (digest,):
        return False
    connection.begin()
    try:
        for text in texts:
            connection.execute(text)
        connection.execute(statement("store/save_setting"), setting)
        connection.execute(statement("keeping/drop_watermark"))  # what was kept by other definitions is not trusted
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    return True


def _in_order(texts: Mapping[str, str]) -> list[str]:
    """Each view after those that it names: DuckDB wants them to exist."""
    needs = {name: sorted(texts.keys() & set(_WORD.findall(text)) - {name}) for name, text in sorted(texts.items())}
    return [texts[name] for name in TopologicalSorter(needs).static_order()]


def _apply(connection: duckdb.DuckDBPyConnection, step: Migration) -> None:
    connection.begin()
    try:
        connection.execute(step.text)
        entry = {"number": step.number, "name": step.name, "sha256": step.sha256, "applied_at": now()}
        connection.execute(statement("store/record_migration"), entry)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
