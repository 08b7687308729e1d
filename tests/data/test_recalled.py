"""How long an answer is recalled, and which tables a statement writes."""

from pathlib import Path

import pytest

from data.recalled import MOST_ANSWERS, MOST_PARTS, UNKNOWN, Recalled
from data.statements import SQL_ROOT, statement
from data.writer import tables_written
from tests.new_desks import new_database


def test_an_answer_of_a_table_holds_until_that_table_is_written():
    recalled = Recalled()
    recalled.keep("a", recalled.stamp(["agents"]), 1)
    recalled.forget(["tickets"])
    assert recalled.look_up("a", recalled.stamp(["agents"])) == 1
    recalled.forget(["tickets", "agents"])
    assert recalled.look_up("a", recalled.stamp(["agents"])) is UNKNOWN


def test_an_answer_of_a_part_holds_until_that_part_or_the_whole_is_written():
    recalled = Recalled()
    for part in (7, 8):
        recalled.keep(part, recalled.stamp(["tickets"], part), f"ticket {part}")
    recalled.forget(["tickets"], [8])
    assert recalled.look_up(7, recalled.stamp(["tickets"], 7)) == "ticket 7"
    assert recalled.look_up(8, recalled.stamp(["tickets"], 8)) is UNKNOWN
    recalled.forget(["tickets"])
    assert recalled.look_up(7, recalled.stamp(["tickets"], 7)) is UNKNOWN


def test_an_answer_of_a_whole_table_is_forgotten_when_a_part_of_it_is_written():
    recalled = Recalled()
    recalled.keep("a", recalled.stamp(["tickets"]), 1)
    recalled.forget(["tickets"], [8])
    assert recalled.look_up("a", recalled.stamp(["tickets"])) is UNKNOWN


def test_a_write_to_nobody_knows_what_forgets_everything():
    recalled = Recalled()
    recalled.keep("a", recalled.stamp(["agents"]), 1)
    recalled.keep("b", recalled.stamp(["agents"], 7), 2)
    recalled.forget(None)
    assert recalled.look_up("a", recalled.stamp(["agents"])) is UNKNOWN
    assert recalled.look_up("b", recalled.stamp(["agents"], 7)) is UNKNOWN


def test_what_was_asked_before_a_write_is_not_taken_for_what_is_true_after_it():
    recalled = Recalled()
    asked = recalled.stamp(["agents"])
    recalled.forget(["agents"])
    recalled.keep("a", asked, "as it was")
    assert recalled.look_up("a", recalled.stamp(["agents"])) is UNKNOWN


def test_the_oldest_answers_go_where_there_are_too_many():
    recalled = Recalled()
    stamp = recalled.stamp(["agents"])
    for number in range(MOST_ANSWERS + 1):
        recalled.keep(number, stamp, number)
    assert recalled.look_up(0, stamp) is UNKNOWN
    assert recalled.look_up(1, stamp) == 1


def test_parts_are_not_counted_without_end_and_none_is_believed_wrongly_after_that():
    recalled = Recalled()
    recalled.forget(["tickets"], [7])
    stamp = recalled.stamp(["tickets"], 7)
    recalled.keep("a", stamp, 1)
    recalled.forget(["tickets"], range(100, 100 + MOST_PARTS))
    recalled.forget(["tickets"], [8])
    recalled.forget(["tickets"], [7])
    assert recalled.look_up("a", recalled.stamp(["tickets"], 7)) is UNKNOWN
    assert recalled.stamp(["tickets"], 7) != stamp


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("select * from tickets where name = 'insert into events'", set()),
        ("from tickets", set()),
        ("-- update events\nselect 1", set()),
        ("insert into tickets values (1)", {"tickets"}),
        ("INSERT OR REPLACE INTO main.agents by name select * from incoming", {"agents"}),
        ('update "tickets" set version = 2', {"tickets"}),
        ("with a as (select 1) insert into notices select * from a", {"notices"}),
        ("create or replace temp table seen as select 1", {"seen"}),
        ("create table tickets (a integer)", None),
        ("copy tickets from 'file.csv'", None),
        ("truncate tickets", None),
        ("attach 'other.duckdb'", None),
        ("call something()", None),
    ],
)
def test_which_tables_a_statement_writes_is_told_from_its_text(text, tables):
    found = tables_written(text)
    assert (found if found is None else set(found)) == tables


def test_every_statement_of_the_store_that_writes_names_its_table():
    writing = [
        path for path in SQL_ROOT.glob("store/*.sql") if path.name.startswith(("insert_", "save_", "delete_", "load_"))
    ]
    assert len(writing) > 35  # else the glob looks in the wrong place
    assert all(tables_written(statement(f"store/{path.stem}")) for path in writing)


def test_a_writer_whose_rows_come_by_another_way_forgets_everything(tmp_path: Path):
    with new_database(tmp_path / "desk.duckdb") as database:
        assert database.recall("a", lambda: 1, ["agents"]) == 1
        with database.writing() as cursor:
            cursor.execute("insert into settings values ('a', 'b')").fetchall()
        assert database.recall("a", lambda: 2, ["agents"]) == 1
        with database.writing() as cursor:
            cursor.executemany("insert into settings values ($key, 'b')", [{"key": "c"}])
        assert database.recall("a", lambda: 3, ["agents"]) == 3


def test_what_failed_is_not_remembered_as_done(tmp_path: Path):
    done: list[str] = []
    with new_database(tmp_path / "desk.duckdb") as database:
        with pytest.raises(ZeroDivisionError), database.writing(done=lambda: done.append("failed")):
            raise ZeroDivisionError
        with database.writing(), database.writing(done=lambda: done.append("joined")):
            pass
        with database.writing(done=lambda: done.append("written")):
            pass
    assert done == ["written"]
