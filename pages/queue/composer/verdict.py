"""What the linter says of a text before it is sent: each fault with its rule, and the text with its places marked."""

import streamlit as st

from pages.shared.formats import plain
from pages.shared.texts import _, counted
from workflow.composing import unfilled
from workflow.linter import complaint, findings, said


def draw(text: str, *, is_template: bool = False) -> None:
    """Draw it; nothing for an empty text. A template may hold placeholders."""
    if not text.strip():
        return
    found = findings(text)
    left = () if is_template else unfilled(text)
    for name in left:
        st.markdown(f":orange[:material/edit: {plain(_to_replace(name))}]")
    for finding in found:
        st.markdown(f":orange[:material/block: {plain(said(finding))}]")
    if found:
        st.markdown(marked(text))
    elif not left:
        length = counted("{count} character", "{count} characters", len(text))
        st.caption(_(":material/check: Nothing in it is forbidden. {length}").format(length=length))


def says(text: str, sentence: str) -> bool:
    """Whether `sentence`, why `text` was not sent, is what the verdict on it says."""
    return bool(sentence) and sentence in {complaint(text), *map(_to_replace, unfilled(text))}


def _to_replace(name: str) -> str:
    return _("Replace {{{name}}}: the desk does not know it for this ticket.").format(name=name)


def marked(text: str) -> str:
    """The text as Markdown with every forbidden place in red; what was typed is never markup."""
    parts: list[str] = []
    end = 0
    for finding in findings(text):
        parts += [plain(text[end : finding.start]), f":red-background[{plain(finding.words)}]"]
        end = finding.end
    return "".join([*parts, plain(text[end:])])
