"""Who is told of what: assignments, mentions, colleagues and clocks, and nobody of their own act."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from tests.workflow.builders import AGENT, BUYER, DAY, HOUR, NOW, OTHER_AGENT, World, built_in, rules, world
from workflow.desk import Desk
from workflow.memory import MemoryTicketStore
from workflow.notices import (
    Colleague,
    Notice,
    NoticeKind,
    cause_of_instant,
    may_be_news,
    mention_of,
    mentioned,
    news_of,
    told_of_clocks,
    told_of_writing,
)
from workflow.ports import Change
from workflow.tickets import SYNC, Actor
from workflow.vocabulary import Role

ANNA = Colleague(id="anna", name="Anna Petrova", team_id="t-1")
BORIS = Colleague(id="boris", name="Boris", team_id="t-1")
LI = Colleague(id="li", name="李伟", team_id="t-2")
EVERYBODY = (ANNA, BORIS, LI)


@dataclass
class TellingStore(MemoryTicketStore):
    """Notes the news of each commit, as the desk's own store keeps it."""

    told: list[Notice] = field(default_factory=list)
    has_news: list[bool] = field(default_factory=list)
    colleagues: tuple[Colleague, ...] = EVERYBODY

    def commit(self, changes: Sequence[Change], **parcel):
        for change in changes:
            before = self.tickets.get(change.ticket.id)
            news = news_of(change, before.assignee_id if before else "", self.colleagues)
            assert may_be_news(change) or not news
            self.has_news.append(may_be_news(change))
            self.told += news
        return super().commit(changes, **parcel)


@pytest.fixture
def it() -> World:
    known = world().store
    store = TellingStore(policies=built_in()[1], orders=known.orders, postings=known.postings, products=known.products)
    return World(desk=Desk(store, rules()), store=store)


def told(it: World) -> list[tuple[str, str, str, str]]:
    """Person, kind, what and who of the news since the last look."""
    news = [(notice.person_id, notice.kind.value, notice.what, notice.by_id) for notice in it.store.told]
    it.store.told.clear()
    return news


def test_who_is_given_a_ticket_is_told_and_who_loses_it_too(it):
    ticket = it.open()
    it.desk.assign(ticket.id, "boris", actor=AGENT, now=NOW)
    assert told(it) == [("boris", "assigned", "given", "anna")]
    it.desk.assign(ticket.id, "li", actor=AGENT, now=NOW)
    assert told(it) == [("li", "assigned", "given", "anna"), ("boris", "colleague", "handed_on", "anna")]
    it.desk.assign(ticket.id, "", actor=AGENT, now=NOW)
    assert told(it) == [("li", "colleague", "handed_on", "anna")]


def test_nobody_is_told_of_their_own_act_and_giving_again_is_no_news(it):
    ticket = it.open()
    it.desk.assign(ticket.id, "anna", actor=AGENT, now=NOW)
    it.desk.assign(ticket.id, "boris", actor=AGENT, now=NOW)
    assert told(it) == [("boris", "assigned", "given", "anna")]
    it.desk.assign(ticket.id, "boris", actor=OTHER_AGENT, now=NOW)
    it.desk.assign(ticket.id, "boris", actor=AGENT, now=NOW)
    it.desk.assign(ticket.id, "", actor=OTHER_AGENT, now=NOW)
    assert told(it) == []


def test_a_ticket_that_is_opened_for_somebody_tells_them(it):
    it.open(assignee_id="boris")
    assert told(it) == [("boris", "assigned", "given", "anna")]


def test_who_does_not_work_here_is_told_nothing(it):
    ticket = it.open()
    it.desk.assign(ticket.id, "gone", actor=AGENT, now=NOW)
    assert told(it) == []


def test_a_policy_that_reassigns_tells_who_has_the_ticket_now(it):
    ticket = it.open()
    policy = Actor(role=Role.SELLER_AGENT, id="service_policy")
    it.desk.assign(ticket.id, "anna", actor=policy, now=NOW)
    assert told(it) == [("anna", "assigned", "given", "service_policy")]


def test_a_note_tells_whom_it_names_and_a_reply_does_not(it):
    ticket = it.act(it.open(), "register", NOW)
    it.act(ticket, "add_note", NOW, note_text="@boris and @Anna Petrova and @李伟请看: look at this")
    assert told(it) == [("boris", "mentioned", "named", "anna"), ("li", "mentioned", "named", "anna")]
    it.act(ticket, "seller_reply", NOW, reply_text="We will send it.")
    assert told(it) == []
    buyer_says = {"message_text": "@boris where is it?"}
    it.desk.act(ticket.id, "buyer_message", actor=BUYER, now=NOW + HOUR, inputs=buyer_says)
    assert told(it) == []


def test_a_colleague_who_replies_on_somebodys_ticket_tells_them(it):
    ticket = it.act(it.open(assignee_id="boris"), "register", NOW)
    told(it)
    it.act(ticket, "seller_reply", NOW + HOUR, reply_text="On its way.")
    assert told(it) == [("boris", "colleague", "replied", "anna")]
    it.act(ticket, "post_message", NOW + 2 * HOUR, actor=OTHER_AGENT, reply_text="Here it is.")
    assert told(it) == []


def test_most_acts_are_not_looked_at(it):
    ticket = it.open()
    it.store.has_news.clear()
    ticket = it.act(ticket, "register", NOW)
    it.desk.tag(ticket.id, ["late"], actor=AGENT, now=NOW)
    it.act(ticket, "add_note", NOW, note_text="Nobody is named.")
    assert it.store.has_news == [False, False, False]


def test_a_clock_that_runs_out_on_us_tells_the_holder_once_however_it_is_counted(it):
    ticket = it.act(it.open(assignee_id="boris"), "register", NOW)
    told(it)
    it.desk.tick(NOW + 24 * HOUR)
    (notice,) = it.store.told
    assert (notice.person_id, notice.kind, notice.what) == ("boris", NoticeKind.BREACHED, "first_reply_breached")
    assert (notice.due_at, notice.by_id, notice.ticket_id) == (NOW + 24 * HOUR, "", ticket.id)
    assert notice.cause == cause_of_instant(NOW + 24 * HOUR) == "due:2026-03-03T09:00:00"


def test_what_a_clock_did_long_ago_is_history(it):
    it.act(it.open(assignee_id="boris"), "register", NOW)
    told(it)
    it.desk.tick(NOW + 30 * DAY)
    assert [event.name for events in it.store.events.values() for event in events if event.payload.get("raises")]
    assert told(it) == []


def test_a_clock_that_only_reminds_the_buyer_tells_nobody(it):
    ticket = it.act(it.open(assignee_id="boris"), "register", NOW)
    it.act(ticket, "seller_reply", NOW + HOUR, actor=OTHER_AGENT, reply_text="Which colour?")
    told(it)
    it.desk.tick(NOW + 40 * HOUR)
    assert "buyer_reminded" in it.now(ticket).flags
    assert told(it) == []


def test_of_a_ticket_in_nobodys_hands_its_team_is_told():
    assert told_of_clocks("li", "t-1", EVERYBODY) == ("li",)
    assert told_of_clocks("gone", "t-1", EVERYBODY) == ("anna", "boris")
    assert told_of_clocks("gone", "", EVERYBODY) == ()
    assert told_of_clocks("", "t-1", EVERYBODY) == ("anna", "boris")
    assert told_of_clocks("", "", (*EVERYBODY, Colleague(id="x", name="X"))) == ()


def test_what_the_marketplace_assigns_is_told_as_well(it):
    ticket = it.open()
    it.desk.assign(ticket.id, "anna", actor=SYNC, now=NOW)
    assert told(it) == [("anna", "assigned", "given", "system_sync")]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@anna please", ("anna",)),
        ("@ANNA, @Boris!", ("anna", "boris")),
        ("@Anna Petrova knows", ("anna",)),
        ("(@boris)", ("boris",)),
        ("@boris @boris", ("boris",)),
        ("请@李伟看一下", ("li",)),
        ("write to anna@boris.example", ()),
        ("@annabel is somebody else", ()),
        ("@nobody", ()),
        ("anna without a sign", ()),
        ("@ anna", ()),
        ("", ()),
    ],
)
def test_an_at_sign_and_a_name_mention(text, named):
    assert mentioned(text, EVERYBODY) == named


def test_a_name_that_two_share_means_neither_and_the_longest_name_wins():
    other = Colleague(id="anna-2", name="Anna Orlova")
    both = (Colleague(id="a1", name="Anna Petrova"), other)
    assert mentioned("@Anna", both) == ()
    assert mentioned("@Anna Orlova", both) == ("anna-2",)
    assert mentioned("@anna-2", (Colleague(id="anna", name=""), other)) == ("anna-2",)
    assert mentioned("@anna", ()) == ()


def test_a_picked_colleague_is_named_by_name_or_by_id_where_the_name_is_shared_and_always_understood():
    shared = (*EVERYBODY, Colleague(id="boris-2", name="boris "))
    picked = [mention_of(one, shared) for one in shared]
    assert picked == ["@Anna Petrova", "@Boris", "@李伟", "@boris-2"]
    assert [mentioned(f"{name} look", shared) for name in picked] == [("anna",), ("boris",), ("li",), ("boris-2",)]


def wrote(it, ticket, at, actor=SYNC):
    it.desk.act(ticket.id, "buyer_message", actor=actor, now=at, inputs={"message_text": "It broke again."})


def settled(it, **changes):
    """A ticket that the seller answered and resolved at 1; what was told until then is forgotten."""
    ticket = it.act(it.open(**changes), "register", NOW)
    it.act(ticket, "seller_reply", NOW + HOUR, reply_text="On its way.")
    ticket = it.act(ticket, "resolve", NOW + HOUR, resolution_reason="explained")
    told(it)
    return ticket


def test_what_a_buyer_writes_on_a_settled_ticket_is_told_until_it_is_answered_and_then_anew(it):
    ticket = settled(it, assignee_id="boris")
    wrote(it, ticket, NOW + 2 * HOUR)
    wrote(it, ticket, NOW + 3 * HOUR)
    first, second = it.store.told
    assert (first.person_id, first.kind, first.what) == ("boris", NoticeKind.WROTE_AGAIN, "buyer_wrote_again")
    assert first.cause == second.cause == "wrote:2026-03-02T11:00:00"  # one piece of news: kept once
    it.store.told.clear()
    it.act(ticket, "post_message", NOW + 4 * HOUR, actor=OTHER_AGENT, reply_text="We look into it.")
    wrote(it, ticket, NOW + 5 * HOUR)
    assert [notice.cause for notice in it.store.told] == ["wrote:2026-03-02T14:00:00"]
    it.desk.tick(NOW + 40 * DAY)
    assert it.now(ticket).state == "closed"
    it.store.told.clear()
    wrote(it, ticket, NOW + 41 * DAY)
    assert [notice.kind for notice in it.store.told] == [NoticeKind.WROTE_AGAIN]


def test_of_a_settled_ticket_in_nobodys_hands_somebody_is_told_all_the_same(it):
    """Who has it; else its team; else the managers; else everybody. Who has left counts as nobody."""
    mary = Colleague(id="mary", name="Mary", is_manager=True)
    for assignee, team, people in (
        ("li", "t-1", ["li"]),
        ("gone", "t-1", ["anna", "boris"]),
        ("", "t-1", ["anna", "boris"]),
        ("", "", ["mary"]),
        ("", "t-9", ["mary"]),
    ):
        assert list(told_of_writing(assignee, team, (*EVERYBODY, mary))) == people
    assert told_of_writing("", "", EVERYBODY) == ("anna", "boris", "li")


def test_who_writes_down_a_buyers_message_on_their_own_settled_ticket_needs_no_notice(it):
    ticket = settled(it, assignee_id="anna")
    wrote(it, ticket, NOW + 2 * HOUR, actor=BUYER)
    assert told(it) == []


def test_what_was_written_long_ago_on_a_settled_ticket_is_history(it):
    ticket = settled(it, assignee_id="boris")
    late = {"occurred_at": NOW + 2 * HOUR, "inputs": {"message_text": "It broke again."}}
    it.desk.act(ticket.id, "buyer_message", actor=SYNC, now=NOW + 10 * DAY, **late)
    assert told(it) == []


def test_a_message_to_a_merged_ticket_whose_other_one_is_settled_tells_of_that_one(it):
    kept, other = it.open(assignee_id="boris"), it.open(assignee_id="li")
    it.desk.pairs.merge(other.id, kept.id, actor=AGENT, now=NOW)
    it.act(kept, "withdraw", NOW + HOUR, actor=BUYER, reference="CALL-1")
    it.store.told.clear()
    wrote(it, other, NOW + 2 * HOUR)
    assert [(notice.person_id, notice.ticket_id) for notice in it.store.told] == [("boris", kept.id)]
