"""The words of a table's guards: each a question about a `Moment`. How they are put together is in `guards`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from workflow.facts import item_holder
from workflow.moments import Moment
from workflow.vocabulary import EvidenceKind, Role, StateKind

Arguments: TypeAlias = tuple[str, ...]

SMALLEST = Decimal("0.01")
CONTACT_STATES = frozenset({"new", "awaiting_seller", "awaiting_buyer"})  # of a linked ticket: nothing is filed yet
SHOWS_THE_ITEM = frozenset({EvidenceKind.PHOTO, EvidenceKind.VIDEO, EvidenceKind.LABEL})
FROM_THE_BUYER = frozenset({Role.BUYER, Role.SYSTEM_SYNC})


@dataclass(frozen=True, slots=True)
class Guard:
    """A question with a yes or no. `takes` names its arguments; `is_exclusive`: two arguments never hold together.

    `lasting` are the answers that, once given, stay for the life of the ticket.
    """

    holds: Callable[[Moment, Arguments], bool]
    takes: Arguments = ()
    is_exclusive: bool = False
    policy: str = ""  # the policy whose duration its sentence names, if that is no argument
    lasting: frozenset[bool] = frozenset()


def _elapsed(moment: Moment, args: Arguments) -> bool | None:
    clock, policy = args
    since = moment.clock(clock)
    return None if since is None else moment.at >= since + moment.budget(policy, since)


def _chat_is_open(moment: Moment, _: Arguments) -> bool:
    if not moment.ticket.channel.is_chat:
        return True
    since = moment.clock("buyer_message")
    return since is not None and moment.at < since + moment.budget("chat_window", since)


def _is_past_promise(moment: Moment, _: Arguments) -> bool:
    return any(
        promised_at and moment.at >= promised_at for promised_at in (moment.clock("promise"), moment.facts.promised_at)
    )


def _is_stale(moment: Moment, args: Arguments) -> bool:
    since = moment.facts.status_changed_at
    return since is not None and moment.at >= since + moment.budget(args[0], since)


def _has_price(moment: Moment, _: Arguments) -> bool:
    return moment.facts.price is not None and moment.facts.price.amount > SMALLEST


def _has_evidence_since(moment: Moment, args: Arguments) -> bool:
    since = moment.clock(args[0])
    return since is not None and any(item.added_at >= since for item in moment.facts.evidence)


def _has_shown_since(moment: Moment, args: Arguments) -> bool:
    since = moment.clock(args[0])
    shown = (item for item in moment.facts.evidence if item.kind in SHOWS_THE_ITEM and item.by_role in FROM_THE_BUYER)
    return since is not None and any(item.added_at >= since for item in shown)


def _any_linked(test: Callable[[str, StateKind], bool]) -> Callable[[Moment, Arguments], bool]:
    def holds(moment: Moment, args: Arguments) -> bool:
        category = args[0]
        children = (link for link in moment.facts.links if link.is_child and link.category == category)
        return any(test(link.state, link.state_kind) for link in children)

    return holds


def _channel(moment: Moment, args: Arguments) -> bool:
    channel = moment.ticket.channel
    return args[0] == ("chat" if channel.is_chat else channel.value)


_GUARDS = {
    "buyer_message_present": Guard(lambda m, _: m.facts.last_buyer_message_at is not None),
    "replied": Guard(lambda m, _: m.facts.is_answered, lasting=frozenset({True})),
    "reply_window_open": Guard(_chat_is_open, policy="chat_window"),
    "contact_log_present": Guard(lambda m, _: m.facts.message_count > 0),
    "channel": Guard(_channel, ("channel",), is_exclusive=True, lasting=frozenset({True, False})),
    "scheme": Guard(lambda m, a: m.facts.scheme == a[0], ("scheme",), is_exclusive=True),
    "tracking_number_present": Guard(lambda m, _: m.facts.has_tracking_number),
    "posting_known": Guard(lambda m, _: m.facts.is_posting_known),
    "posting_status": Guard(lambda m, a: m.facts.posting_status == a[0], ("status",), is_exclusive=True),
    "delivered": Guard(lambda m, _: m.facts.delivered_at is not None),
    "exchange_delivered": Guard(lambda m, _: m.facts.is_exchange_delivered),
    "past_promised_date": Guard(_is_past_promise),
    "status_stale": Guard(_is_stale, ("policy",)),
    "within_return_window": Guard(lambda m, _: _before(m, m.facts.return_window_ends_at)),
    "within_warranty": Guard(lambda m, _: _before(m, m.facts.warranty_ends_at)),
    "price_known": Guard(_has_price),
    "stock_available": Guard(lambda m, _: m.facts.stock_count > 0),
    "remote_diagnosable": Guard(lambda m, _: m.facts.is_remote_diagnosable),
    "item_with": Guard(lambda m, a: item_holder(m.ticket) == a[0], ("holder",), is_exclusive=True),
    "evidence": Guard(lambda m, a: any(item.kind == a[0] for item in m.facts.evidence), ("kind",)),
    "evidence_since": Guard(_has_evidence_since, ("clock",)),
    "shown_since": Guard(_has_shown_since, ("clock",)),
    "continues_ticket": Guard(lambda m, _: any(not link.is_child for link in m.facts.links)),
    "linked_request_filed": Guard(_any_linked(lambda state, _: state not in CONTACT_STATES), ("category",)),
    "linked_settled": Guard(_any_linked(lambda _, kind: kind.is_settled), ("category",)),
    "linked_disputed": Guard(_any_linked(lambda _, kind: kind is StateKind.PLATFORM), ("category",)),
    "flag": Guard(lambda m, a: a[0] in m.ticket.flags, ("flag",)),
    "running": Guard(lambda m, a: m.clock(a[0]) is not None, ("clock",)),
    "count_below": Guard(lambda m, a: m.ticket.counts.get(a[0], 0) < int(a[1]), ("count", "number")),
    "count_at_least": Guard(lambda m, a: m.ticket.counts.get(a[0], 0) >= int(a[1]), ("count", "number")),
    "waited": Guard(lambda m, a: _elapsed(m, a) is True, ("clock", "policy")),
    "open_for": Guard(lambda m, a: _elapsed(m, a) is False, ("clock", "policy")),
}


def _before(moment: Moment, end: datetime | None) -> bool:
    return end is not None and moment.at < end


GUARDS: Mapping[str, Guard] = MappingProxyType(_GUARDS)
