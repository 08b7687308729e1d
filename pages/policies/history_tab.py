"""The part of the page about the past: who published what, when and why; any version, and what it changed."""

import pandas as pd
import streamlit as st

from data.calendar_shelf import calendar_versions
from data.service.publishing import AuditEntry, audit_entries
from data.service.shelf import publications
from pages.policies import calendar_draft, differences, draft
from pages.policies.desk_rules import DeskRules
from pages.policies.explained import explained
from pages.policies.publish_card import changes_list
from pages.policies.week_card import week_card
from pages.shared import access, session
from pages.shared.cards import card, nothing_here
from pages.shared.formats import instant, plain
from pages.shared.people import Person
from pages.shared.texts import _
from workflow.business_time import CalendarVersion
from workflow.calendar_documents import document_text
from workflow.service.documents import policies_text
from workflow.service.policies import PolicyVersion

SHOWN = "policies_history_shown"
Place = tuple[str, int]  # the calendar's id, empty for the policies, and the version


def history_tab(rules: DeskRules, _person: Person) -> None:
    """Draw it."""
    entries = audit_entries(access.desk().database)
    with card(_("What was published"), _("the newest first"), key="policies_history", defined_by=()):
        if not entries:
            nothing_here(_("Nothing was published yet."))
            return
        table = _table(entries, rules)
        st.table(table, border="horizontal", hide_index=True, alt=_("What was published, by whom, when and why"))
    places = {(entry.calendar_id, entry.version): _title(entry, rules) for entry in entries}
    chosen: Place = st.selectbox(_("Look at a version"), list(places), format_func=places.__getitem__, key=SHOWN)
    calendar_id, number = chosen
    if calendar_id:
        versions = calendar_versions(access.desk().database).get(calendar_id, ())
        _calendar(versions[number - 1], versions[number - 2] if number > 1 else None, versions[-1].version)
    else:
        found = tuple(one.version for one in publications(access.desk().database))
        _policies(found[number - 1], found[number - 2] if number > 1 else None, found[-1].version, rules)


def _table(entries: tuple[AuditEntry, ...], rules: DeskRules) -> pd.DataFrame:
    zone = access.zone()
    return pd.DataFrame(
        {
            _("When, {zone}").format(zone=zone): [instant(entry.at, zone) for entry in entries],
            _("Who"): [plain(rules.called(entry.by)) for entry in entries],
            _("What"): [plain(_title(entry, rules)) for entry in entries],
            _("Holds from"): [instant(entry.valid_from, zone) for entry in entries],
            _("Why"): [plain(entry.note) for entry in entries],
        }
    )


def _title(entry: AuditEntry, rules: DeskRules) -> str:
    if not entry.calendar_id:
        return _("Policies, version {version}").format(version=entry.version)
    name = rules.known.clocks.get(entry.calendar_id, entry.calendar_id)
    return _("Calendar “{calendar}”, version {version}").format(calendar=name, version=entry.version)


def _policies(version: PolicyVersion, before: PolicyVersion | None, newest: int, rules: DeskRules) -> None:
    left, right = st.columns([3, 2], gap="small")
    with left, card(_("What it says"), _("in its order"), key="policies_history_version", defined_by=()):
        explained(version.policies, rules.known)
    with right, card(_("What it changed"), _against(before), key="policies_history_changes", defined_by=()):
        if before is None:
            nothing_here(_("It is the first version."))
        else:
            changes_list(tuple(differences.of_policies(before.policies, version.policies, rules.known)))
        name = f"policies_version_{version.version}.json"
        _download(policies_text(version.policies), name)
        label = _("Use it as a draft")
        st.button(label, icon=":material/edit:", key="policies_history_use", on_click=_use, args=(version, newest))


def _calendar(version: CalendarVersion, before: CalendarVersion | None, newest: int) -> None:
    left, right = st.columns([3, 2], gap="small")
    with left:
        week_card(version.calendar, key="policies_history_version")
    with right, card(_("What it changed"), _against(before), key="policies_history_changes", defined_by=()):
        if before is None:
            nothing_here(_("It is the first version."))
        else:
            changes_list(tuple(differences.of_calendars(before.calendar, version.calendar)))
        _download(document_text(version.calendar), f"calendar_{version.calendar.id}_version_{version.version}.json")
        label = _("Use it as a draft")
        st.button(
            label, icon=":material/edit:", key="policies_history_use", on_click=_use_calendar, args=(version, newest)
        )


def _against(before: PolicyVersion | CalendarVersion | None) -> str:
    return _("against version {version}").format(version=before.version) if before else ""


def _download(text: str, name: str) -> None:
    st.download_button(
        _("Download as JSON"),
        text,
        file_name=name,
        mime="application/json",
        icon=":material/download:",
        key="policies_history_download",
        on_click="ignore",
    )


def _use(version: PolicyVersion, newest: int) -> None:
    draft.discard()
    draft.begin(version.policies, newest)
    session.set_query(part="")


def _use_calendar(version: CalendarVersion, newest: int) -> None:
    calendar_draft.begin(version.calendar, newest)
    session.set_query(part="calendars", calendar=version.calendar.id)
