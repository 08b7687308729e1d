"""The order and the claims beside a ticket: everything that the records hold, as text, with its days left."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from desk_builders import ANNA, PNG, numbered, order, posting, product

from pages.queue.order_card import window_fact
from workflow.claim_windows import ClaimWindow, ClaimWindowKind
from workflow.evidence import File
from workflow.records import Claim, Money, OrderItem
from workflow.tickets import SYNC

NOON = datetime(2026, 11, 20, 12, 0)
RUBLES = "\N{NO-BREAK SPACE}RUB"


def facts_on(page, card):
    """Name to value, note, and whether it may be copied; headings have no value."""
    components = [item for item in page.get("bidi_component") if "facts" in item.proto.component_name]
    lists = [json.loads(item.proto.json)["facts"] for item in components]
    (shown,) = [facts for facts in lists if any(fact["name"] == card for fact in facts)]
    return {fact["name"]: (fact["value"], fact["note"], bool(fact["copy"])) for fact in shown}


def claim(ticket, now, **changes):
    known = Claim(
        id="00000000-0000-4000-8000-000000000002",
        ticket_id=ticket.id,
        kind="return",
        external_ref="RET-*1*",
        status="OnSellerApproval",
        reason_code="not_as_described",
        is_defect=True,
        filed_at=now - timedelta(hours=21),
        auto_approve_at=now + timedelta(hours=3, minutes=1),
        amount=Money(amount=Decimal("4990.00"), currency="RUB"),
    )
    return replace(known, **changes)


@pytest.fixture
def delivered(desk, now):
    parcel = replace(
        posting(now),
        status="delivered",
        status_changed_at=now - timedelta(days=2),
        delivered_at=now - timedelta(days=2),
        warehouse="WH-2 *River*",
        is_cross_border=True,
    )
    piece = OrderItem(product_id="p1", quantity=2, price=Money(amount=Decimal("4800.00"), currency="RUB"))
    bought = replace(order(now), items=(piece,))
    desk.store.save_order(bought, [parcel], [replace(product(), is_technically_complex=True)])
    return desk


def test_the_order_is_told_from_its_number_to_what_was_paid(delivered, visit):
    shown = facts_on(visit("queue", ticket="2"), "Order")
    assert {name: shown[name] for name in ("Order", "Parcel", "Tracking", "SKU")} == {
        "Order": ("40001-0001", "", True),
        "Parcel": ("40001-0001-1", "rFBS · from abroad", True),
        "Tracking": ("RR123456789CN", "CDEK", True),
        "SKU": ("p1", "", True),
    }
    assert shown["Status"][0] == "Delivered"
    assert shown["Status"][1].startswith("since ")
    assert shown["Status"][1].endswith(" · 2 d ago")
    assert shown["Warehouse"] == ("WH-2 *River*", "", False)
    assert shown["Name"] == ("Wireless headphones N7", "Electronics · technically complex", False)
    assert shown["In stock"] == ("3", "", False)
    assert shown["Paid"] == (f"9,600.00{RUBLES}", f"2 pieces at 4,800.00{RUBLES}", False)
    assert shown["Price now"] == (f"4,990.00{RUBLES}", "", False)
    assert shown["Late"] == ("3 days", "", False)


def test_the_windows_stand_with_what_is_left_and_whose_rule_it_is(delivered, visit):
    shown = facts_on(visit("queue", ticket="2"), "Order")
    assert shown["Return window"][0] == "12 days left"
    assert shown["Return window"][1].endswith(" (15 days) · Ozon Global, contract page: 15 days")
    assert shown["Warranty"][0] == "362 days left"
    assert shown["Warranty"][1].endswith(" (365 days) · Ozon Global: Ozon's warranty of 365 days")


def test_before_the_delivery_the_windows_say_how_long_they_will_be(desk, visit):
    shown = facts_on(visit("queue", ticket="2"), "Order")
    source = "Consumer law, article 26.1: 7 days after the delivery"
    assert shown["Return window"] == ("7 days from the delivery on", source, False)
    assert "Delivered" not in shown


def test_a_cancelled_parcel_is_late_until_then_and_no_day_longer(desk, visit, now):
    parcel = replace(posting(now), status="cancelled", status_changed_at=now - timedelta(days=4))
    desk.store.save_posting(parcel)
    shown = facts_on(visit("queue", ticket="2"), "Order")
    assert shown["Late"][0] == "1 day"
    assert shown["Late"][1].startswith("until ")
    assert shown["Late"][1].endswith(": Cancelled")


@pytest.mark.parametrize(
    ("ends_at", "value", "note"),
    [
        (NOON + timedelta(days=1), "1 day left", "until Sat 21 Nov (7 days) · Law"),
        (NOON + timedelta(hours=23), "23 h left", "until Sat 21 Nov (7 days) · Law"),
        (NOON, "Over since Fri 20 Nov", "7 days · Law"),
        (NOON - timedelta(days=365), "Over since Thu, 20 Nov 2025", "7 days · Law"),
    ],
)
def test_the_last_day_of_a_window_counts_in_hours_and_its_end_is_over(ends_at, value, note):
    window = ClaimWindow(kind=ClaimWindowKind.RETURN, budget=timedelta(days=7), source="Law", ends_at=ends_at)
    fact = window_fact(window, NOON, "UTC")
    assert (fact.value, fact.note) == (value, note)


def test_a_warranty_of_the_product_s_own_says_so():
    window = ClaimWindow(kind=ClaimWindowKind.WARRANTY, budget=timedelta(days=14), source="", ends_at=None)
    fact = window_fact(window, NOON, "UTC")
    assert (fact.value, fact.note) == ("14 days from the delivery on", "The product's own warranty")


def test_a_claim_is_told_in_full(desk, visit, now):
    ticket = numbered(desk, 2).ticket
    desk.desk.record_claim(claim(ticket, now), actor=SYNC, now=now - timedelta(minutes=1))
    shown = facts_on(visit("queue", ticket="2"), "Return request")
    assert shown["Number"] == ("RET-*1*", "", True)
    assert shown["Status"] == ("Waits for the seller's decision", "OnSellerApproval", False)
    assert shown["Reason"] == ("The item is not as described", "", False)
    assert shown["Defect"] == ("Claimed as a defect", "", False)
    assert shown["Amount"] == (f"4,990.00{RUBLES}", "", False)
    assert shown["Approved by itself"][0] in {"in 3 h 1 min", "in 3 h"}


def test_a_decided_claim_no_longer_threatens_and_an_unknown_status_stays_as_written(desk, visit, now):
    decided = claim(numbered(desk, 2).ticket, now, status="SomethingNew", is_defect=False)
    desk.desk.record_claim(decided, actor=SYNC, now=now - timedelta(minutes=1))
    shown = facts_on(visit("queue", ticket="2"), "Return request")
    assert shown["Status"] == ("SomethingNew", "", False)
    assert shown["Defect"][0] == "No defect claimed"
    assert "Approved by itself" not in shown
    assert "Decision was due" in shown


def test_a_claim_of_a_merged_ticket_stands_beside_the_one_that_stays_until_the_merge_is_undone(desk, visit, now):
    """Ticket 2 is merged into 3, and 3 into 4: its claim stands in the card of each, 4's own without a number."""
    one, middle, stays = (numbered(desk, number).ticket for number in (2, 3, 4))
    of_merged = claim(one, now)
    own = claim(stays, now, id="00000000-0000-4000-8000-000000000004", kind="dispute", external_ref="D-1")
    for known in (of_merged, own):
        desk.desk.record_claim(known, actor=SYNC, now=now - timedelta(minutes=3))
    photo = File(name="crack.png", content=PNG + b"2", claim_id=of_merged.id)
    desk.desk.attach_evidence(one.id, [photo], actor=ANNA, now=now - timedelta(minutes=3))
    pairs = desk.desk.pairs
    pairs.merge(one.id, middle.id, actor=ANNA, now=now - timedelta(minutes=2))
    pairs.merge(middle.id, stays.id, actor=ANNA, now=now - timedelta(minutes=1))
    page = visit("queue", ticket="4")
    assert "**2 claims**" in [element.value for element in page.markdown]
    components = [item for item in page.get("bidi_component") if "facts" in item.proto.component_name]
    lists = [json.loads(item.proto.json)["facts"] for item in components]
    numbers = [(fact["value"], fact["note"]) for facts in lists for fact in facts if fact["name"] == "Number"]
    assert sorted(numbers) == [("D-1", ""), ("RET-*1*", "from ticket 2")]
    assert of_its_claim(page) == ["from ticket 2"]
    pairs.undo_merge(middle.id, stays.id, actor=ANNA, now=now)
    page = visit("queue", ticket="4")
    assert "**1 claim**" in [element.value for element in page.markdown]
    assert of_its_claim(page) == []
    assert facts_on(visit("queue", ticket="3"), "Return request")["Number"] == ("RET-*1*", "from ticket 2", True)


def of_its_claim(page):
    """Where the files come from that are marked as for the claim."""
    about = [caption.value for caption in page.caption if r"RET\-\*1\*" in caption.value]
    return [text.rpartition(" · ")[2] for text in about]


def test_a_compensation_that_was_offered_stands_under_money(desk, visit, now):
    ticket = numbered(desk, 2).ticket
    desk.desk.recategorise(ticket.id, "product_quality", actor=ANNA, now=now - timedelta(minutes=9))
    review = desk.desk.offers(ticket.id, actor=ANNA, now=now - timedelta(minutes=8))
    leading = next(offer for offer in review if offer.is_allowed and "evidence_review" in offer.to_states)
    desk.desk.act(ticket.id, leading.trigger, actor=ANNA, now=now - timedelta(minutes=8))
    inputs = {"amount": "998", "reply_text": "We offer a part of the price."}
    desk.desk.act(ticket.id, "offer_compensation", actor=ANNA, now=now - timedelta(minutes=7), inputs=inputs)
    shown = facts_on(visit("queue", ticket="2"), "Order")
    assert shown["Offered"][0] == f"998.00{RUBLES}, 20 % of the price"
