"""One turn of one side: who acts, what they choose of what the desk offers, and what they put in. Keeps no time."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from data.demo.answers import Ask, fill
from data.demo.claims import file_claim
from data.demo.files import files_for
from data.demo.plots import Plot
from data.demo.scripts import leaning
from data.demo.texts import knows
from data.demo.turns import ATTACH, MIRROR, Turn
from data.demo.world import Agent, World
from workflow.desk import Desk
from workflow.memory import MemoryTicketStore
from workflow.rules import ActionOffer
from workflow.tickets import SYNC, Actor, Ticket
from workflow.vocabulary import Ball, LinkKind, Priority, Role

_MIRRORED = 0.25  # the share of the platform's acts that are read from the marketplace
_LATE_ENTRY = 0.5  # the share of e-mails and calls that are entered some time after they came
_FIRST_WORDS = 0.93
_PARTIES = {Role.BUYER: Ball.BUYER, Role.SELLER_AGENT: Ball.SELLER}
_SPEAKS_AFTER = {Role.SELLER_AGENT: 0.7, Role.BUYER: 0.6}
_SILENT = frozenset({"clarify", "provide_information", "withdraw", "confirm_resolved"})
_AGAINST_DEFECT = frozenset({"defect_not_confirmed", "refuse_after_check", "reject_claim", "reject_request"})
_FOR_DEFECT = frozenset({"defect_confirmed", "choose_repair", "choose_exchange"})


class Cast:
    """Everybody who acts. `turn` gives what was done, or nothing where the desk did not allow what they wanted."""

    def __init__(self, desk: Desk, store: MemoryTicketStore, world: World, now: datetime) -> None:
        self.desk, self.store, self.world, self.now = desk, store, world, now
        self._agents = {agent.id: agent for agent in world.agents}

    def agent_of(self, plot: Plot) -> Agent:
        """Who answers for the seller in this story."""
        return self._agents[plot.agent_id]

    def buyer(self, plot: Plot) -> Actor:
        """The buyer, whom the marketplace or an agent writes down."""
        recorder = SYNC.id if plot.channel.is_chat else plot.agent_id
        return Actor(role=Role.BUYER, id=plot.buyer.key, recorded_by=recorder)

    def seller(self, plot: Plot) -> Actor:
        """The agent who works on the ticket."""
        assignee = self.store.tickets[plot.ticket_id].assignee_id if plot.ticket_id else ""
        return Actor(role=Role.SELLER_AGENT, id=assignee or plot.agent_id)

    def turn(self, plot: Plot, turn: Turn, at: datetime) -> str:
        """Let one side do what it wishes; the name of what was done, empty for nothing."""
        actor = self._actor(plot, turn)
        if actor.role is Role.SELLER_AGENT and "register" not in turn.does:
            self._take_over(plot, actor, at)
        special = next(iter(turn.does))
        if special == ATTACH:
            return self._attach(plot, turn, actor, at)
        if special.startswith(MIRROR):
            return self._mirror(plot, special.removeprefix(MIRROR), at)
        if turn.brings and any(offer.trigger in turn.does for offer in self._offers(plot, actor, at)):
            self._attach(plot, turn, actor, at)
        offer = self._choice(plot, turn.does, actor, at)
        return self._do(plot, offer, actor, at) if offer else ""

    def refile(self, plot: Plot, at: datetime) -> bool:
        """Move a ticket that was filed wrongly to its own category.

        Where a claim has begun meanwhile the desk lets nobody do that: the ticket goes on as it was filed, until it is
        a first contact again.
        """
        ticket = self.store.tickets[plot.ticket_id]
        if ticket.state not in self.desk.rules.lifecycle_of(ticket).contact_states:
            return False
        plot.opened_as = plot.category
        self.desk.recategorise(plot.ticket_id, plot.category, actor=self.seller(plot), now=at)
        return True

    def speak(self, plot: Plot, trigger: str, role: Role, at: datetime) -> bool:
        """Say in the chat what `trigger` meant, where writing is possible now."""
        actor = self.buyer(plot) if role is Role.BUYER else self.seller(plot)
        wanted = "buyer_message" if role is Role.BUYER else "post_message"
        offer = self._choice(plot, {wanted: 1.0}, actor, at)
        if offer:
            self._do(plot, offer, actor, at, said=trigger)
        return offer is not None

    def speaks_after(self, plot: Plot, trigger: str, role: Role) -> bool:
        """Whether somebody explains an act that has no text of its own."""
        side = {Role.SELLER_AGENT: "seller", Role.BUYER: "buyer"}.get(role, "")
        if not side or trigger in _SILENT or not knows(plot.language, side, "do", trigger):
            return False
        is_first = side == "seller" and not any(event.is_public_reply for event in self.store.events[plot.ticket_id])
        return plot.random.random() < (_FIRST_WORDS if is_first else _SPEAKS_AFTER[role])

    def _actor(self, plot: Plot, turn: Turn) -> Actor:
        match turn.who:
            case Role.BUYER:
                return self.buyer(plot)
            case Role.SELLER_AGENT:
                return self.seller(plot)
            case Role.PLATFORM_AGENT if plot.random.random() > _MIRRORED:
                return Actor(role=Role.PLATFORM_AGENT, id=plot.random.choice(self.world.mediators).id)
            case _ if turn.who is Role.SYSTEM_SYNC and "register" in turn.does and not plot.channel.is_chat:
                return self.seller(plot)
            case _:
                return SYNC

    def _take_over(self, plot: Plot, actor: Actor, at: datetime) -> None:
        """An agent who answers takes a ticket that nobody has."""
        if not self.store.tickets[plot.ticket_id].assignee_id:
            self.desk.assign(plot.ticket_id, actor.id, actor=actor, now=at)

    def _offers(self, plot: Plot, actor: Actor, at: datetime) -> list[ActionOffer]:
        return [offer for offer in self.desk.offers(plot.ticket_id, actor=actor, now=at) if offer.is_allowed]

    def _choice(self, plot: Plot, does: Mapping[str, float], actor: Actor, at: datetime) -> ActionOffer | None:
        offers = [offer for offer in self._offers(plot, actor, at) if offer.trigger in does]
        leanings = [self._leaning(plot, offer.trigger, actor) for offer in offers]
        if not any(leanings) or plot.random.random() > max(leanings):
            return None
        weights = [does[offer.trigger] * lean for offer, lean in zip(offers, leanings, strict=True)]
        return plot.random.choices(offers, weights=weights)[0]

    def _leaning(self, plot: Plot, trigger: str, actor: Actor) -> float:
        if trigger == "provide_information" and _PARTIES[actor.role] is not self.store.tickets[plot.ticket_id].ball:
            return 0.0
        if trigger == "resolve" and plot.link_kind is LinkKind.RELATED_TO:
            return 60.0
        if trigger in _AGAINST_DEFECT and "defect_found" in plot.done:
            return 0.0
        if trigger in _FOR_DEFECT and "no_defect_found" in plot.done:
            return 0.0
        return leaning(plot.topic, trigger)

    def _do(self, plot: Plot, offer: ActionOffer, actor: Actor, at: datetime, *, said: str = "") -> str:
        ticket = self.store.tickets[plot.ticket_id]
        ask = Ask(plot=plot, ticket=ticket, role=actor.role, trigger=said or offer.trigger, at=at)
        self.desk.act(
            plot.ticket_id,
            offer.trigger,
            actor=actor,
            now=at,
            inputs=fill(offer.inputs, ask),
            occurred_at=self._entered_late(plot, ticket, offer, actor, at),
        )
        file_claim(self.desk, self.store, plot, offer.trigger, self.desk.rules.new_id(at), at)
        self._tag(plot, at)
        if offer.trigger == "escalate" and plot.random.random() < 0.5:  # noqa: PLR2004 - every second one
            level = plot.random.choice((Priority.HIGH, Priority.HIGH, Priority.URGENT))
            self.desk.prioritise(plot.ticket_id, level, actor=self.seller(plot), now=at)
        return offer.trigger

    def _entered_late(
        self, plot: Plot, ticket: Ticket, offer: ActionOffer, actor: Actor, at: datetime
    ) -> datetime | None:
        if offer.trigger != "buyer_message" or plot.channel.is_chat or actor.role is not Role.BUYER:
            return None
        true_at = at - timedelta(minutes=plot.random.randrange(5, 90))
        is_late = plot.random.random() < _LATE_ENTRY and true_at > ticket.state_entered_at
        return true_at if is_late else None

    def _attach(self, plot: Plot, turn: Turn, actor: Actor, at: datetime) -> str:
        files = files_for(turn.brings, plot)
        if not files:
            return ""
        self.desk.attach_evidence(plot.ticket_id, files, actor=actor, now=at)
        return ATTACH

    def _tag(self, plot: Plot, at: datetime) -> None:
        """The agent says of the first file that nobody has spoken for which new claim it is."""
        spoken_for = {item.claim_id for item in self.store.evidence[plot.ticket_id]}
        claims = [claim for claim in self.store.claims[plot.ticket_id] if claim.id not in spoken_for]
        files = [item for item in self.store.evidence[plot.ticket_id] if not item.claim_id]
        if claims and files:
            tags, item = self.desk.evidence_tags, files[0]
            tags.put(plot.ticket_id, item.id, item.kind, claims[0].id, actor=self.seller(plot), now=at)

    def _mirror(self, plot: Plot, target: str, at: datetime) -> str:
        self.desk.sync_state(plot.ticket_id, target, f"MP-{plot.random.randrange(10**6):06d}", actor=SYNC, now=at)
        return MIRROR
