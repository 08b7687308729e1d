"""Where each state of a lifecycle stands in its diagram: a grid of columns and rows, by how far it is from the start.

Working states fill columns from the left, states at the platform a lane of their own at the bottom, settled states the
last column. Up to 22 states stay legible. Pure: states and arrows in, places out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from workflow.vocabulary import StateKind

MAX_ROWS = 3
Arrow: TypeAlias = tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """A place in the grid; `row` may be a half, where a column is centred."""

    column: int
    row: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """Every state's spot, and how large the grid is."""

    spots: Mapping[str, Spot]
    column_count: int
    row_count: int


def arrange(kinds: Mapping[str, StateKind], arrows: Iterable[Arrow], initial: str) -> Layout:
    """Place the states of `kinds` (in the table's order) that `arrows` join, from `initial` on."""
    onward = _onward(kinds, arrows)
    depths = _depths(onward, initial)
    working = [state for state, kind in kinds.items() if kind in {StateKind.OPEN, StateKind.WAITING}]
    settled = [state for state, kind in kinds.items() if kind.is_settled]
    platform = sorted((state for state in kinds if kinds[state] is StateKind.PLATFORM), key=lambda state: depths[state])
    columns = _columns(working, onward, depths)
    height = max((len(column) for column in columns), default=0)
    spots = _centred(columns, height)
    lane = height if len(platform) <= len(columns) else max(height, len(settled))
    first = max(0, (len(columns) - len(platform) + 1) // 2)
    spots |= {state: Spot(column=first + place, row=lane) for place, state in enumerate(platform)}
    row_count = max(len(settled), lane + (1 if platform else 0))
    top = max(0, (lane - len(settled)) / 2)
    spots |= {state: Spot(column=len(columns), row=top + place) for place, state in enumerate(settled)}
    return Layout(spots=spots, column_count=max(spot.column for spot in spots.values()) + 1, row_count=row_count)


def _onward(kinds: Mapping[str, StateKind], arrows: Iterable[Arrow]) -> dict[str, list[str]]:
    onward: dict[str, list[str]] = {state: [] for state in kinds}
    for source, target in arrows:
        if source != target and target in kinds and source in kinds and target not in onward[source]:
            onward[source].append(target)
    return onward


def _depths(onward: Mapping[str, Sequence[str]], initial: str) -> dict[str, int]:
    """Steps from the start, breadth first; what cannot be reached comes last."""
    depths = {initial: 0}
    frontier = [initial]
    while frontier:
        state = frontier.pop(0)
        for target in onward.get(state, ()):
            if target not in depths:
                depths[target] = depths[state] + 1
                frontier.append(target)
    last = max(depths.values()) + 1
    return {state: depths.get(state, last) for state in onward}


def _columns(working: Sequence[str], onward: Mapping[str, Sequence[str]], depths: Mapping[str, int]) -> list[list[str]]:
    """Layers of equal depth, long ones split, short neighbours joined."""
    layers: dict[int, list[str]] = {}
    for state in working:
        layers.setdefault(depths[state], []).append(state)
    columns: list[list[str]] = []
    for depth in sorted(layers):
        layer = _later_last(layers[depth], onward)
        if depth > 1 and columns and len(columns) > 1 and len(columns[-1]) + len(layer) <= MAX_ROWS:
            columns[-1].extend(layer)
            continue
        part_count = -(-len(layer) // MAX_ROWS)
        size = -(-len(layer) // part_count)
        columns.extend(layer[start : start + size] for start in range(0, len(layer), size))
    return columns


def _later_last(layer: Sequence[str], onward: Mapping[str, Sequence[str]]) -> list[str]:
    """A layer with the states first that others of it lead to least."""
    inside = set(layer)
    arrivals = {state: sum(state in onward[other] for other in inside) for state in layer}
    return sorted(layer, key=lambda state: arrivals[state])


def _centred(columns: Sequence[Sequence[str]], height: int) -> dict[str, Spot]:
    return {
        state: Spot(column=index, row=(height - len(column)) / 2 + place)
        for index, column in enumerate(columns)
        for place, state in enumerate(column)
    }
