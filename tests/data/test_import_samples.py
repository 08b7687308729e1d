"""The published logs beside the project, from both of their formats; skipped where they are not there."""

from datetime import datetime
from pathlib import Path

import pytest

from data.check import check
from data.clock import now
from data.figures import desk_figures
from data.importing import run_import
from data.metrics import Metrics
from tests.data.importing_builders import history
from tests.new_desks import new_desk

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / ".." / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.exists(), reason="The sample logs are not beside the project.")
HELPDESK = ("helpdesk/helpdesk.csv.gz", "helpdesk/helpdesk.xes.gz")
RUNNING = ("running_example/running-example.csv", "running_example/running-example.xes")
EARLIER = datetime(2012, 7, 1)
EDGES = [
    ("Resolve ticket", "Closed", 4558, "2538109.3", 2592116.0),
    ("Assign seriousness", "Take in charge ticket", 4160, "323078.5", 21926.5),
    ("Take in charge ticket", "Resolve ticket", 3563, "295563.9", 9758.0),
    ("Take in charge ticket", "Wait", 1265, "289725.4", 74555.0),
    ("Wait", "Resolve ticket", 773, "997295.2", 780301.0),
    ("Wait", "Take in charge ticket", 558, "708641.9", 429556.0),
    ("Assign seriousness", "Assign seriousness", 439, "281242.6", 3925.0),
    ("Assign seriousness", "Resolve ticket", 258, "316086.4", 6235.0),
    ("Resolve ticket", "Resolve ticket", 254, "25189.1", 1.0),
    ("Resolve ticket", "Take in charge ticket", 154, "381382.1", 108838.5),
]


@pytest.fixture(scope="module", params=HELPDESK)
def helpdesk(request, tmp_path_factory):
    """The desk with the help-desk log, and the report of its import."""
    with new_desk(tmp_path_factory.mktemp("helpdesk") / "desk.duckdb") as desk:
        yield desk, run_import(desk.database, SAMPLES / request.param, ROOT / "examples" / "helpdesk.toml", now=now())


def test_the_help_desk_log_is_whole(helpdesk):
    desk, report = helpdesk
    assert (report.row_count, report.added_count, report.new_ticket_count) == (21348, 21348, 4580)
    assert (report.repeat_count, report.reject_count) == (127, 0)
    assert desk.database.read(
        "select count(distinct name), count(distinct actor_id), count(*) filter (where is_visit) from events"
    ) == [(14, 22, 21348)]
    assert check(desk.database) == []


def test_the_help_desk_log_gives_the_published_figures(helpdesk):
    desk, _ = helpdesk
    figures = desk_figures(Metrics(desk.database), now=now())["desk"]
    assert (figures["tickets_count"], figures["events_count"], figures["variants_count"]) == (4580, 21348, 226)
    assert figures["case_duration"]["median_seconds"] == 3443836.5
    reply, resolution = figures["first_reply"], figures["first_resolution"]
    assert (reply["reached_count"], reply["median_seconds"], reply["p90_seconds"]) == (4285, 59003.0, 1266275.0)
    assert (resolution["reached_count"], resolution["median_seconds"]) == (4569, 516936.0)
    assert resolution["kaplan_meier_median_seconds"] == 518246.0
    assert figures["reopened_tickets_count"] == 154
    assert [
        (
            edge["from_state"],
            edge["to_state"],
            edge["steps_count"],
            f"{edge['mean_seconds']:.1f}",
            edge["median_seconds"],
        )
        for edge in figures["directly_follows_edges"]
    ] == EDGES


def test_the_help_desk_as_it_was_earlier(helpdesk):
    desk, _ = helpdesk
    resolution = desk_figures(Metrics(desk.database), now=EARLIER)["desk"]["first_resolution"]
    assert (resolution["tickets_count"], resolution["censored_count"]) == (3475, 37)
    assert resolution["kaplan_meier_median_seconds"] == 284791.0


def test_repeats_of_the_help_desk_log_can_be_dropped(tmp_path):
    with new_desk(tmp_path / "desk.duckdb") as desk:
        mapping = ROOT / "examples" / "helpdesk.toml"
        report = run_import(desk.database, SAMPLES / HELPDESK[0], mapping, now=now(), drop_repeats=True)
    assert (report.added_count, report.dropped_repeat_count) == (21221, 127)


def test_both_formats_of_the_running_example_are_one_history(tmp_path):
    histories = []
    for number, name in enumerate(RUNNING):
        with new_desk(tmp_path / f"{number}.duckdb") as desk:
            mapping = ROOT / "examples" / "running_example.toml"
            report = run_import(desk.database, SAMPLES / name, mapping, now=now())
            assert (report.new_ticket_count, report.added_count, report.undescribed_states) == (6, 42, ())
            assert desk_figures(Metrics(desk.database), now=now())["desk"]["variants_count"] == 6
            histories.append(history(desk.database))
    assert histories[0] == histories[1]
    assert len(histories[0]) == 42
