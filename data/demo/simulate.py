"""Lets the stories happen: contacts, turns, parcels and clocks in the order of time, all through the desk's use cases.

Owns when somebody wakes; `acting` owns what they do, the desk what is possible. Nothing here changes a ticket.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from random import Random

from data.demo.acting import Cast
from data.demo.answers import late_words
from data.demo.arrivals import log_normal, working_hours
from data.demo.plots import DELAY, Plot
from data.demo.scripts import turns
from data.demo.sequels import after_sales_case, contact_of, replacement, second_contact
from data.demo.turns import Turn
from data.demo.world import World
from workflow.desk import Desk
from workflow.memory import MemoryTicketStore
from workflow.records import Posting
from workflow.tickets import SYNC, Actor, Ticket
from workflow.vocabulary import LinkKind, Role

Step = Callable[[datetime], None]
_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_TRIES = 4
_SWEPT_AFTER = 100  # hours
# What the seller of an ignored contact leaves undone until somebody else has moved the ticket.
_NEGLECTED = frozenset({"awaiting_seller", "return_requested", "evidence_review"})
_CHILD_TURNS = (
    Turn(Role.BUYER, {"submit_return_request": 1}, 12, 70, chance=0.86),
    Turn(Role.BUYER, {"withdraw": 1}, 200, 260),
)
_UNASSIGNED, _CALLS_TOO, _FOLLOW_UP, _TAGGED, _LATE_FACT, _TOO_LATE = 0.1, 0.02, 0.035, 0.2, 0.45, 0.15
_RATED, _ANSWERED, _UNANSWERED = 0.3, (6, 5, 12, 30, 47), (40, 25, 20, 10, 5)  # in the stars 1 to 5
_LOCAL_SHARE, _LOCAL_SINCE, _LOCAL = 0.2, 9 * _DAY, "local"


class Simulation:
    """Runs plots on a desk in memory until `now`. Each story has its own chance, so that none disturbs another."""

    def __init__(self, desk: Desk, store: MemoryTicketStore, world: World, now: datetime) -> None:
        self.desk, self.store, self.world, self.now = desk, store, world, now
        self.plots: dict[str, Plot] = {}
        self._cast = Cast(desk, store, world, now)
        self._steps: list[tuple[datetime, int, Step]] = []
        self._scheduled_count = 0
        self._visits: dict[str, tuple[str, str, datetime]] = {}
        self._clocks: dict[str, datetime] = {}
        self._links_seen = 0
        self._rated: set[str] = set()
        self._products = [goods.product for goods in world.goods]

    def run(self, plots: Iterable[Plot], progress: Callable[[int], None] | None = None) -> None:
        """Let everything happen that happens before `now`; `progress` is told how many tickets there are."""
        for plot in plots:
            self._schedule(plot.written_at, partial(self._arrive, plot))
        while self._steps and self._steps[0][0] <= self.now:
            at, _, step = heappop(self._steps)
            count = len(self.store.tickets)
            step(at)
            if progress and len(self.store.tickets) > count:
                progress(len(self.store.tickets))
        self.desk.tick(self.now)

    def _schedule(self, at: datetime, step: Step) -> None:
        self._scheduled_count += 1
        heappush(self._steps, (at, self._scheduled_count, step))

    def _arrive(self, plot: Plot, at: datetime) -> None:
        """The contact reaches the desk, with its order and parcel as they are then."""
        goods, random = plot.goods, plot.random
        plot.agent_id = self._agent(plot, at)
        self.store.save_order(plot.order, [plot.posting], self._products)
        ticket = self.desk.open_ticket(contact_of(plot), actor=self._writer(plot), now=at)
        plot.ticket_id = ticket.id
        self.plots[ticket.id] = plot
        if random.random() > _UNASSIGNED and not (plot.is_ignored and random.random() < 0.5):  # noqa: PLR2004
            self.desk.assign(ticket.id, plot.agent_id, actor=SYNC, now=at)
        if random.random() < _TAGGED:
            tags = [plot.topic, *(["imports"] if goods.seller.contract == "global" else [])]
            self.desk.tag(ticket.id, tags, actor=SYNC, now=at)
        for parcel in plot.parcels:
            self._schedule(max(parcel.status_changed_at, at), partial(self._parcel, plot, parcel))
        if random.random() < _CALLS_TOO and plot.channel.is_chat and not plot.linked_to:
            self._write_again(plot, LinkKind.RELATED_TO, at + log_normal(random, 4, 20))
        self._watch([ticket.id], at)

    def _parcel(self, plot: Plot, parcel: Posting, at: datetime) -> None:
        """The marketplace reports a change of the parcel, unless the order was called off meanwhile."""
        if "called_off" in plot.done and parcel.status != "cancelled" and parcel.number == plot.posting.number:
            return
        posting = replace(parcel, status_changed_at=at) if parcel.status_changed_at < at else parcel
        moved = self.desk.record_posting(posting, actor=SYNC, now=at)
        if parcel.number == plot.posting.number:
            plot.posting = posting
        self._watch([ticket.id for ticket in moved], at)

    def _turn(self, plot: Plot, turn: Turn, visit: tuple[str, str, datetime], tries: int, at: datetime) -> None:
        """Somebody wakes: if the ticket is still where they left it they do what they wished, or wait a little more."""
        if self._visits[plot.ticket_id] != visit:
            return
        if turn.who is Role.SELLER_AGENT and plot.opened_as != plot.category:
            self._tick(at)  # a clock that is due may end the first contact, and only in that the category changes
            if self._visits[plot.ticket_id] != visit:
                return
            if self._cast.refile(plot, at):
                self._watch([plot.ticket_id], at)
                return
        did = self._cast.turn(plot, turn, at)
        if not did and tries < _TRIES:
            later = at + _HOUR * plot.random.uniform(9, 20)
            self._schedule(later, partial(self._turn, plot, turn, visit, tries + 1))
        is_silent = did and self.store.events[plot.ticket_id][-1].payload.get("message_ids") is None
        if is_silent and self._cast.speaks_after(plot, did, turn.who):
            self._schedule(at + _MINUTE * plot.random.uniform(1, 6), partial(self._speak, plot, did, turn.who))
        self._watch([plot.ticket_id], at)

    def _speak(self, plot: Plot, trigger: str, role: Role, at: datetime) -> None:
        self._cast.speak(plot, trigger, role, at)
        self._watch([plot.ticket_id], at)

    def _clock(self, ticket_id: str, at: datetime) -> None:
        """The desk ticks in the minute after a timer fell due, as it would every minute."""
        timer = self.store.tickets[ticket_id].next_timer
        if timer and timer.due_at <= at:
            self._tick(at)

    def _tick(self, at: datetime) -> None:
        fired = self.desk.tick(at)
        self._watch(dict.fromkeys(event.ticket_id for event in fired), at)

    def _late_fact(self, plot: Plot, true_at: datetime, visit: tuple[str, str, datetime], at: datetime) -> None:
        """An agent finds the e-mail that had come before the clock ran out."""
        if self._visits[plot.ticket_id] == visit:
            words = {"message_text": late_words(plot)}
            self.desk.act(
                plot.ticket_id, "buyer_message", actor=self._cast.buyer(plot), now=at, inputs=words, occurred_at=true_at
            )
            self._watch([plot.ticket_id], at)

    def _watch(self, ticket_ids: Iterable[str], at: datetime) -> None:
        """Look at tickets that may have moved, and at those that belong to them: plan what people do there next."""
        found = dict.fromkeys(ticket_ids)
        for link in self.store.links[self._links_seen :]:
            if link.from_ticket_id not in self.plots and link.kind is LinkKind.AFTER_SALES_OF:
                self.plots[link.from_ticket_id] = after_sales_case(self.plots[link.to_ticket_id], link.from_ticket_id)
                found[link.from_ticket_id] = None
        self._links_seen = len(self.store.links)
        for ticket_id in tuple(found):
            found |= {plot.linked_to: None for plot in (self.plots[ticket_id],) if plot.is_child}
        for ticket_id in found:
            self._look_at(self.plots[ticket_id], self.store.tickets[ticket_id], at)

    def _look_at(self, plot: Plot, ticket: Ticket, at: datetime) -> None:
        timer = ticket.next_timer
        if timer and self._clocks.get(ticket.id) != timer.due_at:
            self._clocks[ticket.id] = timer.due_at
            minute = timer.due_at.replace(second=0, microsecond=0) + _MINUTE
            self._schedule(max(minute, at), partial(self._clock, ticket.id))
        visit = (ticket.category, ticket.state, ticket.state_entered_at)
        if self._visits.get(ticket.id) != visit:
            self._visits[ticket.id] = visit
            self._plan(plot, ticket, visit, at)

    def _plan(self, plot: Plot, ticket: Ticket, visit: tuple[str, str, datetime], at: datetime) -> None:
        """A ticket has come to a state: each side decides whether and when it will do something about it."""
        is_waiting_child = plot.is_child and ticket.state == "new"
        for turn in _CHILD_TURNS if is_waiting_child else turns(ticket.category, ticket.state):
            if plot.random.random() < turn.chance and not self._is_neglected(plot, turn, ticket):
                self._schedule(self._wakes_at(plot, turn, at), partial(self._turn, plot, turn, visit, 0))
        if ticket.state == "refund_pending" and ticket.category == DELAY and "called_off" not in plot.done:
            self._call_off(plot, at)
        if ticket.state == "exchange_pending":
            for parcel in replacement(plot, at):
                self._schedule(parcel.status_changed_at, partial(self._parcel, plot, parcel))
        if ticket.state == "resolved" and ticket.resolution_reason in {"no_response", "no_evidence"}:
            self._maybe_late(plot, ticket, visit, at)
        if ticket.state_kind.is_settled:
            chance = Random(f"{ticket.id}/{at}")
            if chance.random() < _RATED:
                self._schedule(at + log_normal(chance, 5, 40), partial(self._rate, plot, chance, visit))
        if ticket.state == "closed" and not plot.linked_to and plot.random.random() < _FOLLOW_UP:
            self._write_again(plot, LinkKind.FOLLOW_UP_OF, at + _DAY * plot.random.uniform(15, 24))

    def _rate(self, plot: Plot, chance: Random, visit: tuple[str, str, datetime], at: datetime) -> None:
        """The buyer says how content they are, unless the ticket went on; whom nobody answered is hardly content."""
        if self._visits[plot.ticket_id] != visit or plot.ticket_id in self._rated:
            return
        self._rated.add(plot.ticket_id)
        weights = _UNANSWERED if plot.is_ignored else _ANSWERED
        rating = chance.choices(range(1, 6), weights)[0]
        self.desk.rate(plot.ticket_id, rating, "", actor=self._cast.buyer(plot), now=at)

    def _is_neglected(self, plot: Plot, turn: Turn, ticket: Ticket) -> bool:
        if not plot.is_ignored or turn.who is not Role.SELLER_AGENT:
            return False
        if turn.median_hours > _SWEPT_AFTER:
            return False
        return ticket.state in _NEGLECTED and not ticket.flags & {"auto_approved", "platform_decided"}

    def _wakes_at(self, plot: Plot, turn: Turn, at: datetime) -> datetime:
        delay = log_normal(plot.random, turn.median_hours, turn.p90_hours)
        if turn.who is not Role.SELLER_AGENT:
            return at + delay * (plot.temper if turn.who is Role.BUYER else 1)
        pace = plot.goods.seller.pace * self._cast.agent_of(plot).pace
        return working_hours(plot.random, at + delay * pace)

    def _maybe_late(self, plot: Plot, ticket: Ticket, visit: tuple[str, str, datetime], at: datetime) -> None:
        if not plot.channel.is_chat and plot.random.random() < _LATE_FACT:
            true_at = ticket.state_entered_at - _HOUR * plot.random.uniform(1, 20)
            self._schedule(at + _HOUR * plot.random.uniform(2, 20), partial(self._late_fact, plot, true_at, visit))

    def _write_again(self, plot: Plot, kind: LinkKind, at: datetime) -> None:
        self._schedule(at, partial(self._arrive, second_contact(plot, kind, at)))

    def _call_off(self, plot: Plot, at: datetime) -> None:
        """The money goes back, so the parcel is stopped; now and then too late."""
        if plot.random.random() < _TOO_LATE or plot.posting.status != "delivering":
            return
        plot.done.add("called_off")
        stopped_at = at + log_normal(plot.random, 4, 24)
        stopped = replace(plot.posting, status="cancelled", status_changed_at=stopped_at)
        self._schedule(stopped_at, partial(self._parcel, plot, stopped))

    def _writer(self, plot: Plot) -> Actor:
        """Chats come by themselves; an e-mail or a call is entered by an agent."""
        return SYNC if plot.channel.is_chat else Actor(role=Role.SELLER_AGENT, id=plot.agent_id)

    def _agent(self, plot: Plot, at: datetime) -> str:
        team = [agent.id for agent in self.world.agents_of(plot.goods.seller.team_id) if agent.id != _LOCAL]
        is_recent = at > self.now - _LOCAL_SINCE
        return _LOCAL if is_recent and plot.random.random() < _LOCAL_SHARE else plot.random.choice(team)
