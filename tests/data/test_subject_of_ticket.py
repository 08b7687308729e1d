"""One ticket's subject by its case and log is the one that the judging of all tickets finds."""

from datetime import datetime, timedelta

import pytest

from data.check import check
from data.demo import load_demo
from data.service.judging import AFTER_ALL
from data.service.kept import keep_up
from data.service.shelf import publish_policies, rulebook
from data.service.tickets import judged_ticket, judged_to_the_end, stored_subject, subject_of
from tests.new_desks import new_desk
from tests.workflow.service_builders import policy, target
from workflow.contacts import Contact
from workflow.records import Posting
from workflow.service.policies import MARKETPLACE, TargetKind
from workflow.tickets import SYNC, Actor
from workflow.vocabulary import Channel, LinkKind, Priority, Role, Scheme

NOW = datetime.fromisoformat("2026-11-23T08:30:00")
ANNA = Actor(role=Role.SELLER_AGENT, id="anna")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with new_desk(tmp_path_factory.mktemp("subjects") / "desk.duckdb") as opened:
        load_demo(opened, now=NOW, contacts=60)
        yield opened


@pytest.fixture
def opened(tmp_path):
    with new_desk(tmp_path / "desk.duckdb") as opened:
        yield opened


def a_ticket(opened, *, now=NOW, **changes):
    given = {
        "category": "logistics_delay",
        "channel": Channel.EMAIL,
        "text": "Hello?",
        "seller_id": "s",
        "buyer_key": "b",
    }
    return opened.desk.open_ticket(Contact(**given | changes), actor=ANNA, now=now)


def both(opened, ticket_id):
    case, events = opened.store.load_case(ticket_id), opened.store.events_of(ticket_id)
    return subject_of(case, events), stored_subject(opened.store, ticket_id, AFTER_ALL)


def test_of_every_ticket_of_a_simulated_desk_both_are_the_same(demo):
    compared = []
    for (ticket_id,) in demo.database.read("select cast(id as varchar) from tickets order by number"):
        case = demo.store.load_case(ticket_id)
        if all(link.kind is not LinkKind.DUPLICATE_OF for link in case.links):
            one, other = both(demo, ticket_id)
            assert one == other
            compared.append(one)
    assert len(compared) > 40
    assert len({(one.scheme, one.priority, bool(one.assignee)) for one in compared}) > 4


def test_priority_and_assignee_are_those_of_the_opening_whatever_came_later(opened):
    ticket = a_ticket(opened, priority=Priority.HIGH, assignee_id="boris")
    opened.desk.prioritise(ticket.id, Priority.LOW, actor=ANNA, now=NOW + timedelta(minutes=1))
    opened.desk.assign(ticket.id, "clara", actor=ANNA, now=NOW + timedelta(minutes=2))
    one, other = both(opened, ticket.id)
    assert one == other
    assert (one.priority, one.assignee) == ("high", "boris")


def parcel(scheme):
    return Posting(number="9-1", order_id="", scheme=scheme, status="delivering", status_changed_at=NOW)


def due_hours(opened, ticket_id):
    """In how many hours from its opening the first reply is due: what is kept, and what is judged now."""
    rules = rulebook(opened.database)
    keep_up(opened.database, rules)
    kept = opened.database.read(
        "select due_at from kept_targets where ticket_id = ? and target_kind = 'first_reply'", [ticket_id]
    )
    targets = judged_ticket(opened.store, rules, ticket_id, NOW + timedelta(minutes=30)).targets
    judged = [it.due_at for it in targets if it.promise.target.kind is TargetKind.FIRST_REPLY]
    return [(due_at - NOW) / timedelta(hours=1) for due_at in (*(at for (at,) in kept), *judged)]


@pytest.fixture
def promised(opened):
    """Two hours for what the marketplace stores, a day for all others."""
    fast, all_others = (target(budget=timedelta(hours=count), calendar_id=MARKETPLACE) for count in (2, 24))
    with opened.database.writing() as cursor:
        cursor.execute("delete from service_policy_versions")
    policies = [policy(fast, name="fast", scheme=("FBO",)), policy(all_others)]
    publish_policies(opened.database, policies, valid_from=NOW, by="anna", note="", now=NOW)
    return opened


def test_what_becomes_of_the_parcel_changes_no_promise(promised):
    promised.store.save_posting(parcel(Scheme.FBS))
    ticket = a_ticket(promised, posting_number="9-1")
    assert due_hours(promised, ticket.id) == [24, 24]
    promised.desk.record_posting(parcel(Scheme.FBO), actor=SYNC, now=NOW + timedelta(minutes=10))
    assert due_hours(promised, ticket.id) == [24, 24]
    promised.desk.prioritise(ticket.id, Priority.HIGH, actor=ANNA, now=NOW + timedelta(minutes=20))
    assert due_hours(promised, ticket.id) == [24, 24]
    assert check(promised.database) == []
    assert due_hours(promised, a_ticket(promised, posting_number="9-1").id) == [2, 2]


def test_a_parcel_that_becomes_known_later_changes_no_promise(promised):
    ticket = a_ticket(promised, posting_number="9-1")
    promised.desk.record_posting(parcel(Scheme.FBO), actor=SYNC, now=NOW + timedelta(minutes=10))
    promised.desk.prioritise(ticket.id, Priority.HIGH, actor=ANNA, now=NOW + timedelta(minutes=20))
    assert due_hours(promised, ticket.id) == [24, 24]
    assert [one.scheme for one in both(promised, ticket.id)] == ["", ""]


def test_an_opening_that_tells_no_scheme_is_read_with_the_parcel_of_today(promised):
    """As openings were written before they told it."""
    promised.store.save_posting(parcel(Scheme.FBO))
    ticket = a_ticket(promised, posting_number="9-1")
    with promised.database.writing() as cursor:
        cursor.execute("update events set payload = json_merge_patch(payload, '{\"scheme\": null}')")
    assert [one.scheme for one in both(promised, ticket.id)] == ["FBO", "FBO"]
    assert due_hours(promised, ticket.id) == [2, 2]


def test_a_ticket_with_a_duplicate_is_judged_from_the_opening_of_the_earlier(opened):
    early = a_ticket(opened)
    kept = opened.desk.open_ticket(
        Contact(
            category="logistics_delay", channel=Channel.EMAIL, text="Again?", seller_id="s", buyer_key="b", order_id="o"
        ),
        actor=ANNA,
        now=NOW + timedelta(hours=1),
    )
    opened.desk.pairs.merge(early.id, kept.id, actor=ANNA, now=NOW + timedelta(hours=2))
    rules = rulebook(opened.database)
    found = judged_ticket(opened.store, rules, kept.id, NOW + timedelta(hours=3))
    assert found.steps == judged_to_the_end(opened.store, rules, kept.id).steps
    assert found.steps[0].at == NOW


def test_of_a_merge_that_was_undone_the_pages_show_what_was_so_while_it_held(opened):
    early, kept = a_ticket(opened, occurred_at=NOW - timedelta(hours=1)), a_ticket(opened, text="Again?")
    opened.desk.pairs.merge(early.id, kept.id, actor=ANNA, now=NOW + timedelta(hours=2))
    opened.desk.pairs.undo_merge(early.id, kept.id, actor=ANNA, now=NOW + timedelta(hours=4))
    rules = rulebook(opened.database)

    def judged_at(ticket, hours):
        return judged_ticket(opened.store, rules, ticket.id, NOW + timedelta(hours=hours))

    assert [judged_at(kept, hours).steps[0].at for hours in (3, 5)] == [NOW - timedelta(hours=1), NOW]
    assert [judged_at(early, hours).steps[-1].is_merge for hours in (3, 5)] == [True, False]
    assert opened.database.read("select linked_at, undone_at from undone_merges") == [
        (NOW + timedelta(hours=2), NOW + timedelta(hours=4))
    ]


def test_a_merged_ticket_that_is_reopened_has_service_levels_again(opened):
    ticket, kept = a_ticket(opened), a_ticket(opened, text="Again?")
    opened.desk.pairs.merge(ticket.id, kept.id, actor=ANNA, now=NOW + timedelta(hours=1))
    buyer = Actor(role=Role.BUYER, id="b", recorded_by="anna")
    reopening = {"reopen_reason": "closed_by_mistake", "reference": "CALL-7"}
    opened.desk.act(ticket.id, "reopen", actor=buyer, now=NOW + timedelta(hours=2), inputs=reopening)
    rules = rulebook(opened.database)
    keep_up(opened.database, rules)
    found = judged_ticket(opened.store, rules, ticket.id, NOW + timedelta(hours=3)).targets
    told = sorted((one.span.kind.value, one.span.turn, one.ending.value, one.started_at) for one in found)
    assert ("full_resolution", 2, "", NOW + timedelta(hours=2)) in told
    kept_rows = opened.database.read(
        "select target_kind, turn, ending, started_at from kept_targets where ticket_id = ? order by all", [ticket.id]
    )
    assert kept_rows == told


def test_a_buyer_who_was_answered_in_the_duplicate_is_no_breach_of_the_ticket_that_stays(opened):
    """Asked 20 hours ago and answered within one; asked again now and merged, the new ticket has its own 24 hours."""
    child = a_ticket(opened, occurred_at=NOW - timedelta(hours=20))
    for hours, trigger, inputs in ((19.5, "register", {}), (19, "seller_reply", {"reply_text": "We look"})):
        opened.desk.act(child.id, trigger, actor=ANNA, now=NOW - timedelta(hours=hours), inputs=inputs)
    kept = a_ticket(opened, text="Again?")
    opened.desk.pairs.merge(child.id, kept.id, actor=ANNA, now=NOW + timedelta(hours=1))
    rules = rulebook(opened.database)
    keep_up(opened.database, rules)
    found = judged_ticket(opened.store, rules, kept.id, NOW + timedelta(hours=5)).targets
    assert sorted((one.span.kind.value, one.status.value, one.started_at) for one in found) == [
        ("first_reply", "running", NOW),
        ("full_resolution", "running", NOW - timedelta(hours=20)),
        ("requester_wait", "running", NOW - timedelta(hours=20)),
    ]
    kept_rows = opened.database.read(
        "select target_kind, started_at from kept_targets where ticket_id = ? order by all", [kept.id]
    )
    assert kept_rows == sorted((one.span.kind.value, one.started_at) for one in found)


def test_a_word_that_was_answered_in_the_ticket_that_stayed_then_waits_in_no_later_one(opened):
    """Merged into a second ticket, answered there, and that one merged into a third: nothing is left to be answered."""
    first, second = (a_ticket(opened, occurred_at=NOW - timedelta(hours=hours)) for hours in (9, 6))
    third = a_ticket(opened)
    merge, hour = opened.desk.pairs.merge, timedelta(hours=1)
    merge(first.id, second.id, actor=ANNA, now=NOW + hour)
    rules = rulebook(opened.database)

    def first_reply_starts_at(ticket, at):
        targets = judged_ticket(opened.store, rules, ticket.id, at).targets
        return next(one.started_at for one in targets if one.span.kind is TargetKind.FIRST_REPLY)

    assert first_reply_starts_at(second, NOW + 2 * hour) == NOW - 9 * hour
    opened.desk.act(second.id, "register", actor=ANNA, now=NOW + 2 * hour, inputs={})
    opened.desk.act(second.id, "seller_reply", actor=ANNA, now=NOW + 3 * hour, inputs={"reply_text": "We look"})
    merge(second.id, third.id, actor=ANNA, now=NOW + 4 * hour)
    assert first_reply_starts_at(third, NOW + 5 * hour) == NOW
    assert judged_ticket(opened.store, rules, third.id, NOW + 5 * hour).steps[0].at == NOW - 9 * hour


def test_a_ticket_that_was_opened_as_a_duplicate_and_never_merged_changes_no_clock(opened):
    """Asked at 0, answered after 5 minutes; a call after 24, a ticket of its own, named a duplicate and answered, too.

    By hand: nothing is promised to the first since its answer but its resolution; the call counts in its own ticket.
    """
    start = NOW - timedelta(hours=1)

    def answer(ticket, minutes):
        opened.desk.act(ticket.id, "register", actor=ANNA, now=start + timedelta(minutes=minutes))
        said = {"reply_text": "We look into it"}
        opened.desk.act(ticket.id, "seller_reply", actor=ANNA, now=start + timedelta(minutes=minutes + 1), inputs=said)

    first = a_ticket(opened, now=start)
    answer(first, 4)
    duplicate = {"channel": Channel.PHONE, "linked_to": first.id, "link_kind": LinkKind.DUPLICATE_OF}
    call = a_ticket(opened, now=start + timedelta(minutes=24), **duplicate)
    answer(call, 25)
    early = a_ticket(opened, now=start + timedelta(minutes=40), occurred_at=start - timedelta(hours=3), **duplicate)
    rules = rulebook(opened.database)
    keep_up(opened.database, rules)
    query = "select target_kind, ending, started_at from kept_targets where ticket_id = ? order by all"
    by_hand = {
        first.id: [("first_reply", "reached", start), ("full_resolution", "", start), ("requester_wait", "", start)],
        call.id: [
            ("first_reply", "reached", start + timedelta(minutes=24)),
            ("full_resolution", "", start + timedelta(minutes=24)),
            ("requester_wait", "", start + timedelta(minutes=24)),
        ],
        early.id: [
            (kind, "", start - timedelta(hours=3)) for kind in ("first_reply", "full_resolution", "requester_wait")
        ],
    }
    for ticket_id, rows in by_hand.items():
        assert opened.database.read(query, [ticket_id]) == rows
        found = judged_ticket(opened.store, rules, ticket_id, NOW).targets
        assert sorted((one.span.kind.value, one.ending.value, one.started_at) for one in found) == rows
    assert check(opened.database) == []
