"""How people behave in each state: who may act, what they choose, how often and after how long. Tables, no rules.

The desk decides what is possible; a turn only says what somebody would like to do. `does` weighs the actions of which
one is taken; `chance` is whether they act at all during the visit; hours are those of a usual agent and seller.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from data.demo.plots import DELAY, QUALITY, RETURN
from workflow.vocabulary import Role

BUYER, SELLER, PLATFORM, SYNC = Role.BUYER, Role.SELLER_AGENT, Role.PLATFORM_AGENT, Role.SYSTEM_SYNC
# Not actions of a table: files, and the state that the marketplace reports.
ATTACH, MIRROR = "attach", "mirror:"


@dataclass(frozen=True, slots=True)
class Turn:
    """One wish of one side during a visit of a state. `brings` names the files that come with it."""

    who: Role
    does: Mapping[str, float]
    median_hours: float
    p90_hours: float
    chance: float = 1.0
    brings: str = ""


# Half of the replies within 2.5 h, nine of ten within 18 h.
_REPLY = 2.5, 18.0
_WITHDRAW = Turn(BUYER, {"withdraw": 1}, 30, 90, chance=0.02)
_ASK_STATUS = Turn(BUYER, {"buyer_message": 1}, 20, 60, chance=0.22)
_ANSWER_STATUS = Turn(SELLER, {"post_message": 1}, 26, 70, chance=0.35)
_NOTE = Turn(SELLER, {"add_note": 1}, 3, 20, chance=0.12)

_COMMON: Mapping[str, tuple[Turn, ...]] = {
    "new": (Turn(SYNC, {"register": 1}, 0.04, 0.15),),
    "awaiting_buyer": (
        Turn(BUYER, {"buyer_message": 1}, 9, 44, chance=0.4),
        Turn(SELLER, {"resolve": 1}, 26, 70, chance=0.33),
        Turn(BUYER, {"escalate": 1}, 12, 50, chance=0.035),
        _WITHDRAW,
    ),
    "compensation_offered": (
        Turn(BUYER, {"accept_compensation": 6, "decline_compensation": 4}, 8, 44, chance=0.85),
        _WITHDRAW,
    ),
    "rejected": (
        Turn(BUYER, {"open_dispute": 1}, 18, 80, chance=0.5),
        Turn(SELLER, {"send_item_back": 1}, 30, 90, chance=0.7),
    ),
    "dispute_open": (Turn(PLATFORM, {"take_dispute": 1}, 18, 66), _ASK_STATUS),
    "escalated": (Turn(PLATFORM, {"start_investigation": 1}, 14, 60), _ASK_STATUS, _ANSWER_STATUS, _NOTE),
    "under_investigation": (
        Turn(
            PLATFORM,
            {
                "decide_for_buyer": 4,
                "decide_for_seller": 3,
                "mediate_back": 1.2,
                "request_information": 2.5,
                "dispute_for_buyer_return": 2,
            },
            30,
            90,
        ),
        _WITHDRAW,
    ),
    "info_requested": (
        Turn(SELLER, {"provide_information": 1}, 16, 60, chance=0.7, brings="packing"),
        Turn(BUYER, {"provide_information": 1}, 20, 70, chance=0.3, brings="photo"),
    ),
    "refund_pending": (
        Turn(SELLER, {"refund_confirmed": 1}, 40, 130, chance=0.6),
        Turn(SYNC, {"refund_confirmed": 1}, 60, 200, chance=0.55),
        Turn(BUYER, {"buyer_message": 1}, 60, 130, chance=0.1),
        Turn(BUYER, {"escalate": 1}, 250, 300, chance=0.5),
    ),
    "resolved": (
        Turn(BUYER, {"confirm_resolved": 1}, 18, 90, chance=0.34),
        Turn(BUYER, {"buyer_message": 1}, 10, 60, chance=0.1),
        Turn(BUYER, {"reopen": 1}, 30, 110, chance=0.055),
    ),
    "closed": (
        Turn(BUYER, {"reopen": 1}, 60, 200, chance=0.012),
        Turn(BUYER, {"buyer_message": 1}, 50, 150, chance=0.01),
    ),
}

_DELAY: Mapping[str, tuple[Turn, ...]] = {
    "awaiting_seller": (
        Turn(SELLER, {"seller_reply": 4, "share_tracking": 5, "open_trace": 1.5, "escalate": 0.7, "resolve": 0.4}, *_REPLY),
        Turn(BUYER, {"buyer_message": 1}, 8, 30, chance=0.3),
        Turn(BUYER, {"request_cancellation": 1}, 26, 90, chance=0.12),
        Turn(BUYER, {"escalate": 1}, 40, 110, chance=0.45),
        _WITHDRAW,
        _NOTE,
    ),
    "awaiting_buyer": (
        *_COMMON["awaiting_buyer"],
        Turn(BUYER, {"request_cancellation": 1}, 20, 70, chance=0.06),
    ),
    "tracing": (
        Turn(SELLER, {"trace_found": 1}, 70, 190, chance=0.5),
        Turn(SELLER, {"trace_lost": 1}, 110, 220, chance=0.3),
        Turn(BUYER, {"escalate": 1}, 70, 200, chance=0.08),
        Turn(BUYER, {"request_cancellation": 1}, 40, 150, chance=0.08),
        _ASK_STATUS,
        _ANSWER_STATUS,
    ),
    "eta_promised": (
        Turn(BUYER, {"buyer_message": 1}, 24, 80, chance=0.16),
        Turn(BUYER, {"request_cancellation": 1}, 30, 90, chance=0.05),
        Turn(BUYER, {"escalate": 1}, 30, 90, chance=0.04),
        Turn(SYNC, {"delivery_date_changed": 1}, 18, 60, chance=0.12),
        _WITHDRAW,
    ),
    "cancellation_requested": (
        Turn(SELLER, {"approve_cancellation": 7, "reject_cancellation": 3}, 9, 46, chance=0.88),
    ),
}

_QUALITY: Mapping[str, tuple[Turn, ...]] = {
    "awaiting_seller": (
        Turn(
            SELLER,
            {"seller_reply": 2, "request_evidence": 6, "attach_evidence": 4, "resolve": 0.25, "escalate": 0.12},
            *_REPLY,
        ),
        Turn(BUYER, {"buyer_message": 1}, 10, 34, chance=0.22),
        Turn(BUYER, {ATTACH: 1}, 6, 24, chance=0.16, brings="photo"),
        Turn(BUYER, {"escalate": 1}, 40, 110, chance=0.4),
        _WITHDRAW,
        _NOTE,
    ),
    "awaiting_buyer": (
        *_COMMON["awaiting_buyer"],
        Turn(BUYER, {ATTACH: 1}, 9, 40, chance=0.3, brings="photo"),
    ),
    "evidence_requested": (
        Turn(BUYER, {ATTACH: 1}, 7, 46, chance=0.72, brings="photo"),
        Turn(BUYER, {"buyer_message": 1}, 12, 50, chance=0.2),
        Turn(SELLER, {"review_without_evidence": 1}, 60, 120, chance=0.12),
        Turn(BUYER, {"escalate": 1}, 20, 80, chance=0.03),
    ),
    "evidence_review": (
        Turn(SELLER, {"post_message": 1}, 1.6, 9, chance=0.45),
        Turn(
            SELLER,
            {
                "offer_compensation": 4,
                "approve_refund_no_return": 2.2,
                "agree_return": 2.6,
                "reject_claim": 1.7,
                "send_to_quality_check": 1.5,
                "request_more_evidence": 1,
            },
            7,
            34,
            chance=0.96,
        ),
        Turn(BUYER, {"escalate": 1}, 36, 90, chance=0.22),
        _NOTE,
    ),
    "quality_check": (
        Turn(SELLER, {"defect_confirmed": 6, "defect_not_confirmed": 4}, 80, 260, brings="conclusion"),
        _ASK_STATUS,
        _ANSWER_STATUS,
    ),
    "return_agreed": (_ASK_STATUS, _ANSWER_STATUS),
}

_RETURN: Mapping[str, tuple[Turn, ...]] = {
    "new": (
        Turn(BUYER, {"submit_return_request": 1}, 0.5, 2, chance=0.14),
        *_COMMON["new"],
    ),
    "awaiting_seller": (
        Turn(SELLER, {"seller_reply": 6, "resolve": 0.3, "escalate": 0.1}, *_REPLY),
        Turn(BUYER, {"submit_return_request": 1}, 8, 40, chance=0.4),
        Turn(BUYER, {"buyer_message": 1}, 10, 34, chance=0.2),
        Turn(BUYER, {"escalate": 1}, 40, 110, chance=0.4),
        _WITHDRAW,
    ),
    "awaiting_buyer": (
        Turn(BUYER, {"submit_return_request": 1}, 6, 40, chance=0.75),
        *_COMMON["awaiting_buyer"],
    ),
    "return_requested": (
        Turn(
            SELLER,
            {
                "approve_request": 9,
                "ask_clarification": 2,
                "offer_compensation": 1.6,
                "refund_without_return": 0.9,
                "reject_request": 2,
            },
            6,
            21,
            chance=0.93,
        ),
        Turn(SYNC, {f"{MIRROR}approved": 1}, 10, 20, chance=0.03),
        _NOTE,
    ),
    "on_clarification": (
        Turn(BUYER, {"clarify": 1}, 5, 20, chance=0.6),
        Turn(BUYER, {ATTACH: 1}, 5, 20, chance=0.25, brings="photo"),
        Turn(SELLER, {"approve_request": 3, "reject_request": 1}, 16, 23, chance=0.4),
    ),
    "approved": (
        Turn(BUYER, {"hand_over": 1}, 30, 80, chance=0.9),
        Turn(BUYER, {"buyer_message": 1}, 10, 60, chance=0.12),
        Turn(BUYER, {"withdraw": 1}, 24, 60, chance=0.03),
    ),
    "return_in_transit": (
        Turn(SYNC, {"receive_return": 6, "quick_refund": 1}, 90, 220, chance=0.93),
        Turn(BUYER, {"transit_dispute": 1}, 350, 420, chance=0.6),
        _ASK_STATUS,
        _ANSWER_STATUS,
    ),
    "received": (
        Turn(SELLER, {"start_inspection": 5, "confirm_refund": 4}, 18, 60),
        _ASK_STATUS,
    ),
    "inspection": (
        Turn(
            SELLER,
            {"confirm_refund": 7, "refuse_after_check": 1.6, "choose_repair": 1.2, "choose_exchange": 1.6},
            36,
            110,
            chance=0.95,
            brings="conclusion",
        ),
        Turn(BUYER, {"escalate": 1}, 60, 150, chance=0.05),
    ),
    "repair_in_progress": (
        Turn(SELLER, {"repair_done": 1}, 300, 620, chance=0.9, brings="handover"),
        _ASK_STATUS,
        _ANSWER_STATUS,
    ),
    "exchange_pending": (
        Turn(SELLER, {"request_check": 1}, 10, 30, chance=0.1),
        Turn(SELLER, {"exchange_done": 1}, 130, 160, chance=0.4, brings="handover"),
    ),
}

_OWN = {DELAY: _DELAY, QUALITY: _QUALITY, RETURN: _RETURN}

# What a story makes likelier or unlikelier than the tables say.
_LEANINGS: Mapping[str, Mapping[str, float]] = {
    "late": {"trace_lost": 0, "open_trace": 0.3},
    "stuck": {"open_trace": 3, "trace_lost": 0},
    "lost": {"open_trace": 4, "share_tracking": 0.5, "trace_found": 0.2, "reject_cancellation": 0.3},
    "defect": {"send_to_quality_check": 2, "agree_return": 1.4},
    "damaged": {"approve_refund_no_return": 1.6, "send_to_quality_check": 0},
    "wrong_item": {"agree_return": 3, "send_to_quality_check": 0, "reject_claim": 0.4},
    "incomplete": {"offer_compensation": 1.6, "send_to_quality_check": 0},
    "not_as_described": {"reject_claim": 1.8, "send_to_quality_check": 0.2},
    "unfit": {"choose_repair": 0, "choose_exchange": 0.2, "refuse_after_check": 0.4},
    "changed_mind": {"choose_repair": 0, "choose_exchange": 0, "reject_request": 1.3},
    "warranty": {"choose_repair": 5, "start_inspection": 3},
    "exchange": {"choose_exchange": 6, "start_inspection": 4, "choose_repair": 0.3},
}


def turns(category: str, state: str) -> tuple[Turn, ...]:
    """What people would like to do with a ticket of `category` in `state`."""
    return _OWN[category].get(state, _COMMON.get(state, ()))


def leaning(topic: str, trigger: str) -> float:
    """How much likelier a story makes `trigger`; 1 is as usual."""
    return _LEANINGS.get(topic, {}).get(trigger, 1.0)
