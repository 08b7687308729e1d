"""The composer's parts: the buyer's last words, the channel's window, templates, macros, the box, what happens then."""

from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit as st

from pages.queue.composer import macros, sending, verdict, ways
from pages.queue.composer.last_words import last_words
from pages.queue.form import entered
from pages.queue.form import field as input_field
from pages.queue.sheet import Sheet
from pages.shared import access, components, keys, session
from pages.shared.files import uploader
from pages.shared.formats import duration, plain
from pages.shared.texts import _
from workflow.composing import filled, values_of
from workflow.evidence import NOTE
from workflow.inputs import INPUTS
from workflow.notices import Colleague, mention_of
from workflow.reasons import sentence
from workflow.records import Message
from workflow.rules import ActionOffer
from workflow.vocabulary import Effect

NOTHING = ""  # what is to follow a reply
_EXAMPLE = "We are looking into it."  # judged in place of the text: what may follow does not hang on the words
_typing = components.load(Path(__file__).parent / "typing", '<span class="typing"></span>')
_framing = components.load(Path(__file__).parent / "framing", '<span class="framing"></span>')


@st.fragment
def composer(sheet: Sheet, last: Message | None) -> None:
    """Draw it, with the buyer's message `last`. A fragment: what is typed is kept and judged without the rest."""
    if session.recall(sending.SENT):
        st.rerun()
    modes = {
        name: (text, way)
        for name, text, way in (
            (ways.REPLY, keys.REPLY.what, ways.way(sheet, ways.REPLY)),
            (ways.NOTE, keys.NOTE.what, ways.way(sheet, ways.NOTE)),
        )
        if way
    }
    if not modes:
        return
    with st.container(key="queue_composer"):
        _framing(key="queue_framing")
        if last:
            last_words(sheet, last)
        field = st.segmented_control(
            _("Write"),
            list(modes),
            format_func=lambda name: modes[name][0],
            default=next(iter(modes)),
            required=True,
            key=sending.mode_key(sheet),
            label_visibility="collapsed",
        )
        field = field if field in modes else next(iter(modes))
        text, way = modes[field]
        box = sending.text_key(sheet, field)
        counted = {"called": sending.called_count(), "sent": sending.sent_count()}
        _typing(key="queue_typing", data={"send": keys.SEND.shortcut, "box": box, **counted})
        if field == ways.REPLY:
            _window(sheet)
        if not way.offer.is_allowed:
            reason = way.offer.reason
            with st.container(key=f"queue_refused_{field}"):
                st.info(plain(_capital(sentence(reason))) if reason else "", icon=":material/lock:")
            macros.menu(sheet)
            _refusal(sending.macro_key(sheet))
            return
        sending.restore(sheet, field)
        _box(sheet, field, text, way)


def _window(sheet: Sheet) -> None:
    """Whether the channel takes a reply, and how long still."""
    window = access.desk().desk.window(sheet.case, actor=sheet.person.actor, now=access.now())
    if not window.is_open:
        st.caption(_(":material/lock: The chat is locked until the buyer writes."))
    elif window.closes_at:
        left = duration((window.closes_at - access.now()).total_seconds())
        st.caption(_(":material/schedule: The chat closes in {duration}.").format(duration=left))


def _box(sheet: Sheet, field: str, text: str, way: ways.Way) -> None:
    key = sending.text_key(sheet, field)
    with st.container(horizontal=True, gap="small"):
        if field == ways.REPLY:
            _template(sheet, field)
        else:
            _mention(sheet, field)
        macros.menu(sheet)
    st.text_area(
        text,
        key=key,
        max_chars=INPUTS[field].longest,
        height=96,
        label_visibility="collapsed",
        placeholder=_("Write to the buyer …") if field == "reply_text" else _("Only the desk sees this …"),
        on_change=sending.keep,
        args=(sheet, field),
    )
    if INPUTS[field].is_public:
        verdict.draw(session.recall(key, ""))
    for of in (key, sending.macro_key(sheet)):
        _refusal(of)
    then = _then(sheet, way) if field == ways.REPLY else None
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            _("Send") if field == "reply_text" else _("Save note"),
            key=sheet.key("queue_send"),
            on_click=_send,
            args=(sheet, field, way, then),
            icon=":material/send:",
            help=_("{key} while you write").format(key=keys.SEND.shortcut),
        )
        # Drawn beside a note, too, so that files chosen for the reply stay chosen.
        with st.popover(_("Attach"), icon=":material/attach_file:", disabled=field == NOTE):
            uploader(_("Attachments"), key=sending.files_key(sheet))
    if field == NOTE:
        st.caption(_("A note takes no file: each is evidence, which the platform gets. Add it under “Evidence”."))
    if way.lead:
        both = _("Does “{first}” and “{second}” in one: both or neither.")
        st.caption(plain(both.format(first=_(way.lead.label), second=_(way.offer.label))))


def _refusal(key: str) -> None:
    """Why what was sent from here did not happen."""
    refusal = session.recall(f"{key}_refusal")
    for line in (refusal.sentence, *refusal.fields.values()) if refusal else ():
        if line:
            st.markdown(f":red[:material/error: {plain(line)}]")


def _template(sheet: Sheet, field: str) -> None:
    offered = access.templates().offered(sheet.ticket.language, sheet.ticket.category)
    names = {template.id: template for template in offered}
    key = sheet.key("queue_template")

    def take() -> None:
        template = names[session.recall(key)]
        values = values_of(sheet.case, sheet.person.name, template.language, ZoneInfo(sheet.zone))
        sending.insert(sheet, field, filled(template.text, values))

    st.menu_button(
        _("Template"),
        options=list(names),
        format_func=lambda template_id: plain(names[template_id].name),
        icon=":material/article:",
        key=key,
        disabled=not names,
        help=_("In the buyer's language; what the desk knows is filled in"),
        on_click=take,
    )


def _mention(sheet: Sheet, field: str) -> None:
    """Whom the note is to name: they are told of it."""
    known = tuple(Colleague(id=agent_id, name=name) for agent_id, name in access.directory().agents().items())
    in_reach = access.directory().agents(sheet.person.scope)
    others = {one.id: one for one in known if one.id in in_reach and one.id != sheet.person.id}
    key = sheet.key("queue_mention")

    def take() -> None:
        sending.insert(sheet, field, f"{mention_of(others[session.recall(key)], known)} ", glue=" ")

    st.menu_button(
        _("Mention"),
        options=list(others),
        format_func=lambda agent_id: plain(others[agent_id].name),
        icon=":material/alternate_email:",
        key=key,
        disabled=not others,
        help=_("Puts the name into the note; whoever it names is told"),
        on_click=take,
    )


def _then(sheet: Sheet, way: ways.Way) -> ActionOffer | None:
    """What is to happen with the sent reply, in the same transaction."""
    example = way.steps({ways.REPLY: _EXAMPLE})
    after = access.desk().desk.offers_after(sheet.case, *example, actor=sheet.person.actor, now=access.now())
    options = {
        item.trigger: item
        for item in after
        if item.is_allowed and not item.advice and item.effect is not Effect.PUBLIC_REPLY and not _is_note(item)
    }
    if not options:
        return None
    chosen = st.selectbox(
        _("And then"),
        [NOTHING, *options],
        format_func=lambda trigger: _(options[trigger].label) if trigger else _("Nothing more"),
        key=sheet.key("queue_then"),
        help=_("Happens together with the reply, or neither does"),
    )
    if chosen == NOTHING:
        return None
    for use in options[chosen].inputs:
        if use.name != "reply_text":
            input_field(use, sheet, _then_prefix(sheet))
    return options[chosen]


def _then_prefix(sheet: Sheet) -> str:
    return f"{sheet.key('queue_then_input')}_"


def _is_note(offer: ActionOffer) -> bool:
    return {use.name for use in offer.inputs} == {"note_text"}


def _send(sheet: Sheet, field: str, way: ways.Way, then: ActionOffer | None) -> None:
    uses = [use for use in then.inputs if use.name != "reply_text"] if then else []
    values = entered(uses, sheet.zone, _then_prefix(sheet))
    sending.send(sheet, field, way, then, values)
    if session.recall(f"{sending.text_key(sheet, field)}_refusal") is None:
        session.remember(sheet.key("queue_then"), NOTHING)
        session.forget_all(_then_prefix(sheet))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
