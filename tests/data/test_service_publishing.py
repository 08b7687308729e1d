"""Publishing on what one has seen, the audit, and the back-test of a draft, on a real desk."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from data.calendar_shelf import calendar_versions
from data.opening import open_desk
from data.service.back_test import back_test
from data.service.publishing import (
    PublishedMeanwhileError,
    audit_entries,
    publish_calendar_on,
    publish_policies_on,
)
from data.service.shelf import publications, rulebook
from tests.new_desks import new_desk
from workflow.calendars import Holiday, week
from workflow.contacts import Contact
from workflow.service.errors import CalendarNeededError, PolicyPastError
from workflow.service.policies import ServicePolicy, Target, TargetKind
from workflow.tickets import Actor
from workflow.vocabulary import Channel, Role

NOW = datetime(2030, 3, 4, 12)
ANNA = Actor(role=Role.SELLER_AGENT, id="anna")


@pytest.fixture
def desk(tmp_path):
    with new_desk(tmp_path / "desk.duckdb") as opened:
        yield opened


def publish(desk, policies, base_version, note="", now=NOW):
    return publish_policies_on(
        desk.database, policies, base_version=base_version, valid_from=now, by="anna", note=note, now=now
    )


def first_reply(hours, calendar_id=""):
    target = Target(kind=TargetKind.FIRST_REPLY, budget=timedelta(hours=hours), calendar_id=calendar_id)
    return ServicePolicy(id="everyone", name="Every ticket", targets=(target,))


def test_every_desk_begins_with_policies_and_a_calendar(desk):
    (first,) = publications(desk.database)
    assert [policy.id for policy in first.version.policies] == ["urgent", "everyone"]
    assert list(calendar_versions(desk.database)) == ["office"]


def test_opening_a_desk_again_publishes_nothing(tmp_path):
    for _ in range(2):
        with open_desk(tmp_path / "desk.duckdb") as opened:
            assert len(publications(opened.database)) == 1


def test_publishing_makes_the_next_version_and_an_audit_entry(desk):
    version = publish(desk, (first_reply(12),), 1, "Buyers wait too long.")
    assert (version.version, version.policies) == (2, (first_reply(12),))
    entry = audit_entries(desk.database)[0]
    assert (entry.at, entry.by, entry.calendar_id, entry.version) == (NOW, "anna", "", 2)
    assert (entry.valid_from, entry.note) == (NOW, "Buyers wait too long.")


def test_of_two_managers_the_second_is_told_and_overwrites_nothing(desk):
    publish(desk, (first_reply(12),), 1)
    with pytest.raises(PublishedMeanwhileError, match="began on version 1, and version 2 was published meanwhile"):
        publish(desk, (first_reply(6),), 1)
    assert len(publications(desk.database)) == 2
    assert len(audit_entries(desk.database)) == 3


def test_nothing_is_published_into_the_past(desk):
    with pytest.raises(PolicyPastError):
        publish_policies_on(
            desk.database,
            (first_reply(12),),
            base_version=1,
            valid_from=NOW - timedelta(seconds=1),
            by="anna",
            note="",
            now=NOW,
        )
    assert len(publications(desk.database)) == 1


def test_a_calendar_is_published_on_the_version_that_was_seen(desk):
    office = calendar_versions(desk.database)["office"][0].calendar
    late = replace(office, name="Late office")
    given = {"valid_from": NOW, "by": "anna", "note": "Longer days", "now": NOW}
    assert publish_calendar_on(desk.database, late, base_version=1, **given).version == 2
    with pytest.raises(PublishedMeanwhileError, match="Calendar Late office cannot be published"):
        publish_calendar_on(desk.database, late, base_version=1, **given)
    entry = audit_entries(desk.database)[0]
    assert (entry.calendar_id, entry.version, entry.note) == ("office", 2, "Longer days")


def test_a_calendar_that_an_old_version_promises_on_is_not_closed(desk):
    """Version 1 promises hours of the office, version 2 only those of the marketplace: version 1's go on."""
    publish(desk, (first_reply(12),), 1)
    office = calendar_versions(desk.database)["office"][0].calendar
    given = {"base_version": 1, "valid_from": NOW, "by": "anna", "note": "Closed for good", "now": NOW}
    with pytest.raises(
        CalendarNeededError, match=r"Office hours cannot be published\. Version 1 of the .*urgent"
    ) as caught:
        publish_calendar_on(desk.database, replace(office, weekly=((),) * 7), **given)
    assert len(caught.value.faults) == 2
    assert len(calendar_versions(desk.database)["office"]) == 1
    short = replace(office, weekly=week(mon=[("09:00", "10:00")]))
    assert publish_calendar_on(desk.database, short, **given).version == 2


def opened_and_answered(desk, opened_at, hours):
    contact = Contact(
        category="logistics_delay", channel=Channel.EMAIL, text="Where is it?", seller_id="s1", buyer_key="b1"
    )
    ticket = desk.desk.open_ticket(contact, actor=ANNA, now=opened_at)
    desk.desk.act(ticket.id, "register", actor=ANNA, now=opened_at + timedelta(hours=1))
    at = opened_at + timedelta(hours=hours)
    desk.desk.act(ticket.id, "seller_reply", actor=ANNA, now=at, inputs={"reply_text": "We look into it."})
    return ticket


def replayed(desk, policies, **bounds):
    given = {"since": NOW - timedelta(days=7), "until": NOW, "horizon_at": NOW} | bounds
    return back_test(desk.database, policies, **given)


def test_a_tighter_first_reply_turns_the_ticket_that_was_answered_in_between(desk):
    """Answered after 2 h and after 10 h: of 24 h both keep, of 6 h only the first."""
    opened_and_answered(desk, NOW - timedelta(days=3), 2)
    slow = opened_and_answered(desk, NOW - timedelta(days=2), 10)
    found = replayed(desk, (first_reply(6),))
    row = found.by_category.query("target_kind == 'first_reply'").to_dict("records")[0]
    assert (row["before_met_count"], row["before_missed_count"]) == (2, 0)
    assert (row["after_met_count"], row["after_missed_count"]) == (1, 1)
    changed = found.changed.query("target_kind == 'first_reply'").to_dict("records")
    assert [(one["ticket_id"], one["before_status"], one["after_status"]) for one in changed] == [
        (slow.id, "met", "missed")
    ]
    assert changed[0]["after_due_at"] == NOW - timedelta(days=2) + timedelta(hours=6)
    assert found.tickets_count == 2


def test_only_tickets_opened_in_the_period_are_replayed(desk):
    opened_and_answered(desk, NOW - timedelta(days=8), 2)
    found = replayed(desk, (first_reply(6),))
    assert (found.tickets_count, found.changed_count, len(found.by_category)) == (0, 0, 0)


def test_a_draft_of_a_calendar_stands_in_for_the_calendar(desk):
    """From Saturday noon the office (Monday to Friday) counts nothing by Sunday; open round the clock it does."""
    saturday = datetime(2030, 3, 2, 12)
    opened_and_answered(desk, saturday, 10)
    office = calendar_versions(desk.database)["office"][0].calendar
    always = replace(office, weekly=((),) * 7, is_always_open=True)
    policies = (first_reply(6, "office"),)
    given = {"since": saturday, "until": NOW, "horizon_at": NOW}
    kept = back_test(desk.database, policies, **given)
    broken = back_test(desk.database, policies, **given, calendars={"office": always})
    assert kept.by_category.query("target_kind == 'first_reply'")["after_missed_count"].tolist() == [0]
    assert broken.by_category.query("target_kind == 'first_reply'")["after_missed_count"].tolist() == [1]
    assert rulebook(desk.database).key == (1, 1)


def test_the_draft_of_a_calendar_alone_tests_nothing_but_the_calendar(desk):
    """In force: 24 h of every hour. Planned from next month on: 6 h of the office, which the past never promised.

    Each is answered after 10 h. In March: met by the 24 h, whatever the office does. Tuesday 2 April, opened at 09:00
    in Berlin, under the planned version: due at 15:00, missed. With the office open from 12:00 to 13:00 on Tuesdays and
    from 12:00 on Wednesdays the six hours are over on Wednesday at 17:00: it would have been met.
    """
    office = calendar_versions(desk.database)["office"][0].calendar  # Monday to Friday 09:00 to 18:00
    berlin = replace(office, time_zone="Europe/Berlin")
    given = {"by": "anna", "note": "", "now": NOW}
    publish_calendar_on(desk.database, berlin, base_version=1, valid_from=NOW, **given)
    publish(desk, (first_reply(24),), 1)
    planned_from = datetime(2030, 4, 1)
    publish_policies_on(desk.database, (first_reply(6, "office"),), base_version=2, valid_from=planned_from, **given)
    opened_and_answered(desk, datetime(2030, 3, 11, 8), 10)
    later = opened_and_answered(desk, datetime(2030, 4, 2, 7), 10)
    past = {"since": NOW, "until": datetime(2030, 5, 1), "horizon_at": datetime(2030, 5, 1)}
    far = replace(berlin, holidays=(Holiday(on=date(2031, 1, 8), name="Far away"),))
    assert back_test(desk.database, None, **past, calendars={"office": far}).changed_count == 0
    hours = {"mon": [("09:00", "18:00")], "tue": [("12:00", "13:00")], "wed": [("12:00", "18:00")]}
    short = replace(berlin, weekly=week(**hours))
    found = back_test(desk.database, None, **past, calendars={"office": short})
    (changed,) = found.changed.to_dict("records")
    assert (changed["ticket_id"], changed["target_kind"]) == (later.id, "first_reply")
    assert (changed["before_status"], changed["after_status"]) == ("missed", "met")
    assert changed["before_due_at"] == datetime(2030, 4, 2, 13)
    assert changed["after_due_at"] == datetime(2030, 4, 3, 15)
