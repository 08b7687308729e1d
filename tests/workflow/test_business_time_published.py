"""Nine published working-time cases (the biz library's); skipped where they are not beside the project."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from workflow.business_time import BusinessTime
from workflow.calendars import Break, Calendar, Holiday, Window, week

VECTORS = Path(__file__).resolve().parents[2] / ".." / "shared" / "samples" / "biz_vectors.json"
pytestmark = pytest.mark.skipif(not VECTORS.exists(), reason="The published cases are not beside the project.")


def published() -> dict:
    return json.loads(VECTORS.read_text(encoding="utf-8"))


def read_calendar(name: str) -> Calendar:
    given = published()["calendars"][name]
    return Calendar(
        id=name,
        name=name,
        time_zone=given["tz"],
        weekly=week(**given["hours"]),
        holidays=tuple(Holiday(on=date.fromisoformat(day)) for day in given["holidays"]),
        breaks=tuple(
            Break(on=date.fromisoformat(day), window=Window.between(*texts))
            for day, windows in given.get("breaks", {}).items()
            for texts in windows
        ),
    )


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text.removesuffix("Z"))


def answer(case: dict) -> timedelta | datetime:
    time = BusinessTime.of(read_calendar(case["calendar"]))
    pauses = [(instant(begins), instant(ends)) for begins, ends in case["paused"]]
    if case["kind"] == "elapsed":
        return time.elapsed(instant(case["start"]), instant(case["end"]), pauses)
    return time.deadline(instant(case["start"]), timedelta(minutes=case["minutes"]), pauses)


def test_the_nine_published_cases_are_exact():
    cases = published()["vectors"]
    assert len(cases) == 9
    assert {case["id"]: answer(case) for case in cases} == {
        case["id"]: timedelta(minutes=case["expected_minutes"])
        if case["kind"] == "elapsed"
        else instant(case["expected"])
        for case in cases
    }
