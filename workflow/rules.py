"""Two questions and one command: what may this actor do now, with what inputs, and what comes of it.

Owns the judgement of one ticket at one instant. Leaves loading, saving and the order of several acts to `desk`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from workflow import guards, inputs
from workflow.acts import Act, Outcome, effects, write
from workflow.errors import ActionNotAllowedError, InputInvalidError
from workflow.evidence import HoldsPicture, believed
from workflow.facts import Facts
from workflow.guards import Moment
from workflow.ids import NewId
from workflow.inputs import Checked
from workflow.lifecycle import InputUse, Lifecycle, Lifecycles, Transition
from workflow.machine import LifecycleMachine
from workflow.moments import BUYER_CLOCK
from workflow.policies import PolicyBook
from workflow.reasons import Reason, sentence
from workflow.records import Message
from workflow.replay import written
from workflow.tickets import TIMER, Actor, Ticket, Timer
from workflow.timers import taking_over
from workflow.vocabulary import Ball, Effect, EventKind, Language, Role

REFERENCE = InputUse(name="reference")
OVERRIDE = InputUse(name="override_reason")
SILENT_ROLES = frozenset({Role.SYSTEM_TIMER, Role.SYSTEM_SYNC})


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionOffer:
    """One action of an actor at a moment: what it asks for, or the reason why it is not allowed."""

    trigger: str
    label: str
    to_states: tuple[str, ...]
    effect: Effect
    inputs: tuple[InputUse, ...] = ()
    advice: tuple[Reason, ...] = ()
    reason: Reason | None = None

    @property
    def is_allowed(self) -> bool:
        """Whether `apply` succeeds with valid inputs."""
        return self.reason is None


class Rules:
    """The lifecycles and policies in force, asked about one ticket at a time. Immutable, shared by all threads."""

    def __init__(
        self, lifecycles: Lifecycles, policies: PolicyBook, new_id: NewId, holds_picture: HoldsPicture = believed
    ) -> None:
        self.lifecycles = lifecycles
        self.policies = policies
        self.new_id = new_id
        self.holds_picture = holds_picture
        self._machines: dict[tuple[str, int], LifecycleMachine] = {}

    def lifecycle_of(self, ticket: Ticket) -> Lifecycle:
        """The version of the lifecycle that the ticket keeps."""
        return self.lifecycles.version(ticket.category, ticket.lifecycle_version)

    def moment(self, ticket: Ticket, facts: Facts, actor: Actor, at: datetime) -> Moment:
        """What guards and input checks look at."""
        return Moment(ticket=ticket, facts=facts, actor=actor, at=at, policies=self.policies)

    def allowed_actions(self, ticket: Ticket, facts: Facts, actor: Actor, now: datetime) -> tuple[ActionOffer, ...]:
        """Every action that the table gives `actor` in the ticket's state, in the table's order."""
        lifecycle = self.lifecycle_of(ticket)
        moment = self.moment(ticket, facts, actor, now)
        offers: list[ActionOffer] = []
        for trigger, rows in lifecycle.rows_from(ticket.state).items():
            own = tuple(row for row in rows if actor.role in row.by)
            if own:
                offers.append(_offer(trigger, own, lifecycle, moment))
        return tuple(offers)

    def row_of(self, ticket: Ticket, facts: Facts, actor: Actor, trigger: str, at: datetime) -> Transition | None:
        """The row that `trigger` takes, None where the table has none that holds. Inputs are not judged."""
        return self._machine(ticket).step(trigger, self.moment(ticket, facts, actor, at))

    def apply(  # noqa: PLR0913, PLR0917 - one act has this many parts
        self,
        ticket: Ticket,
        facts: Facts,
        actor: Actor,
        trigger: str,
        values: Mapping[str, object],
        now: datetime,
        *,
        recorded_at: datetime | None = None,
    ) -> Outcome:
        """Do `trigger`: the new ticket, its event and its texts.

        `now` is the instant at which it is true, `recorded_at` (default `now`) when the desk learns it. Raises
        `ActionNotAllowedError` with the reason, or `InputInvalidError` with a sentence for each field.
        """
        moment = self.moment(ticket, facts, actor, now)
        row = self._machine(ticket).step(trigger, moment)
        if row is None:
            raise self._refusal(ticket, facts, actor, trigger, now)
        uses, overridden = _uses(row, moment)
        checked, faults = inputs.check(uses, values, moment)
        if faults:
            label = self.lifecycle_of(ticket).label_of(trigger)
            raise InputInvalidError(number=ticket.number, action=label, fields=faults)
        return self._taken(row, checked, overridden, moment, recorded_at or now)

    def fire(self, ticket: Ticket, timer: Timer, facts: Facts, now: datetime) -> Outcome:
        """Fire a due timer, or spend it where its facts were false. `facts` are those as of `timer.due_at`."""
        lifecycle = self.lifecycle_of(ticket)
        moment = self.moment(ticket, facts, TIMER, timer.due_at)
        row = self._machine(ticket).step(timer.trigger, moment)
        spent = {
            "spent": {"trigger": timer.trigger, "anchor_at": written(timer.anchor_at)},
            "policy_id": timer.policy_id,
        }
        act = Act(
            ticket_id=ticket.id,
            kind=EventKind.TRANSITION if row else EventKind.TIMER_SPENT,
            name=timer.trigger,
            actor=TIMER,
            occurred_at=timer.due_at,
            recorded_at=now,
            to_state=row.to_state if row else ticket.state,
            to_ball=None if row and not row.is_stay else ticket.ball,
            payload=spent | (effects(row, ticket, timer.due_at, {}) if row else {}),
        )
        return replace(write(ticket, act, lifecycle, facts, self.policies), row=row)

    def _machine(self, ticket: Ticket) -> LifecycleMachine:
        key = (ticket.category, ticket.lifecycle_version)
        if key not in self._machines:
            self._machines[key] = LifecycleMachine(self.lifecycle_of(ticket))
        return self._machines[key]

    def _refusal(
        self, ticket: Ticket, facts: Facts, actor: Actor, trigger: str, now: datetime
    ) -> ActionNotAllowedError:
        offers = self.allowed_actions(ticket, facts, actor, now)
        reason = next((offer.reason for offer in offers if offer.trigger == trigger), None) or self._not_in_table(
            ticket, actor, trigger
        )
        return ActionNotAllowedError(
            number=ticket.number,
            action=self.lifecycle_of(ticket).label_of(trigger),
            reason_code=reason.code,
            reason=sentence(reason),
        )

    def _not_in_table(self, ticket: Ticket, actor: Actor, trigger: str) -> Reason:
        lifecycle = self.lifecycle_of(ticket)
        rows = lifecycle.rows_from(ticket.state).get(trigger, ())
        roles = {role for row in rows for role in row.by}
        if roles == {Role.SYSTEM_TIMER}:
            return Reason("fires_by_itself")
        if roles:
            names = ", ".join(sorted(role.value.replace("_", " ") for role in roles))
            return Reason("not_by_role", {"roles": names, "role": actor.role.value.replace("_", " ")})
        if not any(row.trigger == trigger for row in lifecycle.transitions):
            return Reason("unknown_action")
        return Reason("not_from_state", {"state": lifecycle.states[ticket.state].labels[Language.EN]})

    def _taken(
        self, row: Transition, checked: Checked, overridden: tuple[Reason, ...], moment: Moment, recorded_at: datetime
    ) -> Outcome:
        ticket, actor = moment.ticket, moment.actor
        author = _author(row, moment)
        messages = tuple(self._message(*text, author, moment, recorded_at) for text in checked.texts)
        payload = effects(row, ticket, moment.at, checked.instants)
        if checked.payload:
            payload["inputs"] = dict(checked.payload)
        if "resolution_reason" in checked.payload:
            payload["reason"] = checked.payload["resolution_reason"]
        if messages:
            payload["message_ids"] = [message.id for message in messages]
        if overridden:
            payload["overrides"] = [reason.code for reason in overridden]
        taken_over = taking_over(ticket, actor, moment.at)
        if taken_over:
            payload["raises"] = [*payload.get("raises", ()), *taken_over["raises"]]
            payload["starts"] = payload.get("starts", {}) | taken_over["starts"]
        act = Act(
            ticket_id=ticket.id,
            kind=EventKind.TRANSITION,
            name=row.trigger,
            actor=actor,
            occurred_at=moment.at,
            recorded_at=recorded_at,
            to_state=row.to_state,
            to_ball=_ball(row, ticket, checked),
            is_public_reply=actor.role is Role.SELLER_AGENT and any(message.is_public for message in messages),
            is_buyer_message=_is_buyer_message(row, actor),
            payload=payload,
        )
        outcome = write(ticket, act, self.lifecycle_of(ticket), moment.facts, self.policies)
        return replace(outcome, messages=messages, row=row)

    def _message(  # noqa: PLR0913, PLR0917 - as `Checked.texts` has it, and whose it is
        self,
        field: str,
        is_public: bool,  # noqa: FBT001
        text: str,
        author: tuple[Role, str],
        moment: Moment,
        recorded_at: datetime,
    ) -> Message:
        """A text that came with an act; why advice was overridden is always the recorder's own word."""
        is_own = field == OVERRIDE.name and moment.actor.is_recorded_for_another
        return Message(
            id=self.new_id(recorded_at),
            ticket_id=moment.ticket.id,
            author_role=Role.SELLER_AGENT if is_own else author[0],
            author_id=moment.actor.recorder if is_own else author[1],
            channel=moment.ticket.channel,
            is_public=is_public and field != OVERRIDE.name,
            text=text,
            sent_at=moment.at,
            recorded_at=recorded_at,
        )


def _offer(trigger: str, rows: tuple[Transition, ...], lifecycle: Lifecycle, moment: Moment) -> ActionOffer:
    failures = [guards.first_failure(row.facts, moment) for row in rows]
    taken = next((row for row, failure in zip(rows, failures, strict=True) if failure is None), None)
    uses, advice = _uses(taken or rows[0], moment)
    return ActionOffer(
        trigger=trigger,
        label=lifecycle.label_of(trigger),
        to_states=tuple(dict.fromkeys(row.to_state for row in ((taken,) if taken else rows))),
        effect=(taken or rows[0]).effect,
        inputs=uses,
        advice=advice,
        reason=None if taken else failures[0],
    )


def _uses(row: Transition, moment: Moment) -> tuple[tuple[InputUse, ...], tuple[Reason, ...]]:
    """The inputs that `row` needs of this actor now, and the advice that it would override."""
    uses = row.inputs
    if moment.actor.role in SILENT_ROLES:
        return uses, ()
    if moment.actor.is_recorded_for_another and row.effect is not Effect.CONTACT:
        uses = (*uses, REFERENCE)
    failures = (guards.first_failure((expression,), moment) for expression in row.advice)
    advice = tuple(failure for failure in failures if failure)
    return ((*uses, OVERRIDE) if advice else uses), advice


def _is_buyer_message(row: Transition, actor: Actor) -> bool:
    """Whether the buyer says something: by themselves, or mirrored by a row that starts the buyer's clock."""
    is_said = row.effect is Effect.CONTACT and actor.role is Role.BUYER
    return is_said or any(start.clock == BUYER_CLOCK for start in row.starts)


def _author(row: Transition, moment: Moment) -> tuple[Role, str]:
    """Whose words come with the act. A process that mirrors what was said only brings them."""
    actor = moment.actor
    if actor.role is not Role.SYSTEM_SYNC:
        return actor.role, actor.id
    if Role.BUYER in row.by:
        return Role.BUYER, moment.ticket.buyer_key
    return (Role.PLATFORM_AGENT if Role.PLATFORM_AGENT in row.by else actor.role), actor.id


def _ball(row: Transition, ticket: Ticket, checked: Checked) -> Ball | None:
    """Who must act after `row`; None leaves it to the state."""
    if row.ball_from:
        return Ball(str(checked.payload[row.ball_from]))
    return ticket.ball if row.is_stay else None
