"""What a manager sees on the page of response times."""

from datetime import timedelta

import pytest
from desk_builders import ANNA, open_ticket

CATEGORY = "logistics_delay"


def captions(page):
    return [caption.value for caption in page.caption]


def metrics(page):
    return {metric.label: metric.value for metric in page.metric}


def test_an_empty_desk_leads_to_the_first_tickets(empty_desk, visit):
    page = visit("response-times")
    assert not page.exception
    assert any("The desk is empty" in header.value for header in page.header)
    assert len(page.metric) == 0


def test_five_cards_say_how_long_and_how_many(desk, visit):
    page = visit("response-times")
    assert not page.exception
    assert metrics(page) == {
        "First reply, median": "—",
        "First reply, 90 % within": "—",
        "First reply, Kaplan-Meier": "not reached",
        "First resolution, median": "—",
        "Backlog now": "4",
    }
    assert "replied 0.0 % (0 of 4)" in captions(page)
    assert "n 4, of which 4 still wait" in captions(page)


def test_without_a_reply_nothing_is_drawn_that_only_replies_can_show(desk, visit):
    page = visit("response-times")
    assert captions(page).count("No ticket has a first reply yet.") == 3


def test_a_reply_moves_the_median(desk, visit, now):
    ((ticket_id,),) = desk.database.read("select id::varchar from tickets where number = 2")
    reply = {"reply_text": "We look into it."}
    desk.desk.act(ticket_id, "seller_reply", actor=ANNA, now=now - timedelta(hours=4), inputs=reply)
    assert metrics(visit("response-times"))["First reply, median"] == "3 h"


def test_the_address_names_period_category_and_duration(desk, visit):
    page = visit("response-times", period="7d", category=CATEGORY, figure="first_resolution")
    assert page.segmented_control(key="response_times_period").value == "7d"
    assert page.selectbox(key="response_times_category").value == CATEGORY
    assert page.segmented_control(key="response_times_figure").value == "first_resolution"
    assert any("How long it takes to the first resolution" in text.value for text in page.markdown)


def test_a_choice_is_written_to_the_address(desk, visit):
    page = visit("response-times")
    assert dict(page.query_params) == {}
    page.segmented_control(key="response_times_period").set_value("90d").run()
    page.selectbox(key="response_times_category").set_value(CATEGORY).run()
    assert page.query_params == {"period": "90d", "category": CATEGORY}
    page.selectbox(key="response_times_category").set_value("").run()
    assert page.query_params == {"period": "90d"}


@pytest.mark.parametrize("query", [{"period": "5y"}, {"category": "nothing"}, {"figure": "mood"}])
def test_an_address_that_names_nothing_is_read_as_if_it_did_not(desk, visit, query):
    page = visit("response-times", **query)
    assert not page.exception
    assert page.segmented_control(key="response_times_period").value == "30d"
    assert page.selectbox(key="response_times_category").value == ""


def test_the_time_zone_is_named(desk, visit):
    assert captions(visit("response-times"))[0].endswith("times in Europe/Moscow")


def test_an_old_log_is_shown_whole_and_the_page_says_so(empty_desk, visit, now):
    open_ticket(empty_desk, now - timedelta(days=400))
    page = visit("response-times")
    assert page.segmented_control(key="response_times_period").value == "all"
    assert captions(page)[0].startswith("No ticket was opened in the last 90 days, so this is the whole log: ")
    assert len(page.metric) == 5


def test_a_period_without_a_ticket_offers_everything(empty_desk, visit, now):
    open_ticket(empty_desk, now - timedelta(days=400))
    page = visit("response-times", period="7d")
    assert any("No ticket was opened in this period" in header.value for header in page.header)
    page.button(key="response_times_show_everything").click().run()
    assert page.segmented_control(key="response_times_period").value == "all"
    assert len(page.metric) == 5


def test_the_oldest_open_tickets_lead_to_their_tickets(desk, visit):
    tables = [table.value for table in visit("response-times").table]
    assert tables[-1]["Ticket"].tolist() == [f"[{number}](queue?ticket={number})" for number in (4, 3, 2, 1)]


def test_an_agent_alone_may_not_see_it(desk, visit, monkeypatch):
    monkeypatch.setenv("DESK_LOCAL_ROLES", "agent")
    page = visit("response-times")
    assert any("You have no access to this page" in header.value for header in page.header)
    assert len(page.metric) == 0
