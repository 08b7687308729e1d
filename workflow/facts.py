"""Everything that a guard may look at, as of one instant. Built from the records; owns no rule about actions."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from workflow.claim_windows import claim_windows
from workflow.policies import Context, PolicyBook
from workflow.records import Case, Evidence, LinkedTicket, Money, Posting, Product
from workflow.tickets import Ticket
from workflow.vocabulary import EvidenceKind, Role, Scheme

DELIVERED = "delivered"
ENDED_ON_THE_WAY = frozenset({"cancelled", "lost"})  # no delivery comes any more; since when, the status says
Seen: TypeAlias = Callable[[datetime | None], datetime | None]  # the instant, if it had come
_NO_CONTEXT: Context = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A kind of evidence, whose it is and when it was added."""

    kind: EvidenceKind
    by_role: Role
    added_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What was true of a ticket at `at`. Absent means unknown, and unknown never counts as proven."""

    at: datetime
    message_count: int = 0
    last_buyer_message_at: datetime | None = None
    is_answered: bool = False
    scheme: Scheme | None = None
    is_posting_known: bool = False
    posting_status: str = ""
    status_changed_at: datetime | None = None
    delivered_at: datetime | None = None
    has_tracking_number: bool = False
    promised_at: datetime | None = None
    return_window_ends_at: datetime | None = None
    warranty_ends_at: datetime | None = None
    is_exchange_delivered: bool = False
    price: Money | None = None
    stock_count: int = 0
    is_remote_diagnosable: bool = False
    evidence: tuple[Shown, ...] = ()
    links: tuple[LinkedTicket, ...] = ()
    context: Context = field(default_factory=lambda: _NO_CONTEXT)  # what policy rows are matched on


def facts_at(case: Case, at: datetime, policies: PolicyBook, *, is_inclusive: bool = True) -> Facts:
    """Judge the records of `case` as of `at`; a record of that very instant counts only if `is_inclusive`."""

    def seen(instant: datetime | None) -> datetime | None:
        is_past = instant is not None and (instant <= at if is_inclusive else instant < at)
        return instant if is_past else None

    messages = [message for message in case.messages if seen(message.sent_at)]
    from_buyer = [item.sent_at for item in messages if item.is_public and item.author_role is Role.BUYER]
    product = case.product
    facts = Facts(
        at=at,
        message_count=len(messages),
        last_buyer_message_at=max(from_buyer, default=None),
        is_answered=any(item.is_public and item.author_role is Role.SELLER_AGENT for item in messages),
        is_exchange_delivered=seen(_delivered_at(case.exchange_posting)) is not None,
        price=_price(case),
        stock_count=product.stock_count if product else 0,
        is_remote_diagnosable=product is not None and product.is_remote_diagnosable,
        evidence=tuple(_shown(item) for item in case.evidence if seen(item.added_at)),
        links=tuple(link for link in case.links if seen(link.linked_at)),
        context=policy_context(case, at),
    )
    return _with_posting(facts, case.posting, product, seen, policies) if case.posting else facts


def policy_context(case: Case, at: datetime) -> Context:
    """What the dated policy rows are matched on, beside the ticket's flags: category, delivery, product and claim."""
    context: dict[str, str | bool] = {
        "category": case.ticket.category,
        "channel": case.ticket.channel.value,
    }
    if case.posting is not None:
        context["scheme"] = case.posting.scheme.value
        context["is_cross_border"] = case.posting.is_cross_border
    if case.product is not None:
        context["product_category"] = case.product.product_category
        context["is_technically_complex"] = case.product.is_technically_complex
    claims = [claim for claim in case.claims if claim.filed_at <= at]
    if claims:
        context["is_defect"] = any(claim.is_defect for claim in claims)
    return context


def days_late(posting: Posting, at: datetime) -> int:
    """Whole days by which the parcel is at `at`, or was, later than first promised; a day begun counts.

    It is late no longer than until it is there, or until it is known that it will not come (`ENDED_ON_THE_WAY`).
    """
    promised_at = posting.original_promised_at or posting.promised_at
    if promised_at is None:
        return 0
    gave_up_at = posting.status_changed_at if posting.status in ENDED_ON_THE_WAY else None
    late = (_delivered_at(posting) or gave_up_at or at) - promised_at
    return max(0, -(-late // timedelta(days=1)))


def item_holder(ticket: Ticket) -> str:
    """Where the claimed item is, as the rows of the ticket's table have said so: seller, carrier or buyer."""
    if "item_with_seller" in ticket.flags:
        return "seller"
    return "carrier" if "item_in_transit" in ticket.flags else "buyer"


def _with_posting(facts: Facts, posting: Posting, product: Product | None, seen: Seen, policies: PolicyBook) -> Facts:
    changed_at = seen(posting.status_changed_at)
    return replace(
        facts,
        scheme=posting.scheme,
        is_posting_known=True,
        posting_status=posting.status if changed_at else "",
        status_changed_at=changed_at,
        has_tracking_number=bool(posting.tracking_number),
        promised_at=posting.promised_at,
        **_deliveries(seen(_delivered_at(posting)), product, policies, facts.context),
    )


def _shown(item: Evidence) -> Shown:
    return Shown(kind=item.kind, by_role=item.added_by_role, added_at=item.added_at)


def _delivered_at(posting: Posting | None) -> datetime | None:
    if posting is None or posting.delivered_at is not None:
        return posting.delivered_at if posting else None
    return posting.status_changed_at if posting.status == DELIVERED else None


def _price(case: Case) -> Money | None:
    items = case.order.items if case.order else ()
    mine = [item for item in items if item.product_id == case.ticket.product_id] or list(items)
    if len({item.price.currency for item in mine}) == 1:
        total = sum((item.price.amount * item.quantity for item in mine), Decimal(0))
        return Money(amount=total, currency=mine[0].price.currency)
    return case.product.price if case.product else None


def _deliveries(
    delivered_at: datetime | None, product: Product | None, policies: PolicyBook, context: Context
) -> dict[str, datetime | None]:
    """The delivery and the windows that it opens, by the policy rows of that day; nothing before it."""
    if delivered_at is None:
        return {}
    returned, guaranteed = claim_windows(delivered_at, delivered_at, product, policies, context)
    return {
        "delivered_at": delivered_at,
        "return_window_ends_at": returned.ends_at,
        "warranty_ends_at": guaranteed.ends_at,
    }
