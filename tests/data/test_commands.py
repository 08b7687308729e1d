"""`python -m data`: what each command answers, and that every refusal is one sentence and exit code 2."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from data.__main__ import COMMANDS, main
from data.commands.command import instant
from data.commands.layout import duration, share, table
from data.database import Database
from data.figures import desk_figures
from data.metrics import Metrics
from tests.data.logs import golden_week, write_logs

END = "2026-03-09T00:00Z"
MAPPING = """
name = "shop"
[columns]
case = "case"
activity = "activity"
time = "time"
[time]
format = "%Y-%m-%d %H:%M"
zone = "UTC"
[states]
"opened" = { kind = "open" }
"solved" = { kind = "done" }
"""
LOG = "case,activity,time\nA,opened,2026-03-02 08:00\nA,solved,2026-03-02 12:00\n"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A desk that holds the golden week, named by DESK_DATABASE."""
    file = tmp_path / "desk.duckdb"
    with Database.open(file) as database:
        write_logs(database, golden_week())
    monkeypatch.setenv("DESK_DATABASE", str(file))
    monkeypatch.chdir(tmp_path)
    return file


@pytest.fixture
def no_desk(tmp_path, monkeypatch):
    file = tmp_path / "none" / "desk.duckdb"
    monkeypatch.setenv("DESK_DATABASE", str(file))
    monkeypatch.chdir(tmp_path)
    return file


@pytest.fixture
def log(tmp_path):
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    (tmp_path / "shop.toml").write_text(MAPPING, encoding="utf-8")
    return ["import", str(tmp_path / "log.csv"), "--mapping", str(tmp_path / "shop.toml")]


def refusal(capsys, *words):
    """The sentence of a command that is refused, and nothing else."""
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.endswith(".\n")
    return err


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_help_of_every_command_shows_examples(capsys, command):
    with pytest.raises(SystemExit) as stop:
        main([command.name, "--help"])
    assert stop.value.code == 0
    out = capsys.readouterr().out
    for example in command.examples:
        assert f"  {example}" in out
        assert example.split("python -m data ")[1].split()[0] == command.name


def test_the_help_lists_every_command(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    assert {"import", "demo", "metrics", "report", "check", "rebuild", "tick", "ratings", "export", "info"} == {
        command.name for command in COMMANDS
    }
    assert all(command.summary[:30] in out for command in COMMANDS)


def test_metrics_as_json_is_the_document_at_full_precision(capsys, desk):
    assert main(["metrics", "--json", "--as-of", END]) == 0
    printed = json.loads(capsys.readouterr().out)
    end = datetime(2026, 3, 9)
    with Database.open(desk) as database:
        assert printed == desk_figures(Metrics(database), now=end, as_of=end)
    assert printed["as_of"] == "2026-03-09T00:00:00Z"


def test_without_as_of_the_horizon_is_now(capsys, desk):
    assert main(["metrics", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["as_of"] is None
    assert printed["horizon_at"] > "2026-03-09"
    assert printed["desk"]["tickets_count"] == 13


def test_metrics_as_text_give_durations_with_their_exact_seconds(capsys, desk):
    assert main(["metrics", "--as-of", END]) == 0
    out = capsys.readouterr().out
    assert "Tickets   12 with 33 events in 11 variants" in out
    assert "Open      16.7 % (2 of 12)" in out
    assert "13 h 48 min (49,680 s)" in out
    assert "not reached" in out


def test_metrics_of_an_empty_desk(capsys, desk):
    assert main(["metrics", "--as-of", "2020-01-01"]) == 0
    assert "No tickets." in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [["metrics"], ["check"], ["rebuild"], ["info"], ["export", "--out", "exports"], ["tick"], ["ratings", "x.csv"]],
)
def test_a_command_that_only_reads_makes_no_desk(capsys, no_desk, words):
    assert refusal(capsys, *words).startswith(f"There is no desk at {no_desk}")
    assert not no_desk.parent.exists()


def test_a_desk_can_be_named_before_and_after_the_command(capsys, desk, monkeypatch):
    monkeypatch.delenv("DESK_DATABASE")
    for words in (["--database", str(desk), "info"], ["info", "--database", str(desk)]):
        assert main(words) == 0
        assert str(desk) in capsys.readouterr().out


@pytest.mark.parametrize("text", ["yesterday", "2012-13-01", "2012-07-01T25:00", "", "0001-01-01T00:00+12:00"])
def test_what_is_no_time_is_refused_with_an_example(capsys, desk, text):
    assert "is not a time: write it like 2012-07-01" in refusal(capsys, "metrics", "--as-of", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2012-07-01", datetime(2012, 7, 1)),
        ("2012-07-01T09:30Z", datetime(2012, 7, 1, 9, 30)),
        ("2012-07-01T12:30+03:00", datetime(2012, 7, 1, 9, 30)),
        ("2012-07-01 09:30:15.25", datetime(2012, 7, 1, 9, 30, 15, 250_000)),
    ],
)
def test_times_are_utc_unless_they_say_otherwise(text, expected):
    assert instant(text) == expected


def test_a_file_that_another_process_holds_is_named_in_one_sentence(capsys, desk):
    code = "import sys, duckdb; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(desk)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        sentence = refusal(capsys, "metrics")
        holder.stdin.close()
    assert f"process {holder.pid}" in sentence


def test_a_file_that_is_no_desk_is_refused_and_left_alone(capsys, desk):
    desk.write_text("a letter", encoding="utf-8")
    assert "desk.duckdb is not a desk's file" in refusal(capsys, "info")
    assert desk.read_text(encoding="utf-8") == "a letter"


def test_an_unknown_command_is_explained(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["fly"])
    assert stop.value.code == 2
    assert "invalid choice: 'fly'" in capsys.readouterr().err


def test_an_import_reports_and_a_second_one_adds_nothing(capsys, no_desk, log):
    assert main(log) == 0
    assert "Added 2 events, 1 new ticket (" in capsys.readouterr().out
    assert main(log) == 0
    assert "Added 0 events, 0 new tickets" in capsys.readouterr().out
    assert main(["check"]) == 0
    assert capsys.readouterr().out.startswith("All is well")


def test_a_dry_run_makes_no_desk(capsys, no_desk, log):
    assert main([*log, "--dry-run"]) == 0
    assert "Would add 2 events" in capsys.readouterr().out
    assert not no_desk.exists()


def test_a_log_with_a_bad_row_is_refused_whole_and_every_reject_is_listed(capsys, no_desk, log, tmp_path):
    (tmp_path / "log.csv").write_text(f"{LOG}B,opened,2026-99-99 08:00\n", encoding="utf-8")
    sentence = refusal(capsys, *log, "--rejects", str(tmp_path / "left_out.csv"))
    assert not no_desk.exists()
    assert "left_out.csv" in sentence
    assert len((tmp_path / "left_out.csv").read_text(encoding="utf-8").splitlines()) == 2
    assert main([*log, "--skip-rejects"]) == 0
    assert "Added 2 events" in capsys.readouterr().out


def test_a_log_that_is_not_there_is_refused(capsys, no_desk, log):
    Path(log[1]).unlink()
    assert "log.csv" in refusal(capsys, *log)


def test_the_demo_fills_only_an_empty_desk(capsys, desk):
    assert "fills only an empty one" in refusal(capsys, "demo")


def test_what_is_kept_is_made_anew_where_it_was_spoilt(capsys, desk):
    assert main(["rebuild"]) == 0
    with Database.open(desk) as database, database.writing() as cursor:
        cursor.execute("update kept_tickets set replies_count = replies_count + 1 where number = 3")
    main(["check"])
    assert "kept_tickets" in capsys.readouterr().out
    assert main(["rebuild"]) == 0
    assert capsys.readouterr().out == "The figures and service levels kept of 13 tickets were made anew from the log.\n"
    main(["check"])
    assert "kept_tickets" not in capsys.readouterr().out


def test_a_tick_says_what_it_fired(capsys, desk):
    assert main(["tick", "--now", END]) == 0
    assert capsys.readouterr().out == "0 timers of 0 tickets were due at 2026-03-09T00:00:00Z.\n"


def test_check_names_every_difference_and_ends_with_1(capsys, no_desk, log):
    assert main(log) == 0
    with Database.open(no_desk) as database, database.writing() as cursor:
        cursor.execute("update tickets set state = 'opened'")
    capsys.readouterr()
    assert main(["check"]) == 1
    out = capsys.readouterr().out
    assert "Ticket 1: tickets.state is opened, expected solved." in out


def test_info_says_what_the_desk_holds(capsys, no_desk, log):
    assert main(log) == 0
    capsys.readouterr()
    assert main(["info"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "Tickets 1 with 2 events" in lines
    assert "shop 1 observed 1 0" in lines
    assert any(line.startswith("shop log.csv") and line.endswith("2 0 0 0") for line in lines)


def test_the_command_line_runs_as_a_program_of_its_own(desk, root):
    done = subprocess.run(
        [sys.executable, "-m", "data", "metrics", "--as-of", "soon"],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("'soon' is not a time")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, "-"),
        (0.0, "0 s"),
        (59.5, "59.5 s"),
        (90, "1 min 30 s (90 s)"),
        (3600.0, "1 h (3,600 s)"),
        (518_246.0, "5 d 23 h (518,246 s)"),
        (86_400 + 59, "1 d (86,459 s)"),
    ],
)
def test_durations_in_human_units(seconds, text):
    assert duration(seconds) == text


def test_part_and_whole_are_shown_together():
    assert (share(231, 250), share(0, 0)) == ("92.4 % (231 of 250)", "-")


def test_a_table_is_as_wide_as_its_cells():
    assert table(("a", "long"), [("bcd", "e")]) == "a    long\nbcd  e"


@pytest.mark.parametrize(("report_format", "begin"), [("html", b"<!doctype html>"), ("pdf", b"%PDF-"), ("xlsx", b"PK")])
def test_a_report_is_written_as_it_is_asked_for(desk, capsys, tmp_path, report_format, begin):
    file = tmp_path / f"week.{report_format}"
    assert main(["report", "--week", "2026-W10", "--format", report_format, "--output", str(file)]) == 0
    assert capsys.readouterr().out == f"The report of week 2026-W10 is in {file}.\n"
    assert file.read_bytes().startswith(begin)
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".part")] == []


def test_a_report_that_cannot_be_made_is_refused_in_one_sentence(desk, capsys, tmp_path):
    file = tmp_path / "week.html"
    assert "write it like 2026-W47" in refusal(capsys, "report", "--week", "2026-10", "--output", str(file))
    assert "still to come" in refusal(capsys, "report", "--week", "9000-W01", "--output", str(file))
    for nowhere in (tmp_path / "none" / "week.html", tmp_path, tmp_path / "desk.duckdb" / "week.html", Path("/")):
        sentence = refusal(capsys, "report", "--week", "2026-W10", "--output", str(nowhere))
        assert sentence.startswith(f"The report was not written to {nowhere}: ")
    assert not file.exists()


def test_a_report_of_no_desk_makes_none(no_desk, capsys, tmp_path):
    assert "There is no desk at" in refusal(
        capsys, "report", "--week", "2026-W10", "--output", str(tmp_path / "a.html")
    )
    assert not no_desk.exists()


def test_a_command_begins_without_what_only_drawings_and_calendar_files_need(root):
    loaded = (
        "import sys, data.__main__; from workflow.linter import patterns;"
        "print(sorted({'matplotlib', 'icalendar'} & sys.modules.keys()), '_compiled' in vars(patterns.EMAIL))"
    )
    said = subprocess.run([sys.executable, "-c", loaded], cwd=root, capture_output=True, text=True, check=True)
    assert said.stdout == "[] False\n"
