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
ASSIGN, PRIORITISE, ACTION = "queue_bulk_assign", "queue_bulk_prioritise", "queue_bulk_action"  # the menus
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
    st.menu_button(
        _("Assign"),
        list(agents),
        format_func=lambda agent_id: plain(agents[agent_id]),
        icon=":material/person_add:",
        key=ASSIGN,
        on_click=_ask_to_assign,
        args=(chosen, held),
        help=_hint(BULK_ASSIGN),
    )
    st.menu_button(
        _("Priority"),
        list(reversed(Priority)),
        format_func=words.PRIORITIES.__getitem__,
        icon=":material/priority_high:",
        key=PRIORITISE,
        on_click=_ask_to_prioritise,
        args=(chosen,),
        help=_hint(BULK_PRIORITISE),
    )
    st.button(
        _("Tag"),
        icon=":material/sell:",
        key="queue_bulk_tag",
        on_click=bulk_drawer.ask_tags,
        args=(chosen,),
        help=_hint(BULK_TAG),
    )
    _action(chosen, person)


def _action(chosen: tuple[Chosen, ...], person: Person) -> None:
    """The actions that all of them allow."""
    desk = access.desk().desk
    shared = common_actions(desk, chosen, actor=person.actor, now=access.now(), scope=person.scope)
    offers = {offer.trigger: offer for offer in shared}
    st.menu_button(
        _("Action"),
        list(offers),
        format_func=lambda name: plain(_(offers[name].label)),
        icon=":material/bolt:",
        key=ACTION,
        on_click=_ask_for_action,
        args=(chosen, offers),
        disabled=not offers,
        help=_hint(BULK_ACTION) if offers else _("No action is possible on all selected tickets."),
    )


# What was chosen is read before the menu is drawn anew: it goes by what an entry says, and somebody may be back since.


def _ask_to_assign(chosen: tuple[Chosen, ...], held: Mapping[str, str]) -> None:
    assignee_id = session.recall(ASSIGN)
    if assignee_id is None:
        return
    try:
        person = acting(DeskRole.AGENT)
        if assignee_id == LEAST_LOADED:
            bulk_drawer.ask(chosen, _shared_out(chosen, held, person), _("Assign to whoever has the fewest"))
        else:
            bulk_drawer.ask(chosen, Assign(assignee_id=assignee_id), _assigning(assignee_id, person))
    except DeskError as error:
        session.remember(REFUSED, worded(error))


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


def _ask_to_prioritise(chosen: tuple[Chosen, ...]) -> None:
    priority = session.recall(PRIORITISE)
    if priority is not None:
        title = _("Priority {priority}").format(priority=words.PRIORITIES[priority].lower())
        bulk_drawer.ask(chosen, Prioritise(priority=priority), title)


def _ask_for_action(chosen: tuple[Chosen, ...], offers: Mapping[str, ActionOffer]) -> None:
    offer = offers.get(session.recall(ACTION) or "")
    if offer is not None:
        bulk_drawer.ask_action(chosen, offer)


def _hint(key: Key) -> str:
    return f"{key.what} ({key.shortcut})"


def _switch() -> None:
    session.remember(MODE, not is_on())
    look_at_marks()
    session.forget(MARKED)
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
