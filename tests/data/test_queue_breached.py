"""What is due and breached in the queue: clocks and service targets by hand, after a tick, and once more in pandas."""

from dataclasses import replace
from datetime import datetime, timedelta

import pandas as pd
import pytest

from data.clockwork import run_clocks
from data.demo import load_demo
from data.metrics import Metrics
from data.opening import OpenDesk, open_desk
from data.selection import QueueFilter, QueueView
from data.service.kept import keep_up
from data.service.shelf import publish_policies, rulebook
from data.service.tickets import judged_ticket
from tests.data.checked_desks import AGENT, T0, contact_of
from tests.workflow.calendar_builders import hours
from tests.workflow.service_builders import policy, target
from workflow.nearest import nearest
from workflow.service.policies import MARKETPLACE, TargetKind
from workflow.tickets import Actor
from workflow.vocabulary import Ball, Priority, Role

NOW = T0 + hours(25)
MINUTE = timedelta(minutes=1)
BUYER = Actor(role=Role.BUYER, id="b-1", recorded_by="anna")
FIRST = target(budget=hours(30), calendar_id=MARKETPLACE)
NEXT = target(TargetKind.NEXT_REPLY, hours(10), calendar_id=MARKETPLACE)
URGENT = target(budget=hours(4), calendar_id=MARKETPLACE)


@pytest.fixture
def opened(tmp_path):
    """Seven tickets and one history from elsewhere, a day and an hour after the first was opened.

    The lifecycle wants a reply within 24 h; promised are 4 h for what is urgent, else 30 h, and 10 h for a next reply.
    """
    with open_desk(tmp_path / "desk.duckdb") as desk:
        with desk.database.writing() as cursor:
            cursor.execute("delete from service_policy_versions")
        policies = [policy(URGENT, name="urgent", priority=("urgent",)), policy(FIRST, NEXT)]
        publish_policies(desk.database, policies, valid_from=T0, by="anna", note="", now=T0)
        opening = NOW - hours(4) - 7 * MINUTE
        _ticket(desk, opening, priority=Priority.URGENT)  # 1: missed by 7 min
        _ticket(desk, T0)  # 2: the clock has raised its flag an hour ago, the promise has five left
        _ticket(desk, T0, replied_at=NOW - 30 * MINUTE)  # 3: the same, but answered since
        _ticket(desk, NOW - hours(1))  # 4: the clock runs out in 23 hours
        _ticket(desk, T0, replied_at=T0 + hours(1), asked_at=T0 + hours(14))  # 5: missed by an hour
        _ticket(desk, T0, replied_at=T0 + hours(1), asked_at=T0 + hours(16))  # 6: due in an hour
        _resolved(desk, _ticket(desk, T0, priority=Priority.URGENT), NOW - hours(1))  # 7: was missed, and is done
        _ticket(desk, opening, priority=Priority.URGENT)  # 8: as 1, but a history from elsewhere
        with desk.database.writing() as cursor:
            cursor.execute("update tickets set source = 'csv', next_due_at = null, next_trigger = '' where number = 8")
        run_clocks(desk, rulebook(desk.database), NOW)
        yield desk


def _ticket(opened: OpenDesk, at: datetime, *, replied_at=None, asked_at=None, **changes) -> str:
    ticket = opened.desk.open_ticket(contact_of(files=(), order_id="", **changes), actor=AGENT, now=at)
    opened.desk.act(ticket.id, "register", actor=AGENT, now=at)
    if replied_at:
        _reply(opened, ticket.id, replied_at)
    if asked_at:
        given = {"message_text": "Still nothing."}
        opened.desk.act(ticket.id, "buyer_message", actor=BUYER, now=asked_at, inputs=given)
    return ticket.id


def _reply(opened: OpenDesk, ticket_id: str, at: datetime) -> None:
    opened.desk.act(ticket_id, "seller_reply", actor=AGENT, now=at, inputs={"reply_text": "On its way."})


def _resolved(opened: OpenDesk, ticket_id: str, at: datetime) -> None:
    opened.desk.act(ticket_id, "resolve", actor=AGENT, now=at, inputs={"resolution_reason": "explained"})


def listed(opened: OpenDesk, view: QueueView, now: datetime = NOW, **changes) -> pd.DataFrame:
    """The tickets of a view, the nearest first; its counter and count say as many."""
    metrics, queue = Metrics(opened.database), QueueFilter(now=now, view=view, **changes)
    frame = metrics.open_queue(queue, limit=10_000).set_index("number")
    assert metrics.open_queue_count(queue) == len(frame)
    assert metrics.queue_counters(queue)[f"{view.value}_count"].iloc[0] == len(frame)
    return frame


def numbers(opened: OpenDesk, view: QueueView, **changes) -> list[int]:
    return listed(opened, view, **changes).index.tolist()


def test_what_was_missed_or_flagged_and_not_answered_is_breached_whatever_the_clocks_have_fired(opened):
    assert numbers(opened, QueueView.OVERDUE) == [5, 1, 2]
    assert numbers(opened, QueueView.OPEN) == [5, 1, 2, 6, 3, 4, 8]
    assert "first_reply_breached" in opened.database.read("select flags from tickets where number = 3")[0][0]


def test_due_is_what_a_clock_or_a_target_brings_within_the_day_and_what_is_breached(opened):
    assert numbers(opened, QueueView.DUE_SOON) == [5, 1, 2, 6, 3, 4]
    assert numbers(opened, QueueView.DUE_SOON, due_soon=hours(1) + timedelta(microseconds=1)) == [5, 1, 2, 6]
    assert numbers(opened, QueueView.DUE_SOON, due_soon=hours(1)) == [5, 1, 2]


def test_a_row_says_which_clock_is_the_nearest(opened):
    rows = listed(opened, QueueView.OPEN)
    found = {
        number: (at - NOW if pd.notna(at) else None, kind, flag)
        for number, at, kind, flag in rows[["nearest_due_at", "nearest_target_kind", "overdue_trigger"]].itertuples()
    }
    assert found == {
        5: (-hours(1), "next_reply", ""),
        1: (-7 * MINUTE, "first_reply", ""),
        2: (hours(5), "first_reply", "first_reply_breached"),
        6: (hours(1), "next_reply", ""),
        3: (hours(15), "", ""),
        4: (hours(23), "", ""),
        8: (None, "", ""),
    }
    assert rows.loc[[3, 4], "next_trigger"].tolist() == ["remind_buyer", "first_reply_breached"]


def test_a_target_is_breached_from_its_deadline_on_and_not_before(opened):
    at = NOW - 7 * MINUTE
    assert numbers(opened, QueueView.OVERDUE, now=at - timedelta(microseconds=1)) == [5, 2]
    assert numbers(opened, QueueView.OVERDUE, now=at) == [5, 1, 2]


def test_a_reply_ends_the_breach_at_once_before_anything_is_judged_anew(opened):
    for number in (1, 2, 5):
        ((ticket_id,),) = opened.database.read("select id::varchar from tickets where number = ?", [number])
        _reply(opened, ticket_id, NOW)
    before = (numbers(opened, QueueView.OVERDUE), numbers(opened, QueueView.DUE_SOON))
    keep_up(opened.database, rulebook(opened.database))
    assert before == (numbers(opened, QueueView.OVERDUE), numbers(opened, QueueView.DUE_SOON)) == ([], [6, 3, 2, 4])


def test_the_counters_are_the_same_whichever_view_is_looked_at(opened):
    metrics, asked = Metrics(opened.database), QueueFilter(now=NOW)
    counters = metrics.queue_counters(asked)
    assert counters["overdue_count"].item() == 3
    for view in QueueView:
        assert metrics.queue_counters(replace(asked, view=view)).equals(counters)


def test_leaving_a_state_ends_its_target_at_once(opened):
    stay = target(TargetKind.TIME_IN_STATE, hours(1), calendar_id=MARKETPLACE, states=("awaiting_seller",))
    publish_policies(opened.database, [policy(stay)], valid_from=NOW, by="anna", note="", now=NOW)
    ticket_id = _ticket(opened, NOW)
    run_clocks(opened, rulebook(opened.database), NOW + hours(1))
    kinds = listed(opened, QueueView.OVERDUE, now=NOW + hours(1))["nearest_target_kind"]
    assert kinds[9] == "time_in_state"
    opened.desk.act(ticket_id, "seller_reply", actor=AGENT, now=NOW + hours(1), inputs={"reply_text": "On its way."})
    assert 9 not in numbers(opened, QueueView.OVERDUE, now=NOW + hours(1))


def test_a_history_from_elsewhere_has_targets_once_it_is_taken_over(opened):
    with opened.database.writing() as cursor:
        cursor.execute("update tickets set flags = '[\"taken_over\"]' where number = 8")
    assert numbers(opened, QueueView.OVERDUE) == [5, 8, 1, 2]


def test_an_answer_that_leaves_the_ticket_with_us_ends_the_breach(opened):
    ((ticket_id,),) = opened.database.read("select id::varchar from tickets where number = 2")
    opened.desk.act(ticket_id, "post_message", actor=AGENT, now=NOW, inputs={"reply_text": "We look into it."})
    assert opened.store.load_case(ticket_id).ticket.ball is Ball.SELLER
    assert numbers(opened, QueueView.OVERDUE) == [5, 1]


RESOLVED = target(TargetKind.FULL_RESOLUTION, hours(60), calendar_id=MARKETPLACE, pause_balls=frozenset({Ball.BUYER}))


@pytest.fixture(scope="module", params=["the policies of every desk", "no promise of a reply"])
def demo(request, tmp_path_factory):
    now = datetime(2026, 11, 23, 8, 30)
    with open_desk(tmp_path_factory.mktemp("breached") / "desk.duckdb") as desk:
        if request.param == "no promise of a reply":
            with desk.database.writing() as cursor:
                cursor.execute("delete from service_policy_versions")
            publish_policies(desk.database, [policy(RESOLVED)], valid_from=now, by="anna", note="", now=now)
        load_demo(desk, now=now, contacts=150)
        run_clocks(desk, rulebook(desk.database), now)
        yield desk, now


def test_the_demo_after_a_tick_is_what_pandas_makes_of_logs_and_judged_tickets(demo):
    opened, now = demo
    told = pd.DataFrame(_told(opened, now)).set_index("number")
    is_breached = (told["due_at"] <= now) | told["is_flagged"]
    is_due = is_breached | (told["due_at"] < now + timedelta(hours=24))
    written_to = set(_written_to(opened, now))
    assert sorted(numbers(opened, QueueView.OVERDUE, now=now)) == told.index[is_breached].tolist()
    assert sorted(numbers(opened, QueueView.DUE_SOON, now=now)) == sorted({*told.index[is_due], *written_to})
    assert written_to
    assert 0 < is_breached.sum() < is_due.sum() < len(told)
    order = told.assign(is_fine=~is_breached, newest=-told.index)
    order = order.sort_values(["is_fine", "due_at", "newest"], na_position="last")
    assert numbers(opened, QueueView.OPEN, now=now) == order.index.tolist()


def test_the_ticket_names_what_the_list_names(demo):
    """Kind, instant and consequence; a missed target is as late in both."""
    opened, now = demo
    rules = rulebook(opened.database)
    said: dict[int, tuple] = {}
    for (ticket_id,) in opened.database.read("select id::varchar from tickets"):
        ticket = opened.store.load_case(ticket_id).ticket
        targets = judged_ticket(opened.store, rules, ticket_id, now).targets
        last_event_at = max(event.occurred_at for event in opened.store.events_of(ticket_id))
        first = nearest(ticket, opened.rules.lifecycle_of(ticket), targets, now, last_event_at=last_event_at)
        kind = first.target.span.kind if first and first.target else ""
        said[ticket.number] = (first.due_at, kind, first.trigger) if first else (None, "", "")
    names = ["nearest_due_at", "nearest_target_kind", "next_trigger", "overdue_trigger"]
    rows = listed(opened, QueueView.ALL, now=now)
    for number, due_at, kind, trigger, flag in rows[names].itertuples():
        at = None if pd.isna(due_at) else due_at
        if flag and (at is None or at > now):
            assert said[number] == (None, "", flag)
        else:
            assert said[number] == (at, kind, "" if kind else trigger)
    assert len(set(rows["nearest_target_kind"])) > 1
    assert len(set(rows["overdue_trigger"])) > 1


def _written_to(opened: OpenDesk, now: datetime):
    """The settled tickets on which the buyer has had the last word since, within two weeks, by their logs alone."""
    for (ticket_id,) in opened.database.read("select id::varchar from tickets"):
        log = opened.store.events_of(ticket_id)
        is_settled = is_waiting = False
        for event in log:
            is_settled = event.to_kind.is_settled
            is_waiting = is_settled and (is_waiting or event.is_buyer_message) and not event.is_public_reply
        if is_waiting and max(event.occurred_at for event in log) >= now - timedelta(days=14):
            yield opened.store.load_case(ticket_id).ticket.number


def _told(opened: OpenDesk, now: datetime):
    """Each open ticket with the nearest of its timers and targets, and whether a flag holds, by its log alone."""
    rules = rulebook(opened.database)
    for (ticket_id,) in opened.database.read("select id::varchar from tickets order by number"):
        ticket = opened.store.load_case(ticket_id).ticket
        if ticket.state_kind.is_settled:
            continue
        targets = judged_ticket(opened.store, rules, ticket_id, now).targets
        dues = [timer.due_at for timer in ticket.timers]
        dues += [one.due_at for one in targets if one.ended_at is None and one.due_at is not None]
        owed = set()
        for event in opened.store.events_of(ticket_id):
            if "reply" in event.payload.get("stops", ()) or "reply" in event.payload.get("starts", {}):
                owed -= {"first_reply_breached", "reply_overdue"}
            if event.is_visit:
                owed &= {"first_reply_breached", "reply_overdue"}
            owed |= {event.name} & set(event.payload.get("raises", ()))
            owed -= set(event.payload.get("clears", ()))
        if ticket.ball is not Ball.SELLER:
            owed &= {"first_reply_breached", "reply_overdue"}
        flags = {"first_reply_breached", "reply_overdue", "seller_idle", "review_overdue", "refund_overdue"}
        yield {
            "number": ticket.number,
            "due_at": min(dues, default=pd.NaT),
            "is_flagged": bool(owed & flags),
        }
