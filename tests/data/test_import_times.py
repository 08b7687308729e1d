"""Times: one format for a whole file, zones, clock changes, and digits beyond the microsecond."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.importing import FileRefusedError, MappingRefusedError, RowsRejectedError, run_import
from tests.data.importing_builders import MAPPING, NOW, Folder, csv_text, rejects_in
from tests.new_desks import new_desk

ONE_ZONE = "Europe/Amsterdam"


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.fixture
def read_times(folder, tmp_path, tmp_path_factory):
    """The instants of a file of these times by the mapping's format and zone, and the report."""

    def read_times(texts, time="", **options):
        rows = [("case", "activity", "time"), *((f"{number:04}", "Write", text) for number, text in enumerate(texts))]
        mapping = folder.mapping(f"{MAPPING}\n[time]\n{time}")
        with new_desk(tmp_path_factory.mktemp("times") / "desk.duckdb") as desk:
            file = folder.csv(csv_text(rows))
            report = run_import(desk.database, file, mapping, now=NOW, rejects_file=tmp_path / "rejects.csv", **options)
            found = desk.database.read(
                "select events.occurred_at from events inner join tickets on ticket_id = id order by external_ref"
            )
        return [moment for (moment,) in found], report

    return read_times


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-31T10:20:30Z", datetime(2024, 1, 31, 10, 20, 30)),
        ("2024-01-31T10:20:30.5+03:00", datetime(2024, 1, 31, 7, 20, 30, 500000)),
        ("2024-01-31 10:20:30+0300", datetime(2024, 1, 31, 7, 20, 30)),
        ("2024-01-31 10:20:30-05", datetime(2024, 1, 31, 15, 20, 30)),
        ("2024-01-31 10:20:30 Europe/Moscow", datetime(2024, 1, 31, 7, 20, 30)),
        ("2024-01-31T10:20", datetime(2024, 1, 31, 10, 20)),
        ("2024-01-31", datetime(2024, 1, 31)),
        ("2024-01-31T10:20:30,25", datetime(2024, 1, 31, 10, 20, 30, 250000)),
        ("2024-01-31T10:20:30.123456789Z", datetime(2024, 1, 31, 10, 20, 30, 123456)),
        ("2024/01/31 10:20:30.123", datetime(2024, 1, 31, 10, 20, 30, 123000)),
        ("31.01.2024 10:20:30", datetime(2024, 1, 31, 10, 20, 30)),
        ("31.01.2024 10:20", datetime(2024, 1, 31, 10, 20)),
        ("31/01/2024 10:20", datetime(2024, 1, 31, 10, 20)),
        ("01/31/2024 10:20:30 PM", datetime(2024, 1, 31, 22, 20, 30)),
        ("31-Jan-2024 10:20:30", datetime(2024, 1, 31, 10, 20, 30)),
        ("1706696430", datetime(2024, 1, 31, 10, 20, 30)),
        ("1706696430.123456789", datetime(2024, 1, 31, 10, 20, 30, 123456)),
        ("1706696430123", datetime(2024, 1, 31, 10, 20, 30, 123000)),
        ("1706696430123456789", datetime(2024, 1, 31, 10, 20, 30, 123456)),
    ],
)
def test_usual_formats_are_known(read_times, text, expected):
    assert read_times([text])[0] == [expected]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("%d/%m/%Y %H:%M", "01/02/2024 10:20", datetime(2024, 2, 1, 10, 20)),
        ("%m/%d/%Y %H:%M", "01/02/2024 10:20", datetime(2024, 1, 2, 10, 20)),
        ("%Y%m%d%H%M%S", "20240131102030", datetime(2024, 1, 31, 10, 20, 30)),
        ("%d.%m.%Y %H:%M:%S %z", "31.01.2024 10:20:30 +0300", datetime(2024, 1, 31, 7, 20, 30)),
        ("%d.%m.%Y %H:%M:%S%z", "31.01.2024 10:20:30Z", datetime(2024, 1, 31, 10, 20, 30)),
        ("%d.%m.%Y %H:%M:%S %Z", "31.01.2024 10:20:30 Europe/Moscow", datetime(2024, 1, 31, 7, 20, 30)),
        ("%Y-%m-%d %H:%M:%S.%f", "2024-01-31 10:20:30.1234569", datetime(2024, 1, 31, 10, 20, 30, 123456)),
        ("epoch_seconds", "86400", datetime(1970, 1, 2)),
        ("epoch_milliseconds", "-1", datetime(1969, 12, 31, 23, 59, 59, 999000)),
    ],
)
def test_a_named_format_decides(read_times, form, text, expected):
    assert read_times([text], f'format = "{form}"')[0] == [expected]


def test_a_file_that_fits_two_formats_is_refused_with_the_question(read_times):
    with pytest.raises(FileRefusedError) as caught:
        read_times(["01/02/2024 10:20", "03/04/2024 11:00"])
    question = (
        'such as "01/02/2024 10:20", can be read as "%d/%m/%Y %H:%M" or "%m/%d/%Y %H:%M". Which is meant? '
        "Set time.format in mapping.toml."
    )
    assert str(caught.value).endswith(question)


def test_one_row_that_fits_only_one_format_decides_for_the_file(read_times):
    assert read_times(["01/02/2024 10:20", "31/01/2024 11:00"])[0] == [
        datetime(2024, 2, 1, 10, 20),
        datetime(2024, 1, 31, 11),
    ]


def test_two_formats_that_mean_the_same_are_no_question(read_times):
    assert read_times(["03/03/2024 10:20", "04/04/2024 11:00"])[0] == [
        datetime(2024, 3, 3, 10, 20),
        datetime(2024, 4, 4, 11),
    ]


def test_a_format_is_never_guessed_row_by_row(read_times, tmp_path):
    with pytest.raises(RowsRejectedError):
        read_times(["31.01.2024 10:00", "31.01.2024 11:00", "2024-01-31 12:00"])
    assert rejects_in(tmp_path / "rejects.csv") == [
        ["4", "time", '"2024-01-31 12:00" is no time in the format %d.%m.%Y %H:%M']
    ]


def test_a_format_or_zone_that_is_none_is_named(read_times):
    with pytest.raises(MappingRefusedError, match=r'time.format: "yyyy-MM-dd" is no format'):
        read_times(["2024-01-31"], 'format = "yyyy-MM-dd"')
    with pytest.raises(
        MappingRefusedError, match=r'time.zone: "europe/moscow" is no known zone: do you mean "Europe/Mo'
    ):
        read_times(["2024-01-31"], 'zone = "europe/moscow"')


def test_a_local_time_that_a_clock_change_skipped_moves_on_and_is_counted(read_times):
    moments, report = read_times(["2024-03-31 02:30:00", "2024-03-31 03:30:00"], f'zone = "{ONE_ZONE}"')
    assert moments == [datetime(2024, 3, 31, 1, 30), datetime(2024, 3, 31, 1, 30)]
    assert (report.times.skipped_count, report.times.repeated_count) == (1, 0)
    assert any("1 local time does not exist" in line for line in report.lines())


def test_a_local_time_that_came_twice_is_the_first_and_is_counted(read_times):
    moments, report = read_times(["2024-10-27 02:30:00", "2024-10-27 03:00:00"], f'zone = "{ONE_ZONE}"')
    assert moments == [datetime(2024, 10, 27, 0, 30), datetime(2024, 10, 27, 2)]
    assert (report.times.skipped_count, report.times.repeated_count) == (0, 1)


def test_an_offset_goes_before_the_mappings_zone(read_times):
    moments, _ = read_times(["2024-07-01 10:00:00", "2024-07-01 10:00:00+00:00"], f'zone = "{ONE_ZONE}"')
    assert moments == [datetime(2024, 7, 1, 8), datetime(2024, 7, 1, 10)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    zone=st.sampled_from([ONE_ZONE, "Europe/Moscow", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
    moments=st.lists(st.datetimes(datetime(1975, 1, 1), datetime(2025, 12, 30)), min_size=1, max_size=30),
)
def test_local_times_mean_what_python_says(tmp_path_factory, zone, moments):
    folder = Folder(tmp_path_factory.mktemp("zone"))
    rows = [("case", "activity", "time"), *((f"{n:03}", "Write", str(at)) for n, at in enumerate(moments))]
    mapping = folder.mapping(f'{MAPPING}\n[time]\nzone = "{zone}"')
    with new_desk(folder.root / "desk.duckdb") as desk:
        run_import(desk.database, folder.csv(csv_text(rows)), mapping, now=NOW + timedelta(days=2))
        found = desk.database.read(
            "select occurred_at from events inner join tickets on id = ticket_id order by external_ref"
        )
    assert [at for (at,) in found] == [
        at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None) for at in moments
    ]
