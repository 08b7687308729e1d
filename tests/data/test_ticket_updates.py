"""A ticket's row is written no further than it changed, and never less."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import duckdb
import pytest

from data.commits import _columns
from data.statements import narrowed
from workflow.ports import Change
from workflow.tickets import Ticket, Timer
from workflow.vocabulary import Ball, Channel, Language, Priority, StateKind

SET = re.compile(r"^    (\w+) = ", re.MULTILINE)
AT = datetime(2026, 3, 1)
TICKET = Ticket(
    id="01900000-0000-7000-8000-000000000001",
    number=1,
    category="logistics_delay",
    lifecycle_version=1,
    state="awaiting_seller",
    state_kind=StateKind.OPEN,
    ball=Ball.SELLER,
    version=3,
    opened_at=AT,
    state_entered_at=AT,
    channel=Channel.EMAIL,
    language=Language.EN,
    priority=Priority.NORMAL,
    seller_id="s-1",
)
OF_TIMERS = {"next_due_at", "next_trigger"}
WRITTEN_ONCE = {"id", "number", "opened_at", "source", "external_ref", "is_synthetic"}
TIMER = Timer(trigger="remind", clock="state", anchor_at=AT, due_at=AT + timedelta(days=1), policy_id="")


@pytest.fixture(scope="module")
def cursor():
    with duckdb.connect() as connection:
        yield connection


def columns_set(cursor, columns):
    return set(SET.findall(narrowed(cursor, "store/update_ticket", frozenset(columns)).query.split("where")[0]))


def test_the_update_sets_all_that_can_change(cursor):
    expected = Ticket.__dataclass_fields__.keys() - WRITTEN_ONCE | OF_TIMERS | {"last_event_at"}
    assert columns_set(cursor, expected) == expected


@pytest.mark.parametrize(
    ("changes", "columns"),
    [
        ({}, set()),
        ({"tags": ("late",)}, {"tags"}),
        ({"state": "resolved", "state_entered_at": datetime(2026, 3, 2)}, {"state", "state_entered_at"}),
        ({"category": "returns", "priority": Priority.HIGH}, {"category", "priority"}),
        ({"timers": (TIMER,)}, {"timers", *OF_TIMERS}),
    ],
)
def test_how_much_is_written(cursor, changes, columns):
    after = replace(TICKET, version=TICKET.version + 1, **changes)
    change = Change(ticket=after, events=(), expected_version=TICKET.version)
    assert columns_set(cursor, _columns(change, TICKET)) == columns | {"version", "last_event_at"}


def test_a_later_timer_that_moves_leaves_the_next_one_alone(cursor):
    later = replace(TIMER, trigger="expire", due_at=AT + timedelta(days=5))
    before = replace(TICKET, timers=(TIMER, later))
    moved = replace(later, due_at=AT + timedelta(days=6))
    change = Change(ticket=replace(before, version=4, timers=(TIMER, moved)), events=(), expected_version=3)
    assert columns_set(cursor, _columns(change, before)) == {"version", "timers", "last_event_at"}


@pytest.mark.parametrize("before", [None, replace(TICKET, version=TICKET.version + 5)])
def test_all_is_written_where_the_stored_ticket_is_not_at_hand(before):
    after = replace(TICKET, version=TICKET.version + 1)
    assert not _columns(Change(ticket=after, events=(), expected_version=TICKET.version), before)
