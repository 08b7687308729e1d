"""The moment at which guards and inputs are judged."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from workflow.facts import Facts
from workflow.policies import PolicyBook
from workflow.tickets import Actor, Ticket

STATE_CLOCK = "state"
BUYER_CLOCK = "buyer_message"
WINDOW_CLOCK = "window"
REPLY_CLOCK = "reply"


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """What a guard is judged on: the ticket, its facts, who acts, when, and the policies in force."""

    ticket: Ticket
    facts: Facts
    actor: Actor
    at: datetime
    policies: PolicyBook

    def clock(self, name: str) -> datetime | None:
        """When the clock started, or None if it does not run."""
        if name == STATE_CLOCK:
            return self.ticket.state_entered_at
        if name == BUYER_CLOCK:
            return self.ticket.clocks.get(name) or self.facts.last_buyer_message_at
        return self.ticket.clocks.get(name)

    def budget(self, policy: str, since: datetime | None) -> timedelta:
        """The policy's duration as it was in force at `since`, when the clock started."""
        flags = {f"has_{flag}": True for flag in self.ticket.flags}
        return self.policies.row(policy, since or self.at, {**self.facts.context, **flags}).budget
