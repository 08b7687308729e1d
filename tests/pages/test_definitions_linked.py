"""Every card leads to the definitions that its figures go by, and they are quoted on the page that links to them."""

import re
from datetime import timedelta

import pytest
from desk_builders import ANNA, numbered, open_ticket

from pages.shared import definitions
from pages.shared.cards import card

FIGURE_PAGES = [
    ("response-times", {}),
    ("response-times", {"figure": "first_resolution", "curve": "ends"}),
    ("response-times", {"figure": "full_resolution"}),
    ("deadlines", {}),
    ("live", {}),
    ("issue-categories", {"category": "logistics_delay"}),
    ("weekly-report", {}),
]
OTHER_PAGES = [
    ("deadlines", {"ticket": "5", "ledger": "first_reply-1"}),
    ("notices", {}),
    ("policies", {}),
    ("policies", {"part": "calendars"}),
    ("queue", {"ticket": "2"}),
    ("queue", {"ticket": "5", "ledger": "first_reply-1"}),
]
TITLE = re.compile(r"\*\*(?P<title>.+?)\*\* &nbsp;:gray")
WAY = re.compile(r"\(#(definition-[a-z0-9-]+)\)")


@pytest.fixture
def old_desk(desk, now):
    """The desk of the other tests with a resolved ticket, and ticket 5 of three weeks ago, so a week to report."""
    open_ticket(desk, now - timedelta(days=21), 1)
    inputs = {"resolution_reason": "explained"}
    desk.desk.act(numbered(desk, 2).ticket.id, "resolve", actor=ANNA, now=now, inputs=inputs)
    return desk


def helps(page):
    """The tooltips of everything on the page, by what they explain."""
    found = [node for node in page._tree if getattr(getattr(node, "proto", None), "help", "")]
    return [(getattr(node, "value", ""), node.proto.help) for node in found]


def linked(page):
    return {anchor for _value, tip in helps(page) for anchor in WAY.findall(tip)}


def quoted(page):
    return {subheader.anchor for subheader in page.subheader}


@pytest.mark.parametrize(("name", "query"), FIGURE_PAGES + OTHER_PAGES)
def test_what_a_page_links_to_is_at_its_foot(old_desk, visit, name, query):
    page = visit(name, **query)
    assert not page.exception
    assert linked(page)
    assert linked(page) <= quoted(page)


@pytest.mark.parametrize(("name", "query"), FIGURE_PAGES)
def test_every_card_and_number_leads_to_its_definition(old_desk, visit, name, query):
    page = visit(name, **query)
    cards = [text for text in page.markdown if TITLE.match(text.value)]
    titles = {TITLE.match(text.value)["title"] for text in cards if not WAY.search(text.proto.help)}
    assert len(cards) > 4
    assert titles == {"How it is counted"}
    said = {text.value for text in page.markdown if WAY.search(text.proto.help)}  # a number's name may stand apart
    assert [one.label for one in page.metric if not WAY.search(one.proto.help) and one.label not in said] == []


def test_response_times_lead_to_all_that_they_show(old_desk, visit):
    shown = (
        "Pauses and the pause audit",
        "Replies as the marketplace counts them",
        "Log-rank",
        "Wilson interval",
        "Kaplan-Meier band and quantiles",
        "Due and missed",
        "Heat map of openings",
        "Lateness",
        "Replied within 24 hours",
    )
    page = visit("response-times", figure="full_resolution")
    anchors = {definitions.anchor(heading) for heading in shown}
    assert anchors <= linked(page)
    assert anchors <= {definitions.anchor(one.value) for one in page.subheader}


def test_the_number_of_a_ledger_leads_to_its_definition_within_the_drawer(old_desk, visit):
    for name in ("queue", "deadlines"):
        page = visit(name, ticket="5", ledger="first_reply-1")
        assert WAY.findall(page.metric[-1].proto.help) == ["definition-ledger"]
        assert [one.value for one in page.subheader].count("Ledger") == 1


def test_several_definitions_are_called_by_their_headings():
    assert definitions.tip("So long.", "First reply", "Log-rank") == (
        "So long. How it is counted: [First reply](#definition-first-reply), [Log-rank](#definition-log-rank)"
    )
    assert definitions.tip("", "Log-rank") == "[How it is counted](#definition-log-rank)"
    assert (definitions.tip("So long."), definitions.tip("")) == ("So long.", "")


def test_a_card_says_which_definitions_it_goes_by():
    with pytest.raises(TypeError, match="defined_by"), card("Title", "unit", key="key"):
        pass
