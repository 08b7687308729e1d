"""The form in which a buyer's contact is written down: any channel, with or without a known order, or a follow-up."""

from datetime import datetime

import streamlit as st

from pages.queue import contact, drawers, focusing
from pages.queue.acting import DONE
from pages.queue.contact import CHANNELS, PREFIX, Beginning
from pages.shared import access, formats, session, words
from pages.shared.files import uploader
from pages.shared.formats import plain
from pages.shared.people import DeskRole, Person, acting
from pages.shared.refusals import worded
from pages.shared.texts import _, label
from workflow.errors import DeskError
from workflow.forms import INPUTS
from workflow.records import Case, Order
from workflow.vocabulary import Language, Priority

ERRORS = f"{PREFIX}errors"
BEGUN, AT = f"{PREFIX}begun_at", f"{PREFIX}at"
NUMBER_LONGEST, NAME_LONGEST = 64, 120


def begin() -> None:
    """Start a fresh form."""
    _begin(Beginning())


def follow_up(case: Case) -> None:
    """Start a form for a contact that continues a settled ticket."""
    _begin(contact.following(case))


def _begin(beginning: Beginning) -> None:
    drawers.open_only(drawers.CONTACT, of=beginning.linked_to)
    session.remember(contact.BEGINNING, beginning)
    session.remember(BEGUN, access.now())


def open_form(person: Person) -> None:
    """Draw the form as a drawer; it stays until the ticket is open or the person puts it away."""
    number = contact.beginning().linked_number
    title = _("Follow-up of ticket {number}").format(number=number) if number else _("New contact")
    put_away = drawers.dismissal(_kept)
    drawer = st.dialog(title, width="medium", position="right", icon=":material/add_comment:", on_dismiss=put_away)
    drawer(_draw)(person)


def _kept() -> dict[str, object]:
    """What was entered; a time that only stood there is the present one when the form is opened again."""
    entered = drawers.entered(PREFIX)
    return {key: at for key, at in entered.items() if key != AT or at != _begun_at()}


def _begun_at() -> datetime:
    begun = session.recall(BEGUN) or access.now()
    return formats.local(begun, access.zone()).replace(tzinfo=None, second=0, microsecond=0)


def _draw(person: Person) -> None:
    if number := session.recall(f"{PREFIX}opened"):
        session.set_query(ticket=number, page="")
        drawers.finish()
    if not drawers.is_any_open():
        st.rerun()
    focusing.first_field()
    st.segmented_control(
        _("How it reached us"),
        CHANNELS,
        format_func=lambda channel: f"{words.CHANNEL_ICONS[channel]} {words.CHANNELS[channel]}",
        default=contact.beginning().channel,
        required=True,
        key=f"{PREFIX}channel",
    )
    order = _order(person)
    if order is None:
        _seller_and_buyer(person)
    _product(order)
    contact.suggest_language(person, order)
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
    categories, begun = list(lifecycles), contact.beginning()
    left, right = st.columns(2)
    left.selectbox(
        _("Category"),
        categories,
        index=categories.index(begun.category) if begun.category in lifecycles else None,
        format_func=lambda name: label(lifecycles[name].labels, name),
        key=f"{PREFIX}category",
        placeholder=_("Choose"),
    )
    right.selectbox(
        _("Priority"), list(Priority), index=1, format_func=words.PRIORITIES.__getitem__, key=f"{PREFIX}priority"
    )
    left.selectbox(
        _("Buyer's language"),
        list(Language),
        format_func=words.LANGUAGES.__getitem__,
        key=contact.LANGUAGE,
    )
    title, at = _("When, {zone}").format(zone=access.zone()), _begun_at()
    right.datetime_input(title, at, max_value=at, key=AT, format="YYYY-MM-DD", step=60)


def _order(person: Person) -> Order | None:
    number = st.text_input(
        _("Order or parcel number"),
        contact.beginning().order_number,
        key=f"{PREFIX}number",
        max_chars=NUMBER_LONGEST,
        placeholder="12345678-0001-1",
        help=_("The desk looks the order up; a number that it does not know is kept as an internal note."),
    )
    order = contact.named_order(person)
    if order is None and number.strip():
        st.warning(
            _(
                "The desk does not know this order. The ticket can be opened without it; "
                "the number is kept as an internal note of the ticket."
            ),
            icon=":material/search_off:",
        )
    if order is None:
        return None
    ordered = formats.instant(order.ordered_at, access.zone())
    st.success(
        _("Order {number}, placed {instant}").format(number=plain(order.number), instant=ordered),
        icon=":material/check:",
    )
    focusing.next_field()
    return order


def _seller_and_buyer(person: Person) -> None:
    """Who sells and who buys, where no known order says it."""
    begun = contact.beginning()
    sellers = access.directory().sellers(person.scope)
    ids = list(sellers)
    is_free = not person.scope.seller_ids
    left, right = st.columns(2)
    left.selectbox(
        _("Seller"),
        ids,
        index=ids.index(begun.seller_id) if begun.seller_id in sellers else 0 if len(ids) == 1 else None,
        format_func=lambda seller_id: sellers.get(seller_id) or str(seller_id),
        key=f"{PREFIX}seller",
        accept_new_options=is_free,
        placeholder=_("Choose, or type a new one") if is_free else _("Choose"),
        help=_("Who is typed anew gets a record of their own when the ticket is opened.") if is_free else None,
    )
    if not begun.buyer_key:
        right.text_input(
            _("Buyer's name (optional)"),
            key=f"{PREFIX}buyer",
            max_chars=NAME_LONGEST,
            help=_("Kept apart from the ticket's history, so that it can be erased alone."),
        )


def _product(order: Order | None) -> None:
    begun, seller_id = contact.beginning(), contact.text_of("seller")
    names = access.directory().products(order.seller_id if order else seller_id) if order or seller_id else {}
    options = [item.product_id for item in order.items] if order else list(names)
    if not options:
        return
    first = options.index(begun.product_id) if begun.product_id in options else 0 if order else None
    st.selectbox(
        _("Product"),
        options,
        index=first,
        format_func=lambda product_id: names.get(product_id) or str(product_id),
        key=contact.product_key(order, seller_id),
        placeholder=_("Choose (optional)"),
    )


def _submit(person: Person) -> None:
    absent = contact.missing(person)
    session.remember(ERRORS, absent)
    if absent:
        return
    desk, now = access.desk().desk, access.now()
    try:
        person = acting(DeskRole.AGENT)
        said, newcomers = contact.entered(person)
        ticket = desk.open_ticket(said, actor=person.actor, now=now, newcomers=newcomers, scope=person.scope)
    except DeskError as error:
        session.remember(ERRORS, [worded(error)])
        return
    done = _("Ticket {number} opened").format(number=ticket.number)
    if note := contact.note_of_order(person):
        try:
            desk.act(ticket.id, "add_note", actor=person.actor, now=now, inputs={"note_text": note})
        except DeskError as error:
            done = _("{done}, but the order number was not noted: {error}").format(done=done, error=worded(error))
    session.remember(f"{PREFIX}opened", str(ticket.number))
    session.remember(DONE, done)
