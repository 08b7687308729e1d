"""The formal requests that the marketplace keeps beside a ticket, as its interface would report them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Literal

from data.demo.plots import Plot
from workflow.desk import Desk
from workflow.memory import MemoryTicketStore
from workflow.records import Claim, Money
from workflow.tickets import SYNC

_Kind = Literal["return", "cancellation", "dispute"]
_KINDS: Mapping[str, _Kind] = {
    "submit_return_request": "return",
    "request_cancellation": "cancellation",
    "open_dispute": "dispute",
    "transit_dispute": "dispute",
}
_DEFECTS = frozenset({"defect", "damaged", "wrong_item", "incomplete", "warranty", "exchange"})
# What the marketplace calls the state of a claim while the ticket is in ours.
_STATUSES: Mapping[str, str] = {
    "return_requested": "OnSellerApproval",
    "on_clarification": "OnSellerClarification",
    "compensation_offered": "OfferedPartialCompensation",
    "approved": "Approved",
    "return_in_transit": "OnWay",
    "received": "ReceivedBySeller",
    "inspection": "Checkout",
    "rejected": "Rejected",
    "dispute_open": "DisputeOpened",
    "under_investigation": "Arbitration",
    "refund_pending": "ReturnMoneyApproved",
    "withdrawn": "CanceledByBuyer",
    "cancellation_requested": "OnApproval",
}
# Where the ticket is closed: by how it ended.
_ENDS: Mapping[str, str] = {
    "refunded_full": "MoneyReturned",
    "refunded_partial": "PartialCompensationReturned",
    "platform_for_buyer": "MoneyReturned",
    "platform_for_seller": "RejectedByOzon",
    "rejection_undisputed": "CancelledDisputeNotOpen",
    "not_handed_over": "Cancelled",
}


def file_claim(  # noqa: PLR0913, PLR0917 - what happened, to whom and when
    desk: Desk, store: MemoryTicketStore, plot: Plot, trigger: str, claim_id: str, at: datetime
) -> None:
    """Keep the claim that `trigger` has filed, if it files one."""
    kind = _KINDS.get(trigger)
    if kind is None:
        return
    ticket = store.tickets[plot.ticket_id]
    item = plot.order.items[0]
    claim = Claim(
        id=claim_id,
        ticket_id=ticket.id,
        kind=kind,
        external_ref=f"{kind[:3].upper()}-{ticket.number:05d}-{len(store.claims.get(ticket.id, ())) + 1}",
        status=_STATUSES.get(ticket.state, "OnSellerApproval"),
        reason_code=plot.topic,
        is_defect=plot.topic in _DEFECTS,
        filed_at=at,
        auto_approve_at=next(
            (timer.due_at for timer in ticket.timers if timer.trigger.startswith("auto_approve")), None
        ),
        amount=Money(amount=item.price.amount * item.quantity, currency=item.price.currency),
    )
    desk.record_claim(claim, actor=SYNC, now=at)


def report_statuses(store: MemoryTicketStore) -> None:
    """Bring every claim to the status that the marketplace would report at the end."""
    for ticket_id, claims in store.claims.items():
        ticket = store.tickets[ticket_id]
        ended = _ENDS.get(ticket.resolution_reason, "Closed") if ticket.state_kind.is_settled else ""
        status = _STATUSES["withdrawn"] if ticket.state == "withdrawn" else ended or _STATUSES.get(ticket.state)
        store.claims[ticket_id] = [replace(claim, status=status or claim.status) for claim in claims]
