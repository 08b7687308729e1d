"""What people put into the fields that an action asks for. Follows `workflow.forms`; every value fits the story."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from data.demo import texts
from data.demo.plots import QUALITY, Plot
from data.demo.texts import Filling
from data.settings import DEFAULT_TIME_ZONE
from workflow.forms import INPUTS
from workflow.lifecycle import InputUse
from workflow.tickets import Ticket
from workflow.vocabulary import Language, LinkKind, Role
from workflow.zones import local_day

_CENT = Decimal("0.01")
_DAY = timedelta(days=1)
_OPTIONAL_SHARE = 0.85
_SIDES = {
    Role.BUYER: "buyer",
    Role.SELLER_AGENT: "seller",
    Role.PLATFORM_AGENT: "platform",
    Role.SYSTEM_SYNC: "platform",
}
_POWERED = frozenset({"electronics", "appliances"})
# The text where none has the action's own name.
_OTHERWISE = {"buyer": "clarify", "seller": "post_message", "platform": "request_information"}


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody is about to do: in which story and ticket, as whom, when."""

    plot: Plot
    ticket: Ticket
    role: Role
    trigger: str
    at: datetime


def fill(uses: tuple[InputUse, ...], ask: Ask) -> dict[str, object]:
    """Values for `uses`; a field that may stay empty now and then does."""
    random = ask.plot.random
    taken = [use.name for use in uses if use.is_required or random.random() < _OPTIONAL_SHARE]
    plain = [name for name in taken if INPUTS[name].kind != "text"]
    values = {name: True if INPUTS[name].kind == "flag" else _VALUES.get(name, _reference)(ask) for name in plain}
    return values | {name: _words(name, ask, values) for name in taken if name not in plain}


def opening(plot: Plot) -> str:
    """The buyer's first words."""
    is_plain = plot.topic == "defect" and plot.goods.product.product_category not in _POWERED
    name = "flaw" if is_plain else plot.topic
    return _say(plot, plot.language, ("buyer", "open", name), {})


def late_words(plot: Plot) -> str:
    """What the buyer had written before a clock ran out."""
    return _say(plot, plot.language, ("buyer", "say", "answer"), {})


def _words(name: str, ask: Ask, values: Mapping[str, object]) -> str:
    """The text for a field: what the side says when it does this, in the buyer's language; notes in the team's."""
    plot, side = ask.plot, _SIDES[ask.role]
    if name in {"note_text", "override_reason"}:
        language = Language.ZH if plot.goods.seller.contract == "global" else Language.RU
        return _say(plot, language, ("seller", "note", "any"), values)
    if ask.trigger == "buyer_message":
        return _say(plot, plot.language, ("buyer", "say", _mood(ask.ticket)), values)
    key = next(key for key in _keys(ask, side) if texts.knows(plot.language, side, "do", key))
    plot.done.add(ask.trigger)
    return _say(plot, plot.language, (side, "do", key), values)


def _keys(ask: Ask, side: str) -> tuple[str, ...]:
    """The names under which a text may stand, the most fitting first."""
    again = f"{ask.trigger}_again" if ask.trigger in ask.plot.done else ""
    money = f"{ask.trigger}_money" if "money_missing" in ask.plot.done else ""
    return money, again, f"{ask.trigger}_{ask.ticket.category}", ask.trigger, _OTHERWISE[side]


def _say(plot: Plot, language: Language, place: tuple[str, str, str], values: Mapping[str, object]) -> str:
    side, manner, name = place
    return texts.text(language, side, manner, name, _filling(plot, values), plot.random, plot.said)


def _filling(plot: Plot, values: Mapping[str, object]) -> Filling:
    eta, price = values.get("eta"), plot.order.items[0].price
    return Filling(
        product=plot.goods.names[plot.language],
        order=plot.order.number,
        date=_date(eta if isinstance(eta, datetime) else plot.posting.promised_at or plot.contact_at, plot.language),
        tracking=plot.posting.tracking_number,
        amount=f"{plot.offer or price.amount} {price.currency}",
    )


def _mood(ticket: Ticket) -> str:
    """What a buyer writes about in this state."""
    if ticket.state_kind.is_settled:
        return "again" if ticket.resolution_reason in {"no_response", "no_evidence"} else "thanks"
    if ticket.state == "awaiting_buyer":
        return "answer"
    return "impatient" if ticket.state in {"new", "awaiting_seller"} else "status"


def _date(instant: datetime, language: Language) -> str:
    """The day on the clock of the demo's desk, as its cards show it."""
    day = local_day(ZoneInfo(DEFAULT_TIME_ZONE), instant)
    match language:
        case Language.RU:
            return f"{day:%d.%m}"
        case Language.ZH:
            return f"{day.month}月{day.day}日"
        case Language.EN:
            return f"{day.day} {day:%b}"


def _eta(ask: Ask) -> datetime:
    """A new date near the true one, now and then too early; at a full hour."""
    random = ask.plot.random
    arrives_at = next((parcel.delivered_at for parcel in ask.plot.parcels if parcel.delivered_at), None)
    if arrives_at is None or arrives_at < ask.at:
        guess = ask.at + _DAY * random.choice((2, 3, 4, 5))
    else:
        guess = max(arrives_at + _DAY * random.uniform(-0.6, 1.4), ask.at + _DAY)
    return guess.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _amount(ask: Ask) -> str:
    share = Decimal(ask.plot.random.choice(("0.15", "0.2", "0.25", "0.3", "0.4")))
    ask.plot.offer = str((ask.plot.order.items[0].price.amount * share).quantize(_CENT))
    return ask.plot.offer


def _resolution_reason(ask: Ask) -> str:
    if ask.plot.link_kind is LinkKind.RELATED_TO:
        return "explained"
    likely = (
        ("explained", "explained", "replaced", "refunded_full") if ask.ticket.category == QUALITY else ("explained",)
    )
    return ask.plot.random.choice(likely)


def _reopen_reason(ask: Ask) -> str:
    ask.plot.done.discard("money_missing")
    if ask.ticket.resolution_reason.startswith("refunded"):
        ask.plot.done.add("money_missing")
        return "money_missing"
    return ask.plot.random.choice(("not_solved", "not_solved", "came_back", "other"))


def _rejection_reason(ask: Ask) -> str:
    if "no_defect_found" in ask.plot.done:
        return "no_defect"
    likely = ("no_defect",) if ask.ticket.category == QUALITY else ("not_returnable", "outside_window", "no_defect")
    return ask.plot.random.choice(likely)


def _decision_reason(ask: Ask) -> str:
    if ask.trigger == "decide_for_seller":
        return ask.plot.random.choice(("within_rules", "within_rules", "evidence_missing", "buyer_fault"))
    if "first_reply_breached" in ask.ticket.flags:
        return "seller_silent"
    proven = {"late": "not_delivered", "stuck": "not_delivered", "lost": "not_delivered", "defect": "defect_proven"}
    return proven.get(ask.plot.topic, "not_as_described")


def _asked_party(ask: Ask) -> str:
    return ask.plot.random.choice(("seller", "seller", "buyer"))


def _tracking_number(ask: Ask) -> str:
    return f"DEMOBACK{ask.plot.random.randrange(10**7):07d}"


def _reference(ask: Ask) -> str:
    return f"REF-{ask.plot.random.randrange(10**6):06d}"


_VALUES: Mapping[str, Callable[[Ask], object]] = {
    "eta": _eta,
    "auto_approve_at": lambda ask: ask.at + 3 * _DAY,
    "amount": _amount,
    "resolution_reason": _resolution_reason,
    "reopen_reason": _reopen_reason,
    "rejection_reason": _rejection_reason,
    "decision_reason": _decision_reason,
    "asked_party": _asked_party,
    "tracking_number": _tracking_number,
}
