"""What a story leads to: the contact that opens it, a second contact, a linked case, a second parcel. Values only."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from data.demo.answers import opening
from data.demo.files import files_for
from data.demo.plots import QUALITY, RETURN, Plot
from workflow.contacts import Contact
from workflow.records import Posting
from workflow.vocabulary import Channel, LinkKind, Priority

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
_SHOWS_AT_ONCE = 0.55  # the share of quality contacts that bring pictures
_PRIORITIES = (*(Priority.NORMAL,) * 11, Priority.LOW, Priority.HIGH, Priority.HIGH)


def contact_of(plot: Plot) -> Contact:
    """The contact as it reaches the desk."""
    shows = plot.category == QUALITY and plot.channel is not Channel.PHONE and plot.random.random() < _SHOWS_AT_ONCE
    return Contact(
        category=plot.opened_as,
        channel=plot.channel,
        text=opening(plot),
        seller_id=plot.goods.seller.id,
        buyer_key=plot.buyer.key,
        language=plot.language,
        priority=plot.random.choice(_PRIORITIES),
        order_id=plot.order.id,
        posting_number=plot.posting.number,
        product_id=plot.goods.product.id,
        team_id=plot.goods.seller.team_id,
        files=tuple(files_for("photo", plot)) if shows else (),
        occurred_at=plot.contact_at,
        linked_to=plot.linked_to,
        link_kind=plot.link_kind,
        is_synthetic=True,
    )


def second_contact(plot: Plot, kind: LinkKind, at: datetime) -> Plot:
    """The same buyer writes once more about the same order: by telephone at once, or after the reopening window."""
    return replace(
        plot,
        random=Random(f"{plot.ticket_id}/{kind.value}"),
        channel=Channel.PHONE if kind is LinkKind.RELATED_TO else plot.channel,
        contact_at=at,
        written_at=at,
        parcels=(),
        is_ignored=False,
        linked_to=plot.ticket_id,
        link_kind=kind,
        ticket_id="",
        is_child=False,
        said=set(),
        done=set(),
    )


def after_sales_case(parent: Plot, ticket_id: str) -> Plot:
    """The case that another ticket has opened goes on with its story."""
    return replace(
        parent,
        random=Random(f"{ticket_id}/case"),
        category=RETURN,
        opened_as=RETURN,
        ticket_id=ticket_id,
        linked_to=parent.ticket_id,
        is_child=True,
        is_ignored=False,
        parcels=(),
        said=set(),
        done=set(parent.done),
    )


def replacement(plot: Plot, at: datetime) -> tuple[Posting, Posting]:
    """The exchange is a second parcel of the order: on its way, and delivered."""
    shipped_at, arrives_at = at + 8 * _HOUR, at + _DAY * plot.random.uniform(2, 8)
    parcel = replace(
        plot.posting,
        number=f"{plot.order.number}-2",
        status="delivering",
        status_changed_at=shipped_at,
        tracking_number=f"{plot.posting.tracking_number}R",
        shipped_at=shipped_at,
        promised_at=at + 6 * _DAY,
        original_promised_at=at + 6 * _DAY,
        delivered_at=None,
    )
    return parcel, replace(parcel, status="delivered", status_changed_at=arrives_at, delivered_at=arrives_at)
