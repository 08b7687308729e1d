"""The acts of this page: the one place where something is saved, and where the role is asked for once more."""

import streamlit as st

from pages.shared import access, session
from pages.shared.formats import plain
from pages.shared.people import DeskRole, acting
from pages.shared.refusals import worded
from pages.shared.texts import _
from workflow.composing import Template
from workflow.errors import DeskError
from workflow.steps import Macro

DONE = "replies_done"
TEMPLATE_REFUSED, MACRO_REFUSED = "replies_template_refused", "replies_macro_refused"


def refusal(key: str) -> None:
    """Why nothing was saved, below the button: what comes and goes above it would move it away under the mouse."""
    if sentence := session.recall(key):
        st.error(plain(sentence), icon=":material/error:")
        session.forget(key)


def save_template(template: Template) -> bool:
    """Save it as the next version; whether it was. What was typed stays where it is otherwise."""
    try:
        person = acting(DeskRole.MANAGER)
        saved = access.templates().save(template, by=person.id, now=access.now())
    except DeskError as error:
        session.remember(TEMPLATE_REFUSED, worded(error))
        return False
    text = _("Version {version} of “{name}” is saved.")
    session.remember(DONE, text.format(version=saved.version, name=saved.name))
    return True


def save_macro(macro: Macro) -> bool:
    """Likewise."""
    try:
        person = acting(DeskRole.MANAGER)
        access.macros().save(macro, by=person.id, now=access.now())
    except DeskError as error:
        session.remember(MACRO_REFUSED, worded(error))
        return False
    text = _("Version {version} of “{name}” is saved.")
    session.remember(DONE, text.format(version=macro.version + 1, name=macro.name))
    return True
