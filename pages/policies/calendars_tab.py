"""The part of the page about calendars: each with its state now, the chosen one drawn and tried, and a draft."""

import streamlit as st

from pages.policies import calendar_draft, differences
from pages.policies.back_test_card import Question, back_test_card
from pages.policies.calendar_draft import CalendarDraft
from pages.policies.calendar_editor import calendar_editor
from pages.policies.calendar_files import bring_in, downloads
from pages.policies.desk_rules import DeskRules
from pages.policies.publish_card import Ready, publish_card
from pages.policies.publishing import DONE, publish_calendar
from pages.policies.sentences import KINDS
from pages.policies.try_card import try_card
from pages.policies.week_card import week_card
from pages.policies.week_words import state_at
from pages.shared import access, filters, session
from pages.shared.cards import card, nothing_here
from pages.shared.formats import plain
from pages.shared.people import Person
from pages.shared.texts import _
from workflow.business_time import BusinessTime
from workflow.calendars import Calendar


def calendars_tab(rules: DeskRules, person: Person) -> None:
    """Draw it."""
    _list(rules)
    draft = calendar_draft.current()
    if draft is not None:
        _draft(draft, rules, person)
        return
    ids = list(rules.clocks)
    chosen = filters.choice("calendar", ids, ids[0] if ids else "")
    if chosen:
        clock = rules.clocks[chosen]
        left, right = st.columns(2, gap="small")
        with left:
            week_card(clock.version_at(access.now()).calendar, key="policies_calendar")
        with right:
            try_card(clock)
        with st.container(horizontal=True, gap="small"):
            label = _("Edit as a draft")
            st.button(
                label,
                type="primary",
                icon=":material/edit:",
                key="policies_calendar_begin",
                on_click=_begin,
                args=(clock,),
            )
        downloads(clock.versions[-1].calendar)
    bring_in(rules.clocks)


def _list(rules: DeskRules) -> None:
    with card(_("Calendars"), _("the clocks that policies may name"), key="policies_calendars"):
        if not rules.clocks:
            nothing_here(
                _("No calendar yet: every target runs on the marketplace's clock, on which every hour counts.")
            )
        grid = st.grid(3, min_column_width=260, gap="small", border=True)
        for name, clock in rules.clocks.items():
            with grid.cell():
                _entry(name, clock, rules)
        st.button(_("New calendar"), icon=":material/add:", key="policies_calendar_new", on_click=_new, args=(rules,))


def _entry(name: str, clock: BusinessTime, rules: DeskRules) -> None:
    held = clock.version_at(access.now())
    is_open, said = state_at(clock, access.now(), access.zone())
    colour = "green" if is_open else "gray"
    st.markdown(f"**{plain(held.calendar.name or name)}** :{colour}-badge[{_('open') if is_open else _('closed')}]")
    zone = plain(held.calendar.time_zone)
    st.caption(_("{said} · {zone} · version {version}").format(said=plain(said), zone=zone, version=held.version))
    st.caption(plain(_used_by(name, rules)))
    st.button(
        _("Show"), key=f"policies_calendar_show_{name}", help=plain(held.calendar.name), on_click=_show, args=(name,)
    )


def _used_by(name: str, rules: DeskRules) -> str:
    newest = rules.book.book.newest
    found = [
        f"{policy.name} ({', '.join(kinds)})"
        for policy in (newest.policies if newest else ())
        if (kinds := [KINDS[target.kind].lower() for target in policy.targets if target.calendar_id == name])
    ]
    return _("Used by {policies}").format(policies="; ".join(found)) if found else _("No policy uses it")


def _draft(draft: CalendarDraft, rules: DeskRules, person: Person) -> None:
    calendar, faults = calendar_draft.check(draft)
    calendar_id = str(draft.document["id"])
    clock = rules.clocks.get(calendar_id)
    newest = clock.versions[-1] if clock else None
    with st.container(horizontal=True, vertical_alignment="center", key="policies_calendar_head"):
        st.badge(_("Draft"), icon=":material/edit_note:", color="red" if faults else "blue")
        text = _("begun on version {version}") if draft.base_version else _("a new calendar")
        st.caption(text.format(version=draft.base_version), width="stretch")
        st.button(
            _("Discard the draft"),
            icon=":material/delete:",
            key="policies_calendar_discard",
            on_click=calendar_draft.discard,
        )
    if draft.base_version and newest and newest.version != draft.base_version:
        _stale(newest.version)
    calendar_editor(draft, faults)
    tested = ""
    if calendar is not None:
        left, right = st.columns(2, gap="small")
        with left:
            week_card(calendar, key="policies_calendar")
        with right:
            try_card(BusinessTime.of(calendar))
        tested = _tested(calendar, rules, person)
    changes = tuple(differences.of_calendars(newest.calendar if newest else None, calendar)) if calendar else ()
    newest_version = newest.version if newest else 0
    publish_card(
        Ready(
            next_version=newest_version + 1,
            changes=changes,
            against=_against(calendar, draft.base_version, newest_version, changes),
            tested=tested,
            act=lambda at, note: publish_calendar(_given(calendar), draft.base_version, at, note),
        )
    )


def _tested(calendar: Calendar, rules: DeskRules, person: Person) -> str:
    newest = rules.book.book.newest
    policies = newest.policies if newest else ()
    if not any(target.calendar_id == calendar.id for policy in policies for target in policy.targets):
        return _("No policy uses this calendar, so there is nothing to back-test.")
    question = Question(policies=policies, calendars={calendar.id: calendar}, published=rules.book.key)
    return back_test_card(question, rules.known, person)


def _against(calendar: Calendar | None, base_version: int, newest_version: int, changes: tuple[str, ...]) -> str:
    if calendar is None:
        return _("Mend what is wrong first: each fault stands at its place above.")
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


def _given(calendar: Calendar | None) -> Calendar:
    assert calendar is not None  # noqa: S101 - a draft that cannot be read has no button
    return calendar


def _show(name: str) -> None:
    session.forget(DONE)
    session.set_query(calendar=name)


def _begin(clock: BusinessTime) -> None:
    session.forget(DONE)
    calendar_draft.begin(clock.versions[-1].calendar, clock.versions[-1].version)


def _new(rules: DeskRules) -> None:
    session.forget(DONE)
    calendar_draft.begin_new(rules.clocks, _("New calendar"), access.zone())
