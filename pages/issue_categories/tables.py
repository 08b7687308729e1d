"""The tables of issue categories: functions from a data frame to a styled one. Durations stay in seconds underneath."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd
from pandas.io.formats.style import Styler

from pages.shared import links
from pages.shared.colours import Palette
from pages.shared.formats import plain
from pages.shared.frames import Formats, formatted
from pages.shared.names import badge, percent, unbroken
from pages.shared.shades import shades
from pages.shared.texts import _

MOST_CHIPS = 12
MOST_STATES = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class StateName:
    """What a state is called and of what kind it is."""

    label: str
    kind: str

    @property
    def badge(self) -> str:
        """The name as a badge."""
        return badge(self.label, self.kind)


@dataclass(frozen=True, kw_only=True, slots=True)
class StateNames:
    """What the states are called. A ticket that changed its category has visits of states that its category lacks."""

    of_category: Mapping[tuple[str, str], StateName]
    of_any: Mapping[str, StateName]

    def __getitem__(self, key: tuple[str, str]) -> StateName:
        return self.of_category.get(key) or self.of_any[key[1]]


def waits(frame: pd.DataFrame, colours: Palette) -> Styler:
    """Time in the states of one category; shaded from short to long.

    One row per state: `label`, `kind`, `median_seconds`, `p90_seconds`, `visits_count`, `running_count`.
    """
    shown = pd.DataFrame(
        {
            _("State"): [badge(name, kind) for name, kind in zip(frame["label"], frame["kind"], strict=True)],
            _("Median"): frame["median_seconds"].to_numpy(float),
            _("90 % within"): frame["p90_seconds"].to_numpy(float),
            _("Visits"): frame["visits_count"].to_numpy(),
            _("There now"): frame["running_count"].to_numpy(),
        }
    )
    times = [_("Median"), _("90 % within")]
    return _shaded(shown, times, {"{:,}": [_("Visits"), _("There now")]}, colours)


def waits_by_category(frame: pd.DataFrame, colours: Palette) -> Styler:
    """The median time in each state, one column per category: the states that most tickets visited.

    One row per category and state: `category_label`, `label`, `kind`, `median_seconds`, `visits_count`.
    """
    visits = pd.Series(frame.groupby(["label", "kind"])["visits_count"].sum())
    visits = visits.sort_values(ascending=False, kind="stable")
    medians = frame.pivot_table(index=["label", "kind"], columns="category_label", values="median_seconds", sort=False)
    medians = medians.reindex(visits.index).dropna(how="all").head(MOST_STATES)
    names = pd.Series([badge(name, kind) for name, kind in medians.index], name=_("State"))
    shown = pd.concat([names, medians.reset_index(drop=True)], axis="columns")
    return _shaded(shown, list(medians.columns), {}, colours)


def _shaded(shown: pd.DataFrame, times: Sequence[str], formats: Formats, colours: Palette) -> Styler:
    css = shades([value for column in times for value in shown[column]], colours)
    styler = formatted(shown, {**formats, unbroken: times})
    return styler.map(lambda seconds: css.get(seconds, ""), subset=list(times))


def open_tickets(frame: pd.DataFrame) -> Styler:
    """Tickets in one state, each number leads to its ticket: `number`, `state_seconds`, `age_seconds`."""
    shown = pd.DataFrame(
        {
            _("Ticket"): [links.ticket(int(number)) for number in frame["number"]],
            _("In it for"): frame["state_seconds"].to_numpy(float),
            _("Age"): frame["age_seconds"].to_numpy(float),
        }
    )
    return formatted(shown, {unbroken: [_("In it for"), _("Age")]})


def journeys(frame: pd.DataFrame, names: StateNames) -> Styler:
    """The most common journeys as chips of their states; where there are several categories, each says its own.

    One row per journey: `category`, `category_label`, `states`, `tickets_count`, `all_tickets_count`, `median_seconds`.
    """
    of_category = _prefixes(frame)
    shown = pd.DataFrame(
        {
            _("Share"): (frame["tickets_count"] / frame["all_tickets_count"]).to_numpy(float),
            _("Tickets"): frame["tickets_count"].to_numpy(),
            _("Median"): frame["median_seconds"].to_numpy(float),
            _("Journey"): [
                prefix + chips([names[category, state] for state in states])
                for prefix, category, states in zip(of_category, frame["category"], frame["states"], strict=True)
            ],
        }
    )
    return formatted(shown, {percent: [_("Share")], "{:,}": [_("Tickets")], unbroken: [_("Median")]})


def chips(states: Sequence[StateName]) -> str:
    """States as badges in their order; a repeat is counted, and what is too much is said, not shown."""
    counted = [(state, sum(1 for _same in run)) for state, run in groupby(states)]
    shown = [_chip(state, count) for state, count in counted[:MOST_CHIPS]]
    rest = len(counted) - MOST_CHIPS
    if rest > 0:
        shown.append(_("and {count} more").format(count=rest))
    return " ".join(shown)


def _chip(state: StateName, count: int) -> str:
    return badge(state.label if count == 1 else f"{state.label} ×{count}", state.kind)  # noqa: RUF001


def steps(frame: pd.DataFrame, names: StateNames) -> Styler:
    """Which state follows which directly, and after how long; where there are several categories, each says its own.

    One row per pair: `category_label`, `from_category`, `from_state`, `to_category`, `to_state`, `steps_count`,
    `mean_seconds`, `median_seconds`, `p90_seconds`.
    """
    shown = pd.DataFrame(
        {
            _("From"): [
                prefix + name for prefix, name in zip(_prefixes(frame), _badges(frame, "from", names), strict=True)
            ],
            _("To"): list(_badges(frame, "to", names)),
            _("Steps"): frame["steps_count"].to_numpy(),
            _("Mean"): frame["mean_seconds"].to_numpy(float),
            _("Median"): frame["median_seconds"].to_numpy(float),
            _("90 % within"): frame["p90_seconds"].to_numpy(float),
        }
    )
    times = [_("Mean"), _("Median"), _("90 % within")]
    return formatted(shown, {"{:,}": [_("Steps")], unbroken: times})


def _prefixes(frame: pd.DataFrame) -> list[str]:
    """What says the category before a state's name: nothing where all are of one."""
    category_labels = list(frame["category_label"])
    if len(set(category_labels)) <= 1:
        return [""] * len(category_labels)
    return [f":small[:gray[{plain(label)}]] " for label in category_labels]


def _badges(frame: pd.DataFrame, end: str, names: StateNames) -> Iterator[str]:
    for category, state in zip(frame[f"{end}_category"], frame[f"{end}_state"], strict=True):
        yield names[category, state].badge
