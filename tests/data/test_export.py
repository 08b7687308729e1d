"""Exports: every value, of one moment, whole files only, and nothing that a spreadsheet would run."""

from decimal import Decimal

import duckdb
import pandas as pd
import pytest

from data.__main__ import main
from data.exporting import LOG_TABLES, ExportFormat, ExportRefusedError, export
from tests.data.logs import golden_week, write_logs
from tests.new_desks import new_database
from workflow.errors import DeskError


@pytest.fixture
def database(tmp_path):
    with new_database(tmp_path / "desk.duckdb") as database:
        write_logs(database, golden_week())
        yield database


def told(database, *texts):
    with database.writing() as cursor:
        for text in texts:
            cursor.execute(
                "insert into messages values (uuid(), uuid(), 'buyer', 'b', 'email', 'in', true, $text, now(), now())",
                {"text": text},
            )


@pytest.mark.parametrize("export_format", list(ExportFormat))
def test_an_export_holds_every_row_and_column(database, tmp_path, export_format):
    written = export(database, tmp_path / "out", export_format)
    assert [(table.name, table.rows_count) for table in written] == [("events", 34), ("tickets", 13), ("messages", 0)]
    for table in written:
        found = pd.read_csv(table.file) if export_format == "csv" else pd.read_parquet(table.file)
        with database.reading() as cursor:
            assert list(found.columns) == cursor.table(table.name).columns
        assert len(found) == table.rows_count


def test_parquet_keeps_every_value(database, tmp_path):
    told(database, "=1+1", "кто там", "")
    export(database, tmp_path / "out", ExportFormat.PARQUET)
    with database.reading() as cursor:
        for name in LOG_TABLES:
            file = str(tmp_path / "out" / f"{name}.parquet")
            there = cursor.read_parquet(file)
            assert (
                there.types == ["VARCHAR" if str(kind) == "JSON" else kind for kind in cursor.table(name).types]
                or there.types == cursor.table(name).types
            )
            assert sorted(map(str, there.fetchall())) == sorted(map(str, cursor.table(name).fetchall()))


def test_events_come_in_the_order_of_the_log(database, tmp_path):
    export(database, tmp_path, ExportFormat.CSV)
    assert pd.read_csv(tmp_path / "events.csv")["position"].tolist() == list(range(1, 35))


@pytest.mark.parametrize("text", ["=1+1", "+7 999", "-1", "@SUM(A1)", "\tx", "\rx", "\n=x"])
def test_a_csv_cell_that_a_spreadsheet_would_run_is_marked_as_text(database, tmp_path, text):
    told(database, text)
    export(database, tmp_path, ExportFormat.CSV)
    found = duckdb.connect().execute("select text from read_csv($file)", {"file": str(tmp_path / "messages.csv")})
    assert found.fetchall() == [(f"'{text}",)]


def test_other_csv_cells_are_as_they_are(database, tmp_path):
    texts = ['say "no", twice', "two\nlines", "a=b", "почта", "5-1"]
    told(database, *texts)
    with database.writing() as cursor:
        cursor.execute(
            "insert into claims values (uuid(), uuid(), 'return', '', '', '', true, now(), null, -5.50, 'RUB')"
        )
    export(database, tmp_path, ExportFormat.CSV, ("messages", "claims"))
    assert sorted(pd.read_csv(tmp_path / "messages.csv")["text"]) == sorted(texts)
    amounts = pd.read_csv(tmp_path / "claims.csv", dtype={"amount": str})["amount"]
    assert [Decimal(amount) for amount in amounts] == [Decimal("-5.50")]


def test_everything_is_every_table(database, tmp_path):
    written = export(database, tmp_path, ExportFormat.CSV, ())
    stored = {row[0] for row in database.read("select table_name from duckdb_tables() where not internal")}
    assert {table.name for table in written} == stored
    assert "buyer_persons" in stored


def test_an_export_that_fails_leaves_the_earlier_one_whole(database, tmp_path):
    export(database, tmp_path / "out", ExportFormat.CSV)
    before = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    write_logs(database, golden_week()[:1])
    with pytest.raises(DeskError):
        export(database, tmp_path / "out", ExportFormat.CSV, (*LOG_TABLES, "no_such_table"))
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == before


def test_an_export_replaces_the_earlier_one(database, tmp_path):
    export(database, tmp_path / "out", ExportFormat.CSV)
    write_logs(database, golden_week()[:1])
    export(database, tmp_path / "out", ExportFormat.CSV)
    assert len(pd.read_csv(tmp_path / "out" / "tickets.csv")) == 1
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["events.csv", "messages.csv", "tickets.csv"]


def test_a_folder_that_cannot_be_made_is_refused_in_one_sentence(database, tmp_path):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(ExportRefusedError, match=r"^Nothing was exported to .*taken: "):
        export(database, tmp_path / "taken", ExportFormat.CSV)


def test_the_command_names_the_files(database, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["export", "--database", str(database.path), "--format", "parquet", "--out", str(out)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == f"34    {out / 'events.parquet'}"
    assert main(["export", "--database", str(database.path), "--out", str(database.path)]) == 2
    assert capsys.readouterr().err.startswith("Nothing was exported to ")
