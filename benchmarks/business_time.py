"""How long business time takes for a million rows, beside plain subtraction and addition of the same columns.

usage: python benchmarks/business_time.py [ROWS] (default 1,000,000)

Elapsed times and deadlines of random instants of six years, on a calendar with a lunch break, a night, holidays and
daylight saving; the median of five runs. The first line is the table of openings, which is laid out once.
"""

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the desk's own folder

from data.business_time import BusinessColumns, epoch_microseconds
from workflow.business_time import CalendarVersion
from workflow.calendars import Calendar, Holiday, week

RUNS = 5
BEGINS, ENDS = datetime(2020, 1, 1), datetime(2026, 1, 1)  # noqa: DTZ001 - instants are naive UTC
SPLIT = [("09:00", "13:00"), ("14:00", "18:00")]
CALENDAR = Calendar(
    id="bench",
    name="Benchmark",
    time_zone="Europe/Berlin",
    weekly=week(mon=SPLIT, tue=SPLIT, wed=SPLIT, thu=SPLIT, fri=[*SPLIT, ("22:00", "06:00")]),
    holidays=tuple(Holiday(on=date(year, *day)) for year in range(2020, 2027) for day in ((1, 1), (12, 25))),
)
HOUR = 3_600_000_000


def seconds(work: Callable[[], object]) -> float:
    """The median of `RUNS` runs."""
    taken: list[float] = []
    for _ in range(RUNS):
        begins = perf_counter()
        work()
        taken.append(perf_counter() - begins)
    return median(taken)


def main(rows: int) -> None:
    """Measure and print."""
    random = np.random.default_rng(7)
    starts = random.integers(epoch_microseconds(BEGINS), epoch_microseconds(ENDS), rows)
    ends = starts + random.integers(0, 60 * 24 * HOUR, rows)
    budgets = random.integers(1, 80 * HOUR, rows)
    time = BusinessColumns([CalendarVersion(version=1, valid_from=BEGINS, calendar=CALENDAR)])
    begins = perf_counter()
    time.deadline(starts[:1], budgets[:1])
    time.deadline(starts, budgets)
    first = perf_counter() - begins
    print(f"{rows:,} rows; with laying out the openings, once: {first:.3f} s")
    print("question   business s   plain s   ratio")
    questions = {
        "elapsed": (lambda: time.elapsed(starts, ends), lambda: ends - starts),
        "deadline": (lambda: time.deadline(starts, budgets), lambda: starts + budgets),
    }
    for name, (business, plain) in questions.items():
        one, other = seconds(business), seconds(plain)
        print(f"{name:<10} {one:>10.3f} {other:>9.4f} {one / other:>7.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
