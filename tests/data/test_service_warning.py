"""Warnings that act: each once, with what it does or the sentence why not; imported and old ones warn nobody."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from data.opening import OpenDesk
from data.selection import Selection
from data.service.kept import keep_up
from data.service.questions import ServiceQuestions
from data.service.shelf import publish_policies, rulebook
from data.service.warning import act_on_warnings
from tests.data.checked_desks import AGENT, T0, contact_of
from tests.new_desks import new_desk
from tests.workflow.calendar_builders import hours
from tests.workflow.service_builders import policy, target
from workflow.service.policies import MARKETPLACE, Target, TargetKind, Threshold, WarningEffect
from workflow.tickets import Actor, Ticket
from workflow.vocabulary import Priority, Role

EFFECTS = (
    Threshold(percent=50, effect=WarningEffect.NOTIFY),
    Threshold(percent=60, effect=WarningEffect.RAISE_PRIORITY, argument="high"),
    Threshold(percent=70, effect=WarningEffect.REASSIGN, argument="ben"),
    Threshold(percent=80, effect=WarningEffect.TRIGGER, argument="register"),
    Threshold(percent=90, effect=WarningEffect.NOTE, argument="Ten hours are nearly over."),
)
EARLY = T0 - hours(1)
BUYER = Actor(role=Role.BUYER, id="b-1", recorded_by="anna")
FIRED = "select percent, due_at, fired_at, effect, outcome from service_warnings order by percent"


@pytest.fixture
def opened(tmp_path):
    with new_desk(tmp_path / "desk.duckdb") as desk:
        yield desk


def promise(opened: OpenDesk, *warnings: Threshold, at: datetime = EARLY, targets: tuple[Target, ...] = ()) -> None:
    """A first reply within ten elapsed hours (or `targets`), as if the desk had begun with it."""
    promised = targets or (target(budget=hours(10), calendar_id=MARKETPLACE, warnings=warnings),)
    with opened.database.writing() as cursor:
        cursor.execute("delete from service_policy_versions")
    publish_policies(opened.database, [policy(*promised)], valid_from=at, by="anna", note="", now=at)


def ticket_of(opened: OpenDesk, *, at: datetime = T0, **changes) -> Ticket:
    return opened.desk.open_ticket(contact_of(order_id="", files=(), **changes), actor=AGENT, now=at)


def tick(opened: OpenDesk, now: datetime) -> int:
    keep_up(opened.database, rulebook(opened.database))
    return act_on_warnings(opened.database, opened.desk, now)


def act(opened: OpenDesk, now: datetime) -> int:
    """As many ticks as there is something to do in."""
    return sum(iter(lambda: tick(opened, now), 0))


def test_each_effect_happens_once_when_its_share_is_used_up(opened):
    promise(opened, *EFFECTS)
    ticket = ticket_of(opened)
    assert act(opened, T0 + hours(5) - timedelta(microseconds=1)) == 0
    done = []
    for hour in range(5, 11):
        counts = [act(opened, T0 + hours(hour)) for _ in range(2)]
        case = opened.desk.case(ticket.id)
        done.append((counts, case.ticket.priority, case.ticket.assignee_id, case.ticket.state != ticket.state))
    assert done == [
        ([1, 0], Priority.NORMAL, "", False),
        ([1, 0], Priority.HIGH, "", False),
        ([1, 0], Priority.HIGH, "ben", False),
        ([1, 0], Priority.HIGH, "ben", True),
        ([1, 0], Priority.HIGH, "ben", True),
        ([0, 0], Priority.HIGH, "ben", True),
    ]
    assert [message.text for message in opened.desk.case(ticket.id).messages][-1] == "Ten hours are nearly over."
    due = [T0 + hours(hour) for hour in range(5, 10)]
    assert opened.database.read(FIRED) == [
        (warning.percent, at, at, warning.effect.value, "") for warning, at in zip(EFFECTS, due, strict=True)
    ]


def test_what_is_so_already_is_left_as_it_is(opened):
    promise(opened, *EFFECTS[1:3])
    ticket = ticket_of(opened)
    opened.desk.prioritise(ticket.id, Priority.URGENT, actor=AGENT, now=T0 + hours(1))
    opened.desk.assign(ticket.id, "ben", actor=AGENT, now=T0 + hours(1))
    before = opened.desk.case(ticket.id).ticket.version
    assert act(opened, T0 + hours(8)) == 2
    after = opened.desk.case(ticket.id).ticket
    assert (after.priority, after.assignee_id) == (Priority.URGENT, "ben")
    events = opened.database.read("select kind from events where seq > ?", [before])
    assert all(kind not in {"prioritised", "assigned"} for (kind,) in events)


def test_a_refused_trigger_keeps_its_sentence_and_is_not_tried_again(opened):
    promise(opened, replace(EFFECTS[3], argument="resolve_by_magic"))
    ticket = ticket_of(opened)
    state = opened.desk.case(ticket.id).ticket.state
    assert [act(opened, T0 + hours(8)), act(opened, T0 + hours(9))] == [1, 0]
    ((percent, _, fired_at, effect, outcome),) = opened.database.read(FIRED)
    assert (percent, fired_at, effect) == (80, T0 + hours(8), "trigger")
    assert outcome == "“Resolve by magic” is not possible on ticket 1: this category has no such action."
    assert opened.desk.case(ticket.id).ticket.state == state


def test_warnings_are_told_newest_first_with_how_they_ended(opened):
    promise(opened, EFFECTS[0], replace(EFFECTS[3], argument="resolve_by_magic"))
    ticket_of(opened)
    act(opened, T0 + hours(5))
    act(opened, T0 + hours(8))
    asked = ServiceQuestions(opened.database, rulebook(opened.database))
    selection = Selection(horizon_at=T0 + hours(9))
    told = asked.recent_warnings(selection, since=T0)
    assert [(row.number, row.percent, row.effect, bool(row.outcome)) for row in told.itertuples()] == [
        (1, 80, "trigger", True),
        (1, 50, "notify", False),
    ]
    assert asked.recent_warnings(selection, since=T0 + hours(6))["percent"].tolist() == [80]
    assert asked.recent_warnings(selection, since=T0, limit=1)["percent"].tolist() == [80]
    assert asked.recent_warnings(replace(selection, categories=("returns",)), since=T0).empty


def test_a_reply_before_its_share_warns_nobody(opened):
    promise(opened, *EFFECTS)
    ticket = ticket_of(opened)
    opened.desk.act(ticket.id, "register", actor=AGENT, now=T0 + hours(1))
    opened.desk.act(ticket.id, "seller_reply", actor=AGENT, now=T0 + hours(2), inputs={"reply_text": "On its way."})
    assert act(opened, T0 + hours(20)) == 0
    assert opened.database.read(FIRED) == []


def test_the_next_turn_warns_anew(opened):
    turn = target(budget=hours(10), calendar_id=MARKETPLACE, warnings=EFFECTS[:1])
    promise(opened, targets=(turn, replace(turn, kind=TargetKind.NEXT_REPLY)))
    ticket = ticket_of(opened)
    opened.desk.act(ticket.id, "register", actor=AGENT, now=T0 + hours(1))
    assert act(opened, T0 + hours(5)) == 1
    opened.desk.act(ticket.id, "seller_reply", actor=AGENT, now=T0 + hours(6), inputs={"reply_text": "On its way."})
    buyer_says = {"message_text": "And now?"}
    opened.desk.act(ticket.id, "buyer_message", actor=BUYER, now=T0 + hours(7), inputs=buyer_says)
    assert [act(opened, T0 + hours(11)), act(opened, T0 + hours(12))] == [0, 1]
    assert opened.database.read("select target_kind, due_at from service_warnings order by due_at") == [
        ("first_reply", T0 + hours(5)),
        ("next_reply", T0 + hours(12)),
    ]


def test_what_fell_due_before_its_policy_was_published_is_history(opened):
    ticket_of(opened)
    promise(opened, *EFFECTS[:3], at=T0 + hours(6))
    assert act(opened, T0 + hours(8)) == 2
    assert [row[0] for row in opened.database.read(FIRED)] == [60, 70]


def test_histories_from_elsewhere_warn_nobody_until_somebody_takes_them_over(opened):
    promise(opened, *EFFECTS)
    ticket = ticket_of(opened)
    with opened.database.writing() as cursor:
        cursor.execute("update tickets set source = 'elsewhere'")
    assert act(opened, T0 + hours(8)) == 0
    assert opened.database.read("select count(*) from kept_targets") == [(1,)]
    with opened.database.writing() as cursor:
        cursor.execute("""update tickets set flags = '["taken_over"]'""")
    opened.desk.assign(ticket.id, "ben", actor=AGENT, now=T0 + hours(8))
    assert act(opened, T0 + hours(8)) == 4


def test_a_crash_between_the_warning_and_its_deed_leaves_neither(opened):
    promise(opened, EFFECTS[1])
    ticket = ticket_of(opened)
    keep_up(opened.database, rulebook(opened.database))
    with pytest.raises(KeyboardInterrupt):
        crash_within(opened, T0 + hours(6))
    assert opened.database.read(FIRED) == []
    assert opened.desk.case(ticket.id).ticket.priority is Priority.NORMAL
    assert act(opened, T0 + hours(7)) == 1
    assert opened.desk.case(ticket.id).ticket.priority is Priority.HIGH
    assert [(fired_at, outcome) for *_, fired_at, _, outcome in opened.database.read(FIRED)] == [(T0 + hours(7), "")]


def crash_within(opened: OpenDesk, now: datetime) -> None:
    """The process ends when the warning has acted, before anything is committed."""
    with opened.database.writing():
        assert act_on_warnings(opened.database, opened.desk, now) == 1
        raise KeyboardInterrupt


def test_a_deed_that_fails_half_way_leaves_only_its_sentence(opened):
    # The buyer's ticket is registered already: registering it again is refused, and nothing of the attempt stays.
    promise(opened, EFFECTS[3])
    ticket = ticket_of(opened)
    opened.desk.act(ticket.id, "register", actor=AGENT, now=T0 + hours(1))
    keep_up(opened.database, rulebook(opened.database))
    count = "select count(*) from events where name = 'register'"
    assert act_on_warnings(opened.database, opened.desk, T0 + hours(8)) == 1
    assert opened.database.read(count) == [(1,)]
    assert opened.database.read("select outcome <> '' from service_warnings") == [(True,)]


def test_what_a_warning_changed_is_judged_anew_before_the_next_one(opened):
    """Both are due at once: the second one waits for the next tick."""
    promise(
        opened,
        Threshold(percent=50, effect=WarningEffect.REASSIGN, argument="ben"),
        Threshold(percent=60, effect=WarningEffect.RAISE_PRIORITY, argument="high"),
    )
    ticket = ticket_of(opened)
    now = T0 + hours(6)
    keep_up(opened.database, rulebook(opened.database))
    assert act_on_warnings(opened.database, opened.desk, now) == 1
    assert opened.desk.case(ticket.id).ticket.priority is Priority.NORMAL
    assert [tick(opened, now), tick(opened, now)] == [1, 0]
    assert opened.desk.case(ticket.id).ticket.priority is Priority.HIGH


def test_a_warning_of_a_promise_that_a_change_brought_is_due_at_the_change_and_not_before(opened):
    """Urgent six hours after its opening, with two hours for that: half of them was over before anybody asked."""
    slow = target(budget=hours(48), calendar_id=MARKETPLACE)
    fast = target(
        budget=hours(2), calendar_id=MARKETPLACE, warnings=(Threshold(percent=50, effect=WarningEffect.NOTIFY),)
    )
    with opened.database.writing() as cursor:
        cursor.execute("delete from service_policy_versions")
    policies = [policy(fast, name="urgent", priority=("urgent",)), policy(slow)]
    publish_policies(opened.database, policies, valid_from=EARLY, by="anna", note="", now=EARLY)
    ticket = ticket_of(opened)
    assert act(opened, T0 + hours(5)) == 0
    opened.desk.prioritise(ticket.id, Priority.URGENT, actor=AGENT, now=T0 + hours(6))
    assert act(opened, T0 + hours(7)) == 1
    assert opened.database.read("select due_at from service_warnings") == [(T0 + hours(6),)]
