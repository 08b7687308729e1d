"""The fields that actions may ask for: their names, kinds, words and choices. How a value is checked is in `inputs`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["text", "code", "money", "instant", "reference", "flag", "choice"]
REPLY_LONGEST = 1_000
RECORD_LONGEST = 20_000
_NO_CHOICES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class Input:
    """A field. `choices` maps each code to its English label; `comment_in` names the field that some codes demand.

    `is_public`: the text goes to the buyer, so a seller's words are linted. `is_chat`: it needs an open chat.
    `is_future`: the instant must lie after the act. `longest`: the marketplace's limit for what a seller sends; what
    others wrote and what stays inside may be longer.
    """

    name: str
    kind: Kind
    label: str
    help: str
    is_public: bool = False
    is_chat: bool = False
    is_future: bool = False
    longest: int = REPLY_LONGEST  # characters of a text
    choices: Mapping[str, str] = field(default_factory=lambda: _NO_CHOICES)
    comment_in: str = ""
    comment_codes: frozenset[str] = frozenset()


RESOLUTION_REASONS = MappingProxyType(
    {
        "delivered": "Delivered",
        "refunded_full": "Refunded in full",
        "refunded_partial": "Refunded in part",
        "replaced": "Replaced",
        "repaired": "Repaired",
        "explained": "Explained",
        "no_response": "No response from the buyer",
        "no_evidence": "No evidence from the buyer",
        "platform_for_seller": "Platform decided for the seller",
        "platform_for_buyer": "Platform decided for the buyer",
    }
)
REOPEN_REASONS = MappingProxyType(
    {
        "not_solved": "The issue was not solved",
        "came_back": "The issue came back",
        "money_missing": "The money did not arrive",
        "new_evidence": "There is new evidence",
        "closed_by_mistake": "It was closed by mistake",
        "other": "Another reason",
    }
)
REJECTION_REASONS = MappingProxyType(
    {
        "outside_window": "Outside the return window and the warranty",
        "no_defect": "No defect was found",
        "misuse": "The buyer damaged or misused the item",
        "not_our_item": "Another item came back or is shown",
        "incomplete": "Parts or packaging are missing",
        "not_returnable": "Goods of this kind cannot be returned",
        "other": "Another reason",
    }
)
DECISION_REASONS = MappingProxyType(
    {
        "not_delivered": "The order did not arrive",
        "defect_proven": "The defect is proven",
        "not_as_described": "The item is not as described",
        "seller_silent": "The seller did not answer",
        "within_rules": "The seller acted within the rules",
        "evidence_missing": "The evidence does not show the claim",
        "buyer_fault": "The damage is the buyer's",
        "not_stated": "The platform gave no reason",
    }
)
PARTIES = MappingProxyType({"buyer": "Buyer", "seller": "Seller"})

_FIELDS = (
    Input(
        name="reply_text",
        kind="text",
        label="Message to the buyer",
        help="1 to 1,000 characters, without contacts, links or a request to cancel.",
        is_public=True,
        is_chat=True,
    ),
    Input(
        name="clarification_text",
        kind="text",
        label="Question to the buyer",
        help="Appears in the return request; the decision clock keeps running.",
        is_public=True,
    ),
    Input(
        name="rejection_comment",
        kind="text",
        label="Comment to the buyer",
        help="Say why; some reasons demand it.",
        is_public=True,
    ),
    Input(
        name="message_text",
        kind="text",
        longest=RECORD_LONGEST,
        label="What was written",
        help="The words as they came.",
        is_public=True,
    ),
    Input(
        name="request_text",
        kind="text",
        longest=RECORD_LONGEST,
        label="What is asked for",
        help="Both parties see it.",
        is_public=True,
    ),
    Input(
        name="mediation_text",
        kind="text",
        longest=RECORD_LONGEST,
        label="Proposal",
        help="What the platform proposes.",
        is_public=True,
    ),
    Input(
        name="information_text",
        kind="text",
        longest=RECORD_LONGEST,
        label="Information for the platform",
        help="Name the files that you attach; the other party does not see it.",
    ),
    Input(
        name="note_text", kind="text", longest=RECORD_LONGEST, label="Internal note", help="The buyer never sees it."
    ),
    Input(
        name="override_reason",
        kind="text",
        label="Why anyway",
        help="The desk advises against it; your reason is kept as an internal note.",
    ),
    Input(name="eta", kind="instant", label="New delivery date", help="In the future.", is_future=True),
    Input(
        name="auto_approve_at",
        kind="instant",
        label="Approved by itself at",
        help="The marketplace's auto_approve_date; without it the desk's own policy counts.",
    ),
    Input(
        name="amount",
        kind="money",
        label="Compensation",
        help="More than nothing and less than the price, at most two decimals.",
    ),
    Input(
        name="resolution_reason", kind="code", label="How it ended", help="For the figures.", choices=RESOLUTION_REASONS
    ),
    Input(name="reopen_reason", kind="code", label="Why again", help="For the figures.", choices=REOPEN_REASONS),
    Input(
        name="rejection_reason",
        kind="code",
        label="Reason",
        help="The buyer sees it.",
        choices=REJECTION_REASONS,
        comment_in="rejection_comment",
        comment_codes=frozenset({"misuse", "not_our_item", "incomplete", "other"}),
    ),
    Input(
        name="decision_reason",
        kind="code",
        label="The platform's reason",
        help="As the platform states it.",
        choices=DECISION_REASONS,
    ),
    Input(name="asked_party", kind="choice", label="Who is asked", help="They hold the ball.", choices=PARTIES),
    Input(
        name="reference",
        kind="reference",
        label="What shows the act",
        help="Number of the message, claim or call that shows it; no spaces.",
    ),
    Input(
        name="refund_reference",
        kind="reference",
        label="Refund number",
        help="Number of the payment or of the return in the marketplace.",
    ),
    Input(
        name="carrier_reference",
        kind="reference",
        label="Carrier's case number",
        help="Shows that the carrier confirmed the loss.",
    ),
    Input(
        name="handover_reference",
        kind="reference",
        label="Return tracking number",
        help="Or the number of the pickup point's receipt.",
    ),
    Input(
        name="platform_reference",
        kind="reference",
        label="Platform's case number",
        help="Where the platform gave one.",
    ),
    Input(
        name="tracking_number",
        kind="reference",
        label="Tracking number",
        help="Of the parcel that goes to the buyer.",
    ),
    Input(name="buyer_consent", kind="flag", label="The buyer agreed", help="To this instead of a refund."),
)

INPUTS: Mapping[str, Input] = MappingProxyType({item.name: item for item in _FIELDS})
