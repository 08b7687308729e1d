"""How long the pages' questions take on a large desk, beside the barest scan of its log.

usage: python benchmarks/page_queries.py [TICKETS] (default 1,000,000, with ten events each)

Prints the median of three runs of each question for the whole desk and for its last 30 days, and the ratio to a scan
that groups the log by ticket once, which no question about tickets can do without.
"""

import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the desk's own folder

from data.database import Database
from data.metrics import Metrics
from data.selection import Figure, QueueFilter, Selection

END = datetime(2026, 1, 1)  # noqa: DTZ001 - instants are naive UTC
RUNS = 3
BARE_SCAN = "select ticket_id, min(occurred_at), max(occurred_at), count(*) from events group by ticket_id"
SEEDS = """
create temp table seeds as
select
    uuid() as id,
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
"""
EVENTS = """
insert into events
select
    row_number() over (order by occurred_at), id, seq, 'transition', state, category, 1,
    coalesce(lag(state) over log, ''), coalesce(lag(kind) over log, ''), state, kind,
    'seller', 'seller_agent', 'a', 'a', occurred_at, occurred_at, true, state = 'answered', true,
    (epoch_us(occurred_at) - epoch_us(lag(occurred_at) over log)) / 1000000, '{}', 1,
    state = 'awaiting' or seq = 1,
from steps
window log as (partition by id order by seq)
order by occurred_at
"""
TICKETS = """
insert into tickets
select
    id, number, category, 1, state, kind, 'seller', steps_count, opened_at, occurred_at, 'email', 'en', 'normal',
    concat('seller_', number % 200), '', '', '', '', concat('agent_', number % 50), concat('team_', number % 5),
    '', '', '', true, '[]', '[]', '{}', '{}', '{}', occurred_at + interval 1 day, 'remind', occurred_at,
from steps
where seq = steps_count
"""


def fill(database: Database, tickets: int) -> None:
    with database.writing() as cursor:
        cursor.execute(SEEDS, {"tickets": tickets})
        for statement in (STEPS, EVENTS, TICKETS):
            cursor.execute(statement)
    database.checkpoint()


def questions(metrics: Metrics, selection: Selection) -> dict[str, Callable[[], object]]:
    queue = QueueFilter(now=END)
    return {
        "response_times": lambda: metrics.response_times(selection),
        "response_times_by_category": lambda: metrics.response_times_by_category(selection),
        "response_times_over_time": lambda: metrics.response_times_over_time(selection),
        "survival_curve": lambda: metrics.survival_curve(selection, Figure.FIRST_RESOLUTION),
        "backlog": lambda: metrics.backlog(selection),
        "backlog_by_day": lambda: metrics.backlog_by_day(selection),
        "volume": lambda: metrics.volume(selection),
        "time_in_state": lambda: metrics.time_in_state(selection),
        "journeys": lambda: metrics.journeys(selection),
        "directly_follows": lambda: metrics.directly_follows(selection),
        "tickets_behind": lambda: metrics.tickets_behind(selection, limit=50),
        "open_queue": lambda: metrics.open_queue(queue),
        "open_queue_count": lambda: metrics.open_queue_count(queue),
        "queue_counters": lambda: metrics.queue_counters(queue),
        "desk_summary": metrics.desk_summary,
    }


def seconds(question: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        started = perf_counter()
        question()
        times.append(perf_counter() - started)
    return median(times)


def main() -> None:
    tickets = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with TemporaryDirectory() as folder, Database.open(Path(folder) / "desk.duckdb") as database:
        fill(database, tickets)
        metrics = Metrics(database)
        whole = questions(metrics, Selection(horizon_at=END))
        month = questions(metrics, Selection(horizon_at=END, since=END - timedelta(days=30)))
        scan = seconds(lambda: database.read(f"select count(*) from ({BARE_SCAN})"))  # noqa: S608 - written above
        events = database.read("select count(*) from events")[0][0]
        print(f"{tickets:,} tickets, {events:,} events; grouped by ticket once: {scan * 1000:,.0f} ms\n")
        print(f"{'question':<28}{'whole desk':>12}{'ratio':>8}{'30 days':>12}{'ratio':>8}")
        for name, question in whole.items():
            took = (seconds(question), seconds(month[name]))
            print(f"{name:<28}" + "".join(f"{time * 1000:>9,.0f} ms{time / scan:>8.1f}" for time in took))


if __name__ == "__main__":
    main()
