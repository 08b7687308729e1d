"""How people behave in each state: who may act, what they choose, how often and after how long. Tables, no rules.

The desk decides what is possible; a turn only says what somebody would like to do. `does` weighs the actions of which
one is taken; `chance` is whether they act at all during the visit; hours are those of a usual agent and seller.
"""

from collections.abc import Mapping

from data.demo.plots import DELAY, QUALITY, RETURN
from data.demo.scripts_returns import RETURNS
from data.demo.turns import (
    ANSWER_STATUS,
    ASK_STATUS,
    ATTACH,
    BUYER,
    COMMON,
    NOTE,
    REPLY,
    SELLER,
    SWEEP,
    SYNC,
    WITHDRAW,
    Turn,
)

_DELAY: Mapping[str, tuple[Turn, ...]] = {
    "awaiting_seller": (
        Turn(
            SELLER,
            {"seller_reply": 4, "share_tracking": 5, "open_trace": 1.5, "escalate": 0.7, "resolve": 0.4},
            *REPLY,
        ),
        Turn(BUYER, {"buyer_message": 1}, 8, 30, chance=0.3),
        Turn(BUYER, {"request_cancellation": 1}, 26, 90, chance=0.2),
        Turn(BUYER, {"escalate": 1}, 40, 110, chance=0.55),
        WITHDRAW,
        NOTE,
        SWEEP,
    ),
    "awaiting_buyer": (
        *COMMON["awaiting_buyer"],
        Turn(BUYER, {"request_cancellation": 1}, 20, 70, chance=0.06),
    ),
    "tracing": (
        Turn(SELLER, {"trace_found": 1}, 70, 190, chance=0.55),
        Turn(SELLER, {"trace_lost": 1}, 80, 180, chance=0.8),
        Turn(BUYER, {"escalate": 1}, 70, 200, chance=0.08),
        Turn(BUYER, {"request_cancellation": 1}, 40, 150, chance=0.08),
        ASK_STATUS,
        ANSWER_STATUS,
    ),
    "eta_promised": (
        Turn(BUYER, {"buyer_message": 1}, 24, 80, chance=0.16),
        Turn(BUYER, {"request_cancellation": 1}, 30, 90, chance=0.05),
        Turn(BUYER, {"escalate": 1}, 30, 90, chance=0.04),
        Turn(SYNC, {"delivery_date_changed": 1}, 18, 60, chance=0.12),
        WITHDRAW,
    ),
    "cancellation_requested": (
        Turn(SELLER, {"approve_cancellation": 7, "reject_cancellation": 3}, 14, 70, chance=0.72),
    ),
}

_QUALITY: Mapping[str, tuple[Turn, ...]] = {
    "awaiting_seller": (
        Turn(
            SELLER,
            {"seller_reply": 2, "request_evidence": 6, "attach_evidence": 4, "resolve": 0.25, "escalate": 0.12},
            *REPLY,
        ),
        Turn(BUYER, {"buyer_message": 1}, 10, 34, chance=0.22),
        Turn(BUYER, {ATTACH: 1}, 6, 24, chance=0.16, brings="photo"),
        Turn(BUYER, {"escalate": 1}, 40, 110, chance=0.5),
        WITHDRAW,
        NOTE,
        SWEEP,
    ),
    "awaiting_buyer": (
        *COMMON["awaiting_buyer"],
        Turn(BUYER, {ATTACH: 1}, 9, 40, chance=0.3, brings="photo"),
    ),
    "evidence_requested": (
        Turn(BUYER, {ATTACH: 1}, 7, 46, chance=0.72, brings="photo"),
        Turn(BUYER, {"buyer_message": 1}, 12, 50, chance=0.2),
        Turn(SELLER, {"review_without_evidence": 1}, 60, 120, chance=0.12),
        Turn(BUYER, {"escalate": 1}, 20, 80, chance=0.03),
        WITHDRAW,
    ),
    "evidence_review": (
        Turn(SELLER, {"post_message": 1}, 1.6, 9, chance=0.6),
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
        Turn(SELLER, {"approve_refund_no_return": 2, "reject_claim": 1, "escalate": 1}, 170, 330),
        NOTE,
    ),
    "quality_check": (
        Turn(SELLER, {"defect_confirmed": 6, "defect_not_confirmed": 4}, 80, 260, brings="conclusion"),
        ASK_STATUS,
        ANSWER_STATUS,
    ),
    "return_agreed": (ASK_STATUS, ANSWER_STATUS),
}

_OWN = {DELAY: _DELAY, QUALITY: _QUALITY, RETURN: RETURNS}

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
    return _OWN[category].get(state, COMMON.get(state, ()))


def leaning(topic: str, trigger: str) -> float:
    """How much likelier a story makes `trigger`; 1 is as usual."""
    return _LEANINGS.get(topic, {}).get(trigger, 1.0)
