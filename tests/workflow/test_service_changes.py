"""What was promised stays promised: changes of priority, category, policy and the ticket's own course."""

import pytest

from tests.workflow.calendar_builders import at, hours
from tests.workflow.service_builders import Log, book, judged, only, policy, target
from workflow.service.judging import Status
from workflow.service.policies import MARKETPLACE, PolicyVersion, Reopening, ServiceBook, TargetKind
from workflow.service.spans import Ending
from workflow.vocabulary import EventKind


def first_reply(count: float):
    return target(budget=hours(count), calendar_id=MARKETPLACE)


def full(count: float, **changes):
    return target(TargetKind.FULL_RESOLUTION, hours(count), calendar_id=MARKETPLACE, **changes)


URGENT_IN_FOUR = book(
    policy(first_reply(4), name="urgent", priority=("urgent",)),
    policy(first_reply(24), name="returns", category=("returns",)),
    policy(first_reply(48), name="everyone"),
)


def test_a_raised_priority_asks_for_the_new_budget_from_the_same_start():
    found = only(Log("2026-01-05 09:00").priority("2026-01-05 10:00", "urgent"), URGENT_IN_FOUR)
    assert (found.promise.policy.id, found.started_at, found.due_at) == (
        "urgent",
        at("2026-01-05 09:00"),
        at("2026-01-05 13:00"),
    )


def test_a_raised_priority_is_never_due_before_it_was_raised():
    log = Log("2026-01-05 09:00").priority("2026-01-05 18:00", "urgent")
    found = only(log.reply("2026-01-05 18:30"), URGENT_IN_FOUR)
    # Nine hours were counted when the four were asked for: due at once, and half an hour late in the end.
    assert (found.due_at, found.status, found.late) == (at("2026-01-05 18:00"), Status.MISSED, hours(0.5))
    assert (found.counted, found.allowed) == (hours(9.5), hours(9))


def test_a_priority_that_is_raised_after_a_breach_leaves_the_breach_as_it_was():
    log = Log("2026-01-05 09:00").priority("2026-01-07 09:00", "urgent").reply("2026-01-07 10:00")
    found = only(log, URGENT_IN_FOUR)
    assert (found.promise.policy.id, found.due_at, found.late) == ("everyone", at("2026-01-07 09:00"), hours(1))


def test_a_lowered_priority_after_a_breach_forgives_nothing():
    log = Log("2026-01-05 09:00", priority="urgent").priority("2026-01-05 14:00", "normal").reply("2026-01-05 15:00")
    found = only(log, URGENT_IN_FOUR)
    assert (found.promise.policy.id, found.due_at, found.status) == ("urgent", at("2026-01-05 13:00"), Status.MISSED)


def test_a_lowered_priority_before_it_is_due_gives_the_longer_budget():
    log = Log("2026-01-05 09:00", priority="urgent").priority("2026-01-05 12:00", "normal")
    assert only(log, URGENT_IN_FOUR).due_at == at("2026-01-07 09:00")


def test_a_changed_category_asks_for_its_own_budget():
    log = Log("2026-01-05 09:00").category("2026-01-05 12:00", "returns").category("2026-01-05 13:00", "odd")
    assert only(log, URGENT_IN_FOUR, now="2026-01-05 12:30").due_at == at("2026-01-06 09:00")
    assert only(log, URGENT_IN_FOUR, now="2026-01-05 14:00").promise.policy.id == "everyone"


def test_what_is_no_longer_promised_ends_with_the_change():
    rules = book(policy(first_reply(4), name="urgent", priority=("urgent",)))
    log = Log("2026-01-05 09:00", priority="urgent").priority("2026-01-05 12:00", "normal").reply("2026-01-06 09:00")
    found = only(log, rules)
    assert (found.ending, found.ended_at, found.status) == (
        Ending.DROPPED,
        at("2026-01-05 12:00"),
        Status.ENDED_OTHERWISE,
    )


def test_what_is_promised_later_counts_from_the_start_of_the_turn():
    rules = book(policy(first_reply(4), name="urgent", priority=("urgent",)))
    log = Log("2026-01-05 09:00").priority("2026-01-05 09:30", "high").priority("2026-01-05 10:00", "urgent")
    found = only(log, rules)
    assert (found.started_at, found.due_at) == (at("2026-01-05 09:00"), at("2026-01-05 13:00"))
    assert judged(log, rules, now="2026-01-05 10:00") == ()


def test_a_running_target_keeps_its_version_and_the_next_takes_the_new_one():
    def promised(count):
        return (policy(first_reply(count), target(TargetKind.NEXT_REPLY, hours(count), calendar_id=MARKETPLACE)),)

    rules = ServiceBook(
        [
            PolicyVersion(version=1, valid_from=at("2020-01-01"), policies=promised(24)),
            PolicyVersion(version=2, valid_from=at("2026-01-05 12:00"), policies=promised(2)),
        ]
    )
    log = Log("2026-01-05 09:00").reply("2026-01-05 13:00").writes("2026-01-05 14:00")
    first, second = judged(log, rules)
    assert (first.version, first.due_at, first.status) == (1, at("2026-01-06 09:00"), Status.MET)
    assert (second.version, second.due_at) == (2, at("2026-01-05 16:00"))


@pytest.mark.parametrize(("opened", "number"), [("2026-01-05 11:59:59.999999", 1), ("2026-01-05 12:00", 2)])
def test_a_version_holds_from_its_instant_on(opened, number):
    rules = ServiceBook(
        [
            PolicyVersion(version=2, valid_from=at("2026-01-05 12:00"), policies=(policy(first_reply(2)),)),
            PolicyVersion(version=1, valid_from=at("2026-01-01"), policies=(policy(first_reply(24)),)),
        ]
    )
    assert only(Log(opened), rules).version == number
    assert only(Log("2019-01-05 09:00"), rules).version == 1


def test_a_ticket_reopened_after_months_is_promised_anew():
    log = Log("2026-01-05 09:00").resolves("2026-01-05 12:00").step("2026-06-01 09:00", "new")
    old, new = judged(log, full(48), now="2026-06-01 10:00")
    assert (old.status, old.ended_at) == (Status.MET, at("2026-01-05 12:00"))
    assert (new.status, new.span.turn, new.due_at) == (Status.RUNNING, 2, at("2026-06-03 09:00"))


def test_where_the_clock_goes_on_the_settled_months_are_not_counted():
    log = Log("2026-01-05 09:00").resolves("2026-01-05 12:00").step("2026-06-01 09:00", "new")
    found = only(log, full(48, on_reopen=Reopening.CONTINUE), now="2026-06-01 10:00")
    assert (found.counted, found.due_at, found.status) == (hours(4), at("2026-06-03 06:00"), Status.RUNNING)
    assert found.started_at == at("2026-01-05 09:00")
    done = only(log.resolves("2026-06-03 06:00"), full(48, on_reopen=Reopening.CONTINUE))
    assert (done.counted, done.status) == (hours(48), Status.MISSED)


def test_closing_without_a_resolution_is_another_end():
    found = only(Log("2026-01-05 09:00").step("2026-01-05 12:00", "gone"), full(48))
    assert (found.ending, found.status) == (Ending.SETTLED, Status.ENDED_OTHERWISE)


def test_a_duplicate_leaves_when_it_is_merged():
    log = Log("2026-01-05 09:00").reply("2026-01-05 12:00").resolves("2026-01-05 13:00")
    first = only(log, first_reply(24), merged_at=at("2026-01-05 11:00"))
    assert (first.status, first.ending, first.ended_at) == (
        Status.ENDED_OTHERWISE,
        Ending.MERGED,
        at("2026-01-05 11:00"),
    )
    whole = only(log, full(48), merged_at=at("2026-01-05 11:00"))
    assert (whole.status, whole.ending, whole.counted) == (Status.ENDED_OTHERWISE, Ending.MERGED, hours(2))
    stay = target(TargetKind.TIME_IN_STATE, hours(8), calendar_id=MARKETPLACE, states=("new",))
    assert only(log, stay, merged_at=at("2026-01-05 11:00")).ending is Ending.MERGED
    # Before it was merged, it was a ticket like any other; what it had missed by then it has missed.
    assert only(log, full(48), merged_at=at("2026-01-05 11:00"), now="2026-01-05 11:00").status is Status.RUNNING
    assert only(log, first_reply(1), merged_at=at("2026-01-05 11:00")).status is Status.MISSED


@pytest.mark.parametrize(
    "promised",
    [
        target(TargetKind.TIME_IN_STATE, hours(24), calendar_id=MARKETPLACE, states=("new",)),
        target(TargetKind.REQUESTER_WAIT, hours(24), calendar_id=MARKETPLACE),
        first_reply(24),
        full(24),
    ],
)
def test_the_visit_that_merging_writes_meets_nothing(promised):
    """Opened 09:00, merged 11:00: the log has a visit to the final state then, and the link says the same instant."""
    log = Log("2026-01-05 09:00").merges("2026-01-05 11:00")
    for subject in ({"merged_at": at("2026-01-05 11:00")}, {}):  # the log alone says it, too
        found = only(log, promised, **subject)
        assert (found.status, found.ending, found.counted) == (Status.ENDED_OTHERWISE, Ending.MERGED, hours(2))


def test_a_ticket_that_is_merged_before_it_began_is_judged_nowhere():
    assert judged(Log("2026-01-05 09:00"), full(48), merged_at=at("2026-01-05 08:00")) == ()


def merged(log: Log, text: str) -> Log:
    return log.step(text, "gone", kind=EventKind.MERGED)


EVERYTHING = book(
    policy(first_reply(24), target(TargetKind.NEXT_REPLY, hours(24), calendar_id=MARKETPLACE), full(48), name="all")
)


def endings(log: Log, **changes) -> list[tuple]:
    found = judged(log, EVERYTHING, now="2026-01-12 09:00", **changes)
    return [(one.span.kind.value, one.span.turn, one.ending, one.started_at, one.status) for one in found]


def test_what_follows_a_merging_opens_nothing():
    log = merged(Log("2026-01-05 09:00"), "2026-01-05 11:00").writes("2026-01-05 12:00").reply("2026-01-05 13:00")
    assert endings(log, merged_at=at("2026-01-05 11:00")) == [
        ("first_reply", 1, Ending.MERGED, at("2026-01-05 09:00"), Status.ENDED_OTHERWISE),
        ("full_resolution", 1, Ending.MERGED, at("2026-01-05 09:00"), Status.ENDED_OTHERWISE),
    ]
    # Linked at its opening and worked on all the same: it is the other one's until it comes back from the end.
    linked = Log("2026-01-05 09:00").step("2026-01-05 10:00", "carrier").resolves("2026-01-05 12:00")
    assert {ending for _, _, ending, *_ in endings(linked, merged_at=at("2026-01-05 09:00"))} == {Ending.MERGED}


def test_a_duplicate_that_is_reopened_is_promised_anew():
    log = merged(Log("2026-01-05 09:00"), "2026-01-05 11:00").writes("2026-01-06 09:00", "new")
    assert endings(log.reply("2026-01-06 10:00"), merged_at=at("2026-01-05 11:00")) == [
        ("first_reply", 1, Ending.MERGED, at("2026-01-05 09:00"), Status.ENDED_OTHERWISE),
        ("next_reply", 2, Ending.REACHED, at("2026-01-06 09:00"), Status.MET),
        ("full_resolution", 1, Ending.MERGED, at("2026-01-05 09:00"), Status.ENDED_OTHERWISE),
        ("full_resolution", 2, Ending.RUNNING, at("2026-01-06 09:00"), Status.MISSED),
    ]


def test_a_duplicate_that_is_merged_again_leaves_again():
    log = merged(Log("2026-01-05 09:00"), "2026-01-05 11:00").writes("2026-01-06 09:00", "new")
    merged(log, "2026-01-06 10:00").writes("2026-01-06 11:00")
    assert [
        (ending, started_at)
        for *_, ending, started_at, _ in endings(log, merge_times=(at("2026-01-06 10:00"), at("2026-01-05 11:00")))
    ] == [
        (Ending.MERGED, at("2026-01-05 09:00")),
        (Ending.MERGED, at("2026-01-06 09:00")),
        (Ending.MERGED, at("2026-01-05 09:00")),
        (Ending.MERGED, at("2026-01-06 09:00")),
    ]


def test_a_merge_that_was_undone_has_never_been():
    """Opened on Monday 09:00, merged by mistake at 11:00, brought back at 15:00, answered on Tuesday 08:00."""
    log = merged(Log("2026-01-05 09:00"), "2026-01-05 11:00")
    log.step("2026-01-05 15:00", "new", kind=EventKind.UNMERGED).reply("2026-01-06 08:00")
    assert endings(log) == [
        ("first_reply", 1, Ending.REACHED, at("2026-01-05 09:00"), Status.MET),
        ("full_resolution", 1, Ending.RUNNING, at("2026-01-05 09:00"), Status.MISSED),
    ]
    assert only(log, first_reply(24)).counted == hours(23)
    stay = target(TargetKind.TIME_IN_STATE, hours(8), calendar_id=MARKETPLACE, states=("new",))
    assert only(log, stay, now="2026-01-05 16:00").counted == hours(7)


def test_the_ticket_that_stays_keeps_the_earliest_start():
    log = Log("2026-01-05 09:00").reply("2026-01-05 12:00")
    found = only(log, first_reply(24), starts_at=at("2026-01-04 18:00"), words=(at("2026-01-04 18:00"),))
    assert (found.started_at, found.counted, found.due_at) == (
        at("2026-01-04 18:00"),
        hours(18),
        at("2026-01-05 18:00"),
    )
    assert only(log, first_reply(24), starts_at=at("2026-01-05 10:00")).started_at == at("2026-01-05 09:00")
    stay = target(TargetKind.TIME_IN_STATE, hours(8), calendar_id=MARKETPLACE, states=("new",))
    assert only(log, stay, starts_at=at("2026-01-04 18:00")).started_at == at("2026-01-04 18:00")


def test_a_ticket_that_stays_takes_over_no_reply_that_its_duplicate_gave():
    """The duplicate was asked on Sunday 18:00 and answered; its buyer's next word, Monday 08:00, waits here as well."""
    log = Log("2026-01-05 09:00").reply("2026-01-05 12:00")
    earlier = {"starts_at": at("2026-01-04 18:00")}
    found = only(log, first_reply(8), **earlier)
    assert (found.started_at, found.counted, found.status) == (at("2026-01-05 09:00"), hours(3), Status.MET)
    waiting = only(log, first_reply(8), words=(at("2026-01-05 08:00"),), **earlier)
    assert (waiting.started_at, waiting.counted) == (at("2026-01-05 08:00"), hours(4))
    assert only(log, full(48), **earlier).started_at == at("2026-01-04 18:00")
    ours = Log("2026-01-05 09:00", is_buyer_message=False)
    assert judged(ours, first_reply(8), **earlier) == ()
    done = Log("2026-01-05 09:00", "done", kind=EventKind.OBSERVED)
    assert judged(done, first_reply(8), **earlier) == ()


def test_what_waits_in_a_duplicate_waits_in_the_ticket_that_stays():
    """Answered at 10:00; the same buyer asks elsewhere at 11:00, and nobody answers before the merging."""
    log = Log("2026-01-05 09:00").asks("2026-01-05 10:00").reply("2026-01-05 13:00")
    told = target(TargetKind.NEXT_REPLY, hours(8), calendar_id=MARKETPLACE)
    found = only(log, told, words=(at("2026-01-05 11:00"),))
    assert (found.started_at, found.ended_at, found.status) == (
        at("2026-01-05 11:00"),
        at("2026-01-05 13:00"),
        Status.MET,
    )
    assert judged(log, told, words=(at("2026-01-05 09:00"), at("2026-01-05 08:00"))) == ()


def test_a_history_from_elsewhere_is_judged_like_any_other():
    log = Log("2026-01-05 09:00", kind=EventKind.OBSERVED, is_buyer_message=False)
    log.step("2026-01-05 12:00", kind=EventKind.OBSERVED, is_public_reply=True)
    assert only(log, first_reply(24)).counted == hours(3)


def test_without_policies_nothing_is_promised():
    assert judged(Log(), ServiceBook(())) == ()
    assert judged(Log(), book()) == ()
    assert judged(Log(), book(policy(full(8), name="vip", seller=("s-9",)))) == ()
    assert judged(Log(), book(policy(first_reply(8), name="mail", channel=("email",), scheme=("FBO",)))) == ()


def test_the_first_policy_that_fits_promises_alone():
    rules = book(policy(full(8), name="mail", channel=("email", "phone")), policy(first_reply(8)))
    assert only(Log(), rules).promise.policy.id == "mail"


def test_a_book_knows_its_newest_version_and_what_it_asks_for():
    rules = book(policy(full(8), name="mail", channel=("email",), priority=("high",)), policy(first_reply(8)))
    assert rules.newest is not None
    assert (rules.newest.version, rules.newest.asked) == (1, frozenset({"channel", "priority"}))
    assert (ServiceBook(()).newest, ServiceBook(()).version_at(at("2026-01-01"))) == (None, None)


def test_a_book_knows_the_states_and_the_reopenings_of_all_its_versions():
    stay = target(TargetKind.TIME_IN_STATE, hours(8), states=("asked", "carrier"))
    going_on = full(8, on_reopen=Reopening.CONTINUE)
    old = PolicyVersion(version=1, valid_from=at("2026-01-01"), policies=(policy(stay),))
    new = PolicyVersion(version=2, valid_from=at("2026-02-01"), policies=(policy(full(8)), policy(going_on)))
    assert (ServiceBook([old]).stays, ServiceBook([old]).has_continued) == ({"asked", "carrier"}, False)
    assert (ServiceBook([old, new]).stays, ServiceBook([old, new]).has_continued) == ({"asked", "carrier"}, True)
    assert (ServiceBook(()).stays, ServiceBook(()).has_continued) == (frozenset(), False)
