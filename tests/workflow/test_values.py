"""Small values: ids, policies, scopes, directions, lifecycles by version."""

from datetime import timedelta
from random import Random
from uuid import UUID

import pytest

from tests.workflow.builders import AGENT, BUYER, DAY, HOUR, NOW, PHOTO, built_in, rules, world
from workflow.errors import LifecycleError, PolicyMissingError, TicketChangedError, UnknownCategoryError
from workflow.ids import new_ids
from workflow.lifecycle import Lifecycles
from workflow.policies import PolicyBook, PolicyRow
from workflow.records import Message
from workflow.vocabulary import Channel, Priority, Role


def test_ids_are_version_7_and_sort_by_time():
    new_id = new_ids(Random(1))
    ids = [new_id(NOW + timedelta(seconds=second)) for second in range(50)]
    assert ids == sorted(ids)
    assert {UUID(item).version for item in ids} == {7}
    assert {UUID(item).variant for item in ids} == {"specified in RFC 4122"}
    assert len(set(ids)) == 50


def row(row_id, days, valid_from, **when):
    return PolicyRow(id=row_id, key="k", budget=timedelta(days=days), valid_from=valid_from, source="s", when=when)


def test_the_most_specific_row_in_force_wins_then_the_newest():
    book = PolicyBook(
        [
            row("old", 1, NOW),
            row("new", 2, NOW + DAY),
            row("fbo", 3, NOW + DAY, scheme="FBO"),
            row("x", 9, NOW, scheme="FBS"),
        ]
    )
    assert book.row("k", NOW, {}).id == "old"
    assert book.row("k", NOW + DAY, {}).id == "new"
    assert book.row("k", NOW + DAY, {"scheme": "FBO"}).id == "fbo"
    assert book.keys == {"k"}


def test_before_the_first_row_the_oldest_holds_and_without_any_the_desk_says_so():
    book = PolicyBook([row("old", 1, NOW), row("fbo", 3, NOW + DAY, scheme="FBO")])
    assert book.row("k", NOW - DAY, {"scheme": "FBO"}).id == "old"
    with pytest.raises(PolicyMissingError, match="No policy row for other"):
        book.row("other", NOW, {})


@pytest.mark.parametrize(
    ("role", "is_public", "direction"),
    [
        (Role.BUYER, True, "in"),
        (Role.PLATFORM_AGENT, True, "in"),
        (Role.SELLER_AGENT, True, "out"),
        (Role.SELLER_AGENT, False, "internal"),
    ],
)
def test_a_message_has_a_direction(role, is_public, direction):
    message = Message(
        id="m",
        ticket_id="t",
        author_role=role,
        author_id="a",
        channel=Channel.EMAIL,
        is_public=is_public,
        text="Hello",
        sent_at=NOW,
        recorded_at=NOW,
    )
    assert message.direction == direction


def test_an_unknown_version_or_category_is_named():
    lifecycles = Lifecycles(built_in()[0])
    with pytest.raises(UnknownCategoryError, match="after_sales version 99"):
        lifecycles.version("after_sales", 99)
    with pytest.raises(UnknownCategoryError, match="no_such"):
        lifecycles.newest("no_such")


def test_an_error_of_a_table_names_file_row_and_reason():
    assert str(LifecycleError(file="a.toml", row="row 3", reason="unknown state")) == "a.toml, row 3: unknown state"
    assert str(LifecycleError(file="a.toml", row="", reason="not TOML")) == "a.toml: not TOML"


def test_the_store_in_memory_finds_orders_and_keeps_policies():
    it = world()
    assert it.store.order_by_number("1001").id == "order-1"
    assert it.store.order_by_number("1001-1").id == "order-1"
    assert it.store.order_by_number("9999") is None
    it.store.policies = built_in()[1]
    assert it.store.policy_rows() == built_in()[1]


def test_a_tick_judges_a_ticket_again_that_somebody_changed_meanwhile():
    it = world()
    ticket = it.open()
    commit, calls = it.store.commit, []

    def interrupted(changes):
        calls.append(changes)
        if len(calls) == 1:
            it.store.commit = commit
            it.desk.prioritise(ticket.id, Priority.HIGH, actor=AGENT, now=NOW + HOUR)
            it.store.commit = interrupted
        return commit(changes)

    it.store.commit = interrupted
    fired = it.desk.tick(NOW + 25 * HOUR)
    assert fired[0].name == "first_reply_breached"
    assert it.now(ticket).priority is Priority.HIGH


def test_a_tick_that_never_wins_says_so_in_the_end():
    it = world()
    ticket = it.open()

    def losing(changes):
        raise TicketChangedError(number=ticket.number, winner="Boris", changed_at=NOW)

    it.store.commit = losing
    with pytest.raises(TicketChangedError):
        it.desk.tick(NOW + 25 * HOUR)


def test_a_process_gives_up_after_losing_three_times():
    it = world()
    ticket = it.open()
    attempts = []

    def losing(changes):
        attempts.append(changes)
        raise TicketChangedError(number=ticket.number, winner="Boris", changed_at=NOW)

    it.store.commit = losing
    with pytest.raises(TicketChangedError, match="Boris"):
        it.act(ticket, "register", NOW)
    assert len(attempts) == 3


def test_files_that_come_with_an_act_are_attached_before_it():
    it = world()
    ticket = it.open("product_quality")
    it.act(ticket, "register", NOW)
    it.desk.act(
        ticket.id, "buyer_message", actor=BUYER, now=NOW, inputs={"message_text": "Here it is."}, files=(PHOTO,)
    )
    names = [event.name for event in it.store.events_of(ticket.id)]
    assert names[-2:] == ["add_evidence", "buyer_message"]


def test_one_machine_is_built_for_a_version_and_shared():
    shared = rules()
    lifecycle = shared.lifecycles.newest("after_sales")
    assert shared.lifecycles.version("after_sales", lifecycle.version) is lifecycle
