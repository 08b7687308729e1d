"""What stands beside the conversation: clocks, service levels, linked tickets, order, import, evidence."""

import streamlit as st

from pages.queue.claims_card import claims_card
from pages.queue.context_cards import buyer_card, related_card, returns_card
from pages.queue.evidence_card import evidence_card
from pages.queue.order_card import order_card
from pages.queue.pairs_card import pairs_card
from pages.queue.rating_card import rating_card
from pages.queue.service_card import clocks_card, service_card
from pages.queue.sheet import Sheet
from pages.shared import access, session
from pages.shared.formats import plain
from pages.shared.names import badge
from pages.shared.texts import _, label
from workflow.errors import UnknownCategoryError
from workflow.records import LinkedTicket
from workflow.vocabulary import LinkKind

# What the other ticket is to this one: where it names this one, and where this one names it.
RELATIONS = {
    LinkKind.AFTER_SALES_OF: (_("After-sales case"), _("After-sales case of")),
    LinkKind.FOLLOW_UP_OF: (_("Follow-up"), _("Follow-up of")),
    LinkKind.DUPLICATE_OF: (_("Duplicate"), _("Duplicate of")),
    LinkKind.RELATED_TO: (_("Related"), _("Related")),
}


def beside(sheet: Sheet) -> None:
    """Draw the cards; of an imported ticket only those that have something to show."""
    case, is_foreign = sheet.case, sheet.lifecycle.is_observed
    clocks_card(sheet)
    service_card(sheet)
    linked_card(sheet)
    others = access.beside().buyer_tickets(case, sheet.person.scope)
    merged_claims = access.beside().merged_claims(case, sheet.person.scope)
    if not is_foreign:
        pairs_card(sheet, others)
    rating_card(sheet)
    buyer_card(sheet, others)
    related_card(sheet)
    if not is_foreign or case.order or case.posting or case.product:
        order_card(sheet)
        claims_card(sheet, merged_claims)
        returns_card(sheet)
    if sheet.ticket.source:
        imported_card(sheet)
    if not is_foreign or case.evidence:
        evidence_card(sheet, merged_claims)


def linked_card(sheet: Sheet) -> None:
    """Draw the linked tickets, each with a way to it; nothing where there is none."""
    if not sheet.case.links:
        return
    with st.container(border=True, key="queue_linked", gap="xsmall"):
        st.markdown(f"**{_('Linked tickets')}**")
        for link in sorted(sheet.case.links, key=lambda link: link.number):
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                st.page_link(
                    session.recall(session.PAGES)["queue"],
                    label=relation(link),
                    icon=":material/link:",
                    query_params={"ticket": str(link.number)},
                )
                st.markdown(badge(_state(link), link.state_kind.value), width="content")


def relation(link: LinkedTicket) -> str:
    """What the other ticket is to this one, with its number."""
    as_child, as_parent = RELATIONS[link.kind]
    return _("{relation}: ticket {number}").format(
        relation=as_child if link.is_child else as_parent, number=link.number
    )


def _state(link: LinkedTicket) -> str:
    try:
        state = access.desk().rules.lifecycles.newest(link.category).states.get(link.state)
    except UnknownCategoryError:
        state = None
    return label(state.labels if state else {}, link.state)


def imported_card(sheet: Sheet) -> None:
    """Draw where an imported ticket comes from and the columns that its log brought, by their newest values."""
    ticket = sheet.ticket
    with st.container(border=True, key="queue_imported"):
        st.markdown(f"**{_('Imported')}**")
        facts = {_("Source"): ticket.source, _("Name there"): ticket.external_ref}
        for event in sheet.events:
            facts |= {
                name.replace("_", " ").capitalize(): str(value)
                for name, value in event.payload.get("attributes", {}).items()
            }
        with st.container(gap="xxsmall"):
            for name, value in facts.items():
                if value:
                    left, right = st.columns([1, 1], gap="small", wrap=False)
                    left.caption(plain(name))
                    right.markdown(plain(value))
