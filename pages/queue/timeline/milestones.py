"""What the order's records say has happened, for the stream: ordered, shipped, promised, delivered, claimed.

The desk's log does not hold these: they are read from the order, its parcels and the claims as they are known now.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pages.shared import formats, words
from pages.shared.texts import _, counted
from workflow.facts import DELIVERED, days_late
from workflow.records import Case, Claim, Posting
from workflow.tickets import Event
from workflow.vocabulary import EventKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Milestone:
    """Something of the order: when it was so, what, of which order, parcel or claim, and more of it."""

    at: datetime
    what: str
    of: str
    detail: str = ""


def milestones(case: Case, events: Sequence[Event], zone: str, now: datetime) -> tuple[Milestone, ...]:
    """What has happened up to `now`, the earliest first; a claim that the log tells of just then is left to it."""
    told = {
        (event.payload.get("claim_id"), event.occurred_at) for event in events if event.kind is EventKind.CLAIM_RECORDED
    }
    found = [
        *_of_order(case),
        *(item for parcel in (case.posting, case.exchange_posting) if parcel for item in _of_parcel(parcel, zone)),
        *(_of_claim(claim) for claim in case.claims if (claim.id, claim.filed_at) not in told),
    ]
    return tuple(sorted((item for item in found if item.at <= now), key=lambda item: item.at))


def _of_order(case: Case) -> Iterator[Milestone]:
    if case.order:
        yield Milestone(
            at=case.order.ordered_at, what=_("Ordered"), of=_("Order {number}").format(number=case.order.number)
        )


def _of_parcel(parcel: Posting, zone: str) -> Iterator[Milestone]:
    of = _("Parcel {number}").format(number=parcel.number)
    is_there = parcel.delivered_at is not None
    if parcel.shipped_at:
        way = " · ".join(filter(None, (parcel.carrier, parcel.tracking_number, parcel.warehouse)))
        yield Milestone(at=parcel.shipped_at, what=_("Shipped"), of=of, detail=way)
    first, last = parcel.original_promised_at, parcel.promised_at
    if first and last and first != last:
        moved = _("put off to {day}").format(day=formats.day(last, zone))
        yield Milestone(at=first, what=_("First promised delivery date"), of=of, detail=moved)
    if last:
        yield Milestone(at=last, what=_("Promised delivery date"), of=of)
    if parcel.delivered_at:
        late = days_late(parcel, parcel.delivered_at)
        detail = counted("{count} day late", "{count} days late", late) if late else ""
        yield Milestone(at=parcel.delivered_at, what=_("Delivered"), of=of, detail=detail)
    if not (parcel.status == DELIVERED and is_there) and parcel.status_changed_at != parcel.shipped_at:
        status = _("Status of the parcel: {status}").format(status=words.parcel_status(parcel.status))
        yield Milestone(at=parcel.status_changed_at, what=status, of=of)


def _of_claim(claim: Claim) -> Milestone:
    what = _("{claim} filed").format(claim=words.CLAIMS[claim.kind])
    return Milestone(at=claim.filed_at, what=what, of=claim.external_ref, detail=words.claim_reason(claim.reason_code))
