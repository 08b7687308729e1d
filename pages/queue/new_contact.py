"""A buyer's contact written down as a new ticket: any channel, with or without a known order."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from data.people import new_buyer_key
from pages.queue.acting import ASKED, DONE
from pages.shared import access, formats, session, words
from pages.shared.files import taken, uploader
from pages.shared.formats import plain
from pages.shared.people import Person
from pages.shared.texts import _, label
from workflow.contacts import Contact
from workflow.errors import DeskError
from workflow.forms import INPUTS
from workflow.records import Order
from workflow.vocabulary import Channel, Language, Priority

PREFIX = "queue_contact_"
CHANNELS = (Channel.CHAT_WEB, Channel.CHAT_APP, Channel.EMAIL, Channel.PHONE)
ERRORS = f"{PREFIX}errors"
IS_OPEN, BEGUN = f"{PREFIX}open", f"{PREFIX}begun_at"


def begin() -> None:
    """Start a fresh form."""
    session.forget_all(PREFIX)
    session.forget(ASKED)
    session.remember(IS_OPEN, value=True)
    session.remember(BEGUN, access.now())


def open_form(person: Person) -> None:
    """Draw the form as a drawer; it stays until the ticket is open or the person puts it away."""
    drawer = st.dialog(
        _("New contact"), width="medium", position="right", icon=":material/add_comment:", on_dismiss=_put_away
    )
    drawer(_draw)(person)


def _put_away() -> None:
    session.forget_all(PREFIX)


def _draw(person: Person) -> None:
    if number := session.recall(f"{PREFIX}opened"):
        session.set_query(ticket=number)
        _put_away()
        st.rerun()
    st.segmented_control(
        _("How it reached us"),
        CHANNELS,
        format_func=lambda channel: f"{words.CHANNEL_ICONS[channel]} {words.CHANNELS[channel]}",
        default=Channel.CHAT_WEB,
        required=True,
        key=f"{PREFIX}channel",
    )
    order = _order(person)
    _product(order, order.seller_id if order else _seller(person))
    _kind()
    st.text_area(
        _("What the buyer says"),
        key=f"{PREFIX}text",
        max_chars=INPUTS["message_text"].longest,
        height=150,
        placeholder=_("The buyer's words as they came"),
    )
    uploader(_("Evidence"), key=f"{PREFIX}files")
    for sentence in session.recall(ERRORS, ()):
        st.markdown(f":red[:material/error: {plain(sentence)}]")
    st.button(
        _("Open the ticket"),
        type="primary",
        width="stretch",
        key=f"{PREFIX}submit",
        on_click=_submit,
        args=(person,),
    )


def _kind() -> None:
    """Category, priority, language and time, two in a row."""
    lifecycles = {item.category: item for item in access.desk().rules.lifecycles.declared}
    left, right = st.columns(2)
    left.selectbox(
        _("Category"),
        list(lifecycles),
        index=None,
        format_func=lambda name: label(lifecycles[name].labels, name),
        key=f"{PREFIX}category",
        placeholder=_("Choose"),
    )
    right.selectbox(
        _("Priority"), list(Priority), index=1, format_func=words.PRIORITIES.__getitem__, key=f"{PREFIX}priority"
    )
    left.selectbox(
        _("Buyer's language"), list(Language), index=1, format_func=words.LANGUAGES.__getitem__, key=f"{PREFIX}language"
    )
    zone = access.zone()
    begun = formats.local(session.recall(BEGUN) or access.now(), zone).replace(tzinfo=None, second=0, microsecond=0)
    right.datetime_input(
        _("When, {zone}").format(zone=zone), begun, max_value=begun, key=f"{PREFIX}at", format="YYYY-MM-DD", step=60
    )


def _order(person: Person) -> Order | None:
    number = st.text_input(
        _("Order or parcel number"),
        key=f"{PREFIX}number",
        placeholder="12345678-0001-1",
        help=_("The desk looks the order up; a number that it does not know is kept as the buyer gave it."),
    )
    order = _named_order(person)
    if order is None and number.strip():
        st.warning(
            _("The desk does not know this order. The ticket can be opened without it."), icon=":material/search_off:"
        )
    if order is None:
        return None
    ordered = formats.instant(order.ordered_at, access.zone())
    st.success(
        _("Order {number}, placed {instant}").format(number=plain(order.number), instant=ordered),
        icon=":material/check:",
    )
    return order


def _named_order(person: Person) -> Order | None:
    number = session.recall(f"{PREFIX}number", "").strip()
    return access.desk().store.order_by_number(number, person.scope) if number else None


def _seller(person: Person) -> str:
    sellers = access.directory().sellers(person.scope)
    chosen = st.selectbox(
        _("Seller"),
        list(sellers),
        index=0 if len(sellers) == 1 else None,
        format_func=lambda seller_id: sellers.get(seller_id) or str(seller_id),
        key=f"{PREFIX}seller",
        accept_new_options=True,
        placeholder=_("Choose or type the seller's id"),
    )
    return chosen or ""


def _product_key(order: Order | None, seller_id: str) -> str:
    return f"{PREFIX}product_{order.id if order else seller_id}"


def _product(order: Order | None, seller_id: str) -> None:
    names = access.directory().products(seller_id) if seller_id else {}
    options = [item.product_id for item in order.items] if order else list(names)
    if not options:
        return
    st.selectbox(
        _("Product"),
        options,
        index=0 if order else None,
        format_func=lambda product_id: names.get(product_id) or str(product_id),
        key=_product_key(order, seller_id),
        placeholder=_("Choose (optional)"),
    )


def _submit(person: Person) -> None:
    missing = _missing(person)
    session.remember(ERRORS, missing)
    if missing:
        return
    try:
        ticket = access.desk().desk.open_ticket(_contact(person), actor=person.actor, now=access.now())
    except DeskError as error:
        session.remember(ERRORS, [str(error)])
        return
    session.remember(f"{PREFIX}opened", str(ticket.number))
    session.remember(DONE, _("Ticket {number} opened").format(number=ticket.number))


def _missing(person: Person) -> list[str]:
    """A sentence for each part that is not there yet."""
    parts = (
        (_named_order(person) or session.recall(f"{PREFIX}seller"), _("Say which seller it is about.")),
        (session.recall(f"{PREFIX}category"), _("Choose a category.")),
        (session.recall(f"{PREFIX}text", "").strip(), _("Write down what the buyer says.")),
    )
    return [sentence for is_there, sentence in parts if not is_there]


def _contact(person: Person) -> Contact:
    """What was entered. An order that the desk does not know keeps the number that the buyer gave."""
    order = _named_order(person)
    number = session.recall(f"{PREFIX}number", "").strip()
    parcels = access.directory().parcels(order.id) if order else ()
    seller_id = order.seller_id if order else session.recall(f"{PREFIX}seller")
    return Contact(
        category=session.recall(f"{PREFIX}category"),
        channel=session.recall(f"{PREFIX}channel"),
        text=session.recall(f"{PREFIX}text").strip(),
        seller_id=seller_id,
        buyer_key=order.buyer_key if order else new_buyer_key(),
        language=session.recall(f"{PREFIX}language"),
        priority=session.recall(f"{PREFIX}priority"),
        order_id=order.id if order else number,
        posting_number=number if number in parcels else next(iter(parcels), ""),
        product_id=session.recall(_product_key(order, seller_id)) or "",
        assignee_id=person.id,
        files=taken(session.recall(f"{PREFIX}files")),
        occurred_at=_occurred_at(),
    )


def _occurred_at() -> datetime | None:
    """What was entered, on the desk's clock; the present minute counts as now."""
    entered = session.recall(f"{PREFIX}at")
    if entered is None:
        return None
    at = entered.replace(tzinfo=ZoneInfo(access.zone())).astimezone(UTC).replace(tzinfo=None)
    now = access.now()
    return None if (now - at).total_seconds() < 120 else at  # noqa: PLR2004 - the form shows minutes
