"""A calendar's draft on the page: editor, its week, a trial, the back-test of promises on it, and publishing."""

import streamlit as st

from pages.policies import calendar_draft, differences
from pages.policies.back_test_card import Question, back_test_card
from pages.policies.calendar_draft import CalendarDraft
from pages.policies.calendar_editor import calendar_editor
from pages.policies.desk_rules import DeskRules
from pages.policies.publish_card import Ready, changes_list, publish_card
from pages.policies.publishing import publish_calendar
from pages.policies.try_card import try_card
from pages.policies.week_card import week_card
from pages.shared.cards import card
from pages.shared.people import Person
from pages.shared.texts import _
from workflow.business_time import BusinessTime, CalendarVersion
from workflow.calendars import Calendar


def calendar_drafting(draft: CalendarDraft, rules: DeskRules, person: Person) -> None:
    """Draw it."""
    calendar, faults = calendar_draft.check(draft)
    clock = rules.clocks.get(str(draft.document["id"]))
    newest = clock.versions[-1] if clock else None
    _head(draft, has_fault=bool(faults))
    if draft.base_version and newest and newest.version != draft.base_version:
        _stale(newest.version)
    calendar_editor(draft, faults)
    if calendar is None:
        st.caption(_("Mend what is wrong first: each fault stands at its place above."))
        return
    left, right = st.columns(2, gap="small")
    with left:
        week_card(calendar, key="policies_calendar")
    with right:
        try_card(BusinessTime.of(calendar))
    tested = _tested(calendar, rules, person)
    _publish(calendar, draft, newest, tested)


def _head(draft: CalendarDraft, *, has_fault: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="policies_calendar_head"):
        st.badge(_("Draft"), icon=":material/edit_note:", color="red" if has_fault else "blue")
        begun = _("begun on version {version}") if draft.base_version else _("a new calendar")
        text = _("{begun} · not in force until it is published")
        st.caption(text.format(begun=begun.format(version=draft.base_version)), width="stretch")
        st.button(
            _("Discard the draft"),
            icon=":material/delete:",
            key="policies_calendar_discard",
            on_click=calendar_draft.discard,
        )


def _publish(calendar: Calendar, draft: CalendarDraft, newest: CalendarVersion | None, tested: str) -> None:
    changes = tuple(differences.of_calendars(newest.calendar if newest else None, calendar))
    newest_version = newest.version if newest else 0
    ready = Ready(
        next_version=newest_version + 1,
        changes=changes,
        against=_against(draft.base_version, newest_version, changes),
        tested=tested,
        act=lambda at, note: publish_calendar(calendar, draft.base_version, at, note),
    )
    left, right = st.columns([3, 2], gap="small")
    with (
        left,
        card(
            _("What the draft changes"), _("against the newest version"), key="policies_calendar_changes", defined_by=()
        ),
    ):
        changes_list(changes)
    with right:
        publish_card(ready)


def _tested(calendar: Calendar, rules: DeskRules, person: Person) -> str:
    published = rules.book.book.versions
    targets = (target for version in published for policy in version.policies for target in policy.targets)
    if not any(target.calendar_id == calendar.id for target in targets):
        return _("No policy has ever used this calendar, so there is nothing to back-test.")
    question = Question(policies=None, calendars={calendar.id: calendar}, published=rules.book.key)
    return back_test_card(question, rules.known, person)


def _against(base_version: int, newest_version: int, changes: tuple[str, ...]) -> str:
    if not base_version and newest_version:
        return _("There is a calendar of this short name already: give yours another one.")
    if base_version != newest_version:
        return _("Somebody published meanwhile: say above what shall count.")
    return "" if changes else _("The draft says what the newest version says.")


def _stale(newest: int) -> None:
    text = _("Version {version} was published after this draft was begun. The changes below are against it.")
    st.warning(text.format(version=newest), icon=":material/group:")
    label = _("Keep my draft on top of version {version}").format(version=newest)
    st.button(label, key="policies_calendar_rebase", on_click=calendar_draft.rebase, args=(newest,))
