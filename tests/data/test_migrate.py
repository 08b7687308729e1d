"""How a file is brought up to date, and which files are refused for what they have been through."""

from pathlib import Path

import duckdb
import pytest

from data.check_replay import check_replay
from data.database import Database
from data.errors import (
    DatabaseNewerError,
    LedgerLostError,
    MigrationChangedError,
)
from data.migrate import Migration, make_views, migrate, migrations
from data.opening import open_desk
from tests.data.checked_desks import AGENT, HOUR, T0, ticket_of
from workflow.vocabulary import LinkKind


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.duckdb"


def test_a_file_that_a_newer_desk_migrated_is_refused(path: Path) -> None:
    with Database.open(path) as database, database.writing() as cursor:
        cursor.execute("insert into migrations values (9000, 'later', 'x', now()::timestamp)").fetchall()
    with pytest.raises(DatabaseNewerError, match=r"newer version \(migration 9000, later\): update Marketdesk"):
        Database.open(path)


def test_an_edited_migration_is_refused(path: Path) -> None:
    with Database.open(path) as database, database.writing() as cursor:
        cursor.execute("update migrations set sha256 = 'other' where number = 1").fetchall()
    with pytest.raises(MigrationChangedError, match=r"made with another migration 1 \(desk\)"):
        Database.open(path)


def test_a_ledger_that_was_emptied_is_refused(path: Path) -> None:
    with Database.open(path) as database, database.writing() as cursor:
        cursor.execute("delete from migrations").fetchall()
    sentence = r"^desk.duckdb has its tables, but its list of migrations lacks number 1 \(desk\), .* from a copy\.$"
    for _ in range(2):
        with pytest.raises(LedgerLostError, match=sentence):
            Database.open(path)


def test_a_ledger_that_lost_a_line_is_refused(path: Path) -> None:
    steps = [
        Migration(number=number, name=f"n{number}", text=f"create table t{number} (a integer);") for number in (1, 2)
    ]
    with duckdb.connect(path) as connection:
        assert migrate(connection, path, steps)
        connection.execute("delete from migrations where number = 1")
        with pytest.raises(LedgerLostError, match="lacks number 1"):
            migrate(connection, path, steps)


def test_a_file_whose_making_was_cut_short_is_made_again(path: Path) -> None:
    with duckdb.connect(path) as connection:
        assert not migrate(connection, path, [])
    with Database.open(path) as database:
        assert database.read("store/is_empty") == [(True,)]


def test_missing_migrations_are_applied_in_order_and_only_once(path: Path) -> None:
    steps = [
        Migration(number=1, name="one", text="create table one (a integer);"),
        Migration(number=2, name="two", text="alter table one add column b integer; insert into one values (1, 2);"),
    ]
    with duckdb.connect(path) as connection:
        assert migrate(connection, path, steps[:1])
        assert migrate(connection, path, steps)
        assert not migrate(connection, path, steps)
        assert connection.execute("select * from one").fetchall() == [(1, 2)]


def test_the_timers_of_an_older_desk_move_into_its_tickets(path: Path, tmp_path: Path) -> None:
    with open_desk(tmp_path / "now.duckdb") as desk:
        ticket_of(desk)
        expected = desk.database.read("select timers from tickets")
        assert expected[0][0].count("due_at") > 1
    with duckdb.connect(path) as connection:
        migrate(connection, path, migrations()[:9])
        connection.execute(f"attach '{tmp_path}/now.duckdb' as newer (read_only)")
        connection.execute("insert into tickets by name select * exclude (timers) from newer.tickets")
        connection.execute("insert into events by name from newer.events")
        connection.execute(
            "insert into timers by name select * exclude (next_due_at) from (from newer.stg_timers) as armed"
        )
    with Database.open(path) as database:
        assert database.read("select timers from tickets") == expected
        assert database.read("select min(due_at) > $1 from stg_timers", [T0]) == [(True,)]
        with database.reading() as cursor:
            assert list(check_replay(cursor)) == []


def test_the_merges_of_an_older_desk_are_those_of_its_log_and_its_targets_are_judged_anew(
    path: Path, tmp_path: Path
) -> None:
    with open_desk(tmp_path / "now.duckdb") as desk:
        kept, merged = ticket_of(desk), ticket_of(desk)
        ticket_of(desk, linked_to=kept.id, link_kind=LinkKind.DUPLICATE_OF)
        desk.desk.pairs.merge(merged.id, kept.id, actor=AGENT, now=T0 + 3 * HOUR)
    with duckdb.connect(path) as connection:
        migrate(connection, path, migrations()[:11])
        connection.execute(f"attach '{tmp_path}/now.duckdb' as newer (read_only)")
        for table in ("tickets", "events", "ticket_links"):
            connection.execute(f"insert into {table} by name from newer.{table}")
        connection.execute("insert into settings (key, value) values ('targets_kept_up_to', '{\"position\": 9}')")
    with Database.open(path) as database:
        found = database.read("select from_ticket_id::varchar, to_ticket_id::varchar, linked_at from recorded_merges")
        assert found == [(merged.id, kept.id, T0 + 3 * HOUR)]
        assert database.read("select key from settings where key = 'targets_kept_up_to'") == []


def test_a_migration_that_fails_leaves_nothing(path: Path) -> None:
    half = Migration(number=1, name="half", text="create table one (a integer); insert into nowhere values (1);")
    with duckdb.connect(path) as connection:
        with pytest.raises(duckdb.CatalogException):
            migrate(connection, path, [half])
        assert connection.execute("show tables").fetchall() == [("migrations",)]
        assert connection.execute("select * from migrations").fetchall() == []


def test_views_are_made_anew_when_their_text_changes(path: Path, tmp_path: Path) -> None:
    marts = tmp_path / "marts"
    marts.mkdir()
    (marts / "b.sql").write_text("create or replace view b as select x + 1 as y from a;")
    (marts / "a.sql").write_text("create or replace view a as select 1 as x;")
    Database.open(path).close()
    with duckdb.connect(path) as connection:
        assert make_views(connection, marts)
        assert not make_views(connection, marts)
        (marts / "a.sql").write_text("create or replace view a as select 5 as x;")
        assert make_views(connection, marts)
        assert connection.execute("select y from b").fetchall() == [(6,)]
