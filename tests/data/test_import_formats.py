"""One log written as CSV, Parquet and XES is one history; every event of it is there, in its order."""

from datetime import UTC, datetime, timedelta
from itertools import groupby

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.check import check
from data.importing import FileRefusedError, run_import
from tests.data.importing_builders import MAPPING, NOW, Folder, csv_text, history, parquet_bytes, xes_text
from tests.new_desks import new_desk

_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), include_characters="\n\t\"',;")
_NAMES = st.text(_LETTERS, min_size=1, max_size=12).filter(lambda text: text.strip(" ") == text and text.strip())
_MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2025, 12, 31))
_EVENTS = st.tuples(st.integers(1, 4).map(str), _NAMES, _MOMENTS, st.one_of(st.just(""), _NAMES))
WITH_AGENT = MAPPING.replace("[states]", 'resource = ["agent", "org:resource"]\n[states]')


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(_EVENTS, min_size=1, max_size=25))
def test_the_three_formats_give_the_same_history(tmp_path_factory, events):
    folder = Folder(tmp_path_factory.mktemp("formats"))
    events = sorted(events, key=lambda event: event[0])  # an XES log holds its cases one after the other
    header = ("case", "activity", "time", "agent")
    rows = [(case, activity, f"{at.isoformat()}Z", agent) for case, activity, at, agent in events]
    columns = dict(zip(header, map(list, zip(*events, strict=True)), strict=True))
    columns["time"] = pa.array([at.replace(tzinfo=UTC) for *_, at, _ in events], pa.timestamp("us", "UTC"))
    traces = [
        (case, [{"concept:name": row[1], "time:timestamp": row[2], "org:resource": row[3]} for row in group])
        for case, group in groupby(rows, key=lambda row: row[0])
    ]
    files = {"a.csv": csv_text([header, *rows]), "b.parquet": parquet_bytes(columns), "c.xes": xes_text(traces)}
    histories = []
    with new_desk(folder.root / "desk.duckdb") as desk:
        for name, content in files.items():
            mapping = folder.mapping(WITH_AGENT.replace('"shop"', f'"{name}"'))
            run_import(desk.database, folder.file(name, content), mapping, now=NOW)
            histories.append(history_of(desk.database, name))
        assert check(desk.database) == []
    expected = sorted(
        ((case, activity, at, agent) for case, activity, at, agent in events), key=lambda event: (event[0], event[2])
    )
    for found in histories:
        assert [(row[0], row[1], row[6], row[9]) for row in found] == expected
        assert found == histories[0]


def history_of(database, source):
    """The history of one source, told apart by its cases' source."""
    return [row[:-1] for row in _histories(database) if row[-1] == source]


def _histories(database):
    rows = history(database)
    sources = database.read(
        "select tickets.source from events inner join tickets on events.ticket_id = tickets.id "
        "order by tickets.external_ref, events.occurred_at, tickets.source, events.seq"
    )
    ordered = database.read(
        "select tickets.external_ref, events.name, events.from_state, events.to_state, events.to_kind, events.to_ball, "
        "events.occurred_at, events.state_seconds, events.actor_role, events.actor_id, events.is_public_reply, "
        "events.is_visit, events.is_conforming from events inner join tickets on events.ticket_id = tickets.id "
        "order by tickets.external_ref, events.occurred_at, tickets.source, events.seq"
    )
    assert len(rows) == len(ordered)
    return [(*row, source) for row, (source,) in zip(ordered, sources, strict=True)]


@pytest.mark.parametrize(
    "times",
    [
        pa.array([datetime(2024, 1, 1, 10), None], pa.timestamp("us")),
        pa.array([1_704_103_200_123_456_789, None], pa.timestamp("ns")),
        pa.array([datetime(2024, 1, 1, 10), None], pa.timestamp("ms", "Europe/Moscow")),
        pa.array(["2024-01-01 10:00", None]),
        pa.array([1_704_103_200, None], pa.int64()),
        pa.array([1_704_103_200.5, None], pa.float64()),
    ],
    ids=["us", "ns", "zoned", "text", "integer", "float"],
)
def test_every_type_of_time_in_a_parquet_file_is_read(tmp_path, times):
    folder = Folder(tmp_path)
    content = parquet_bytes({"case": [1, 2], "activity": ["Write", "Write"], "time": times, "tags": [["a"], None]})
    with new_desk(tmp_path / "desk.duckdb") as desk:
        report = run_import(
            desk.database,
            folder.file("log.parquet", content),
            folder.mapping(),
            now=NOW,
            skip_rejects=True,
            rejects_file=tmp_path / "rejects.csv",
        )
        found = desk.database.read("select external_ref, occurred_at from events inner join tickets on id = ticket_id")
    assert report.reject_count == 1
    assert [case for case, _ in found] == ["1"]
    assert abs(found[0][1] - datetime(2024, 1, 1, 10)) < timedelta(seconds=1)
    assert (tmp_path / "rejects.csv").read_text().splitlines()[1] == "2,time,the time is missing"


def test_a_parquet_file_that_is_none_is_refused(tmp_path):
    folder = Folder(tmp_path)
    with new_desk(tmp_path / "desk.duckdb") as desk:
        for content, part in (("case,activity", "is not a Parquet file"), (b"PAR1" + b"x" * 99, "cannot be read")):
            with pytest.raises(FileRefusedError, match=part):
                run_import(desk.database, folder.file("log.parquet", content), folder.mapping(), now=NOW)
