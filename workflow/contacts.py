"""A buyer's contact as it reaches the desk, before it is a ticket."""

from dataclasses import dataclass
from datetime import datetime

from workflow.errors import ContactOutOfScopeError
from workflow.evidence import File
from workflow.tickets import Scope
from workflow.vocabulary import Channel, Language, LinkKind, Priority


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """What the buyer said, over which channel, about which order. `occurred_at` None means now.

    `team_id` is whose ticket it becomes: an empty one is no team's, and nobody is told of its clocks.
    `linked_to` is the id of an earlier ticket that this contact continues, in the way that `link_kind` says.
    """

    category: str
    channel: Channel
    text: str
    seller_id: str
    buyer_key: str
    language: Language = Language.RU
    priority: Priority = Priority.NORMAL
    order_id: str = ""
    posting_number: str = ""
    product_id: str = ""
    team_id: str = ""
    assignee_id: str = ""
    tags: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    occurred_at: datetime | None = None
    linked_to: str = ""
    link_kind: LinkKind = LinkKind.FOLLOW_UP_OF
    is_synthetic: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Newcomers:
    """Whom the desk first hears of by a contact, under the ids that the contact names; an empty id is nobody.

    Their names lie in records of their own, apart from the log. `first_seen_at` is naive UTC.
    """

    first_seen_at: datetime
    seller_id: str = ""
    seller_name: str = ""
    buyer_key: str = ""
    buyer_name: str = ""


def refuse_out_of_scope(contact: Contact, scope: Scope) -> None:
    """Nobody opens a ticket that they may not see; `ContactOutOfScopeError` says by what."""
    if not scope.has_seller(contact.seller_id):
        raise ContactOutOfScopeError(what="seller")
    if not scope.has_team(contact.team_id):
        raise ContactOutOfScopeError(what="team")
