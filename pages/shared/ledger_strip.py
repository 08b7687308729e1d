"""A target's time as one thin strip, as SVG: what its clock counted, what it left out, and the deadline. Pure."""

from collections.abc import Sequence
from datetime import datetime

from pages.shared.colours import Palette
from workflow.service.ledger import Line

WIDTH, HEIGHT, BAR = 1000, 26, 14


def strip(lines: Sequence[Line], due_at: datetime | None, colours: Palette) -> str:
    """The lines from left to right by the wall clock; counted time in the accent, the deadline a mark."""
    begin, end = lines[0].from_at, lines[-1].to_at
    whole = (end - begin).total_seconds() or 1.0

    def place(at: datetime) -> float:
        return (at - begin).total_seconds() / whole * WIDTH

    bars = [_bar(place(line.from_at), place(line.to_at), line, colours) for line in lines]
    marks = []
    if due_at is not None and begin <= due_at <= end:
        x = place(due_at)
        marks.append(f'<rect x="{x - 1.5:.1f}" y="0" width="3" height="{HEIGHT}" fill="{colours.alarm}"/>')
    view = f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {view}>{"".join(bars + marks)}</svg>'


def _bar(left: float, right: float, line: Line, colours: Palette) -> str:
    colour = colours.accent if line.why.is_counted else colours.hairline
    y = (HEIGHT - BAR) / 2
    return f'<rect x="{left:.1f}" y="{y}" width="{max(right - left, 0.6):.1f}" height="{BAR}" fill="{colour}"/>'
