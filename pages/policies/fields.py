"""Widgets of the draft's editor. The draft is the one owner: its value is put into a widget, an edit written back."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages.policies import draft
from pages.policies.known import Called, calls, with_slugs
from pages.shared import session
from pages.shared.formats import plain
from pages.shared.texts import _

UNITS = {"minutes": _("minutes"), "hours": _("hours"), "days": _("days"), "seconds": _("seconds")}
MOST_AMOUNT = 315_360_000


def wrong(faults: Sequence[str]) -> None:
    """Say what is wrong, at its place."""
    for fault in faults:
        st.markdown(f":red[:material/error: {plain(fault)}]")


def text(uid: str, name: str, value: str, label: str, **look: Any) -> None:  # noqa: ANN401 - Streamlit's own
    """A line of text."""
    st.text_input(label, key=_put(uid, name, value), on_change=_take, args=(uid, name), **look)


def one_of(uid: str, name: str, value: str, label: str, called: Called, **look: Any) -> None:  # noqa: ANN401
    """A choice among slugs; one that nobody knows stays one of them."""
    options = with_slugs(called, [value] if value else [])
    key = _put(uid, name, value or None)
    st.selectbox(
        label,
        list(options),
        index=0 if value else None,  # what has a value cannot be emptied
        format_func=calls(options),
        placeholder=_("Choose"),
        key=key,
        on_change=_take,
        args=(uid, name),
        **look,
    )


def some_of(  # noqa: PLR0913 - what, of whom, how it is called
    uid: str, name: str, values: Sequence[str], label: str, called: Called, *, none: str, within: str = ""
) -> None:
    """A choice of several slugs; `within` is the field that holds `name`, where it is not a field itself."""
    options = with_slugs(called, values)
    st.multiselect(
        label,
        list(options),
        format_func=calls(options),
        placeholder=none,
        key=_put(uid, name, list(values)),
        on_change=_take_within if within else _take,
        args=(uid, name, within) if within else (uid, name),
    )


def number(uid: str, name: str, value: int, label: str, **look: Any) -> None:  # noqa: ANN401
    """A whole number above 0."""
    st.number_input(label, min_value=1, key=_put(uid, name, value), on_change=_take, args=(uid, name), **look)


def budget(uid: str, value: dict[str, Any]) -> None:
    """An amount and its unit."""
    unit, amount = next(iter(value.items()), ("hours", 0))
    left, right = st.columns(2, gap="small")
    with left:
        st.number_input(
            _("Budget"),
            min_value=0,
            max_value=MOST_AMOUNT,
            key=_put(uid, "amount", int(amount)),
            on_change=_take_budget,
            args=(uid,),
        )
    with right:
        st.selectbox(
            _("Unit"),
            list(UNITS),
            format_func=UNITS.__getitem__,
            key=_put(uid, "unit", unit),
            on_change=_take_budget,
            args=(uid,),
        )


def _key(uid: str, name: str) -> str:
    return f"{draft.FIELD}{uid}_{name}"


def _put(uid: str, name: str, value: Any) -> str:  # noqa: ANN401 - what a widget holds
    session.remember(_key(uid, name), value)
    return _key(uid, name)


def _take(uid: str, name: str) -> None:
    value = session.recall(_key(uid, name))
    draft.change(uid, **{name: "" if value is None else value})


def _take_within(uid: str, name: str, within: str) -> None:
    found = draft.current()
    row = draft.row(found, uid) if found else None
    if row is not None:
        draft.change(uid, **{within: {**row.fields.get(within, {}), name: session.recall(_key(uid, name))}})


def _take_budget(uid: str) -> None:
    amount, unit = session.recall(_key(uid, "amount")), session.recall(_key(uid, "unit"))
    draft.change(uid, budget={unit or "hours": amount or 0})
