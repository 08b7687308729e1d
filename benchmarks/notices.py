"""How long notices take on a large desk, beside bare scans of the columns that they read.

usage: python benchmarks/notices.py [--tickets 1000000] [--notices 1000000] [--folder FOLDER]

The desk is that of page_queries.py (ten events a ticket; a folder keeps it for the next time) with fifty agents, a
clock on every open ticket, and notices of three years of which one in a hundred is unread. Prints the median of each
question with its ratio to a scan of what it reads, and what a notice adds to the commit of an act.
"""

import argparse
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the desk's own folder

from page_queries import END, RUNS, fill, seconds, took

from data.database import Database
from data.keeping import refresh
from data.notices.addresses import NOWHERE
from data.notices.bell import Bell
from data.notices.outbox import Outbox
from data.notices.telling import tell_of_clocks
from data.opening import OpenDesk, open_desk
from data.service.kept import keep_up
from data.service.shelf import rulebook
from workflow.contacts import Contact
from workflow.tickets import Actor, Ticket
from workflow.vocabulary import Channel, Role

ANNA = Actor(role=Role.SELLER_AGENT, id="agent_0")
PERSON = "agent_7"
MADE = {
    "agents": """
    insert into agents select concat('agent_', range), concat('Agent ', range), 'agent', '', true from range(50)
    """,
    "clocks": """
    update tickets
    set
        next_due_at = timestamp '2026-01-01' + to_seconds(hash(id) % 8640000),
        next_trigger = 'reply_overdue',
        timers = json_array(json_object(
            'anchor_at', strftime(last_event_at, '%Y-%m-%dT%H:%M:%S.%f'), 'clock', 'reply',
            'due_at', strftime(timestamp '2026-01-01' + to_seconds(hash(id) % 8640000), '%Y-%m-%dT%H:%M:%S.%f'),
            'policy_id', '', 'trigger', 'reply_overdue'
        ))
    where state_kind in ('open', 'waiting')
    """,
    "notices": """
    insert into notices
    select
        uuid(), concat('agent_', number % 50), 'assigned', id, concat('event:', round), 'given', 'agent_0', null, null,
        last_event_at, last_event_at, if(hash(number * 7 + round) % 100 = 0, null, last_event_at)
    from (select id, number, last_event_at from tickets order by number limit $per_round)
    cross join range($rounds) as rounds (round)
    """,
    "outbox": """
    insert into outbox
    select id, 'mail', person_id, concat(id, '.mail'), 'sent', 0, made_at, made_at, '' from notices
    """,
}
SCANS = {
    "notices": "select sum(hash(person_id)), sum(hash(kind)), sum(hash(read_at)), sum(hash(planned_at)) from notices",
    "outbox": "select sum(hash(status)), sum(hash(next_attempt_at)) from outbox",
    "targets": "select sum(hash(ticket_id)), sum(hash(due_at)), sum(hash(ended_at)) from kept_targets",
}


def prepare(database: Database, tickets: int, notices: int) -> None:
    """Agents, clocks, notices and deliveries, if they are not there from the last time."""
    if database.read("select count(*) from notices")[0][0]:
        return
    per_round = min(notices, tickets)
    with database.writing() as cursor:
        for name, text in MADE.items():
            values = {"per_round": per_round, "rounds": notices // per_round} if name == "notices" else None
            cursor.execute(text, values).fetchall()
    database.checkpoint()


def report(database: Database) -> None:
    """The questions, each beside the scan of the table that it is about."""
    bell, outbox = Bell(database, PERSON), Outbox(database)
    tell_of_clocks(database, END)  # the first look at the clocks tells everybody of their next hour
    outbox.plan(NOWHERE, END)
    asked: list[tuple[str, str, Callable[[], object]]] = [
        ("notices", "unread, each 20 s and each page", bell.unread_count),
        ("notices", "the newest, when the bell is opened", lambda: bell.notices(limit=8)),
        ("targets", "a look at the clocks, each minute", lambda: tell_of_clocks(database, END + timedelta(minutes=1))),
        ("notices", "nothing to plan, each 15 s", lambda: outbox.plan(NOWHERE, END)),
        ("outbox", "nothing due, each 15 s", lambda: outbox.due(END, 100)),
    ]
    print(f"\n{'question':<40}{'median':>12}{'ratio':>8}")
    for table, name, question in asked:
        time = seconds(question)
        print(
            f"{name:<40}{time * 1000:>9,.1f} ms{time / seconds(lambda table=table: database.read(SCANS[table])):>8.1f}"
        )


def measure_acts(opened: OpenDesk) -> None:
    """What being told adds to an act: a tag tells nobody, a ticket that changes hands tells two."""
    contact = Contact(
        category="logistics_delay", channel=Channel.EMAIL, text="Where is it?", seller_id="seller_1", buyer_key="b-1"
    )
    ticket = opened.desk.open_ticket(contact, actor=ANNA, now=END)
    turns = iter(range(10**6))

    def tag() -> Ticket:
        return opened.desk.tag(ticket.id, [f"t{next(turns)}"], actor=ANNA, now=END)

    def hand_over() -> Ticket:
        return opened.desk.assign(ticket.id, f"agent_{1 + next(turns) % 40}", actor=ANNA, now=END)

    print(f"\n{'act, from the call to its commit':<40}{'median':>12}{'ratio':>8}")
    quiet = median_of(tag)
    for name, time in (("a tag, which tells nobody", quiet), ("a hand-over, which tells two", median_of(hand_over))):
        print(f"{name:<40}{time * 1000:>9,.1f} ms{time / quiet:>8.1f}")


def median_of(act: Callable[[], object]) -> float:
    times: list[float] = []
    for _ in range(20 * RUNS):
        started = perf_counter()
        act()
        times.append(perf_counter() - started)
    return sorted(times)[len(times) // 2]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--notices", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = (arguments.folder or Path(folder)) / f"desk_{arguments.tickets}.duckdb"
        with Database.open(path) as database:
            if database.read("store/is_empty")[0][0]:
                fill(database, arguments.tickets)
        with open_desk(path) as opened:
            refresh(opened.database)
            took("targets kept", lambda: keep_up(opened.database, rulebook(opened.database)))
            prepare(opened.database, arguments.tickets, arguments.notices)
            report(opened.database)
            measure_acts(opened)


if __name__ == "__main__":
    main()
