"""What of a case is shown to the platform: values for JSON and for the page, without a line that is internal.

Left out are internal notes, who works on the ticket, priorities, tags and spent clocks; buyers are named by their role.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from data.beside import MergedClaim, MergedEvidence, MergedMessage
from workflow.lifecycle import Lifecycles
from workflow.records import Case, Claim, Evidence, Message, Money, Posting
from workflow.tickets import Event
from workflow.vocabulary import EventKind, Language, Role

TOLD = frozenset(
    {EventKind.OPENED, EventKind.TRANSITION, EventKind.FORCED, EventKind.CATEGORISED, EventKind.CORRECTION}
)
ROLES = {
    Role.BUYER: "Buyer",
    Role.SELLER_AGENT: "Seller",
    Role.PLATFORM_AGENT: "Platform",
    Role.SYSTEM_TIMER: "Clock",
    Role.SYSTEM_SYNC: "Marketplace",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of the log: in which ticket, when, who, and what was said or done."""

    number: int
    at: datetime
    who: str
    channel: str
    text: str
    is_message: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Merged:
    """What tickets that were merged into the case's ticket hold."""

    messages: tuple[MergedMessage, ...] = ()
    evidence: tuple[MergedEvidence, ...] = ()
    claims: tuple[MergedClaim, ...] = ()


def log_of(case: Case, merged: Merged, events: Sequence[Event], lifecycles: Lifecycles) -> tuple[Line, ...]:
    """Public messages, also of merged tickets, and steps of the case in the order in which they were true."""
    number = case.ticket.number
    said = [(number, message) for message in case.messages]
    said += [(item.number, item.message) for item in merged.messages]
    lines = [(message.sent_at, 1, _said(message, place)) for place, message in said if message.is_public]
    lines += [(event.occurred_at, 0, _done(event, number, lifecycles)) for event in events if _is_told(event)]
    return tuple(line for _at, _order, line in sorted(lines, key=lambda item: item[:2]))


def evidence_of(case: Case, merged: Merged) -> tuple[tuple[int, Evidence], ...]:
    """Every file with the number of its ticket, those of merged tickets last."""
    own = [(case.ticket.number, item) for item in case.evidence]
    return (*own, *((item.number, item.evidence) for item in merged.evidence))


def claims_of(case: Case, merged: Merged) -> tuple[tuple[int, Claim], ...]:
    """Every claim with the number of its ticket, those of merged tickets last."""
    own = [(case.ticket.number, claim) for claim in case.claims]
    return (*own, *((item.number, item.claim) for item in merged.claims))


def document_of(  # noqa: PLR0913, PLR0917 - one document has this many parts
    case: Case,
    merged: Merged,
    log: Iterable[Line],
    names: Mapping[str, str],
    lifecycles: Lifecycles,
    made_at: datetime,
) -> dict[str, Any]:
    """The case as JSON values; instants are ISO 8601 in UTC; `names` gives the file of each piece of evidence."""
    ticket = case.ticket
    lifecycle = lifecycles.version(ticket.category, ticket.lifecycle_version)
    claims = claims_of(case, merged)
    references = {claim.id: claim.external_ref for _number, claim in claims}
    return {
        "format": "marketdesk-case/1",
        "made_at": _instant(made_at),
        "is_synthetic": ticket.is_synthetic,
        "ticket": {
            "number": ticket.number,
            "category": ticket.category,
            "category_name": lifecycle.labels.get(Language.EN, ticket.category),
            "state": ticket.state,
            "state_name": lifecycle.states[ticket.state].labels.get(Language.EN, ticket.state),
            "channel": ticket.channel.value,
            "opened_at": _instant(ticket.opened_at),
            "resolution_reason": ticket.resolution_reason,
        },
        "order": {
            "number": case.order.number if case.order else "",
            "ordered_at": _instant(case.order.ordered_at) if case.order else None,
            "product_id": ticket.product_id,
            "product_name": case.product.name if case.product else "",
        },
        "posting": _posting(case.posting) if case.posting else None,
        "claims": [_claim(claim, number) for number, claim in claims],
        "log": [
            {
                "ticket_number": line.number,
                "at": _instant(line.at),
                "who": line.who,
                "channel": line.channel,
                "text": line.text,
                "is_message": line.is_message,
            }
            for line in log
        ],
        "evidence": [
            _evidence(item, number, names[item.id], references.get(item.claim_id, ""))
            for number, item in evidence_of(case, merged)
        ],
    }


def local(at: str | None, zone: str) -> str:
    """An instant of the document on the clock of `zone`, with its offset."""
    if not at:
        return ""
    there = datetime.fromisoformat(at).astimezone(ZoneInfo(zone))
    return f"{there:%Y-%m-%d %H:%M:%S} {there:%z}"


def _is_told(event: Event) -> bool:
    is_said = bool(event.payload.get("message_ids"))
    return event.kind in TOLD and (event.is_visit or not is_said)


def _said(message: Message, number: int) -> Line:
    return Line(
        number=number,
        at=message.sent_at,
        who=ROLES[message.author_role],
        channel=message.channel.value,
        text=message.text,
        is_message=True,
    )


def _done(event: Event, number: int, lifecycles: Lifecycles) -> Line:
    lifecycle = lifecycles.version(event.category, event.lifecycle_version)
    known = {row.trigger for row in lifecycle.transitions}
    what = lifecycle.label_of(event.name) if event.name in known else event.name.replace("_", " ").capitalize()
    state = lifecycle.states[event.to_state].labels.get(Language.EN, event.to_state) if event.is_visit else ""
    shown = f" (reference {event.reference})" if event.reference else ""
    text = f"{what}{shown}: {state}" if state else f"{what}{shown}"
    recorded = ", recorded by the seller" if event.is_recorded_by_person else ""
    who = f"{ROLES[event.actor_role]}{recorded}"
    return Line(number=number, at=event.occurred_at, who=who, channel="", text=text, is_message=False)


def _posting(posting: Posting) -> dict[str, Any]:
    return {
        "number": posting.number,
        "scheme": posting.scheme.value,
        "status": posting.status,
        "status_changed_at": _instant(posting.status_changed_at),
        "carrier": posting.carrier,
        "tracking_number": posting.tracking_number,
        "shipped_at": _instant(posting.shipped_at),
        "promised_at": _instant(posting.promised_at),
        "original_promised_at": _instant(posting.original_promised_at),
        "delivered_at": _instant(posting.delivered_at),
    }


def _claim(claim: Claim, number: int) -> dict[str, Any]:
    return {
        "ticket_number": number,
        "kind": claim.kind,
        "external_ref": claim.external_ref,
        "status": claim.status,
        "reason_code": claim.reason_code,
        "is_defect": claim.is_defect,
        "filed_at": _instant(claim.filed_at),
        "amount": _money(claim.amount),
    }


def _evidence(item: Evidence, number: int, file: str, claim: str) -> dict[str, Any]:
    return {
        "ticket_number": number,
        "file": file,
        "kind": item.kind.value,
        "media_type": item.media_type,
        "size_bytes": item.size_bytes,
        "sha256": item.content_hash,
        "added_by": ROLES[item.added_by_role],
        "added_at": _instant(item.added_at),
        "claim": claim,
    }


def _instant(at: datetime | None) -> str | None:
    return at.replace(tzinfo=UTC).isoformat() if at else None


def _money(amount: Money | None) -> str | None:
    return f"{amount.amount} {amount.currency}" if amount else None
