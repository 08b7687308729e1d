"""Saved views of the queue: a list under a name, one's own or everybody's, each with the number of its tickets."""

from dataclasses import replace

import streamlit as st

from data.saved_views import SavedViews
from pages.queue import narrowing
from pages.queue.look import HANDED_OVER, NAMES, Look, conditions_of, known, of_conditions
from pages.shared import access, session
from pages.shared.formats import plain
from pages.shared.people import DeskRole, Person, acting
from pages.shared.refusals import worded
from pages.shared.texts import _
from workflow.errors import DeskError
from workflow.saved_views import LONGEST_NAME, SavedView, Viewer, refuse_change

ADDRESS = "saved"  # names the saved view; alone it stands for its conditions
MENU = "queue_saved"
REFUSED, NAME, SHARED = "queue_saved_refused", "queue_saved_name", "queue_saved_shared"
ASKED, SAID = "queue_saved_asked", "queue_saved_said"  # the view that may be deleted; what was, until it is told
SEEN = "queue_saved_seen"  # with an id after it: the view as it was when this screen opened it


def expand_link(person: Person) -> None:
    """Put the conditions of the saved view that the address names into it, where it holds none of its own.

    Where the person sees no such view, the list is the usual one, and it is said.
    """
    named = session.query(ADDRESS)
    if not named or any(session.query(name) for name in NAMES):
        return
    view = next((view for view in _shelf().seen_by(_viewer(person)) if view.id == named), None)
    if view is None:
        text = _(
            "The saved view of this link is not there any more, or it is not shared with you. This is the open queue."
        )
        st.info(text, icon=":material/bookmark_remove:")
        return
    _see(view)
    session.set_query(**view.conditions)


def saved_views(look: Look, person: Person) -> None:
    """The menu of saved views; they are counted only while it is open."""
    if said := session.recall(SAID):
        st.toast(plain(said), icon=":material/bookmark:")
        session.forget(SAID)
    views = _shelf().seen_by(_viewer(person))
    current = next((view for view in views if view.id == session.query(ADDRESS)), None)
    seen = _seen(current) if current else None
    title = plain(current.name) if current else _("Saved")
    menu = st.popover(title, icon=":material/bookmark:", key=MENU, on_change="rerun")
    if not menu.open:
        session.forget(ASKED)
        return
    with menu:
        for view in views:
            _entry(view, person)
        _form(look, seen, person)


def _entry(view: SavedView, person: Person) -> None:
    count = access.metrics().open_queue_count(known(of_conditions(view.conditions)).filter(person))
    left, right = st.columns([6, 1], vertical_alignment="center", gap="small")
    left.button(
        f"{plain(view.name)} · {count:,}",
        icon=":material/group:" if view.is_shared else ":material/person:",
        key=f"queue_saved_open_{view.id}",
        on_click=_open,
        args=(view,),
        width="stretch",
        help=_("Shared with everybody") if view.is_shared else _("Your own"),
    )
    right.button(
        "",
        icon=":material/delete:",
        key=f"queue_saved_delete_{view.id}",
        on_click=_ask,
        args=(view,),
        help=_("Delete this view"),
        type="tertiary",
    )
    asked: SavedView | None = session.recall(ASKED)
    if asked and asked.id == view.id:
        _question(asked)


def _question(view: SavedView) -> None:
    """What is deleted cannot be taken back, and of a shared view it is everybody's."""
    text = _("Delete “{name}”? Everybody loses it.") if view.is_shared else _("Delete “{name}”?")
    st.markdown(plain(text.format(name=view.name)))
    with st.container(horizontal=True, gap="small"):
        st.button(
            _("Delete"),
            icon=":material/delete:",
            key=f"queue_saved_delete_now_{view.id}",
            type="primary",
            on_click=_delete,
            args=(view,),
        )
        st.button(_("Keep"), key=f"queue_saved_keep_{view.id}", on_click=session.forget, args=(ASKED,))


def _form(look: Look, seen: SavedView | None, person: Person) -> None:
    refused = session.recall(REFUSED)
    if refused:
        st.error(plain(refused), icon=":material/error:")
    if seen and conditions_of(look) != conditions_of(of_conditions(seen.conditions)):
        st.button(
            _("Save the changes to this view"),
            icon=":material/save:",
            key="queue_saved_update",
            on_click=_save,
            args=(replace(seen, conditions=conditions_of(look)), seen),
        )
    st.text_input(_("Save this list as"), key=NAME, max_chars=LONGEST_NAME, placeholder=_("Name"))
    if DeskRole.MANAGER in person.roles:
        st.checkbox(_("For everybody"), key=SHARED)
    st.button(
        _("Save"),
        icon=":material/bookmark_add:",
        key="queue_saved_save",
        type="primary",
        on_click=_save_new,
        args=(conditions_of(look),),
    )


def _open(view: SavedView) -> None:
    session.forget(REFUSED)
    _see(view)
    narrowing.go_to(of_conditions(view.conditions), **{HANDED_OVER: "", ADDRESS: view.id})


def _save_new(conditions: dict[str, str]) -> None:
    name, is_shared = str(session.recall(NAME) or ""), bool(session.recall(SHARED, otherwise=False))
    person = acting(DeskRole.AGENT)
    _save(SavedView(id="", owner_id=person.id, name=name, is_shared=is_shared, conditions=conditions))


def _save(view: SavedView, seen: SavedView | None = None) -> None:
    """Save it; where it is refused, what the person arranged stays: it is the list of the address."""
    session.forget(REFUSED)
    try:
        kept = _shelf().save(view, _viewer(acting(DeskRole.AGENT)), access.now(), seen=seen)
    except DeskError as error:
        _refuse(error)
        return
    _see(kept)
    session.remember(NAME, "")
    session.remember(SAID, _("The view “{name}” is saved.").format(name=kept.name))
    session.set_query(**{ADDRESS: kept.id})


def _ask(view: SavedView) -> None:
    """Ask whoever may delete it; say it at once to whoever may not."""
    session.forget(REFUSED, ASKED)
    try:
        refuse_change(view, _viewer(acting(DeskRole.AGENT)))
    except DeskError as error:
        _refuse(error)
        return
    session.remember(ASKED, view)


def _delete(view: SavedView) -> None:
    session.forget(REFUSED, ASKED)
    try:
        _shelf().delete(view, _viewer(acting(DeskRole.AGENT)))
    except DeskError as error:
        _refuse(error)
        return
    session.remember(SAID, _("The view “{name}” is deleted.").format(name=view.name))
    if session.query(ADDRESS) == view.id:
        session.set_query(**{ADDRESS: ""})


def _refuse(error: DeskError) -> None:
    """Say it in the menu, which stays open: one whose title changes, as that of a deleted view does, would close."""
    session.remember(REFUSED, worded(error))
    session.remember(MENU, True)  # noqa: FBT003 - the value of the menu


def _see(view: SavedView) -> None:
    session.remember(SEEN + view.id, view)


def _seen(current: SavedView) -> SavedView:
    """The view as this screen opened it, whatever it has become since; where it did not open it, as it is now."""
    if session.recall(SEEN + current.id) is None:
        _see(current)
    return session.recall(SEEN + current.id)


def _viewer(person: Person) -> Viewer:
    return Viewer(id=person.id, is_manager=DeskRole.MANAGER in person.roles)


def _shelf() -> SavedViews:
    return SavedViews(access.desk().database)
