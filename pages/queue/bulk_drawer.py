"""The act on many tickets: what would come of it, the word to do it, what came of it, and taking it back."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

import streamlit as st

from pages.queue import drawers, focusing, form
from pages.queue.acting import INPUT_PREFIX
from pages.queue.bulk_outcomes import changed, outcomes_table, refused_first, what, why_it_stays
from pages.queue.sheet import load
from pages.shared import access, errors, session
from pages.shared.formats import plain
from pages.shared.people import DeskRole, Person, acting
from pages.shared.refusals import worded
from pages.shared.texts import _, counted
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

TAGS, IS_REMOVAL, REMOVED = (f"{INPUT_PREFIX}{name}" for name in ("tags", "tags_is_removal", "tags_removed"))
ASKED, DONE, REFUSED = "queue_bulk_asked", "queue_bulk_done", "queue_bulk_refused"
FORESEEN, IS_NEW = "queue_bulk_foreseen_act", "queue_bulk_foreseen_is_new"


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
    """Open the preview of an act that asks for nothing more, in the next run; so do the two that follow."""
    _begin(AskedOfMany(chosen=chosen, title=title, act=act))


def ask_action(chosen: tuple[Chosen, ...], offer: ActionOffer) -> None:
    """Open the form and the preview of an action."""
    _begin(AskedOfMany(chosen=chosen, title=_(offer.label), offer=offer))


def ask_tags(chosen: tuple[Chosen, ...]) -> None:
    """Open the form and the preview of tags."""
    _begin(AskedOfMany(chosen=chosen, title=_("Tag")))


def close() -> None:
    """Put the drawer away, with what was entered."""
    session.forget(ASKED, REFUSED, FORESEEN, IS_NEW)
    if not drawers.is_any_open():  # one that was begun at the same time has fields of these names
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
    changed_count = len(changed(done.outcomes))
    text = _("{title}: {done} of {count} done").format(title=done.title, done=changed_count, count=len(done.outcomes))
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="queue_bulk_result"):
        st.markdown(plain(text), width="content")
        if done.with_way_back and access.now() - done.done_at <= UNDO_WINDOW:
            st.button(_("Undo"), icon=":material/undo:", key="queue_bulk_undo", on_click=_undo)
    stays = changed_count - len(done.with_way_back)
    if stays and not done.is_undo:
        st.caption(f":material/info: {why_it_stays(done.outcomes, stays)}")
    refusal = session.recall(REFUSED)
    if refusal and not session.recall(ASKED):  # else the drawer says it
        st.error(plain(refusal), icon=":material/error:")
    refused_first(done.outcomes)


def _begin(asked: AskedOfMany) -> None:
    drawers.put_away()
    close()
    session.remember(ASKED, asked)


def _draw(asked: AskedOfMany, person: Person) -> None:
    if session.recall(ASKED) is None:  # done just now: the page has to say so
        st.rerun()
    with errors.sentences():
        if asked.act is None:
            focusing.first_field()
            _fields(asked, person)
            # Its button stands above what will happen: that comes when a field is left, which the press itself does.
            press, shown = st.container(gap="xsmall"), st.container()
        else:
            shown, press = st.container(), st.container(gap="xsmall")
        with shown:
            changed_count = _foreseen(asked, person)
        with press:
            _press(asked, changed_count)


def _foreseen(asked: AskedOfMany, person: Person) -> int:
    """What will happen, once there is enough to say it; how many tickets change by it."""
    act = _act(asked)
    if _left_empty(asked, act):
        st.caption(_("What will happen is shown here before it does."))
        return 0
    foreseen = _preview(asked, act, person)
    session.remember(FORESEEN, act)
    st.caption(_("What will happen. Nothing has been changed yet."))
    outcomes_table(foreseen, key="queue_bulk_foreseen")
    return len(changed(foreseen))


def _press(asked: AskedOfMany, changed_count: int) -> None:
    """The button. While one types the desk knows of nothing: what cannot be done is refused when it is pressed."""
    refusal, is_new = session.recall(REFUSED), session.recall(IS_NEW)
    session.forget(REFUSED, IS_NEW)
    if refusal:
        st.error(plain(refusal), icon=":material/error:")
    elif is_new:
        st.info(_("This is what will happen. Press again to do it."), icon=":material/visibility:")
    words = counted("Do it for {count} ticket", "Do it for {count} tickets", changed_count)
    st.button(
        words if changed_count else _("Do it"),
        key="queue_bulk_do",
        type="primary",
        disabled=asked.act is not None and not changed_count,
        on_click=_carry_out,
        args=(asked,),
    )


def _fields(asked: AskedOfMany, person: Person) -> None:
    """The fields of the action, or of tags; raises the desk's sentences."""
    if asked.offer is None:
        _tag_fields(asked, person)
        return
    sheet = load(asked.chosen[0].id, person)
    for use in asked.offer.inputs:
        form.field(use, sheet)


def _tag_fields(asked: AskedOfMany, person: Person) -> None:
    """Tags to be added, or those to be removed of all that the tickets have."""
    ways = {False: _("Add"), True: _("Remove")}
    label_of = ways.__getitem__
    is_removal = st.segmented_control(
        _("Tags"), list(ways), default=False, required=True, format_func=label_of, key=IS_REMOVAL
    )
    if not is_removal:
        st.text_input(_("Tags, apart by spaces"), key=TAGS)
        return
    desk = access.desk().desk
    known = sorted({tag for item in asked.chosen for tag in desk.case(item.id, scope=person.scope).ticket.tags})
    none = _("Choose") if known else _("None of these tickets has a tag")
    st.multiselect(_("Tags to remove"), known, key=REMOVED, placeholder=none)


def _act(asked: AskedOfMany) -> BulkAct:
    """The act, with what stands in its fields now."""
    if asked.act is not None:
        return asked.act
    if asked.offer is not None:
        return Take(trigger=asked.offer.trigger, inputs=form.entered(asked.offer.inputs, access.zone()))
    if session.recall(IS_REMOVAL):
        return RemoveTags(tags=tuple(session.recall(REMOVED) or ()))
    return AddTags(tags=tuple(str(session.recall(TAGS) or "").split()))


def _left_empty(asked: AskedOfMany, act: BulkAct) -> str:
    """What has to be entered first, as a sentence; empty where something stands in every required field."""
    match act:
        case AddTags(tags=()) | RemoveTags(tags=()):
            return _("Nothing was changed: name a tag first.")
        case Take(inputs=inputs) if asked.offer is not None:
            missing = [use for use in asked.offer.inputs if use.is_required and use.name not in inputs]
            fields = ", ".join(f"“{_(form.declared(use).label)}”" for use in missing)
            return _("Nothing was changed: fill in {fields} first.").format(fields=fields) if missing else ""
        case _:
            return ""


def _preview(asked: AskedOfMany, act: BulkAct, person: Person) -> tuple[Outcome, ...]:
    return preview(access.desk().desk, asked.chosen, act, actor=person.actor, now=access.now(), scope=person.scope)


def _carry_out(asked: AskedOfMany) -> None:
    now, act = access.now(), _act(asked)
    try:
        person = acting(DeskRole.AGENT)
        if asked.act is None and (why_not := _why_nothing(asked, act, person)):
            session.remember(REFUSED, why_not)
            return
        if asked.act is None and session.recall(FORESEEN) != act:  # typed last, and nobody has seen what comes of it
            session.remember(IS_NEW, value=True)
            return
        outcomes = carry_out(access.desk().desk, asked.chosen, act, actor=person.actor, now=now, scope=person.scope)
    except DeskError as error:
        session.remember(REFUSED, worded(error))
        return
    close()
    # It was done whatever becomes of the question what can be taken back; until that is answered all of it is tried.
    done = DoneToMany(title=asked.title, act=act, outcomes=outcomes, done_at=now, with_way_back=changed(outcomes))
    session.remember(DONE, done)
    with suppress(DeskError):
        back = with_a_way_back(access.desk().desk, outcomes, act, actor=person.actor, now=now, scope=person.scope)
        session.remember(DONE, replace(done, with_way_back=back))


def _why_nothing(asked: AskedOfMany, act: BulkAct, person: Person) -> str:
    """Why what was entered would change no ticket, so that the form stays open to be mended; empty where it would."""
    if empty := _left_empty(asked, act):
        return empty
    foreseen = _preview(asked, act, person)
    if changed(foreseen):
        return ""
    refused = (what(outcome) for outcome in foreseen if outcome.refusal)
    return next(refused, _("Nothing was changed: it is so already on every ticket that is selected."))


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
