"""The curves of waiting with their bands, and who is at risk below them: from curves to a plotly figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from data.durations import SECOND
from data.statistics.incidence import Incidence
from data.statistics.risk import Numbers
from data.statistics.survival import KaplanMeier
from pages.shared import axes, behind, formats
from pages.shared.colours import Palette
from pages.shared.texts import _

HEIGHT = 360
BEFORE_FIRST_STEP = 0.75
STEPS = 250  # of a curve, from all to none
PLOT_FROM = 0.19  # of the height; below is who is at risk


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One curve: its steps in seconds and shares, its band, and how many are at risk (`at_risk_at` microseconds)."""

    name: str
    colour: str
    start: float  # its share before the first step
    seconds: Numbers
    shares: Numbers
    low: Numbers
    high: Numbers
    at_risk: Numbers
    slug: str = ""  # words before the seconds and after them, with {} between

    @classmethod
    def waiting(cls, curve: KaplanMeier, name: str, colour: str, slug: str) -> "Line":
        """The share that still waits."""
        seconds, shares = curve.times / SECOND, curve.survival
        steps = _thinned(seconds, shares, curve)
        return cls(name=name, colour=colour, start=1, slug=slug, **steps)

    @classmethod
    def ended(cls, curve: Incidence, name: str, colour: str) -> "Line":
        """The share that ended of one cause."""
        seconds, shares = curve.times / SECOND, curve.incidence
        return cls(name=name, colour=colour, start=0, slug="", **_thinned(seconds, shares, curve))


def figure_of(lines: Sequence[Line], said: str, at_risk: Mapping[str, Sequence[int]], colours: Palette) -> go.Figure:
    """The curves with 95 % bands. `said` is what the share does, as in "still wait"; `at_risk` has a count a tick.

    A log axis has no 0: a curve begins before its first step.
    """
    drawn = [line for line in lines if len(line.seconds)]
    ticks = ticks_of(drawn)
    figure = go.Figure([trace for line in drawn for trace in (*_band(line), _curve(line, said))])
    for place, line in enumerate(drawn):
        figure.add_trace(_at_risk(line, ticks, at_risk.get(line.name, ()), len(drawn) - 1 - place))
    x_axis = axes.duration_axis([seconds for line in drawn for seconds in line.seconds], most=6)
    half = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0.5, "y1": 0.5}
    half["line"] = {"color": colours.muted, "width": 1, "dash": "dot"}
    layout = {
        "height": HEIGHT + 16 * len(drawn),
        "xaxis": x_axis | {"anchor": "y"},
        "yaxis": axes.share_axis() | {"domain": [(PLOT_FROM + 0.025 * len(drawn)) if at_risk else 0, 1]},
        "yaxis2": {"domain": [0, 0.06 + 0.025 * len(drawn)], "visible": False, "range": [-0.6, len(drawn) + 0.6]},
        "shapes": [half],
        "annotations": [_heading(len(drawn), colours)] if drawn and at_risk else [],
    }
    figure.update_layout(axes.layout(colours, layout))
    return figure


def ticks_of(lines: Sequence[Line]) -> list[int]:
    """The times, in seconds, at which the number at risk is said: those that the axis names."""
    return list(axes.duration_axis([seconds for line in lines for seconds in line.seconds], most=6)["tickvals"])


def at_risk_of(curves: Mapping[str, KaplanMeier], ticks: Sequence[int]) -> dict[str, list[int]]:
    """How many are at risk at each tick, by name."""
    at = np.array(ticks, dtype=np.float64) * SECOND
    return {name: [int(count) for count in curve.at_risk_at(at)] for name, curve in curves.items()}


def _curve(line: Line, said: str) -> go.Scatter:
    seconds = np.append(line.seconds[0] * BEFORE_FIRST_STEP, line.seconds)
    texts = [formats.duration(float(second)) for second in seconds]
    slugs = [line.slug.format(float(second)) for second in seconds]
    at_risk = np.append(line.at_risk[0], line.at_risk)
    return go.Scatter(
        name=line.name,
        legendgroup=line.name,
        x=seconds,
        y=np.append(line.start, line.shares),
        customdata=list(zip(texts, at_risk.astype(int).tolist(), slugs, strict=True)),
        mode="lines+markers",
        line={"shape": "hv", "width": 2, "color": line.colour},
        marker={"size": 9, "opacity": 0, "color": line.colour},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 0}},
        hovertemplate=line.name
        + "<br><b>%{y:.1%}</b> "
        + said
        + _(" after %{customdata[0]}<br>%{customdata[1]:,} at risk")
        + "<extra></extra>",
    )


def _band(line: Line) -> list[go.Scatter]:
    is_known = ~np.isnan(line.low) & ~np.isnan(line.high)
    common: dict[str, Any] = {
        "x": line.seconds[is_known],
        "legendgroup": line.name,
        "showlegend": False,
        "mode": "lines",
        "line": {"shape": "hv", "width": 0, "color": line.colour},
        "hoverinfo": "skip",
    }
    fill = {"fill": "tonexty", "fillcolor": faded(line.colour)}
    return [go.Scatter(y=line.low[is_known], **common), go.Scatter(y=line.high[is_known], **common, **fill)]


def faded(colour: str, opacity: float = 0.18) -> str:
    """`#RRGGBB` as a colour that lets through what is below."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def _at_risk(line: Line, ticks: Sequence[int], counts: Sequence[int], place: int) -> go.Scatter:
    return go.Scatter(
        x=list(ticks)[: len(counts)],
        y=[place] * len(counts),
        yaxis="y2",
        mode="text",
        text=[f"{count:,}" for count in counts],
        textfont={"size": 11, "color": line.colour},
        showlegend=False,
        legendgroup=line.name,
        hoverinfo="skip",
        cliponaxis=False,
    )


def _heading(rows: int, colours: Palette) -> dict[str, Any]:
    return {
        "text": _("At risk"),
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "yref": "paper",
        "y": 0.06 + 0.025 * rows,
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 11, "color": colours.muted},
    }


def _thinned(seconds: Numbers, shares: Numbers, curve: KaplanMeier | Incidence) -> dict[str, Numbers]:
    """The steps that a screen can show: the last one always."""
    level = np.round(shares * STEPS)
    is_kept = np.append(level[1:] != level[:-1], True)[-len(level) :] if len(level) else np.zeros(0, dtype=np.bool_)
    kept = {"seconds": np.maximum(seconds, 1), "shares": shares, "low": curve.low, "high": curve.high}
    at_risk = curve.at_risk.astype(np.float64)
    return {name: column[is_kept] for name, column in (kept | {"at_risk": at_risk}).items()}


def longer(figure: str, category: str) -> str:
    """The name of the tickets of a category that took so many seconds or longer."""
    return behind.name("lasted", figure, "{}", "inf", category)
