"""Names that hold addresses and markup stay text on every page: no link, no picture, no backslash, no request."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data.clock import now
from data.opening import open_desk
from data.people import Agent, BuyerPerson, People, Seller, save_people
from tests.pages import desk_builders
from workflow.tickets import Actor
from workflow.vocabulary import Role

EVIL = (
    "[x](https://evil.example) https://evil.example/a_b www.evil.example HTTP://evil.example a@evil.example "
    "mailto:b@evil.example ![i](https://evil.example/x.png) :red[r] <b>b</b> `q` **z** | $a$"
)
LI = Actor(role=Role.SELLER_AGENT, id="li")
FOREIGN_LINKS = "links => links.map(link => link.href).filter(href => !href.startsWith(location.origin))"
TEXTS = "() => [document.body.innerText, ...[...document.querySelectorAll('input')].map(field => field.value)]"


@pytest.fixture(scope="module")
def hostile_desk(desk_server, tmp_path_factory):
    """A desk on which whatever has a name has a hostile one; ticket 2 is assigned."""
    path, at = tmp_path_factory.mktemp("hostile") / "desk.duckdb", now()
    people = People(
        sellers=(Seller(id="s1", name=f"Seller {EVIL}"),),
        agents=(Agent(id="anna", name=f"Anna {EVIL}"), Agent(id="li", name=f"Li {EVIL}")),
        persons=(BuyerPerson(buyer_key="b1", name=f"Buyer {EVIL}"),),
    )
    order = replace(desk_builders.order(at), number=f"O {EVIL}")
    posting = replace(desk_builders.posting(at), tracking_number=f"T {EVIL}", carrier=f"C {EVIL}")
    with open_desk(path) as opened:
        save_people(opened.database, people, at)
        opened.store.save_order(order, [posting], [replace(desk_builders.product(), name=f"Product {EVIL}")])
        for index in (1, 2):
            ticket = desk_builders.open_ticket(opened, at - timedelta(hours=index), index)
            opened.desk.assign(ticket.id, "li", actor=LI, now=at - timedelta(minutes=9))
            opened.desk.act(ticket.id, "register", actor=LI, now=at - timedelta(minutes=5))
    return desk_server(DESK_DATABASE=str(path))


@pytest.mark.parametrize(
    "address", ["queue?view=all&ticket=2", "queue?view=all&assignee=li", "live", "deadlines", "team", "notices", ""]
)
def test_a_name_with_an_address_and_markup_stays_text(address, hostile_desk, page, asked, settled):
    page.goto(f"{hostile_desk}/{address}")
    settled(page)
    page.get_by_role("heading", level=1).wait_for()
    settled(page)
    assert page.locator("[data-testid=stMain] a[href]").evaluate_all(FOREIGN_LINKS) == []
    assert page.locator("[data-testid=stMain] img[src*=evil]").count() == 0
    assert [text for text in page.evaluate(TEXTS) if "\\" in text] == []
    assert [url for url in asked if "evil" in url] == []
    if "ticket" in address:
        badge = page.locator(".st-key-queue_ticket .stMarkdownBadge", has_text="Seller [x]")
        assert badge.inner_text().replace("\u2060", "").endswith(f"Seller {EVIL}")
