"""The order beside a ticket: what was bought, how it travels, what was promised and what came of it."""

from datetime import datetime, timedelta

import streamlit as st

from pages.queue import parcel
from pages.queue.sheet import Sheet
from pages.shared import words
from pages.shared.formats import NO_DATA, day, instant, money, plain
from pages.shared.texts import _, counted
from workflow.records import Posting


def order_card(sheet: Sheet) -> None:
    """Draw it."""
    case = sheet.case
    with st.container(border=True, key="queue_order"):
        st.markdown(f"**{_('Order')}**")
        if not (case.order or case.posting or case.product):
            st.caption(_("No order is known for this contact."))
            return
        if case.product:
            st.text(case.product.name)
            st.caption(f"SKU {plain(case.product.id)} · {money(case.product.price)}")
        facts: list[tuple[str, str]] = []
        if case.order:
            facts.append((_("Order"), plain(case.order.number)))
            facts.append((_("Ordered"), instant(case.order.ordered_at, sheet.zone)))
        if case.posting:
            facts += _of_posting(case.posting, sheet)
        for claim in case.claims:
            facts.append((_("Claim"), f"{plain(claim.external_ref)}, {plain(claim.status)}"))
        with st.container(gap="xxsmall"):
            _table(facts)
        if parcel.parcels(sheet):
            st.button(
                _("Update the parcel"),
                icon=":material/local_shipping:",
                key=sheet.key("queue_parcel"),
                on_click=parcel.begin,
                args=(sheet.ticket.id,),
            )


def _of_posting(posting: Posting, sheet: Sheet) -> list[tuple[str, str]]:
    tracking = f"{plain(posting.tracking_number)}" if posting.tracking_number else NO_DATA
    facts = [
        (_("Parcel"), f"{plain(posting.number)} · {posting.scheme.value}"),
        (_("Status"), plain(words.parcel_status(posting.status))),
        (_("Tracking"), f"{tracking}{f' · {plain(posting.carrier)}' if posting.carrier else ''}"),
    ]
    if posting.promised_at:
        facts.append((_("Promised"), _promise(posting, sheet.zone)))
    if posting.delivered_at:
        facts.append((_("Delivered"), day(posting.delivered_at, sheet.zone)))
    late = lateness(posting, sheet.now)
    if late:
        facts.append((_("Late"), f":red[**{counted('{count} day', '{count} days', late)}**]"))
    elif posting.promised_at:
        facts.append((_("Late"), _("No")))
    return facts


def _promise(posting: Posting, zone: str) -> str:
    assert posting.promised_at is not None  # noqa: S101 - the caller looked
    now_promised = day(posting.promised_at, zone)
    if posting.original_promised_at and posting.original_promised_at != posting.promised_at:
        return _("{date}, first {original}").format(date=now_promised, original=day(posting.original_promised_at, zone))
    return now_promised


def lateness(posting: Posting, now: datetime) -> int:
    """Whole days by which the parcel is, or was, later than first promised; a day begun counts."""
    promised = posting.original_promised_at or posting.promised_at
    if promised is None:
        return 0
    late = (posting.delivered_at or now) - promised
    return max(0, -(-late // timedelta(days=1)))


def _table(facts: list[tuple[str, str]]) -> None:
    for name, value in facts:
        left, right = st.columns([1, 2], gap="small", wrap=False)
        left.caption(name)
        right.markdown(value)
