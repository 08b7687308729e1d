"""The macros of the composer: what each would do, and one press that does all of it or nothing."""

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

import streamlit as st

from pages.queue.composer import sending, ways
from pages.queue.composer.ways import Way
from pages.queue.sheet import Sheet
from pages.shared import access, words
from pages.shared.formats import plain
from pages.shared.texts import _, label
from workflow.composing import filled, values_of
from workflow.reasons import sentence
from workflow.steps import AddTags, Assign, Do, Macro, Prioritise, Step


def menu(sheet: Sheet) -> None:
    """Draw the menu; nothing where the desk has no macro. One that is not possible says why not."""
    offered = {macro.id: macro for macro in access.macros().offered()}
    if not offered:
        return
    reply = ways.way(sheet, ways.REPLY)
    with st.popover(_("Macro"), icon=":material/bolt:", key="queue_macros"):
        chosen = st.selectbox(
            _("Macro"),
            list(offered),
            format_func=lambda macro_id: plain(offered[macro_id].name),
            key=sheet.key("queue_macro"),
        )
        macro = offered[chosen]
        steps, reason = steps_of(macro, sheet, reply), why_not(macro, sheet, reply)
        names = {**access.directory().names(), sheet.person.id: sheet.person.name}
        for step in steps:
            st.markdown(f"- {plain(told(step, names, sheet.lifecycle.label_of))}")
        if reason:
            st.info(plain(reason), icon=":material/lock:")
            return
        st.button(
            _("Do all of it"),
            key=sheet.key("queue_macro_run"),
            type="primary",
            on_click=sending.run_macro,
            args=(sheet, steps, macro.name),
        )


def why_not(macro: Macro, sheet: Sheet, reply: Way | None) -> str:
    """Why a macro that replies is not possible where `reply` is how the ticket takes one; empty where it is."""
    if not macro.template_id:
        return ""
    if reply and reply.offer.is_allowed:
        return "" if _text(macro, sheet) else _no_text(macro, sheet)
    reason = sentence(reply.offer.reason) if reply and reply.offer.reason else ""
    return f"{_('It begins with a reply, and none is possible now.')} {reason[:1].upper()}{reason[1:]}".strip()


def in_short(macro: Macro, sheet: Sheet, reply: Way | None) -> str:
    """What it does in a few words, without the text of its reply."""
    names = {**access.directory().names(), sheet.person.id: sheet.person.name}
    said = reply.steps({}) if reply and macro.template_id else ()
    return ", ".join(told(step, names, sheet.lifecycle.label_of) for step in (*said, *macro.then))


def steps_of(macro: Macro, sheet: Sheet, reply: Way | None) -> tuple[Step, ...]:
    """The steps of a macro on this ticket: its reply in the buyer's language, then the rest."""
    if reply is None or not macro.template_id:
        return macro.then
    values = values_of(sheet.case, sheet.person.name, sheet.ticket.language, ZoneInfo(sheet.zone))
    return (*reply.steps({ways.REPLY: filled(_text(macro, sheet), values)}), *macro.then)


def _text(macro: Macro, sheet: Sheet) -> str:
    """The text of its template in the buyer's language; empty where the ticket is offered none."""
    templates = access.templates().offered(sheet.ticket.language, sheet.ticket.category)
    return next((template.text for template in templates if template.id == macro.template_id), "")


def _no_text(macro: Macro, sheet: Sheet) -> str:
    """Why the ticket is not offered the template of `macro`."""
    offered = [item for item in access.templates().all() if item.id == macro.template_id and item.is_active]
    if not offered:
        return _("Its reply template is not offered any more.")
    if sheet.ticket.language in {item.language for item in offered}:
        category = label(sheet.lifecycle.labels, sheet.ticket.category)
        return _("Its reply template is not for tickets of “{category}”.").format(category=category)
    language = words.LANGUAGES[sheet.ticket.language]
    return _("Its reply template has no text in {language}.").format(language=language)


def told(step: Step, names: Mapping[str, str], label_of: Callable[[str], str]) -> str:
    """A step in words."""
    match step:
        case Do(trigger=trigger, inputs=inputs):
            text = str(inputs.get("reply_text", ""))
            return f"{_(label_of(trigger))}: {text}" if text else _(label_of(trigger))
        case Prioritise(priority=priority):
            return _("Priority: {priority}").format(priority=words.PRIORITIES[priority])
        case Assign(assignee_id=assignee_id):
            return _("Assign to {name}").format(name=names.get(assignee_id, assignee_id) or _("nobody"))
        case AddTags(tags=tags):
            return _("Add tags: {tags}").format(tags=", ".join(tags))
