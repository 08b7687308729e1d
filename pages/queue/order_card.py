"""The order beside a ticket: its numbers, how the parcel travels, the product with its windows, and the money."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

import streamlit as st

from pages.queue import parcel
from pages.queue.sheet import Sheet
from pages.shared import access, definitions, words
from pages.shared.facts.view import Fact, fact_list
from pages.shared.formats import NO_DATA, ago, day, duration, instant, money
from pages.shared.texts import _, counted
from workflow.claim_windows import ClaimWindow, ClaimWindowKind, claim_windows
from workflow.facts import ENDED_ON_THE_WAY, Facts, days_late, facts_at
from workflow.records import Money, OrderItem, Posting, Product
from workflow.tickets import Event

WINDOWS = {ClaimWindowKind.RETURN: _("Return window"), ClaimWindowKind.WARRANTY: _("Warranty")}
DAY_SECONDS = 86_400


def order_card(sheet: Sheet) -> None:
    """Draw it."""
    case = sheet.case
    with st.container(border=True, key="queue_order"):
        st.markdown(f"**{_('Order')}**", help=definitions.tip("", "What stands beside a ticket"))
        if not (case.order or case.posting or case.product):
            st.caption(_("No order is known for this contact."))
            return
        fact_list(tuple(order_facts(sheet)), key="queue_order_facts")
        if parcel.parcels(sheet):
            st.button(
                _("Update the parcel"),
                icon=":material/local_shipping:",
                key=sheet.key("queue_parcel"),
                on_click=parcel.begin,
                args=(sheet.ticket.id,),
            )


def order_facts(sheet: Sheet) -> Iterator[Fact]:
    """Everything that the records hold of the order, in the card's order."""
    case, policies = sheet.case, access.desk().rules.policies
    facts = facts_at(case, sheet.now, policies)
    if case.order:
        yield Fact(name=_("Order"), value=case.order.number, copies=True)
        yield Fact(name=_("Ordered"), value=instant(case.order.ordered_at, sheet.zone))
    if case.posting:
        yield from _of_posting(case.posting, sheet)
    if case.exchange_posting:
        yield Fact(name=_("Exchange parcel"), value="", tone="heading")
        yield from _of_posting(case.exchange_posting, sheet)
    if case.product:
        yield Fact(name=_("Product"), value="", tone="heading")
        yield from _of_product(case.product)
    if case.posting:
        for window in claim_windows(facts.delivered_at, sheet.now, case.product, policies, facts.context):
            yield window_fact(window, sheet.now, sheet.zone)
    if money_facts := tuple(_of_money(sheet, facts)):
        yield Fact(name=_("Money"), value="", tone="heading")
        yield from money_facts


def _of_posting(posting: Posting, sheet: Sheet) -> Iterator[Fact]:
    zone = sheet.zone
    from_abroad = (_("from abroad"),) if posting.is_cross_border else ()
    since = _("since {instant}").format(instant=instant(posting.status_changed_at, zone))
    yield Fact(
        name=_("Parcel"), value=posting.number, note=" · ".join((posting.scheme.value, *from_abroad)), copies=True
    )
    yield Fact(
        name=_("Status"),
        value=words.parcel_status(posting.status),
        note=f"{since} · {ago(posting.status_changed_at, sheet.now)}",
    )
    tracking = posting.tracking_number
    yield Fact(name=_("Tracking"), value=tracking or NO_DATA, note=posting.carrier, copies=bool(tracking))
    if posting.warehouse:
        yield Fact(name=_("Warehouse"), value=posting.warehouse)
    if posting.shipped_at:
        yield Fact(name=_("Shipped"), value=day(posting.shipped_at, zone))
    if posting.promised_at:
        yield Fact(name=_("Promised"), value=day(posting.promised_at, zone), note=_first_promise(posting, zone))
    if posting.delivered_at:
        yield Fact(name=_("Delivered"), value=day(posting.delivered_at, zone))
    late = days_late(posting, sheet.now)
    if late:
        ended = posting.status in ENDED_ON_THE_WAY
        until = _("until {day}: {status}").format(
            day=day(posting.status_changed_at, zone), status=words.parcel_status(posting.status)
        )
        days = counted("{count} day", "{count} days", late)
        yield Fact(name=_("Late"), value=days, note=until if ended else "", tone="alarm")
    elif posting.promised_at:
        yield Fact(name=_("Late"), value=_("No"))


def _first_promise(posting: Posting, zone: str) -> str:
    first = posting.original_promised_at
    if first is None or first == posting.promised_at:
        return ""
    return _("first {date}").format(date=day(first, zone))


def _of_product(product: Product) -> Iterator[Fact]:
    traits = (
        words.capital(product.product_category.replace("_", " ")),
        _("technically complex") if product.is_technically_complex else "",
        _("can be diagnosed from afar") if product.is_remote_diagnosable else "",
    )
    yield Fact(name=_("Name"), value=product.name, note=" · ".join(filter(None, traits)))
    yield Fact(name=_("SKU"), value=product.id, copies=True)
    yield Fact(name=_("In stock"), value=f"{product.stock_count:,}")


def window_fact(window: ClaimWindow, now: datetime, zone: str) -> Fact:
    """A window with what is left of it, and whose rule it is."""
    source = _(window.source) if window.source else _("The product's own warranty")
    length = counted("{count} day", "{count} days", window.budget.days)
    if window.ends_at is None:
        value = _("{days} from the delivery on").format(days=length)
        return Fact(name=WINDOWS[window.kind], value=value, note=source)
    seconds = (window.ends_at - now).total_seconds()
    until = day(window.ends_at, zone, has_year=window.ends_at.year != now.year)
    if seconds > 0:
        left = counted("{count} day left", "{count} days left", int(seconds // DAY_SECONDS))
        value = left if seconds >= DAY_SECONDS else _("{duration} left").format(duration=duration(seconds))
        return Fact(name=WINDOWS[window.kind], value=value, note=_until(until, length, source))
    return Fact(name=WINDOWS[window.kind], value=_("Over since {day}").format(day=until), note=f"{length} · {source}")


def _until(until: str, length: str, source: str) -> str:
    return _("until {day} ({days}) · {source}").format(day=until, days=length, source=source)


def _of_money(sheet: Sheet, facts: Facts) -> Iterator[Fact]:
    case = sheet.case
    bought = [item for item in case.order.items if item.product_id == sheet.ticket.product_id] if case.order else []
    if bought:
        pieces = " + ".join(_piece(item) for item in bought)
        yield Fact(name=_("Paid"), value=money(facts.price), note=pieces)
    if case.product and case.product.price:
        yield Fact(name=_("Price now"), value=money(case.product.price))
    for event in sheet.events:
        if offered := _offered(event):
            at = instant(event.occurred_at, sheet.zone)
            yield Fact(name=_("Offered"), value=_offer(offered, facts.price), note=at)


def _piece(item: OrderItem) -> str:
    count = counted("{count} piece", "{count} pieces", item.quantity)
    return _("{count} at {price}").format(count=count, price=money(item.price))


def _offered(event: Event) -> Money | None:
    given = event.payload.get("inputs", {})
    if "amount" not in given:
        return None
    return Money(amount=Decimal(given["amount"]), currency=given["amount_currency"])


def _offer(offered: Money, price: Money | None) -> str:
    if price is None or not price.amount or price.currency != offered.currency:
        return money(offered)
    percent = round(100 * offered.amount / price.amount)
    return _("{amount}, {percent} % of the price").format(amount=money(offered), percent=percent)
