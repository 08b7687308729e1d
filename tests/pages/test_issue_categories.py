"""What an analyst sees on the page of issue categories."""

from datetime import timedelta

import pytest
from desk_builders import ANNA, open_ticket

CATEGORY = "logistics_delay"
TABLE = "issue_categories_table"


def column(page, table, name):
    """A column of the table that has a column `table` of its own."""
    (found,) = [element.value for element in page.table if table in element.value]
    return found[name].tolist()


def test_an_empty_desk_leads_to_the_first_tickets(empty_desk, visit):
    page = visit("issue-categories")
    assert not page.exception
    assert any("The desk is empty" in header.value for header in page.header)


def test_the_table_counts_the_tickets_of_each_category(desk, visit):
    page = visit("issue-categories")
    assert not page.exception
    (row,) = page.dataframe[0].value.to_dict("records")
    assert (row["label"], row["tickets_count"], row["share"], row["open_count"]) == ("Logistics delay", 4, 1.0, 4)
    assert (row["reopened"], row["escalated"]) == (0.0, 0.0)


def test_the_medians_of_the_table_count_open_tickets(empty_desk, visit, now):
    # Of three tickets of 5 h one is resolved after 1 h, then one more after 2 h: at first two of three remain,
    # then one does. The median of those resolved alone would be 1 h, then 1 h 30 min.
    tickets = [open_ticket(empty_desk, now - timedelta(hours=5), index) for index in range(3)]
    shown = []
    for hours, ticket in enumerate(tickets[:2], 1):
        for trigger, inputs in (("register", {}), ("resolve", {"resolution_reason": "explained"})):
            at = now - timedelta(hours=5 - hours)
            empty_desk.desk.act(ticket.id, trigger, actor=ANNA, now=at, inputs=inputs)
        (row,) = visit("issue-categories").dataframe[0].value.to_dict("records")
        shown.append((row["first_reply_seconds"], row["first_resolution_seconds"]))
    assert str(shown[0]) == "(nan, nan)"
    assert str(shown[1][0]) == "nan"
    assert shown[1][1] == 2 * 3600


def test_a_row_that_is_selected_narrows_the_page(desk, visit):
    page = visit("issue-categories")
    page.session_state[TABLE] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    page.query_params["category"] = CATEGORY
    page.run()
    assert page.selectbox(key="issue_categories_category").value == CATEGORY
    assert "Everything below is about **Logistics delay**." in [caption.value for caption in page.caption]


@pytest.mark.parametrize("as_of", ["9999-12-31", "0001-01-01"])
def test_a_day_that_no_log_can_hold_is_now(desk, visit, as_of):
    page = visit("issue-categories", as_of=as_of, period="90d")
    assert not page.exception
    assert page.dataframe[0].value["tickets_count"].tolist() == [4]


def test_time_in_state_is_that_of_finished_visits(desk, visit):
    page = visit("issue-categories", category=CATEGORY)
    assert column(page, "Visits", "State") == [":green-badge[New]"]
    assert column(page, "Visits", "Median") == [3600.0]
    assert column(page, "Visits", "There now") == [1]


def test_journeys_and_steps_name_their_states(desk, visit):
    page = visit("issue-categories", category=CATEGORY)
    assert column(page, "Journey", "Tickets") == [3, 1]
    assert column(page, "Journey", "Journey")[1] == ":green-badge[New]"
    assert column(page, "From", "From") == [":green-badge[New]"]
    assert column(page, "From", "Steps") == [3]


def test_the_open_tickets_behind_a_state_can_be_listed(desk, visit):
    page = visit("issue-categories", category=CATEGORY)
    page.selectbox(key="issue_categories_state").set_value("new").run()
    assert column(page, "Age", "Ticket") == ["[1](queue?ticket=1)"]


def test_a_ticket_that_changed_its_category_has_the_states_of_both(desk, visit, now):
    ticket = open_ticket(desk, now - timedelta(hours=3), 4)
    desk.desk.act(ticket.id, "register", actor=ANNA, now=now - timedelta(hours=2))
    desk.desk.recategorise(ticket.id, "product_quality", actor=ANNA, now=now - timedelta(hours=1))
    page = visit("issue-categories", category="product_quality")
    assert not page.exception
    assert len(column(page, "Journey", "Journey")) == 1


def test_a_desk_on_which_nothing_has_moved_says_so(empty_desk, visit, now):
    open_ticket(empty_desk, now - timedelta(hours=1))
    page = visit("issue-categories")
    assert not page.exception
    assert "No ticket has left a state yet." in [caption.value for caption in page.caption]
    assert "No ticket has taken a step yet." in [caption.value for caption in page.caption]


def test_the_table_covers_the_whole_log_whatever_is_chosen(empty_desk, visit, now):
    first = open_ticket(empty_desk, now - timedelta(days=40))
    open_ticket(empty_desk, now - timedelta(days=39), 1)
    empty_desk.desk.recategorise(first.id, "product_quality", actor=ANNA, now=now - timedelta(days=39))
    page = visit("issue-categories", category="product_quality", period="all")
    rows = page.dataframe[0].value.to_dict("records")
    assert [(row["label"], row["tickets_count"], sum(row["course"])) for row in rows] == [
        ("Logistics delay", 1, 1),
        ("Product quality", 1, 1),
    ]
