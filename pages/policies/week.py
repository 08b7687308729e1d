"""The figure of a calendar's week: a function from a calendar and an instant to a figure."""

from collections import defaultdict
from datetime import datetime, time, timedelta

import plotly.graph_objects as go

from pages.policies.week_words import WEEKDAY_NAMES
from pages.shared import axes, dates, formats
from pages.shared.colours import Palette
from pages.shared.texts import _
from workflow.business_time import BusinessTime, Stretch
from workflow.calendars import Calendar
from workflow.day_plans import Reason

HEIGHT = 280
HOUR = timedelta(hours=1)
NAMES = {
    Reason.OPEN: _("Open"),
    Reason.HOLIDAY: _("Holiday"),
    Reason.BREAK: _("Break"),
    Reason.CLOSED: _("Closed"),
}


def week(calendar: Calendar, now: datetime, colours: Palette) -> go.Figure:
    """The week that holds `now`, one row a day on the calendar's own clock; a line marks the present."""
    zone = calendar.time_zone
    there = formats.local(now, zone).replace(tzinfo=None)
    monday = datetime.combine(there.date(), time()) - timedelta(days=there.weekday())
    clock = BusinessTime.of(calendar)
    shades = {
        Reason.OPEN: colours.accent,
        Reason.HOLIDAY: colours.series[1],
        Reason.BREAK: colours.series[3],
        Reason.CLOSED: colours.surface,
    }
    found: dict[Reason, list[tuple[int, Stretch, datetime]]] = defaultdict(list)
    for place in range(7):
        begins, ends = (dates.instant_of(monday + timedelta(days=place + more), zone) for more in (0, 1))
        for stretch in clock.open_stretches(begins, ends):
            found[stretch.reason].append((place, stretch, begins))
    labels = [_row(monday, place, there) for place in range(7)]
    figure = go.Figure([_bars(NAMES[reason], shades[reason], found[reason], labels) for reason in NAMES])
    figure.update_layout(axes.layout(colours, _layout(there, colours)))
    return figure


def _bars(name: str, colour: str, stretches: list[tuple[int, Stretch, datetime]], labels: list[str]) -> go.Bar:
    starts = [(stretch.from_at - begins) / HOUR for _place, stretch, begins in stretches]
    lengths = [(stretch.to_at - stretch.from_at) / HOUR for _place, stretch, _begins in stretches]
    said = [
        f"{stretch.name or name}, {_clock(start)}-{_clock(start + length)}"
        for (_place, stretch, _begins), start, length in zip(stretches, starts, lengths, strict=True)
    ]
    return go.Bar(
        name=name,
        orientation="h",
        y=[labels[place] for place, _stretch, _begins in stretches],
        base=starts,
        x=lengths,
        customdata=said,
        marker={"color": colour, "line": {"width": 0}},
        hovertemplate="%{y}<br>%{customdata}<extra></extra>",
        showlegend=bool(stretches),
    )


def _clock(hours: float) -> str:
    minutes = round(hours * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _row(monday: datetime, place: int, there: datetime) -> str:
    day = monday + timedelta(days=place)
    name = f"{WEEKDAY_NAMES[place]} {day.day}"
    return f"<b>{name}</b>" if day.date() == there.date() else name


def _layout(there: datetime, colours: Palette) -> dict[str, object]:
    at, row = there.hour + there.minute / 60, there.weekday()
    line = {"color": colours.alarm, "width": 3}
    return {
        "height": HEIGHT,
        "barmode": "overlay",
        "bargap": 0.3,
        "xaxis": {
            "range": [0, 24],
            "tickvals": list(range(0, 25, 3)),
            "ticktext": [f"{h:02}" for h in range(0, 25, 3)],
        },
        "yaxis": {"autorange": "reversed", "showgrid": False},
        "shapes": [{"type": "line", "x0": at, "x1": at, "y0": row - 0.45, "y1": row + 0.45, "line": line}],
    }
