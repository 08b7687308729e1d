"""Which form of the queue page is open: at most one at a time, and what was entered goes when it is put away."""

from pages.shared import session

ASKED = "queue_asked"  # the form of an action
CONTACT, PARCEL, MIRROR = "queue_contact_open", "queue_parcel_open", "queue_mirror_open"
REFUSAL = "queue_refusal"
_PREFIXES = ("queue_contact_", "queue_parcel_", "queue_mirror_", "queue_input_")


def open_only(drawer: str, ticket_id: str = "") -> None:
    """Open one, empty, for a ticket where it is about one; the others are put away."""
    close_all()
    session.remember(drawer, ticket_id)


def close_all() -> None:
    """Put everything away."""
    session.forget(ASKED, REFUSAL)
    for prefix in _PREFIXES:
        session.forget_all(prefix)


def is_open(drawer: str, ticket_id: str = "") -> bool:
    """Whether a form is to be drawn: one that was opened for a ticket stands on no other."""
    return session.recall(drawer) == ticket_id
