"""How people behave in each state of an after-sales ticket. A table; `scripts` says how it is read."""

from collections.abc import Mapping

from data.demo.turns import (
    ANSWER_STATUS,
    ASK_STATUS,
    ATTACH,
    BUYER,
    COMMON,
    MIRROR,
    NOTE,
    REPLY,
    SELLER,
    SWEEP,
    SYNC,
    WITHDRAW,
    Turn,
)

RETURNS: Mapping[str, tuple[Turn, ...]] = {
    "new": (
        Turn(BUYER, {"submit_return_request": 1}, 0.5, 2, chance=0.14),
        *COMMON["new"],
    ),
    "awaiting_seller": (
        Turn(SELLER, {"seller_reply": 6, "resolve": 0.3, "escalate": 0.1}, *REPLY),
        Turn(BUYER, {"submit_return_request": 1}, 8, 40, chance=0.4),
        Turn(BUYER, {"buyer_message": 1}, 10, 34, chance=0.2),
        Turn(BUYER, {"escalate": 1}, 40, 110, chance=0.5),
        WITHDRAW,
        SWEEP,
    ),
    "awaiting_buyer": (
        Turn(BUYER, {"submit_return_request": 1}, 6, 40, chance=0.75),
        *COMMON["awaiting_buyer"],
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
            7,
            26,
            chance=0.82,
        ),
        Turn(SYNC, {f"{MIRROR}approved": 1}, 6, 18, chance=0.06),
        NOTE,
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
        ASK_STATUS,
        ANSWER_STATUS,
    ),
    "received": (
        Turn(SELLER, {"start_inspection": 5, "confirm_refund": 3}, 18, 60),
        ASK_STATUS,
    ),
    "inspection": (
        Turn(
            SELLER,
            {"confirm_refund": 7, "refuse_after_check": 1.6, "choose_repair": 2, "choose_exchange": 2.5},
            36,
            110,
            chance=0.95,
            brings="conclusion",
        ),
        Turn(BUYER, {"escalate": 1}, 60, 150, chance=0.05),
    ),
    "repair_in_progress": (
        Turn(SELLER, {"repair_done": 1}, 300, 620, chance=0.9, brings="handover"),
        ASK_STATUS,
        ANSWER_STATUS,
    ),
    "exchange_pending": (
        Turn(SELLER, {"request_check": 1}, 10, 30, chance=0.1),
        Turn(SELLER, {"exchange_done": 1}, 130, 160, chance=0.4, brings="handover"),
    ),
}
