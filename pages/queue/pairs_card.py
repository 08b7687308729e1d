"""Tickets that may be one, or two: suggested duplicates, merge and its undo, links, a split."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from data.beside import OtherTicket, duplicates
from pages.queue import refused
from pages.queue.acting import DONE
from pages.queue.sheet import Sheet
from pages.shared import access, session
from pages.shared.formats import plain, short_instant
from pages.shared.numbers import number_of
from pages.shared.people import DeskRole, Person, acting
from pages.shared.refusals import worded
from pages.shared.texts import _, label
from workflow.errors import DeskError
from workflow.merging import became_tickets, merged_link, said_by_buyer
from workflow.tickets import Actor, Scope
from workflow.vocabulary import LinkKind

LINE_LENGTH = 60
SUGGESTED_COUNT = 3


def pairs_card(sheet: Sheet, others: tuple[OtherTicket, ...]) -> None:
    """Draw it."""
    with st.container(border=True, key="queue_pairs", gap="xsmall"):
        st.markdown(f"**{_('Belongs together')}**")
        merged = merged_link(sheet.case)
        if merged:
            st.info(_("Merged into ticket {number}.").format(number=merged.number), icon=":material/merge:")
            st.button(
                _("Undo the merge"),
                key=sheet.key("queue_undo_merge"),
                icon=":material/undo:",
                on_click=_do,
                args=(
                    sheet,
                    Pressed(
                        act=_undo(sheet, merged.id),
                        done=_("The ticket is back where it was"),
                        undone=_("The merge was not undone."),
                    ),
                ),
            )
            refused.say(sheet.ticket.id, refused.PAIRS)
            return
        with st.container(gap="xsmall"):  # one element, however many there are: what stands below stays open
            for other in duplicates(others, sheet.case)[:SUGGESTED_COUNT]:
                _suggestion(sheet, other)
        refused.say(sheet.ticket.id, refused.PAIRS)
        above, title, key = st.container(), _("Merge, link or split"), _popover(sheet)
        icon = ":material/call_merge:"
        with refused.form(above, sheet.ticket.id, refused.SPLIT, title, icon=icon, key=key) as is_open:
            _by_number(sheet)
            if is_open:
                refused.say(sheet.ticket.id, refused.PAIRS_BY_HAND)
            _split(sheet)
        if not is_open:
            with above:
                refused.say(sheet.ticket.id, refused.PAIRS_BY_HAND)


def _popover(sheet: Sheet) -> str:
    return sheet.key("queue_pairs_by_hand")


def _suggestion(sheet: Sheet, other: OtherTicket) -> None:
    text = _("Ticket {number} is open about the same order in the same category.").format(number=other.number)
    st.markdown(f":orange[:material/content_copy:] {text}")
    with st.container(horizontal=True, gap="small"):
        st.page_link(
            session.recall(session.PAGES)["queue"],
            label=_("Ticket {number}").format(number=other.number),
            icon=":material/link:",
            query_params={"ticket": str(other.number)},
        )
        # Of two the one stays in which more than talk is under way.
        is_talk = sheet.ticket.state in access.desk().rules.lifecycle_of(sheet.ticket).talk_states
        st.button(
            _("Merge this one into it") if is_talk else _("Merge it into this one"),
            key=sheet.key(f"queue_merge_{other.number}"),
            on_click=_do,
            args=(
                sheet,
                _merging(sheet, other.id, str(other.number), refused.PAIRS) if is_talk else _taking_in(sheet, other),
            ),
        )


def _by_number(sheet: Sheet) -> None:
    """What is typed is known only when its field is left: a number that leads nowhere is refused when it is pressed."""
    number = st.text_input(_("Number of the other ticket"), key=_number_key(sheet), max_chars=12).strip()
    known = _id_of(number, sheet.person.scope)
    if number and not known:
        st.caption(plain(_not_there(number)))
    is_linked = any(link.id == known and link.kind is LinkKind.RELATED_TO for link in sheet.case.links)
    with st.container(horizontal=True, gap="small"):
        st.button(
            _("Merge this one into it"),
            key=sheet.key("queue_merge"),
            on_click=_do_by_number,
            args=(sheet, lambda other_id, named: _merging(sheet, other_id, named, refused.PAIRS_BY_HAND)),
        )
        st.button(
            _("Remove the link") if is_linked else _("Link"),
            key=sheet.key("queue_link"),
            on_click=_do_by_number,
            args=(sheet, lambda other_id, _named: _linking(sheet, other_id, is_linked=is_linked)),
        )


def _do_by_number(sheet: Sheet, pressed: Callable[[str, str], "Pressed"]) -> None:
    number = str(session.recall(_number_key(sheet)) or "").strip()
    try:
        other_id = _id_of(number, acting(DeskRole.AGENT).scope)
    except DeskError as error:
        refused.keep(sheet.ticket.id, refused.PAIRS_BY_HAND, worded(error))
        return
    if other_id:
        _do(sheet, pressed(other_id, number))
    else:
        why_not = _not_there(number) if number else _("Enter the number of the other ticket first.")
        refused.keep(sheet.ticket.id, refused.PAIRS_BY_HAND, why_not)


def _number_key(sheet: Sheet) -> str:
    return sheet.key("queue_other_number")


def _id_of(number: str, scope: Scope) -> str:
    """The ticket with this number; empty where there is none that the person may see."""
    named = number_of(number)
    return (access.directory().ticket_id(named, scope) or "") if named is not None else ""


def _not_there(number: str) -> str:
    return _("There is no ticket {number} that you may see.").format(number=number)


def _split(sheet: Sheet) -> None:
    """What was split off before is no choice any more, for it would only be refused; where it went is said."""
    became = became_tickets(sheet.events)
    said = {
        message.id: message for message in said_by_buyer(sheet.case.messages, sheet.events) if message.id not in became
    }
    round_key = sheet.key("queue_split_round")
    chosen = st.multiselect(
        _("Messages that are another issue"),
        list(said),
        format_func=lambda key: f"{short_instant(said[key].sent_at, sheet.zone)} · {said[key].text[:LINE_LENGTH]}",
        key=f"{sheet.key('queue_split_messages')}_{session.recall(round_key, 0)}",
    )
    if became:
        numbers = ", ".join(str(number) for number in sorted(set(became.values())))
        st.caption(_("Split off already, as ticket: {numbers}").format(numbers=numbers))
    lifecycles = {item.category: label(item.labels, item.category) for item in access.desk().rules.lifecycles.declared}
    category = st.selectbox(
        _("Its category"), list(lifecycles), format_func=lifecycles.__getitem__, key=sheet.key("queue_split_category")
    )
    st.button(
        _("Split off"),
        key=sheet.key("queue_split"),
        disabled=not chosen,
        on_click=_do,
        args=(
            sheet,
            Pressed(
                act=_split_off(sheet, tuple(chosen), category),
                done=_("A new ticket was split off and linked"),
                undone=_("Nothing was split off."),
                place=refused.SPLIT,
                round_key=round_key,
            ),
        ),
    )


Act = Callable[[Actor, Scope], object]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pressed:
    """What a button of the card does, what is said of it when it is done or is not, and where that stands.

    `round_key` counts such acts where a choice is for one of them alone: the next has a field of its own, for a browser
    that was pressed twice sends what it still shows of the old one.
    """

    act: Act
    done: str
    undone: str
    place: str = refused.PAIRS
    round_key: str = ""


def _do(sheet: Sheet, pressed: Pressed) -> None:
    def act(person: Person) -> None:
        pressed.act(person.actor, person.scope)

    if refused.attempt(sheet.ticket.id, pressed.place, act, undone=pressed.undone):
        session.remember(DONE, pressed.done)
        session.remember(_popover(sheet), value=False)
        if pressed.round_key:
            session.remember(pressed.round_key, session.recall(pressed.round_key, 0) + 1)


def _merging(sheet: Sheet, into_id: str, number: str, place: str) -> Pressed:
    done = _("Merged into ticket {number}").format(number=number)
    return Pressed(act=_merge(sheet, into_id), done=done, undone=_("The ticket was not merged."), place=place)


def _taking_in(sheet: Sheet, other: OtherTicket) -> Pressed:
    done = _("Ticket {number} was merged into this one").format(number=other.number)
    return Pressed(act=_take_in(sheet, other.id), done=done, undone=_("The ticket was not merged."))


def _linking(sheet: Sheet, other_id: str, *, is_linked: bool) -> Pressed:
    return Pressed(
        act=_link(sheet, other_id, is_linked=is_linked),
        done=_("Link removed") if is_linked else _("Linked"),
        undone=_("The link was not removed.") if is_linked else _("The two were not linked."),
        place=refused.PAIRS_BY_HAND,
    )


def _merge(sheet: Sheet, into_id: str) -> Act:
    ticket, pairs = sheet.ticket, access.desk().desk.pairs
    return lambda actor, scope: pairs.merge(
        ticket.id, into_id, actor=actor, now=access.now(), expected_version=ticket.version, scope=scope
    )


def _take_in(sheet: Sheet, other_id: str) -> Act:
    ticket, pairs = sheet.ticket, access.desk().desk.pairs
    return lambda actor, scope: pairs.merge(other_id, ticket.id, actor=actor, now=access.now(), scope=scope)


def _undo(sheet: Sheet, into_id: str) -> Act:
    ticket, pairs = sheet.ticket, access.desk().desk.pairs
    return lambda actor, scope: pairs.undo_merge(
        ticket.id, into_id, actor=actor, now=access.now(), expected_version=ticket.version, scope=scope
    )


def _link(sheet: Sheet, other_id: str, *, is_linked: bool) -> Act:
    ticket, pairs = sheet.ticket, access.desk().desk.pairs
    act = pairs.unlink if is_linked else pairs.link
    return lambda actor, scope: act(
        ticket.id, other_id, actor=actor, now=access.now(), expected_version=ticket.version, scope=scope
    )


def _split_off(sheet: Sheet, message_ids: tuple[str, ...], category: str) -> Act:
    ticket, pairs = sheet.ticket, access.desk().desk.pairs
    return lambda actor, scope: pairs.split(
        ticket.id,
        message_ids,
        category,
        actor=actor,
        now=access.now(),
        expected_version=ticket.version,
        scope=scope,
    )
