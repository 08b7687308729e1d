"""How arrows run between the boxes of a diagram: straight pieces with round corners, through free channels. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pages.queue.diagram.layout import Layout, Spot

BOX_WIDTH, BOX_HEIGHT = 110, 50
GAP_X, GAP_Y = 26, 16
MARGIN = 8
FORWARD_PORT, BACKWARD_PORT = -6, 8  # where on a box's side an arrow leaves and arrives, from its middle
CORNER = 7
Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A layout in pixels."""

    layout: Layout

    @property
    def width(self) -> float:
        """The picture's width."""
        return 2 * MARGIN + self.layout.column_count * (BOX_WIDTH + GAP_X) - GAP_X

    @property
    def height(self) -> float:
        """The picture's height."""
        return 2 * MARGIN + self.layout.row_count * (BOX_HEIGHT + GAP_Y) - GAP_Y

    def left(self, spot: Spot) -> float:
        """The x of a box's left side."""
        return MARGIN + spot.column * (BOX_WIDTH + GAP_X)

    def middle(self, spot: Spot) -> float:
        """The y of a box's middle."""
        return MARGIN + spot.row * (BOX_HEIGHT + GAP_Y) + BOX_HEIGHT / 2

    def route(self, source: str, target: str, *, shift: float = 0) -> str:
        """The SVG path of an arrow; `shift` moves its upright pieces aside, so that two kinds of arrow do not cover."""
        start, end = self.layout.spots[source], self.layout.spots[target]
        if start.column == end.column:
            return rounded(self._within_column(start, end, shift))
        if end.column > start.column:
            return rounded(self._across(start, end, FORWARD_PORT, shift))
        return rounded(self._across(start, end, BACKWARD_PORT, shift))

    def _within_column(self, start: Spot, end: Spot, shift: float) -> Sequence[Point]:
        if abs(start.row - end.row) <= 1:
            x = self.left(start) + BOX_WIDTH / 2 + shift * 3
            sign = 1 if end.row > start.row else -1
            return [(x, self.middle(start) + sign * BOX_HEIGHT / 2), (x, self.middle(end) - sign * BOX_HEIGHT / 2)]
        right = self.left(start) + BOX_WIDTH
        x = right + GAP_X / 3 + shift
        a, b = self.middle(start) + BACKWARD_PORT, self.middle(end) + FORWARD_PORT
        return [(right, a), (x, a), (x, b), (right, b)]

    def _across(self, start: Spot, end: Spot, port: float, shift: float) -> Sequence[Point]:
        is_forward = end.column > start.column
        out_x = self.left(start) + (BOX_WIDTH if is_forward else 0)
        in_x = self.left(end) + (0 if is_forward else BOX_WIDTH)
        sign = 1 if is_forward else -1
        first, last = out_x + sign * GAP_X / 2 + shift, in_x - sign * GAP_X / 2 + shift
        a, b = self.middle(start) + port, self.middle(end) + port
        if abs(end.column - start.column) == 1:
            return [(out_x, a), (first, a), (first, b), (in_x, b)]
        between = range(min(start.column, end.column) + 1, max(start.column, end.column))
        channel = self._channel(between, a, b) + shift
        return [(out_x, a), (first, a), (first, channel), (last, channel), (last, b), (in_x, b)]

    def _channel(self, columns: range, a: float, b: float) -> float:
        """The y nearest to both ends at which no box of `columns` stands in the way."""
        boxes = [self.middle(spot) for spot in self.layout.spots.values() if spot.column in columns]
        step = (BOX_HEIGHT + GAP_Y) / 2
        edge = MARGIN + BOX_HEIGHT + GAP_Y / 2
        levels = [edge + step * index for index in range(-3, 2 * self.layout.row_count)]
        inside = [a, *(level for level in levels if MARGIN / 2 <= level <= self.height - MARGIN / 2), self.height - 6]
        free = [y for y in inside if all(abs(y - box) > BOX_HEIGHT / 2 + 2 for box in boxes)]
        return min(free, key=lambda y: (abs(y - a) + abs(y - b), y), default=self.height - 6)


def rounded(points: Sequence[Point]) -> str:
    """A path through `points` whose corners are round."""
    kept = _without_repeats(points)
    parts = [f"M{_n(kept[0][0])} {_n(kept[0][1])}"]
    for before, corner, after in zip(kept, kept[1:], kept[2:], strict=False):
        enter, leave = _toward(corner, before), _toward(corner, after)
        parts.append(f"L{_n(enter[0])} {_n(enter[1])}Q{_n(corner[0])} {_n(corner[1])} {_n(leave[0])} {_n(leave[1])}")
    parts.append(f"L{_n(kept[-1][0])} {_n(kept[-1][1])}")
    return "".join(parts)


def _toward(corner: Point, other: Point) -> Point:
    length = abs(other[0] - corner[0]) + abs(other[1] - corner[1])
    part = min(CORNER, length / 2) / length
    return corner[0] + (other[0] - corner[0]) * part, corner[1] + (other[1] - corner[1]) * part


def _without_repeats(points: Sequence[Point]) -> list[Point]:
    return [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def boxes(grid: Grid) -> Mapping[str, Point]:
    """The left upper corner of every state's box."""
    return {state: (grid.left(spot), grid.middle(spot) - BOX_HEIGHT / 2) for state, spot in grid.layout.spots.items()}
