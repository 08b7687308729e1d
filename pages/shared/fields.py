"""Keys of the widgets that edit a record: another record, or the record once it is changed, has others.

A browser keeps what a widget shows as long as its key is the same, whatever the record says by then.
"""

import secrets
from dataclasses import dataclass
from typing import Any, TypeVar

import streamlit as st

from pages.shared import session
from pages.shared.texts import _

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Fields:
    """The widgets of one editor for one record: `record` names it as it was read, its id and version."""

    prefix: str
    record: str

    def key(self, name: str) -> str:
        """The key of the widget for a field."""
        return f"{self.prefix}{name}_{self.record}"

    def typed(self, name: str, otherwise: Any = None) -> Any:  # noqa: ANN401 - what a widget holds
        """What stands in it."""
        return session.recall(self.key(name), otherwise)


def unsaved_id(key: str, kind: str) -> str:
    """The id of the record that is being written for the first time; `key` is forgotten once it is saved."""
    if not session.recall(key):
        session.remember(key, f"{kind}-{secrets.token_hex(6)}")
    return session.recall(key)


def begun(key: str, chosen: str, newest: Record) -> Record:
    """The record `chosen` as it was when editing it began, so that what is typed stays when somebody else saves it.

    `key` is forgotten once it is saved or given up.
    """
    kept: tuple[str, Record] | None = session.recall(key)
    if kept is None or kept[0] != chosen:
        kept = (chosen, newest)
        session.remember(key, kept)
    return kept[1]


def overtaken(begun_key: str) -> None:
    """Say that somebody saved a newer version while this one is being edited, and offer it."""
    st.warning(
        _("Somebody saved a newer version meanwhile, so this one cannot be saved. Copy what you need of it first."),
        icon=":material/history:",
    )
    st.button(_("Show the newer version"), key=f"{begun_key}_newer", on_click=session.forget, args=(begun_key,))
