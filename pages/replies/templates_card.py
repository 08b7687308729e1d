"""The editor of reply templates: one text in one language at a time, with what the linter says of it."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pages.queue.composer import verdict
from pages.replies.saving import TEMPLATE_REFUSED, refusal, save_template
from pages.shared import access, session, words
from pages.shared.cards import card
from pages.shared.fields import Editor, Fields, unsaved_id
from pages.shared.texts import _, label
from workflow.composing import NAME_LONGEST, PLACEHOLDERS, Template
from workflow.forms import REPLY_LONGEST
from workflow.vocabulary import Language

PREFIX = "replies_template_"
UNSAVED, ADDED = f"{PREFIX}unsaved", f"{PREFIX}added"
CHOSEN, LANGUAGE = f"{PREFIX}chosen", f"{PREFIX}language"
NEW = ""
EDITOR = Editor(f"{PREFIX}field_")


def templates_card() -> None:
    """Draw it."""
    saved = {_key_of(item): item for item in access.templates().all()}
    added: dict[str, Template] = session.recall(ADDED, {})
    known = {**added, **saved}
    with card(_("Reply templates"), _("in the buyer's language"), key="replies_templates", defined_by=()):
        EDITOR.choose_last(CHOSEN, known)
        chosen = st.selectbox(
            _("Template"),
            [NEW, *known],
            format_func=lambda key: _called(known[key]) if key else _("A new one"),
            key=CHOSEN,
        )
        newest = known[chosen] if chosen else None
        template = EDITOR.begun(chosen, newest)
        if template:
            _further(template, [item.language for item in known.values() if item.id == template.id])
        _editor(template)
        EDITOR.drawn()
        if template != newest:
            EDITOR.overtaken()


def _key_of(template: Template) -> str:
    return f"{template.id}:{template.language.value}"


def _further(template: Template, has: Sequence[Language]) -> None:
    """Offer to write the template in a language that it has no text in yet."""
    if len(has) < len(Language):
        st.menu_button(
            _("Add a language"),
            options=[language for language in Language if language not in has],
            format_func=words.LANGUAGES.__getitem__,
            icon=":material/translate:",
            key=LANGUAGE,
            on_click=_add,
            args=(template,),
        )


def _add(template: Template) -> None:
    added = replace(template, language=session.recall(LANGUAGE), text="", version=0)
    session.remember(ADDED, {**session.recall(ADDED, {}), _key_of(added): added})
    session.remember(CHOSEN, _key_of(added))


def _called(template: Template) -> str:
    state = "" if template.is_active else f" ({_('not offered')})"
    if not template.version:
        state = f" ({_('not saved yet')})"
    return f"{template.name} · {words.LANGUAGES[template.language]}{state}"


def _fields(template: Template | None) -> Fields:
    record = f"{_key_of(template)}_{template.version}" if template else unsaved_id(UNSAVED, "t")
    return Fields(EDITOR.prefix, record)


def _editor(template: Template | None) -> None:
    fields = _fields(template)
    categories = {item.category: label(item.labels, item.category) for item in access.desk().rules.lifecycles.declared}
    if template is None:
        st.selectbox(_("Language"), list(Language), format_func=words.LANGUAGES.__getitem__, key=fields.key("language"))
    name = template.name if template else ""
    st.text_input(_("Name"), name, max_chars=NAME_LONGEST, key=fields.key("name"))
    options = ["", *categories]
    place = options.index(template.category) if template and template.category in options else 0
    st.selectbox(
        _("Category"),
        options,
        index=place,
        format_func=lambda category: categories[category] if category else _("Every category"),
        key=fields.key("category"),
    )
    text = st.text_area(
        _("Text"),
        template.text if template else "",
        max_chars=REPLY_LONGEST,
        height=160,
        key=fields.key("text"),
        help=_("Placeholders: {names}").format(names=", ".join(f"{{{word}}}" for word in PLACEHOLDERS)),
    )
    verdict.draw(text, is_template=True)
    st.checkbox(_("Offered to agents"), template.is_active if template else True, key=fields.key("active"))
    st.button(_("Save"), type="primary", key=f"{PREFIX}save", on_click=_save, args=(template,))
    refusal(TEMPLATE_REFUSED)


def _save(before: Template | None) -> None:
    fields = _fields(before)
    template = Template(
        id=before.id if before else unsaved_id(UNSAVED, "t"),
        language=before.language if before else Language(fields.typed("language")),
        name=fields.typed("name", ""),
        text=fields.typed("text", ""),
        category=fields.typed("category", ""),
        version=before.version if before else 0,
        is_active=bool(fields.typed("active")),
    )
    if not save_template(template):
        return
    EDITOR.end()
    if before:
        session.remember(CHOSEN, _key_of(template))  # its name is another one by now
    else:
        session.forget(UNSAVED)
    if before and not before.version:
        session.remember(ADDED, {key: one for key, one in session.recall(ADDED).items() if key != _key_of(before)})
