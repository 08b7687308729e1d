"""Service policies in the desk's file: versions that are published, never edited, and what a new desk begins with."""

import json

import pytest

from data.calendar_shelf import calendar_versions, publish_calendar
from data.service.shelf import publications, publish_policies, rulebook, seed_service_levels
from tests.new_desks import new_database
from tests.workflow.calendar_builders import at, calendar, hours
from tests.workflow.service_builders import policy, target
from workflow.service.errors import PolicyInvalidError, PolicyPastError
from workflow.service.policies import MARKETPLACE, PolicyVersion, ServiceBook

NOW = at("2026-01-06 12:00")
PLAIN = policy(target(budget=hours(24), calendar_id=MARKETPLACE))
OFFICE = policy(target(budget=hours(8)), name="office", priority=("high", "urgent"))


@pytest.fixture
def database(tmp_path):
    with new_database(tmp_path / "desk.duckdb") as opened:
        yield opened


def publish(database, *policies, **changes) -> PolicyVersion:
    given = {"valid_from": NOW, "by": "anna", "note": "", "now": NOW} | changes
    return publish_policies(database, policies, **given)


def audit(database) -> list[tuple]:
    rows = database.read("select noted_at, by_id, action, subject, detail from audit_entries order by noted_at, id")
    return [(*row[:4], json.loads(row[4])) for row in rows]


def test_a_new_desk_promises_nothing(database):
    assert publications(database) == ()
    assert rulebook(database).book.newest is None


def test_every_version_is_kept_as_it_was_published(database):
    publish_calendar(database, calendar(), valid_from=NOW, by="anna", note="", now=NOW)
    first = publish(database, PLAIN, valid_from=at("2020-01-01"), note="Где начинаем")
    second = publish(database, OFFICE, PLAIN, valid_from=at("2026-01-06 12:00:00.000001"), by="ben")
    assert first == PolicyVersion(version=1, valid_from=at("2020-01-01"), policies=(PLAIN,))
    assert second == PolicyVersion(version=2, valid_from=at("2026-01-06 12:00:00.000001"), policies=(OFFICE, PLAIN))
    kept = publications(database)
    assert [one.version for one in kept] == [first, second]
    assert [(one.published_at, one.published_by, one.note) for one in kept] == [
        (NOW, "anna", "Где начинаем"),
        (NOW, "ben", ""),
    ]
    rules = rulebook(database)
    assert rules.book.versions == ServiceBook([first, second]).versions
    assert list(rules.clocks) == list(rules.columns) == ["office"]


def test_what_is_published_changes_the_key_of_what_is_cached(database):
    keys = [rulebook(database).key]
    publish(database, PLAIN)
    keys.append(rulebook(database).key)
    for _ in range(2):
        publish_calendar(database, calendar(), valid_from=NOW, by="anna", note="", now=NOW)
        keys.append(rulebook(database).key)
    assert len(set(keys)) == 4
    assert rulebook(database).key == keys[-1]


def test_the_past_is_not_promised_anew(database):
    publish(database, PLAIN)
    with pytest.raises(PolicyPastError) as caught:
        publish(database, PLAIN, valid_from=at("2026-01-06 11:59:59.999999"))
    assert str(caught.value) == (
        "Policies cannot change from 2026-01-06 11:59:59 UTC on, which has passed: let the change hold from "
        "2026-01-06 12:00:00 UTC or later."
    )
    assert len(publications(database)) == len(audit(database)) == 1
    assert publish(database, PLAIN, valid_from=NOW).version == 2


def test_a_clock_is_one_of_the_desks_calendars(database):
    with pytest.raises(PolicyInvalidError) as caught:
        publish(database, OFFICE)
    assert caught.value.faults == (
        "Policy office, target 1, clock: there is no calendar 'office': use one of marketplace.",
    )
    assert publications(database) == ()
    assert audit(database) == []


def test_each_version_leaves_an_audit_entry(database):
    publish(database, PLAIN, note="As agreed")
    assert audit(database) == [
        (
            NOW,
            "anna",
            "publish_policies",
            "service_policies",
            {"version": 1, "valid_from": "2026-01-06T12:00:00", "note": "As agreed"},
        )
    ]


def test_a_version_that_is_undone_leaves_nothing(database):
    def publish_and_fail():
        with database.writing():
            assert publish(database, PLAIN).version == 1
            raise KeyError

    with pytest.raises(KeyError):
        publish_and_fail()
    assert publications(database) == ()
    assert audit(database) == []


def test_a_desk_begins_with_policies_and_seeding_twice_is_once(database):
    seed_service_levels(database, NOW)
    before = publications(database), calendar_versions(database), audit(database)
    seed_service_levels(database, at("2026-02-01"))
    assert (publications(database), calendar_versions(database), audit(database)) == before
    (first,) = before[0]
    assert [one.id for one in first.version.policies] == ["urgent", "everyone"]
    assert (first.published_by, first.published_at) == ("marketdesk", NOW)
    assert {target.calendar_id for one in first.version.policies for target in one.targets} == {"", "office"}


def test_seeding_leaves_a_calendar_of_the_desk_as_it_is(database):
    mine = publish_calendar(database, calendar(name="Mine"), valid_from=NOW, by="anna", note="", now=NOW)
    seed_service_levels(database, NOW)
    assert calendar_versions(database) == {"office": (mine,)}
    assert len(publications(database)) == 1
