"""What people type is checked field by field; each wrong field gets one sentence, free text never enters the log."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.builders import AGENT, BUYER, DAY, HOUR, NOW, PLATFORM, built_in, world
from workflow.facts import Facts
from workflow.guards import Moment
from workflow.inputs import INPUTS, REFERENCE_HINT, check, example, is_reference
from workflow.lifecycle import InputUse
from workflow.policies import PolicyBook
from workflow.records import Money
from workflow.vocabulary import Ball

POLICIES = PolicyBook(built_in()[1])
TICKET = world().open(at=NOW - HOUR)
PRICE = Money(amount=Decimal("1990.00"), currency="RUB")


def moment(**changes: Any) -> Moment:
    known = Moment(ticket=TICKET, facts=Facts(at=NOW, price=PRICE), actor=AGENT, at=NOW, policies=POLICIES)
    return replace(known, **changes)


def asked(*names: str) -> tuple[InputUse, ...]:
    return tuple(InputUse(name=name.removesuffix("?"), is_required=not name.endswith("?")) for name in names)


def fault(name: str, value: object, **changes: Any) -> str:
    checked, faults = check(asked(name), {name: value}, moment(**changes))
    assert list(faults) == [name]
    assert (checked.payload, checked.texts, checked.instants) == ({}, (), {})
    return faults[name]


def accepted(name: str, value: object, **changes: Any):
    checked, faults = check(asked(name), {name: value}, moment(**changes))
    assert faults == {}
    return checked


@pytest.mark.parametrize("name", sorted(INPUTS))
def test_the_example_of_an_input_is_valid_and_can_be_kept(name):
    checked = accepted(name, example(InputUse(name=name), moment()))
    assert json.loads(json.dumps(checked.payload)) == checked.payload
    assert bool(checked.texts) is (INPUTS[name].kind == "text")


@pytest.mark.parametrize("name", sorted(INPUTS))
@pytest.mark.parametrize("nothing", [None, "", "  ", False])
def test_a_missing_input_is_named(name, nothing):
    assert fault(name, nothing) == f"{INPUTS[name].label} is missing."


@pytest.mark.parametrize("name", sorted(INPUTS))
def test_a_wrong_input_is_refused_with_a_whole_sentence(name):
    wrong = {"text": "x" * 20_001, "flag": "maybe", "instant": "soon", "money": "much", "reference": "see above"}
    said = fault(name, wrong.get(INPUTS[name].kind, "nonsense"))
    assert re.fullmatch(r"[A-Z“][^{}]+\.", said)


@pytest.mark.parametrize("name", sorted(INPUTS))
def test_an_input_that_may_stay_empty_may_stay_empty(name):
    checked, faults = check(asked(f"{name}?"), {}, moment())
    assert (faults, checked.payload, checked.texts, checked.instants) == ({}, {}, (), {})


def test_an_input_that_nobody_asked_for_is_refused():
    _, faults = check(asked("note_text"), {"note_text": "a", "eta": NOW}, moment())
    assert faults == {"eta": "This action does not ask for that."}


def test_all_wrong_inputs_are_named_at_once():
    _, faults = check(asked("amount", "eta", "note_text"), {"amount": 0, "eta": NOW}, moment())
    assert list(faults) == ["amount", "eta", "note_text"]


def test_a_text_becomes_a_message_and_nothing_in_the_log():
    checked = accepted("note_text", "  Ask the courier.  ")
    assert (checked.payload, checked.texts) == ({}, (("note_text", False, "Ask the courier."),))


@pytest.mark.parametrize(
    ("name", "actor", "is_public"),
    [
        ("reply_text", AGENT, True),
        ("note_text", AGENT, False),
        ("override_reason", AGENT, False),
        ("information_text", AGENT, False),
        ("override_reason", BUYER, False),
        ("information_text", BUYER, False),
        ("note_text", PLATFORM, False),
        ("message_text", BUYER, True),
        ("mediation_text", PLATFORM, True),
    ],
)
def test_who_reads_a_text(name, actor, is_public):
    assert accepted(name, "Words.", actor=actor).texts == ((name, is_public, "Words."),)


def test_a_reply_has_at_most_a_thousand_characters_and_what_others_wrote_may_be_longer():
    assert accepted("reply_text", "x" * 1000).texts[0][2] == "x" * 1000
    assert fault("reply_text", "x" * 1001) == (
        "Message to the buyer has 1,001 characters, at most 1,000 are possible: shorten it."
    )
    assert accepted("message_text", "x" * 20_000, actor=BUYER).texts
    assert fault("note_text", "x" * 20_001) == (
        "Internal note has 20,001 characters, at most 20,000 are possible: shorten it."
    )


def test_a_sellers_public_text_is_linted_and_nobody_elses():
    text = "Write to anna@example.com"
    assert fault("reply_text", text) == (
        "Take out “anna@example.com”: the marketplace forbids other channels, such as e-mail."
    )
    assert accepted("note_text", text).texts
    assert accepted("rejection_comment", text, actor=PLATFORM).texts
    assert accepted("message_text", text, actor=BUYER).texts


def test_nothing_is_written_into_a_locked_chat():
    locked = moment(at=NOW + 3 * DAY)
    assert fault("reply_text", "Sorry!", at=NOW + 3 * DAY) == (
        "Message to the buyer cannot be sent: the buyer has not written within 48 h, so the chat is locked until they "
        "write again: wait for their message."
    )
    assert example(InputUse(name="reply_text", is_required=False), locked) is None
    assert example(InputUse(name="clarification_text"), locked) == "We are looking into it."


@pytest.mark.parametrize("value", ["0.01", "1989.99", 20, Decimal("20.0"), " 20.50 ", "2E+1"])
def test_an_amount_lies_between_nothing_and_the_price(value):
    checked = accepted("amount", value)
    amount = Decimal(str(value).strip()).quantize(Decimal("0.01"))
    assert checked.payload == {"amount": str(amount), "amount_currency": "RUB"}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "Compensation must be more than 0 and less than the price, 1990.00 RUB."),
        ("-1", "Compensation must be more than 0 and less than the price, 1990.00 RUB."),
        ("1990", "Compensation must be more than 0 and less than the price, 1990.00 RUB."),
        ("1e30", "Compensation must be more than 0 and less than the price, 1990.00 RUB."),
        ("0.001", "Compensation must have at most two decimals, such as 199.90."),
        ("NaN", "Compensation must be more than 0 and less than the price, 1990.00 RUB."),
        ("Infinity", "Compensation must be more than 0 and less than the price, 1990.00 RUB."),
        ("1,5", "Compensation must be a number such as 199.90."),
        ([], "Compensation must be a number such as 199.90."),
    ],
)
def test_any_other_amount_is_refused(value, said):
    assert fault("amount", value) == said


def test_an_amount_needs_a_price():
    assert fault("amount", "5", facts=Facts(at=NOW)) == (
        "Compensation cannot be judged without the item's price: add it to the order first."
    )


@given(st.decimals(min_value="-5", max_value="2000", places=3))
def test_an_amount_is_taken_exactly_if_it_is_whole_in_cents_and_inside(amount):
    _, faults = check(asked("amount"), {"amount": str(amount)}, moment())
    is_right = 0 < amount < 1990 and amount == amount.quantize(Decimal("0.01"))
    assert (faults == {}) is is_right


@pytest.mark.parametrize(
    "value",
    [
        NOW + timedelta(microseconds=1),
        "2026-03-02T09:00:00.000001",
        "2026-03-02T12:00:00.000001+03:00",
        datetime(2026, 3, 2, 9, 0, 0, 1, tzinfo=UTC),
    ],
)
def test_a_new_date_lies_in_the_future_and_is_kept_as_utc(value):
    checked = accepted("eta", value)
    assert checked.instants == {"eta": NOW + timedelta(microseconds=1)}
    assert checked.payload == {"eta": "2026-03-02T09:00:00.000001"}


def test_a_date_of_now_or_before_is_no_new_date():
    assert fault("eta", NOW) == "New delivery date must lie in the future, after 2026-03-02 09:00 UTC."
    assert accepted("auto_approve_at", NOW - DAY).instants == {"auto_approve_at": NOW - DAY}


def test_a_date_that_cannot_be_read_is_refused():
    assert fault("eta", "tomorrow") == "New delivery date must be a date and time such as 2026-03-01T12:00."


@pytest.mark.parametrize("value", ["a1b", "12345678-0001-1", "RA123456789CN", "#7/2:x_y.z", "a" * 63 + "1"])
def test_a_reference_is_a_number_of_something(value):
    assert is_reference(value)
    assert accepted("reference", value).payload == {"reference": value}


@pytest.mark.parametrize(
    "value",
    [
        "a1",
        "a 1 c",
        "he said so",
        "Иванов-Иван",
        "Ivanov-Ivan",
        "№123",
        "\uff11\uff12\uff13",
        "1" * 65,
        "a@b1.cd",
        "RET-1\nRET-2",
    ],
)
def test_a_reference_is_no_free_text(value):
    assert not is_reference(value)
    assert fault("reference", value) == f"What shows the act cannot be taken. {REFERENCE_HINT}"


def test_a_code_is_one_of_its_choices():
    assert accepted("resolution_reason", "explained").payload == {"resolution_reason": "explained"}
    assert fault("asked_party", "dog") == "Who is asked: choose one of buyer, seller."
    assert set(INPUTS["asked_party"].choices) <= set(Ball)


def test_a_consent_is_yes():
    assert accepted("buyer_consent", True).payload == {"buyer_consent": True}  # noqa: FBT003 - it is the value
    assert fault("buyer_consent", 1) == "The buyer agreed: answer yes or no."


def test_the_resolution_reasons_are_those_that_the_figures_know():
    assert list(INPUTS["resolution_reason"].choices) == [
        "delivered",
        "refunded_full",
        "refunded_partial",
        "replaced",
        "repaired",
        "explained",
        "no_response",
        "no_evidence",
        "platform_for_seller",
        "platform_for_buyer",
    ]


@pytest.mark.parametrize("code", sorted(INPUTS["rejection_reason"].choices))
def test_some_rejections_need_a_comment(code):
    uses = asked("rejection_reason", "rejection_comment?")
    _, silent = check(uses, {"rejection_reason": code}, moment())
    _, said = check(uses, {"rejection_reason": code, "rejection_comment": "The seal is broken."}, moment())
    needs = code in {"misuse", "not_our_item", "incomplete", "other"}
    label = INPUTS["rejection_reason"].choices[code]
    assert silent == ({"rejection_comment": f"“{label}” needs a comment that explains it."} if needs else {})
    assert said == {}


def test_every_field_says_what_it_is_for():
    for item in INPUTS.values():
        assert item.label
        assert item.help.endswith(".")
        assert item.comment_codes <= item.choices.keys()
        assert not item.comment_in or item.comment_in in INPUTS
