"""What an act on many tickets comes to, or came to, in a table: each ticket with its outcome and the reason."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.shared import access, words
from pages.shared.formats import plain
from pages.shared.refusals import clocked, worded
from pages.shared.texts import _, counted, label
from workflow.bulk import Outcome
from workflow.tickets import Ticket

NOTHING = "—"


def changed(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Those of tickets that change."""
    return tuple(outcome for outcome in outcomes if outcome.is_done)


def why_it_stays(outcomes: Sequence[Outcome], count: int) -> str:
    """Why `count` of the changed tickets cannot be taken back."""
    states = [(outcome.before.state, outcome.after.state) for outcome in outcomes if outcome.before and outcome.after]
    if all(before == after for before, after in states):
        return _("There is no undo: no state was changed, and a note or message that was written stays.")
    return counted(
        "{count} ticket has no undo: no action leads back to its state before.",
        "{count} tickets have no undo: no action leads back to their states before.",
        count,
    )


def refused_first(outcomes: Sequence[Outcome]) -> None:
    """The table of what was done."""
    refused_first = sorted(outcomes, key=lambda outcome: (not outcome.refusal, outcome.chosen.number))
    outcomes_table(refused_first, key="queue_bulk_outcomes")


def outcomes_table(outcomes: Sequence[Outcome], *, key: str) -> None:
    """The reason is what it is read for: it takes as many lines as it needs, and a long table scrolls (`desk.css`)."""
    rows = [(str(outcome.chosen.number), _result(outcome), plain(what(outcome))) for outcome in outcomes]
    frame = pd.DataFrame(rows, columns=pd.Index([_("No."), _("Outcome"), _("What, or why not")]))
    with st.container(key=key):
        st.table(frame, border="horizontal", hide_index=True, alt=_("The outcome for each ticket"))


def _result(outcome: Outcome) -> str:
    if outcome.refusal:
        return _("refused")
    return _("changed") if outcome.is_done else _("as it was")


def what(outcome: Outcome) -> str:
    """What changes on the ticket, or why nothing does."""
    if outcome.refusal:
        return worded(outcome.error) if outcome.error else outcome.refusal
    before, after = outcome.before, outcome.after
    if before is None or after is None:
        return _("It is so already.")
    if before.state != after.state:
        return f"{_state(before)} → {_state(after)}"
    names = access.directory().names()
    changes = [
        (names.get(before.assignee_id, before.assignee_id), names.get(after.assignee_id, after.assignee_id)),
        (words.PRIORITIES[before.priority], words.PRIORITIES[after.priority]),
        (" ".join(before.tags), " ".join(after.tags)),
    ]
    said = [f"{old or NOTHING} → {new or NOTHING}" for old, new in changes if old != new]
    said += [clocked(outcome.why)] if outcome.why else []
    return " · ".join(said) or _("It stays in {state}.").format(state=_state(after))


def _state(ticket: Ticket) -> str:
    lifecycle = access.desk().rules.lifecycle_of(ticket)
    return label(lifecycle.states[ticket.state].labels, ticket.state)
