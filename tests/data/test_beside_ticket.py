"""What stands beside a ticket, worked out by hand; and merging in the desk's file, whole before, between and after."""

from datetime import timedelta
from decimal import Decimal

import pytest

from data.beside import Beside, duplicates
from data.check import check
from tests.data.checked_desks import AGENT, HOUR, PHOTO, T0, contact_of
from tests.new_desks import new_desk
from workflow.errors import ActionNotAllowedError
from workflow.evidence import File
from workflow.merging import became_tickets
from workflow.records import Claim, Money, Order, OrderItem, Posting
from workflow.tickets import Actor, Scope
from workflow.vocabulary import LinkKind, Role, Scheme, StateKind

DAY = timedelta(days=1)
NOW = T0 + 10 * DAY
PRICE = Money(amount=Decimal("10.00"), currency="RUB")


@pytest.fixture
def opened(tmp_path):
    with new_desk(tmp_path / "desk.duckdb") as desk:
        for number, ordered_at, quantity in (("1", T0, 2), ("2", T0 - 80 * DAY, 3), ("3", T0 - 81 * DAY, 50)):
            items = (OrderItem(product_id="p-1", quantity=quantity, price=PRICE),)
            order = Order(
                id=f"o-{number}", number=number, seller_id="s-1", buyer_key="b-1", ordered_at=ordered_at, items=items
            )
            parcel = Posting(
                number=f"{number}-1",
                order_id=order.id,
                scheme=Scheme.FBS,
                status="delivering",
                status_changed_at=T0,
                carrier="CDEK" if number != "3" else "Post",
                warehouse="Tver" if number == "1" else "",
            )
            desk.store.save_order(order, (parcel,), ())
        yield desk


def ticket(opened, at=T0, number="1", **changes):
    given = {"order_id": f"o-{number}", "posting_number": f"{number}-1", "product_id": "p-1", "files": ()}
    return opened.desk.open_ticket(contact_of(**given | changes), actor=AGENT, now=at)


def case(opened, one):
    return opened.store.load_case(one.id)


def claim(opened, one, place, reason, at):
    item = Claim(
        id=f"0195573a-0000-7000-8000-00000000090{place}",
        ticket_id=one.id,
        kind="return",
        external_ref=f"RET-{place}",
        status="filed",
        reason_code=reason,
        is_defect=True,
        filed_at=at,
    )
    opened.desk.record_claim(item, actor=AGENT, now=at)


def test_the_buyers_other_tickets_come_newest_first_and_only_within_the_scope(opened):
    first, second = ticket(opened), ticket(opened, T0 + HOUR, "2")
    ticket(opened, T0 + HOUR, buyer_key="b-2")
    other_team = ticket(opened, T0 + 2 * HOUR, "3", team_id="t-2")
    beside = Beside(opened.database)
    found = beside.buyer_tickets(case(opened, first))
    assert [(other.number, other.is_same_order) for other in found] == [
        (other_team.number, False),
        (second.number, False),
    ]
    assert [other.number for other in beside.buyer_tickets(case(opened, first), Scope(team_ids=("t-2",)))] == [4]
    nobody = ticket(opened, T0, buyer_key="")
    assert beside.buyer_tickets(case(opened, nobody)) == ()


def test_a_duplicate_is_suggested_for_the_same_order_and_category_while_it_is_open_and_not_linked(opened):
    first, same = ticket(opened), ticket(opened, T0 + HOUR)
    ticket(opened, T0 + HOUR, category="product_quality")
    ticket(opened, T0 + HOUR, "2")
    beside = Beside(opened.database)

    def suggested():
        return [other.number for other in duplicates(beside.buyer_tickets(case(opened, first)), case(opened, first))]

    assert suggested() == [same.number]
    opened.desk.pairs.link(first.id, same.id, actor=AGENT, now=T0 + HOUR)
    assert suggested() == []


def test_tickets_of_the_last_days_are_counted_by_what_they_share(opened):
    first = ticket(opened, NOW - HOUR)
    ticket(opened, NOW - 2 * HOUR, buyer_key="b-2")
    ticket(opened, NOW - 3 * HOUR, "2", buyer_key="b-3")
    ticket(opened, NOW - 4 * HOUR, "3", buyer_key="b-4")
    ticket(opened, NOW - 8 * DAY)
    ticket(opened, NOW - HOUR, category="product_quality")
    related = Beside(opened.database).related(case(opened, first), NOW)
    assert [(one.shares, one.tickets_count, one.open_count, one.newest_numbers) for one in related] == [
        ("carrier", 2, 2, (2, 3)),
        ("posting", 1, 1, (2,)),
        ("product", 3, 3, (2, 3, 4)),
        ("warehouse", 1, 1, (2,)),
    ]


def test_what_is_resolved_or_closed_is_counted_and_is_not_open(opened):
    first = ticket(opened, NOW - HOUR)
    resolved, withdrawn = ticket(opened, NOW - 2 * HOUR), ticket(opened, NOW - 3 * HOUR)
    ticket(opened, NOW - 4 * HOUR)
    desk, at = opened.desk, NOW - HOUR
    desk.act(resolved.id, "register", actor=AGENT, now=at)
    desk.act(resolved.id, "seller_reply", actor=AGENT, now=at, inputs={"reply_text": "Yes."})
    desk.act(resolved.id, "resolve", actor=AGENT, now=at, inputs={"resolution_reason": "explained"})
    buyer = Actor(role=Role.BUYER, id="b-1", recorded_by=AGENT.id)
    desk.act(withdrawn.id, "withdraw", actor=buyer, now=at, inputs={"reference": "CALL-1"})
    kinds = {case(opened, one).ticket.state_kind for one in (resolved, withdrawn)}
    assert kinds == {StateKind.DONE, StateKind.FINAL}
    related = Beside(opened.database).related(case(opened, first), NOW)
    assert {(one.tickets_count, one.open_count) for one in related} == {(3, 1)}


def test_returns_are_those_of_the_teams_that_the_reader_sees(opened):
    own, theirs = ticket(opened, T0, team_id="t-1"), ticket(opened, T0, "2", team_id="t-2")
    claim(opened, own, 0, "defect", T0)
    claim(opened, theirs, 1, "secret", T0)

    def seen(**scope):
        returns = Beside(opened.database).returns("p-1", NOW, Scope(**scope))
        return returns.sold_count, returns.by_reason

    assert seen() == (5, (("defect", 1), ("secret", 1)))
    assert seen(team_ids=("t-1",)) == (2, (("defect", 1),))
    assert seen(team_ids=("t-2",)) == (3, (("secret", 1),))
    assert seen(team_ids=("t-3",)) == (0, ())
    ticket(opened, T0, "2", team_id="t-1")
    assert seen(team_ids=("t-1",)) == (5, (("defect", 1),))
    assert seen(seller_ids=("s-1",)) == seen()
    assert seen(seller_ids=("s-2",)) == (0, ())


def test_an_order_without_a_ticket_is_sold_to_every_team(opened):
    claim(opened, ticket(opened, T0, team_id="t-1"), 0, "defect", T0)
    returns = Beside(opened.database).returns("p-1", NOW, Scope(team_ids=("t-2",)))
    assert (returns.sold_count, returns.returns_count) == (3, 0)


def test_the_return_rate_is_requests_to_pieces_sold_in_the_same_90_days(opened):
    first, second = ticket(opened), ticket(opened, T0, "2")
    for place, (one, reason, at) in enumerate(
        [(first, "defect", T0), (first, "defect", NOW - HOUR), (second, "size", T0), (second, "old", NOW + HOUR)]
    ):
        claim(opened, one, place, reason, at)
    returns = Beside(opened.database).returns("p-1", NOW)
    assert (returns.sold_count, returns.returns_count) == (5, 3)  # order 3 lies 91 days back, one claim in the future
    assert returns.by_reason == (("defect", 2), ("size", 1))
    unknown = Beside(opened.database).returns("p-9", NOW)
    assert (unknown.sold_count, unknown.returns_count, unknown.by_reason) == (0, 0, ())


def test_a_merge_and_its_undo_are_whole_in_the_file(opened):
    kept, duplicate = ticket(opened), ticket(opened, T0 + HOUR)
    pairs = opened.desk.pairs
    pairs.merge(duplicate.id, kept.id, actor=AGENT, now=T0 + 2 * HOUR)
    assert case(opened, duplicate).ticket.state == "closed"
    assert check(opened.database) == []
    pairs.undo_merge(duplicate.id, kept.id, actor=AGENT, now=T0 + 3 * HOUR)
    assert case(opened, duplicate).ticket.state == "new"
    assert case(opened, kept).links == ()
    with opened.database.writing() as cursor:
        cursor.execute("update undone_merges set undone_at = undone_at + interval 1 hour")
    assert [str(difference) for difference in check(opened.database)] == [
        "Ticket 2: undone_merges at 2026-03-02 12:00:00 is 0 rows, expected 1 by the log.",
        "Ticket 2: undone_merges at 2026-03-02 13:00:00 is 1 rows, expected 0 by the log.",
    ]
    with opened.database.writing() as cursor:
        cursor.execute("update undone_merges set undone_at = undone_at - interval 1 hour")
        cursor.execute("update recorded_merges set linked_at = linked_at + interval 30 minute")
    assert [str(difference) for difference in check(opened.database)] == [
        "Ticket 2: recorded_merges at 2026-03-02 11:00:00 is 0 rows, expected 1 by the log.",
        "Ticket 2: recorded_merges at 2026-03-02 11:30:00 is 1 rows, expected 0 by the log.",
    ]
    with opened.database.writing() as cursor:
        cursor.execute("update recorded_merges set linked_at = linked_at - interval 30 minute")
    pairs.link(kept.id, duplicate.id, actor=AGENT, now=T0 + 4 * HOUR)
    pairs.unlink(duplicate.id, kept.id, actor=AGENT, now=T0 + 5 * HOUR)
    assert opened.database.read("select count(*) from ticket_links") == [(0,)]
    assert check(opened.database) == []


def test_what_was_written_to_merged_tickets_is_read_with_the_one_that_stays(opened):
    kept, middle, first = (ticket(opened, T0 + place * HOUR, text=f"Text {place}") for place in range(3))
    opened.desk.act(first.id, "add_note", actor=AGENT, now=T0 + 3 * HOUR, inputs={"note_text": "Ask the carrier"})
    pairs, beside = opened.desk.pairs, Beside(opened.database)
    assert beside.merged_messages(case(opened, kept)) == ()
    pairs.merge(first.id, middle.id, actor=AGENT, now=T0 + 4 * HOUR)
    pairs.merge(middle.id, kept.id, actor=AGENT, now=T0 + 5 * HOUR)
    told = beside.merged_messages(case(opened, kept))
    assert [(item.number, item.message.text) for item in told] == [(2, "Text 1"), (3, "Text 2"), (3, "Ask the carrier")]
    assert [item.message for item in told if item.number == middle.number] == list(case(opened, middle).messages)
    assert [item.number for item in beside.merged_messages(case(opened, middle))] == [3, 3]
    assert beside.merged_messages(case(opened, kept), Scope(seller_ids=("s-2",))) == ()
    pairs.undo_merge(middle.id, kept.id, actor=AGENT, now=T0 + 6 * HOUR)
    assert beside.merged_messages(case(opened, kept)) == ()


def test_what_was_written_to_a_ticket_that_was_merged_elsewhere_is_read_there_alone(opened):
    """Called a duplicate of the first when it was opened, merged into the second, reopened, merged into the third."""
    first, second, third = (ticket(opened, T0 + place * HOUR) for place in range(3))
    duplicate = ticket(opened, T0 + 3 * HOUR, text="Mine", linked_to=first.id, link_kind=LinkKind.DUPLICATE_OF)
    pairs, beside = opened.desk.pairs, Beside(opened.database)

    def readers():
        return [one.number for one in (first, second, third) if beside.merged_messages(case(opened, one))]

    assert readers() == []
    pairs.merge(duplicate.id, second.id, actor=AGENT, now=T0 + 4 * HOUR)
    assert readers() == [second.number]
    buyer = Actor(role=Role.BUYER, id=duplicate.buyer_key, recorded_by="anna")
    reopening = {"reopen_reason": "closed_by_mistake", "reference": "CALL-7"}
    opened.desk.act(duplicate.id, "reopen", actor=buyer, now=T0 + 5 * HOUR, inputs=reopening)
    assert readers() == []
    pairs.merge(duplicate.id, third.id, actor=AGENT, now=T0 + 6 * HOUR)
    assert readers() == [third.number]
    assert check(opened.database) == []


def test_the_evidence_of_merged_tickets_is_read_with_the_one_that_stays(opened):
    kept, middle, first = (
        ticket(opened, T0 + place * HOUR, files=(File(name=f"{place}.png", content=PHOTO.content + bytes([place])),))
        for place in range(3)
    )
    pairs, beside = opened.desk.pairs, Beside(opened.database)
    assert beside.merged_evidence(case(opened, kept)) == ()
    pairs.merge(first.id, middle.id, actor=AGENT, now=T0 + 4 * HOUR)
    pairs.merge(middle.id, kept.id, actor=AGENT, now=T0 + 5 * HOUR)
    told = beside.merged_evidence(case(opened, kept))
    assert [(item.number, item.evidence.file_name) for item in told] == [(2, "1.png"), (3, "2.png")]
    assert [item.evidence for item in told] == [*case(opened, middle).evidence, *case(opened, first).evidence]
    assert [item.number for item in beside.merged_evidence(case(opened, middle))] == [3]
    assert beside.merged_evidence(case(opened, kept), Scope(seller_ids=("s-2",))) == ()
    assert beside.merged_evidence(case(opened, kept), Scope(team_ids=("others",))) == ()
    pairs.undo_merge(middle.id, kept.id, actor=AGENT, now=T0 + 6 * HOUR)
    assert beside.merged_evidence(case(opened, kept)) == ()


def test_the_claims_of_merged_tickets_are_read_with_the_one_that_stays(opened):
    kept, middle, first = (ticket(opened, T0 + place * HOUR) for place in range(3))
    for place, one in enumerate((kept, middle, first)):
        claim(opened, one, place, "defect", T0 + (9 - place) * HOUR)
    pairs, beside = opened.desk.pairs, Beside(opened.database)
    assert beside.merged_claims(case(opened, kept)) == ()
    pairs.merge(first.id, middle.id, actor=AGENT, now=T0 + 10 * HOUR)
    pairs.merge(middle.id, kept.id, actor=AGENT, now=T0 + 11 * HOUR)
    told = beside.merged_claims(case(opened, kept))
    assert [(item.number, item.claim.external_ref) for item in told] == [(3, "RET-2"), (2, "RET-1")]
    assert [item.claim for item in told] == [*case(opened, first).claims, *case(opened, middle).claims]
    assert [item.number for item in beside.merged_claims(case(opened, middle))] == [3]
    assert beside.merged_claims(case(opened, kept), Scope(seller_ids=("s-2",))) == ()
    assert beside.merged_claims(case(opened, kept), Scope(team_ids=("others",))) == ()
    pairs.undo_merge(middle.id, kept.id, actor=AGENT, now=T0 + 12 * HOUR)
    assert beside.merged_claims(case(opened, kept)) == ()


def test_a_merged_ticket_that_was_reopened_tells_its_story_itself(opened):
    kept, other = ticket(opened), ticket(opened, T0 + HOUR)
    claim(opened, other, 0, "defect", T0 + HOUR)
    opened.desk.pairs.merge(other.id, kept.id, actor=AGENT, now=T0 + 2 * HOUR)
    buyer = Actor(role=Role.BUYER, id="b-1", recorded_by=AGENT.id)
    again = {"reopen_reason": "closed_by_mistake", "reference": "CALL-7"}
    assert len(Beside(opened.database).merged_claims(case(opened, kept))) == 1
    opened.desk.act(other.id, "reopen", actor=buyer, now=T0 + 3 * HOUR, inputs=again)
    assert Beside(opened.database).merged_messages(case(opened, kept)) == ()
    assert Beside(opened.database).merged_evidence(case(opened, kept)) == ()
    assert Beside(opened.database).merged_claims(case(opened, kept)) == ()


def test_a_merged_ticket_that_was_settled_anew_keeps_its_evidence_to_itself(opened):
    kept, other = ticket(opened), ticket(opened, T0 + HOUR, files=(PHOTO,))
    opened.desk.pairs.merge(other.id, kept.id, actor=AGENT, now=T0 + 2 * HOUR)
    assert len(Beside(opened.database).merged_evidence(case(opened, kept))) == 1
    with opened.database.writing() as cursor:
        cursor.execute("update tickets set resolution_reason = 'explained' where id = $1", [other.id])
    assert Beside(opened.database).merged_messages(case(opened, kept)) == ()
    assert Beside(opened.database).merged_evidence(case(opened, kept)) == ()


def test_check_names_a_link_that_the_log_took_back(opened):
    kept, other = ticket(opened), ticket(opened, T0 + HOUR)
    opened.desk.pairs.link(kept.id, other.id, actor=AGENT, now=T0 + 2 * HOUR)
    rows = opened.database.read("select * from ticket_links")
    opened.desk.pairs.unlink(kept.id, other.id, actor=AGENT, now=T0 + 3 * HOUR)
    with opened.database.writing() as cursor:
        cursor.execute("insert into ticket_links values (?, ?, ?, ?)", list(rows[0]))
    (difference,) = check(opened.database)
    assert (difference.place, difference.expected) == ("ticket_links, related_to 2", "0 by the log")


def test_a_split_is_one_commit_that_both_logs_and_the_check_know(opened):
    first = ticket(opened)
    before = case(opened, first)
    split = opened.desk.pairs.split(
        first.id,
        [before.messages[0].id],
        "product_quality",
        actor=AGENT,
        now=T0 + HOUR,
        expected_version=before.ticket.version,
    )
    assert case(opened, first).ticket.version == before.ticket.version + 1
    assert [link.id for link in case(opened, first).links] == [split.id]
    assert [link.id for link in case(opened, split).links] == [first.id]
    assert check(opened.database) == []
    assert opened.database.read("select count(distinct recorded_at), count(distinct ticket_id) from events") == [(2, 2)]


def test_a_message_that_was_split_off_is_refused_in_the_file_and_the_check_knows_what_a_split_may_name(opened):
    first, other = ticket(opened), ticket(opened)
    (message,), (strange,) = case(opened, first).messages, case(opened, other).messages

    def split(at):
        seen = case(opened, first).ticket.version
        return opened.desk.pairs.split(
            first.id, [message.id], "product_quality", actor=AGENT, now=at, expected_version=seen
        )

    made = split(T0 + HOUR)
    assert became_tickets(opened.store.events_of(first.id)) == {message.id: made.number}
    with pytest.raises(ActionNotAllowedError, match="split off as ticket 3 already"):
        split(T0 + 2 * HOUR)
    assert opened.database.read("select count(*) from tickets") == [(3,)]
    assert check(opened.database) == []
    named = "update events set payload = replace(payload, $1, $2) where kind = 'split'"
    with opened.database.writing() as cursor:
        cursor.execute(named, [message.id, strange.id])
    assert [str(difference) for difference in check(opened.database)] == [
        f"Ticket 1: events.payload of event 3 is messages {strange.id}, expected one of this ticket."
    ]
    with opened.database.writing() as cursor:
        cursor.execute(named, [f'"{strange.id}"', f'"{message.id}", "{message.id}"'])
    assert [str(difference) for difference in check(opened.database)] == [
        f"Ticket 1: events.payload of event 3 is messages {message.id} on 2 splits, expected one split."
    ]
