"""Reads the transitions of a table: one row of the file becomes one `Transition` for each state that it leaves."""

from typing import Any, Literal, NoReturn, TypeAlias, cast, get_args

from workflow import shapes
from workflow.errors import LifecycleError
from workflow.lifecycle import ClockStart, InputUse, Transition
from workflow.shapes import check_shape
from workflow.vocabulary import Effect, Role

EVERY, STAY = "*", "="
Fault: TypeAlias = tuple[str, str]  # where in the file, and what is wrong there
_On = Literal["", "posting_change", "linked_change", "evidence"]
_NEEDED = {
    "do": shapes.A_NAME,
    "from": shapes.TEXT_OR_TEXTS,
    "to": shapes.TEXT,
    "by": shapes.SOME_TEXTS,
    "effect": shapes.TEXT,
}
_OPTIONAL = {
    **dict.fromkeys(("facts", "inputs", "advice"), shapes.TEXTS),
    **dict.fromkeys(("stops", "raises", "clears"), shapes.NAMES),
    "starts": shapes.STARTS,
    **dict.fromkeys(("counts", "reason", "ball_from", "opens", "on"), shapes.A_NAME),
}


def place(row: Transition) -> str:
    """Where the row stands, as a refusal names it."""
    return f"row {row.row} ({row.trigger} from {row.from_state})"


class RowReader:
    """Reads the rows of one file whose states are known."""

    def __init__(self, file_name: str, states: frozenset[str]) -> None:
        self._file, self._states = file_name, states

    def read(self, rows: list[dict[str, Any]]) -> tuple[Transition, ...]:
        """Every transition in the order of the file; `"*"` rows take the states that have no row of their own."""
        found: list[Transition] = []
        for number, row in enumerate(rows, 1):
            where = self._where(number, row)
            check_shape(row, _NEEDED, _OPTIONAL, self._file, where)
            sources = self._sources(row, where)
            found += (self._transition(number, row, source, where) for source in sources)
        own = {(row.trigger, row.from_state, role) for row in found for role in row.by}
        for number, row in enumerate(rows, 1):
            if row["from"] == EVERY:
                roles = self._roles(row, self._where(number, row))
                free = [state for state in self._states if not any((row["do"], state, role) in own for role in roles)]
                if not free:
                    self._refuse(
                        self._where(number, row), "every state has a row of its own for this: it is never taken"
                    )
                found += (self._transition(number, row, state, self._where(number, row)) for state in sorted(free))
        return tuple(sorted(found, key=lambda item: item.row))

    def _where(self, number: int, row: dict[str, Any]) -> str:
        sources = row.get("from", "nowhere")
        named = sources if isinstance(sources, str) else " or ".join(map(str, sources))
        return f"row {number} ({row.get('do', 'without trigger')} from {named})"

    def _sources(self, row: dict[str, Any], where: str) -> list[str]:
        if row["from"] == EVERY:
            return []
        sources = cast("list[str]", [row["from"]] if isinstance(row["from"], str) else row["from"])
        for state in (*sources, *(() if row["to"] == STAY else (row["to"],))):
            if state not in self._states:
                self._refuse(where, f"unknown state {state!r}")
        if len(set(sources)) < len(sources):
            self._refuse(where, "a state stands twice in 'from'")
        return sources

    def _roles(self, row: dict[str, Any], where: str) -> frozenset[Role]:
        for name in row["by"]:
            if name not in tuple(Role):
                self._refuse(where, f"unknown role {name!r}")
        return frozenset(Role(name) for name in row["by"])

    def _transition(self, number: int, row: dict[str, Any], source: str, where: str) -> Transition:
        if row["effect"] not in tuple(Effect):
            self._refuse(where, f"unknown effect {row['effect']!r}")
        if row.get("on", "") not in get_args(_On):
            self._refuse(where, f"unknown occasion {row['on']!r} in 'on'")
        if row["to"] != STAY and row["to"] not in self._states:
            self._refuse(where, f"unknown state {row['to']!r}")
        return Transition(
            row=number,
            trigger=row["do"],
            from_state=source,
            to_state=source if row["to"] == STAY else row["to"],
            by=self._roles(row, where),
            facts=tuple(row.get("facts", ())),
            inputs=tuple(_input(text) for text in row.get("inputs", ())),
            advice=tuple(row.get("advice", ())),
            effect=Effect(row["effect"]),
            starts=tuple(_start(text) for text in row.get("starts", ())),
            stops=tuple(row.get("stops", ())),
            raises=tuple(row.get("raises", ())),
            clears=tuple(row.get("clears", ())),
            counts=row.get("counts", ""),
            reason=row.get("reason", ""),
            ball_from=row.get("ball_from", ""),
            opens=row.get("opens", ""),
            on=row.get("on", ""),
        )

    def _refuse(self, where: str, reason: str) -> NoReturn:
        raise LifecycleError(file=self._file, row=where, reason=reason)


def _input(text: str) -> InputUse:
    return InputUse(name=text.removesuffix("?"), is_required=not text.endswith("?"))


def _start(text: str) -> ClockStart:
    clock, _, at_input = text.removesuffix("?").partition("=")
    return ClockStart(clock=clock, at_input=at_input, is_only_if_stopped=text.endswith("?"))
