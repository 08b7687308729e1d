"""The editor of reply templates: one text in one language at a time, with what the linter says of it."""

import secrets

import streamlit as st

from pages.queue.composer import verdict
from pages.replies.saving import save_template
from pages.shared import access, session, words
from pages.shared.cards import card
from pages.shared.texts import _, label
from workflow.composing import NAME_LONGEST, PLACEHOLDERS, Template
from workflow.forms import REPLY_LONGEST
from workflow.vocabulary import Language

PREFIX = "replies_template_"
NEW = ""
Key = tuple[str, str]  # id and language


def templates_card() -> None:
    """Draw it."""
    known: dict[Key, Template] = {(item.id, item.language.value): item for item in access.templates().all()}
    with card(_("Reply templates"), _("in the buyer's language"), key="replies_templates", defined_by=()):
        chosen = st.selectbox(
            _("Template"),
            [NEW, *(":".join(key) for key in known)],
            format_func=lambda key: _called(known[_key(key)]) if key else _("A new one"),
            key=f"{PREFIX}chosen",
            on_change=session.forget_all,
            args=(f"{PREFIX}field_",),
        )
        _editor(known[_key(chosen)] if chosen else None)


def _key(text: str) -> Key:
    template_id, _colon, language = text.rpartition(":")
    return template_id, language


def _called(template: Template) -> str:
    state = "" if template.is_active else f" ({_('not offered')})"
    return f"{template.name} · {words.LANGUAGES[template.language]}{state}"


def _editor(template: Template | None) -> None:
    categories = {item.category: label(item.labels, item.category) for item in access.desk().rules.lifecycles.declared}
    if template is None:
        st.selectbox(
            _("Language"), list(Language), format_func=words.LANGUAGES.__getitem__, key=f"{PREFIX}field_language"
        )
    name = template.name if template else ""
    st.text_input(_("Name"), name, max_chars=NAME_LONGEST, key=f"{PREFIX}field_name")
    options = ["", *categories]
    place = options.index(template.category) if template and template.category in options else 0
    st.selectbox(
        _("Category"),
        options,
        index=place,
        format_func=lambda category: categories[category] if category else _("Every category"),
        key=f"{PREFIX}field_category",
    )
    text = st.text_area(
        _("Text"),
        template.text if template else "",
        max_chars=REPLY_LONGEST,
        height=160,
        key=f"{PREFIX}field_text",
        help=_("Placeholders: {names}").format(names=", ".join(f"{{{word}}}" for word in PLACEHOLDERS)),
    )
    verdict.draw(text, is_template=True)
    st.checkbox(_("Offered to agents"), template.is_active if template else True, key=f"{PREFIX}field_active")
    st.button(_("Save"), type="primary", key=f"{PREFIX}save", on_click=_save, args=(template,))


def _save(before: Template | None) -> None:
    def typed(name: str) -> str:
        return session.recall(f"{PREFIX}field_{name}", "")

    template = Template(
        id=before.id if before else f"t-{secrets.token_hex(6)}",
        language=before.language if before else Language(typed("language")),
        name=typed("name"),
        text=typed("text"),
        category=typed("category"),
        version=before.version if before else 0,
        is_active=bool(session.recall(f"{PREFIX}field_active")),
    )
    if save_template(template):
        session.forget_all(f"{PREFIX}field_")
