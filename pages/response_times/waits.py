"""Draws how long buyers wait: curves by category, the distribution, the trend of the median."""

import streamlit as st

from data.selection import Figure, Step
from pages.response_times import answers, answers_targets, trends
from pages.response_times.words import FIGURES
from pages.shared import dates, filters
from pages.shared.cards import card, draw, nothing_here
from pages.shared.look import Look
from pages.shared.texts import _
from workflow.service.policies import TargetKind

PAGE = "response_times"
TARGET_OF = {Figure.FIRST_REPLY: TargetKind.FIRST_REPLY, Figure.FULL_RESOLUTION: TargetKind.FULL_RESOLUTION}
CURVES_DEFINED_BY = ("Kaplan-Meier band and quantiles", "Log-rank", "Competing ends (Aalen-Johansen)")
CURVES = {"waiting": _("Who still waits"), "ends": _("How they end")}
PERIODS = {
    Step.DAY: ("{count} day", "{count} days"),
    Step.WEEK: ("{count} week", "{count} weeks"),
    Step.MONTH: ("{count} month", "{count} months"),
}


def draw_waits(look: Look, figure: Figure) -> None:
    """Draw the section."""
    left, right = st.columns(2, gap="small")
    with left:
        _curves(look, figure)
    with right:
        _distribution(look, figure)


def _curves(look: Look, figure: Figure) -> None:
    words, curve = FIGURES[figure], "waiting"
    subtitle = _("share after a time, with 95 % bands")
    defined_by = (words.definition, *CURVES_DEFINED_BY)
    with card(_("Who still waits"), subtitle, key="response_times_survival", defined_by=defined_by):
        if figure is not Figure.FIRST_REPLY:
            curve = filters.chosen_slug(PAGE, "curve", CURVES, _("Curve"))
        if not answers.is_reached(look, figure):
            nothing_here(words.none)
        elif curve == "ends":
            described_as = _("Share resolved and share ended otherwise by time, Aalen-Johansen")
            draw(lambda: answers.ends(look, figure), key="response_times_ends_figure", described_as=described_as)
            st.caption(answers.ends_said(look, figure))
        else:
            described_as = _("Kaplan-Meier curve of {figure} by category").format(figure=words.name.lower())
            key = "response_times_survival_figure"
            draw(lambda: answers.survival(look, figure), key=key, described_as=described_as, leads=True)
            st.caption(answers.difference(look, figure) or _("There is nothing to compare."))


def _distribution(look: Look, figure: Figure) -> None:
    words, kind = FIGURES[figure], TARGET_OF.get(figure)
    subtitle = (
        _("targets by time and outcome, every hour counts, log scale") if kind else _("tickets by time, log scale")
    )
    defined_by = ("Targets", "Due and missed") if kind else (words.definition, CURVES_DEFINED_BY[0])
    with card(words.waiting, subtitle, key="response_times_distribution", defined_by=defined_by):
        described_as = _("Tickets by the time to {figure}, on a log scale").format(figure=words.name.lower())
        draw(
            lambda: answers_targets.waits_by_outcome(look, kind) if kind else answers.distribution(look, figure),
            key="response_times_distribution_figure",
            described_as=described_as,
            leads=True,
        )


def draw_trends(look: Look, figure: Figure, kind: str) -> None:
    """Draw what moved, and whether it is news."""
    by, periods = dates.each(look.step), PERIODS[look.step]
    left, right = st.columns(2, gap="small")
    subtitle, defined_by = _("{by} of the deadline").format(by=by), ("Attainment", "Control limits")
    with left, card(_("Targets met over time"), subtitle, key="response_times_trend", defined_by=defined_by):
        frame = answers_targets.over_time(look, kind)
        if frame.empty:
            nothing_here(_("No target was due in this period."))
        else:
            draw(
                lambda: answers_targets.attainment_trend(look, kind),
                key="response_times_trend_figure",
                described_as=_("Share of targets met over time with control limits"),
                leads=True,
            )
            st.caption(trends.news(frame, *periods))
    name = FIGURES[figure].name
    subtitle = _("{figure}, {by} of opening").format(figure=name.lower(), by=by)
    defined_by = (FIGURES[figure].definition, "Kaplan-Meier median", "Control limits")
    with right, card(_("Median over time"), subtitle, key="response_times_over_time", defined_by=defined_by):
        if not answers.is_reached(look, figure):
            nothing_here(FIGURES[figure].none)
            return
        draw(
            lambda: answers_targets.median_trend(look, figure.value),
            key="response_times_over_time_figure",
            described_as=_("Median of {figure} over time with control limits").format(figure=name.lower()),
            leads=True,
        )
        st.caption(trends.news(answers_targets.medians(look, figure.value), *periods))
