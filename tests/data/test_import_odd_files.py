"""Files that are named or written oddly: read as what they are, or refused with a sentence that says why."""

import gzip
import io
import json
import os
import tempfile
from datetime import UTC, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.database import Database
from data.errors import NotADeskError
from data.importing import FileRefusedError, MappingRefusedError, RowsRejectedError, run_import
from tests.data.importing_builders import CSV, MAPPING, NOW, Folder, counts, parquet_bytes, rejects_in
from tests.new_desks import new_desk

HEAD = "case,activity,time,note\n"
TIME = "2024-01-01T10:00:00Z"


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.fixture
def desk(tmp_path):
    with new_desk(tmp_path / "desk.duckdb") as desk:
        yield desk


@pytest.fixture
def load(desk, folder, tmp_path):
    def load(file, mapping=MAPPING, **options):
        options.setdefault("rejects_file", tmp_path / "rejects.csv")
        return run_import(desk.database, file, folder.mapping(mapping), now=NOW, **options)

    return load


@pytest.mark.parametrize("name", ["log[1].csv", "log?.csv", "log*.csv"])
def test_a_name_that_looks_like_a_pattern_is_that_file(load, desk, folder, name):
    for other in ("log1.csv", "logs.csv"):
        folder.csv(f"case,activity,time\nother,Write,{TIME}\n", other)
    assert load(folder.csv(CSV, name)).added_count == 4
    assert desk.database.read("select external_ref from tickets order by number") == [("1",), ("2",)]


def test_parquet_whose_name_looks_like_a_pattern_is_that_file(load, desk, folder):
    other = parquet_bytes({"case": ["other"], "activity": ["Write"], "time": [TIME]})
    folder.file("log1.parquet", other)
    load(folder.file("log[1].parquet", parquet_bytes({"case": ["9"], "activity": ["Write"], "time": [TIME]})))
    assert desk.database.read("select external_ref from tickets") == [("9",)]


def test_a_plain_file_with_the_name_of_a_packed_one_is_read_plain(load, folder):
    assert load(folder.csv(CSV, "log.csv.gz")).added_count == 4
    assert load(folder.csv(gzip.compress(CSV.encode()), "log.csv")).known_count == 4


@pytest.mark.parametrize("name", ["desk.csv", "desk.json", "desk.parquet"])
def test_a_file_of_data_is_no_desk(tmp_path, name):
    content = parquet_bytes({"a": ["1"]}) if name.endswith("parquet") else b"case,activity\n1,open\n"
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(NotADeskError, match=rf"^{name} is not a desk's file: DuckDB does not recognise it\.$"):
        Database.open(path)
    assert path.read_bytes() == content


def test_a_quote_that_never_closes_refuses_the_file_whatever_was_asked(load, desk, folder):
    text = HEAD + f'1,Write,{TIME},"oh\n' + f"2,Write,{TIME},\n" * 3
    with pytest.raises(FileRefusedError) as refused:
        load(folder.csv(text), skip_rejects=True)
    assert str(refused.value) == (
        "log.csv: line 2: a quote opens in this row and never closes, so the 3 lines after it cannot be told apart: "
        "mend that row."
    )
    assert counts(desk.database) == (0, 0)


def test_every_line_that_a_stray_quote_swallows_is_a_reject(load, tmp_path, folder):
    text = HEAD + f'1,Write,{TIME},"oh\n2,Write,{TIME},\n3,Write,{TIME},"x"\n4,Write,{TIME},\n'
    report = load(folder.csv(text), skip_rejects=True)
    assert (report.row_count, report.reject_count, report.added_count) == (4, 3, 1)
    within = "it lies within the quotes that line 2 opens"
    assert rejects_in(tmp_path / "rejects.csv") == [
        ["2", "", "the quotes do not match (',' expected after '\"')"],
        ["3", "", within],
        ["4", "", within],
    ]


@pytest.mark.parametrize("odd", [' "a"', "a,", "a,,", 'a"b', " a ", '""', ' ""'])
def test_a_bad_row_changes_neither_verdict_nor_identity_of_another(load, folder, odd):
    text = HEAD + f"1,Write,{TIME},{odd}\n"
    assert load(folder.csv(text)).added_count == 1
    report = load(folder.csv(text + f"2,Write,{TIME}\n"), skip_rejects=True)
    assert (report.added_count, report.known_count, report.reject_count) == (0, 1, 1)


@pytest.mark.parametrize("more", ["", f"2,Write,{TIME}\n"])
def test_a_space_after_the_closing_quote_is_a_fault_of_its_row_alone(load, folder, more):
    with pytest.raises(RowsRejectedError, match=r"line 2: the quotes do not match"):
        load(folder.csv(HEAD + f'1,Write,{TIME},"a" \n3,Write,{TIME},b\n' + more))


def test_blank_lines_before_the_header_are_skipped(load, folder):
    assert load(folder.csv("\n\r\n" + CSV)).added_count == 4


@pytest.mark.parametrize("empty", ["", " ", '""'])
def test_an_empty_state_is_missing_and_not_the_activity(load, tmp_path, folder, empty):
    mapping = MAPPING.replace("[states]", 'state = "note"\n[states]')
    with pytest.raises(RowsRejectedError):
        load(folder.csv(HEAD + f"1,Write,{TIME},a\n1,Solve,{TIME},{empty}\n"), mapping)
    assert rejects_in(tmp_path / "rejects.csv") == [["3", "note", "the state is missing"]]


@pytest.mark.parametrize("name", ["log.csv", "mapping.toml", "desk.duckdb"])
def test_rejects_are_not_written_over_what_is_needed(load, tmp_path, folder, name):
    log = folder.csv(CSV + "bad\n")
    what = {"log.csv": "the log", "mapping.toml": "the mapping", "desk.duckdb": "the desk's file"}[name]
    path = tmp_path / "." / name
    with pytest.raises(FileRefusedError, match=f"^log.csv: the rejects would be written over {what}, "):
        load(log, skip_rejects=True, rejects_file=path)
    assert log.read_text() == CSV + "bad\n"
    assert folder.mapping().read_text() == MAPPING


@pytest.mark.parametrize("formats", ['["iso8601", "%Y-%d-%m"]', '["%Y-%d-%m", "iso8601"]'])
def test_two_formats_that_fit_ask_whichever_comes_first(load, folder, formats):
    mapping = MAPPING.replace("[states]", f"[time]\nformat = {formats}\n[states]")
    with pytest.raises(FileRefusedError, match="Which is meant"):
        load(folder.csv("case,activity,time\n1,Write,2024-01-02\n"), mapping)


@pytest.mark.parametrize(
    ("settings", "part"),
    [
        ("quote = ';'\ndelimiter = ';'", "csv.quote: is the delimiter, too: give another character."),
        ("quote = ' '", "csv.quote: cannot be a line break, a zero byte, or as a quote a space."),
        ('delimiter = "\\n"', "csv.delimiter: cannot be a line break, a zero byte, or as a quote a space."),
    ],
)
def test_settings_that_no_reader_knows_are_the_mappings_fault(load, folder, settings, part):
    with pytest.raises(MappingRefusedError) as refused:
        load(folder.csv(), MAPPING.replace("[states]", f"[csv]\n{settings}\n[states]"))
    assert str(refused.value) == f"mapping.toml, {part}"


def test_parquet_columns_of_one_name_are_told_apart(load, desk, folder):
    names = ["case", "activity", "time", "x", "x", "file_row_number"]
    table = pa.Table.from_arrays([pa.array([value]) for value in ("1", "Write", TIME, "a", "b", "c")], names=names)
    out = io.BytesIO()
    pq.write_table(table, out)
    mapping = MAPPING.replace("[states]", 'attributes = "*"\n[states]')
    load(folder.file("log.parquet", out.getvalue()), mapping)
    ((attributes,),) = desk.database.read("select payload ->> '$.attributes' from events")
    assert json.loads(attributes) == {"file_row_number": "c", "x": "a", "x_1": "b"}


def test_parquet_that_is_damaged_within_is_refused(load, desk, folder):
    rows = {name: [f"{name} {number}" for number in range(5000)] for name in ("case", "activity", "time")}
    content = bytearray(parquet_bytes(rows))
    for place in range(40, 4000):
        content[place] ^= 0x5A
    with pytest.raises(FileRefusedError, match=r"^log.parquet: the file cannot be read \(.+\): export it again\.$"):
        load(folder.file("log.parquet", bytes(content)))
    assert counts(desk.database) == (0, 0)


def test_what_a_killed_import_left_goes_after_a_day(load, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, new, other = (tmp_path / name for name in ("marketdesk-import-old", "marketdesk-import-new", "somebody"))
    for left, age in ((old, 25), (new, 23), (other, 99)):
        left.mkdir()
        (left / "log").write_text("x")
        moment = (NOW.replace(tzinfo=UTC) - timedelta(hours=age)).timestamp()
        os.utime(left, (moment, moment))
    load(folder.csv())
    assert [path.exists() for path in (old, new, other)] == [False, True, True]
