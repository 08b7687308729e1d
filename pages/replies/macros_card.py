"""The editor of macros: a reply, an action, a priority, tags and an assignee under one name."""

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from pages.replies.saving import MACRO_REFUSED, refusal, save_macro
from pages.shared import access, session, words
from pages.shared.cards import card
from pages.shared.fields import Editor, Fields, unsaved_id
from pages.shared.texts import _, label
from workflow.composing import NAME_LONGEST
from workflow.inputs import INPUTS
from workflow.lifecycle import Transition
from workflow.steps import AddTags, Assign, Do, Macro, Prioritise, Step
from workflow.vocabulary import Language, Priority, Role

PREFIX = "replies_macro_"
UNSAVED, CHOSEN = f"{PREFIX}unsaved", f"{PREFIX}chosen"
EDITOR = Editor(f"{PREFIX}field_")
KEEP = ""
NOBODY = "-"


def macros_card() -> None:
    """Draw it."""
    known = {macro.id: macro for macro in access.macros().all()}
    with card(_("Macros"), _("several changes at once, all of them or none"), key="replies_macros", defined_by=()):
        EDITOR.choose_last(CHOSEN, known)
        chosen = st.selectbox(
            _("Macro"),
            ["", *known],
            format_func=lambda key: known[key].name if key else _("A new one"),
            key=CHOSEN,
        )
        newest = known.get(chosen)
        macro = EDITOR.begun(chosen, newest)
        _editor(macro)
        EDITOR.drawn()
        if macro != newest:
            EDITOR.overtaken()


def _fields(macro: Macro | None) -> Fields:
    record = f"{macro.id}_{macro.version}" if macro else unsaved_id(UNSAVED, "m")
    return Fields(EDITOR.prefix, record)


def _editor(macro: Macro | None) -> None:
    fields = _fields(macro)
    then = macro.then if macro else ()
    st.text_input(_("Name"), macro.name if macro else "", max_chars=NAME_LONGEST, key=fields.key("name"))
    of_macro = macro.template_id if macro else KEEP
    _choice(fields.key("template"), _("Reply"), {KEEP: _("No reply"), **_templates(of_macro)}, of_macro)
    action = next((step for step in then if isinstance(step, Do)), None)
    actions = _actions()
    _choice(fields.key("trigger"), _("Action"), {KEEP: _("No action"), **actions}, action.trigger if action else KEEP)
    trigger = fields.typed("trigger")
    for name in _asked(trigger) if trigger else ():
        before = str(action.inputs.get(name, "")) if action else ""
        _choice(fields.key(f"input_{name}"), _(INPUTS[name].label), dict(INPUTS[name].choices), before)
    priority = next((step.priority.value for step in then if isinstance(step, Prioritise)), KEEP)
    names = {KEEP: _("As it is"), **words.PRIORITY_OF}
    _choice(fields.key("priority"), _("Priority"), names, priority)
    assignee = next((step.assignee_id or NOBODY for step in then if isinstance(step, Assign)), KEEP)
    # Whoever it names already stays a choice, also where they have left: saving another field drops no step.
    of_step = {assignee: access.desk().store.name_of(assignee)} if assignee not in (KEEP, NOBODY) else {}
    people = {KEEP: _("As it is"), NOBODY: _("Nobody"), **access.directory().agents(), **of_step}
    _choice(fields.key("assignee"), _("Assignee"), people, assignee)
    tags = next((step.tags for step in then if isinstance(step, AddTags)), ())
    st.text_input(_("Tags to add, by commas"), ", ".join(tags), key=fields.key("tags"))
    st.checkbox(_("Offered to agents"), macro.is_active if macro else True, key=fields.key("active"))
    st.button(_("Save"), type="primary", key=f"{PREFIX}save", on_click=_save, args=(macro,))
    refusal(MACRO_REFUSED)


def _templates(of_macro: str) -> dict[str, str]:
    """What each template is called in the language of the screen, and in which languages it has a text."""
    names: dict[str, dict[Language, str]] = {}
    for item in access.templates().all():
        if item.is_active or item.id == of_macro:
            names.setdefault(item.id, {})[item.language] = item.name
    return {template_id: _called(of_template) for template_id, of_template in names.items()}


def _called(names: Mapping[Language, str]) -> str:
    name = label(names, "") or next(iter(names.values()))
    return f"{name} · {' '.join(language.value.upper() for language in Language if language in names)}"


def _choice(key: str, text: str, options: Mapping[str, str], before: str) -> None:
    keys = list(options)
    st.selectbox(
        text,
        keys,
        index=keys.index(before) if before in keys else 0,
        format_func=options.__getitem__,
        key=key,
    )


def _rows() -> list[tuple[Transition, str, str]]:
    """Each row of the agents with the name of its action and of its category."""
    return [
        (row, lifecycle.label_of(row.trigger), label(lifecycle.labels, lifecycle.category))
        for lifecycle in access.desk().rules.lifecycles.declared
        for row in lifecycle.transitions
        if Role.SELLER_AGENT in row.by
    ]


def _actions() -> dict[str, str]:
    """The agents' actions that need nothing but choices: what else they ask for, a macro cannot know.

    Of several actions by one name each says its categories.
    """
    names: dict[str, str] = {}
    categories: dict[str, dict[str, None]] = {}
    for row, name, category in _rows():
        if all(INPUTS[use.name].choices for use in row.inputs if use.is_required):
            names[row.trigger] = _(name)
            categories.setdefault(row.trigger, {})[category] = None
    called = Counter(names.values())
    return {
        trigger: name if called[name] == 1 else f"{name} · {', '.join(categories[trigger])}"
        for trigger, name in names.items()
    }


def _asked(trigger: str) -> list[str]:
    uses = {
        use.name for row, _name, _category in _rows() if row.trigger == trigger for use in row.inputs if use.is_required
    }
    return sorted(name for name in uses if INPUTS[name].choices)


def _save(before: Macro | None) -> None:
    fields = _fields(before)

    def typed(name: str) -> str:
        return fields.typed(name) or ""

    then: list[Step] = []
    if trigger := typed("trigger"):
        then.append(Do(trigger=trigger, inputs={name: typed(f"input_{name}") for name in _asked(trigger)}))
    if priority := typed("priority"):
        then.append(Prioritise(priority=Priority(priority)))
    if assignee := typed("assignee"):
        then.append(Assign(assignee_id="" if assignee == NOBODY else assignee))
    if tags := tuple(sorted({tag.strip() for tag in typed("tags").split(",")} - {""})):
        then.append(AddTags(tags=tags))
    macro = Macro(
        id=before.id if before else unsaved_id(UNSAVED, "m"),
        name=typed("name"),
        template_id=typed("template"),
        then=tuple(then),
        version=before.version if before else 0,
        is_active=bool(fields.typed("active")),
    )
    if save_macro(macro):
        EDITOR.end()
        if not before:
            session.forget(UNSAVED)
