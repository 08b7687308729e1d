"""The head of a ticket names what the list names for it: which clock or target, when, and how late."""

from datetime import timedelta

import pytest
from desk_builders import ANNA, numbered, open_ticket

from data.clockwork import run_clocks
from data.metrics import Metrics
from data.selection import QueueFilter, QueueView
from data.service.shelf import publish_policies, rulebook
from pages.queue import rows
from tests.workflow.service_builders import policy, target
from workflow.service.policies import MARKETPLACE, TargetKind
from workflow.vocabulary import Ball

HOUR = timedelta(hours=1)
RESOLVED = target(TargetKind.FULL_RESOLUTION, HOUR, calendar_id=MARKETPLACE, pause_balls=frozenset({Ball.BUYER}))


@pytest.fixture
def promised(desk, now):
    """Promise targets, and nothing else, to tickets 1 to 4, which are 2, 7, 12 and 17 hours old."""

    def publish(*targets):
        with desk.database.writing() as cursor:
            cursor.execute("delete from service_policy_versions")
        began = now - 48 * HOUR
        publish_policies(desk.database, [policy(*targets)], valid_from=began, by="anna", note="", now=began)
        run_clocks(desk, rulebook(desk.database), now)

    return publish


def listed(desk, now, number):
    frame = Metrics(desk.database).open_queue(QueueFilter(now=now, view=QueueView.ALL), limit=100)
    return rows.clocks(frame[frame["number"] == number], now, is_settled=False)[0]


def said(page):
    return [element.value for element in (*page.markdown, *page.caption)]


def test_a_missed_target_is_as_late_as_in_the_list_and_goes_before_the_clock(desk, now, promised, visit):
    promised(RESOLVED)
    assert listed(desk, now, 2) == "6 h late · resolution"
    texts = said(visit("queue", ticket="2"))
    assert any("Resolution **6 h" in text and "late**" in text for text in texts)
    assert any("missed by 6 h" in text and "goes on" in text and "not counted" not in text for text in texts)
    assert not any("First reply is late **" in text and "timer" in text for text in texts)


def test_where_the_targets_clock_stood_still_head_and_card_say_what_they_count(desk, now, promised, visit):
    replied_at = now - 2 * HOUR
    desk.desk.act(
        numbered(desk, 2).ticket.id, "seller_reply", actor=ANNA, now=replied_at, inputs={"reply_text": "On its way."}
    )
    promised(RESOLVED)
    assert listed(desk, now, 2) == "6 h late · resolution"
    texts = said(visit("queue", ticket="2"))
    assert any("Resolution **6 h" in text and "late**" in text for text in texts)
    assert any(text.endswith("4 h over, pauses not counted") for text in texts)
    assert any("missed by 4 h, goes on" in text for text in texts)
    assert any(text.startswith("pauses not counted; 6 h") and text.endswith("late in all") for text in texts)


def test_a_target_that_is_due_before_the_clock_is_named(desk, now, promised, visit):
    promised(target(budget=20 * HOUR, calendar_id=MARKETPLACE))
    assert listed(desk, now, 4) == "3 h · first reply due"
    texts = said(visit("queue", ticket="4"))
    assert any("First reply due" in text and "**in " in text for text in texts)


def test_a_flag_that_holds_is_named_with_the_time_since_when(desk, now, promised, visit):
    open_ticket(desk, now - 30 * HOUR)
    promised(target(budget=60 * HOUR, calendar_id=MARKETPLACE))
    assert listed(desk, now, 5) == "now · first reply is late"
    texts = said(visit("queue", ticket="5"))
    assert any("First reply is late **now**" in text for text in texts)
    assert any(text.startswith("since ") for text in texts)


def test_without_a_nearer_target_the_clock_is_named(desk, now, promised, visit):
    promised(target(budget=60 * HOUR, calendar_id=MARKETPLACE))
    assert listed(desk, now, 1) == "22 h · first reply is late"
    assert any("First reply is late" in text and "**in 2" in text for text in said(visit("queue", ticket="1")))
