"""A list of several pages: stepping over their ends, the page of the address, and marks that stay when it is turned."""

from contextlib import closing
from datetime import timedelta
from functools import lru_cache
from shutil import copytree

import pytest
from desk_builders import ANNA, numbered

from data.opening import open_desk
from pages.queue.paging import PAGE_SIZE
from workflow.bulk import MOST
from workflow.contacts import Contact
from workflow.vocabulary import Channel, Language

COUNT = 2 * PAGE_SIZE + 4


@pytest.fixture(scope="module")
def filled(filled, tmp_path_factory):
    """The four tickets of the desk and two hundred more: three pages, the last of four tickets."""

    @lru_cache(maxsize=1)
    def folder(now):
        folder = copytree(filled(now), tmp_path_factory.mktemp("long"), dirs_exist_ok=True)
        with closing(open_desk(folder / "desk.duckdb")) as opened:
            fill_further(opened, now)
        return folder

    return folder


def fill_further(opened, now):
    for index in range(COUNT - 4):
        contact = Contact(
            category="logistics_delay",
            channel=Channel.EMAIL,
            text="Where is my parcel?",
            seller_id="s1",
            buyer_key=f"buyer-{index}",
            language=Language.EN,
        )
        opened.desk.open_ticket(contact, actor=ANNA, now=now - timedelta(minutes=COUNT - index))


@pytest.fixture
def newest(desk, visit):
    """The list of all tickets, the newest first."""

    def open_list(**query):
        return visit("queue", view="all", sort="newest", **query)

    return open_list


def listed(page):
    return list(page.dataframe[0].value["number"])


def chosen(page):
    """The ticket that the address names, and the page of the list."""
    return int(page.query_params["ticket"]), page.query_params.get("page", "1")


def marks(page):
    return next(text.value for text in page.markdown if "selected" in text.value)


def test_the_next_ticket_after_the_last_of_a_page_is_the_first_of_the_next_page(newest):
    page = newest()
    numbers = listed(page)
    page.query_params["ticket"] = str(numbers[-1])
    page.run()
    page.button(key="queue_next").click().run()
    second = listed(page)
    assert len(numbers) == len(second) == PAGE_SIZE
    assert not set(numbers) & set(second)
    assert chosen(page) == (second[0], "2")
    page.button(key="queue_next").click().run()
    assert chosen(page) == (second[1], "2")
    page.button(key="queue_previous").click().run()
    page.button(key="queue_previous").click().run()
    assert chosen(page) == (numbers[-1], "1")
    assert listed(page) == numbers


def test_the_ends_of_the_list_are_said(newest):
    page = newest(page="3")
    last = listed(page)
    assert len(last) == COUNT - 2 * PAGE_SIZE
    page.query_params["ticket"] = str(last[-1])
    page.run()
    page.button(key="queue_next").click().run()
    assert chosen(page) == (last[-1], "3")
    assert ["last ticket of the list" in toast.value for toast in page.toast] == [True]
    page = newest()
    first = chosen(page)
    page.button(key="queue_previous").click().run()
    assert chosen(page) == first
    assert ["first ticket of the list" in toast.value for toast in page.toast] == [True]


def test_a_neighbour_beyond_the_page_is_the_ticket_s_also_where_the_list_moved_meanwhile(newest, desk, now):
    page = newest()
    numbers = listed(page)
    following = listed(newest(page="2"))
    page.query_params["ticket"] = str(numbers[-1])
    page.run()
    contact = Contact(
        category="logistics_delay",
        channel=Channel.EMAIL,
        text="Hello",
        seller_id="s1",
        buyer_key="b-new",
        language=Language.EN,
    )
    desk.desk.open_ticket(contact, actor=ANNA, now=now)
    page.button(key="queue_next").click().run()
    assert chosen(page) == (following[0], "2")


def test_a_link_to_a_ticket_opens_the_list_at_its_page(newest):
    second = listed(newest(page="2"))
    page = newest(ticket=str(second[7]))
    assert listed(page) == second
    assert chosen(page) == (second[7], "2")
    page.button(key="queue_next").click().run()
    assert chosen(page) == (second[8], "2")


def test_a_ticket_that_is_on_another_page_than_the_address_says_is_offered(newest):
    second = listed(newest(page="2"))
    page = newest(ticket=str(second[0]), page="1")
    assert any(f"Ticket {second[0]} is not on this page." in caption.value for caption in page.caption)
    page.button(key="queue_its_page").click().run()
    assert chosen(page) == (second[0], "2")
    assert not any("is not on this page" in caption.value for caption in page.caption)
    page.query_params["q"] = "kettle parcel"
    page.query_params["ticket"] = "1"
    page.run()
    assert not page.exception


@pytest.mark.parametrize(("asked", "shown"), [("99", 4), ("x", 100), ("0", 100), ("9" * 30, 100), ("9" * 18, 4)])
def test_a_page_that_is_none_is_the_nearest_that_is(newest, asked, shown):
    assert len(listed(newest(page=asked))) == shown


def test_another_list_begins_on_its_first_page(newest):
    page = newest(page="2")
    page.selectbox(key="queue_sort").set_value("oldest").run()
    assert chosen(page) == (listed(page)[0], "1")


def test_marks_stay_when_the_page_is_turned_and_are_counted_up_to_the_most(newest, desk):
    page = newest()
    page.button(key="queue_bulk").click().run()
    page.button(key="queue_bulk_all").click().run()
    assert marks(page) == "**100 tickets selected**"
    turn(page, 2)
    assert marks(page) == "**100 tickets selected** · 100 of them not on this page"
    page.button(key="queue_bulk_all").click().run()
    assert marks(page) == "**200 tickets selected** · 100 of them not on this page"
    turn(page, 3)
    page.button(key="queue_bulk_all").click().run()
    assert marks(page) == f"**{MOST} tickets selected** · {MOST} of them not on this page"
    assert any("as many as one act may change" in caption.value for caption in page.caption)
    turn(page, 1)
    assert marks(page) == "**200 tickets selected** · 100 of them not on this page"
    page.button(key="queue_bulk_none").click().run()
    assert marks(page) == "**0 tickets selected**"


def test_an_act_reaches_marked_tickets_of_other_pages(newest, desk):
    page = newest(page="2")
    other = listed(page)[3]
    page.query_params["ticket"] = str(other)
    page.run()
    page.button(key="queue_bulk").click().run()
    page.button(key="queue_bulk_mark").click().run()
    turn(page, 1)
    here = listed(page)[0]
    page.query_params["ticket"] = str(here)
    page.run()
    page.button(key="queue_bulk_mark").click().run()
    page.button(key="queue_bulk_tag").click().run()
    page.text_input(key="queue_input_tags").set_value("flood").run()
    page.button(key="queue_bulk_do").click().run()
    assert [numbered(desk, number).ticket.tags for number in (other, here)] == [("flood",), ("flood",)]


def test_the_ticket_that_is_shown_is_marked_also_where_it_is_not_on_the_page(newest):
    second = listed(newest(page="2"))
    page = newest(page="1", ticket=str(second[0]))
    page.button(key="queue_bulk").click().run()
    page.button(key="queue_bulk_mark").click().run()
    assert marks(page) == "**1 ticket selected** · 1 of them not on this page"
    page.button(key="queue_bulk_mark").click().run()
    assert marks(page) == "**0 tickets selected**"
    page.query_params["ticket"] = "9999"
    page.run()
    page.button(key="queue_bulk_mark").click().run()
    assert marks(page) == "**0 tickets selected**"
    assert any("cannot be selected" in caption.value for caption in page.caption)


def turn(page, number):
    page.query_params["page"] = str(number)
    return page.run()
