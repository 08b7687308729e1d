"""Draws what was promised and kept: attainment by target and by group, and by how much the rest was late."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from data.service.questions import Grouping
from pages.response_times import answers_targets, tables
from pages.response_times.words import EVERY_KIND, GROUPINGS, TARGETS, target_name
from pages.shared import behind, filters
from pages.shared.cards import card, draw, nothing_here
from pages.shared.frames import total
from pages.shared.look import Look
from pages.shared.texts import _

PAGE = "response_times"
ALL = "all"
KINDS = {ALL: target_name(EVERY_KIND), **{kind.value: name for kind, name in TARGETS.items()}}
BY = {grouping.value: name for grouping, name in GROUPINGS.items()}
AUDITED = {grouping.value: GROUPINGS[grouping] for grouping in (Grouping.AGENT, Grouping.SELLER)}


def kind_filter() -> str:
    """The choice of the kind of target; empty is all."""
    kind = filters.chosen_slug(PAGE, "target", KINDS, _("Target"))
    return EVERY_KIND if kind == ALL else kind


def draw_promises(look: Look, kind: str) -> None:
    """Draw the section."""
    left, right = st.columns([2, 3], gap="small")
    subtitle, defined_by = _("of those due in the period, 95 % interval"), ("Attainment", "Wilson interval")
    with left, card(_("Targets met"), subtitle, key="response_times_attainment", defined_by=defined_by):
        if total(answers_targets.attained_by_kind(look), "due_count"):
            draw(
                lambda: answers_targets.kinds_figure(look),
                key="response_times_attainment_figure",
                described_as=_("Share of targets met by kind"),
                leads=True,
            )
        else:
            nothing_here(_("No target was due in this period."))
    subtitle, defined_by = _("in the target's own clock, log scale"), ("Lateness", "Due and missed")
    with right, card(_("How late"), subtitle, key="response_times_late", defined_by=defined_by):
        if not answers_targets.late_count(look, kind):
            nothing_here(_("Nothing was late."))
            return
        draw(
            lambda: answers_targets.late_figure(look, kind),
            key="response_times_late_figure",
            described_as=_("Missed targets by how late they were"),
            leads=True,
        )


def draw_groups(look: Look, kind: str) -> None:
    """Draw attainment by priority, team, agent, seller or category; a row leads to its breaches."""
    subtitle = _("a row leads to what was missed")
    defined_by = ("Attainment", "Wilson interval", "Pauses and the pause audit")
    with card(_("Who keeps them"), subtitle, key="response_times_groups", defined_by=defined_by):
        grouping = Grouping(filters.chosen_slug(PAGE, "by", BY, _("By")))
        groups = answers_targets.attained_by(look, grouping, kind)
        slugs = [behind.name("due", "late", kind, grouping.value, key) for key in groups["group_key"]]
        lenient = _("If clocks had stood still as long as the states did, also after the buyer had written")
        shares = {_("Met"): None, _("Pauses as they were"): lenient}
        _table(tables.attainment(groups, GROUPINGS[grouping]), slugs, shares, "response_times_groups_table")


def draw_pauses(look: Look) -> None:
    """Draw whose pauses went on after the buyer had written."""
    subtitle = _("minutes that clocks stood still after the buyer had written")
    defined_by = ("Pauses and the pause audit",)
    with card(_("Pause audit"), subtitle, key="response_times_pauses", defined_by=defined_by):
        grouping = Grouping(filters.chosen_slug(PAGE, "paused_by", AUDITED, _("By")))
        found = answers_targets.pauses(look, grouping)
        if found.empty:
            nothing_here(_("No pause went on after the buyer had written."))
            return
        slugs = [behind.name("pauses", grouping.value, key) for key in found["group_key"]]
        _table(tables.pauses(found, GROUPINGS[grouping]), slugs, {}, "response_times_pauses_table")


def _table(shown: pd.DataFrame, slugs: list[str], shares: Mapping[str, str | None], key: str) -> None:
    percent = {
        name: st.column_config.ProgressColumn(format="%.1f %%", min_value=0, max_value=100, help=help_)
        for name, help_ in shares.items()
    }
    percent[_("Minutes lost")] = st.column_config.NumberColumn(format="localized")
    st.dataframe(
        shown,
        key=behind.keyed(key),
        hide_index=True,
        on_select=behind.follow_row(key, slugs),
        selection_mode="single-row",
        column_config=percent,
        alt=_("A row leads to its tickets"),
    )
