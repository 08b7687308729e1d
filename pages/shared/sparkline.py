"""A line or bars the size of a word, as SVG: what a headline card shows of its past. Pure; `st.image` draws it."""

from collections.abc import Sequence
from typing import Literal

WIDTH, HEIGHT, MARGIN = 220, 44, 3
MOST = 90  # values; of more, every second, third, ... is drawn, the newest always


def sparkline(values: Sequence[float | None], colour: str, kind: Literal["line", "bar"] = "line") -> str:
    """`values` from left to right, lowest to highest over the whole height; a value that is missing is a gap.

    The newest line value has a dot. Bars start at 0. Fewer than two values give an empty picture.
    """
    values = values[:: -max(1, len(values) // MOST)][::-1]
    known = [value for value in values if value is not None and value == value]  # noqa: PLR0124 - NaN
    enough = 2
    marks = ""
    if len(known) >= enough:
        marks = _bars(values, colour) if kind == "bar" else _line(values, colour)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">{marks}</svg>'


def _line(values: Sequence[float | None], colour: str) -> str:
    known = [value for value in values if value is not None and value == value]  # noqa: PLR0124 - NaN
    low, high = min(known), max(known)
    runs: list[list[str]] = [[]]
    last = ""
    for index, value in enumerate(values):
        if value is None or value != value:  # noqa: PLR0124 - NaN
            runs.append([])
            continue
        x = MARGIN + index * (WIDTH - 2 * MARGIN) / (len(values) - 1)
        y = HEIGHT - MARGIN - _part(value - low, high - low) * (HEIGHT - 2 * MARGIN)
        last = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{colour}"/>'
        runs[-1].append(f"{x:.1f},{y:.1f}")
    style = f'fill="none" stroke="{colour}" stroke-width="1.8" stroke-linejoin="round" stroke-linecap="round"'
    return "".join(f'<polyline points="{" ".join(run)}" {style}/>' for run in runs if run) + last


def _bars(values: Sequence[float | None], colour: str) -> str:
    high = max(value for value in values if value is not None)
    pitch = WIDTH / len(values)
    bars: list[str] = []
    for index, value in enumerate(values):
        height = _part(value or 0, high) * (HEIGHT - MARGIN)
        place = f'x="{index * pitch + pitch * 0.15:.1f}" y="{HEIGHT - height:.1f}"'
        bars.append(f'<rect {place} width="{pitch * 0.7:.1f}" height="{height:.1f}" rx="1" fill="{colour}"/>')
    return "".join(bars)


def _part(value: float, whole: float) -> float:
    return value / whole if whole else 0.5
