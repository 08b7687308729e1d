"""Cards about what lies around a ticket: the buyer's earlier tickets, what hangs together with it, its product."""

from datetime import datetime

import streamlit as st

from data.beside import RELATED_DAYS, RETURNS_DAYS, OtherTicket, Returns, Shared
from pages.queue.sheet import Sheet
from pages.shared import access, definitions, session
from pages.shared.formats import day, plain, share
from pages.shared.names import badge
from pages.shared.texts import _, counted, label
from workflow.errors import UnknownCategoryError
from workflow.tickets import Scope

SHOWN_COUNT = 5
MASS_COUNT = 5  # from here on it is worth to look for one cause
SHARES = {
    "posting": _("the same parcel"),
    "product": _("the same product"),
    "carrier": _("the same carrier"),
    "warehouse": _("the same warehouse"),
}


def buyer_card(sheet: Sheet, others: tuple[OtherTicket, ...]) -> None:
    """Draw the buyer's other tickets; nothing where there is none."""
    if not others:
        return
    with st.container(border=True, key="queue_buyer", gap="xsmall"):
        st.markdown(f"**{_('Other tickets of the buyer')}**")
        for other in others[:SHOWN_COUNT]:
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                _link(other.number, _("{number} · {category}").format(number=other.number, category=_category(other)))
                st.markdown(badge(_state(other), other.state_kind.value), width="content")
                st.caption(day(other.opened_at, sheet.zone, has_year=True), width="content")
        if len(others) > SHOWN_COUNT:
            st.caption(counted("and {count} more", "and {count} more", len(others) - SHOWN_COUNT))


def related_card(sheet: Sheet) -> None:
    """Draw what recent tickets share with this one: many of them are one incident."""
    related = access.beside().related(sheet.case, sheet.now, sheet.person.scope)
    if not related:
        return
    with st.container(border=True, key="queue_related", gap="xsmall"):
        st.markdown(f"**{_('Related, last {count} days').format(count=RELATED_DAYS.days)}**")
        for shared in related:
            _shared(shared)


def _shared(shared: Shared) -> None:
    text = counted("{count} ticket about", "{count} tickets about", shared.tickets_count)
    still_open = counted("{count} open", "{count} open", shared.open_count)
    is_mass = shared.open_count >= MASS_COUNT
    icon = ":orange[:material/crisis_alert:]" if is_mass else ":material/hub:"
    st.markdown(f"{icon} {text} {SHARES[shared.shares]}, {still_open}")
    with st.container(horizontal=True, gap="xsmall"):
        for number in shared.newest_numbers:
            _link(number, str(number))


def returns_card(sheet: Sheet) -> None:
    """Draw how often the product comes back and why; nothing where no product is known."""
    product = sheet.case.product
    if product is None:
        return
    returns = _returns(str(access.desk().database.path), product.id, _hour(sheet.now), sheet.person.scope)
    with st.container(border=True, key="queue_returns", gap="xsmall"):
        title = _("Returns of this product, {count} days").format(count=RETURNS_DAYS.days)
        st.markdown(f"**{title}**", help=definitions.tip("", "What stands beside a ticket"))
        if not returns.sold_count and not returns.returns_count:
            st.caption(_("The desk knows no sale of it in that time."))
            return
        st.caption(
            _("Return requests of pieces sold: {share}").format(share=share(returns.returns_count, returns.sold_count))
            if returns.sold_count
            else counted("{count} return request", "{count} return requests", returns.returns_count)
        )
        for reason, count in returns.by_reason[:SHOWN_COUNT]:
            st.caption(f"{plain(reason.replace('_', ' ').capitalize() or _('No reason given'))} · {count:,}")


@session.cached
def _returns(path: str, product_id: str, until: datetime, scope: Scope) -> Returns:
    """The product up to the last full hour: many tickets ask for the same one; `path` tells desks apart."""
    del path
    return access.beside().returns(product_id, until, scope)


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def _link(number: int, text: str) -> None:
    pages = session.recall(session.PAGES)
    st.page_link(pages["queue"], label=text, query_params={"ticket": str(number)}, width="content")


def _category(other: OtherTicket) -> str:
    try:
        lifecycle = access.desk().rules.lifecycles.newest(other.category)
    except UnknownCategoryError:
        return plain(other.category)
    return plain(label(lifecycle.labels, other.category))


def _state(other: OtherTicket) -> str:
    try:
        state = access.desk().rules.lifecycles.newest(other.category).states.get(other.state)
    except UnknownCategoryError:
        state = None
    return label(state.labels if state else {}, other.state)
