"""The part of the page about policies: what is in force, and the draft of what shall be."""

from dataclasses import replace

import streamlit as st

from data.service.shelf import Publication, publications
from pages.policies import differences, draft
from pages.policies.back_test_card import Question, back_test_card
from pages.policies.desk_rules import DeskRules
from pages.policies.draft import Checked, Draft
from pages.policies.editor import editor
from pages.policies.explained import advised, explained
from pages.policies.json_card import json_card
from pages.policies.publish_card import Ready, changes_list, publish_card
from pages.policies.publishing import DONE, publish_policies
from pages.shared import access, session
from pages.shared.cards import card
from pages.shared.formats import instant, plain
from pages.shared.people import Person
from pages.shared.texts import _, counted


def policies_tab(rules: DeskRules, person: Person) -> None:
    """Draw it."""
    found = draft.current()
    if found is None:
        _in_force(rules)
        return
    checked = draft.check(found, rules.clocks)
    base = _publication(found.base_version)
    before = base.version.policies if base else ()
    changes = tuple(differences.of_policies(before, checked.policies, rules.known)) if checked.policies else ()
    _head(found, checked, len(changes), rules)
    editor(found, checked, rules.known, changes)
    question = None
    if checked.policies is not None:
        question = Question(policies=checked.policies, calendars={}, published=rules.book.key)
    tested = back_test_card(question, rules.known, person)
    publish_card(_ready(found, checked, changes, tested, rules))
    json_card(found, tuple(rules.clocks))


def _in_force(rules: DeskRules) -> None:
    now, zone = access.now(), access.zone()
    held, newest = rules.book.book.version_at(now), rules.book.book.newest
    if held is None or newest is None:
        with card(_("No policy yet"), _("nothing is promised to anybody"), key="policies_none", defined_by=()):
            _begin_button(rules)
        return
    subtitle = _("version {version}, the one in force").format(version=held.version)
    with card(_("What is promised"), subtitle, key="policies_in_force", defined_by=("Service policies",)):
        st.caption(plain(_published(held.version, rules)))
        explained(held.policies, rules.known)
        advised(held.policies, rules.known)
        _begin_button(rules)
    if newest.version != held.version:
        text = _("version {version}, holds from {at}").format(
            version=newest.version, at=instant(newest.valid_from, zone)
        )
        with card(_("What comes next"), text, key="policies_next", defined_by=()):
            changes_list(tuple(differences.of_policies(held.policies, newest.policies, rules.known)))


def _published(version: int, rules: DeskRules) -> str:
    found, zone = _publication(version), access.zone()
    if found is None:
        return ""
    text = _("The first policy that fits a ticket counts. Published by {who} on {at}, times in {zone}. {note}")
    who, at = rules.called(found.published_by), instant(found.published_at, zone)
    return text.format(who=who, at=at, zone=zone, note=found.note).strip()


def _begin_button(rules: DeskRules) -> None:
    st.button(
        _("Edit as a draft"),
        type="primary",
        icon=":material/edit:",
        key="policies_begin",
        on_click=_begin,
        args=(rules,),
    )


def _begin(rules: DeskRules) -> None:
    newest = rules.book.book.newest
    session.forget(DONE)
    draft.begin(newest.policies if newest else (), newest.version if newest else 0)


def _head(found: Draft, checked: Checked, changes_count: int, rules: DeskRules) -> None:
    newest = rules.book.book.newest
    if newest is not None and newest.version != found.base_version:
        _stale(found, newest.version, rules)
    if checked.faults_count:
        said = counted("{count} thing is wrong", "{count} things are wrong", checked.faults_count)
    else:
        said = counted("{count} change", "{count} changes", changes_count)
    with st.container(horizontal=True, vertical_alignment="center", key="policies_head"):
        st.badge(_("Draft"), icon=":material/edit_note:", color="red" if checked.faults_count else "blue")
        text = _("begun on version {version} · {said} · not in force until it is published")
        st.caption(text.format(version=found.base_version, said=said), width="stretch")
        st.button(_("Discard the draft"), icon=":material/delete:", key="policies_discard", on_click=draft.discard)


def _stale(found: Draft, newest: int, rules: DeskRules) -> None:
    """Somebody published after the draft was begun: what they changed, and the two ways on."""
    theirs, base = _publication(newest), _publication(found.base_version)
    if theirs is None:
        return
    text = _("Version {newest} was published by {who} on {at}, after this draft was begun on version {base}.").format(
        newest=newest,
        who=rules.called(theirs.published_by),
        at=instant(theirs.published_at, access.zone()),
        base=found.base_version,
    )
    with st.container(border=True, key="policies_stale"):
        st.warning(plain(text), icon=":material/group:")
        before = base.version.policies if base else ()
        changes_list(tuple(differences.of_policies(before, theirs.version.policies, rules.known)))
        label = _("Keep my draft on top of version {version}").format(version=newest)
        st.button(label, key="policies_rebase", on_click=draft.rebase, args=(newest,))


def _ready(found: Draft, checked: Checked, changes: tuple[str, ...], tested: str, rules: DeskRules) -> Ready:
    newest = rules.book.book.newest
    newest_version = newest.version if newest else 0
    policies = checked.policies or ()
    ready = Ready(
        next_version=newest_version + 1,
        changes=changes,
        against="",
        tested=tested,
        act=lambda at, note: publish_policies(policies, found.base_version, at, note),
    )
    if checked.policies is None:
        return replace(ready, against=_("Mend what is wrong first: each fault stands at its place above."))
    if newest_version != found.base_version:
        return replace(ready, against=_("Somebody published meanwhile: say on top of this page what shall count."))
    return ready if changes else replace(ready, against=_("The draft says what the version in force says."))


def _publication(version: int) -> Publication | None:
    found = publications(access.desk().database)
    return next((one for one in found if one.version.version == version), None)
