"""`check` judges a sample of the tickets again and names every kept target that says something else."""

import shutil
from datetime import timedelta

import pytest

from data.check import check
from data.check_targets import SAMPLE
from data.database import Database
from data.opening import open_desk
from data.service.kept import keep_up
from data.service.shelf import publish_policies, rulebook, seed_service_levels
from tests.data.checked_desks import T0, spoilt, ticket_of
from tests.data.service_logs import write
from tests.new_desks import new_database, new_desk
from tests.workflow.service_builders import Log


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The folder of a desk with ticket 1, opened Monday 09:00 and replied to at 11:00, and everything kept."""
    folder = tmp_path_factory.mktemp("sound")
    with new_desk(folder / "desk.duckdb") as desk:
        seed_service_levels(desk.database, T0 - timedelta(days=1))
        ticket_of(desk)
        keep_up(desk.database, rulebook(desk.database))
    return folder


@pytest.fixture
def opened(sound, tmp_path):
    """A desk of one's own with ticket 1."""
    shutil.copytree(sound, tmp_path / "kept")
    with open_desk(tmp_path / "kept" / "desk.duckdb") as desk:
        yield desk


def said(database: Database, *statements: str) -> list[str]:
    return [str(difference) for difference in spoilt(database, *statements)]


def test_a_desk_whose_targets_are_kept_is_sound(opened):
    assert opened.database.read("select target_kind from kept_targets order by all") == [
        ("first_reply",),
        ("full_resolution",),
        ("requester_wait",),
    ]
    assert check(opened.database) == []


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "update kept_targets set due_at = due_at + interval 1 microsecond where target_kind = 'first_reply'",
            "kept_targets.due_at of first_reply 1 is 2026-03-03 09:00:00.000001, expected 2026-03-03 09:00:00",
        ),
        (
            "update kept_targets set ended_at = null where target_kind = 'first_reply'",
            "kept_targets.ended_at of first_reply 1 is nothing, expected 2026-03-02 11:00:00",
        ),
        (
            "update kept_targets set counted_microseconds = 7 where target_kind = 'first_reply'",
            "kept_targets.counted_microseconds of first_reply 1 is 7, expected 7200000000",
        ),
        (
            "update kept_targets set policy_version = 2 where target_kind = 'first_reply'",
            "kept_targets.policy_version of first_reply 1 is 2, expected 1",
        ),
        (
            "delete from kept_targets where target_kind = 'first_reply'",
            "kept_targets, first_reply 1 is nothing, expected a target",
        ),
        (
            "update kept_targets set seller_id = 's-9' where target_kind = 'first_reply'",
            "kept_targets.seller_id of first_reply 1 is s-9, expected s-1",
        ),
    ],
)
def test_what_is_spoilt_is_named_by_one_sentence(opened, statement, sentence):
    assert said(opened.database, statement) == [f"Ticket 1: {sentence}."]


def test_a_target_that_nobody_promised_is_named(opened):
    double = "insert into kept_targets select * replace (7 as turn) from kept_targets where target_kind = 'first_reply'"
    assert said(opened.database, double) == ["Ticket 1: kept_targets, first_reply 7 is a target, expected nothing."]


def test_a_target_of_no_ticket_is_named(opened):
    nobody = "7e57ab1e-0000-4000-8000-000000000000"
    stray = f"update kept_targets set ticket_id = uuid '{nobody}' where target_kind = 'first_reply'"  # noqa: S608
    assert said(opened.database, stray) == [
        f"Ticket 1: kept_targets.ticket_id of first_reply 1 is {nobody}, expected a ticket that exists.",
        "Ticket 1: kept_targets, first_reply 1 is nothing, expected a target.",
    ]


def test_what_is_still_to_be_judged_is_no_difference(opened):
    spoil = "update kept_targets set due_at = null where target_kind = 'first_reply'"
    opened.desk.tick(T0 + timedelta(days=60))
    assert said(opened.database, spoil) == []
    keep_up(opened.database, rulebook(opened.database))
    assert check(opened.database) == []


def test_of_many_tickets_a_sample_is_judged(tmp_path):
    with new_database(tmp_path / "desk.duckdb") as database:
        seed_service_levels(database, T0)
        write(database, [Log(number=number).events for number in range(1, 4 * SAMPLE)])
        keep_up(database, rulebook(database))
        with database.writing() as cursor:
            cursor.execute("update kept_targets set turn = 5 where target_kind = 'first_reply'")
        named = {found.number for found in check(database) if found.place.startswith("kept_targets, first_reply")}
        assert SAMPLE < len(named) <= 2 * SAMPLE
        assert named >= set(range(3 * SAMPLE, 4 * SAMPLE))


def test_a_changed_policy_leaves_what_it_concerns_to_be_judged(opened):
    same, later = rulebook(opened.database).book.versions[0].policies, T0 + timedelta(hours=1)
    publish_policies(opened.database, same, valid_from=later, by="anna", note="", now=later)
    assert said(opened.database, "update kept_targets set due_at = null") == []
