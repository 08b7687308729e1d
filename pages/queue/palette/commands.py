"""Everything that may be done with a ticket, as one list: what it is called, where it leads, or why it is forbidden."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from pages.queue import acting, mirror, new_contact
from pages.queue.composer import calling, macros, sending, ways
from pages.queue.sheet import RECORDED, Sheet
from pages.shared import access, keys
from pages.shared.texts import _, label
from workflow.reasons import sentence
from workflow.rules import ActionOffer
from workflow.steps import Macro
from workflow.vocabulary import Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """A line of the palette. `run` is a callback, not called where there is a `reason`; `key` is that of its button."""

    id: str
    group: str
    label: str
    run: Callable[[], None]
    leads_to: str = ""
    reason: str = ""
    key: str = ""


def commands(sheet: Sheet) -> list[Command]:
    """All of them, the agent's own first; of an imported ticket only what takes it over."""
    return list(_taking_over(sheet) if sheet.lifecycle.is_observed else _working(sheet))


def allowed(sheet: Sheet) -> list[ActionOffer]:
    """What the agent may do now. What leaves the ticket where it is comes last: the box below writes as well."""
    own = [offer for offer in sheet.offers[Role.SELLER_AGENT] if offer.is_allowed]
    return sorted(own, key=lambda offer: is_stay(offer, sheet))


def is_stay(offer: ActionOffer, sheet: Sheet) -> bool:
    """Whether the action leaves the ticket in its state."""
    return set(offer.to_states) <= {sheet.ticket.state}


def _working(sheet: Sheet) -> Iterator[Command]:
    for place, offer in enumerate(allowed(sheet)):
        numbered = keys.ACTIONS[place : place + 1]  # as on the ticket's buttons
        yield _of_offer(sheet, Role.SELLER_AGENT, offer, key=numbered[0].shortcut if numbered else "")
    for offer in sheet.offers[Role.SELLER_AGENT]:
        if not offer.is_allowed:
            yield _of_offer(sheet, Role.SELLER_AGENT, offer)
    if sheet.ticket.state_kind.is_settled:
        yield Command(
            id="follow_up",
            group=_group(Role.SELLER_AGENT),
            label=_("Open a follow-up"),
            run=partial(new_contact.follow_up, sheet.case),
        )
    yield from _macros(sheet)
    for role in RECORDED:
        for offer in sorted(sheet.offers[role], key=lambda offer: not offer.is_allowed):
            yield _of_offer(sheet, role, offer)
    yield Command(
        id="mirror",
        group=_("Record what the marketplace did"),
        label=_("Mirror the marketplace's state"),
        run=partial(mirror.begin, sheet.ticket.id),
    )


def _macros(sheet: Sheet) -> Iterator[Command]:
    reply = ways.way(sheet, ways.REPLY)
    for macro in access.macros().offered():
        yield Command(
            id=f"macro/{macro.id}",
            group=_("Macros"),
            label=macro.name,
            run=partial(_run_macro, macro, sheet, reply),
            leads_to=macros.in_short(macro, sheet, reply),
            reason=macros.why_not(macro, sheet, reply),
        )


def _run_macro(macro: Macro, sheet: Sheet, reply: ways.Way | None) -> None:
    sending.run_macro(sheet, macros.steps_of(macro, sheet, reply), macro.name)


def _taking_over(sheet: Sheet) -> Iterator[Command]:
    for lifecycle in access.desk().rules.lifecycles.declared:
        name = label(lifecycle.labels, lifecycle.category)
        yield Command(
            id=f"take_over/{lifecycle.category}",
            group=_("Imported history"),
            label=_("Take over as {category}").format(category=name),
            run=partial(acting.recategorise, sheet.ticket, lifecycle.category),
        )


def _of_offer(sheet: Sheet, role: Role, offer: ActionOffer, *, key: str = "") -> Command:
    states = [label(sheet.lifecycle.states[state].labels, state) for state in offer.to_states]
    reason = sentence(offer.reason) if offer.reason else ""
    return Command(
        id=f"{role.value}/{offer.trigger}",
        group=_group(role),
        label=_(offer.label),
        run=partial(calling.begin, sheet, role, (offer.trigger,)),
        leads_to="" if is_stay(offer, sheet) else " / ".join(states),
        reason=reason[:1].upper() + reason[1:],
        key=key,
    )


def _group(role: Role) -> str:
    match role:
        case Role.BUYER:
            return _("Record what the buyer did")
        case Role.PLATFORM_AGENT:
            return _("Record what the platform did")
        case _:
            return _("Your actions")
