"""Why an act on the ticket did not happen: said where it was pressed, until the next try."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.queue.drawers import ASKED, REFUSAL
from pages.shared import session
from pages.shared.formats import plain
from pages.shared.people import DeskRole, Person, acting
from pages.shared.refusals import worded
from pages.shared.texts import _, counted
from workflow.errors import ActionNotAllowedError, DeskError, EvidenceRefusedError, TicketChangedError

HEAD, EVIDENCE, RATING = "head", "evidence", "rating"
PAIRS, PAIRS_BY_HAND, SPLIT = "pairs", "pairs_by_hand", "split"
KEPT = "queue_refused"


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """The sentence, on which ticket it was pressed and where; `is_new` until it was drawn once."""

    ticket_id: str
    place: str
    sentence: str
    is_new: bool = True


def of_file(evidence_id: str) -> str:
    """The place of one file of evidence."""
    return f"{EVIDENCE} {evidence_id}"


def attempt(
    ticket_id: str, place: str, act: Callable[[Person], object], *, undone: str = "", files_count: int = 0
) -> bool:
    """Let the person act who is at the screen now, if they are an agent still; whether it was taken.

    A refusal is kept for `place`. Where its sentence does not name the act, `undone` says what was not done, or
    `files_count` how many files were not added.
    """
    try:
        act(acting(DeskRole.AGENT))
    except EvidenceRefusedError as error:
        keep(ticket_id, place, _of_files(error, files_count))
        return False
    except DeskError as error:
        keep(ticket_id, place, _sentence(error, _none_of(files_count) if files_count else undone))
        return False
    session.forget(KEPT)
    return True


def keep(ticket_id: str, place: str, sentence: str) -> None:
    """Keep a sentence for `place`; it replaces the one before, wherever that stood."""
    session.remember(KEPT, Kept(ticket_id=ticket_id, place=place, sentence=sentence))


def take_over(ticket_id: str, *, is_done: bool) -> None:
    """Before the ticket is drawn: what forms and actions were refused for without a form belongs to its head.

    Something that happened since (`is_done`) or another ticket ends what was said. What stands at the head may be
    scrolled away, so it is said in passing, too.
    """
    refusal = session.recall(REFUSAL)
    if refusal and refusal.sentence and not session.recall(ASKED):
        keep(ticket_id, HEAD, refusal.sentence)
        session.forget(REFUSAL)
    kept = session.recall(KEPT)
    if not kept:
        return
    if kept.ticket_id != ticket_id or (is_done and not kept.is_new):
        session.forget(KEPT)
        return
    if kept.is_new and kept.place == HEAD:
        st.toast(plain(kept.sentence), icon=":material/block:", duration="long")
    session.remember(KEPT, replace(kept, is_new=False))


def say(ticket_id: str, place: str) -> None:
    """Draw what was refused at `place`; it keeps its place where there is nothing, so that nothing moves when it comes.

    A popover below it would close.
    """
    kept = session.recall(KEPT)
    with st.container():
        if kept and (kept.ticket_id, kept.place) == (ticket_id, place):
            st.warning(plain(kept.sentence), icon=":material/block:")


@contextmanager
def form(  # noqa: PLR0913 - where it stands, and what a popover is made of
    above: DeltaGenerator, ticket_id: str, place: str, title: str, *, icon: str, key: str
) -> Iterator[bool]:
    """A popover that says what was refused at `place` at its end while it is open, and else in `above`; whether it is.

    `above` stands before the popover: what is below a button may be out of sight when the popover closes.
    """
    with st.popover(title, icon=icon, key=key, on_change="rerun") as popover:
        yield bool(popover.open)
        if popover.open:
            say(ticket_id, place)
    with above:
        if not popover.open:
            say(ticket_id, place)


def stale(error: TicketChangedError) -> str:
    """The winner's name and time, and what to do."""
    return _("{sentence} Nothing that you typed is lost.").format(sentence=worded(error))


def _none_of(count: int) -> str:
    return counted("The file was not added.", "None of the {count} files was added.", count)


def _of_files(error: EvidenceRefusedError, count: int) -> str:
    """One file that cannot be taken keeps all of them out."""
    if count == 1:
        return worded(error)
    text = _("{undone} The reason is {name}: {reason}.")
    return text.format(undone=_none_of(count), name=error.name, reason=error.reason)


def _sentence(error: DeskError, undone: str) -> str:
    match error:
        case TicketChangedError():
            said = stale(error)
        case ActionNotAllowedError():
            return worded(error)
        case _:
            said = worded(error)
    return f"{undone} {said}" if undone else said
