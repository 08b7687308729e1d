"""Selecting tickets of the list: the mode, the marks, and the bar that acts on all that are marked."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from pages.queue import bulk_drawer
from pages.queue.arrival import look_at_marks
from pages.queue.assignees import assignees
from pages.shared import access, session, words
from pages.shared.errors import sentences
from pages.shared.formats import plain
from pages.shared.keys import (
    BULK,
    BULK_ACTION,
    BULK_ALL,
    BULK_ASSIGN,
    BULK_MARK,
    BULK_PRIORITISE,
    BULK_TAG,
    Key,
)
from pages.shared.numbers import number_of
from pages.shared.people import DeskRole, Person, acting
from pages.shared.refusals import worded
from pages.shared.texts import _, counted
from workflow.assignment import shares
from workflow.bulk import MOST, Assign, Chosen, Prioritise, ShareOut, common_actions
from workflow.errors import DeskError
from workflow.rules import ActionOffer
from workflow.vocabulary import Priority

MODE, MARKED, PAGE_NUMBERS, TABLE = "queue_bulk_mode", "queue_bulk_marked", "queue_bulk_numbers", "queue_bulk_table"
REFUSED = "queue_bulk_not_marked"
ASSIGN, PRIORITISE, TAG, ACTION = (f"queue_bulk_{what}" for what in ("assign", "prioritise", "tag", "action"))
CHOICE = "queue_bulk_choice"  # in which of these, and what
NOBODY = ""
LEAST_LOADED = "least loaded"  # no agent's id has a space


def is_on() -> bool:
    """Whether rows are being selected for an act on all of them."""
    return bool(session.recall(MODE))


def switch() -> None:
    """The button that begins and ends selecting."""
    st.button(
        _("Done") if is_on() else _("Select"),
        icon=":material/checklist:",
        key="queue_bulk",
        on_click=_switch,
        shortcut=BULK.shortcut,
        help=_("Select several tickets and act on all of them"),
    )


def mark_rows(numbers: Sequence[int]) -> None:
    """Before the list is drawn: let it show the marks that are on its page; the others are kept."""
    session.remember(PAGE_NUMBERS, list(numbers))
    marked = set(_marked())
    places = [place for place, number in enumerate(numbers) if number in marked]
    session.remember(TABLE, {"selection": {"rows": places, "columns": [], "cells": []}})


def take_marks() -> None:
    """Take over the marks of the list; those of tickets that are not on its page stay."""
    numbers = session.recall(PAGE_NUMBERS, [])
    places = session.recall(TABLE, {}).get("selection", {}).get("rows", [])
    here = [numbers[place] for place in places if place < len(numbers)]
    _keep([*(number for number in _marked() if number not in set(numbers)), *here])


def bar(frame: pd.DataFrame, person: Person) -> None:
    """What can be done to all marked tickets, on this page of the list and elsewhere."""
    rows = _rows(frame, person)
    chosen = tuple(
        Chosen(id=ticket_id, number=int(number), version=int(version))
        for ticket_id, number, version in zip(rows["id"], rows["number"], rows["version"], strict=True)
    )
    here = set(frame["number"])
    open_rows = rows[rows["is_open"]]
    held = dict(zip(open_rows["id"], open_rows["assignee_id"], strict=True))
    with st.container(border=True, key="queue_bulk_bar"):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            _marks(len(chosen), sum(item.number not in here for item in chosen))
        refused = session.recall(REFUSED)
        session.forget(REFUSED)
        if refused:
            st.caption(f":material/info: {plain(refused)}")
        if chosen:
            with st.container(horizontal=True, gap="small"), sentences():
                _acts(chosen, held, person)
        else:
            session.forget(CHOICE)
        bulk_drawer.undo_line()
    bulk_drawer.draw(person)


def _rows(frame: pd.DataFrame, person: Person) -> pd.DataFrame:
    """The marked tickets as the person sees them, those of the page first; one that is out of sight loses its mark."""
    marked = _marked()
    here = frame.loc[frame["number"].isin(marked), ["number", "id", "version", "is_open", "assignee_id"]]
    others = sorted(set(marked) - set(here["number"]))
    if not others:
        return here
    rows = pd.concat([here, access.directory().tickets_chosen(others, person.scope)], ignore_index=True)
    known = set(rows["number"])
    session.remember(MARKED, [number for number in marked if number in known])
    return rows


def _marks(count: int, elsewhere_count: int) -> None:
    text = counted("{count} ticket selected", "{count} tickets selected", count)
    more = counted("{count} of them not on this page", "{count} of them not on this page", elsewhere_count)
    st.markdown(f"**{text}** · {more}" if elsewhere_count else f"**{text}**", width="content")
    shown = number_of(session.query("ticket"))
    st.button(
        _("This ticket") if shown is None else _("Ticket {number}").format(number=shown),
        key="queue_bulk_mark",
        on_click=_mark,
        shortcut=BULK_MARK.shortcut,
        help=BULK_MARK.what,
    )
    st.button(_("All"), key="queue_bulk_all", on_click=_mark_all, shortcut=BULK_ALL.shortcut, help=BULK_ALL.what)
    if elsewhere_count:
        st.button(_("None"), key="queue_bulk_none", on_click=_unmark_all, help=_("Take the marks of all pages away"))


def _acts(chosen: tuple[Chosen, ...], held: Mapping[str, str], person: Person) -> None:
    agents = {
        LEAST_LOADED: _("Whoever has the fewest"),
        **assignees(person),
        NOBODY: _("Nobody"),
    }
    _menu(
        _("Assign"),
        agents,
        icon=":material/person_add:",
        key=ASSIGN,
        help=_hint(BULK_ASSIGN),
    )
    _menu(
        _("Priority"),
        {priority: words.PRIORITIES[priority] for priority in reversed(Priority)},
        icon=":material/priority_high:",
        key=PRIORITISE,
        help=_hint(BULK_PRIORITISE),
    )
    st.button(
        _("Tag"),
        icon=":material/sell:",
        key=TAG,
        on_click=_choose,
        args=(TAG,),
        help=_hint(BULK_TAG),
    )
    desk = access.desk().desk
    shared = common_actions(desk, chosen, actor=person.actor, now=access.now(), scope=person.scope)
    offers = {offer.trigger: offer for offer in shared}
    _menu(
        _("Action"),
        {trigger: _(offer.label) for trigger, offer in offers.items()},
        icon=":material/bolt:",
        key=ACTION,
        help=_hint(BULK_ACTION) if offers else _("No action is possible on all selected tickets."),
    )
    _ask(chosen, held, offers, person)


def _menu(name: str, entries: Mapping[str, str], *, key: str, icon: str, help: str) -> None:  # noqa: A002 - as Streamlit
    st.menu_button(
        name,
        list(entries),
        format_func=lambda entry: plain(entries[entry]),
        icon=icon,
        key=key,
        on_click=_choose,
        args=(key,),
        disabled=not entries,
        help=help,
    )


def _choose(menu: str) -> None:
    """Keep the choice before the menu is drawn anew: it goes by what an entry says, and somebody may be back since."""
    session.remember(CHOICE, (menu, session.recall(menu)))


def _ask(
    chosen: tuple[Chosen, ...], held: Mapping[str, str], offers: Mapping[str, ActionOffer], person: Person
) -> None:
    """Open the preview of what was chosen, for the tickets that are marked now; a press meanwhile only puts it off."""
    menu, entry = session.recall(CHOICE, ("", None))
    if entry is None:
        return
    try:
        if menu == ASSIGN and entry == LEAST_LOADED:
            bulk_drawer.ask(chosen, _shared_out(chosen, held, person), _("Assign to whoever has the fewest"))
        elif menu == ASSIGN:
            bulk_drawer.ask(chosen, Assign(assignee_id=entry), _assigning(entry, person))
        elif menu == PRIORITISE:
            bulk_drawer.ask(chosen, Prioritise(priority=Priority(entry)), _prioritising(Priority(entry)))
        elif menu == TAG:
            bulk_drawer.ask_tags(chosen)
        elif entry in offers:
            bulk_drawer.ask_action(chosen, offers[entry])
    except DeskError:
        session.forget(CHOICE)
        raise
    session.forget(CHOICE)
    st.rerun()


def _shared_out(chosen: tuple[Chosen, ...], held: Mapping[str, str], person: Person) -> ShareOut:
    needs = access.staff().needs([item.id for item in chosen], person.scope)
    shared = shares(chosen, access.directory().loads(person.scope), needs, access.now(), held=held)
    why = {ticket_id: share.why for ticket_id, share in shared.items()}
    return ShareOut(assignees={id_: share.agent_id for id_, share in shared.items() if share.agent_id}, why=why)


def _assigning(assignee_id: str, person: Person) -> str:
    """What the act is called: it names to whom."""
    if assignee_id == NOBODY:
        return _("Assign to nobody")
    names = {person.id: person.name, **access.directory().agents(person.scope)}
    return _("Assign to {name}").format(name=names.get(assignee_id, assignee_id))


def _prioritising(priority: Priority) -> str:
    return _("Priority {priority}").format(priority=words.PRIORITIES[priority].lower())


def _hint(key: Key) -> str:
    return f"{key.what} ({key.shortcut})"


def _switch() -> None:
    session.remember(MODE, not is_on())
    look_at_marks()
    session.forget(MARKED, CHOICE)
    bulk_drawer.close()


def _mark() -> None:
    """Mark the ticket that is shown, or take its mark away; it need not be on the page."""
    number = number_of(session.query("ticket"))
    marked = _marked()
    if number in marked:
        _keep([other for other in marked if other != number])
        return
    try:
        scope = acting(DeskRole.AGENT).scope
        is_there = number is not None and access.directory().ticket_id(number, scope) is not None
    except DeskError as error:
        session.remember(REFUSED, worded(error))
        return
    if number is None or not is_there:
        session.remember(REFUSED, _("The ticket that is shown cannot be selected: there is none that you may see."))
        return
    _keep([*marked, number])


def _mark_all() -> None:
    """Mark every ticket of the page, or take the marks of the page away where all have one."""
    numbers = session.recall(PAGE_NUMBERS, [])
    elsewhere = [number for number in _marked() if number not in set(numbers)]
    is_all = len(_marked()) - len(elsewhere) == len(numbers)
    _keep(elsewhere if is_all else [*elsewhere, *numbers])
    look_at_marks()


def _unmark_all() -> None:
    _keep([])


def _marked() -> list[int]:
    return session.recall(MARKED, [])


def _keep(numbers: Sequence[int]) -> None:
    """Keep the marks; those beyond what one act may change are not set, and it is said."""
    session.remember(MARKED, list(numbers[:MOST]))
    if len(numbers) > MOST:
        text = _("{count} are selected, as many as one act may change: the others are not.")
        session.remember(REFUSED, text.format(count=MOST))
