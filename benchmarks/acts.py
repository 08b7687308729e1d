"""What one act costs from the use case's call to its commit, beside the bare transaction of the store.

usage: python benchmarks/acts.py [--tickets 200] [--turns 300]

The bare transaction reads a version, updates it, inserts an event and commits with fsync. The acts are those that
agents do all day, with everything that is written with them: log, present, timers, messages, notices. Of each turn
the ticket was read and the reply judged once before, as whoever acts has both on the screen. Acts and bare transactions
take turns, so that what else the machine does falls on both. Prints medians and ratios; exit 1 where the ratio of any
act is more than 2.
"""

import argparse
import sys
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent))  # its neighbours
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the desk's own folder

from _acts import START, agent, some_tickets

from data.database import Database
from data.opening import OpenDesk, open_desk
from workflow.linter import findings
from workflow.tickets import Actor, Ticket
from workflow.vocabulary import Priority, Role

MOST_RATIO = 2.0
ANNA = agent(0)
SHOP = Actor(role=Role.SYSTEM_SYNC, id="marketplace")
ASKED = "It was promised for Tuesday, the tracking page has said nothing new for three days. When will it come?"
TEXT = "The carrier has your parcel and will bring it on Friday between nine and noon."
BARE_TABLES = (
    "create table bare_tickets (id integer primary key, version integer, state varchar)",
    "create table bare_events (id integer, seq integer, at_utc timestamp, primary key (id, seq))",
    "insert into bare_tickets select range, 0, 'new' from range(40)",
)
Act = Callable[[Ticket, int], object]


def bare(database: Database, turn: int) -> None:
    """The least that an act costs in DuckDB."""
    key = {"id": turn % 40}
    with database.writing() as cursor:
        ((version,),) = cursor.execute("select version from bare_tickets where id = $id", key).fetchall()
        update = "update bare_tickets set version = $version, state = 'next' where id = $id"
        cursor.execute(update, {**key, "version": version + 1}).fetchall()
        cursor.execute("insert into bare_events values ($id, $version, now()::timestamp)", {**key, "version": version})


def acts(opened: OpenDesk) -> dict[str, Act]:
    """What agents do all day; the number of the turn makes each one a change."""
    desk, clock = opened.desk, count(1)

    def now():  # noqa: ANN202 - an instant
        return START + timedelta(seconds=next(clock))

    return {
        "the buyer's message": lambda ticket, _turn: desk.act(
            ticket.id, "buyer_message", actor=SHOP, now=now(), inputs={"message_text": ASKED}
        ),
        "a reply": lambda ticket, turn: desk.act(
            ticket.id, "seller_reply", actor=ANNA, now=now(), inputs={"reply_text": reply(turn)}
        ),
        "a note": lambda ticket, _turn: desk.act(
            ticket.id, "add_note", actor=ANNA, now=now(), inputs={"note_text": TEXT}
        ),
        "assigning": lambda ticket, turn: desk.assign(ticket.id, f"agent-{turn % 64}", actor=ANNA, now=now()),
        "a priority": lambda ticket, turn: desk.prioritise(
            ticket.id, list(Priority)[turn % len(Priority)], actor=ANNA, now=now()
        ),
        "a tag": lambda ticket, turn: desk.tag(ticket.id, [f"t{turn}"], actor=ANNA, now=now()),
    }


def reply(turn: int) -> str:
    """Another text each turn."""
    return f"{TEXT} It is parcel {turn} of today."


def seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tickets", type=int, default=200)
    parser.add_argument("--turns", type=int, default=300)
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder, open_desk(Path(folder) / "acts.duckdb") as opened:
        tickets = some_tickets(opened, arguments.tickets)
        for ticket in tickets:
            opened.desk.act(ticket.id, "register", actor=ANNA, now=START)
        with opened.database.writing() as cursor:
            for text in BARE_TABLES:
                cursor.execute(text).fetchall()
        kinds = acts(opened)
        bares: list[float] = []
        times: dict[str, list[float]] = {name: [] for name in kinds}
        for turn in range(arguments.turns):
            ticket = tickets[turn % len(tickets)]
            opened.store.load_case(ticket.id)
            findings(reply(turn))
            for name, act in kinds.items():
                bares.append(seconds(lambda turn=turn: bare(opened.database, turn)))
                times[name].append(seconds(lambda act=act, ticket=ticket, turn=turn: act(ticket, turn)))
    unit = median(bares)
    print(f"{'the bare transaction':<24}{unit * 1000:>8.2f} ms")
    every = [one for taken in times.values() for one in taken]
    for name, taken in {**times, "all acts": every}.items():
        print(f"{name:<24}{median(taken) * 1000:>8.2f} ms{median(taken) / unit:>8.2f} times")
    ratio = max(median(taken) for taken in times.values()) / unit
    print(f"the dearest {ratio:.2f} times the bare transaction, at most {MOST_RATIO:.0f} wanted")
    return 0 if ratio <= MOST_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
