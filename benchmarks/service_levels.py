"""How long the service levels of a large desk take, beside bare scans of the columns that they read.

usage: python benchmarks/service_levels.py [--tickets 1000000] [--folder FOLDER]

The desk is that of page_queries.py (ten events a ticket; a folder keeps it for the next time) with the policies that
every desk begins with. Prints what keeping the targets takes, the median of the runs of each question for the last 90
days and for the whole history with its ratio to a scan of the targets, and a back-test of 90 days with its ratio to a
scan of the events of the same tickets.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the desk's own folder

from page_queries import END, fill, seconds, took

from data.database import Database
from data.keeping import refresh
from data.selection import Selection, Step
from data.service.back_test import back_test
from data.service.kept import keep_up
from data.service.questions import Grouping, ServiceQuestions
from data.service.shelf import rulebook, seed_service_levels
from workflow.service.policies import ServicePolicy, TargetKind

DAYS = timedelta(days=90)
SCAN = "select sum(hash(columns(*))) from kept_targets where due_at >= ? or ended_at is null"
SCAN_OF_EVENTS = """
select sum(hash(ticket_id)), sum(hash(occurred_at)), sum(hash(to_state)), sum(hash(to_ball))
from events
semi join (select ticket_id from kept_tickets where opened_at >= ?) as opened using (ticket_id)
"""
AGAIN = """
update settings set value = json_merge_patch(value, json_object('position', (value ->> 'position')::bigint - 1000))
where key = 'targets_kept_up_to'
"""


def questions(ask: ServiceQuestions, look: Selection) -> dict[str, Callable[[], object]]:
    return {
        "attainment by seller": lambda: ask.attainment(look, Grouping.SELLER),
        "attainment by week": lambda: ask.attainment_over_time(look, Step.WEEK),
        "waits by outcome": lambda: ask.waits_by_outcome(look, TargetKind.FIRST_REPLY),
        "pause audit": lambda: ask.pause_audit(look),
        "breaches, a page of 50": lambda: ask.breaches(look, limit=50),
        "due in the next day": lambda: ask.due_targets(look, until=END + timedelta(days=1)),
    }


def measure_keeping(database: Database) -> None:
    rules = rulebook(database)
    took("targets kept from the whole log", lambda: keep_up(database, rules))
    with database.writing() as cursor:
        cursor.execute(AGAIN)
    took("targets kept after 1,000 more events", lambda: keep_up(database, rules))
    took("nothing to keep", lambda: keep_up(database, rules))


def report(database: Database) -> None:
    ask = ServiceQuestions(database, rulebook(database))
    looks = [Selection(horizon_at=END, since=END - DAYS), Selection(horizon_at=END)]
    since = [END - DAYS, END - timedelta(days=36_500)]
    scans = [seconds(lambda at=at: database.read(SCAN, [at])) for at in since]
    print(f"\n{'question':<30}{'90 days':>12}{'ratio':>8}{'whole':>12}{'ratio':>8}")
    sums = [0.0, 0.0]
    for name in questions(ask, looks[0]):
        cells = ""
        for place, (look, scan) in enumerate(zip(looks, scans, strict=True)):
            time = seconds(questions(ask, look)[name])
            sums[place] += time
            cells += f"{time * 1000:>9,.0f} ms{time / scan:>8.1f}"
        print(f"{name:<30}{cells}")
    print(f"{'all of them':<30}{sums[0] * 1000:>9,.0f} ms{'':>8}{sums[1] * 1000:>9,.0f} ms")


def measure_back_test(database: Database) -> None:
    """Half as much time again for every target of the last 90 days."""
    newest = rulebook(database).book.newest
    assert newest is not None
    draft = [_eased(policy) for policy in newest.policies]
    scan = seconds(lambda: database.read(SCAN_OF_EVENTS, [END - DAYS]))
    found = back_test(database, draft, since=END - DAYS, until=END, horizon_at=END)
    time = seconds(lambda: back_test(database, draft, since=END - DAYS, until=END, horizon_at=END))
    print(f"\nback-test of {found.tickets_count:,} tickets of 90 days: {time:.2f} s, {time / scan:.1f} times the scan;")
    print(f"{found.changed_count:,} targets change sides")


def _eased(policy: ServicePolicy) -> ServicePolicy:
    return replace(policy, targets=tuple(replace(target, budget=target.budget * 1.5) for target in policy.targets))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = (arguments.folder or Path(folder)) / f"desk_{arguments.tickets}.duckdb"
        with Database.open(path) as database:
            if database.read("store/is_empty")[0][0]:
                fill(database, arguments.tickets)
            seed_service_levels(database, END)
            refresh(database)

            measure_keeping(database)
            report(database)
            measure_back_test(database)


if __name__ == "__main__":
    main()
