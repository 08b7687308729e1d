"""Whatever is merged, parted, reopened, answered and taken back: each word of the buyer is owed in one ticket, its own.

Its own is the ticket that it was written in, or the one at the end of the merges that hold.
"""

from collections import Counter
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.builders import AGENT, BUYER, CATEGORIES, HOUR, NOW, world
from workflow.bulk import Chosen, Take, carry_out, undo
from workflow.errors import DeskError
from workflow.merging import merged_link
from workflow.owed import TAKES_BACK, unanswered
from workflow.replay import replay
from workflow.tickets import SYNC
from workflow.vocabulary import Channel, EventKind

CHANNELS = (Channel.CHAT_APP, Channel.CHAT_APP, Channel.EMAIL, Channel.CHAT_APP)
WHICH = st.integers(0, len(CHANNELS) - 1)
STEPS = st.one_of(
    st.tuples(st.sampled_from(["write", "reply", "part", "reopen", "resolve_and_back"]), WHICH),
    st.tuples(st.just("merge"), WHICH, WHICH),
    st.tuples(st.just("tick"), st.sampled_from([0, 5, 30])),
)


def snapshot(ticket):
    due = {timer.trigger: timer.due_at for timer in ticket.timers if timer.clock != "state"}
    return (ticket.state, ticket.ball, ticket.clocks, ticket.flags, due)


def reopened_since_the_last_reply(log):
    """When a person reopened the ticket, which is owed a reply from then on in any case."""
    replied = max((event.seq for event in log if event.is_public_reply), default=0)
    since = [event for event in log if event.seq > replied and event.name == "reopen"]
    return [event.occurred_at for event in since if TAKES_BACK not in event.payload]


def is_merging(event):
    """Whether the ticket itself was merged, and not another one into it."""
    return event.kind is EventKind.MERGED and event.to_kind.is_settled


def before_its_merging(log):
    """A merged ticket's log up to when it was merged: what happened to it since is not its words'."""
    merging = [event for event in log if event.is_visit and is_merging(event)][-1]
    return [event for event in log if event.seq < merging.seq]


def is_answered_or_settled(log, at):
    """Whether what was written at `at` was answered in `log`, written after the end, or settled since.

    A settling that was taken back was none. Told by hand and not as the rules do it: by the log alone.
    """
    back = {seq for event in log if TAKES_BACK in event.payload for seq in (event.seq, event.payload[TAKES_BACK])}
    is_settled = False
    for event in sorted(log, key=lambda event: (event.occurred_at, event.seq)):
        if event.is_public_reply and event.occurred_at > at:
            return True
        if event.is_visit and event.seq not in back and not is_merging(event):
            if is_settled and event.occurred_at > at:
                return True
            is_settled = event.to_kind.is_settled
            if is_settled and event.occurred_at >= at:
                return True
    return is_settled


class History:
    """A desk with four tickets of one buyer, each of its own channel, and what may be done with them."""

    def __init__(self, category):
        self.it = world()
        self.at = NOW
        self.tickets = []
        for channel in CHANNELS:
            self.at += HOUR
            ticket = self.it.open(category, at=self.at, channel=channel)
            self.tickets.append(self.it.act(ticket, "register", self.at))

    def now(self):
        return [self.it.now(ticket) for ticket in self.tickets]

    def write(self, which):
        self.it.act(self.tickets[which], "buyer_message", self.at, actor=SYNC, message_text="Hello?")

    def reply(self, which):
        try:
            self.it.act(self.tickets[which], "seller_reply", self.at, reply_text="It is on its way.")
        except DeskError:
            self.it.act(self.tickets[which], "post_message", self.at, reply_text="It is on its way.")

    def merge(self, which, into):
        """Merged, parted at once, and merged again: in between all is as it was."""
        one, other, pairs = self.tickets[which], self.tickets[into], self.it.desk.pairs
        self.it.desk.tick(self.at)
        before = [snapshot(ticket) for ticket in self.now()]
        pairs.merge(one.id, other.id, actor=AGENT, now=self.at)
        pairs.undo_merge(one.id, other.id, actor=AGENT, now=self.at)
        assert [snapshot(ticket) for ticket in self.now()] == before
        pairs.merge(one.id, other.id, actor=AGENT, now=self.at)

    def part(self, which):
        if link := merged_link(self.it.store.load_case(self.tickets[which].id)):
            self.it.desk.pairs.undo_merge(self.tickets[which].id, link.id, actor=AGENT, now=self.at)

    def reopen(self, which):
        """Only what was merged: what was resolved owes no word that was written before."""
        given = {"reopen_reason": "not_solved", "reference": "CALL-1"}
        if merged_link(self.it.store.load_case(self.tickets[which].id)):
            self.it.act(self.tickets[which], "reopen", self.at, actor=BUYER, **given)

    def resolve_and_back(self, which):
        self.it.desk.tick(self.at)
        before = self.it.now(self.tickets[which])
        chosen = [Chosen(id=before.id, number=before.number, version=before.version)]
        act, later = Take(trigger="resolve", inputs={"resolution_reason": "explained"}), self.at + timedelta(minutes=1)
        outcomes = carry_out(self.it.desk, chosen, act, actor=AGENT, now=self.at)
        for back in undo(self.it.desk, outcomes, act, actor=AGENT, done_at=self.at, now=later):
            assert not back.is_done or snapshot(self.it.now(before)) == snapshot(before)

    def tick(self, hours):
        self.at += hours * HOUR
        self.it.desk.tick(self.at)

    def way_home(self, ticket):
        """The ids of the ticket and of those that it was merged into, one after the other."""
        way = [ticket.id]
        while link := merged_link(self.it.store.load_case(way[-1])):
            way.append(link.id)
        return way

    def waiting(self, logs):
        """Each word that waits, with the ticket at its home: none on the way answered or settled it."""
        expected = Counter()
        for ticket in self.tickets:
            *merged, home = self.way_home(ticket)
            told = [*(before_its_merging(logs[ticket_id]) for ticket_id in merged), logs[home]]
            for event in logs[ticket.id]:
                at = event.occurred_at
                if event.is_buyer_message and not any(is_answered_or_settled(log, at) for log in told):
                    expected[home, at] += 1
        return expected

    def check(self):
        logs = {ticket.id: self.it.store.events_of(ticket.id) for ticket in self.tickets}
        owed = Counter()
        for ticket in self.now():
            log = logs[ticket.id]
            assert replay(log) == ticket
            if not ticket.state_kind.is_settled:
                words = unanswered(log)
                assert ticket.clocks.get("reply") == min((*words, *reopened_since_the_last_reply(log)), default=None)
                owed.update((ticket.id, at) for at in words)
        assert owed == self.waiting(logs)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(CATEGORIES), st.lists(STEPS, min_size=2, max_size=10))
def test_each_word_is_owed_once_and_where_it_belongs(category, steps):
    history = History(category)
    for name, *given_to in steps:
        history.at += HOUR
        try:
            getattr(history, name)(*given_to)
        except DeskError:
            continue
        history.check()
