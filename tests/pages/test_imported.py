"""A ticket that came from elsewhere: its history as it was, nothing made up, and one way to work on it."""

import json

import pytest
from desk_builders import numbered
from test_start import MAPPING, check, finish

from pages.shared import jobs

LOG = (
    b"case,step,at,who,colour\n"
    b"A-1,opened,2026-01-05 10:00:00,Rosa,red\n"
    b"A-1,asked back,2026-01-05 11:00:00,Emil,blue\n"
    b"A-1,opened,2026-01-06 11:00:00,Rosa,blue\n"
)
ROLES = b'resource = "who"\nattributes = ["colour"]\n'


@pytest.fixture
def imported(empty_desk, visit):
    page = check(visit("start"), LOG, MAPPING + ROLES)
    page.button(key="start_go_on").click().run()
    finish()
    jobs.put_away()
    return visit("queue", ticket="1")


def keys(page, prefix):
    return [button.key for button in page.button if button.key and button.key.startswith(prefix)]


def component(page, name):
    return next(json.loads(item.proto.json) for item in page.get("bidi_component") if name in item.proto.component_name)


def test_it_shows_where_it_comes_from_and_offers_nothing_but_to_take_it_over(imported):
    assert keys(imported, "queue_take_over_") == [
        "queue_take_over_after_sales_1",
        "queue_take_over_logistics_delay_1",
        "queue_take_over_product_quality_1",
    ]
    others = ("queue_do_", "queue_cannot_", "queue_follow_up", "queue_mirror", "queue_parcel", "queue_assign")
    assert [key for prefix in others for key in keys(imported, prefix)] == []
    texts = [element.value for element in imported.markdown]
    assert "A\\-1" in texts
    assert "blue" in texts
    assert [text for text in texts if "Buyer writes" in text] == []


def test_its_history_has_the_authors_and_times_of_the_log(imported):
    entries = component(imported, "timeline")["entries"]
    assert [(entry["what"], entry["to"], entry["who"], entry["iso"]) for entry in entries] == [
        ("opened", "", "Rosa", "2026-01-06T11:00:00Z"),
        ("asked back", "", "Emil", "2026-01-05T11:00:00Z"),
        ("opened", "", "Rosa", "2026-01-05T10:00:00Z"),
    ]


def test_its_diagram_is_the_way_that_it_took(imported):
    drawn = component(imported, "diagram")
    assert {state["name"]: state["look"] for state in drawn["states"]} == {"opened": "current", "asked back": "visited"}
    assert [(arrow["kind"], arrow["to"]) for arrow in drawn["arrows"]] == [
        ("walked", "asked back"),
        ("walked", "opened"),
    ]


def test_it_is_taken_over_into_a_category_of_the_desk(empty_desk, imported):
    imported.button(key="queue_take_over_product_quality_1").click().run()
    ticket = numbered(empty_desk, 1).ticket
    assert (ticket.category, ticket.state) == ("product_quality", "awaiting_seller")
    assert keys(imported, "queue_do_seller_agent_") != []
    assert not imported.exception
