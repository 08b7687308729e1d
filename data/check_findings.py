"""What `check` finds: one thing that is not as the log says, or one that is merely left over."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One thing that is not as the log says; `number` is None where it belongs to no ticket.

    `is_note`: nothing is lost and nothing is wrong, so it fails nobody (a file that no ticket names).
    """

    number: int | None
    place: str
    stored: str
    expected: str
    is_note: bool = False

    def __str__(self) -> str:
        subject = "The desk" if self.number is None else f"Ticket {self.number}"
        return f"{'Note: ' if self.is_note else ''}{subject}: {self.place} is {self.stored}, expected {self.expected}."


def text(value: Any) -> str:  # noqa: ANN401 - any column's value
    """A value as a sentence has it."""
    return "nothing" if value is None or value == "" else str(value)
