"""Draws a lifecycle as Mermaid text. `python -m workflow.drawing README.md` puts the drawings of the tables there."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from workflow.errors import DeskError
from workflow.lifecycle import Lifecycle, Transition
from workflow.loading import BUILT_IN, load_directory
from workflow.vocabulary import Language, Role, StateKind

BEGIN, END = "<!-- lifecycles:", "<!-- /lifecycles -->"
CLOCK = "⏱"
_MANY = 6  # a trigger that leads from so many states to one end is told in a note: drawn, it would hide the rest


def mermaid(lifecycle: Lifecycle, language: Language = Language.EN) -> str:
    """The states and every move between them as a state diagram; a clock marks what the desk does by itself.

    Rows between the same two states share an arrow, rows that stay are left out.
    """
    moves = [row for row in lifecycle.transitions if not row.is_stay]
    noted = _noted(moves)
    drawn = [row for row in moves if (row.trigger, row.to_state) not in noted]
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{state.labels[language]}" as {state.name}' for state in lifecycle.states.values()]
    lines += [f"    [*] --> {lifecycle.initial}", *_arrows(lifecycle, drawn)]
    for (trigger, end), sources in noted.items():
        names = [state.labels[language] for state in lifecycle.states.values() if state.name in sources]
        lines += [f"    note right of {end}", f"        {lifecycle.label_of(trigger)}, from"]
        lines += [f"        {', '.join(names[at : at + 3])}" for at in range(0, len(names), 3)]
        lines.append("    end note")
    finals = (state.name for state in lifecycle.states.values() if state.kind is StateKind.FINAL)
    return "\n".join([*lines, *(f"    {name} --> [*]" for name in finals)])


def renewed(text: str, lifecycles: Iterable[Lifecycle]) -> str:
    """`text` with the drawings of `lifecycles` between its two marks."""
    before, begin, rest = text.partition(BEGIN)
    mark, end_of_mark, old = rest.partition("-->\n")
    _, end, after = old.partition(END)
    if not (begin and end_of_mark and end):
        raise DeskError(f"The text holds no place for the drawings: add {BEGIN} ... --> and {END}, each on its line.")
    blocks = (f"### {item.labels[Language.EN]}\n\n```mermaid\n{mermaid(item)}\n```\n" for item in lifecycles)
    return f"{before}{begin}{mark}{end_of_mark}\n" + "\n".join(blocks) + f"\n{end}{after}"


def main(arguments: Sequence[str]) -> None:
    """Renew the drawings in the file that `arguments` name."""
    path = Path(arguments[0])
    lifecycles, _ = load_directory(BUILT_IN)
    path.write_text(renewed(path.read_text(encoding="utf-8"), lifecycles), encoding="utf-8")


def _noted(moves: Iterable[Transition]) -> dict[tuple[str, str], set[str]]:
    sources: dict[tuple[str, str], set[str]] = {}
    for row in moves:
        sources.setdefault((row.trigger, row.to_state), set()).add(row.from_state)
    return {move: states for move, states in sources.items() if len(states) >= _MANY}


def _arrows(lifecycle: Lifecycle, rows: Iterable[Transition]) -> list[str]:
    labels: dict[tuple[str, str], dict[str, None]] = {}
    for row in rows:
        label = lifecycle.label_of(row.trigger)
        if Role.SYSTEM_TIMER in row.by:
            label = f"{CLOCK} {label}"
        labels.setdefault((row.from_state, row.to_state), {})[label] = None
    order = list(lifecycle.states)
    ends = sorted(labels, key=lambda end: (order.index(end[0]), order.index(end[1])))
    return [f"    {here} --> {there} : {' / '.join(labels[here, there])}" for here, there in ends]


if __name__ == "__main__":
    main(sys.argv[1:])
