"""The form of an action, made from the inputs that its row declares, with a sentence at each wrong field."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from pages.queue import drawers, focusing
from pages.queue.acting import DONE, INPUT_PREFIX, Asked, Refusal, act
from pages.queue.drawers import ASKED, REFUSAL
from pages.queue.sheet import Sheet
from pages.shared import access, session
from pages.shared.files import taken, uploader
from pages.shared.formats import plain
from pages.shared.texts import _
from workflow.evidence import NOTE
from workflow.forms import INPUTS, Input
from workflow.lifecycle import InputUse
from workflow.reasons import sentence
from workflow.rules import ActionOffer
from workflow.vocabulary import Effect, Role

CHOICE_KEY = "queue_form_action"
FILES_KEY = f"{INPUT_PREFIX}files"
SUBMIT_KEY = "queue_form_submit"


def open_form(sheet: Sheet, asked: Asked) -> None:
    """Open the form of what was asked for as a drawer."""
    offers = [offer for trigger in asked.triggers if (offer := sheet.offer(asked.role, trigger))]
    if not offers:
        return
    title = _(offers[0].label) if len(offers) == 1 else _("Choose an action")
    heading = _("{action}: ticket {number}").format(action=plain(title), number=sheet.ticket.number)
    put_away = drawers.dismissal(partial(_kept, sheet, offers))
    st.dialog(heading, width="medium", on_dismiss=put_away)(_draw)(sheet, asked, offers)


def _kept(sheet: Sheet, offers: list[ActionOffer]) -> dict[str, object]:
    """What was entered; an instant that only stood there would be another one tomorrow."""
    instants = {
        f"{INPUT_PREFIX}{use.name}" for offer in offers for use in offer.inputs if declared(use).kind == "instant"
    }
    entered = drawers.entered(INPUT_PREFIX)
    evening = _evening(sheet)
    return {key: value for key, value in entered.items() if key not in instants or value != evening}


def _draw(sheet: Sheet, asked: Asked, offers: list[ActionOffer]) -> None:
    if session.recall(DONE):
        drawers.finish()
    if not drawers.is_any_open():
        st.rerun()
    focusing.first_field()
    offer = _chosen(offers)
    if asked.role is not Role.SELLER_AGENT:
        whose = _("the buyer") if asked.role is Role.BUYER else _("the platform")
        st.caption(_("You record what {whose} did. Name the message or reference that shows it.").format(whose=whose))
    for reason in offer.advice:
        st.warning(plain(_capital(sentence(reason))), icon=":material/lightbulb:")
    refusal = session.recall(REFUSAL) or Refusal()
    # Each field tells the desk when it is left, so that what was entered is known when the form is put away.
    for use in offer.inputs:
        field(use, sheet)
        if wrong := refusal.fields.get(use.name):
            st.markdown(f":red[:material/error: {plain(wrong)}]")
    if any(INPUTS[use.name].kind == "text" for use in offer.inputs if use.name in INPUTS and use.name != NOTE):
        uploader(_("Evidence (photos, videos, PDF)"), key=FILES_KEY)
    if refusal.sentence:
        st.error(plain(refusal.sentence), icon=":material/error:")
    st.button(
        plain(_(offer.label)),
        type="primary",
        key=SUBMIT_KEY,
        on_click=_submit,
        args=(sheet, asked, offer),
        width="stretch",
    )


def _chosen(offers: list[ActionOffer]) -> ActionOffer:
    if len(offers) == 1:
        return offers[0]
    labels = {offer.trigger: _(offer.label) for offer in offers}
    trigger = st.radio(_("Action"), list(labels), format_func=labels.__getitem__, key=CHOICE_KEY)
    return next(offer for offer in offers if offer.trigger == trigger)


def _submit(sheet: Sheet, asked: Asked, offer: ActionOffer) -> None:
    given = entered(offer.inputs, sheet.zone)
    refusal = act(session.recall(ASKED) or asked, offer.trigger, given, taken(session.recall(FILES_KEY)))
    session.remember(REFUSAL, refusal)
    if refusal is None:
        session.remember(DONE, _done(offer))
    elif refusal.sentence:
        # The next attempt is made knowing of the change that this one met.
        present = access.desk().store.load_case(asked.ticket.id, sheet.person.scope).ticket
        session.remember(ASKED, replace(asked, version=present.version))


def _done(offer: ActionOffer) -> str:
    if offer.effect is Effect.PUBLIC_REPLY:
        return _("{action}: sent").format(action=_(offer.label))
    return _("{action}: done").format(action=_(offer.label))


def declared(use: InputUse) -> Input:
    """The declaration of a field; one that nobody declared is a text."""
    label = use.name.replace("_", " ").capitalize()
    return INPUTS.get(use.name) or Input(name=use.name, kind="text", label=label, help="")


def entered(uses: Sequence[InputUse], zone: str, prefix: str = INPUT_PREFIX) -> dict[str, object]:
    """What was typed into the fields of `uses`; what was left empty is left out."""
    values = {use.name: _value(use, zone, prefix) for use in uses}
    return {name: value for name, value in values.items() if value not in (None, "", False)}


def field(use: InputUse, sheet: Sheet, prefix: str = INPUT_PREFIX) -> None:
    """Draw the field of an input; its key begins with `prefix`."""
    asked = declared(use)
    key = f"{prefix}{use.name}"
    label = _(asked.label) if use.is_required else _("{label} (optional)").format(label=_(asked.label))
    hint = _(asked.help) or None
    match asked.kind:
        case "text":
            st.text_area(label, key=key, help=hint, max_chars=asked.longest, height=140)
        case "code" | "choice":
            st.selectbox(
                label,
                list(asked.choices),
                index=None,
                format_func=lambda code: _(asked.choices[code]),
                key=key,
                help=hint,
                placeholder=_("Choose"),
            )
        case "money":
            currency = sheet.case.product.price.currency if sheet.case.product and sheet.case.product.price else ""
            st.text_input(f"{label}, {currency}" if currency else label, key=key, help=hint, placeholder="199.90")
        case "instant":
            _instant(use, sheet, label, key)
        case "reference":
            st.text_input(label, key=key, help=hint, max_chars=64)
        case "flag":
            st.checkbox(label, key=key, help=hint)


def _instant(use: InputUse, sheet: Sheet, label: str, key: str) -> None:
    """A field for an instant on the desk's clock; a required one begins at six in the evening of the next day."""
    st.datetime_input(
        f"{label}, {sheet.zone}",
        _evening(sheet) if use.is_required else None,
        key=key,
        help=_(declared(use).help) or None,
        format="YYYY-MM-DD",
    )


def _evening(sheet: Sheet) -> datetime:
    tomorrow = sheet.now.replace(tzinfo=UTC).astimezone(ZoneInfo(sheet.zone)) + timedelta(days=1)
    return tomorrow.replace(tzinfo=None, hour=18, minute=0, second=0, microsecond=0)


def _value(use: InputUse, zone: str, prefix: str) -> object:
    value = session.recall(f"{prefix}{use.name}")
    if isinstance(value, datetime):
        return value.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)
    return value


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
