"""Facts are what was true at an instant: what came later is not seen, what is unknown is not proven."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.workflow.builders import DAY, HOUR, NOW, built_in, delivered, posting, world
from workflow.facts import Facts, Shown, days_late, facts_at, item_holder, policy_context
from workflow.policies import PolicyBook
from workflow.records import Case, Claim, Evidence, LinkedTicket, Message, Money, OrderItem, Posting
from workflow.tickets import SYNC
from workflow.vocabulary import Channel, EvidenceKind, LinkKind, Role, Scheme, StateKind

POLICIES = PolicyBook(built_in()[1])
WORLD = world()
CASE = WORLD.desk.case(WORLD.open(at=NOW - HOUR).id)
BARE = Case(ticket=CASE.ticket)
TICK = timedelta(microseconds=1)


def said(role: Role, at: datetime = NOW, *, is_public: bool = True) -> Message:
    return Message(
        id="m",
        ticket_id="t",
        author_role=role,
        author_id="a",
        channel=Channel.CHAT_APP,
        is_public=is_public,
        text="...",
        sent_at=at,
        recorded_at=at,
    )


def facts(at: datetime = NOW, **changes: Any) -> Facts:
    return facts_at(replace(CASE, **changes), at, POLICIES)


def test_what_is_unknown_is_not_proven():
    known = facts_at(BARE, NOW, POLICIES)
    assert known == Facts(at=NOW, context={"category": "logistics_delay", "channel": "chat_app"})


def test_a_case_in_full():
    known = facts(posting=delivered(days_ago=2))
    assert (known.message_count, known.last_buyer_message_at, known.is_answered) == (1, NOW - HOUR, False)
    assert (known.scheme, known.is_posting_known, known.posting_status) == (Scheme.RFBS, True, "delivered")
    assert (known.status_changed_at, known.delivered_at) == (NOW - 2 * DAY, NOW - 2 * DAY)
    assert (known.has_tracking_number, known.promised_at) == (True, NOW - DAY)
    assert (known.return_window_ends_at, known.warranty_ends_at) == (NOW + 5 * DAY, NOW + 363 * DAY)
    assert (known.price, known.stock_count, known.is_remote_diagnosable) == (
        Money(amount=Decimal("1990.00"), currency="RUB"),
        5,
        False,
    )


def test_what_a_buyer_tells_only_the_platform_is_no_message_to_the_seller():
    told = said(Role.BUYER, is_public=False)
    known = facts_at(replace(CASE, messages=(told,)), NOW, POLICIES)
    assert (known.message_count, known.last_buyer_message_at) == (1, None)


@pytest.mark.parametrize(
    ("at", "is_inclusive", "is_seen"),
    [
        (NOW, True, True),
        (NOW, False, False),
        (NOW + TICK, False, True),
        (NOW - TICK, True, False),
    ],
)
def test_a_record_counts_from_its_instant_on_and_for_a_timer_only_after_it(at, is_inclusive, is_seen):
    shown = Evidence(
        id="e",
        ticket_id="t",
        kind=EvidenceKind.PHOTO,
        content_hash="0",
        size_bytes=1,
        media_type="image/png",
        file_name="a.png",
        added_by_role=Role.BUYER,
        added_by_id="b",
        added_at=NOW,
    )
    link = LinkedTicket(
        id="l",
        number=2,
        kind=LinkKind.RELATED_TO,
        is_child=False,
        category="after_sales",
        state="new",
        state_kind=StateKind.OPEN,
        linked_at=NOW,
    )
    case = replace(
        CASE,
        messages=(said(Role.SELLER_AGENT), said(Role.BUYER)),
        evidence=(shown,),
        links=(link,),
        posting=posting(status="delivered", status_changed_at=NOW, delivered_at=NOW),
        exchange_posting=posting(status="delivered", status_changed_at=NOW),
    )
    known = facts_at(case, at, POLICIES, is_inclusive=is_inclusive)
    assert (known.message_count, known.is_answered, known.last_buyer_message_at) == (
        (2, True, NOW) if is_seen else (0, False, None)
    )
    assert known.evidence == ((Shown(kind=EvidenceKind.PHOTO, by_role=Role.BUYER, added_at=NOW),) if is_seen else ())
    assert known.links == ((link,) if is_seen else ())
    assert (known.posting_status, known.status_changed_at) == (("delivered", NOW) if is_seen else ("", None))
    assert known.delivered_at == (NOW if is_seen else None)
    assert known.is_exchange_delivered is is_seen
    assert (known.return_window_ends_at is not None, known.warranty_ends_at is not None) == (is_seen, is_seen)


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({"status": "delivering"}, 120),
        ({"status": "arbitration"}, 120),
        ({"status": "cancelled", "status_changed_at": NOW + 3 * DAY - HOUR}, 3),
        ({"status": "lost", "status_changed_at": NOW + 20 * DAY}, 20),
        ({"status": "cancelled", "status_changed_at": NOW - DAY}, 0),
        ({"status": "delivered", "status_changed_at": NOW + 2 * DAY}, 2),
        ({"status": "lost", "status_changed_at": NOW + 9 * DAY, "delivered_at": NOW + TICK}, 1),
        ({"status": "delivering", "original_promised_at": None}, 118),
        ({"status": "delivering", "original_promised_at": None, "promised_at": None}, 0),
    ],
)
def test_a_parcel_is_late_until_it_is_there_or_will_not_come(changes, days):
    values = {"original_promised_at": NOW, "promised_at": NOW + 2 * DAY, **changes}
    assert days_late(posting(**values), NOW + 120 * DAY) == days


@pytest.mark.parametrize(
    ("message", "is_answered"),
    [
        (said(Role.SELLER_AGENT), True),
        (said(Role.SELLER_AGENT, is_public=False), False),
        (said(Role.PLATFORM_AGENT), False),
        (said(Role.SYSTEM_TIMER), False),
    ],
)
def test_only_a_public_word_of_the_seller_is_an_answer(message, is_answered):
    assert facts(messages=(message,)).is_answered is is_answered


@pytest.mark.parametrize(
    ("changes", "delivered_at"),
    [
        ({"status": "delivered", "status_changed_at": NOW - DAY, "delivered_at": NOW - 2 * DAY}, NOW - 2 * DAY),
        ({"status": "delivered", "status_changed_at": NOW - DAY}, NOW - DAY),
        ({"status": "arbitration", "status_changed_at": NOW - DAY, "delivered_at": NOW - 2 * DAY}, NOW - 2 * DAY),
        ({"status": "delivering", "status_changed_at": NOW - DAY}, None),
    ],
)
def test_a_delivery_is_dated_by_the_marketplace_or_by_its_status(changes, delivered_at):
    assert facts(posting=posting(**changes)).delivered_at == delivered_at


def test_a_posting_without_a_number_or_a_date():
    known = facts(posting=posting(tracking_number="", promised_at=None))
    assert (known.has_tracking_number, known.promised_at) == (False, None)


@pytest.mark.parametrize(
    ("parcel", "category", "days"),
    [
        (delivered(), "appliances", 7),
        (replace(delivered(), is_cross_border=True), "appliances", 15),
        (replace(delivered(), is_cross_border=True), "food", 1),
        (replace(delivered(), is_cross_border=False), "food", 7),
    ],
)
def test_the_return_window_follows_the_order(parcel: Posting, category: str, days: int):
    assert CASE.product
    product = replace(CASE.product, product_category=category)
    assert facts(posting=parcel, product=product).return_window_ends_at == NOW - 2 * DAY + days * DAY


@pytest.mark.parametrize(
    ("warranty_days", "is_complex", "is_cross_border", "days"),
    [
        (30, False, False, 30),
        (0, False, False, 0),
        (None, False, False, 730),
        (None, True, True, 365),
        (14, True, True, 14),
    ],
)
def test_a_warranty_is_the_products_own_or_the_laws(warranty_days, is_complex, is_cross_border, days):
    assert CASE.product
    product = replace(CASE.product, warranty_days=warranty_days, is_technically_complex=is_complex)
    parcel = replace(delivered(), is_cross_border=is_cross_border)
    assert facts(posting=parcel, product=product).warranty_ends_at == NOW - 2 * DAY + days * DAY


def test_a_warranty_without_a_product_is_the_laws():
    assert facts(posting=delivered(), product=None).warranty_ends_at == NOW - 2 * DAY + 730 * DAY


def test_a_product_may_be_diagnosed_from_afar():
    assert CASE.product
    assert facts(product=replace(CASE.product, is_remote_diagnosable=True)).is_remote_diagnosable


def rubles(text: str) -> Money:
    return Money(amount=Decimal(text), currency="RUB")


@pytest.mark.parametrize(
    ("items", "price"),
    [
        ((OrderItem(product_id="sku-1", quantity=2, price=rubles("10.50")),), rubles("21.00")),
        (
            (
                OrderItem(product_id="sku-1", quantity=1, price=rubles("10.00")),
                OrderItem(product_id="sku-2", quantity=1, price=rubles("99.00")),
            ),
            rubles("10.00"),
        ),
        (
            (
                OrderItem(product_id="sku-3", quantity=1, price=rubles("10.00")),
                OrderItem(product_id="sku-2", quantity=1, price=rubles("99.00")),
            ),
            rubles("109.00"),
        ),
        (
            (
                OrderItem(product_id="sku-3", quantity=1, price=rubles("10.00")),
                OrderItem(product_id="sku-2", quantity=1, price=Money(amount=Decimal(9), currency="CNY")),
            ),
            rubles("1990.00"),
        ),
        ((), rubles("1990.00")),
    ],
)
def test_the_price_is_what_the_buyer_paid_for_the_item(items, price):
    assert CASE.order
    assert facts(order=replace(CASE.order, items=items)).price == price


def test_the_price_of_the_product_stands_in_and_may_be_unknown():
    assert facts(order=None).price == rubles("1990.00")
    assert facts(order=None, product=None).price is None


def claim(*, is_defect: bool, filed_at: datetime = NOW) -> Claim:
    return Claim(
        id="c",
        ticket_id="t",
        kind="return",
        external_ref="r",
        status="OnSellerApproval",
        reason_code="x",
        is_defect=is_defect,
        filed_at=filed_at,
    )


def test_policies_are_matched_on_what_is_known():
    case = replace(CASE, claims=(claim(is_defect=False), claim(is_defect=True, filed_at=NOW + HOUR)))
    assert policy_context(case, NOW) == {
        "category": "logistics_delay",
        "channel": "chat_app",
        "scheme": "rFBS",
        "is_cross_border": False,
        "product_category": "appliances",
        "is_technically_complex": False,
        "is_defect": False,
    }
    assert policy_context(case, NOW + HOUR)["is_defect"] is True


@pytest.mark.parametrize(
    ("flags", "holder"),
    [((), "buyer"), (("item_in_transit",), "carrier"), (("item_with_seller",), "seller")],
)
def test_where_the_item_is(flags, holder):
    assert item_holder(replace(CASE.ticket, flags=frozenset(flags))) == holder


def test_an_opening_tells_the_scheme_that_the_parcel_had_then():
    it = world()
    known, unknown = it.open(), it.open(posting_number="")
    it.desk.record_posting(posting(scheme=Scheme.FBO), actor=SYNC, now=NOW + HOUR)
    told = [it.store.events_of(ticket.id)[0].payload["scheme"] for ticket in (known, unknown, it.open(at=NOW + HOUR))]
    assert told == ["rFBS", "", "FBO"]
