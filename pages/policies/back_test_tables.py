"""A back-test as tables and a figure: functions from its frames. Shares are of the targets that were met or missed."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go
from pandas.io.formats.style import Styler

from pages.policies.known import Called, calls
from pages.policies.sentences import KINDS
from pages.shared import axes, formats, links
from pages.shared.colours import BadgeColour, Palette
from pages.shared.formats import plain
from pages.shared.frames import Row, rows
from pages.shared.texts import _
from workflow.service.judging import Status
from workflow.service.policies import TargetKind

ROW_HEIGHT = 26
STATUSES: Mapping[str, tuple[str, BadgeColour]] = {
    Status.MET: (_("met"), "green"),
    Status.MISSED: (_("missed"), "red"),
    Status.RUNNING: (_("running"), "blue"),
    Status.PAUSED: (_("paused"), "yellow"),
    Status.ENDED_OTHERWISE: (_("ended otherwise"), "gray"),
    "": (_("not promised"), "gray"),
}


def attainment(frame: pd.DataFrame, categories: Called) -> Styler:
    """Attainment of each category and target before and after, part and whole together, and the change in points."""
    name = calls(categories)
    found = rows(frame)
    shown = pd.DataFrame(
        {
            _("Category"): [plain(name(row["category"])) for row in found],
            _("Target"): [KINDS[TargetKind(row["target_kind"])] for row in found],
            _("In force then"): [_said(row, "before") for row in found],
            _("Under the draft"): [_said(row, "after") for row in found],
            _("Change"): [_change(row) for row in found],
        }
    )
    return shown.style


def attainment_figure(frame: pd.DataFrame, categories: Called, colours: Palette) -> go.Figure:
    """From the share before to the share after, one row per category and target, first on top."""
    name = calls(categories)
    drawn = [row for row in rows(frame) if _share(row, "before") is not None or _share(row, "after") is not None]
    labels = [f"{name(row['category'])} · {KINDS[TargetKind(row['target_kind'])]}" for row in drawn]
    before = go.Scatter(
        name=_("In force then"),
        x=[_share(row, "before") for row in drawn],
        y=labels,
        mode="markers",
        marker={"size": 17, "color": colours.page, "line": {"color": colours.muted, "width": 2}},
        hovertemplate="%{y}<br>%{x:.1%}<extra></extra>",
    )
    after = go.Scatter(
        name=_("Under the draft"),
        x=[_share(row, "after") for row in drawn],
        y=labels,
        mode="markers",
        marker={"size": 11, "color": colours.accent},
        hovertemplate="%{y}<br>%{x:.1%}<extra></extra>",
    )
    figure = go.Figure([before, after])
    layout = {
        "height": 90 + ROW_HEIGHT * max(len(drawn), 1),
        "xaxis": {**axes.share_axis(), "range": [-0.02, 1.02], "showgrid": True, "gridcolor": colours.hairline},
        "yaxis": {"autorange": "reversed", "showgrid": False},
        "shapes": [shape for place, row in enumerate(drawn) for shape in _bar(row, place, colours)],
    }
    figure.update_layout(axes.layout(colours, layout))
    return figure


def changed(frame: pd.DataFrame, categories: Called, states: Called, zone: str) -> Styler:
    """The targets that change sides; each number leads to its ticket."""
    found = rows(frame)
    shown = pd.DataFrame(
        {
            _("Ticket"): [links.ticket(int(row["number"])) for row in found],
            _("Category"): [plain(calls(categories)(row["category"])) for row in found],
            _("Target"): [plain(_target(row, states)) for row in found],
            _("Began"): [formats.short_instant(row["started_at"], zone) for row in found],
            _("In force then"): [_side(row, "before", zone) for row in found],
            _("Under the draft"): [_side(row, "after", zone) for row in found],
        }
    )
    return shown.style


def totals(frame: pd.DataFrame) -> Mapping[str, tuple[int, int]]:
    """Met, and met or missed, over everything: `before` and `after`."""
    counts = {name: int(frame[name].to_numpy().sum()) for name in frame.columns if name.endswith("_count")}
    return {
        when: (counts[f"{when}_met_count"], counts[f"{when}_met_count"] + counts[f"{when}_missed_count"])
        for when in ("before", "after")
    }


def turned(frame: pd.DataFrame) -> tuple[int, int]:
    """How many of the rows would be missed and were not, and how many were missed and would not be."""
    late = (frame["after_status"] == Status.MISSED).to_numpy()
    was_late = (frame["before_status"] == Status.MISSED).to_numpy()
    return int((late & ~was_late).sum()), int((was_late & ~late).sum())


def _target(row: Row, states: Called) -> str:
    kind = KINDS[TargetKind(row["target_kind"])]
    return f"{kind} · {calls(states)(row['state'])}" if row["target_kind"] == TargetKind.TIME_IN_STATE else kind


def _side(row: Row, when: str, zone: str) -> str:
    text, colour = STATUSES[row[f"{when}_status"]]
    due_at = row[f"{when}_due_at"]
    due = "" if bool(pd.isna(due_at)) else _(" due {at}").format(at=formats.short_instant(due_at, zone))
    return f":{colour}-badge[{text}]{due}"


def _share(row: Row, when: str) -> float | None:
    whole = row[f"{when}_met_count"] + row[f"{when}_missed_count"]
    return row[f"{when}_met_count"] / whole if whole else None


def _said(row: Row, when: str) -> str:
    met, missed = int(row[f"{when}_met_count"]), int(row[f"{when}_missed_count"])
    return formats.share(met, met + missed)


def _change(row: Row) -> str:
    before, after = _share(row, "before"), _share(row, "after")
    if before is None or after is None:
        return formats.NO_DATA
    points = round(100 * (after - before), 1)
    return _("{points:+.1f} points").format(points=points) if points else _("none")


def _bar(row: Row, place: int, colours: Palette) -> list[dict[str, object]]:
    before, after = _share(row, "before"), _share(row, "after")
    if before is None or after is None:
        return []
    line = {"color": colours.accent if after >= before else colours.alarm, "width": 4}
    ends = {"x0": before, "x1": after, "y0": place, "y1": place}
    return [{"type": "line", "layer": "below", "line": line, **ends}]
