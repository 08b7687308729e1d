"""Each guard says yes and no, and why; expressions are read as they are written."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.workflow.builders import AGENT, DAY, HOUR, NOW, built_in, world
from workflow import reasons
from workflow.facts import Facts, Shown
from workflow.guards import GUARDS, Moment, first_failure, parse
from workflow.policies import PolicyBook
from workflow.reasons import Reason, sentence
from workflow.records import LinkedTicket, Money
from workflow.vocabulary import Channel, EvidenceKind, LinkKind, Role, Scheme, StateKind

POLICIES = PolicyBook(built_in()[1])
TICKET = replace(world().open(channel=Channel.EMAIL), clocks={}, flags=frozenset())
CHAT = {"channel": Channel.CHAT_APP}
LINK = LinkedTicket(
    id="t-2",
    number=2,
    kind=LinkKind.AFTER_SALES_OF,
    is_child=True,
    category="after_sales",
    state="approved",
    state_kind=StateKind.WAITING,
    linked_at=NOW,
)


def linked(**changes: Any) -> dict[str, Any]:
    return {"links": (replace(LINK, **changes),)}


def moment(ticket: dict[str, Any] | None = None, facts: dict[str, Any] | None = None) -> Moment:
    return Moment(
        ticket=replace(TICKET, **(ticket or {})),
        facts=Facts(at=NOW, **(facts or {})),
        actor=AGENT,
        at=NOW,
        policies=POLICIES,
    )


def clock(name: str, ago: timedelta, **ticket: Any) -> dict[str, Any]:
    return {"clocks": {name: NOW - ago}, **ticket}


RUBLES = Money(amount=Decimal("0.02"), currency="RUB")
COIN = Money(amount=Decimal("0.01"), currency="RUB")
LABEL = Shown(kind=EvidenceKind.LABEL, by_role=Role.BUYER, added_at=NOW - HOUR)
OWN_VIDEO = Shown(kind=EvidenceKind.VIDEO, by_role=Role.SELLER_AGENT, added_at=NOW)
PAPER = Shown(kind=EvidenceKind.DOCUMENT, by_role=Role.BUYER, added_at=NOW)
MIRRORED = Shown(kind=EvidenceKind.PHOTO, by_role=Role.SYSTEM_SYNC, added_at=NOW)
# expression, (ticket, facts) where it holds, (ticket, facts) where it does not, what is said then
CASES: list[tuple[str, tuple[Any, Any], tuple[Any, Any], str]] = [
    (
        "buyer_message_present",
        ({}, {"last_buyer_message_at": NOW}),
        ({}, {}),
        "the buyer has written nothing yet: record their message first.",
    ),
    ("replied", ({}, {"is_answered": True}), ({}, {}), "nobody has answered the buyer yet: send a first reply."),
    (
        "reply_window_open",
        (clock("buyer_message", 48 * HOUR - timedelta(microseconds=1), **CHAT), {}),
        (clock("buyer_message", 48 * HOUR, **CHAT), {}),
        "the buyer has not written within 48 h, so the chat is locked until they write again: wait for their message.",
    ),
    (
        "reply_window_open",
        ({}, {}),
        (CHAT, {}),
        "the buyer has not written within 48 h, so the chat is locked until they write again: wait for their message.",
    ),
    (
        "reply_window_open",
        (CHAT, {"last_buyer_message_at": NOW - HOUR}),
        (CHAT, {"last_buyer_message_at": NOW - 2 * DAY}),
        "the buyer has not written within 48 h, so the chat is locked until they write again: wait for their message.",
    ),
    (
        "contact_log_present",
        ({}, {"message_count": 1}),
        ({}, {}),
        "the ticket holds no message that shows the contact: record what was said first.",
    ),
    ("channel:chat", (CHAT, {}), ({}, {}), "the contact did not come by chat."),
    ("channel:email", ({}, {}), (CHAT, {}), "the contact did not come by email."),
    (
        "scheme:FBO",
        ({}, {"scheme": Scheme.FBO}),
        ({}, {"scheme": Scheme.FBS}),
        "the order is not delivered under FBO: check the posting.",
    ),
    (
        "tracking_number_present",
        ({}, {"has_tracking_number": True}),
        ({}, {}),
        "the posting has no tracking number: add it first.",
    ),
    (
        "posting_known",
        ({}, {"is_posting_known": True}),
        ({}, {}),
        "no posting is known for this ticket: link the order first.",
    ),
    (
        "posting_status:lost",
        ({}, {"posting_status": "lost"}),
        ({}, {}),
        "the marketplace does not show the posting as lost.",
    ),
    ("delivered", ({}, {"delivered_at": NOW}), ({}, {}), "the order is not delivered yet: wait for the delivery."),
    (
        "exchange_delivered",
        ({}, {"is_exchange_delivered": True}),
        ({}, {}),
        "the posting of the exchange is not delivered yet.",
    ),
    (
        "past_promised_date",
        ({}, {"promised_at": NOW}),
        ({}, {"promised_at": NOW + HOUR}),
        "the promised delivery date has not passed: wait for it.",
    ),
    (
        "past_promised_date",
        (clock("promise", HOUR), {"promised_at": NOW + DAY}),
        (clock("promise", -HOUR), {}),
        "the promised delivery date has not passed: wait for it.",
    ),
    (
        "status_stale:status_stale",
        ({}, {"status_changed_at": NOW - 5 * DAY}),
        ({}, {"status_changed_at": NOW - 5 * DAY + HOUR}),
        "the posting's status changed within the last 5 days: wait for the carrier.",
    ),
    (
        "within_return_window",
        ({}, {"return_window_ends_at": NOW + HOUR}),
        ({}, {"return_window_ends_at": NOW}),
        "the return window is not open: it needs a delivery and ends with its last day.",
    ),
    (
        "within_warranty",
        ({}, {"warranty_ends_at": NOW + HOUR}),
        ({}, {}),
        "the item is not under warranty: it needs a delivery and ends with its last day.",
    ),
    (
        "price_known",
        ({}, {"price": RUBLES}),
        ({}, {"price": COIN}),
        "the item's price is not known or too small to share: add it to the order first.",
    ),
    (
        "stock_available",
        ({}, {"stock_count": 1}),
        ({}, {}),
        "the product is out of stock: offer a repair or a refund instead.",
    ),
    (
        "remote_diagnosable",
        ({}, {"is_remote_diagnosable": True}),
        ({}, {}),
        "this product cannot be diagnosed from afar: have the item sent in.",
    ),
    ("item_with:buyer", ({}, {}), ({"flags": {"item_in_transit"}}, {}), "the item is not with the buyer."),
    ("item_with:carrier", ({"flags": {"item_in_transit"}}, {}), ({}, {}), "the item is not with the carrier."),
    (
        "item_with:seller",
        ({"flags": {"item_with_seller", "item_in_transit"}}, {}),
        ({}, {}),
        "the item is not with the seller.",
    ),
    ("evidence:label", ({}, {"evidence": (LABEL,)}), ({}, {}), "the ticket holds no label: ask for it."),
    (
        "evidence_since:decided",
        (clock("decided", HOUR), {"evidence": (LABEL,)}),
        (clock("decided", HOUR / 2), {"evidence": (LABEL,)}),
        "no evidence was added since the platform's decision: ask for it.",
    ),
    (
        "evidence_since:tea",
        (clock("tea", HOUR), {"evidence": (LABEL,)}),
        ({}, {"evidence": (LABEL,)}),
        "no evidence was added since tea: ask for it.",
    ),
    (
        "shown_since:evidence_asked",
        (clock("evidence_asked", HOUR), {"evidence": (LABEL,)}),
        (clock("evidence_asked", HOUR / 2), {"evidence": (LABEL, OWN_VIDEO, PAPER)}),
        "the buyer has shown no photo, video or label since we asked for it: wait for it, or go on without it.",
    ),
    (
        "shown_since:evidence_asked",
        (clock("evidence_asked", HOUR / 2), {"evidence": (MIRRORED,)}),
        ({}, {"evidence": (MIRRORED,)}),
        "the buyer has shown no photo, video or label since we asked for it: wait for it, or go on without it.",
    ),
    (
        "continues_ticket",
        ({}, linked(is_child=False)),
        ({}, linked()),
        "this ticket does not continue another one.",
    ),
    (
        "linked_request_filed:after_sales",
        ({}, linked()),
        ({}, linked(state="awaiting_buyer")),
        "the buyer has not filed the return request in the linked ticket yet.",
    ),
    (
        "linked_settled:after_sales",
        ({}, linked(state_kind=StateKind.FINAL)),
        ({}, linked(state_kind=StateKind.FINAL, is_child=False)),
        "the linked ticket is not finished yet.",
    ),
    (
        "linked_disputed:after_sales",
        ({}, linked(state_kind=StateKind.PLATFORM)),
        ({}, linked(state_kind=StateKind.PLATFORM, category="product_quality")),
        "the linked ticket is not with the platform.",
    ),
    ("flag:chat_locked", ({"flags": {"chat_locked"}}, {}), ({}, {}), "the ticket is not marked “chat locked”."),
    ("running:promise", (clock("promise", HOUR), {}), ({}, {}), "no clock runs since the promised date."),
    (
        "count_below:offers:2",
        ({"counts": {"offers": 1}}, {}),
        ({"counts": {"offers": 2}}, {}),
        "the ticket already has 2 offers, which is the limit.",
    ),
    (
        "count_at_least:offers:2",
        ({"counts": {"offers": 2}}, {}),
        ({}, {}),
        "the ticket has fewer than 2 offers.",
    ),
    (
        "waited:state:refund",
        ({"state_entered_at": NOW - 10 * DAY}, {}),
        ({"state_entered_at": NOW - 9 * DAY}, {}),
        "10 days have not passed since this state began: wait for it.",
    ),
    (
        "open_for:state:dispute",
        ({"state_entered_at": NOW - 4 * DAY}, {}),
        ({"state_entered_at": NOW - 5 * DAY}, {}),
        "the 5 days since this state began are over.",
    ),
    (
        "waited:decision:return_decision",
        (clock("decision", DAY), {}),
        ({}, {}),
        "24 h have not passed since the request: wait for it.",
    ),
]


def test_every_guard_is_tried_and_has_its_sentences():
    assert {parse(case[0])[0].name for case in CASES} == set(GUARDS)
    assert {name for name in reasons.SENTENCES if name.removeprefix("not_") in GUARDS} == {
        code for name in GUARDS for code in (name, f"not_{name}")
    }


@pytest.mark.parametrize(("expression", "yes", "no", "said"), CASES)
def test_a_guard_holds_or_says_why_not(expression, yes, no, said):
    holding, failing = moment(*yes), moment(*no)
    assert first_failure((expression,), holding) is None
    failure = first_failure((expression,), failing)
    assert failure is not None
    assert failure.code == parse(expression)[0].name
    assert sentence(failure) == said
    assert first_failure((f"not {expression}",), failing) is None
    negated = first_failure((f"not {expression}",), holding)
    assert negated is not None
    assert negated.code == f"not_{parse(expression)[0].name}"
    assert not re.search(r"[{}_]", sentence(negated))


def test_a_duration_follows_the_ticket_s_flags_and_the_order():
    late = {"state_entered_at": NOW - 8 * DAY}
    assert first_failure(("waited:state:exchange",), moment(late)) is None
    checked = moment({**late, "flags": {"extra_check"}})
    failure = first_failure(("waited:state:exchange",), checked)
    assert failure is not None
    assert failure.params["span"] == "20 days"
    abroad = moment({"state_entered_at": NOW - 5 * DAY}, {"context": {"is_cross_border": True}})
    assert first_failure(("open_for:state:handover",), abroad) is None


def test_the_first_conjunct_that_fails_is_named():
    expressions = ("contact_log_present", "replied", "delivered")
    failure = first_failure(expressions, moment(facts={"message_count": 2}))
    assert failure == Reason("replied")


def test_a_choice_of_which_none_holds_names_all():
    failure = first_failure(("tracking_number_present or scheme:FBO",), moment())
    assert failure is not None
    assert failure.code == "none_of"
    assert sentence(failure) == (
        "one of these must hold first: the posting has a tracking number; or the order is delivered under FBO."
    )


def test_marks_of_which_any_would_do_are_told_in_one_breath():
    def said(expression):
        failure = first_failure((expression,), moment())
        assert failure is not None
        return sentence(failure)

    three = "flag:reply_overdue or flag:seller_idle or flag:trace_overdue"
    assert said(three) == "the ticket is not marked “reply overdue”, “seller idle” or “trace overdue”."
    assert said(f"{three} or scheme:FBO or tracking_number_present") == (
        "one of these must hold first: "
        "the ticket is marked “reply overdue”, “seller idle” or “trace overdue”; "
        "the order is delivered under FBO; or the posting has a tracking number."
    )
    assert said("delivered or flag:seller_idle") == (
        "one of these must hold first: the order is delivered; or the ticket is marked “seller idle”."
    )


def test_a_choice_of_which_one_holds_is_fine():
    assert first_failure(("delivered or scheme:FBO",), moment(facts={"scheme": Scheme.FBO})) is None
