"""The report's three small drawings as SVG, whose letters are outlines: they look alike wherever they are shown.

Each is made on a figure of its own, without pyplot, so threads may draw at once. Matplotlib is loaded with the first of
them: it takes half a second, and few processes draw.
"""

from io import StringIO
from typing import TYPE_CHECKING

from data.reports.values import WeeklyReport
from workflow.service.policies import TargetKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_INCHES = (3.1, 1.35)
_INK, _FAINT, _LINE = "#10151D", "#B9C2CC", "#E4E7EC"
_ACCENT, _SECOND = "#0F6E63", "#B0621A"
_SIZE = 7  # points
_LABELLED_HOURS = 6
_ROOM = 1.1  # above the highest bar
_LABELLED = 4  # every fourth week


def volume_chart(report: WeeklyReport) -> str:
    """Tickets opened by week; the report's own is dark."""
    figure, axes = _empty()
    colours = [_ACCENT if point.week == report.week else _FAINT for point in report.weeks]
    axes.bar(range(len(report.weeks)), [point.opened_count for point in report.weeks], color=colours, width=0.8)
    axes.set_ylim(0, _ROOM * max((1, *(point.opened_count for point in report.weeks))))
    _label_weeks(axes, report)
    return _svg(figure)


def share_chart(report: WeeklyReport) -> str:
    """First replies and full resolutions met by week, in percent; a week without any is a gap."""
    figure, axes = _empty()
    for kind, colour, name in (
        (TargetKind.FIRST_REPLY, _ACCENT, "First reply"),
        (TargetKind.FULL_RESOLUTION, _SECOND, "Full resolution"),
    ):
        shares = [point.met_of(kind).value for point in report.weeks]
        heights = [float("nan") if value is None else 100 * value for value in shares]
        style = "-" if kind is TargetKind.FIRST_REPLY else "--"
        axes.plot(
            range(len(heights)), heights, style, color=colour, linewidth=1.3, marker="o", markersize=2, label=name
        )
    axes.set_ylim(0, 105)
    axes.set_yticks([0, 50, 100], ["0 %", "50 %", "100 %"])
    _label_weeks(axes, report)
    if report.weeks:
        axes.legend(loc="lower left", fontsize=_SIZE - 1, frameon=False, ncols=2, borderaxespad=0)
    return _svg(figure)


def hours_chart(report: WeeklyReport) -> str:
    """Tickets opened by hour of the day."""
    figure, axes = _empty()
    most = max(report.opened_by_hour)
    colours = [_ACCENT if count == most else _FAINT for count in report.opened_by_hour]
    axes.bar(range(len(colours)), report.opened_by_hour, color=colours, width=0.8)
    axes.set_ylim(0, _ROOM * max(1, most))
    hours = range(0, len(colours), _LABELLED_HOURS)
    axes.set_xticks(list(hours), [f"{hour:02}:00" for hour in hours])
    return _svg(figure)


def _empty() -> "tuple[Figure, Axes]":
    from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=_INCHES, layout="constrained")
    FigureCanvasSVG(figure)
    axes = figure.add_subplot()
    axes.set_axisbelow(True)
    axes.grid(axis="y", color=_LINE, linewidth=0.6)
    axes.tick_params(labelsize=_SIZE, colors=_INK, length=0)
    axes.locator_params(axis="y", nbins=3, integer=True)
    for side in axes.spines.values():
        side.set_visible(False)
    return figure, axes


def _label_weeks(axes: "Axes", report: WeeklyReport) -> None:
    last = len(report.weeks) - 1
    places = [place for place in range(last + 1) if (last - place) % _LABELLED == 0]
    axes.set_xticks(places, [str(report.weeks[place].week)[5:] for place in places])


def _svg(figure: "Figure") -> str:
    written = StringIO()
    figure.savefig(written, format="svg", facecolor="white", metadata={"Date": None, "Creator": None})
    drawn = written.getvalue()
    return drawn[drawn.index("<svg") :]  # without the address of a document type
