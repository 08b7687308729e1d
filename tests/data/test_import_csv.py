"""CSV files as they come: what is read, and the sentence where one cannot be."""

import gzip
from datetime import datetime

import pytest

from data.check import check
from data.importing import FileRefusedError, RowsRejectedError, run_import
from tests.data.importing_builders import CSV, MAPPING, NOW, Folder, counts, csv_text, history, rejects_in
from tests.new_desks import new_desk
from workflow.vocabulary import Channel

NEWLINE = "\n"


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


def test_a_history_keeps_its_states_times_and_order(load, desk, folder):
    report = load(folder.csv())
    at, agent = datetime, "seller_agent"
    assert history(desk.database) == [
        ("1", "Write", "", "Write", "open", "seller", at(2024, 1, 1, 10), None, "buyer", "", False, True, True),
        ("1", "Answer", "Write", "Answer", "open", "seller", at(2024, 1, 1, 12), 7200.0, agent, "", True, True, True),
        ("1", "Solve", "Answer", "Solve", "done", "nobody", at(2024, 1, 3, 12), 172800.0, agent, "", False, True, True),
        ("2", "Write", "", "Write", "open", "seller", at(2024, 1, 2, 10), None, "buyer", "", False, True, True),
    ]
    assert (report.row_count, report.case_count, report.added_count, report.new_ticket_count) == (4, 2, 4, 2)
    assert report.undescribed_states == (("Write", 2), ("Answer", 1))
    assert check(desk.database) == []


def test_the_ticket_is_where_its_last_event_left_it(load, desk, folder):
    load(folder.csv())
    first, last, other = datetime(2024, 1, 1, 10), datetime(2024, 1, 3, 12), datetime(2024, 1, 2, 10)
    assert desk.database.read(
        "select number, category, lifecycle_version, state, state_kind, ball, version, opened_at, state_entered_at, "
        "last_event_at from tickets order by number"
    ) == [
        (1, "shop", 1, "Solve", "done", "nobody", 3, first, last, last),
        (2, "shop", 1, "Write", "open", "seller", 1, other, other, other),
    ]
    assert desk.database.read("select channel, source, external_ref from tickets order by number") == [
        ("import", "shop", "1"),
        ("import", "shop", "2"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        CSV.replace("\n", "\r\n").encode(),
        CSV.replace("\n", "\r").encode(),
        CSV.replace("\n", "\r\n", 2).encode(),  # two ways to end a line in one file
        b"\xef\xbb\xbf" + CSV.encode(),
        CSV.encode("utf-16"),
        gzip.compress(CSV.encode()),
        gzip.compress(CSV[:40].encode()) + gzip.compress(CSV[40:].encode()),
        CSV.replace(",", ";").encode(),
        CSV.replace(",", "\t").encode(),
        CSV.replace(",", "|").encode(),
        CSV.replace("\n1", "\n\n1").encode(),
        CSV.rstrip().encode(),
        b'"' + CSV.replace("case,", 'case",', 1).encode(),
    ],
    ids=[
        "lf",
        "crlf",
        "cr",
        "mixed",
        "bom",
        "utf-16",
        "gzip",
        "two members",
        ";",
        "tab",
        "|",
        "blank",
        "no end",
        "quotes",
    ],
)
def test_the_form_of_the_file_makes_no_difference(load, desk, folder, content):
    load(folder.csv(content))
    assert [row[:2] for row in history(desk.database)] == [
        ("1", "Write"),
        ("1", "Answer"),
        ("1", "Solve"),
        ("2", "Write"),
    ]
    assert desk.database.read("select max(state_seconds) from events") == [(172800.0,)]


def test_an_encoding_that_the_mapping_names_is_read(load, desk, folder):
    name = "Обращение, новое"
    text = csv_text([("case", "activity", "time"), ("1", name, "2024-01-01T10:00:00Z")])
    load(folder.csv(text.encode("cp1251")), MAPPING + '[csv]\nencoding = "cp1251"\n')
    assert [row[1] for row in history(desk.database)] == [name]


def test_names_in_three_alphabets_newlines_and_quotes_survive(load, desk, folder):
    names = [f"Ждёт{NEWLINE}ответа", "等待 🙂"]
    rows = [('a "b"', name, f"2024-01-01T1{hour}:00:00Z") for hour, name in enumerate(names)]
    load(folder.csv(csv_text([("case", "activity", "time"), *rows])))
    assert [row[:2] for row in history(desk.database)] == [('a "b"', name) for name in names]


def test_twin_and_nameless_columns_have_names(load, desk, folder):
    mapping = MAPPING.replace("[states]", 'attributes = ["Variant", "Variant_1", "column0"]\n[states]')
    load(folder.csv(",case,activity,time,Variant,Variant\n7,1,Write,2024-01-01T10:00:00Z,a,b\n"), mapping)
    (payload,) = desk.database.read("select payload ->> '$.attributes' from events")
    assert payload == ('{"Variant":"a","Variant_1":"b","column0":"7"}',)


def test_ties_keep_the_order_of_the_file(load, desk, folder):
    rows = "".join(f"1,step {number},2024-01-01T10:00:00Z\n" for number in (3, 1, 2))
    load(folder.csv(f"case,activity,time\n{rows}"))
    assert [row[1] for row in history(desk.database)] == ["step 3", "step 1", "step 2"]


def test_a_state_may_be_joined_from_columns(load, desk, folder):
    mapping = MAPPING.replace("[states]", 'state = { join = ["activity", "phase"], separator = " / " }\n[states]')
    load(
        folder.csv("case,activity,time,phase\n1,Write,2024-01-01T10:00:00Z,start\n1,Write,2024-01-02T10:00:00Z,\n"),
        mapping,
    )
    assert [row[1:4] for row in history(desk.database)] == [
        ("Write", "", "Write / start"),
        ("Write", "Write / start", "Write"),
    ]


def test_the_tickets_own_fields_come_from_its_first_event(load, desk, folder):
    mapping = MAPPING.replace(
        "[states]",
        'channel = "via"\npriority = "urgency"\nlanguage = "lang"\nseller = "seller"\nbuyer = "who"\norder = "order"\n'
        'product = "sku"\nresource = "agent"\ncategory = "topic"\n[values.channel]\nWeb = "chat_web"\n'
        '[values.category]\n"Доставка" = "delivery"\n[states]',
    )
    text = (
        "case,activity,time,via,urgency,lang,seller,who,order,sku,agent,topic\n"
        "1,Write,2024-01-01T10:00:00Z,Web,high,ru,S1,Anna,O-1,P-1,Olga,Доставка\n"
        "1,Answer,2024-01-02T10:00:00Z,,low,en,S2,,O-2,P-2,Ivan,\n"
        "2,Write,2024-01-03T10:00:00Z,,,,,Anna,,,,\n"
    )
    load(folder.csv(text), mapping)
    assert desk.database.read(
        "select category, channel, priority, language, seller_id, order_id, product_id from tickets order by number"
    ) == [
        ("shop/delivery", "chat_web", "high", "ru", "S1", "O-1", "P-1"),
        ("shop", "import", "normal", "en", "", "", ""),
    ]
    assert desk.database.read(
        "select count(distinct buyer_key), any_value(marketplace_user_id) from tickets "
        "inner join buyer_persons using (buyer_key)"
    ) == [(1, "Anna")]
    assert not desk.database.read("select 1 from events where contains(payload::varchar, 'Anna')")
    assert [row[9] for row in history(desk.database)] == ["Olga", "Ivan", ""]
    assert check(desk.database) == []


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"case,activity,time\n", "has no event"),
        (b"case,activity\n1,Write\n", 'there is no column "time" or "time:timestamp"'),
        # Without the time of its making, which would give the test another name in each process.
        (gzip.compress(CSV.encode(), mtime=0)[:-9], "the gzip file is broken"),
        (b"PK\x03\x04" + b"x" * 50, "ZIP or Excel"),
        (CSV.replace("Write", "Жду").encode("cp1251"), "line 2 is not utf-8 text"),
        (CSV.encode("utf-16-le"), "zero bytes"),
        (CSV.replace("T10", "T99").replace("T12", "T99").encode(), "do not fit any usual format"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(load, desk, folder, content, part):
    with pytest.raises(FileRefusedError, match=part) as caught:
        load(folder.csv(content))
    assert "\n" not in str(caught.value)
    assert counts(desk.database) == (0, 0)


def test_a_file_in_utf_8_is_not_taken_for_another_encoding(load, folder):
    with pytest.raises(FileRefusedError, match="its text is UTF-8, but the mapping says cp1251"):
        load(folder.csv(CSV.replace("Write", "Жду")), MAPPING + '[csv]\nencoding = "cp1251"\n')


def test_a_missing_file_is_refused(load, tmp_path):
    with pytest.raises(FileRefusedError, match="cannot be read"):
        load(tmp_path / "nowhere.csv")


FAULTY = (
    "case,activity,time\n"
    '1,"two\nlines",2024-01-01T10:00:00Z\n'  # lines 2 and 3
    ",Write,2024-01-01T10:00:00Z\n"
    "\n"
    "2,,\n"
    "3,Write,soon\n"
    "4,Write\n"
    "5,Write,2030-01-01T10:00:00Z\n"
    '6,"Wri"te,2024-01-01T10:00:00Z\n'
    "7,Write,2024-01-01T10:00:00Z,more\n"
    "8,Write,2024-01-02T10:00:00Z\n"
)
REJECTS = [
    ["4", "case", "the case is missing"],
    ["6", "activity", "the case has no event here"],
    ["6", "time", "the time is missing"],
    ["7", "time", '"soon" is no time in the format iso8601'],
    ["8", "", "2 columns instead of 3"],
    [
        "9",
        "time",
        '"2030-01-01T10:00:00Z" (2030-01-01 10:00:00 UTC) lies in the future: now is 2026-01-01 00:00:00 UTC',
    ],
    ["10", "", "the quotes do not match (',' expected after '\"')"],
    ["11", "", "4 columns instead of 3"],
]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_one_bad_row_refuses_the_whole_file_and_every_reject_is_listed(load, desk, folder, tmp_path, end):
    with pytest.raises(RowsRejectedError) as caught:
        load(folder.csv(FAULTY.replace("\n", end)))
    assert rejects_in(tmp_path / "rejects.csv") == REJECTS
    assert (caught.value.reject_count, caught.value.row_count) == (7, 9)
    assert counts(desk.database) == (0, 0)
    assert desk.database.read("select count(*) from imports") == [(0,)]


def test_the_rest_is_loaded_when_asked(load, desk, folder):
    report = load(folder.csv(FAULTY), skip_rejects=True)
    assert (report.reject_count, report.added_count) == (7, 2)
    assert [row[:2] for row in history(desk.database)] == [("1", "two\nlines"), ("8", "Write")]
    assert desk.database.read("select count(*), min(line) from import_rejects") == [(8, 4)]
    assert desk.database.read("select row_count, added_count, reject_count from imports") == [(9, 2, 7)]


def test_a_good_file_read_row_by_row_gives_the_same_rows(load, desk, folder):
    load(folder.csv(CSV.replace("case,", '"ca\nse",').replace("\n", "\n")), MAPPING.replace('"case"', '"ca\\nse"'))
    assert load(folder.csv(CSV), MAPPING).known_count == 4


def test_a_value_that_the_desk_has_no_word_for_is_rejected(load, folder, tmp_path):
    mapping = MAPPING.replace("[states]", 'channel = "via"\n[states]')
    with pytest.raises(RowsRejectedError):
        load(folder.csv("case,activity,time,via\n1,Write,2024-01-01T10:00:00Z,Fax\n"), mapping)
    assert rejects_in(tmp_path / "rejects.csv") == [
        [
            "2",
            "channel",
            f'"Fax" is no channel; translate it under [values.channel] into one of {", ".join(Channel)}',
        ]
    ]


def test_a_dry_run_reports_and_writes_nothing(load, desk, folder):
    report = load(folder.csv(), is_dry_run=True)
    assert (report.added_count, report.new_ticket_count, report.is_dry_run) == (4, 2, True)
    assert counts(desk.database) == (0, 0)
    assert desk.database.read("select count(*) from imports") == [(0,)]
    assert not desk.database.read("select 1 from lifecycles where is_observed")


def test_progress_is_told(load, folder):
    told = []
    load(folder.csv(), progress=lambda stage, fraction: told.append((stage, fraction)))
    assert told[0] == ("Looking at the file", 1.0)
    assert told[-1] == ("Writing", 1.0)
