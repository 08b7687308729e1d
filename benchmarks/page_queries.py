"""How long the pages' questions take on a large desk, beside a bare scan of the columns that they read.

usage: python benchmarks/page_queries.py [--tickets 1000000] [--folder FOLDER]

Ten events a ticket. Prints the median of the runs of each question of a page for the last 90 days and for the whole
history, its ratio to a scan of the same columns, and the sum of a page view. A folder keeps the desk for the next time.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the desk's own folder

from data.database import Database
from data.directory import Directory
from data.keeping import rebuild, refresh
from data.selection import EARLIEST, QueueFilter, QueueSort, QueueView, Selection
from data.service.kept import keep_up
from data.service.shelf import rulebook, seed_service_levels
from data.tickets_listed import BehindQuestions, Narrowing

END = datetime(2026, 1, 1)  # noqa: DTZ001 - instants are naive UTC
RUNS = 5
CLOCKS = QueueSort.NEAREST_CLOCK
SCANS = {
    "tickets": "select sum(hash(columns(*))) from kept_tickets where opened_at >= ?",
    "stretches": "select sum(hash(columns(*))) from kept_stretches where settled_at is null or settled_at >= ?",
    "journeys": "select sum(hash(columns(*))) from kept_journeys where opened_at >= ?",
    "decisions": "select sum(hash(columns(*))) from kept_decisions where decided_at >= ?",
    "events": "select sum(hash(ticket_id)), sum(hash(to_state)), sum(hash(seq)) from events where occurred_at >= ?",
    "queue": "select sum(hash(state)), sum(hash(next_due_at)) from tickets where opened_at >= ? or true",
}
SEEDS = """
create temp table seeds as
select
    cast(
        concat(
            printf('%012x', epoch_ms(timestamp '2023-01-01' + to_seconds(number * (1096 * 86400 / $tickets)))),
            '7', substr(md5(concat('a', number)), 1, 3), '8', substr(md5(concat('b', number)), 1, 15)
        ) as uuid
    ) as id,
    number,
    concat('category_', number % 4) as category,
    timestamp '2023-01-01' + to_seconds(cast(number * (1096 * 86400 / $tickets) as bigint)) as opened_at,
    4 + cast(hash(number) % 13 as integer) as steps_count,
from range($tickets) as numbers (number)
"""
# Eight states, a tenth of the steps somewhere else than on the usual way: some thousand journeys, as desks have.
STEPS = """
create temp table steps as
with walked as (
    select
        seeds.*,
        seq,
        case
            when seq = 1 then 'new'
            when seq = steps_count and hash(number + 1) % 20 <> 0 then 'closed'
            when seq = steps_count - 1 then 'resolved'
            when hash(number * 31 + seq) % 10 = 0 then concat('state_', hash(number * 17 + seq) % 8)
            when seq % 2 = 0 then 'answered'
            else 'awaiting'
        end as state,
        cast(hash(number * 131 + seq) % 500000000000 as bigint) as gap,
    from seeds
    inner join range(1, 17) as seqs (seq) on seq <= steps_count
)
select
    * exclude (gap),
    opened_at + to_microseconds(cast(sum(if(seq = 1, 0, gap)) over log as bigint)) as occurred_at,
    case state when 'closed' then 'final' when 'resolved' then 'done' when 'answered' then 'waiting' else 'open' end
        as kind,
from walked
window log as (partition by id order by seq)
qualify occurred_at < timestamp '2026-01-01'
"""
EVENTS = """
insert into events
select
    row_number() over (order by occurred_at), id, seq, 'transition', state, category, 1,
    coalesce(lag(state) over log, ''), coalesce(lag(kind) over log, ''), state, kind,
    'seller', 'seller_agent', 'a', 'a', occurred_at, occurred_at, true, state = 'answered', true,
    (epoch_us(occurred_at) - epoch_us(lag(occurred_at) over log)) / 1000000,
    if(state = 'resolved' and number % 4 = 0, '{"stops":["decision"]}', '{}'), 1,
    state = 'awaiting' or seq = 1,
from steps
window log as (partition by id order by seq)
order by occurred_at
"""
# What is open waits for a clock of the next ten days: the desk's own fire within a minute.
TICKETS = """
insert into tickets
select
    id, number, category, 1, state, kind, 'seller', seq, opened_at, occurred_at, 'chat_app', 'en', 'normal',
    concat('seller_', number % 200), '', '', '', '', concat('agent_', number % 50), concat('team_', number % 5),
    '', '', '', true, '[]', '[]', '{}', '{}', '{}', if(is_waiting, due_at, null),
    if(is_waiting, 'remind', ''), occurred_at,
    if(is_waiting, json_array(remind, json_merge_patch(remind, expire)), '[]'),
from (
    select
        *,
        kind in ('open', 'waiting') as is_waiting,
        timestamp '2026-01-01' + to_seconds(hash(number) % 864000) as due_at,
        json_object(
            'anchor_at', strftime(occurred_at, '%Y-%m-%dT%H:%M:%S.%f'), 'clock', 'state',
            'due_at', strftime(due_at, '%Y-%m-%dT%H:%M:%S.%f'),
            'policy_id', '', 'trigger', 'remind'
        ) as remind,
        json_object(
            'due_at', strftime(due_at + interval 3 day, '%Y-%m-%dT%H:%M:%S.%f'), 'trigger', 'expire'
        ) as expire,
    from steps
)
qualify seq = max(seq) over (partition by id)
"""

STATES = """
insert into lifecycle_states
select distinct category, 1, state, kind, 'seller', state, state, state, true
from steps
qualify row_number() over (partition by category, state order by kind) = 1
"""


def fill(database: Database, tickets: int) -> None:
    with database.writing() as cursor:
        cursor.execute(SEEDS, {"tickets": tickets})
        for statement in (STEPS, EVENTS, TICKETS, STATES):
            cursor.execute(statement)
    database.checkpoint()


def pages(
    ask: BehindQuestions, directory: Directory, look: Selection
) -> dict[str, list[tuple[str, str, Callable[[], Any]]]]:
    """What each page asks, with what it reads; other pages are added here."""
    before = look.before()
    queue = QueueFilter(now=END)
    breached = replace(queue, view=QueueView.OVERDUE)
    resolved = replace(queue, view=QueueView.RECENT)
    every = replace(queue, view=QueueView.ALL)
    chosen = range(1, 5 * 200, 5)
    earlier = [("tickets", "the period before", lambda: ask.ticket_times(before))] if before else []
    return {
        "Response times": [
            ("tickets", "tickets of the look", lambda: ask.ticket_times(look)),
            *earlier,
            ("stretches", "backlog count", lambda: ask.backlog_count(look)),
            ("stretches", "backlog by day", lambda: ask.backlog_by_day(look)),
            ("tickets", "backlog by age", lambda: ask.backlog_by_age(look)),
            ("tickets", "oldest open", lambda: ask.oldest_open(look, 8)),
        ],
        "Managers": [
            ("decisions", "decisions", lambda: ask.decisions(look)),
            ("events", "marketplace's replies", lambda: ask.marketplace_replies(look)),
            ("tickets", "tickets behind", lambda: ask.tickets_listed(look, Narrowing(), limit=50)),
        ],
        "Process": [
            ("journeys", "time in state", lambda: ask.time_in_state(look)),
            ("journeys", "journeys", lambda: ask.journeys(look)),
            ("journeys", "directly-follows edges", lambda: ask.directly_follows(look)),
        ],
        "Queue": [
            ("queue", "a page of the queue", lambda: ask.open_queue(queue)),
            ("queue", "counters", lambda: ask.queue_counters(queue)),
            ("queue", "a page of what is breached", lambda: ask.open_queue(breached)),
            ("queue", "how many are breached", lambda: ask.open_queue_count(breached)),
            ("queue", "the facets of those", lambda: ask.queue_facets(breached)),
            ("queue", "a page of what is resolved", lambda: ask.open_queue(resolved, QueueSort.CHANGED)),
            ("queue", "how many are resolved", lambda: ask.open_queue_count(resolved)),
            ("queue", "a page of all tickets", lambda: ask.open_queue(every)),
        ],
        "Queue, a link or marks": [
            ("queue", "the place of an open ticket", lambda: ask.open_queue_place(queue, CLOCKS, 1)),
            ("queue", "the place among all tickets", lambda: ask.open_queue_place(every, CLOCKS, 1)),
            ("queue", "200 chosen tickets", lambda: directory.tickets_chosen(chosen)),
        ],
    }


def seconds(question: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        started = perf_counter()
        question()
        times.append(perf_counter() - started)
    return median(times)


def took(name: str, work: Callable[[], object]) -> None:
    started = perf_counter()
    work()
    print(f"{name:<40}{(perf_counter() - started) * 1000:>9,.0f} ms")


def measure_keeping(database: Database) -> None:
    """The whole log, then the newest thousand events once more as if they had just come."""
    took("kept from the whole log", lambda: rebuild(database))
    again = "update settings set value = cast(cast(value as bigint) - 1000 as varchar) where key = 'kept_up_to'"
    with database.writing() as cursor:
        cursor.execute(again)
    took("kept after 1,000 more events", lambda: refresh(database))
    took("nothing to keep", lambda: refresh(database))


def report(database: Database) -> None:
    """One table a page."""
    ask, directory = BehindQuestions(database), Directory(database)
    since = END - timedelta(days=90)
    looks = [Selection(horizon_at=END, since=since), Selection(horizon_at=END, since=EARLIEST)]
    scans = [
        {name: seconds(lambda query=query, at=at: database.read(query, [at])) for name, query in SCANS.items()}
        for at in (since, EARLIEST)
    ]
    looks[1] = replace(looks[1], since=None)
    for page, short in pages(ask, directory, looks[0]).items():
        whole = {name: (reads, question) for reads, name, question in pages(ask, directory, looks[1])[page]}
        print(f"\n{page:<26}{'90 days':>12}{'ratio':>8}{'whole':>12}{'ratio':>8}")
        sums = [0.0, 0.0]
        for reads, name, question in short:
            cells = ""
            for place, asked in enumerate((question, whole.get(name, ("", None))[1])):
                if asked:
                    time = seconds(asked)
                    sums[place] += time
                    cells += f"{time * 1000:>9,.0f} ms{time / scans[place][reads]:>8.1f}"
            print(f"{name:<26}{cells}")
        print(f"{'a page view':<26}{sums[0] * 1000:>9,.0f} ms{'':>8}{sums[1] * 1000:>9,.0f} ms")


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
            events = database.read("select count(*) from events")[0][0]
            print(f"{arguments.tickets:,} tickets, {events:,} events")
            measure_keeping(database)
            seed_service_levels(database, END)
            keep_up(database, rulebook(database))  # the queue asks for the targets
            report(database)


if __name__ == "__main__":
    main()
