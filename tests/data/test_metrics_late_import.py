"""A longer export that brings earlier rows gives the same figures as importing it at once."""

from datetime import datetime

import pytest

from data.figures import desk_figures
from data.importing import run_import
from data.metrics import Metrics
from tests.new_desks import new_desk

NOW = datetime(2026, 3, 9)
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
"answered" = { kind = "waiting" }
"solved" = { kind = "done" }
"archived" = { kind = "final" }
[activities]
"answered" = { is_public_reply = true }
"""
LONG = """case,activity,time
A,opened,2026-03-02 08:00
A,answered,2026-03-02 09:00
A,solved,2026-03-02 12:00
A,archived,2026-03-03 12:00
B,opened,2026-03-02 10:00
B,opened,2026-03-02 11:00
B,solved,2026-03-02 15:00
C,opened,2026-03-04 10:00
C,solved,2026-03-04 10:00
C,opened,2026-03-05 10:00
"""
# What an earlier export might have missed: the first, a middle, the last rows of a case, a whole case.
MISSING = [(1,), (2,), (3,), (5, 6), (2, 3, 9), (8, 9, 10), (1, 4, 7, 10)]


@pytest.fixture(scope="module")
def mapping(tmp_path_factory):
    file = tmp_path_factory.mktemp("mapping") / "shop.toml"
    file.write_text(MAPPING, encoding="utf-8")
    return file


def figures(folder, mapping, texts):
    with new_desk(folder / "desk.duckdb") as desk:
        for place, text in enumerate(texts):
            file = folder / f"log{place}.csv"
            file.write_text(text, encoding="utf-8")
            run_import(desk.database, file, mapping, now=NOW)
        document = desk_figures(Metrics(desk.database), now=NOW)
        woven = desk.database.read("select count(*) from stg_rewoven_tickets")[0][0]
    return document, woven


@pytest.mark.parametrize("missing", MISSING)
def test_rows_that_arrive_late_are_read_where_they_belong(tmp_path_factory, mapping, missing):
    lines = LONG.splitlines(keepends=True)
    short = "".join(line for number, line in enumerate(lines) if number not in missing)
    at_once, woven_at_once = figures(tmp_path_factory.mktemp("once"), mapping, [LONG])
    in_two, _ = figures(tmp_path_factory.mktemp("two"), mapping, [short, LONG])
    assert woven_at_once == 0
    assert in_two == at_once
