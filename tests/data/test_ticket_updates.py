"""A ticket's row is written no further than it changed, and never less."""

import re
from dataclasses import replace
from datetime import datetime

import pytest

from data.commits import _BY_HAND, _BY_STEP, _extent
from data.statements import statement
from workflow.ports import Change
from workflow.tickets import Ticket
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


@pytest.mark.parametrize(("extent", "fields"), [("_lightly", _BY_HAND), ("_by_step", _BY_STEP)])
def test_a_narrow_update_writes_all_that_may_have_changed(extent, fields):
    columns = set(SET.findall(statement(f"store/update_ticket{extent}")))
    expected = fields | (OF_TIMERS if "timers" in fields else set()) | {"last_event_at"}
    assert columns - {"id"} == expected
    assert columns < set(SET.findall(statement("store/update_ticket")))


@pytest.mark.parametrize(
    ("changes", "extent"),
    [
        ({}, "_lightly"),
        ({"tags": ("late",)}, "_lightly"),
        ({"state": "resolved", "state_entered_at": datetime(2026, 3, 2)}, "_by_step"),
        ({"state": "resolved", "tags": ("late",)}, ""),
        ({"category": "returns"}, ""),
        ({"buyer_key": "b-9", "priority": "high"}, ""),
    ],
)
def test_how_much_is_written(changes, extent):
    after = replace(TICKET, version=TICKET.version + 1, **changes)
    change = Change(ticket=after, events=(), expected_version=TICKET.version)
    assert _extent(change, TICKET) == extent
    assert _extent(change, None) == ""
    assert _extent(change, replace(TICKET, version=TICKET.version + 5)) == ""
