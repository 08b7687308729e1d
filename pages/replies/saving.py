"""The acts of this page: the one place where something is saved, and where the role is asked for once more."""

from pages.shared import access, session
from pages.shared.people import DeskRole, acting
from pages.shared.refusals import worded
from pages.shared.texts import _
from workflow.composing import Template
from workflow.errors import DeskError
from workflow.steps import Macro

DONE, REFUSAL = "replies_done", "replies_refusal"


def save_template(template: Template) -> bool:
    """Save it as the next version; whether it was. What was typed stays where it is otherwise."""
    try:
        person = acting(DeskRole.MANAGER)
        saved = access.templates().save(template, by=person.id, now=access.now())
    except DeskError as error:
        session.remember(REFUSAL, worded(error))
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
        session.remember(REFUSAL, worded(error))
        return False
    text = _("Version {version} of “{name}” is saved.")
    session.remember(DONE, text.format(version=macro.version + 1, name=macro.name))
    return True
