"""Two tickets that are one, one that is two, and two that belong together; each with its undo and its refusals."""

from dataclasses import replace

import pytest

from tests.workflow.builders import AGENT, BUYER, DAY, HOUR, NOW, PLATFORM, delivered, world
from workflow.errors import ActionNotAllowedError, RoleNotAllowedError, TicketChangedError
from workflow.lifecycle import Lifecycle
from workflow.merging import _end, became_tickets, merged_link
from workflow.replay import replay
from workflow.tickets import SYNC
from workflow.vocabulary import Ball, Channel, EventKind, LinkKind, Role


@pytest.fixture
def it():
    return world()


@pytest.fixture
def two(it):
    """Two registered tickets of one buyer about one order."""
    tickets = [it.open(at=NOW + hour * HOUR, channel=Channel.EMAIL) for hour in range(2)]
    return [it.act(ticket, "register", NOW + 2 * HOUR) for ticket in tickets]


def merge(it, duplicate, into, **changes):
    return it.desk.pairs.merge(duplicate.id, into.id, **{"actor": AGENT, "now": NOW + 3 * HOUR, **changes})


def undo(it, duplicate, into, at=NOW + 5 * HOUR, actor=AGENT):
    return it.desk.pairs.undo_merge(duplicate.id, into.id, actor=actor, now=at)


def refusal(act):
    with pytest.raises(ActionNotAllowedError) as caught:
        act()
    return caught.value.reason


def test_a_duplicate_is_closed_as_one_with_the_ticket_that_stays_and_both_tell_of_it(it, two):
    kept, duplicate = two
    after = merge(it, duplicate, kept)
    assert (after.state, after.ball, after.resolution_reason, after.timers) == ("closed", Ball.NOBODY, "merged", ())
    assert it.now(kept).state == "awaiting_seller"
    assert [it.store.events_of(ticket.id)[-1].kind for ticket in two] == [EventKind.MERGED, EventKind.MERGED]
    case = it.store.load_case(duplicate.id)
    assert merged_link(case).number == kept.number
    assert [(link.number, link.kind, link.is_child) for link in it.store.load_case(kept.id).links] == [
        (duplicate.number, LinkKind.DUPLICATE_OF, True)
    ]


def test_undoing_a_merge_brings_state_ball_and_clocks_back(it, two):
    kept, duplicate = two
    merge(it, duplicate, kept)
    after = undo(it, duplicate, kept)
    assert (after.state, after.ball, after.resolution_reason) == ("awaiting_seller", duplicate.ball, "")
    assert after.clocks == duplicate.clocks
    by_state = {timer.trigger for timer in duplicate.timers if timer.clock == "state"}
    assert [timer for timer in after.timers if timer.trigger not in by_state] == [
        timer for timer in duplicate.timers if timer.trigger not in by_state
    ]
    assert {timer.anchor_at for timer in after.timers if timer.trigger in by_state} <= {NOW + 5 * HOUR}
    assert it.store.load_case(duplicate.id).links == it.store.load_case(kept.id).links == ()
    assert replay(it.store.events_of(duplicate.id)) == after
    assert merge(it, duplicate, kept, now=NOW + 6 * HOUR).state == "closed"


def test_a_clock_that_ran_out_while_merged_fires_at_the_undo(it, two):
    kept, duplicate = two
    merge(it, duplicate, kept)
    after = undo(it, duplicate, kept, at=NOW + 2 * DAY)
    assert "first_reply_breached" in after.flags


def test_a_merge_is_undone_once_and_only_while_the_ticket_has_not_moved_on(it, two):
    kept, duplicate = two
    assert refusal(lambda: undo(it, duplicate, kept)) == "it was not merged into that ticket, or has moved since."
    merge(it, duplicate, kept)
    assert refusal(lambda: undo(it, duplicate, duplicate)).startswith("it was not merged into that ticket")
    it.act(duplicate, "reopen", NOW + 4 * HOUR, actor=BUYER, reopen_reason="not_solved", reference="CALL-1")
    assert refusal(lambda: undo(it, duplicate, kept)).startswith("it was not merged into that ticket")
    it.desk.tick(NOW + 40 * DAY)


def test_a_merged_ticket_that_was_reopened_and_closed_again_is_not_undone(it, two):
    kept, duplicate = two
    merge(it, duplicate, kept)
    it.act(duplicate, "reopen", NOW + 4 * HOUR, actor=BUYER, reopen_reason="not_solved", reference="CALL-1")
    it.act(duplicate, "withdraw", NOW + 5 * HOUR, actor=BUYER, reference="CALL-2")
    assert refusal(lambda: undo(it, duplicate, kept, at=NOW + 6 * HOUR)).startswith("it was not merged")
    assert merged_link(it.store.load_case(duplicate.id)) is None


def test_each_refusal_of_a_merge_says_why(it, two):
    kept, duplicate = two
    stranger = it.open(buyer_key="buyer-2", at=NOW)
    elsewhere = it.open(seller_id="seller-2", at=NOW)
    settled = it.act(it.open(at=NOW), "withdraw", NOW, actor=BUYER, reference="CALL-1")
    imported = it.open(at=NOW)
    it.store.tickets[imported.id] = type(imported)(**{**_fields(it.now(imported)), "source": "elsewhere"})
    cases = {
        "that is this ticket itself: name another one.": (duplicate, duplicate),
        "an imported history stays as it was: link the two instead.": (duplicate, imported),
        "it is settled already: link the two instead.": (settled, kept),
        "the ticket that would remain is settled: reopen it first, or link the two.": (duplicate, settled),
        "the two are not of one buyer and one seller: link them instead.": (duplicate, stranger),
    }
    for sentence, (one, other) in cases.items():
        assert refusal(lambda one=one, other=other: merge(it, one, other)) == sentence
    not_one_party = "the two are not of one buyer and one seller: link them instead."
    assert refusal(lambda: merge(it, duplicate, elsewhere)) == not_one_party
    with pytest.raises(RoleNotAllowedError):
        merge(it, duplicate, kept, actor=BUYER)
    it.act(duplicate, "add_note", NOW + 3 * HOUR, note_text="Mine first.")
    with pytest.raises(TicketChangedError):
        merge(it, duplicate, kept, expected_version=duplicate.version)
    assert it.now(kept) == kept


def test_a_ticket_with_an_after_sales_case_is_not_merged_away(it, two):
    kept, duplicate = two
    it.open(linked_to=duplicate.id, link_kind=LinkKind.AFTER_SALES_OF, category="after_sales", at=NOW + 2 * HOUR)
    assert refusal(lambda: merge(it, duplicate, kept)).startswith("an after-sales case hangs on it")


def test_an_after_sales_case_is_not_merged_away_from_its_ticket(it, two):
    kept, _ = two
    other = it.open(category="after_sales", at=NOW + 2 * HOUR)
    case = it.open(linked_to=kept.id, link_kind=LinkKind.AFTER_SALES_OF, category="after_sales", at=NOW + 2 * HOUR)
    assert refusal(lambda: merge(it, case, other)).startswith("an after-sales case hangs on it")
    assert it.now(case).state != "closed"


def test_a_ticket_that_was_merged_twice_is_undone_from_where_it_went_last(it, two):
    """Merged into the first, reopened, merged into another: the link to the first is history."""
    kept, duplicate = two
    last = it.open(at=NOW + 2 * HOUR)
    merge(it, duplicate, kept)
    it.act(duplicate, "reopen", NOW + 4 * HOUR, actor=BUYER, reopen_reason="not_solved", reference="CALL-1")
    merge(it, duplicate, last, now=NOW + 5 * HOUR)
    assert merged_link(it.store.load_case(duplicate.id)).number == last.number
    assert refusal(lambda: undo(it, duplicate, kept, at=NOW + 6 * HOUR)).startswith("it was not merged")
    assert undo(it, duplicate, last, at=NOW + 6 * HOUR).state == "awaiting_seller"


def test_a_category_without_a_final_state_cannot_be_merged_and_any_final_state_will_do():
    it = world()
    table = it.desk.rules.lifecycles.newest("logistics_delay")

    def with_states(*names) -> Lifecycle:
        states = {name: state for name, state in table.states.items() if name in names}
        return type(table)(**{**_fields(table), "states": states})

    assert [_end(with_states("new")), _end(with_states("new", "withdrawn")), _end(table)] == ["", "withdrawn", "closed"]


@pytest.mark.parametrize("category", ["logistics_delay", "product_quality", "after_sales"])
def test_talk_is_the_first_contact_and_what_a_reply_leads_to(it, category):
    assert it.desk.rules.lifecycles.newest(category).talk_states == {"new", "awaiting_seller", "awaiting_buyer"}


def test_a_ticket_whose_claim_has_a_clock_is_not_merged_away_but_takes_the_other_one_in():
    it = world(parcel=delivered())
    kept, duplicate = (it.open("after_sales", at=NOW) for _ in range(2))
    duplicate = it.act(duplicate, "submit_return_request", NOW, actor=BUYER, reference="chat-17")
    assert "auto_approve_request" in {timer.trigger for timer in duplicate.timers}
    assert refusal(lambda: merge(it, duplicate, kept)) == (
        "“Return request submitted” has clocks of its own, which a merge would end: merge the other one into it."
    )
    assert it.now(duplicate) == duplicate
    assert merge(it, kept, duplicate).resolution_reason == "merged"
    assert "auto_approve_request" in {timer.trigger for timer in it.now(duplicate).timers}


def test_a_category_without_an_end_is_refused(it, two, monkeypatch):
    kept, duplicate = two
    monkeypatch.setattr("workflow.merging._end", lambda _lifecycle: "")
    assert refusal(lambda: merge(it, duplicate, kept)).startswith("its category has no final state")


def test_two_tickets_are_linked_and_the_link_is_removed_from_either_end(it, two):
    one, other = two
    pairs = it.desk.pairs
    for speaker, end in ((one, other), (other, one)):
        pairs.link(one.id, other.id, actor=AGENT, now=NOW + 3 * HOUR)
        assert [link.kind for link in it.store.load_case(other.id).links] == [LinkKind.RELATED_TO]
        again = refusal(lambda: pairs.link(other.id, one.id, actor=AGENT, now=NOW + 3 * HOUR))
        assert again == "it is so already."
        pairs.unlink(speaker.id, end.id, actor=AGENT, now=NOW + 4 * HOUR)
        assert it.store.load_case(one.id).links == ()
    itself = refusal(lambda: pairs.link(one.id, one.id, actor=AGENT, now=NOW + 5 * HOUR))
    assert itself == "that is this ticket itself: name another one."
    assert refusal(lambda: pairs.unlink(one.id, other.id, actor=AGENT, now=NOW + 5 * HOUR)) == (
        "the two are not linked as related."
    )


def test_a_part_of_the_messages_becomes_a_ticket_of_its_own_since_they_were_written(it, two):
    one, _ = two
    it.act(one, "buyer_message", NOW + 3 * HOUR, actor=BUYER, message_text="And the cup is broken.")
    case = it.store.load_case(one.id)
    ids = [case.messages[-1].id]
    seen = case.ticket.version
    split = it.desk.pairs.split(one.id, ids, "product_quality", actor=AGENT, now=NOW + 6 * HOUR, expected_version=seen)
    new = it.store.load_case(split.id)
    assert (split.category, split.opened_at, split.buyer_key) == ("product_quality", NOW + 3 * HOUR, "buyer-1")
    assert [message.text for message in new.messages] == ["And the cup is broken."]
    assert [(link.id, link.kind) for link in new.links] == [(one.id, LinkKind.RELATED_TO)]
    first = it.store.load_case(one.id)
    assert len(first.messages) == len(case.messages)
    assert [(link.number, link.kind, link.is_child) for link in first.links] == [
        (split.number, LinkKind.RELATED_TO, True)
    ]
    told = it.store.events_of(one.id)[-1]
    assert (told.kind, told.actor_id, told.recorded_at) == (EventKind.SPLIT, AGENT.id, NOW + 6 * HOUR)
    assert told.payload == {"other_ticket_id": split.id, "other_number": split.number, "split_message_ids": ids}
    assert (first.ticket.state, first.ticket.ball) == (case.ticket.state, case.ticket.ball)
    assert replay(it.store.events_of(one.id)) == first.ticket
    assert replay(it.store.events_of(split.id)) == split
    for wrong in ((), ("nobody",)):
        sentence = refusal(
            lambda wrong=wrong: it.desk.pairs.split(
                one.id,
                wrong,
                "after_sales",
                actor=AGENT,
                now=NOW + 6 * HOUR,
                expected_version=first.ticket.version,
            )
        )
        assert sentence == "choose messages of the buyer from this ticket."


def split_off(it, ticket, *chosen):
    """Ticket of the messages with these texts, split from what `ticket` is at 7."""
    case = it.store.load_case(ticket.id)
    ids = [message.id for message in case.messages if message.text in chosen]
    seen = case.ticket.version
    made = it.desk.pairs.split(
        ticket.id, ids, "product_quality", actor=AGENT, now=NOW + 7 * HOUR, expected_version=seen
    )
    return it.store.load_case(made.id)


def test_what_the_platform_the_desk_and_the_raters_wrote_is_not_split_off(it, two):
    """Also beside a message of the buyer: all that was chosen is split off, or nothing."""
    one, _ = two
    it.act(one, "platform_message", NOW + 3 * HOUR, actor=PLATFORM, message_text="We open an inquiry.")
    it.act(one, "platform_message", NOW + 3 * HOUR, actor=SYNC, message_text="The inquiry is open.")
    it.act(one, "seller_reply", NOW + 4 * HOUR, reply_text="We look into it.")
    it.act(one, "resolve", NOW + 5 * HOUR, resolution_reason="explained")
    it.desk.rate(one.id, 2, "Slow.", actor=BUYER, now=NOW + 6 * HOUR)
    asked = it.store.load_case(one.id).messages[0].text
    others = ["We open an inquiry.", "The inquiry is open.", "We look into it.", "Slow."]
    assert {message.text for message in it.store.load_case(one.id).messages} == {asked, *others}
    for text in others:
        for chosen in ([text], [asked, text]):
            sentence = refusal(lambda chosen=chosen: split_off(it, one, *chosen))
            assert sentence == "choose messages of the buyer from this ticket."
    assert len(it.store.tickets) == 2


def test_one_message_of_another_ticket_spoils_the_whole_split(it, two):
    one, other = two
    ids = [it.store.load_case(ticket.id).messages[0].id for ticket in two]
    sentence = refusal(
        lambda: it.desk.pairs.split(
            one.id, ids, "product_quality", actor=AGENT, now=NOW + 6 * HOUR, expected_version=one.version
        )
    )
    assert sentence == "choose messages of the buyer from this ticket."
    assert len(it.store.tickets) == len({one.id, other.id})


def test_what_the_buyer_said_through_a_process_is_split_off_as_theirs(it, two):
    one, _ = two
    it.act(one, "buyer_message", NOW + 3 * HOUR, actor=SYNC, message_text="The cup is broken.")
    new = split_off(it, one, "The cup is broken.")
    assert [(message.author_role, message.text) for message in new.messages] == [(Role.BUYER, "The cup is broken.")]
    assert new.ticket.opened_at == NOW + 3 * HOUR


def test_a_split_begins_with_the_earliest_message_in_whatever_order_they_were_recorded(it, two):
    """Written at 5; written at 3 and recorded at 6: opened at 3, that text first, due 24 h later."""
    one, _ = two
    it.act(one, "buyer_message", NOW + 5 * HOUR, actor=BUYER, message_text="second")
    said = {"actor": BUYER, "now": NOW + 6 * HOUR, "occurred_at": NOW + 3 * HOUR}
    it.desk.act(one.id, "buyer_message", **said, inputs={"message_text": "first"})
    new = split_off(it, one, "first", "second")
    assert [message.text for message in new.messages] == ["first\n\nsecond"]
    texts = {message.id: message.text for message in it.store.load_case(one.id).messages}
    told = it.store.events_of(one.id)[-1].payload["split_message_ids"]
    assert [texts[key] for key in told] == ["first", "second"]
    assert (new.ticket.opened_at, new.ticket.clocks["reply"]) == (NOW + 3 * HOUR, NOW + 3 * HOUR)
    due = {timer.trigger: timer.due_at for timer in new.ticket.timers}
    assert due["first_reply_breached"] == NOW + 27 * HOUR


def test_the_same_split_from_a_screen_that_did_not_see_the_first_is_refused(it, two):
    one, _ = two
    ids = [it.store.load_case(one.id).messages[0].id]

    def split(version):
        return it.desk.pairs.split(
            one.id, ids, "product_quality", actor=AGENT, now=NOW + 6 * HOUR, expected_version=version
        )

    split(one.version)
    count = len(it.store.tickets)
    with pytest.raises(TicketChangedError, match="split off"):
        split(one.version)
    assert len(it.store.tickets) == count


def test_a_message_is_split_off_once_whoever_asks_for_it_again(it, two):
    """The second agent sees the ticket as it is now: the message became ticket 3, and is refused beside a new one."""
    one, _ = two
    it.act(one, "buyer_message", NOW + 3 * HOUR, actor=BUYER, message_text="The cup is broken.")
    it.act(one, "buyer_message", NOW + 4 * HOUR, actor=BUYER, message_text="The plate is, too.")
    first = split_off(it, one, "The cup is broken.")
    known = len(it.store.tickets)
    for chosen in (["The cup is broken."], ["The cup is broken.", "The plate is, too."]):
        assert refusal(lambda chosen=chosen: split_off(it, one, *chosen)) == (
            "a chosen message was split off as ticket 3 already: leave it out, or go on in that ticket."
        )
    assert len(it.store.tickets) == known
    second = split_off(it, one, "The plate is, too.")
    log = it.store.events_of(one.id)
    became = {text: became_tickets(log).get(key) for key, text in texts_of(it, one).items()}
    assert list(became.values()) == [None, first.ticket.number, second.ticket.number]
    assert replay(log) == it.now(one)


def texts_of(it, ticket):
    return {message.id: message.text for message in it.store.load_case(ticket.id).messages}


def test_a_split_that_was_merged_back_is_brought_back_by_its_undo_and_not_made_twice(it, two):
    one, _ = two
    it.act(one, "buyer_message", NOW + 3 * HOUR, actor=BUYER, message_text="The cup is broken.")
    new = split_off(it, one, "The cup is broken.").ticket
    merge(it, new, one, now=NOW + 8 * HOUR)
    assert refusal(lambda: split_off(it, one, "The cup is broken.")).startswith("a chosen message was split off as")
    assert undo(it, new, one, at=NOW + 9 * HOUR).state == new.state


def test_a_third_issue_in_the_same_words_is_split_off_from_the_ticket_that_they_became(it, two):
    one, _ = two
    it.act(one, "buyer_message", NOW + 3 * HOUR, actor=BUYER, message_text="The cup is broken.")
    new = split_off(it, one, "The cup is broken.").ticket
    third = split_off(it, new, "The cup is broken.")
    assert (third.ticket.opened_at, [link.number for link in third.links]) == (NOW + 3 * HOUR, [new.number])


def test_what_an_older_desk_split_off_names_no_message_and_refuses_none(it, two):
    one, _ = two
    split_off(it, one, it.store.load_case(one.id).messages[0].text)
    log = it.store.events[one.id]
    told = {name: value for name, value in log[-1].payload.items() if name != "split_message_ids"}
    log[-1] = replace(log[-1], payload=told)
    assert became_tickets(log) == {}
    assert replay(log) == it.now(one)
    assert split_off(it, one, it.store.load_case(one.id).messages[0].text).ticket.number == 4


def test_links_and_the_undo_are_refused_from_a_screen_that_is_older_than_the_ticket(it, two):
    one, other = two
    pairs, seen = it.desk.pairs, it.now(one).version
    it.act(one, "add_note", NOW + 3 * HOUR, note_text="Mine first.")
    stale = {"actor": AGENT, "now": NOW + 4 * HOUR, "expected_version": seen}
    with pytest.raises(TicketChangedError):
        pairs.link(one.id, other.id, **stale)
    pairs.link(one.id, other.id, **{**stale, "expected_version": seen + 1})
    with pytest.raises(TicketChangedError):
        pairs.unlink(one.id, other.id, **stale)
    merge(it, one, other, now=NOW + 4 * HOUR)
    with pytest.raises(TicketChangedError):
        pairs.undo_merge(one.id, other.id, **stale)
    assert it.now(one).state == "closed"
    assert pairs.undo_merge(one.id, other.id, **{**stale, "expected_version": it.now(one).version}).state == one.state


def test_the_clocks_of_a_ticket_split_off_run_since_its_first_message(it, two):
    one, _ = two
    version = it.act(one, "buyer_message", NOW + 3 * HOUR, actor=BUYER, message_text="The cup is broken.").version
    ids = [it.store.load_case(one.id).messages[-1].id]
    split = it.desk.pairs.split(
        one.id, ids, "product_quality", actor=AGENT, now=NOW + 40 * HOUR, expected_version=version
    )
    assert split.flags == it.now(split).flags == {"first_reply_breached"}


def _fields(value):
    return {name: getattr(value, name) for name in value.__dataclass_fields__}
