"""The editor of one target of the draft: what is promised, on which clock, when it stands still, who is warned."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import streamlit as st

from pages.policies import draft, fields, sentences
from pages.policies.known import Called, Known, calls
from pages.policies.sentences import EFFECTS, KINDS, REOPENINGS
from pages.policies.tree import Row
from pages.shared.formats import plain
from pages.shared.texts import _
from workflow.service.policies import TargetKind, WarningEffect

MARKETPLACE_CLOCK = "marketplace"  # as the documents call the clock on which every hour counts
_REOPENED = {TargetKind.REQUESTER_WAIT, TargetKind.FULL_RESOLUTION}
Faults = Mapping[str, tuple[str, ...]]


def target_editor(target: Row, known: Known, faults: Faults) -> None:
    """Draw it; it opens where something is wrong."""
    has_fault = any(row.uid in faults for row in (target, *target.rows))
    icon = ":material/error:" if has_fault else None
    with st.expander(plain(_title(target, known)), has_fault, key=f"policies_target_{target.uid}", icon=icon):
        fields.wrong(faults.get(target.uid, ()))
        _promise(target, known)
        _pauses(target, known)
        st.markdown(f"**{_('Warnings')}**")
        for warning in target.rows:
            _warning(warning, known)
            fields.wrong(faults.get(warning.uid, ()))
        with st.container(horizontal=True):
            _button(_("Add a warning"), "add", target.uid, "warn", draft.add, (target.uid, _next_warning(target)))
            _button(_("Remove this target"), "delete", target.uid, "remove", draft.remove, (target.uid,))


def _title(target: Row, known: Known) -> str:
    kind = KINDS[TargetKind(target.fields["kind"])]
    states = ", ".join(map(calls(known.states), target.fields.get("states", ())))
    budget = sentences.budget(timedelta(**target.fields["budget"]))
    return " · ".join(part for part in (kind, states, budget, calls(_clocks(known))(target.fields["clock"])) if part)


def _promise(target: Row, known: Known) -> None:
    kind = TargetKind(target.fields["kind"])
    left, middle, right = st.columns(3, gap="small")
    with left:
        fields.one_of(target.uid, "kind", kind.value, _("Promise"), {one.value: name for one, name in KINDS.items()})
    with middle:
        fields.budget(target.uid, target.fields["budget"])
    with right:
        fields.one_of(target.uid, "clock", target.fields["clock"], _("Clock"), _clocks(known))
    states = target.fields.get("states", [])
    if kind is TargetKind.TIME_IN_STATE or states:
        fields.some_of(target.uid, "states", states, _("States"), known.states, none=_("Choose the states"))


def _pauses(target: Row, known: Known) -> None:
    left, right = st.columns(2, gap="small")
    never = _("Never")
    with left:
        given = target.fields.get("pause_states", [])
        fields.some_of(target.uid, "pause_states", given, _("Paused in the states"), known.states, none=never)
    with right:
        given = target.fields.get("pause_while", [])
        fields.some_of(target.uid, "pause_while", given, _("Paused while the ticket"), known.balls, none=never)
    if target.fields["kind"] in _REOPENED:
        given = target.fields.get("on_reopen", "new")
        called = {one.value: name for one, name in REOPENINGS.items()}
        fields.one_of(target.uid, "on_reopen", given, _("When it is reopened"), called)


def _warning(warning: Row, known: Known) -> None:
    effect = WarningEffect(warning.fields["effect"])
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        fields.number(
            warning.uid, "percent", warning.fields["percent"], _("At % of the budget"), max_value=1_000, width=140
        )
        called = {one.value: name for one, name in EFFECTS.items()}
        fields.one_of(warning.uid, "effect", effect.value, _("What happens"), called, width=220)
        _argument(warning, effect, known)
        _button(_("Remove"), "close", warning.uid, "remove", draft.remove, (warning.uid,))


def _argument(warning: Row, effect: WarningEffect, known: Known) -> None:
    given = warning.fields.get("argument", "")
    match effect:
        case WarningEffect.NOTIFY:
            if given:  # left over from another effect
                fields.text(warning.uid, "argument", given, _("Empty this"), width=220)
        case WarningEffect.NOTE:
            fields.text(warning.uid, "argument", given, _("Text of the note"), width=260)
        case WarningEffect.RAISE_PRIORITY:
            fields.one_of(warning.uid, "argument", given, _("Priority"), known.priorities, width=220)
        case WarningEffect.REASSIGN:
            fields.one_of(warning.uid, "argument", given, _("Agent"), known.agents, width=220)
        case WarningEffect.TRIGGER:
            fields.one_of(warning.uid, "argument", given, _("Trigger"), known.triggers, width=260)


def _next_warning(target: Row) -> Row:
    """The first of 50, 80 and 100 % that is not there yet."""
    taken = {warning.fields["percent"] for warning in target.rows}
    return Row(fields={"percent": next((one for one in (50, 80, 100) if one not in taken), 100), "effect": "notify"})


def _clocks(known: Known) -> Called:
    return {slug or MARKETPLACE_CLOCK: name for slug, name in known.clocks.items()}


def _button(  # noqa: PLR0913, PLR0917 - a button is what it says and what it does
    label: str, icon: str, uid: str, name: str, act: Callable[..., None], args: tuple[Any, ...]
) -> None:
    key = f"{draft.FIELD}{uid}_{name}_button"
    st.button(label, icon=f":material/{icon}:", type="tertiary", key=key, on_click=act, args=args)
