"""Which form of the queue page is open: at most one at a time. What was entered in one that was put away waits for it.

It waits within the session, by form and ticket, until the form is carried out: on another ticket nothing of it appears.
"""

from collections.abc import Callable, Mapping
from functools import partial

from pages.shared import session

ASKED = "queue_asked"  # the form of an action
CONTACT, PARCEL, MIRROR = "queue_contact_open", "queue_parcel_open", "queue_mirror_open"
REFUSAL = "queue_refusal"
_FORM, _KEPT = "queue_form_of", "queue_forms_kept"
_KEEPS, _OPENED_COUNT = "queue_form_keeps", "queue_forms_opened"  # what the open one keeps; the number of its opening
KEPT_COUNT = 50  # a session lasts a day, and most forms that are put away are never opened again
_PREFIXES = ("queue_contact_", "queue_parcel_", "queue_mirror_", "queue_input_")
# What is no field: what the form begins with and says; and files and buttons, which Streamlit lets nobody fill in.
_NO_FIELDS = ("open", "beginning", "begun_at", "errors", "opened", "stale", "attempt", "files", "submit")


def open_only(drawer: str, ticket_id: str = "", *, of: str = "") -> None:
    """Open one, for a ticket where it is about one, or continuing the ticket `of`; the others are put away."""
    begin(f"{drawer}/{ticket_id or of}")
    session.remember(drawer, ticket_id)


def begin(form: str) -> None:
    """Let `form` be the one that is open, with what was entered when it was put away.

    Where the desk is busy, the putting away of one form and the press for the next reach it at once, and Streamlit
    carries the newer out first: what stands in the older is kept here, and its putting away finds it gone.
    """
    put_away()
    session.remember(_FORM, form)
    session.remember(_OPENED_COUNT, session.recall(_OPENED_COUNT, 0) + 1)
    for key, value in session.recall(_KEPT, {}).get(form, {}).items():
        session.remember(key, value)


def entered(prefix: str) -> dict[str, object]:
    """What stands in the fields whose keys begin with `prefix`."""
    names = {f"{prefix}{name}" for name in _NO_FIELDS}
    return {key: value for key, value in session.recall_all(prefix).items() if key not in names}


def dismissal(kept: Callable[[], Mapping[str, object]]) -> Callable[[], None]:
    """What puts the form that is open away: what `kept` answers then stands in it when it is opened again.

    One that was begun since then stays open.
    """
    session.remember(_KEEPS, kept)
    return partial(_put_away, session.recall(_OPENED_COUNT, 0))


def put_away() -> None:
    """Close the form that is open, if any, and keep what was entered: something else is begun."""
    _put_away(session.recall(_OPENED_COUNT, 0))


def finish() -> None:
    """Close the form that was carried out, with all that was entered."""
    session.remember(_KEPT, _kept_without(session.recall(_FORM)))
    _close_all()


def _close_all() -> None:
    """Put everything away."""
    session.forget(ASKED, REFUSAL, _FORM, _KEEPS)
    for prefix in _PREFIXES:
        session.forget_all(prefix)


def is_any_open() -> bool:
    """Whether a form is open still: what the browser sends at once, a text and the leaving, reaches the form alone."""
    return session.recall(_FORM) is not None


def is_open(drawer: str, ticket_id: str = "") -> bool:
    """Whether a form is to be drawn: one that was opened for a ticket stands on no other."""
    return session.recall(drawer) == ticket_id


def _put_away(opening: int) -> None:
    """Close the form of this opening; what was entered is kept among the newest `KEPT_COUNT` of the session."""
    form, kept = session.recall(_FORM), session.recall(_KEEPS)
    if opening != session.recall(_OPENED_COUNT, 0):
        return
    values = dict(kept()) if form and kept else {}
    if form and values:  # one that is not drawn any more, as on another ticket, holds nothing: what was kept stays
        newest_last = [*_kept_without(form).items(), (form, values)]
        session.remember(_KEPT, dict(newest_last[-KEPT_COUNT:]))
    _close_all()


def _kept_without(form: str | None) -> dict[str, dict[str, object]]:
    kept: dict[str, dict[str, object]] = session.recall(_KEPT, {})
    return {name: values for name, values in kept.items() if name != form}
