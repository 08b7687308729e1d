"""What the closed words of the desk are called on the screen."""

from pages.shared.texts import _
from workflow.forms import INPUTS
from workflow.lifecycle import Lifecycle
from workflow.tickets import Event
from workflow.vocabulary import Ball, Channel, EventKind, EvidenceKind, Language, Priority, Role, StateKind

CHANNELS = {
    Channel.CHAT_WEB: _("Chat, web"),
    Channel.CHAT_APP: _("Chat, app"),
    Channel.EMAIL: _("E-mail"),
    Channel.PHONE: _("Phone"),
    Channel.IMPORT: _("Import"),
}
CHANNEL_ICONS = {
    Channel.CHAT_WEB: ":material/chat:",
    Channel.CHAT_APP: ":material/smartphone:",
    Channel.EMAIL: ":material/mail:",
    Channel.PHONE: ":material/call:",
    Channel.IMPORT: ":material/upload_file:",
}
ROLES = {
    Role.BUYER: _("Buyer"),
    Role.SELLER_AGENT: _("Agent"),
    Role.PLATFORM_AGENT: _("Platform"),
    Role.SYSTEM_TIMER: _("Clock"),
    Role.SYSTEM_SYNC: _("Marketplace sync"),
}
PRIORITIES = {
    Priority.LOW: _("Low"),
    Priority.NORMAL: _("Normal"),
    Priority.HIGH: _("High"),
    Priority.URGENT: _("Urgent"),
}
PRIORITY_OF = {priority.value: name for priority, name in PRIORITIES.items()}
BALLS = {
    Ball.BUYER: _("Waits for the buyer"),
    Ball.SELLER: _("Waits for us"),
    Ball.PLATFORM: _("Waits for the platform"),
    Ball.CARRIER: _("Waits for the carrier"),
    Ball.NOBODY: _("Nobody has to act"),
}
KINDS = {
    StateKind.OPEN: _("Open"),
    StateKind.WAITING: _("Waiting"),
    StateKind.PLATFORM: _("With the platform"),
    StateKind.DONE: _("Resolved"),
    StateKind.FINAL: _("Closed"),
}
LANGUAGES = {Language.EN: _("English"), Language.RU: _("Russian"), Language.ZH: _("Chinese")}
EVIDENCE = {
    EvidenceKind.PHOTO: _("Photo"),
    EvidenceKind.VIDEO: _("Video"),
    EvidenceKind.DOCUMENT: _("Document"),
    EvidenceKind.LABEL: _("Label"),
    EvidenceKind.CONCLUSION: _("Expert's conclusion"),
    EvidenceKind.PACKING_VIDEO: _("Packing video"),
    EvidenceKind.HANDOVER_PROOF: _("Proof of hand-over"),
}
PARCEL_STATUSES = {
    "awaiting_registration": _("Awaiting registration"),
    "acceptance_in_progress": _("Being accepted"),
    "awaiting_approve": _("Awaiting confirmation"),
    "awaiting_packaging": _("Awaiting packaging"),
    "awaiting_deliver": _("Awaiting shipment"),
    "sent_by_seller": _("Sent by the seller"),
    "driver_pickup": _("With the driver"),
    "delivering": _("On its way"),
    "delivered": _("Delivered"),
    "not_accepted": _("Not accepted"),
    "arbitration": _("Arbitration"),
    "client_arbitration": _("Buyer's arbitration"),
    "cancelled": _("Cancelled"),
    "lost": _("Lost"),
}
CLAIMS = {"return": _("Return request"), "cancellation": _("Cancellation request"), "dispute": _("Dispute")}
UNDECIDED = {"OnApproval", "OnSellerApproval", "AwaitingProcessing", "OnSellerClarification"}
# What the marketplace calls the statuses of a claim (DECISIONS: What stands beside a ticket).
CLAIM_STATUSES = {
    "OnApproval": _("Waits for a decision"),
    "OnSellerApproval": _("Waits for the seller's decision"),
    "AwaitingProcessing": _("Waits for the seller's decision"),
    "OnSellerClarification": _("Being clarified"),
    "OfferedPartialCompensation": _("Partial compensation offered"),
    "PartialCompensationInProcess": _("Partial compensation on its way"),
    "PartialCompensationReturned": _("Partial compensation paid"),
    "Approved": _("Approved"),
    "ApprovedByOzon": _("Approved by the platform"),
    "WaitingShipment": _("Approved, waits for the hand-over"),
    "OnWay": _("Return on its way"),
    "MovingToSeller": _("Return on its way"),
    "ReceivedBySeller": _("Return received"),
    "ArrivedAtWarehouse": _("Return received"),
    "ReturnedToOzon": _("Return received by the platform"),
    "Checkout": _("Under inspection"),
    "Rejected": _("Rejected by the seller"),
    "RejectedByOzon": _("Rejected by the platform"),
    "DisputeOpened": _("Dispute opened"),
    "CheckingStatus": _("Dispute opened"),
    "Arbitration": _("Under investigation by the platform"),
    "ReturnMoneyApproved": _("Refund approved, money on its way"),
    "MoneyReturned": _("Money returned"),
    "MoneyReturnedBySystem": _("Money returned by the platform"),
    "CancelledDisputeNotOpen": _("Closed, no dispute was opened"),
    "Cancelled": _("Withdrawn"),
    "CanceledByBuyer": _("Withdrawn by the buyer"),
    "Closed": _("Closed"),
}
EVENTS = {
    EventKind.OPENED: _("Ticket opened"),
    EventKind.TRANSITION: _("Action"),
    EventKind.TIMER_SPENT: _("Clock ran out"),
    EventKind.CORRECTION: _("Corrected by a later fact"),
    EventKind.FORCED: _("State taken over from the marketplace"),
    EventKind.EVIDENCE_ADDED: _("Evidence added"),
    EventKind.EVIDENCE_TAGGED: _("Evidence tagged anew"),
    EventKind.CLAIM_RECORDED: _("Claim recorded"),
    EventKind.ASSIGNED: _("Assigned"),
    EventKind.PRIORITISED: _("Priority changed"),
    EventKind.CATEGORISED: _("Category changed"),
    EventKind.TAGGED: _("Tags changed"),
    EventKind.MERGED: _("Merged"),
    EventKind.UNMERGED: _("Merge undone"),
    EventKind.SPLIT: _("Split off"),
    EventKind.LINKED: _("Linked"),
    EventKind.UNLINKED: _("Link removed"),
    EventKind.RATED: _("Rated by the buyer"),
    EventKind.OBSERVED: _("Step of the imported history"),
}

# What happens when a clock runs out, put after "in 3 h" or before it: "{what} in 3 h".
CONSEQUENCES = {
    "first_reply_breached": _("first reply is late"),
    "reply_overdue": _("reply is late"),
    "seller_idle": _("ticket counts as idle"),
    "reply_window_expired": _("chat locks"),
    "remind_buyer": _("buyer is reminded"),
    "auto_resolve_no_reply": _("resolved unanswered"),
    "trace_overdue": _("trace is overdue"),
    "promise_missed": _("promise is missed"),
    "promise_passed": _("promised date passes"),
    "auto_approve_cancellation": _("auto-cancelled"),
    "information_deadline_passed": _("decided without more"),
    "platform_sla_breached": _("platform is late"),
    "refund_overdue": _("refund is overdue"),
    "auto_close": _("closes"),
    "evidence_overdue": _("resolved, no evidence"),
    "offer_expired": _("offer lapses"),
    "quality_check_overdue": _("check is overdue"),
    "review_overdue": _("review is overdue"),
    "return_link_missing": _("no return request"),
    "dispute_window_passed": _("dispute time ends"),
    "auto_approve_request": _("auto-approved"),
    "hand_over_overdue": _("hand-over is overdue"),
    "transit_dispute": _("platform disputes it"),
    "inspection_overdue": _("inspection is overdue"),
    "repair_overdue": _("repair is overdue"),
    "exchange_overdue": _("exchange is overdue"),
}


def consequence(trigger: str) -> str:
    """What happens when the clock of `trigger` runs out; a trigger that nobody named says its own name."""
    return CONSEQUENCES.get(trigger) or trigger.replace("_", " ")


def happening(event: Event, lifecycle: Lifecycle) -> str:
    """What an event is called: the label of its action, or what events of its kind are called."""
    if event.kind in {EventKind.TRANSITION, EventKind.TIMER_SPENT}:
        return _(lifecycle.label_of(event.name))
    return event.name if event.kind is EventKind.OBSERVED else EVENTS[event.kind]


def parcel_status(status: str) -> str:
    """A parcel's status in words; one that nobody named says its own name."""
    return PARCEL_STATUSES.get(status) or status.replace("_", " ").capitalize()


def claim_status(status: str) -> str:
    """A claim's status in words; one that nobody named stays as the marketplace writes it."""
    return CLAIM_STATUSES.get(status, status)


def reason(code: str) -> str:
    """A reason code in words, as its input names it."""
    for field in INPUTS.values():
        if code in field.choices:
            return _(field.choices[code])
    return code.replace("_", " ")


def claim_reason(code: str) -> str:
    """Why a claim was filed, in words; one that nobody named says its own name."""
    return capital(reason(code))


def capital(text: str) -> str:
    """The text with a capital first letter; the others stay."""
    return text[:1].upper() + text[1:]
