"""What the store survives: eight threads on forty tickets, kill -9 in mid-write, a full disk. Exit 1 on a violation.

    .venv/bin/python benchmarks/faults.py [--seconds 20] [--kills 20] [--threads 8] [--tickets 40]

Every part works through the use cases of a real desk and ends with `check`, which must find nothing.
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the desk's own folder

from _acts import Ack, TimedStore, act, agent, missing, some_tickets
from _workers import work_until_full, work_until_killed

from data.check import check
from data.opening import OpenDesk, open_desk
from workflow.errors import TicketChangedError
from workflow.tickets import Ticket

BARE = 300  # transactions of the measure that the desk's are compared with


@dataclass
class Tally:
    """What one thread was told."""

    acks: list[Ack] = field(default_factory=list[Ack])
    losers: list[TicketChangedError] = field(default_factory=list[TicketChangedError])
    faults: list[str] = field(default_factory=list[str])
    attempts: int = 0


def main() -> int:
    """Run the parts and print a table; 1 where a promise was broken."""
    arguments = _arguments()
    if arguments.worker:
        return work_until_killed(Path(arguments.worker), arguments.seed)
    if arguments.filler:
        return work_until_full(Path(arguments.filler), arguments.limit)
    violations: list[str] = []
    with tempfile.TemporaryDirectory(dir=arguments.dir) as folder:
        violations += _race(Path(folder) / "race.duckdb", arguments)
        violations += _kills(Path(folder) / "kills.duckdb", arguments.kills)
        violations += _full_disk(Path(folder) / "full.duckdb")
    for violation in violations:
        print(f"VIOLATION: {violation}")
    print("Every promise held." if not violations else f"{len(violations)} violations.")
    return 1 if violations else 0


def _race(path: Path, arguments: argparse.Namespace) -> list[str]:
    """Many threads act on few tickets, each on what it last saw."""
    with open_desk(path) as opened:
        tickets = some_tickets(opened, arguments.tickets)
        bare = _bare_milliseconds(opened)
        tallies = [Tally() for _ in range(arguments.threads)]
        timed = _timed(opened)
        began_at = time.perf_counter()
        until = began_at + arguments.seconds
        threads = [
            threading.Thread(target=_act_until, args=(opened, tickets, tally, index, until), name=str(index))
            for index, tally in enumerate(tallies)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - began_at
        found = _verify_race(opened, tickets, tallies)
        queued = statistics.median(timed.seconds) * 1000
        alone = _alone_milliseconds(opened, tickets)
    acks = sum(len(tally.acks) for tally in tallies)
    told = sum(len(tally.losers) for tally in tallies)
    _title(f"{arguments.threads} threads on {arguments.tickets} tickets for {seconds:.1f} s")
    _row("acts acknowledged", f"{acks:,} ({acks / seconds:,.0f} a second)")
    _row("acts refused as stale, each told who was faster", f"{told:,}")
    _row("bare transaction, median", f"{bare:.2f} ms")
    _row("the desk's commit alone, median", f"{alone:.2f} ms ({alone / bare:.2f} times the bare one)")
    _row("the desk's commit in the crowd, with waiting, median", f"{queued:.2f} ms")
    _row("violations", str(len(found)))
    return found


def _act_until(opened: OpenDesk, tickets: list[Ticket], tally: Tally, index: int, until: float) -> None:
    dice, actor = random.Random(index), agent(index)
    while time.perf_counter() < until:
        ticket_id = dice.choice(tickets).id
        seen = opened.store.load_case(ticket_id)
        mark = f"{index}-{tally.attempts}"
        tally.attempts += 1
        try:
            after = act(opened, seen, actor, mark, dice)
            tally.acks.append((ticket_id, after.version, mark))
        except TicketChangedError as error:
            tally.losers.append(error)
        except Exception as error:  # noqa: BLE001 - whatever else happens is what this script looks for
            tally.faults.append(repr(error))


def _verify_race(opened: OpenDesk, tickets: list[Ticket], tallies: list[Tally]) -> list[str]:
    found = [fault for tally in tallies for fault in tally.faults]
    acks = [ack for tally in tallies for ack in tally.acks]
    found += missing(opened, acks)
    opened_at = {ticket.id: ticket.version for ticket in tickets}
    acked = Counter(ticket_id for ticket_id, _, _ in acks)
    for ticket_id, version in opened_at.items():
        log = opened.store.events_of(ticket_id)
        if [event.seq for event in log] != list(range(1, version + acked[ticket_id] + 1)):
            found.append(f"ticket {ticket_id} has {len(log)} events, {acked[ticket_id]} acts were acknowledged")
    for tally in tallies:
        if tally.attempts != len(tally.acks) + len(tally.losers) + len(tally.faults):
            found.append("an act was neither acknowledged nor refused")
        found += [f"a loser was not told who won: {error}" for error in tally.losers if "Agent " not in error.winner]
    return found + [str(item) for item in check(opened.database) if not item.is_note]


def _kills(path: Path, kills: int) -> list[str]:
    """A process that acts is killed again and again; whatever it said was done must be there."""
    with open_desk(path) as opened:
        some_tickets(opened, 40)
    found: list[str] = []
    acked = opened_seconds = 0.0
    for number in range(kills):
        acks = _killed(path, number)
        acked += len(acks)
        began_at = time.perf_counter()
        with open_desk(path) as opened:
            opened_seconds = max(opened_seconds, time.perf_counter() - began_at)
            found += [f"kill {number}: {lost}" for lost in missing(opened, acks)]
            found += [f"kill {number}: {item}" for item in check(opened.database) if not item.is_note]
    _title(f"kill -9 in mid-write, {kills} times")
    _row("acts acknowledged before a kill", f"{acked:,.0f}")
    _row("opening after a kill, slowest", f"{opened_seconds * 1000:,.0f} ms")
    _row("violations", str(len(found)))
    return found


def _killed(path: Path, number: int) -> list[Ack]:
    """Start a worker, let it act for a while, kill it; what it acknowledged."""
    command = [sys.executable, __file__, "--worker", str(path), "--seed", str(number)]
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - this very script
    assert worker.stdout is not None
    lines = [worker.stdout.readline()]  # it is at work
    threading.Timer(random.Random(number).uniform(0.2, 1.2), worker.kill).start()
    lines += worker.stdout.readlines()
    worker.wait()
    parts = [line.split() for line in lines if line.endswith("\n")]
    return [(ticket_id, int(version), mark) for ticket_id, version, mark in parts]


def _full_disk(path: Path) -> list[str]:
    """A file that may not grow, as on a full disk: acts are refused in one sentence, and nothing is half done."""
    with open_desk(path) as opened:
        ticket = some_tickets(opened, 5)[0]
    limit = 600_000  # bytes, of the write-ahead log: some hundred acts
    command = [sys.executable, __file__, "--filler", str(path), "--limit", str(limit)]
    filler = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 - this very script
    lines = filler.stdout.splitlines()
    acks = [(parts[1], int(parts[2]), parts[3]) for line in lines if (parts := line.split())[0] == "ack"]
    refusals = [line.partition(" ")[2] for line in lines if line.startswith("refused")]
    found = [] if filler.returncode == 0 else [f"the process on a full disk ended with {filler.returncode}"]
    found += [] if len(refusals) == 6 else [f"on a full disk {len(refusals)} of 6 acts were refused with a sentence"]
    with open_desk(path) as opened:
        found += missing(opened, acks)
        found += [str(item) for item in check(opened.database) if not item.is_note]
        count = len(opened.store.events_of(ticket.id)) - ticket.version
        if count != len(acks):
            found.append(f"{count} acts are in the log, {len(acks)} were acknowledged on a full disk")
        _alone_milliseconds(opened, [ticket], count=3)
    _title("full disk")
    _row("acts acknowledged before it was full", f"{len(acks):,}")
    _row("acts refused with a sentence", f"{len(refusals)}: {refusals[0] if refusals else ''}")
    _row("violations", str(len(found)))
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--tickets", type=int, default=40)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--dir", help="where the files are made, by default the system's folder for such")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    parser.add_argument("--filler", help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--limit", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


def _bare_milliseconds(opened: OpenDesk) -> float:
    """The least that an act costs in DuckDB: read a version, update it, insert an event, commit with fsync."""
    with opened.database.writing() as cursor:
        for text in (
            "create table bare_tickets (id integer primary key, version integer, state varchar)",
            "create table bare_events (id integer, seq integer, at_utc timestamp, primary key (id, seq))",
            "insert into bare_tickets select range, 0, 'new' from range(40)",
        ):
            cursor.execute(text).fetchall()
    seconds: list[float] = []
    for turn in range(BARE):
        began_at = time.perf_counter()
        with opened.database.writing() as cursor:
            key = {"id": turn % 40}
            version = cursor.execute("select version from bare_tickets where id = $id", key).fetchall()[0][0]
            step = {**key, "version": version + 1}
            update = "update bare_tickets set version = $version, state = 'x' where id = $id and version = $version - 1"
            cursor.execute(update, step).fetchall()
            cursor.execute("insert into bare_events values ($id, $version, now()::timestamp)", step).fetchall()
        seconds.append(time.perf_counter() - began_at)
    with opened.database.writing() as cursor:
        for text in ("drop table bare_tickets", "drop table bare_events"):
            cursor.execute(text).fetchall()
    return statistics.median(seconds) * 1000


def _alone_milliseconds(opened: OpenDesk, tickets: list[Ticket], count: int = BARE) -> float:
    """What the desk's own commit of one act costs where nobody waits."""
    timed, dice = _timed(opened), random.Random(1)
    for turn in range(count):
        act(opened, opened.store.load_case(tickets[turn % len(tickets)].id), agent(0), f"alone-{turn}", dice)
    return statistics.median(timed.seconds) * 1000


def _timed(opened: OpenDesk) -> TimedStore:
    """Let the desk note how long its commits take from here on."""
    opened.store = timed = TimedStore(opened)
    opened.refresh()
    return timed


def _title(text: str) -> None:
    print(f"\n{text}")


def _row(name: str, value: str) -> None:
    print(f"  {name:<54}{value}")


if __name__ == "__main__":
    sys.exit(main())
