"""The tables of response times: functions from a data frame to a styled one. Durations stay in seconds underneath."""

import pandas as pd
from pandas.io.formats.style import Styler

from pages.response_times.words import FigureWords
from pages.shared import formats, links
from pages.shared.frames import Row, formatted, rows
from pages.shared.names import badge, or_not_reached, unbroken
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
DAY = 86_400
AGE_EDGES = {
    "below_1_day_count": (0, DAY),
    "below_3_days_count": (DAY, 3 * DAY),
    "below_7_days_count": (3 * DAY, 7 * DAY),
    "below_30_days_count": (7 * DAY, 30 * DAY),
    "older_count": (30 * DAY, float("inf")),
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
    return formatted(shown, {unbroken: [_("Median"), _("90 % within")], or_not_reached: [_("Kaplan-Meier")]})


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


def attainment(frame: pd.DataFrame, group: str) -> pd.DataFrame:
    """Attainment by group, for a table whose rows can be chosen.

    One row per group: `label`, the counts, `share`, `low`, `high`, `lenient_share`, `excess_pause_seconds`.
    """
    groups = rows(frame)
    return pd.DataFrame(
        {
            group: frame["label"].to_numpy(),
            _("Met"): (frame["share"] * 100).to_numpy(float),
            _("Part and whole"): [
                _("{part:,} of {whole:,}").format(part=int(row["met_count"]), whole=int(row["due_count"]))
                for row in groups
            ],
            _("95 % interval"): [_interval(row["low"], row["high"]) for row in groups],
            _("Missed"): frame["missed_count"].to_numpy(int),
            _("Running"): frame["running_count"].to_numpy(int),
            _("Paused"): frame["paused_count"].to_numpy(int),
            _("Overdue"): frame["overdue_count"].to_numpy(int),
            _("Pauses as they were"): (frame["lenient_share"] * 100).to_numpy(float),
        }
    )


def pauses(frame: pd.DataFrame, group: str) -> pd.DataFrame:
    """Whose pauses went on after the buyer had written, for a table whose rows can be chosen."""
    return pd.DataFrame(
        {
            group: frame["label"].to_numpy(),
            _("Minutes lost"): (frame["excess_pause_seconds"] // 60).to_numpy(int),
            _("Targets"): frame["targets_count"].to_numpy(int),
            _("Tickets"): frame["tickets_count"].to_numpy(int),
            _("Met"): [_share(row, "") for row in rows(frame)],
            _("Met, pauses as they were"): [_share(row, "lenient_") for row in rows(frame)],
        }
    )


def _share(row: Row, prefix: str) -> str:
    met = int(row[f"{prefix}met_count"])
    return formats.share(met, met + int(row[f"{prefix}missed_count"]))


def _interval(low: float, high: float) -> str:
    if pd.isna(low):
        return formats.NO_DATA
    return _("{low:.0f} to {high:.0f} %").format(low=100 * low, high=100 * high)
