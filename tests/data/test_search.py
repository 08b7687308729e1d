"""What is written can be found at once, by every text that leads to a ticket, and `check` says where it cannot."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from data import search_index, searching
from data.check import check
from data.database import Database
from data.metrics import Metrics
from data.opening import OpenDesk, open_desk
from data.people import BuyerPerson, People, erase_person, save_people
from data.search_index import rebuild_words, tidy_words
from data.searching import refresh_words
from data.selection import QueueFilter, QueueView
from tests.data.checked_desks import AGENT, HOUR, T0, contact_of, places, spoilt
from tests.new_desks import new_desk
from workflow.contacts import Newcomers
from workflow.records import Claim, Order, Posting, Product
from workflow.tickets import Scope
from workflow.vocabulary import Scheme

LAMP = Product(id="sku-9", name="Настольная лампа", product_category="home")
PARCEL = Posting(
    number="77-0001-1",
    order_id="o-7",
    scheme=Scheme.RFBS,
    status="delivering",
    status_changed_at=T0,
    tracking_number="RR123456789CN",
)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenDesk]:
    """Ticket 1 about a lamp of an order that travels; ticket 2 in Chinese, of another seller, about nothing known."""
    with new_desk(tmp_path / "desk.duckdb") as opened:
        save_people(opened.database, People(persons=(BuyerPerson(buyer_key="b-7", name="Ольга Смирнова"),)), T0)
        order = Order(id="o-7", number="77-0001", seller_id="s-1", buyer_key="b-7", ordered_at=T0)
        opened.store.save_order(order, [PARCEL], [LAMP])
        about = {"order_id": "o-7", "posting_number": "77-0001-1", "product_id": "sku-9", "buyer_key": "b-7"}
        opened.desk.open_ticket(contact_of(**about, text="Посылки всё нет"), actor=AGENT, now=T0)
        other = {"order_id": "", "seller_id": "s-2", "files": (), "text": "我要退货, order 77"}
        opened.desk.open_ticket(contact_of(**other), actor=AGENT, now=T0)
        yield opened


def found(opened: OpenDesk, search: str, **changes: object) -> list[int]:
    queue = replace(QueueFilter(now=T0 + HOUR, view=QueueView.ALL, search=search), **changes)
    metrics = Metrics(opened.database)
    numbers = metrics.open_queue(queue)["number"].tolist()
    assert metrics.open_queue_count(queue) == len(numbers)
    return numbers


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("77-0001", [1]),
        ("77-0001-1", [1]),
        ("rr123456789cn", [1]),
        ("rr1234", [1]),
        ("RR 123456789", [1]),
        ("No. 2", [2]),
        ("sku-9", [1]),
        ("лампы", [1]),
        ("смирнова", [1]),
        ("посылку", [1]),
        ("лампа посылка смирнова", [1]),
        ("лампа 退货", []),
        ("退货", [2]),
        ("!!!", []),
        ("", [2, 1]),
    ],
)
def test_a_ticket_is_found_by_every_text_that_leads_to_it(opened, search, expected):
    assert sorted(found(opened, search)) == sorted(expected)


def test_the_ticket_whose_number_is_asked_for_comes_first(opened):
    for _ in range(10):
        opened.desk.open_ticket(contact_of(order_id="", files=(), text="1 lamp"), actor=AGENT, now=T0)
    assert found(opened, "1")[0] == 1
    assert len(found(opened, "1")) == 11  # all but ticket 2: by number, order or text
    assert found(opened, "2")[:1] == [2]


def test_the_search_keeps_to_the_scope(opened):
    assert found(opened, "77", scope=Scope(seller_ids=("s-2",))) == [2]


def test_what_is_said_later_is_found_as_soon_as_it_is_written(opened):
    (ticket_id,) = opened.database.read("select cast(id as varchar) from tickets where number = 1")[0]
    opened.desk.act(ticket_id, "add_note", actor=AGENT, now=T0 + HOUR, inputs={"note_text": "Called the warehouse."})
    assert found(opened, "warehouse called") == [1]


def test_an_act_leaves_its_words_to_the_next_search(opened):
    assert opened.database.read("select count(*) from ticket_words") == [(0,)]
    assert found(opened, "1") == [1]
    assert opened.database.read("select count(*) from ticket_words where word = 'посылк'") == [(1,)]


def test_a_desk_that_ended_before_its_words_were_made_makes_them_when_it_is_opened(opened, tmp_path):
    with opened.database.writing() as cursor:
        cursor.execute("delete from settings where key = 'search_words_up_to'")
    opened.close()
    with Database.open(tmp_path / "desk.duckdb") as database:
        assert database.read("select distinct number from ticket_words where word = '退货'") == [(2,)]
        assert check(database) == []
    opened.database = Database.open(tmp_path / "desk.duckdb")  # the fixture closes it


def test_a_search_does_not_wait_for_a_long_write_but_finds_what_is_there(opened, monkeypatch):
    assert found(opened, "退货") == [2]
    opened.desk.open_ticket(contact_of(order_id="", files=(), text="退货"), actor=AGENT, now=T0)
    monkeypatch.setattr(searching, "PATIENCE_SECONDS", 0.01)
    with ThreadPoolExecutor(1) as pool, opened.database.writing():
        assert pool.submit(found, opened, "退货").result() == [2]
    assert sorted(found(opened, "退货")) == [2, 3]


def test_a_product_that_is_renamed_is_found_by_its_new_name_only(opened):
    order = Order(id="o-7", number="77-0001", seller_id="s-1", buyer_key="b-7", ordered_at=T0)
    opened.store.save_order(order, [], [replace(LAMP, name="Торшер")])
    assert (found(opened, "лампа"), found(opened, "торшеры")) == ([], [1])


def test_a_parcel_that_gets_another_tracking_number_is_found_by_it(opened):
    opened.store.save_posting(replace(PARCEL, tracking_number="LB000111222SG"))
    assert (found(opened, "RR123456789CN"), found(opened, "LB000111222SG")) == ([], [1])
    opened.store.save_posting(replace(PARCEL, tracking_number=""))
    assert found(opened, "LB000111222SG") == []


def test_a_ticket_is_found_by_the_number_of_its_claim_as_it_is_now(opened):
    ((ticket_id,),) = opened.database.read("select id::varchar from tickets where number = 2")
    claim = Claim(
        id="00000000-0000-7000-8000-000000000001",
        ticket_id=ticket_id,
        kind="return",
        external_ref="RET-00417-1",
        status="open",
        reason_code="other",
        is_defect=False,
        filed_at=T0,
    )
    opened.desk.record_claim(claim, actor=AGENT, now=T0)
    assert [found(opened, search) for search in ("RET-00417-1", "ret-00417", "RET-00418")] == [[2], [2], []]
    opened.desk.record_claim(replace(claim, external_ref="RET-00990-1"), actor=AGENT, now=T0)
    assert (found(opened, "RET-00417-1"), found(opened, "RET-00990-1")) == ([], [2])
    before = opened.database.read("from record_words order by all")
    with opened.database.writing() as cursor:
        rebuild_words(cursor)
    assert opened.database.read("from record_words order by all") == before


def test_a_person_who_is_erased_is_found_no_more(opened):
    erase_person(opened.database, "b-7")
    assert found(opened, "смирнова") == []
    assert opened.database.read("select count(*) from record_words where field = 'buyer'") == [(0,)]


def test_a_buyer_of_a_new_contact_is_found_by_name(opened):
    newcomers = Newcomers(first_seen_at=T0, buyer_key="b-new", buyer_name="Ivan Petrov")
    contact = contact_of(buyer_key="b-new", order_id="", files=())
    opened.desk.open_ticket(contact, actor=AGENT, now=T0, newcomers=newcomers)
    assert found(opened, "petrov") == [3]


def test_a_sound_desk_has_all_its_words(opened):
    assert check(opened.database) == []


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("delete from ticket_words where word = '退货'", (2, "ticket_words")),
        ("insert into ticket_words values (1, 'message', 'nonsense')", (1, "ticket_words")),
        ("delete from record_words where field = 'product' and word = 'ламп'", (None, "record_words, product sku-9")),
        ("insert into record_words values ('b-7', 'buyer', 'ivan')", (None, "record_words, buyer b-7")),
    ],
)
def test_check_names_what_would_not_be_found(opened, statement, place):
    refresh_words(opened.database)
    assert places(spoilt(opened.database, statement)) == [place]


def test_the_words_that_many_acts_left_behind_are_put_in_order(opened, monkeypatch):
    with opened.database.writing() as cursor:
        assert not tidy_words(cursor)
        before = sorted(cursor.execute("select * from ticket_words").fetchall())
        monkeypatch.setattr(search_index, "UNORDERED_MOST", 3)
        assert tidy_words(cursor)
        after = cursor.execute("select word from ticket_words").fetchall()
        assert after == sorted(after)
        assert sorted(cursor.execute("select * from ticket_words").fetchall()) == before
        assert not tidy_words(cursor)


def test_a_desk_from_before_the_search_gets_its_words_when_it_is_opened(opened, tmp_path):
    expected = found(opened, "лампа")
    with opened.database.writing() as cursor:
        # What the migration leaves on a desk that has texts already: empty tables, and no word of what they hold.
        for text in (
            "delete from ticket_words",
            "delete from record_words",
            "delete from settings where key like 'search%'",
        ):
            cursor.execute(text)
    opened.close()
    with open_desk(tmp_path / "desk.duckdb") as again:
        assert expected == [1]
        assert found(again, "лампа") == expected
        assert check(again.database) == []
    opened.database = Database.open(tmp_path / "desk.duckdb")  # the fixture closes it
