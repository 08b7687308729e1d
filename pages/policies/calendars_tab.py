"""The part of the page about calendars: each with its state now, the chosen one drawn and tried, and a draft."""

import streamlit as st

from pages.policies import calendar_draft
from pages.policies.calendar_drafting import calendar_drafting
from pages.policies.calendar_files import bring_in, downloads
from pages.policies.desk_rules import DeskRules
from pages.policies.publishing import DONE
from pages.policies.sentences import KINDS
from pages.policies.try_card import try_card
from pages.policies.week_card import week_card
from pages.policies.week_words import state_at
from pages.shared import access, filters, session
from pages.shared.cards import card, nothing_here
from pages.shared.formats import instant, plain
from pages.shared.people import Person
from pages.shared.texts import _
from workflow.business_time import BusinessTime


def calendars_tab(rules: DeskRules, person: Person) -> None:
    """Draw it."""
    _list(rules)
    draft = calendar_draft.current()
    if draft is not None:
        calendar_drafting(draft, rules, person)
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
    with card(_("Calendars"), _("the clocks that policies may name"), key="policies_calendars", defined_by=()):
        if not rules.clocks:
            nothing_here(
                _("No calendar yet: every target runs on the marketplace's clock, on which every hour counts.")
            )
        grid = st.grid(3, min_column_width=260, gap="small", border=True)
        for name, clock in rules.clocks.items():
            with grid.cell():
                _entry(name, clock, rules)
        has_draft = calendar_draft.current() is not None
        st.button(
            _("New calendar"),
            icon=":material/add:",
            key="policies_calendar_new",
            disabled=has_draft,
            on_click=_new,
            args=(rules,),
            help=_("Publish or discard the draft first") if has_draft else None,
        )


def _entry(name: str, clock: BusinessTime, rules: DeskRules) -> None:
    held = clock.version_at(access.now())
    is_open, said = state_at(clock, access.now(), access.zone())
    colour = "green" if is_open else "gray"
    st.markdown(f"**{plain(held.calendar.name or name)}** :{colour}-badge[{_('open') if is_open else _('closed')}]")
    zone = plain(held.calendar.time_zone)
    st.caption(_("{said} · {zone} · version {version}").format(said=plain(said), zone=zone, version=held.version))
    if (newest := clock.versions[-1]).version != held.version:
        at = instant(newest.valid_from, access.zone())
        st.caption(plain(_("Version {version} holds from {at}").format(version=newest.version, at=at)))
    st.caption(plain(_used_by(name, rules)))
    if len(rules.clocks) > 1:
        label = _("Show {calendar}").format(calendar=plain(held.calendar.name or name))
        st.button(label, key=f"policies_calendar_show_{name}", on_click=_show, args=(name,))


def _used_by(name: str, rules: DeskRules) -> str:
    newest = rules.book.book.newest
    found = [
        f"{policy.name} ({', '.join(kinds)})"
        for policy in (newest.policies if newest else ())
        if (kinds := [KINDS[target.kind].lower() for target in policy.targets if target.calendar_id == name])
    ]
    return _("Used by {policies}").format(policies="; ".join(found)) if found else _("No policy uses it")


def _show(name: str) -> None:
    session.forget(DONE)
    session.set_query(calendar=name)


def _begin(clock: BusinessTime) -> None:
    session.forget(DONE)
    calendar_draft.begin(clock.versions[-1].calendar, clock.versions[-1].version)


def _new(rules: DeskRules) -> None:
    session.forget(DONE)
    calendar_draft.begin_new(rules.clocks, _("New calendar"), access.zone())
