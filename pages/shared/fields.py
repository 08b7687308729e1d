"""Keys of the widgets that edit a record: another record, or the record once it is changed, has others.

A browser keeps what a widget shows as long as its key is the same, whatever the record says by then.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field, replace
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


@dataclass(frozen=True, slots=True)
class Editor:
    """Edits one record at a time, as it was when its editing began: what is typed stays when somebody else saves it.

    `prefix` begins the keys of its fields, and of nothing else. What is typed for a record waits for it while another
    one is shown, or another page.
    """

    prefix: str

    def choose_last(self, key: str, known: Collection[str]) -> None:
        """Let the choice under `key` be what was edited last, where the page was left meanwhile."""
        now: _Editing | None = session.recall(self._now)
        if now and now.chosen in known and session.recall(key) is None:
            session.remember(key, now.chosen)

    def begun(self, chosen: str, newest: Record) -> Record:
        """The record `chosen` as it was when its editing began; to be asked before its fields are drawn."""
        now: _Editing | None = session.recall(self._now)
        typed = session.recall_all(self.prefix)
        if now and now.chosen == chosen and typed:
            return now.record
        waiting: dict[str, _Editing] = session.recall(self._waiting, {})
        if now and (typed or now.typed) != now.drawn:
            waiting = waiting | {now.chosen: replace(now, typed=typed or now.typed)}
        session.forget_all(self.prefix)
        now = waiting.get(chosen, _Editing(chosen=chosen, record=newest))
        for key, value in now.typed.items():
            session.remember(key, value)
        session.remember(self._waiting, {name: one for name, one in waiting.items() if name != chosen})
        session.remember(self._now, now)
        return now.record

    def drawn(self) -> None:
        """Take down what the fields show; to be called once they are drawn."""
        now: _Editing = session.recall(self._now)
        typed = session.recall_all(self.prefix)
        session.remember(self._now, replace(now, typed=typed, drawn=typed if now.drawn is None else now.drawn))

    def end(self) -> None:
        """The record is saved or given up: the next that is edited is what is stored."""
        session.forget(self._now)

    def overtaken(self) -> None:
        """Say that somebody saved a newer version while this one is being edited, and offer it."""
        st.warning(
            _("Somebody saved a newer version meanwhile, so this one cannot be saved. Copy what you need of it first."),
            icon=":material/history:",
        )
        st.button(_("Show the newer version"), key=f"{self._now}newer", on_click=self.end)

    @property
    def _now(self) -> str:
        return f"editing_{self.prefix}"

    @property
    def _waiting(self) -> str:
        return f"waiting_{self.prefix}"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Editing:
    """A record whose fields somebody has before them: what stood in them first, and what stands there by now."""

    chosen: str
    record: Any
    drawn: dict[str, Any] | None = None
    typed: dict[str, Any] = field(default_factory=dict)
