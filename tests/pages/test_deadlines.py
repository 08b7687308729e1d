"""What the pages Deadlines and Live show, and where they lead."""

from datetime import timedelta

import pandas as pd
import pytest
from desk_builders import ANNA, numbered, open_ticket

from data.people import Agent, People, save_people
from pages.deadlines import charts
from pages.live import tables
from pages.shared import access, colours

HOUR = timedelta(hours=1)


@pytest.fixture
def late_desk(desk, now):
    """The desk of the other tests, and ticket 5, whose first reply was due six hours ago."""
    open_ticket(desk, now - 30 * HOUR, 1)
    return desk


def frames(page):
    return {tuple(frame.value.columns)[2]: frame.value for frame in page.dataframe}


def numbers_of(page):
    return {metric.label: metric.value for metric in page.metric}


def test_the_page_counts_what_is_due_and_what_was_missed(late_desk, visit):
    page = visit("deadlines")
    assert not page.exception
    shown = numbers_of(page)
    assert shown["Overdue now"] == "4"  # the first replies of 5 (24 h) and 4 (urgent, 4 h), and two clocks of 5
    assert shown["Breached in 7 days"] == "2"
    assert shown["Approved by the marketplace"] == "0"


def test_a_target_is_missed_when_it_is_due_and_not_in_the_minute_before(desk, visit, now, monkeypatch):
    clock = (now + timedelta(minutes=1)).replace(second=5)
    open_ticket(desk, clock - 24 * HOUR + timedelta(seconds=30), 1)  # to be answered within 24 hours
    monkeypatch.setattr("data.clock.now", lambda: clock)
    page = visit("deadlines", what="targets", consequence="first_reply")
    due = page.dataframe[0].value
    assert 5 in list(due["number"])
    assert [list(frame.value["number"]) for frame in page.dataframe[1:]] == [[4]]
    overdue = int(numbers_of(page)["Overdue now"])
    monkeypatch.setattr("data.clock.now", lambda: clock + timedelta(minutes=1))
    page = visit("deadlines", what="targets", consequence="first_reply")
    assert list(page.dataframe[-1].value["number"]) == [5, 4]
    assert int(numbers_of(page)["Overdue now"]) == overdue + 1


@pytest.mark.parametrize("seconds", [0, 5, 59])
def test_what_happened_in_this_minute_counts(desk, visit, now, monkeypatch, seconds):
    clock = (now + timedelta(minutes=1)).replace(second=59, microsecond=1)
    open_ticket(desk, clock.replace(second=seconds, microsecond=0), 1)
    monkeypatch.setattr("data.clock.now", lambda: clock)
    assert numbers_of(visit("live"))["Backlog now"] == "5"
    assert numbers_of(visit("response-times"))["Backlog"] == "5"


def test_breaches_are_listed_and_the_address_opens_the_ledger_of_one(late_desk, visit):
    page = visit("deadlines", what="targets")
    assert list(page.dataframe[-1].value["number"]) == [5, 4]
    page = visit("deadlines", ticket="5", ledger="first_reply-1")
    last = page.table[0].value.iloc[-1].map(lambda text: text.replace("\\", ""))
    assert (last["From"], f"{last['Counted']} of 24:00:00") == ("Sum", page.metric[-1].value)


def test_the_filters_of_the_address_narrow_the_lists(late_desk, visit):
    assert len(visit("deadlines", what="clocks").dataframe) == 1
    assert list(visit("deadlines", consequence="next_reply").dataframe) == []
    nobody = visit("deadlines", assignee="nobody")
    assert 5 in list(nobody.dataframe[-1].value["number"])
    for nonsense in ({"horizon": "soon"}, {"consequence": "**x**"}, {"slot": "never"}, {"ticket": "x", "ledger": "y"}):
        assert not visit("deadlines", **nonsense).exception


def test_the_tickets_of_whoever_left_or_is_the_marketplace_s_can_be_chosen(late_desk, visit, now):
    for agent_id, number in (("li", 5), ("anna", 4)):
        late_desk.desk.assign(numbered(late_desk, number).ticket.id, agent_id, actor=ANNA, now=now)
    people = (
        Agent(id="li", name="Li Wei", is_active=False),
        Agent(id="anna", name="Anna Petrova", role="platform_agent"),
        Agent(id="gone", name="Gleb Orlov", is_active=False),
    )
    save_people(late_desk.database, People(agents=people), now)
    page = visit("deadlines", assignee="li")
    options = page.selectbox(key="deadlines_assignee").options
    assert ("Li Wei" in options, "Anna Petrova" in options, "Gleb Orlov" in options) == (True, True, False)
    assert {number for frame in page.dataframe for number in frame.value["number"]} == {5}
    page.selectbox(key="deadlines_assignee").set_value("anna").run()
    assert {number for frame in page.dataframe for number in frame.value["number"]} == {4}


@pytest.mark.parametrize("slot", ["2026-11-27T12:00:00+00:00", "0001-01-01", "9999-12-31T23:59"])
def test_an_instant_that_no_bar_begins_at_narrows_nothing(late_desk, visit, slot):
    whole, page = visit("deadlines"), visit("deadlines", slot=slot)
    assert not page.exception
    assert [list(frame.value["number"]) for frame in page.dataframe] == [
        list(frame.value["number"]) for frame in whole.dataframe
    ]
    assert "deadlines_every_slot" not in [button.key for button in page.button]


def test_an_instant_of_the_next_days_narrows_the_lists_to_its_bar(late_desk, visit, now):
    page = visit("deadlines", what="clocks", slot=(now + timedelta(days=300)).isoformat())
    assert list(page.dataframe) == []
    assert "deadlines_every_slot" in [button.key for button in page.button]


def test_a_number_that_no_ticket_has_opens_no_ledger(late_desk, visit):
    assert not visit("deadlines", ticket="9" * 30, ledger="first_reply-1").exception


def test_what_is_listed_is_handed_over_to_the_queue(late_desk, visit):
    page = visit("deadlines")
    page.button(key="deadlines_to_queue").click().run()
    listed = page.query_params["tickets"].split(",")
    assert sorted(page.dataframe[0].value["number"]) == sorted(int(number) for number in listed)
    page = visit("queue", tickets="5,2,x")
    assert sorted(page.dataframe[0].value["number"]) == [2, 5]
    page.button(key="queue_whole").click().run()
    assert sorted(page.dataframe[0].value["number"]) == [1, 2, 3, 4, 5]


def test_both_pages_are_designed_for_an_empty_desk(empty_desk, visit):
    for url_path in ("deadlines", "live"):
        page = visit(url_path)
        assert not page.exception
        assert any("The desk is empty" in header.value for header in page.header)


def test_live_shows_the_present(late_desk, visit):
    page = visit("live")
    assert not page.exception
    assert numbers_of(page)["Backlog now"] == "5"
    assert numbers_of(page)["Overdue now"] == "2"


def test_a_remaining_time_ticks_below_an_hour():
    assert tables.remaining(725.9) == "12 min 05 s"
    assert tables.remaining(3 * 3600 + 720) == "3 h 12 min"
    assert tables.remaining(0) == "now"


def test_the_strip_puts_what_is_decided_for_us_first_and_the_rare_together(now):
    begin = now.replace(minute=0, second=0)
    names = ["auto-approved", *(f"c{index}" for index in range(8)), "c0"]
    frame = pd.DataFrame(
        {
            "due_at": [begin + HOUR] * 9 + [begin + 2 * HOUR],
            "name": names,
            "is_first": [True, *([False] * 9)],
        }
    )
    figure = charts.strip(frame, HOUR, (begin, begin + 4 * HOUR), "UTC", colours.LIGHT)
    assert [bar.name for bar in figure.data] == ["auto-approved", "c0", "c1", "c2", "c3", "c4", "c5", "other"]
    assert figure.data[0].marker.color == colours.LIGHT.alarm
    assert list(figure.data[1].y) == [1, 1]
    assert figure.data[1].customdata[1][0] == (begin + 2 * HOUR).isoformat()
    assert list(figure.data[-1].y) == [2]


def test_an_agent_sees_the_deadlines_and_not_the_live_page(desk, visit, monkeypatch):
    monkeypatch.setenv("DESK_LOCAL_ROLES", "agent")
    assert any(title.value == "Deadlines" for title in visit("deadlines").title)
    assert not any(title.value == "Live" for title in visit("live").title)
    assert access.is_empty() is False
