"""A case that is kept in memory is what reading it anew would give, whatever was written by whom."""

import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from threading import Thread

import pytest

from data import demo
from data.case_files import load_case
from data.case_shelf import TABLES
from data.database import Database
from data.demo.plots import Plotter
from data.demo.world import catalogue
from data.opening import OpenDesk
from data.statements import statement
from data.store import DuckTicketStore
from tests.new_desks import new_desk
from workflow.contacts import Contact
from workflow.errors import TicketChangedError, TicketNotFoundError
from workflow.ids import new_ids
from workflow.lifecycle import Lifecycles
from workflow.loading import BUILT_IN, load_directory
from workflow.memory import MemoryTicketStore
from workflow.policies import PolicyBook
from workflow.rules import Rules
from workflow.tickets import EVERYTHING, Actor, Scope
from workflow.vocabulary import Channel, Priority, Role

NOW = datetime.fromisoformat("2026-11-23T08:30:00")
ANNA = Actor(role=Role.SELLER_AGENT, id="anna")
CONTACT = Contact(
    category="logistics_delay",
    channel=Channel.CHAT_APP,
    text="Where is it?",
    seller_id="s-1",
    buyer_key="b-1",
    order_id="o-1",
    posting_number="p-1",
)


@pytest.fixture
def opened(tmp_path: Path):
    with new_desk(tmp_path / "desk.duckdb") as opened:
        yield opened


@pytest.fixture
def ticket(opened: OpenDesk):
    return opened.desk.open_ticket(CONTACT, actor=ANNA, now=NOW)


def anew(database: Database, ticket_id: str):
    with database.reading() as cursor:
        return load_case(cursor, ticket_id, EVERYTHING)


def count_reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the tickets that are read from the file from here on."""
    read: list[str] = []

    def counted(cursor, ticket_id, scope):
        read.append(ticket_id)
        return load_case(cursor, ticket_id, scope)

    monkeypatch.setattr("data.case_shelf.load_case", counted)
    return read


class Mirrored(MemoryTicketStore):
    """A desk in memory whose every write also goes to the file, where each case of it is looked at before and after."""

    target: DuckTicketStore
    compared: Counter[str]

    def commit(self, changes, **parcel):
        events = super().commit(changes, **parcel)  # by `save_posting`, which goes to the file, too
        known = [change.ticket.id for change in changes if change.expected_version]
        for ticket_id in known:
            self.target.load_case(ticket_id)
        self.target.commit(changes)
        for change in changes:
            case = self.target.load_case(change.ticket.id)
            assert case == anew(self.target.database, change.ticket.id)
            self.compared["linked" if case.links else "alone"] += 1
            self.compared.update(event.name for event in change.events)
        return events

    def save_order(self, order, postings, products):
        super().save_order(order, postings, products)
        self.target.save_order(order, postings, products)

    def save_posting(self, posting, *, seen=None):
        super().save_posting(posting, seen=seen)
        self.target.save_posting(posting, seen=seen)


def test_through_a_simulated_desk_each_kept_case_is_the_one_that_is_stored(tmp_path, monkeypatch):
    lifecycles, policies = load_directory(BUILT_IN)
    rules = Rules(Lifecycles(lifecycles), PolicyBook(policies), new_ids(Random(0)))
    Mirrored.compared = Counter()
    with new_desk(tmp_path / "desk.duckdb") as opened:
        Mirrored.target = opened.store
        monkeypatch.setattr(demo, "MemoryTicketStore", Mirrored)
        store = demo.simulate(rules, Plotter(catalogue(), 1), seed=1, now=NOW, contacts=40)
        for ticket_id in store.tickets:
            assert opened.store.load_case(ticket_id) == anew(opened.database, ticket_id)
    assert min(Mirrored.compared["linked"], Mirrored.compared["alone"]) > 20
    assert len(Mirrored.compared) > 30  # of the acts of three lifecycles


def test_an_act_after_another_reads_nothing(opened, ticket, monkeypatch):
    read = count_reads(monkeypatch)
    for priority in (Priority.HIGH, Priority.URGENT, Priority.LOW):
        opened.desk.prioritise(ticket.id, priority, actor=ANNA, now=NOW)
    opened.desk.act(ticket.id, "add_note", actor=ANNA, now=NOW, inputs={"note_text": "Asked the carrier."})
    assert read == [ticket.id]
    assert opened.desk.case(ticket.id) == anew(opened.database, ticket.id)
    assert [message.text for message in opened.desk.case(ticket.id).messages] == [CONTACT.text, "Asked the carrier."]


def test_what_is_written_about_another_ticket_forgets_no_case(opened, ticket, monkeypatch):
    other = opened.desk.open_ticket(CONTACT, actor=ANNA, now=NOW)
    opened.desk.case(ticket.id)
    read = count_reads(monkeypatch)
    opened.desk.tag(other.id, ["late"], actor=ANNA, now=NOW)
    assert opened.desk.case(ticket.id).ticket == ticket
    assert read == [other.id]


@pytest.mark.parametrize(
    "text",
    [
        "update postings set carrier = 'Other'",
        "insert into orders values ('o-1', 'A-1', 's-1', 'b-1', '2026-11-01')",
        "update tickets set priority = 'low'",
        "delete from messages",
        "with gone as (select 1) delete from claims",
        "create table sundries (a integer)",  # a statement whose tables are not told from its text
    ],
)
def test_what_is_written_by_the_way_forgets_every_case_that_it_may_alter(opened, ticket, text, monkeypatch):
    opened.desk.case(ticket.id)
    read = count_reads(monkeypatch)
    with opened.database.writing() as cursor:
        cursor.execute(text).fetchall()
    assert opened.desk.case(ticket.id) == anew(opened.database, ticket.id)
    assert read == [ticket.id]


def test_what_is_written_elsewhere_forgets_no_case(opened, ticket, monkeypatch):
    opened.desk.case(ticket.id)
    read = count_reads(monkeypatch)
    with opened.database.writing() as cursor:
        cursor.execute("insert into settings values ('a', 'tickets')").fetchall()
    opened.desk.case(ticket.id)
    assert not read


def test_a_kept_case_is_within_the_scope_or_not_found(opened, ticket):
    opened.desk.case(ticket.id)
    assert opened.desk.case(ticket.id, scope=Scope(seller_ids=("s-1",))).ticket == ticket
    with pytest.raises(TicketNotFoundError):
        opened.desk.case(ticket.id, scope=Scope(seller_ids=("s-2",)))


def test_a_linked_ticket_is_seen_as_it_is_now(opened, ticket):
    other = opened.desk.open_ticket(CONTACT, actor=ANNA, now=NOW)
    opened.desk.case(ticket.id)
    opened.desk.case(other.id)
    opened.desk.pairs.merge(ticket.id, other.id, actor=ANNA, now=NOW)
    for ticket_id in (ticket.id, other.id):
        assert opened.desk.case(ticket_id) == anew(opened.database, ticket_id)
    opened.desk.tag(other.id, ["late"], actor=ANNA, now=NOW)
    assert opened.desk.case(ticket.id) == anew(opened.database, ticket.id)


def test_a_transaction_that_was_undone_left_nothing_in_memory(opened, ticket):
    before = opened.desk.case(ticket.id)

    def tag_and_fail():
        with opened.database.writing():
            opened.desk.tag(ticket.id, ["late"], actor=ANNA, now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        tag_and_fail()
    assert opened.desk.case(ticket.id) == before == anew(opened.database, ticket.id)


def test_an_act_on_a_version_that_is_no_more_is_refused_and_the_case_is_the_winners(opened, ticket):
    opened.desk.tag(ticket.id, ["first"], actor=ANNA, now=NOW)
    with pytest.raises(TicketChangedError):
        opened.desk.tag(ticket.id, ["second"], actor=ANNA, now=NOW, expected_version=ticket.version)
    assert opened.desk.case(ticket.id).ticket.tags == ("first",)


def test_many_who_act_at_once_on_one_ticket_leave_the_case_as_it_is_stored(opened, ticket):
    def act(index):
        for turn in range(8):
            try:
                opened.desk.tag(ticket.id, [f"t{index}-{turn}"], actor=ANNA, now=NOW + timedelta(seconds=turn))
            except TicketChangedError:
                continue

    threads = [Thread(target=act, args=(index,)) for index in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    case = opened.desk.case(ticket.id)
    assert case == anew(opened.database, ticket.id)
    assert case.ticket.version == len(opened.store.events_of(ticket.id)) > 8


def test_the_tables_of_a_case_are_those_that_its_statements_read():
    beside = ("messages_of", "rare_beside", "evidence_of", "claims_of", "links_of")
    names = ("ticket", *beside, "bought", "posting", "linked_tickets")
    read = {name for text in names for name in re.findall(r"\bfrom (\w+)", statement(f"store/{text}"))}
    assert read == set(TABLES)
