"""Which form of the queue page is open: at most one at a time. What was entered in one that was put away waits for it.

It waits within the session, by form and ticket, until the form is carried out: on another ticket nothing of it appears.
"""

from collections.abc import Mapping

from pages.shared import session

ASKED = "queue_asked"  # the form of an action
CONTACT, PARCEL, MIRROR = "queue_contact_open", "queue_parcel_open", "queue_mirror_open"
REFUSAL = "queue_refusal"
_FORM, _KEPT = "queue_form_of", "queue_forms_kept"
KEPT_COUNT = 50  # a session lasts a day, and most forms that are put away are never opened again
_PREFIXES = ("queue_contact_", "queue_parcel_", "queue_mirror_", "queue_input_")
# What is no field: what the form begins with and says; and files and buttons, which Streamlit lets nobody fill in.
_NO_FIELDS = ("open", "beginning", "begun_at", "errors", "opened", "stale", "attempt", "files", "submit")


def open_only(drawer: str, ticket_id: str = "", *, of: str = "") -> None:
    """Open one, for a ticket where it is about one, or continuing the ticket `of`; the others are put away."""
    begin(f"{drawer}/{ticket_id or of}")
    session.remember(drawer, ticket_id)


def begin(form: str) -> None:
    """Let `form` be the one that is open, with what was entered when it was put away."""
    close_all()
    session.remember(_FORM, form)
    for key, value in session.recall(_KEPT, {}).get(form, {}).items():
        session.remember(key, value)


def entered(prefix: str) -> dict[str, object]:
    """What stands in the fields whose keys begin with `prefix`."""
    names = {f"{prefix}{name}" for name in _NO_FIELDS}
    return {key: value for key, value in session.recall_all(prefix).items() if key not in names}


def put_away(values: Mapping[str, object]) -> None:
    """Close the form; `values` stand in it when it is opened again, among the newest `KEPT_COUNT` of the session."""
    form = session.recall(_FORM)
    if form:
        newest_last = [*_kept_without(form).items(), (form, dict(values))]
        session.remember(_KEPT, dict(newest_last[-KEPT_COUNT:]))
    close_all()


def finish() -> None:
    """Close the form that was carried out, with all that was entered."""
    session.remember(_KEPT, _kept_without(session.recall(_FORM)))
    close_all()


def close_all() -> None:
    """Put everything away."""
    session.forget(ASKED, REFUSAL, _FORM)
    for prefix in _PREFIXES:
        session.forget_all(prefix)


def is_any_open() -> bool:
    """Whether a form is open still: what the browser sends at once, a text and the leaving, reaches the form alone."""
    return session.recall(_FORM) is not None


def is_open(drawer: str, ticket_id: str = "") -> bool:
    """Whether a form is to be drawn: one that was opened for a ticket stands on no other."""
    return session.recall(drawer) == ticket_id


def _kept_without(form: str | None) -> dict[str, dict[str, object]]:
    kept: dict[str, dict[str, object]] = session.recall(_KEPT, {})
    return {name: values for name, values in kept.items() if name != form}
