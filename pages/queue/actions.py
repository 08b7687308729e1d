"""A button for each action: what is allowed first, what is not with its reason, and acts of others to record."""

from collections.abc import Sequence

import streamlit as st

from pages.queue import acting, mirror, new_contact
from pages.queue.composer import calling
from pages.queue.palette import commands
from pages.queue.palette.view import palette
from pages.queue.sheet import RECORDED, Sheet
from pages.shared import access, keys
from pages.shared.formats import plain
from pages.shared.keys import Key
from pages.shared.texts import _, counted, label
from workflow.reasons import sentence
from workflow.rules import ActionOffer
from workflow.vocabulary import Effect, Role

SHOWN_COUNT = len(keys.ACTIONS)
SHOWN_REFUSED_COUNT = 2
ICONS = {
    Effect.PUBLIC_REPLY: ":material/reply:",
    Effect.RESOLUTION: ":material/check:",
    Effect.INTERNAL: ":material/arrow_forward:",
    Effect.CONTACT: ":material/edit_note:",
}


def actions(sheet: Sheet) -> None:
    """Draw them; an imported ticket has none until it is taken over."""
    if sheet.lifecycle.is_observed:
        _take_over(sheet)
        return
    allowed = commands.allowed(sheet)
    refused = [offer for offer in sheet.offers[Role.SELLER_AGENT] if not offer.is_allowed]
    with st.container(horizontal=True, gap="small", key="queue_actions"):
        for key, offer in zip(keys.ACTIONS, allowed, strict=False):  # the first of them have a key
            is_first = offer is allowed[0] and not commands.is_stay(offer, sheet)
            _button(sheet, Role.SELLER_AGENT, offer, is_first=is_first, key=key)
        if len(allowed) > SHOWN_COUNT:
            with st.popover(_("More"), icon=":material/more_horiz:"):
                for offer in allowed[SHOWN_COUNT:]:
                    _button(sheet, Role.SELLER_AGENT, offer, is_wide=True)
        palette(sheet)
        if sheet.ticket.state_kind.is_settled:
            st.button(
                _("Open a follow-up"),
                icon=":material/add_link:",
                key=sheet.key("queue_follow_up"),
                on_click=new_contact.follow_up,
                args=(sheet.case,),
                help=_("A new ticket of the same buyer and order, linked to this one"),
            )
        elif not allowed:
            st.caption(_("There is nothing for you to do in this state."), width="content")
    _refused(refused)
    _recorded(sheet)


def _take_over(sheet: Sheet) -> None:
    st.caption(_("This history was imported. Take the ticket over into a category of the desk to work on it."))
    with st.container(horizontal=True, gap="small", key="queue_take_over"):
        for lifecycle in access.desk().rules.lifecycles.declared:
            name = label(lifecycle.labels, lifecycle.category)
            st.button(
                _("Take over as {category}").format(category=plain(name)),
                icon=":material/move_item:",
                key=sheet.key(f"queue_take_over_{lifecycle.category}"),
                on_click=acting.recategorise,
                args=(sheet.ticket, lifecycle.category),
            )
        palette(sheet)


def _button(  # noqa: PLR0913 - how a button looks
    sheet: Sheet,
    role: Role,
    offer: ActionOffer,
    *,
    is_first: bool = False,
    is_wide: bool = False,
    key: Key | None = None,
) -> None:
    st.button(
        plain(_(offer.label)),
        key=sheet.key(f"queue_do_{role.value}_{offer.trigger}"),
        type="primary" if is_first else "secondary",
        icon=ICONS[offer.effect],
        on_click=calling.begin,
        args=(sheet, role, (offer.trigger,)),
        width="stretch" if is_wide else "content",
        shortcut=key.shortcut if key else None,
        help=_advice(offer),
    )


def _advice(offer: ActionOffer) -> str | None:
    return " ".join(plain(_capital(sentence(reason))) for reason in offer.advice) or None


def _refused(refused: Sequence[ActionOffer]) -> None:
    if len(refused) <= SHOWN_REFUSED_COUNT:
        for offer in refused:
            _why_not(Role.SELLER_AGENT, offer)
        return
    title = counted("{count} action is not possible now", "{count} actions are not possible now", len(refused))
    with st.expander(title, icon=":material/block:"):
        for offer in refused:
            _why_not(Role.SELLER_AGENT, offer)


def _why_not(role: Role, offer: ActionOffer) -> None:
    why = plain(_capital(sentence(offer.reason))) if offer.reason else ""
    left, right = st.columns([2, 5], vertical_alignment="center", gap="small")
    left.button(
        plain(_(offer.label)),
        key=f"queue_cannot_{role.value}_{offer.trigger}",
        disabled=True,
        help=why,
        width="stretch",
    )
    right.caption(why)


def _recorded(sheet: Sheet) -> None:
    offers = {role: sheet.offers[role] for role in RECORDED if sheet.offers[role]}
    title = _("Record what the buyer or the platform did")
    with st.expander(title, icon=":material/edit_note:", key="queue_recorded"):
        for role, of_role in offers.items():
            st.caption(_("The buyer") if role is Role.BUYER else _("The platform"))
            with st.container(horizontal=True, gap="small"):
                for offer in of_role:
                    if offer.is_allowed:
                        _button(sheet, role, offer)
            for offer in of_role:
                if not offer.is_allowed:
                    _why_not(role, offer)
        st.caption(_("The marketplace"))
        st.button(
            _("Mirror the marketplace's state"),
            icon=":material/sync_alt:",
            key=sheet.key("queue_mirror"),
            on_click=mirror.begin,
            args=(sheet.ticket.id,),
            help=_("For a state that the marketplace reports and no action leads to"),
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
