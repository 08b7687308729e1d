"""How long a file of ratings takes on a large desk, beside a bare scan of what it has to look at.

usage: python benchmarks/ratings_file.py [--tickets 1000000] [--ratings 100000] [--folder FOLDER]

The desk is that of page_queries.py (ten events a ticket; a folder keeps it for the next time). Every file rates closed
tickets, one in ten with a comment. Prints the seconds of the dry run, of taking the file, and of taking it again, with
their ratios to a scan of the log's kinds and times.
"""

import argparse
import csv
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the desk's own folder

from page_queries import fill

from data.database import Database
from data.keeping import refresh
from data.opening import open_desk
from data.ratings.taking import take_ratings

SCAN = "select sum(hash(ticket_id)), sum(hash(kind)), sum(hash(occurred_at)), sum(hash(to_kind)) from events"
CLOSED = "select number from tickets where state_kind in ('done', 'final') order by hash(number) limit $count"


def write_file(database: Database, file: Path, count: int, now: datetime) -> int:
    """A rating for each of `count` closed tickets, as of `now`; how many there were."""
    numbers = [number for (number,) in database.read(CLOSED, {"count": count})]
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("ticket", "rating", "comment", "at"))
        for number in numbers:
            comment = f"It was quick, order {number}" if number % 10 == 0 else ""
            writer.writerow((number, 1 + number % 5, comment, now.isoformat()))
    return len(numbers)


def main() -> None:
    """Fill the desk where it is not there, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--ratings", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        path = folder / "desk.duckdb"
        if not path.exists():
            with Database.open(path) as database:
                fill(database, given.tickets)
        with open_desk(path) as desk:
            refresh(desk.database)
            now = datetime.now(UTC).replace(tzinfo=None)
            file = Path(scratch) / "ratings.csv"
            count = write_file(desk.database, file, given.ratings, now)
            begun = perf_counter()
            desk.database.read(SCAN)
            scanned = perf_counter() - begun
            print(f"{count:,} ratings; a scan of the log takes {scanned:.2f} s")
            for name, is_dry_run in (("dry run", True), ("taken", False), ("again", False)):
                begun = perf_counter()
                taken = take_ratings(desk.database, file, now=now, is_dry_run=is_dry_run)
                took = perf_counter() - begun
                print(f"{name:<10}{taken.taken_count:>10,} new{took:>9.2f} s{took / scanned:>8.1f}")


if __name__ == "__main__":
    main()
