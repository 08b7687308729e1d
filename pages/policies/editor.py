"""The editor of the draft: the policies in their order, and the chosen one with its conditions and targets."""

from collections.abc import Sequence

import streamlit as st

from pages.policies import draft, fields, sentences
from pages.policies.draft import Checked, Draft
from pages.policies.explained import advised
from pages.policies.known import Known
from pages.policies.publish_card import changes_list
from pages.policies.target_editor import target_editor
from pages.policies.tree import Row
from pages.shared import session
from pages.shared.cards import card, nothing_here
from pages.shared.formats import plain
from pages.shared.texts import _, counted

LIST = f"{draft.FIELD}list"


def editor(found: Draft, checked: Checked, known: Known, changes: Sequence[str]) -> None:
    """Draw it, the list beside the chosen policy; below the list what the draft changes."""
    left, right = st.columns([2, 5], gap="small")
    policy = draft.chosen(found)
    with left, card(_("Policies"), _("the first that fits a ticket counts"), key="policies_list", defined_by=()):
        _list(found, checked, policy)
        if checked.policies is not None:
            st.divider()
            st.markdown(f"**{_('What the draft changes')}**")
            changes_list(changes)
            advised(checked.policies, known)
    if policy is not None:
        with (
            right,
            card(plain(str(policy.fields["name"])), _("policy of the draft"), key="policies_editor", defined_by=()),
        ):
            _policy(found, policy, known, checked)


def _list(found: Draft, checked: Checked, policy: Row | None) -> None:
    fields.wrong(checked.faults.get("", ()))
    if policy is None:
        nothing_here(_("No policy: nothing is promised to anybody."))
    else:
        names = {row.uid: _called(row, place, checked) for place, row in enumerate(found.rows, 1)}
        session.remember(LIST, policy.uid)
        st.radio(
            _("Policies in their order"),
            list(names),
            format_func=names.__getitem__,
            captions=[_counts(row) for row in found.rows],
            key=LIST,
            on_change=_choose,
            label_visibility="collapsed",
        )
    st.button(_("Add a policy"), icon=":material/add:", key="policies_add", on_click=draft.add_policy)


def _called(row: Row, place: int, checked: Checked) -> str:
    has_fault = any(one.uid in checked.faults for one in (row, *row.rows, *(w for t in row.rows for w in t.rows)))
    mark = ":material/error: " if has_fault else ""
    return f"{mark}{place}. {plain(str(row.fields['name']))}"


def _counts(row: Row) -> str:
    asked = [sentences.CONDITION_NAMES[name] for name, values in row.fields["when"].items() if values]
    targets = counted("{count} target", "{count} targets", len(row.rows))
    return (
        f"{targets} · {_('by {conditions}').format(conditions=', '.join(asked).lower()) if asked else _('all tickets')}"
    )


def _choose() -> None:
    session.remember(draft.CHOSEN, session.recall(LIST))


def _policy(found: Draft, policy: Row, known: Known, checked: Checked) -> None:
    fields.wrong(checked.faults.get(policy.uid, ()))
    _moves(found, policy)
    fields.text(policy.uid, "name", policy.fields["name"], _("Name"), max_chars=80)
    st.markdown(f"**{_('For tickets with')}** &nbsp;:gray[:small[{_('all of these; empty: whatever it is')}]]")
    grid = st.grid(3, min_column_width=200, gap="small")
    for name, label in sentences.CONDITION_NAMES.items():
        with grid.cell():
            given = policy.fields["when"].get(name, [])
            fields.some_of(policy.uid, name, given, label, known.conditions[name], none=_("Any"), within="when")
    st.markdown(f"**{_('Targets')}**")
    for target in policy.rows:
        target_editor(target, known, checked.faults)
    st.button(
        _("Add a target"),
        icon=":material/add:",
        key=f"{draft.FIELD}{policy.uid}_add_button",
        on_click=draft.add,
        args=(policy.uid, _next_target(policy)),
    )


def _moves(found: Draft, policy: Row) -> None:
    buttons = (
        (_("Move up"), "arrow_upward", policy is found.rows[0], draft.move, (policy.uid, -1)),
        (_("Move down"), "arrow_downward", policy is found.rows[-1], draft.move, (policy.uid, 1)),
        (_("Duplicate"), "content_copy", False, draft.duplicate, (policy.uid,)),
        (_("Remove"), "delete", False, draft.remove, (policy.uid,)),
    )
    with st.container(horizontal=True, gap="small"):
        for label, icon, is_off, act, args in buttons:
            key = f"policies_{icon}"
            st.button(label, icon=f":material/{icon}:", key=key, disabled=is_off, on_click=act, args=args)


def _next_target(policy: Row) -> Row:
    """A target of the first kind that the policy does not promise yet."""
    taken = {target.fields["kind"] for target in policy.rows}
    kinds = [kind.value for kind in sentences.KINDS]
    kind = next((kind for kind in kinds if kind not in taken and kind != "time_in_state"), "time_in_state")
    return Row(fields={"kind": kind, "budget": {"hours": 24}, "clock": "marketplace"})
