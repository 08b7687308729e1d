"""Notices are kept with what caused them, or not at all; histories tell nobody; the bell shows a person their own."""

from datetime import timedelta

import pytest

from data.__main__ import main
from data.check import check
from data.notices.bell import Bell
from data.notices.choices import HoursUnknownError, choices_of, save_choices
from data.notices.telling import keep, tell_of_clocks
from data.opening import OpenDesk, open_desk
from data.service.kept import keep_up
from data.service.shelf import publish_policies, rulebook
from data.service.warning import act_on_warnings
from tests.data.checked_desks import AGENT, HOUR, T0, spoilt
from tests.data.notice_builders import hire, open_ticket, told
from tests.new_desks import new_desk
from tests.workflow.service_builders import policy, target
from workflow.desk import Desk
from workflow.errors import TicketChangedError
from workflow.notice_choices import AT_ONCE, Choices
from workflow.notices import Notice, NoticeChannel, NoticeKind
from workflow.service.policies import MARKETPLACE, Threshold, WarningEffect
from workflow.tickets import SYNC, Actor, Scope
from workflow.vocabulary import Role

BEN = Actor(role=Role.SELLER_AGENT, id="ben")


@pytest.fixture
def opened(tmp_path):
    with new_desk(tmp_path / "desk.duckdb") as desk:
        hire(desk)
        yield desk


def promise_ten_hours(opened: OpenDesk, *warnings: Threshold) -> None:
    """A first reply within ten elapsed hours, as if the desk had begun with it."""
    with opened.database.writing() as cursor:
        cursor.execute("delete from service_policy_versions")
    promised = target(budget=10 * HOUR, calendar_id=MARKETPLACE, warnings=warnings)
    publish_policies(opened.database, [policy(promised)], valid_from=T0, by="anna", note="", now=T0 - HOUR)


def look(opened: OpenDesk, now) -> None:
    """What the ticker does about service levels and notices."""
    keep_up(opened.database, rulebook(opened.database))
    act_on_warnings(opened.database, opened.desk, now)
    tell_of_clocks(opened.database, now)


def test_an_assignment_and_a_mention_are_told_with_the_act_itself(opened):
    ticket = open_ticket(opened)
    opened.desk.assign(ticket.id, "ben", actor=AGENT, now=T0 + HOUR)
    opened.desk.act(ticket.id, "add_note", actor=AGENT, now=T0 + 2 * HOUR, inputs={"note_text": "@Cleo and @dora"})
    opened.desk.assign(ticket.id, "cleo", actor=AGENT, now=T0 + 3 * HOUR)
    assert told(opened) == [
        ("ben", "assigned", "given", "anna", None, None),
        ("cleo", "mentioned", "named", "anna", None, None),
        ("ben", "colleague", "handed_on", "anna", None, None),
        ("cleo", "assigned", "given", "anna", None, None),
    ]
    assert check(opened.database) == []


def test_an_act_that_is_not_written_tells_nobody(opened):
    ticket = open_ticket(opened)
    with pytest.raises(TicketChangedError):
        opened.desk.assign(ticket.id, "ben", actor=AGENT, now=T0, expected_version=ticket.version - 1)
    with pytest.raises(KeyboardInterrupt):
        crash_after_assigning(opened, ticket.id)
    assert told(opened) == []
    assert opened.desk.case(ticket.id).ticket.assignee_id == ""


def crash_after_assigning(opened: OpenDesk, ticket_id: str) -> None:
    """The process ends when the ticket was handed over, before anything is committed."""
    with opened.database.writing():
        opened.desk.assign(ticket_id, "ben", actor=AGENT, now=T0)
        assert len(told_within(opened)) == 1
        raise KeyboardInterrupt


def told_within(opened: OpenDesk) -> list[tuple]:
    with opened.database.writing() as cursor:
        return cursor.execute("select * from notices").fetchall()


def test_a_warning_tells_whoever_has_the_ticket_and_a_breach_is_told_once(opened):
    shares = [Threshold(percent=percent, effect=WarningEffect.NOTIFY) for percent in (50, 100)]
    promise_ten_hours(opened, *shares, Threshold(percent=60, effect=WarningEffect.RAISE_PRIORITY, argument="high"))
    open_ticket(opened, assignee_id="anna")
    look(opened, T0)
    for hour in (5, 6, 10, 11):
        look(opened, T0 + hour * HOUR)
        look(opened, T0 + hour * HOUR)
    assert [row for row in told(opened) if row[2] == "first_reply"] == [
        ("anna", "due_soon", "first_reply", "", 50, T0 + 5 * HOUR),
        ("anna", "breached", "first_reply", "", 100, T0 + 10 * HOUR),
    ]


def test_a_missed_target_is_told_without_any_warning_and_to_the_team_of_a_ticket_in_nobodys_hands(opened):
    promise_ten_hours(opened)
    open_ticket(opened, team_id="t-1")
    open_ticket(opened)
    look(opened, T0)
    look(opened, T0 + 10 * HOUR)
    breach = ("breached", "first_reply", "", None, T0 + 10 * HOUR)
    assert told(opened) == [("anna", *breach), ("ben", *breach)]


def test_what_was_missed_before_the_desk_first_looked_is_history(opened):
    promise_ten_hours(opened)
    open_ticket(opened, assignee_id="ben")
    look(opened, T0 + 11 * HOUR)
    look(opened, T0 + 12 * HOUR)
    assert [row for row in told(opened) if row[1] == "breached"] == []


def test_histories_from_elsewhere_miss_nothing_until_somebody_takes_them_over(opened):
    promise_ten_hours(opened)
    open_ticket(opened, assignee_id="ben")
    with opened.database.writing() as cursor:
        cursor.execute("update tickets set source = 'elsewhere', timers = '[]'")
        cursor.execute("delete from notices")
    look(opened, T0)
    look(opened, T0 + 11 * HOUR)
    assert told(opened) == []
    with opened.database.writing() as cursor:
        cursor.execute("""update tickets set flags = '["taken_over"]'""")
    look(opened, T0 + 12 * HOUR)
    assert [row[:3] for row in told(opened)] == [("ben", "breached", "first_reply")]


def test_a_clock_of_the_lifecycle_is_told_an_hour_before_it_runs_out_and_when_it_has(opened):
    with opened.database.writing() as cursor:
        cursor.execute("delete from service_policy_versions")
    ticket = open_ticket(opened, assignee_id="ben")
    opened.desk.act(ticket.id, "register", actor=BEN, now=T0 + HOUR)
    due_at = T0 + 24 * HOUR
    with opened.database.writing() as cursor:
        cursor.execute("delete from notices")
    tell_of_clocks(opened.database, due_at - HOUR - timedelta(microseconds=1))
    assert told(opened) == []
    for _ in range(2):
        tell_of_clocks(opened.database, due_at - HOUR)
    opened.desk.tick(due_at)
    assert told(opened) == [
        ("ben", "due_soon", "first_reply_breached", "", None, due_at),
        ("ben", "breached", "first_reply_breached", "", None, due_at),
    ]


@pytest.mark.parametrize("holder", ["olga", "sync", "dora", ""])
def test_the_clocks_of_a_ticket_that_none_of_us_has_are_told_to_its_team(opened, holder):
    with opened.database.writing() as cursor:
        cursor.execute("delete from service_policy_versions")
    open_ticket(opened, team_id="t-1", assignee_id=holder)
    due_at = T0 + 24 * HOUR
    for _ in range(2):
        tell_of_clocks(opened.database, due_at - HOUR)
    opened.desk.tick(due_at)
    soon, breach = ((kind, "first_reply_breached", "", None, due_at) for kind in ("due_soon", "breached"))
    assert told(opened) == [("anna", *soon), ("ben", *soon), ("anna", *breach), ("ben", *breach)]


def test_what_a_buyer_writes_after_the_end_is_told_to_none_but_us(opened):
    ticket = open_ticket(opened, assignee_id="olga")
    opened.desk.sync_state(ticket.id, "closed", "CASE-1", actor=SYNC, now=T0 + HOUR)
    opened.desk.act(ticket.id, "buyer_message", actor=SYNC, now=T0 + 2 * HOUR, inputs={"message_text": "Hello?"})
    assert [row[0] for row in told(opened)] == ["anna", "ben", "cleo"]


def test_whoever_is_given_a_ticket_in_its_last_hour_is_told_what_runs_out(opened):
    with opened.database.writing() as cursor:
        cursor.execute("delete from service_policy_versions")
    ticket = open_ticket(opened, assignee_id="ben")
    opened.desk.act(ticket.id, "register", actor=BEN, now=T0 + HOUR)
    due_at = T0 + 24 * HOUR
    tell_of_clocks(opened.database, due_at - timedelta(minutes=50))
    opened.desk.assign(ticket.id, "anna", actor=BEN, now=due_at - timedelta(minutes=45))
    with opened.database.writing() as cursor:
        cursor.execute("delete from notices where person_id = 'anna'")
    for _ in range(2):
        tell_of_clocks(opened.database, due_at - timedelta(minutes=40))
    assert [row[:2] for row in told(opened) if row[1] == "due_soon"] == [("ben", "due_soon"), ("anna", "due_soon")]


def test_a_clock_that_runs_for_the_buyer_is_not_our_news(opened):
    ticket = open_ticket(opened, assignee_id="ben")
    opened.desk.act(ticket.id, "register", actor=BEN, now=T0)
    opened.desk.act(ticket.id, "seller_reply", actor=BEN, now=T0, inputs={"reply_text": "Which colour?"})
    with opened.database.writing() as cursor:
        cursor.execute("delete from notices")
    ((due_at,),) = opened.database.read("select min(due_at) from stg_timers")
    tell_of_clocks(opened.database, due_at - HOUR)
    assert told(opened) == []


def test_the_bell_counts_lists_and_forgets_what_was_read(opened):
    ticket = open_ticket(opened)
    opened.desk.assign(ticket.id, "ben", actor=AGENT, now=T0 + HOUR)
    opened.desk.act(ticket.id, "add_note", actor=AGENT, now=T0 + 2 * HOUR, inputs={"note_text": "@ben look"})
    bell, other = Bell(opened.database, "ben"), Bell(opened.database, "cleo")
    assert (bell.unread_count(), other.unread_count()) == (2, 0)
    listed = bell.notices()
    assert listed[["kind", "number", "by_name", "is_unread"]].to_numpy().tolist() == [
        ["mentioned", 1, "Anna Petrova", True],
        ["assigned", 1, "Anna Petrova", True],
    ]
    other.read(listed["id"].iloc[0], now=T0 + 3 * HOUR)
    assert bell.unread_count() == 2
    bell.read(listed["id"].iloc[0], now=T0 + 3 * HOUR)
    assert bell.notices(is_unread_only=True)["kind"].tolist() == ["assigned"]
    assert (bell.count(), bell.count(is_unread_only=True)) == (2, 1)
    bell.read_all(told_by=T0, now=T0 + 3 * HOUR)
    assert bell.unread_count() == 1
    bell.read_all(told_by=T0 + HOUR, now=T0 + 3 * HOUR)
    assert bell.unread_count() == 0
    assert bell.notices(limit=1, offset=1)["kind"].tolist() == ["assigned"]


def test_somebody_who_sees_some_sellers_only_hears_nothing_of_the_tickets_of_others(opened):
    for seller_id in ("s-1", "s-2", "s-1"):
        opened.desk.assign(open_ticket(opened, seller_id=seller_id).id, "ben", actor=AGENT, now=T0 + HOUR)
    bell = Bell(opened.database, "ben", Scope(seller_ids=("s-2",)))
    assert (bell.unread_count(), bell.count(), bell.notices()["number"].tolist()) == (1, 1, [2])
    assert Bell(opened.database, "ben", Scope(team_ids=("t-9",))).unread_count() == 0
    bell.read_all(told_by=T0 + HOUR, now=T0 + 2 * HOUR)
    assert (bell.unread_count(), Bell(opened.database, "ben").unread_count()) == (0, 2)


def test_what_somebody_does_not_want_at_the_bell_is_not_shown_there(opened):
    ticket = open_ticket(opened)
    opened.desk.assign(ticket.id, "ben", actor=AGENT, now=T0)
    own = Choices(
        channels={
            NoticeKind.ASSIGNED: frozenset({NoticeChannel.MAIL}),
            NoticeKind.MENTIONED: frozenset({NoticeChannel.DESK, NoticeChannel.WEBHOOK}),
        },
        calendar_id=AT_ONCE,
    )
    save_choices(opened.database, "ben", own, now=T0)
    kept = choices_of(opened.database, "ben")
    wants = {(kind, channel) for kind in NoticeKind for channel in NoticeChannel if kept.wants(kind, channel)}
    assert wants == {(kind, channel) for kind, wanted in own.channels.items() for channel in wanted}
    assert kept.calendar_id == AT_ONCE
    assert choices_of(opened.database, "anna") == Choices()
    bell = Bell(opened.database, "ben")
    assert (bell.unread_count(), len(bell.notices())) == (0, 0)
    save_choices(opened.database, "ben", Choices(), now=T0)
    assert bell.unread_count() == 1


@pytest.mark.parametrize("count", [2, 20])
def test_the_same_news_is_one_notice_however_many_come_at_once(opened, count):
    ticket = open_ticket(opened)
    notice = Notice(
        person_id="ben", kind=NoticeKind.BREACHED, ticket_id=ticket.id, cause="due:x", what="reply_overdue", made_at=T0
    )
    for _ in range(2):
        with opened.database.writing() as cursor:
            keep(cursor, [notice] * count)
    assert len(told(opened)) == 1


def test_many_tickets_that_change_hands_at_once_are_all_told(opened):
    tickets = [open_ticket(opened, assignee_id="cleo") for _ in range(10)]
    with opened.database.writing() as cursor:
        cursor.execute("delete from notices")
    recorder = RecordingStore(opened.store)
    desk = Desk(recorder, opened.rules)
    for ticket in tickets:
        desk.assign(ticket.id, "ben", actor=AGENT, now=T0)
    opened.store.commit(recorder.changes)
    assert sorted(row[:3] for row in told(opened)) == sorted(
        [("ben", "assigned", "given"), ("cleo", "colleague", "handed_on")] * 10
    )


class RecordingStore:
    """Hands reading on to the desk's store, and keeps what is to be written, so that it is written at once."""

    def __init__(self, store) -> None:
        self._store, self.changes = store, []

    def __getattr__(self, name: str):
        return getattr(self._store, name)

    def commit(self, changes):
        self.changes += changes
        return ()


def test_hours_are_a_calendar_of_the_desk(opened):
    with pytest.raises(HoursUnknownError, match="There is no calendar moon on this desk"):
        save_choices(opened.database, "ben", Choices(calendar_id="moon"), now=T0)


def test_check_names_notices_and_deliveries_that_hang_in_the_air(opened):
    ticket = open_ticket(opened)
    opened.desk.assign(ticket.id, "ben", actor=AGENT, now=T0)
    assert check(opened.database) == []
    found = spoilt(
        opened.database,
        "update notices set ticket_id = '0195573a-0000-7000-8000-000000000001'",
        "insert into outbox values ('0195573a-0000-7000-8000-000000000002', 'mail', 'ben', 'k', 'waiting', 0, now(),"
        " null, '')",
    )
    assert [(item.number, item.place) for item in found] == [(None, "notices.ticket_id"), (None, "outbox.notice_id")]


def test_a_tick_from_the_command_line_tells_what_the_running_desk_would(tmp_path, capsys):
    file = tmp_path / "desk.duckdb"
    with open_desk(file) as desk:
        hire(desk)
        promise_ten_hours(desk)
        open_ticket(desk, assignee_id="ben")
    for hours, breaches in ((0, 0), (9, 0), (10, 1), (10, 1)):
        moment = (T0 + hours * HOUR).isoformat()
        assert main(["tick", "--database", str(file), "--now", moment]) == 0
        with open_desk(file) as desk:
            assert [row[:3] for row in told(desk) if row[1] == "breached"] == [
                ("ben", "breached", "first_reply")
            ] * breaches
    assert "due at 2026-03-02T19:00:00Z" in capsys.readouterr().out
