"""The closed words of the desk: one enum for each thing that code may compare. Owns no rule."""

from enum import StrEnum, auto


class Role(StrEnum):
    """Whose act an event is."""

    BUYER = auto()
    SELLER_AGENT = auto()
    PLATFORM_AGENT = auto()
    SYSTEM_TIMER = auto()
    SYSTEM_SYNC = auto()


class StateKind(StrEnum):
    """What a state means for the clock and the backlog; `DONE` and `FINAL` are resolved, the others are not."""

    OPEN = auto()
    WAITING = auto()
    PLATFORM = auto()
    DONE = auto()
    FINAL = auto()

    @property
    def is_settled(self) -> bool:
        """Whether a ticket in such a state has left the backlog."""
        return self in {StateKind.DONE, StateKind.FINAL}


class Ball(StrEnum):
    """Who must act next."""

    BUYER = auto()
    SELLER = auto()
    PLATFORM = auto()
    CARRIER = auto()
    NOBODY = auto()


class Effect(StrEnum):
    """What an action means to the buyer and to the figures."""

    PUBLIC_REPLY = auto()
    INTERNAL = auto()
    RESOLUTION = auto()
    CONTACT = auto()  # the buyer or the platform says something; no act of the answering side


class EventKind(StrEnum):
    """The shapes of an event in the log."""

    OPENED = auto()
    TRANSITION = auto()  # a row of the lifecycle's table, also one that stays
    TIMER_SPENT = auto()  # a timer came due and its facts were false
    CORRECTION = auto()  # a late fact disproved a timer
    FORCED = auto()  # the marketplace's state, mirrored outside the table
    EVIDENCE_ADDED = auto()
    EVIDENCE_TAGGED = auto()  # what a file shows, or for which claim, said anew
    CLAIM_RECORDED = auto()
    ASSIGNED = auto()
    PRIORITISED = auto()
    CATEGORISED = auto()
    TAGGED = auto()
    MERGED = auto()  # closed as one with another ticket, or the other one taken in
    UNMERGED = auto()
    SPLIT = auto()  # a ticket was opened for a part of this one's messages
    LINKED = auto()
    UNLINKED = auto()
    RATED = auto()  # how content the buyer is
    OBSERVED = auto()  # a step of a history from elsewhere


class Channel(StrEnum):
    """How the buyer reached the seller."""

    CHAT_WEB = auto()
    CHAT_APP = auto()
    EMAIL = auto()
    PHONE = auto()
    IMPORT = auto()

    @property
    def is_chat(self) -> bool:
        """Whether the marketplace's reply window applies."""
        return self in {Channel.CHAT_WEB, Channel.CHAT_APP}


class Scheme(StrEnum):
    """Who stores and who delivers (ozon_rules section 1)."""

    FBO = "FBO"
    FBS = "FBS"
    RFBS = "rFBS"


class Priority(StrEnum):
    """How urgent the desk judges a ticket."""

    LOW = auto()
    NORMAL = auto()
    HIGH = auto()
    URGENT = auto()


class EvidenceKind(StrEnum):
    """What a file shows."""

    PHOTO = auto()
    VIDEO = auto()
    DOCUMENT = auto()
    LABEL = auto()
    CONCLUSION = auto()  # of a service centre or an expert
    PACKING_VIDEO = auto()
    HANDOVER_PROOF = auto()


class Language(StrEnum):
    """Languages in which every state has a name."""

    EN = auto()
    RU = auto()
    ZH = auto()


class LinkKind(StrEnum):
    """How two tickets belong together; the first is the one that the link names from."""

    AFTER_SALES_OF = auto()
    FOLLOW_UP_OF = auto()
    DUPLICATE_OF = auto()
    RELATED_TO = auto()
