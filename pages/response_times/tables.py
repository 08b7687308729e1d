"""The tables of response times: functions from a data frame to a styled one. Durations stay in seconds underneath."""

import pandas as pd
from pandas.io.formats.style import Styler

from pages.response_times.words import FigureWords
from pages.shared import formats, links
from pages.shared.frames import formatted, rows
from pages.shared.names import badge, unbroken
from pages.shared.texts import _
from pages.shared.words import BALLS
from workflow.vocabulary import Ball

AGES = {
    "below_1_day_count": _("under 1 d"),
    "below_3_days_count": _("1 to 3 d"),
    "below_7_days_count": _("3 to 7 d"),
    "below_30_days_count": _("7 to 30 d"),
    "older_count": _("over 30 d"),
}


def by_category(frame: pd.DataFrame, words: FigureWords) -> Styler:
    """The figures of each category, part and whole together; its name leads to its open tickets.

    One row per category: `category`, `label`, `tickets_count`, `reached_count`, `median_seconds`, `p90_seconds`,
    `kaplan_meier_median_seconds`.
    """
    categories = rows(frame)
    shown = pd.DataFrame(
        {
            _("Category"): [links.queue(row["label"], category=row["category"]) for row in categories],
            words.ended: [formats.share(int(row["reached_count"]), int(row["tickets_count"])) for row in categories],
            _("Median"): frame["median_seconds"].to_numpy(float),
            _("90 % within"): frame["p90_seconds"].to_numpy(float),
            _("Kaplan-Meier"): frame["kaplan_meier_median_seconds"].to_numpy(float),
        }
    )
    return formatted(shown, {unbroken: [_("Median"), _("90 % within")], _or_not_reached: [_("Kaplan-Meier")]})


def backlog_now(frame: pd.DataFrame) -> Styler:
    """Who has to act on how many open tickets.

    One row per category and state: `ball`, `tickets_count` and the counts of `AGES`.
    """
    balls = pd.DataFrame(frame.groupby("ball")[["tickets_count", *AGES]].sum())
    balls = balls.sort_values("tickets_count", ascending=False)
    shown = pd.DataFrame(
        {
            _("Who has to act"): [BALLS[Ball(ball)] if ball else formats.NO_DATA for ball in balls.index],
            _("Tickets"): balls["tickets_count"].to_numpy(),
            _("Over 7 days old"): (balls["below_30_days_count"] + balls["older_count"]).to_numpy(),
        }
    )
    return formatted(shown, {"{:,}": [_("Tickets"), _("Over 7 days old")]})


def oldest_open(frame: pd.DataFrame) -> Styler:
    """The open tickets by age; each number leads to its ticket.

    One row per ticket: `number`, `category_label`, `label`, `kind`, `age_seconds`, `state_seconds`.
    The category is shown where there are several.
    """
    is_mixed = len(set(frame["category_label"])) > 1
    shown = pd.DataFrame(
        {
            _("Ticket"): [links.ticket(int(number)) for number in frame["number"]],
            _("Age"): frame["age_seconds"].to_numpy(float),
            _("State"): [badge(label, kind) for label, kind in zip(frame["label"], frame["kind"], strict=True)],
            _("In it for"): frame["state_seconds"].to_numpy(float),
            **({_("Category"): [formats.plain(label) for label in frame["category_label"]]} if is_mixed else {}),
        }
    )
    return formatted(shown, {unbroken: [_("In it for"), _("Age")]})


def _or_not_reached(seconds: float) -> str:
    return _("not reached") if pd.isna(seconds) else unbroken(seconds)
