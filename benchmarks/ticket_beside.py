"""How long the questions beside one ticket take on a large desk, beside a scan of the columns that they read.

usage: python benchmarks/ticket_beside.py [--tickets 1000000] [--folder FOLDER]

The desk is that of page_queries.py, with an order and a parcel for each ticket, ten carriers, a return request for
every fifth, a message and a file for each, and a merged ticket for each of seven others. Prints the median of the runs,
over several tickets, and its ratio to the scan; also what it costs to load the case, to keep a draft, and to judge a
reply of 1,000 characters.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the desk's own folder

from page_queries import END, fill

from data.beside import Beside
from data.composing.drafts import Draft, Drafts
from data.database import Database
from data.directory import Directory
from data.store import DuckTicketStore, evidence_root
from workflow.linter import findings

TICKETS_COUNT = 7
RUNS = 5
SCAN = "select sum(hash(buyer_key)), sum(hash(seller_id)), sum(hash(opened_at)), sum(hash(state_kind)) from tickets"
SURROUND = """
update tickets set
    buyer_key = concat('b-', number % 300000),
    order_id = concat('o-', number),
    posting_number = concat('p-', number),
    product_id = concat('sku-', number % 5000);
insert into postings
select
    concat('p-', number), concat('o-', number), 'FBS', 'delivering', opened_at, '', concat('carrier-', number % 10),
    concat('house-', number % 50), false, opened_at, opened_at, opened_at, null
from tickets
order by opened_at;
insert into orders
select concat('o-', number), cast(number as varchar), seller_id, buyer_key, opened_at - interval 9 day
from tickets
order by opened_at;
insert into order_items
select concat('o-', number), 1, concat('sku-', number % 5000), 1, 100.00, 'RUB' from tickets order by opened_at;
insert into claims
select
    uuid(), id, 'return', concat('r-', number), 'filed', concat('reason_', number % 6), true, opened_at, null, null,
    null
from tickets
where number % 5 = 0
order by opened_at;
insert into messages
select
    uuid(), id, 'buyer', buyer_key, 'chat_app', 'in', true, concat('Where is parcel ', number, '?'), opened_at,
    opened_at
from tickets
order by opened_at;
insert into evidence by name
select
    uuid() as id, id as ticket_id, 'photo' as kind, sha256(cast(number as varchar)) as content_hash,
    1000 as size_bytes, 'image/jpeg' as media_type, 'crack.jpg' as file_name, 'buyer' as added_by_role,
    buyer_key as added_by_id, opened_at as added_at
from tickets
order by opened_at;
insert into ticket_links
select merged.id, kept.id, 'duplicate_of', kept.opened_at
from (select id, opened_at, row_number() over (order by opened_at desc) as place from tickets) as kept
inner join (
    select id, row_number() over (order by hash(number)) as place from tickets where state_kind = 'final'
) as merged using (place)
where place between 8 and 14;
insert into recorded_merges select from_ticket_id, to_ticket_id, linked_at from ticket_links;
update tickets set resolution_reason = 'merged' where id in (select from_ticket_id from ticket_links)
"""


def furnish(database: Database, tickets: int) -> None:
    """The desk of page_queries.py with what lies beside its tickets, in the order in which it came."""
    fill(database, tickets)
    with database.writing() as cursor:
        for text in SURROUND.split(";"):
            cursor.execute(text).fetchall()
    database.checkpoint()


def took(act: Callable[[], object]) -> float:
    started = perf_counter()
    act()
    return perf_counter() - started


def line(name: str, act: Callable[[int], object], scan: float) -> str:
    times = [took(lambda place=place: act(place)) for _ in range(RUNS) for place in range(TICKETS_COUNT)]
    return f"{name:32} {1000 * median(times):8.1f} ms {median(times) / scan:8.2f}"


def main(tickets: int, folder: Path) -> None:
    path = folder / f"beside_{tickets}.duckdb"
    is_new = not path.exists()
    with Database.open(path) as database:
        if is_new:
            furnish(database, tickets)
        store, beside, drafts = DuckTicketStore(database, evidence_root(path)), Beside(database), Drafts(database)
        newest = database.read("select id::varchar from tickets order by opened_at desc limit ?", [TICKETS_COUNT])
        ids = [ticket_id for (ticket_id,) in newest]
        linked = database.read("select to_ticket_id::varchar from ticket_links")
        stayed = [store.load_case(ticket_id) for (ticket_id,) in linked]
        cases = [store.load_case(ticket_id) for ticket_id in ids]
        scan = median(took(lambda: database.read(SCAN)) for _ in range(RUNS))
        print(f"{tickets:,} tickets; a scan of four columns takes {1000 * scan:.1f} ms")
        print(f"{'question':32} {'median':>11} {'to scan':>8}")

        def anew(place: int) -> object:
            database.recalled.forget(None)
            return store.load_case(ids[place])

        print(line("load the case", anew, scan))
        print(line("the case again, recalled", lambda place: store.load_case(ids[place]), scan))
        print(line("other tickets of the buyer", lambda place: beside.buyer_tickets(cases[place]), scan))
        keys, directory = [case.ticket.buyer_key for case in cases], Directory(database)
        print(line("the buyer's language", lambda place: directory.language_of(keys[place]), scan))
        print(line("related within 7 days", lambda place: beside.related(cases[place], END), scan))
        print(line("returns over 90 days", lambda place: beside.returns(cases[place].ticket.product_id, END), scan))
        print(line("messages of merged tickets", lambda place: beside.merged_messages(stayed[place]), scan))
        print(line("evidence of merged tickets", lambda place: beside.merged_evidence(stayed[place]), scan))
        assert all(len(beside.merged_evidence(case)) == 1 for case in stayed)
        print(line("claims of merged tickets", lambda place: beside.merged_claims(stayed[place]), scan))
        print(line("drafts of the ticket", lambda place: drafts.of(ids[place]), scan))
        draft = Draft(agent_id="anna", field="reply_text", text="x" * 500, base_version=1, saved_at=END)
        print(line("keep a draft (durable)", lambda place: drafts.save(ids[place], draft), scan))
        reply = ("Order 24219509-0020-1 left the warehouse on 12.11.2026, please wait. " * 20)[:1000]
        print(line("judge 1,000 characters", lambda _place: findings.__wrapped__(reply), scan))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.folder:
        given.folder.mkdir(parents=True, exist_ok=True)
        main(given.tickets, given.folder)
    else:
        with TemporaryDirectory() as scratch:
            main(given.tickets, Path(scratch))
