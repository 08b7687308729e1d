"""What somebody would like to do during a visit of a state, and what is the same in every category."""

from collections.abc import Mapping
from dataclasses import dataclass

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


# With the paces of sellers and agents and the nights: half of the replies within 2.5 h, nine of ten within 18 h.
REPLY = 1.6, 12.5
WITHDRAW = Turn(BUYER, {"withdraw": 1}, 30, 90, chance=0.03)
ASK_STATUS = Turn(BUYER, {"buyer_message": 1}, 20, 60, chance=0.22)
ANSWER_STATUS = Turn(SELLER, {"post_message": 1}, 26, 70, chance=0.35)
NOTE = Turn(SELLER, {"add_note": 1}, 3, 20, chance=0.12)
# What was left lying is found by whoever leads the team, after a week or so.
SWEEP = Turn(SELLER, {"resolve": 5, "escalate": 1, "seller_reply": 2}, 170, 330, chance=0.95)

COMMON: Mapping[str, tuple[Turn, ...]] = {
    "new": (Turn(SYNC, {"register": 1}, 0.04, 0.15),),
    "awaiting_buyer": (
        Turn(BUYER, {"buyer_message": 1}, 9, 44, chance=0.4),
        Turn(SELLER, {"resolve": 1}, 26, 70, chance=0.33),
        Turn(BUYER, {"escalate": 1}, 12, 50, chance=0.045),
        WITHDRAW,
    ),
    "compensation_offered": (
        Turn(BUYER, {"accept_compensation": 6, "decline_compensation": 4}, 8, 44, chance=0.85),
        WITHDRAW,
    ),
    "rejected": (
        Turn(BUYER, {"open_dispute": 1}, 18, 80, chance=0.5),
        Turn(SELLER, {"send_item_back": 1}, 30, 90, chance=0.7),
    ),
    "dispute_open": (Turn(PLATFORM, {"take_dispute": 1}, 18, 66), ASK_STATUS),
    "escalated": (Turn(PLATFORM, {"start_investigation": 1}, 14, 60), ASK_STATUS, ANSWER_STATUS, NOTE),
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
        WITHDRAW,
    ),
    "info_requested": (
        Turn(SELLER, {"provide_information": 1}, 16, 60, chance=0.85, brings="packing"),
        Turn(BUYER, {"provide_information": 1}, 20, 70, chance=0.75, brings="photo"),
    ),
    "refund_pending": (
        Turn(SELLER, {"refund_confirmed": 1}, 40, 130, chance=0.6),
        Turn(SYNC, {"refund_confirmed": 1}, 80, 230),
        Turn(BUYER, {"buyer_message": 1}, 60, 130, chance=0.1),
        Turn(BUYER, {"escalate": 1}, 250, 300, chance=0.5),
    ),
    "resolved": (
        Turn(BUYER, {"confirm_resolved": 1}, 18, 90, chance=0.34),
        Turn(BUYER, {"buyer_message": 1}, 10, 60, chance=0.1),
        Turn(BUYER, {"reopen": 1}, 30, 110, chance=0.065),
    ),
    "closed": (
        Turn(BUYER, {"reopen": 1}, 60, 200, chance=0.012),
        Turn(BUYER, {"buyer_message": 1}, 50, 150, chance=0.01),
    ),
}
