"""The act on many tickets: what would come of it, the word to do it, what came of it, and taking it back."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd
import streamlit as st

from pages.queue import drawers, form
from pages.queue.acting import INPUT_PREFIX
from pages.queue.sheet import load
from pages.shared import access, errors, session
from pages.shared.formats import plain
from pages.shared.people import DeskRole, Person, acting
from pages.shared.refusals import clocked, worded
from pages.shared.texts import _, counted, label
from workflow.bulk import (
    UNDO_WINDOW,
    AddTags,
    BulkAct,
    Chosen,
    Outcome,
    RemoveTags,
    Take,
    carry_out,
    preview,
    undo,
    with_a_way_back,
)
from workflow.errors import DeskError
from workflow.rules import ActionOffer
from workflow.tickets import Ticket

NOTHING = "—"
TAGS, IS_REMOVAL, REMOVED = (f"{INPUT_PREFIX}{name}" for name in ("tags", "tags_is_removal", "tags_removed"))
ASKED, DONE, REFUSED = "queue_bulk_asked", "queue_bulk_done", "queue_bulk_refused"


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedOfMany:
    """An act on many tickets that waits for the word; of an action the inputs are still to be entered, and tags."""

    chosen: tuple[Chosen, ...]
    title: str
    act: BulkAct | None = None
    offer: ActionOffer | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DoneToMany:
    """What was done, to be read and taken back."""

    title: str
    act: BulkAct
    outcomes: tuple[Outcome, ...]
    done_at: datetime
    with_way_back: tuple[Outcome, ...] = ()
    is_undo: bool = False


def ask(chosen: tuple[Chosen, ...], act: BulkAct, title: str) -> None:
    """Open the preview of an act that asks for nothing more."""
    _begin(AskedOfMany(chosen=chosen, title=title, act=act))
    st.rerun()


def ask_action(chosen: tuple[Chosen, ...], offer: ActionOffer) -> None:
    """Open the form and the preview of an action."""
    _begin(AskedOfMany(chosen=chosen, title=_(offer.label), offer=offer))
    st.rerun()


def ask_tags(chosen: tuple[Chosen, ...]) -> None:
    """Open the form and the preview of tags; for a callback."""
    _begin(AskedOfMany(chosen=chosen, title=_("Tag")))


def close() -> None:
    """Put the drawer away, with what was entered."""
    session.forget(ASKED, REFUSED)
    session.forget_all(INPUT_PREFIX)


def draw(person: Person) -> None:
    """The drawer, where something is asked."""
    asked = session.recall(ASKED)
    if asked:
        title = f"{plain(asked.title)}: {counted('{count} ticket', '{count} tickets', len(asked.chosen))}"
        st.dialog(title, width="medium", on_dismiss=close)(_draw)(asked, person)


def undo_line() -> None:
    """What came of the last act, and the button that takes it back while its window is open."""
    done = session.recall(DONE)
    if not done:
        return
    changed = len(_changed(done.outcomes))
    text = _("{title}: {done} of {count} done").format(title=done.title, done=changed, count=len(done.outcomes))
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="queue_bulk_result"):
        st.markdown(plain(text), width="content")
        if done.with_way_back and access.now() - done.done_at <= UNDO_WINDOW:
            st.button(_("Undo"), icon=":material/undo:", key="queue_bulk_undo", on_click=_undo)
    stays = changed - len(done.with_way_back)
    if stays and not done.is_undo:
        st.caption(f":material/info: {_why_it_stays(done.outcomes, stays)}")
    refusal = session.recall(REFUSED)
    if refusal:
        st.error(plain(refusal), icon=":material/error:")
    _refused_first(done.outcomes)


def _why_it_stays(outcomes: Sequence[Outcome], count: int) -> str:
    states = [(outcome.before.state, outcome.after.state) for outcome in outcomes if outcome.before and outcome.after]
    if all(before == after for before, after in states):
        return _("There is no undo: no state was changed, and a note or message that was written stays.")
    return counted(
        "{count} ticket has no undo: no action leads back to its state before.",
        "{count} tickets have no undo: no action leads back to their states before.",
        count,
    )


def _begin(asked: AskedOfMany) -> None:
    drawers.close_all()
    close()
    session.remember(ASKED, asked)


def _draw(asked: AskedOfMany, person: Person) -> None:
    if session.recall(ASKED) is None:  # done just now: the page has to say so
        st.rerun()
    with errors.sentences():
        act = asked.act or _entered(asked, person)
        foreseen = preview(
            access.desk().desk, asked.chosen, act, actor=person.actor, now=access.now(), scope=person.scope
        )
        changed = len(_changed(foreseen))
        st.caption(_("What will happen. Nothing has been changed yet."))
        _table(foreseen, key="queue_bulk_foreseen")
        words = counted("Do it for {count} ticket", "Do it for {count} tickets", changed)
        st.button(
            words, key="queue_bulk_do", type="primary", disabled=not changed, on_click=_carry_out, args=(asked, act)
        )


def _entered(asked: AskedOfMany, person: Person) -> BulkAct:
    """The tags, or the action, with what is entered so far; raises the desk's sentences."""
    if asked.offer is None:
        return _tags(asked, person)
    sheet = load(asked.chosen[0].id, person)
    for use in asked.offer.inputs:
        form.field(use, sheet)
    return Take(trigger=asked.offer.trigger, inputs=form.entered(asked.offer.inputs, sheet.zone))


def _tags(asked: AskedOfMany, person: Person) -> BulkAct:
    """Tags to be added, or those to be removed of all that the tickets have."""
    ways = {False: _("Add"), True: _("Remove")}
    label_of = ways.__getitem__
    is_removal = st.segmented_control(
        _("Tags"), list(ways), default=False, required=True, format_func=label_of, key=IS_REMOVAL
    )
    if not is_removal:
        return AddTags(tags=tuple((st.text_input(_("Tags, apart by spaces"), key=TAGS) or "").split()))
    desk = access.desk().desk
    known = sorted({tag for item in asked.chosen for tag in desk.case(item.id, scope=person.scope).ticket.tags})
    none = _("Choose") if known else _("None of these tickets has a tag")
    gone = st.multiselect(_("Tags to remove"), known, key=REMOVED, placeholder=none)
    return RemoveTags(tags=tuple(gone))


def _carry_out(asked: AskedOfMany, act: BulkAct) -> None:
    now = access.now()
    try:
        person = acting(DeskRole.AGENT)
        outcomes = carry_out(access.desk().desk, asked.chosen, act, actor=person.actor, now=now, scope=person.scope)
    except DeskError as error:
        session.remember(REFUSED, worded(error))
        return
    close()
    # It was done whatever becomes of the question what can be taken back; until that is answered all of it is tried.
    done = DoneToMany(title=asked.title, act=act, outcomes=outcomes, done_at=now, with_way_back=_changed(outcomes))
    session.remember(DONE, done)
    with suppress(DeskError):
        back = with_a_way_back(access.desk().desk, outcomes, act, actor=person.actor, now=now, scope=person.scope)
        session.remember(DONE, replace(done, with_way_back=back))


def _changed(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    return tuple(outcome for outcome in outcomes if outcome.is_done)


def _undo() -> None:
    done = session.recall(DONE)
    try:
        person = acting(DeskRole.AGENT)
        outcomes = undo(
            access.desk().desk,
            done.with_way_back,
            done.act,
            actor=person.actor,
            done_at=done.done_at,
            now=access.now(),
            scope=person.scope,
        )
    except DeskError as error:
        session.remember(REFUSED, worded(error))
        return
    title = _("Undo {title}").format(title=done.title)
    session.remember(DONE, DoneToMany(title=title, act=done.act, outcomes=outcomes, done_at=done.done_at, is_undo=True))


def _refused_first(outcomes: Sequence[Outcome]) -> None:
    refused_first = sorted(outcomes, key=lambda outcome: (not outcome.refusal, outcome.chosen.number))
    _table(refused_first, key="queue_bulk_outcomes")


def _table(outcomes: Sequence[Outcome], *, key: str) -> None:
    """The reason is what it is read for: it takes as many lines as it needs, and a long table scrolls (`desk.css`)."""
    rows = [(str(outcome.chosen.number), _result(outcome), plain(_what(outcome))) for outcome in outcomes]
    frame = pd.DataFrame(rows, columns=pd.Index([_("No."), _("Outcome"), _("What, or why not")]))
    with st.container(key=key):
        st.table(frame, border="horizontal", hide_index=True, alt=_("The outcome for each ticket"))


def _result(outcome: Outcome) -> str:
    if outcome.refusal:
        return _("refused")
    return _("changed") if outcome.is_done else _("as it was")


def _what(outcome: Outcome) -> str:
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
        (before.priority.value, after.priority.value),
        (" ".join(before.tags), " ".join(after.tags)),
    ]
    said = [f"{old or NOTHING} → {new or NOTHING}" for old, new in changes if old != new]
    said += [clocked(outcome.why)] if outcome.why else []
    return " · ".join(said) or _("It stays in {state}.").format(state=_state(after))


def _state(ticket: Ticket) -> str:
    lifecycle = access.desk().rules.lifecycle_of(ticket)
    return label(lifecycle.states[ticket.state].labels, ticket.state)
