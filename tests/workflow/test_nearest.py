"""What is named first of a ticket: its nearest clock or service target, and a breach before both."""

from datetime import timedelta

import pytest

from tests.workflow.calendar_builders import at
from tests.workflow.service_builders import Log, book, judged, policy, target
from tests.workflow.test_overdue import TABLES, ticket
from workflow.nearest import nearest
from workflow.service.policies import MARKETPLACE, TargetKind
from workflow.tickets import Timer
from workflow.vocabulary import Ball, StateKind

TABLE = TABLES["product_quality"]
OPENED = at("2026-01-05 09:00")
HOUR = timedelta(hours=1)
NOW = OPENED + HOUR
IDLE = {"flags": frozenset({"seller_idle"}), "spent": {"seller_idle": OPENED}, "state_entered_at": OPENED}


def promised(*hours: int, kind: TargetKind = TargetKind.FIRST_REPLY, log: Log | None = None):
    """Targets of so many hours as of `NOW`, the first of `kind`, the next of a full resolution."""
    kinds = (kind, TargetKind.FULL_RESOLUTION)
    targets = [
        target(one, count * HOUR, calendar_id=MARKETPLACE, pause_balls=frozenset({Ball.BUYER}))
        for one, count in zip(kinds, hours, strict=False)
    ]
    return judged(log or Log(), book(policy(*targets)), now=str(NOW))


def with_clock(hours: float | None, **changes):
    timers = [hours] if hours is not None else []
    return ticket(
        timers=tuple(
            Timer(trigger="remind_buyer", clock="state", anchor_at=OPENED, due_at=OPENED + count * HOUR, policy_id="")
            for count in timers
        ),
        **changes,
    )


@pytest.mark.parametrize(
    ("one", "targets", "due", "name"),
    [
        (with_clock(None), (), None, None),
        (with_clock(3), (), 3, "remind_buyer"),
        (with_clock(None), promised(2), 2, "first_reply"),
        (with_clock(3), promised(2), 2, "first_reply"),
        (with_clock(3), promised(3), 3, "remind_buyer"),
        (with_clock(3), promised(4), 3, "remind_buyer"),
        (with_clock(None), promised(4, 3), 3, "full_resolution"),
        (with_clock(None), promised(3, 3), 3, "first_reply"),
        (with_clock(3), promised(2, log=Log().reply("2026-01-05 09:30")), 3, "remind_buyer"),
        (
            with_clock(3),
            promised(2, kind=TargetKind.REQUESTER_WAIT, log=Log().asks("2026-01-05 09:30")),
            3,
            "remind_buyer",
        ),
        (with_clock(3, state_kind=StateKind.DONE), promised(2), 3, "remind_buyer"),
        (with_clock(None, state_kind=StateKind.DONE), promised(2), None, None),
        (with_clock(3, source="csv"), promised(2), 3, "remind_buyer"),
        (with_clock(3, source="csv", flags=frozenset({"taken_over"})), promised(2), 2, "first_reply"),
        (with_clock(None, **IDLE), (), None, "seller_idle"),
        (with_clock(3, **IDLE), promised(2), None, "seller_idle"),
        (with_clock(3, **IDLE), promised(1), 1, "first_reply"),  # missed, and goes on
        (with_clock(0.5, **IDLE), promised(2), 0.5, "remind_buyer"),  # due, and not fired yet
    ],
)
def test_what_is_named_first(one, targets, due, name):
    found = nearest(one, TABLE, targets, NOW, last_event_at=OPENED)
    if found is None:
        assert name is None
        return
    assert (found.trigger or found.target.span.kind) == name
    assert found.due_at == (OPENED + due * HOUR if due is not None else None)


def test_what_the_buyer_wrote_after_the_end_is_named_for_two_weeks():
    one = with_clock(3, state_kind=StateKind.DONE, flags=frozenset({"buyer_wrote_again"}))
    names = [
        (found.due_at, found.trigger)
        for days in (14, 15)
        if (found := nearest(one, TABLE, (), OPENED + timedelta(days=days), last_event_at=OPENED))
    ]
    assert names == [(None, "buyer_wrote_again"), (OPENED + 3 * HOUR, "remind_buyer")]
