"""Why an action is not possible, as a code with parameters. The English sentence is rendered here and nowhere else.

Another language needs another table of sentences and no change in the rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import TypeAlias

Param: TypeAlias = "str | int | tuple[Reason, ...]"

NONE_OF = "none_of"
_NOTHING: Mapping[str, Param] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reason:
    """A code and the values that its sentence names."""

    code: str
    params: Mapping[str, Param] = field(default_factory=lambda: _NOTHING)


def sentence(reason: Reason) -> str:
    """Say in English what is missing and what to do; begins in lower case, for it follows "Cannot ...:"."""
    if reason.code == NONE_OF:
        parts = reason.params["reasons"]
        assert isinstance(parts, tuple)  # noqa: S101 - the one shape of this code
        return _any_of(parts)
    return SENTENCES[reason.code].format_map(reason.params)


def _any_of(parts: tuple[Reason, ...]) -> str:
    """What would open the way, where any one of several would; marks are told in one breath."""
    marks = [f"“{part.params['flag']}”" for part in parts if part.code == "flag"]
    either = f"{', '.join(marks[:-1])} or {marks[-1]}" if len(marks) > 1 else ""
    if len(marks) == len(parts):
        return f"the ticket is not marked {either}."
    told = [_condition(part) for part in parts if not either or part.code != "flag"]
    if either:
        told.insert(0, f"the ticket is marked {either}")
    return f"one of these must hold first: {'; '.join(told[:-1])}; or {told[-1]}."


def _condition(reason: Reason) -> str:
    """What must hold so that the guard of `reason` does: mostly what is said where its negation does not."""
    code = reason.code
    opposite = code.removeprefix("not_") if code.startswith("not_") else f"not_{code}"
    told = _CONDITIONS.get(code) or SENTENCES[opposite].removesuffix(".").partition(": ")[0]
    return told.format_map(reason.params)


def span(duration: timedelta) -> str:
    """A duration as people say it: 48 h, 7 days, 30 min."""
    minutes = round(duration.total_seconds() / 60)
    days, hours = timedelta(days=1).total_seconds() / 60, 60
    if minutes % days == 0 and minutes >= 3 * days:
        return f"{int(minutes // days)} days"
    return f"{minutes // hours} h" if minutes % hours == 0 else f"{minutes} min"


def words(name: str) -> str:
    """A name of the table as words: `first_reply_breached` is "first reply breached"."""
    return name.replace("_", " ")


# Not of guards: the machine's own answers.
_OF_THE_MACHINE = {
    "unknown_action": "this category has no such action.",
    "not_from_state": "that is not possible while the ticket is in “{state}”.",
    "not_by_role": "only {roles} may do this, and this would be an act of {role}.",
    "in_future": "that moment has not come yet: give when it happened.",
    "before_opening": "the ticket was opened on {opened_at}: give a later moment.",
    "contact_only": "it is in “{state}”, where other actions lead on; the category changes only in “{states}”.",
    "settled_category": "it is settled: open a follow-up in the other category.",
    "other_buyer": "the ticket belongs to another buyer.",
    "fires_by_itself": "the desk does this by itself when it is due.",
    "not_resolved": "the buyer rates what was resolved, and it is not resolved yet.",
    "no_rating": "a rating is a whole number from 1 to 5.",
    "comment_too_long": "the comment has {count:,} characters, and at most {longest:,} are kept: shorten it.",
    "same_ticket": "that is this ticket itself: name another one.",
    "imported": "an imported history stays as it was: link the two instead.",
    "settled_already": "it is settled already: link the two instead.",
    "other_settled": "the ticket that would remain is settled: reopen it first, or link the two.",
    "other_party": "the two are not of one buyer and one seller: link them instead.",
    "has_case": "an after-sales case hangs on it: merge that ticket's other one into this one.",
    "more_than_talk": "“{state}” has clocks of its own, which a merge would end: merge the other one into it.",
    "no_end": "its category has no final state: link the two instead.",
    "not_merged": "it was not merged into that ticket, or has moved since.",
    "not_linked": "the two are not linked as related.",
    "nothing_to_split": "choose messages of the buyer from this ticket.",
    "split_already": (
        "a chosen message was split off as ticket {number} already: leave it out, or go on in that ticket."
    ),
    "already_so": "it is so already.",
    "unknown_state": "its category knows no state “{state}”: add it to the table first.",
}

# Code of a guard, or of its negation (`not_`), and what is said when it does not hold.
_OF_GUARDS = {
    "buyer_message_present": "the buyer has written nothing yet: record their message first.",
    "not_buyer_message_present": "the buyer has already written.",
    "replied": "nobody has answered the buyer yet: send a first reply.",
    "not_replied": "the buyer already has a first reply.",
    "reply_window_open": (
        "the buyer has not written within {span}, so the chat is locked until they write again: wait for their message."
    ),
    "not_reply_window_open": "the chat is still open for a reply.",
    "contact_log_present": "the ticket holds no message that shows the contact: record what was said first.",
    "not_contact_log_present": "the ticket already holds messages.",
    "channel": "the contact did not come by {channel}.",
    "not_channel": "the contact came by {channel}.",
    "scheme": "the order is not delivered under {scheme}: check the posting.",
    "not_scheme": "the order is delivered under {scheme}, where the seller cannot do this: escalate instead.",
    "tracking_number_present": "the posting has no tracking number: add it first.",
    "not_tracking_number_present": "the posting already has a tracking number.",
    "posting_known": "no posting is known for this ticket: link the order first.",
    "not_posting_known": "the posting is known.",
    "posting_status": "the marketplace does not show the posting as {status}.",
    "not_posting_status": "the marketplace shows the posting as {status}.",
    "delivered": "the order is not delivered yet: wait for the delivery.",
    "not_delivered": "the order is already delivered.",
    "exchange_delivered": "the posting of the exchange is not delivered yet.",
    "not_exchange_delivered": "the posting of the exchange is already delivered.",
    "past_promised_date": "the promised delivery date has not passed: wait for it.",
    "not_past_promised_date": "the promised delivery date has passed.",
    "status_stale": "the posting's status changed within the last {span}: wait for the carrier.",
    "not_status_stale": "the posting's status has not changed for {span}.",
    "within_return_window": "the return window is not open: it needs a delivery and ends with its last day.",
    "not_within_return_window": "the return window is still open.",
    "within_warranty": "the item is not under warranty: it needs a delivery and ends with its last day.",
    "not_within_warranty": "the item is still under warranty.",
    "price_known": "the item's price is not known or too small to share: add it to the order first.",
    "not_price_known": "the item's price is known.",
    "stock_available": "the product is out of stock: offer a repair or a refund instead.",
    "not_stock_available": "the product is in stock.",
    "remote_diagnosable": "this product cannot be diagnosed from afar: have the item sent in.",
    "not_remote_diagnosable": "this product can be diagnosed from afar.",
    "item_with": "the item is not with the {holder}.",
    "not_item_with": "the item is with the {holder}.",
    "evidence": "the ticket holds no {kind}: ask for it.",
    "not_evidence": "the ticket already holds a {kind}.",
    "evidence_since": "no evidence was added since {clock}: ask for it.",
    "not_evidence_since": "evidence was added since {clock}.",
    "shown_since": "the buyer has shown no photo, video or label since {clock}: wait for it, or go on without it.",
    "not_shown_since": "the buyer has shown a photo, video or label since {clock}.",
    "continues_ticket": "this ticket does not continue another one.",
    "not_continues_ticket": "this ticket continues another one.",
    "linked_request_filed": "the buyer has not filed the return request in the linked ticket yet.",
    "not_linked_request_filed": "the buyer has filed the return request in the linked ticket.",
    "linked_settled": "the linked ticket is not finished yet.",
    "not_linked_settled": "the linked ticket is finished.",
    "linked_disputed": "the linked ticket is not with the platform.",
    "not_linked_disputed": "the linked ticket is with the platform.",
    "flag": "the ticket is not marked “{flag}”.",
    "not_flag": "the ticket is marked “{flag}”.",
    "running": "no clock runs since {clock}.",
    "not_running": "a clock still runs since {clock}.",
    "count_below": "the ticket already has {number} {count}, which is the limit.",
    "not_count_below": "the ticket has fewer than {number} {count}.",
    "count_at_least": "the ticket has fewer than {number} {count}.",
    "not_count_at_least": "the ticket already has {number} {count}.",
    "waited": "{span} have not passed since {clock}: wait for it.",
    "not_waited": "{span} have passed since {clock}.",
    "open_for": "the {span} since {clock} are over.",
    "not_open_for": "the {span} since {clock} are not over yet.",
}

# Code of a guard or of its negation, and what must hold, where the sentence of its opposite does not say just that.
_CONDITIONS: Mapping[str, str] = MappingProxyType(
    {
        "buyer_message_present": "the buyer has written",
        "replied": "the buyer has a first reply",
        "reply_window_open": "the chat is open for a reply",
        "not_reply_window_open": "the chat is locked",
        "contact_log_present": "the ticket holds a message that shows the contact",
        "scheme": "the order is delivered under {scheme}",
        "tracking_number_present": "the posting has a tracking number",
        "delivered": "the order is delivered",
        "exchange_delivered": "the posting of the exchange is delivered",
        "within_return_window": "the return window is open",
        "within_warranty": "the item is under warranty",
        "evidence": "the ticket holds a {kind}",
        "running": "a clock runs since {clock}",
        "not_count_below": "the ticket has {number} or more {count}",
        "count_at_least": "the ticket has {number} or more {count}",
    }
)

SENTENCES: Mapping[str, str] = MappingProxyType(_OF_THE_MACHINE | _OF_GUARDS)
