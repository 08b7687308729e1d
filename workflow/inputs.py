"""Checks what a person typed into the fields that an action asks for, and gives a valid example of each.

Free text never enters the payload of an event: it becomes a message (`Checked.texts`).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation

from workflow import linter
from workflow.composing import unfilled
from workflow.forms import INPUTS, Input, Kind
from workflow.guards import Moment, first_failure
from workflow.lifecycle import InputUse
from workflow.predicates import SMALLEST
from workflow.reasons import sentence
from workflow.records import Money
from workflow.replay import written
from workflow.vocabulary import Role

__all__ = ["INPUTS", "REFERENCE_HINT", "Checked", "Input", "check", "example", "is_reference"]

_REFERENCE = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9./:#_-]{3,64}")
REFERENCE_HINT = "A reference is 3 to 64 letters, digits and ./:#_- with at least one digit, such as RET-1001."


class _Invalid(ValueError):  # noqa: N818 - never leaves this module
    """The value is wrong; the message is the sentence."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Normalised values: `payload` for the event (JSON, no free text), `texts` for messages, `instants` for clocks."""

    payload: Mapping[str, object] = field(default_factory=dict[str, object])
    texts: tuple[tuple[str, bool, str], ...] = ()  # (field, is_public, text)
    instants: Mapping[str, datetime] = field(default_factory=dict[str, datetime])


def check(uses: tuple[InputUse, ...], values: Mapping[str, object], moment: Moment) -> tuple[Checked, dict[str, str]]:
    """Check `values` against the fields in `uses`; the second value has one sentence for each wrong field."""
    asked = {use.name: use.is_required for use in uses}
    wrong = {name: "This action does not ask for that." for name in values if name not in asked}
    given = {name: values[name] for name in asked if not _is_absent(values.get(name))}
    valid: dict[str, object] = {}
    for name, is_required in asked.items():
        declared = INPUTS[name]
        if name not in given:
            if is_required:
                wrong[name] = f"{declared.label} is missing."
            continue
        try:
            valid[name] = _CHECKS[declared.kind](declared, given[name], moment)
        except _Invalid as invalid:
            wrong[name] = str(invalid)
    wrong |= _missing_comments(valid, given)
    return _sorted(valid), wrong


def is_reference(text: str) -> bool:
    """Whether `text` may name a message, payment, parcel or case; names of people and free text may not."""
    return _REFERENCE.fullmatch(text) is not None


def example(use: InputUse, moment: Moment) -> object:
    """A value that `check` accepts at `moment`; None for a field that must stay empty then."""
    declared = INPUTS[use.name]
    return _EXAMPLES[declared.kind](declared, moment)


def _is_absent(value: object) -> bool:
    return value is None or value is False or (isinstance(value, str) and not value.strip())


def _missing_comments(valid: Mapping[str, object], given: Mapping[str, object]) -> dict[str, str]:
    declared = (INPUTS[name] for name in valid)
    return {
        item.comment_in: f"“{item.choices[str(valid[item.name])]}” needs a comment that explains it."
        for item in declared
        if valid[item.name] in item.comment_codes and item.comment_in not in given
    }


def _sorted(valid: Mapping[str, object]) -> Checked:
    payload: dict[str, object] = {}
    texts: list[tuple[str, bool, str]] = []
    instants: dict[str, datetime] = {}
    for name, value in valid.items():
        if INPUTS[name].kind == "text":
            texts.append((name, INPUTS[name].is_public, str(value)))
        elif isinstance(value, datetime):
            instants[name] = value
            payload[name] = written(value)
        elif isinstance(value, Money):
            payload |= {name: str(value.amount), f"{name}_currency": value.currency}
        else:
            payload[name] = value
    return Checked(payload, tuple(texts), instants)


def _text(declared: Input, value: object, moment: Moment) -> str:
    text = str(value).strip()
    if len(text) > declared.longest:
        raise _Invalid(
            f"{declared.label} has {len(text):,} characters, at most {declared.longest:,} are possible: shorten it."
        )
    locked = first_failure(("reply_window_open",), moment) if declared.is_chat else None
    if locked:
        raise _Invalid(f"{declared.label} cannot be sent: {sentence(locked)}")
    if declared.is_public and moment.actor.role is Role.SELLER_AGENT:
        if left := unfilled(text):
            raise _Invalid(f"Replace {{{left[0]}}}: the desk does not know it for this ticket.")
        if complaint := linter.complaint(text):
            raise _Invalid(complaint)
    return text


def _choice(declared: Input, value: object, _: Moment) -> str:
    if value not in declared.choices:
        raise _Invalid(f"{declared.label}: choose one of {', '.join(declared.choices)}.")
    return str(value)


def _money(declared: Input, value: object, moment: Moment) -> Money:
    try:
        amount = Decimal(str(value).strip())
    except InvalidOperation:
        raise _Invalid(f"{declared.label} must be a number such as 199.90.") from None
    price = moment.facts.price
    if price is None:
        raise _Invalid(f"{declared.label} cannot be judged without the item's price: add it to the order first.")
    if amount.is_nan() or not 0 < amount < price.amount:
        raise _Invalid(
            f"{declared.label} must be more than 0 and less than the price, {price.amount} {price.currency}."
        )
    if amount != amount.quantize(SMALLEST):
        raise _Invalid(f"{declared.label} must have at most two decimals, such as 199.90.")
    return Money(amount=amount.quantize(SMALLEST), currency=price.currency)


def _instant(declared: Input, value: object, moment: Moment) -> datetime:
    try:
        instant = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise _Invalid(f"{declared.label} must be a date and time such as 2026-03-01T12:00.") from None
    if instant.tzinfo is not None:
        instant = instant.astimezone(UTC).replace(tzinfo=None)
    if declared.is_future and instant <= moment.at:
        raise _Invalid(f"{declared.label} must lie in the future, after {moment.at:%Y-%m-%d %H:%M} UTC.")
    return instant


def _reference(declared: Input, value: object, _: Moment) -> str:
    text = str(value).strip()
    if not is_reference(text):
        raise _Invalid(f"{declared.label} cannot be taken. {REFERENCE_HINT}")
    return text


def _flag(declared: Input, value: object, _: Moment) -> bool:
    if value is not True:
        raise _Invalid(f"{declared.label}: answer yes or no.")
    return True


_CHECKS: Mapping[Kind, Callable[[Input, object, Moment], object]] = {
    "text": _text,
    "code": _choice,
    "choice": _choice,
    "money": _money,
    "instant": _instant,
    "reference": _reference,
    "flag": _flag,
}


def _text_example(declared: Input, moment: Moment) -> str | None:
    is_locked = declared.is_chat and first_failure(("reply_window_open",), moment) is not None
    return None if is_locked else "We are looking into it."


def _choice_example(declared: Input, _: Moment) -> str:
    return next(code for code in declared.choices if code not in declared.comment_codes)


_EXAMPLES: Mapping[Kind, Callable[[Input, Moment], object]] = {
    "text": _text_example,
    "code": _choice_example,
    "choice": _choice_example,
    "money": lambda _, __: str(SMALLEST),
    "instant": lambda _, moment: moment.at + timedelta(days=1),
    "reference": lambda _, __: "REF-1001",
    "flag": lambda _, __: True,
}
