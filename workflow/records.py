"""What lies beside a ticket: messages, evidence, order, posting, product, claims, links. Values only."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from workflow.tickets import Ticket
from workflow.vocabulary import Channel, EvidenceKind, LinkKind, Role, Scheme, StateKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Money:
    """A decimal amount with its ISO 4217 currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What somebody wrote. The only place of text typed by people."""

    id: str
    ticket_id: str
    author_role: Role
    author_id: str
    channel: Channel
    is_public: bool
    text: str
    sent_at: datetime
    recorded_at: datetime

    @property
    def direction(self) -> Literal["in", "out", "internal"]:
        """In from the buyer or the platform, out to the buyer, or internal."""
        if not self.is_public:
            return "internal"
        return "in" if self.author_role in {Role.BUYER, Role.PLATFORM_AGENT} else "out"


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A file that shows something; its bytes lie under its SHA-256 (`content_hash`, hexadecimal)."""

    id: str
    ticket_id: str
    kind: EvidenceKind
    content_hash: str
    size_bytes: int
    media_type: str
    file_name: str
    added_by_role: Role
    added_by_id: str
    added_at: datetime
    claim_id: str = ""  # the claim that it shows something about


@dataclass(frozen=True, kw_only=True, slots=True)
class Product:
    """A seller's product, by the marketplace's SKU (text)."""

    id: str
    name: str
    product_category: str
    price: Money | None = None
    warranty_days: int | None = None
    is_technically_complex: bool = False
    is_remote_diagnosable: bool = False
    stock_count: int = 0
    picture_url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Posting:
    """A parcel of an order: how it travels and what was promised."""

    number: str
    order_id: str
    scheme: Scheme
    status: str
    status_changed_at: datetime
    tracking_number: str = ""
    carrier: str = ""
    warehouse: str = ""
    is_cross_border: bool = False
    shipped_at: datetime | None = None
    promised_at: datetime | None = None
    original_promised_at: datetime | None = None
    delivered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderItem:
    """One position of an order."""

    product_id: str
    quantity: int
    price: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """What the buyer bought, with its marketplace number as text."""

    id: str
    number: str
    seller_id: str
    buyer_key: str
    ordered_at: datetime
    items: tuple[OrderItem, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A formal request that the marketplace keeps: return, cancellation or dispute."""

    id: str
    ticket_id: str
    kind: Literal["return", "cancellation", "dispute"]
    external_ref: str
    status: str
    reason_code: str
    is_defect: bool
    filed_at: datetime
    auto_approve_at: datetime | None = None
    amount: Money | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """`from_ticket_id` is the `kind` of `to_ticket_id`, for example the after-sales case of it."""

    from_ticket_id: str
    to_ticket_id: str
    kind: LinkKind
    linked_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkedTicket:
    """The other end of a link, as far as a rule may look."""

    id: str
    number: int
    kind: LinkKind
    is_child: bool  # the other ticket names this one: it is this one's after-sales case, follow-up, duplicate
    category: str
    state: str
    state_kind: StateKind
    linked_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """The order, parcel and product that a contact names, as far as the desk knows them."""

    order: Order | None = None
    posting: Posting | None = None
    product: Product | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A ticket and everything that lies beside it: what rules judge and a ticket page shows."""

    ticket: Ticket
    messages: tuple[Message, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    claims: tuple[Claim, ...] = ()
    links: tuple[LinkedTicket, ...] = ()
    order: Order | None = None
    posting: Posting | None = None
    exchange_posting: Posting | None = None
    product: Product | None = None
