"""By which actions a text is sent: one that takes nothing but the text, and what goes before it on a new ticket."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pages.queue.sheet import Sheet
from pages.shared import access
from workflow.rules import ActionOffer
from workflow.steps import Do
from workflow.vocabulary import Effect, Role, StateKind

REPLY, NOTE = "reply_text", "note_text"


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """The action that takes the text. `lead` is taken right before it, in the same transaction."""

    offer: ActionOffer
    lead: ActionOffer | None = None

    def steps(self, inputs: Mapping[str, object]) -> tuple[Do, ...]:
        """What to do, the text being in `inputs`."""
        lead = (Do(trigger=self.lead.trigger, is_lead=True),) if self.lead else ()
        return (*lead, Do(trigger=self.offer.trigger, inputs=inputs))


def way(sheet: Sheet, field: str) -> Way | None:
    """How a text of `field` is sent, by an allowed action first; None where no action takes it alone."""
    offer = writes(sheet, field)
    if offer is None:
        return None
    return (_registering(sheet) if field == REPLY else None) or Way(offer=offer)


def writes(sheet: Sheet, field: str) -> ActionOffer | None:
    """The action that takes nothing but this text as the ticket is now, an allowed one first."""
    return _taking(sheet.offers[Role.SELLER_AGENT], field)


def _taking(offers: Iterable[ActionOffer], field: str) -> ActionOffer | None:
    """The action that takes nothing but this text, an allowed one first."""
    fitting = [offer for offer in offers if _takes_only(offer, field)]
    return min(fitting, key=lambda offer: not offer.is_allowed, default=None)


def _takes_only(offer: ActionOffer, field: str) -> bool:
    """Whether all that the action needs is a text of `field`."""
    effect = Effect.PUBLIC_REPLY if field == REPLY else Effect.INTERNAL
    asked = {use.name: use.is_required for use in offer.inputs}
    return offer.effect is effect and field in asked and {name for name in asked if asked[name]} <= {field}


def _registering(sheet: Sheet) -> Way | None:
    """Of a new ticket what takes it up and asks for nothing, where the reply is possible then and moves it on."""
    if sheet.ticket.state_kind is not StateKind.OPEN:
        return None
    for lead in sheet.offers[Role.SELLER_AGENT]:
        is_plain = lead.is_allowed and lead.effect is Effect.INTERNAL and not lead.inputs and not lead.advice
        if not is_plain or sheet.ticket.state in lead.to_states:
            continue
        after = access.desk().desk.offers_after(
            sheet.case, Do(trigger=lead.trigger), actor=sheet.person.actor, now=access.now()
        )
        offer = _taking(after, REPLY)
        if offer and offer.is_allowed and not set(offer.to_states) <= set(lead.to_states):
            return Way(offer=offer, lead=lead)
    return None
