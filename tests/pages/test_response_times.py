"""What a manager sees on the page of response times."""

import json
from datetime import date, timedelta

import pytest
from desk_builders import ANNA, numbered, open_ticket

from pages.shared import access, formats

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
    shown = metrics(page)
    assert shown.pop("Targets met") in {"—", "0.0 %"}  # by the weekday: a clock of office hours may have run out
    assert shown == {
        "First reply": "not reached",
        "Full resolution": "not reached",
        "Auto-approved": "—",
        "Backlog": "4",
        "The marketplace": "0.0 %",
        "This desk": "—",
    }
    assert "90 % within not reached · n 4, 4 still wait" in captions(page)
    assert "no claim was decided" in captions(page)


def test_without_a_reply_nothing_is_drawn_that_only_replies_can_show(desk, visit):
    page = visit("response-times")
    assert captions(page).count("No ticket has a first reply yet.") == 3


def test_replies_move_the_median(desk, visit, now):
    for number in (2, 3):
        ((ticket_id,),) = desk.database.read("select id::varchar from tickets where number = $1", [number])
        reply = {"reply_text": "We look into it."}
        at = now - timedelta(hours=5 * (number - 1) + 2) + timedelta(hours=number)
        desk.desk.act(ticket_id, "seller_reply", actor=ANNA, now=at, inputs=reply)
    assert metrics(visit("response-times"))["First reply"] == "3 h"


def test_the_marks_of_the_distribution_count_open_tickets(empty_desk, visit, now):
    # Of three tickets two are resolved after 1 and 2 h, one is open after 5: after 2 h one of three remains. Of those
    # resolved alone the median would be 1 h 30 min, and 90 % reached after 1 h 54 min.
    tickets = [open_ticket(empty_desk, now - timedelta(hours=5), index) for index in range(3)]
    for hours, ticket in enumerate(tickets[:2], 1):
        for trigger, inputs in (("register", {}), ("resolve", {"resolution_reason": "explained"})):
            at = now - timedelta(hours=5 - hours)
            empty_desk.desk.act(ticket.id, trigger, actor=ANNA, now=at, inputs=inputs)
    page = visit("response-times", figure="first_resolution")
    (spec,) = [
        chart.proto.spec for chart in page.get("plotly_chart") if "response_times_distribution" in chart.proto.id
    ]
    marks = [mark["text"] for mark in json.loads(spec)["layout"]["annotations"]]
    assert marks == ["Median <b>2 h</b>"]


def test_a_ticket_that_was_closed_without_a_reply_waits_no_more(desk, visit, now):
    tickets = {number: numbered(desk, number).ticket.id for number in (2, 4)}
    desk.desk.act(tickets[2], "seller_reply", actor=ANNA, now=now, inputs={"reply_text": "We look into it."})
    desk.desk.act(tickets[4], "resolve", actor=ANNA, now=now, inputs={"resolution_reason": "explained"})
    assert "90 % within not reached · n 4, 2 still wait, 1 closed without a reply" in captions(visit("response-times"))


def test_the_address_names_period_category_and_duration(desk, visit):
    page = visit("response-times", period="7d", category=CATEGORY, figure="first_resolution")
    assert page.segmented_control(key="response_times_period").value == "7d"
    assert page.selectbox(key="response_times_category").value == CATEGORY
    assert page.segmented_control(key="response_times_figure").value == "first_resolution"
    assert any("How long it takes to the first resolution" in text.value for text in page.markdown)


def test_a_choice_is_written_to_the_address(desk, visit):
    page = visit("response-times")
    assert dict(page.query_params) == {}
    page.segmented_control(key="response_times_period").set_value("30d").run()
    page.selectbox(key="response_times_category").set_value(CATEGORY).run()
    assert page.query_params == {"period": "30d", "category": CATEGORY}
    page.selectbox(key="response_times_category").set_value("").run()
    assert page.query_params == {"period": "30d"}


@pytest.mark.parametrize("query", [{"period": "5y"}, {"category": "nothing"}, {"figure": "mood"}])
def test_an_address_that_names_nothing_is_read_as_if_it_did_not(desk, visit, query):
    page = visit("response-times", **query)
    assert not page.exception
    assert page.segmented_control(key="response_times_period").value == "90d"
    assert page.selectbox(key="response_times_category").value == ""


def test_the_time_zone_is_named(desk, visit):
    assert captions(visit("response-times"))[0].endswith("times in Europe/Moscow")


def test_an_old_log_is_shown_whole_and_the_page_says_so(empty_desk, visit, now):
    open_ticket(empty_desk, now - timedelta(days=400))
    page = visit("response-times")
    assert page.segmented_control(key="response_times_period").value == "all"
    assert captions(page)[0].startswith("No ticket was opened in the last 90 days, so this is the whole log: ")
    assert len(page.metric) == 7


def test_a_period_without_a_ticket_offers_everything(empty_desk, visit, now):
    open_ticket(empty_desk, now - timedelta(days=400))
    page = visit("response-times", period="7d")
    assert any("No ticket was opened in this period" in header.value for header in page.header)
    page.button(key="response_times_show_everything").click().run()
    assert page.segmented_control(key="response_times_period").value == "all"
    assert len(page.metric) == 7


def test_the_oldest_open_tickets_lead_to_their_tickets(desk, visit):
    tables = [table.value for table in visit("response-times").table]
    assert tables[-1]["Ticket"].tolist() == [f"[{number}](queue?ticket={number})" for number in (4, 3, 2, 1)]


def test_an_agent_alone_may_not_see_it(desk, visit, monkeypatch):
    monkeypatch.setenv("DESK_LOCAL_ROLES", "agent")
    page = visit("response-times")
    assert any("You have no access to this page" in header.value for header in page.header)
    assert len(page.metric) == 0


def test_a_mark_leads_to_its_tickets_by_the_address(desk, visit, now):
    page = visit("response-times", behind="open")
    assert not page.exception
    tickets = [table.value["Ticket"].tolist() for table in page.table if "Ticket" in table.value]
    assert tickets[-1] == [f"[{number}](queue?ticket={number})" for number in (1, 2, 3, 4)]


def test_a_card_opens_its_tickets(desk, visit):
    page = visit("response-times")
    page.button(key="response_times_card_first_reply_tickets").click().run()
    assert page.query_params == {"behind": "lasted:first_reply"}
    assert "newest first · 4 entries" in captions(page)


def test_targets_that_run_or_are_overdue_are_listed(desk, visit):
    listed = []
    for outcome in ("running", "overdue"):
        page = visit("response-times", behind=f"due:{outcome}:first_reply:seller:s1")
        assert not page.exception
        listed += [cells for table in page.table if "Target" in table.value for cells in table.value["Ticket"]]
    assert sorted(listed) == [f"[{number}](queue?ticket={number})" for number in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    "behind",
    [
        "nothing",
        "cell:1",
        "cell:9:9",
        "due:never",
        "late:a:b",
        "opened:first_reply:x",
        "opened:first_reply:0001-01-01",
        "due_in:9999-12-31",
        "lasted:first_reply:inf:inf",
        "lasted:first_reply:0:nan",
        "wait:first_reply:met:inf:inf",
        "late:1e400:inf",
        "open:-1",
    ],
)
def test_a_name_that_says_nothing_is_dropped(desk, visit, behind):
    page = visit("response-times", behind=behind)
    assert not page.exception
    assert page.query_params == {}


@pytest.mark.parametrize("behind", ["lasted:first_reply:1e300:inf", "open:0:inf", "opened:first_reply:8999-12-31"])
def test_a_name_that_says_something_far_off_lists_what_there_is(desk, visit, behind):
    page = visit("response-times", behind=behind)
    assert not page.exception
    assert page.query_params == {"behind": behind}


def test_a_past_day_moves_the_horizon_and_the_page_says_so(empty_desk, visit, now):
    open_ticket(empty_desk, now - timedelta(days=10))
    open_ticket(empty_desk, now - timedelta(days=2), 1)
    day = (now - timedelta(days=5)).date().isoformat()
    page = visit("response-times", as_of=day)
    assert metrics(page)["Backlog"] == "1"
    assert captions(page)[0].startswith("**As of the end of ")


@pytest.mark.parametrize("period", ["90d", "all"])
@pytest.mark.parametrize("as_of", ["yesterday", "2999-01-01", "9999-12-31", "1969-12-31", "0001-01-01"])
def test_a_day_that_is_not_over_or_before_all_logs_is_now(desk, visit, as_of, period):
    page = visit("response-times", as_of=as_of, period=period)
    assert not page.exception
    assert "As of" not in captions(page)[0]
    assert metrics(page)["Backlog"] == "4"


def test_the_first_day_and_yesterday_are_past_days(desk, visit):
    yesterday = formats.local(access.now(), access.zone()).date() - timedelta(days=1)
    for day in (date(1970, 1, 1), yesterday):
        page = visit("response-times", as_of=day.isoformat(), period="90d")
        assert not page.exception
        assert page.date_input(key="response_times_as_of").value == day


def test_as_of_a_day_before_the_first_ticket_there_is_nothing(desk, visit):
    page = visit("response-times", as_of="2020-01-01")
    assert any("No ticket was opened in this period" in header.value for header in page.header)
