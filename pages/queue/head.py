"""The head of a ticket: number, what it is about, what runs out first, badges, assignee and priority."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import streamlit as st

from pages.queue import acting
from pages.queue.assignees import assignees
from pages.queue.sheet import Sheet
from pages.queue.tags_menu import tags_menu
from pages.shared import access, colours, keys, service_words, session, words
from pages.shared.formats import duration, in_badge, instant, plain, until
from pages.shared.texts import _, label
from workflow.nearest import Nearest, nearest
from workflow.tickets import Ticket
from workflow.vocabulary import Priority

URGENT_SECONDS = 4 * 3600
NOBODY = ""


def head(sheet: Sheet) -> None:
    """Draw it."""
    ticket = sheet.ticket
    left, right = st.columns([3, 2], vertical_alignment="top")
    with left:
        opened = _("opened {instant}").format(instant=instant(ticket.opened_at, sheet.zone))
        st.header(plain(_title(sheet)), anchor=False)
        st.caption(f"{_('No.')} {ticket.number} · {words.CHANNELS[ticket.channel]} · {opened}")
    with right:
        _clock(sheet)
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        _badges(sheet)
    if sheet.lifecycle.is_observed:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="queue_handling"):
        _assignee(sheet)
        _priority(sheet)
        _category(sheet)
        tags_menu(sheet)


def _title(sheet: Sheet) -> str:
    category = label(sheet.lifecycle.labels, sheet.ticket.category)
    subject = sheet.case.product.name if sheet.case.product else sheet.ticket.external_ref
    return f"{category}: {subject}" if subject else category


def _clock(sheet: Sheet) -> None:
    """What the list names for this ticket, to the minute."""
    ticket, targets = sheet.ticket, sheet.judged.targets if sheet.judged else ()
    last_event_at = max(event.occurred_at for event in sheet.events)
    first = nearest(ticket, sheet.lifecycle, targets, sheet.now, last_event_at=last_event_at)
    if first is None:
        text = _("No clock runs") if not ticket.state_kind.is_settled else _("Settled")
        st.caption(text, text_alignment="right")
        return
    st.markdown(_clock_text(first, sheet.now), text_alignment="right")
    if below := _below(first, sheet):
        st.caption(plain(below), text_alignment="right")


def _clock_text(first: Nearest, now: datetime) -> str:
    what = service_words.owed(first.target.span.kind) if first.target else words.consequence(first.trigger)
    what = plain(_capital(what))
    if first.due_at is None or first.due_at <= now:
        late = _("now")
        if first.due_at and first.target:
            late = service_words.late_by((now - first.due_at).total_seconds(), parts=2)
        return f":red[:material/timer: {what} **{late}**]"
    if first.target:
        what = _("{what} due").format(what=what)
    seconds = (first.due_at - now).total_seconds()
    colour = "red" if seconds < URGENT_SECONDS else "orange" if seconds < 6 * URGENT_SECONDS else "gray"
    return f":{colour}[:material/timer:] {what} :{colour}[**{until(first.due_at, now)}**]"


def _below(first: Nearest, sheet: Sheet) -> str:
    """When that is or was; how late by the target's own clock, where it has stood still meanwhile."""
    if first.due_at is None:
        flagged = [event.occurred_at for event in sheet.events if first.trigger in event.payload.get("raises", ())]
        return _("since {instant}").format(instant=instant(flagged[-1], sheet.zone)) if flagged else ""
    when = instant(first.due_at, sheet.zone)
    left_out = service_words.uncounted(first.target, sheet.now) if first.target else ""
    if first.target is None or not left_out:
        return when
    over = _("{late} over").format(late=duration(first.target.late.total_seconds()))
    return f"{when} · {over}, {left_out}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _badges(sheet: Sheet) -> None:
    ticket = sheet.ticket
    state = sheet.lifecycle.states[ticket.state]
    st.badge(in_badge(label(state.labels, ticket.state)), color=colours.OF_KIND[ticket.state_kind])
    if ticket.priority is not Priority.NORMAL:
        st.badge(words.PRIORITIES[ticket.priority], color=colours.OF_PRIORITY[ticket.priority])
    st.badge(words.BALLS[ticket.ball], color=colours.OF_BALL[ticket.ball], icon=":material/hourglass_top:")
    seller = sheet.names.get(ticket.seller_id, ticket.seller_id)
    if seller:
        st.badge(in_badge(seller), color="gray", icon=":material/storefront:")
    if ticket.source:
        st.badge(_("Imported history"), color="gray", icon=":material/upload_file:")
    else:
        language = _("Buyer writes {language}").format(language=words.LANGUAGES[ticket.language])
        st.badge(language, color="gray", icon=":material/translate:")
    for flag in sorted(ticket.flags):
        st.badge(in_badge(_capital(flag.replace("_", " "))), color="orange", icon=":material/flag:")
    for tag in ticket.tags:
        st.badge(in_badge(tag), color="gray", icon=":material/sell:")
    if ticket.resolution_reason:
        st.badge(in_badge(words.reason(ticket.resolution_reason)), color="blue", icon=":material/check:")


def _assignee(sheet: Sheet) -> None:
    ticket, person = sheet.ticket, sheet.person
    if ticket.assignee_id != person.id:
        st.button(
            _("Assign to me"),
            icon=":material/person_add:",
            on_click=acting.assign,
            args=(ticket, person.id),
            shortcut=keys.TAKE.shortcut,
            key=sheet.key("queue_assign_me"),
        )
    current = plain(sheet.names.get(ticket.assignee_id, ticket.assignee_id)) if ticket.assignee_id else _("Nobody")
    others = {NOBODY: _("Nobody"), **assignees(person)}
    others.pop(ticket.assignee_id, None)
    st.menu_button(
        current,
        options=list(others),
        format_func=lambda agent_id: plain(others[agent_id]),
        icon=":material/person:",
        key=sheet.key("queue_assignee"),
        on_click=_take,
        args=(acting.assign, ticket, sheet.key("queue_assignee")),
        help=_("Who works on it"),
    )


def _priority(sheet: Sheet) -> None:
    ticket = sheet.ticket
    st.menu_button(
        words.PRIORITIES[ticket.priority],
        options=[priority for priority in reversed(Priority) if priority is not ticket.priority],
        format_func=words.PRIORITIES.__getitem__,
        icon=":material/priority_high:",
        key=sheet.key("queue_priority"),
        on_click=_take,
        args=(acting.prioritise, ticket, sheet.key("queue_priority")),
        help=_("How urgent it is"),
    )


def _category(sheet: Sheet) -> None:
    others = {
        lifecycle.category: label(lifecycle.labels, lifecycle.category)
        for lifecycle in access.desk().desk.rules.lifecycles.declared
        if lifecycle.category != sheet.ticket.category
    }
    st.menu_button(
        _("Category"),
        options=list(others),
        format_func=lambda category: plain(others[category]),
        icon=":material/category:",
        key=sheet.key("queue_category_change"),
        on_click=_take,
        args=(acting.recategorise, sheet.ticket, sheet.key("queue_category_change")),
        help=_("Move the ticket to another category's lifecycle; its history stays"),
    )


def _take(change: Callable[[Ticket, Any], None], ticket: Ticket, key: str) -> None:
    """Change the ticket as it was seen: before the page is read anew, so that a stale screen is refused."""
    change(ticket, session.recall(key))
