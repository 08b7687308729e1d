"""How long a search of a large desk takes, beside a scan of its texts for the same letters.

usage: python benchmarks/search.py [--tickets 1000000] [--folder FOLDER]

The desk of page_queries.py with an order, a parcel, a product, a buyer and two messages of twelve words a ticket;
the words are made up, the n-th as often as in a language. Prints the medians of the list's first page, its
count and the facets for several searches, the ratio of the three together to `contains(lower(text), ...)` over all
messages, how long all words take to make, and what the first search after an act costs.
"""

import argparse
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent))  # its neighbours
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the desk's own folder

from page_queries import END, fill, seconds

from data.database import Database
from data.metrics import Metrics
from data.opening import open_desk
from data.search_index import rebuild_words
from data.selection import QueueFilter, QueueView
from workflow.contacts import Contact
from workflow.tickets import Actor
from workflow.vocabulary import Channel, Role

LIMIT_MILLISECONDS = 200
ACTS = 60
WORD = "concat(chr(97 + cast(place % 26 as integer)), substr(md5(cast(place as varchar)), 1, 6))"
PLACE = "cast(pow(200000, (hash(number * 131 + turn * 12 + slot) % 1000000) / 1000000.0) as bigint)"
MESSAGES = f"""
insert into messages
select
    uuid(), id, 'buyer', 'b', 'chat_app', 'in', true, string_agg({WORD}, ' '), opened_at, opened_at
from (
    select id, number, opened_at, turn, {PLACE} as place
    from tickets, range(2) as turns (turn), range(12) as slots (slot)
    where number between $first and $last
)
group by id, opened_at, turn
"""  # noqa: S608 - both texts stand above
RECORDS = """
update tickets
set
    order_id = concat('o', number), posting_number = concat(40000000 + number, '-0001-1'),
    product_id = concat('p', number % 5000), buyer_key = concat('b', number);
insert into orders
select order_id, concat(40000000 + number, '-0001'), seller_id, buyer_key, opened_at from tickets;
insert into postings
select
    posting_number, order_id, 'rFBS', 'delivering', opened_at, concat('RR', 100000000 + number, 'CN'), 'c', '', false,
    null, null, null, null
from tickets;
insert into products
select distinct
    product_id, '',
    concat(['lamp', 'headphones', 'kettle', 'jacket', 'phone'][1 + number % 5], ' model', number % 5000),
    'c', null, null, null, false, false, 1, ''
from tickets;
insert into buyer_persons
select
    buyer_key, concat(['Ivan', 'Anna', 'Li', 'Olga'][1 + number % 4], ' name', number % 20000), buyer_key, '', ''
from tickets;
"""


def fill_texts(database: Database, tickets: int) -> None:
    with database.writing() as cursor:
        cursor.execute(RECORDS)
        for first in range(0, tickets + 1, 100_000):
            cursor.execute(MESSAGES, {"first": first, "last": first + 99_999})
    database.checkpoint()


def word_of(database: Database, place: int) -> str:
    return database.read(f"select {WORD} from (select $place as place)", {"place": place})[0][0]  # noqa: S608 - as above


def searches(database: Database) -> dict[str, str]:
    common, usual, rare = (word_of(database, place) for place in (1, 200, 60_000))
    return {
        "nothing sought": "",
        "a ticket's number": "777777",
        "an order's number": "40777777-0001",
        "a tracking number": "RR100777777CN",
        "a rare word": rare,
        "a usual word": usual,
        "the most common word": common,
        "two usual words": f"{usual} {word_of(database, 150)}",
        "common and rare": f"{common} {rare}",
        "the beginning of a word": usual[:3],
        "a product": "kettle",
        "a product and a word": f"kettle {usual}",
        "a buyer's name": "Olga name1203",
        "six words": " ".join(word_of(database, place) for place in range(2, 8)),
    }


def report(database: Database) -> None:
    ask = Metrics(database)
    scan = "select count(distinct ticket_id) from messages where contains(lower(text), $sought)"
    print(f"{'search':<26}{'found':>10}{'page':>9}{'count':>9}{'facets':>9}{'scan':>9}{'ratio':>8}")
    wholes: list[float] = []
    for name, text in searches(database).items():
        queue = QueueFilter(now=END, view=QueueView.ALL, search=text)
        times = [
            seconds(lambda queue=queue: ask.open_queue(queue, limit=100)),
            seconds(lambda queue=queue: ask.open_queue_count(queue)),
            seconds(lambda queue=queue: ask.queue_facets(queue)),
        ]
        scanned = seconds(lambda text=text: database.read(scan, {"sought": text.lower()}))
        wholes += [times[0] + times[1]]
        cells = "".join(f"{time * 1000:>6,.0f} ms" for time in (*times, scanned))
        print(f"{name:<26}{ask.open_queue_count(queue):>10,}{cells}{sum(times) / scanned:>8.2f}")
    print(f"median of page and count: {median(wholes) * 1000:,.0f} ms, at most {LIMIT_MILLISECONDS} ms wanted")


def catching_up(path: Path) -> None:
    """What the first search after an act costs more than the next one: acts leave their words to it."""
    agent = Actor(role=Role.SELLER_AGENT, id="anna")
    text = "The carrier has your parcel and will bring it on Friday between nine and noon, please be at home then."
    with open_desk(path) as opened:
        now = datetime.now(UTC).replace(tzinfo=None)
        contact = Contact(
            category="logistics_delay", channel=Channel.CHAT_APP, text=text, seller_id="s1", buyer_key="b1"
        )
        ticket = opened.desk.open_ticket(contact, actor=agent, now=now)
        ask, queue = Metrics(opened.database), QueueFilter(now=END, view=QueueView.ALL, search=str(ticket.number))
        times: dict[str, list[float]] = {"first": [], "next": []}
        for _ in range(ACTS):
            now += timedelta(seconds=1)
            opened.desk.act(ticket.id, "add_note", actor=agent, now=now, inputs={"note_text": text})
            for taken in times.values():
                started = perf_counter()
                ask.open_queue_count(queue)
                taken.append(perf_counter() - started)
    first, later = map(median, times.values())
    print(f"after an act: first search {first * 1000:.1f} ms, next {later * 1000:.1f} ms, {first / later:.2f} times")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = (arguments.folder or Path(folder)) / f"search_{arguments.tickets}.duckdb"
        with Database.open(path) as database:
            if database.read("store/is_empty")[0][0]:
                fill(database, arguments.tickets)
                fill_texts(database, arguments.tickets)
                started = perf_counter()
                with database.writing() as cursor:
                    rebuild_words(cursor)
                words = database.read("search/words_count")[0][0]
                print(f"{words:,} words of all texts made in {perf_counter() - started:,.0f} s")
                database.checkpoint()
            report(database)
        catching_up(path)


if __name__ == "__main__":
    main()
