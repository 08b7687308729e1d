"""The macros of the composer: what each would do, and one press that does all of it or nothing."""

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

import streamlit as st

from pages.queue.composer import sending
from pages.queue.sheet import Sheet
from pages.shared import access, words
from pages.shared.formats import plain
from pages.shared.texts import _
from workflow.composing import filled, values_of
from workflow.rules import ActionOffer
from workflow.steps import AddTags, Assign, Do, Macro, Prioritise, Step


def menu(sheet: Sheet, reply: ActionOffer) -> None:
    """Draw the menu; nothing where the desk has no macro."""
    offered = {macro.id: macro for macro in access.macros().offered()}
    if not offered:
        return
    with st.popover(_("Macro"), icon=":material/bolt:", key="queue_macros"):
        chosen = st.selectbox(
            _("Macro"),
            list(offered),
            format_func=lambda macro_id: plain(offered[macro_id].name),
            key=sheet.key("queue_macro"),
        )
        macro = offered[chosen]
        steps = steps_of(macro, sheet, reply)
        names = {**access.directory().names(), sheet.person.id: sheet.person.name}
        for step in steps:
            st.markdown(f"- {plain(told(step, names, sheet.lifecycle.label_of))}")
        st.button(
            _("Do all of it"),
            key=sheet.key("queue_macro_run"),
            type="primary",
            on_click=sending.run_macro,
            args=(sheet, steps, macro.name),
        )


def steps_of(macro: Macro, sheet: Sheet, reply: ActionOffer) -> tuple[Step, ...]:
    """The steps of a macro on this ticket: its reply in the buyer's language, then the rest."""
    templates = access.templates().offered(sheet.ticket.language, sheet.ticket.category)
    text = next((template.text for template in templates if template.id == macro.template_id), "")
    values = values_of(sheet.case, sheet.person.name, sheet.ticket.language, ZoneInfo(sheet.zone))
    said = (Do(trigger=reply.trigger, inputs={"reply_text": filled(text, values)}),) if macro.template_id else ()
    return (*said, *macro.then)


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
