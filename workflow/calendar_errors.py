"""Everything that can go wrong with calendars and business time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from workflow.errors import DeskError


class CalendarInvalidError(DeskError):
    """A calendar cannot be used; `faults` holds one finished sentence for each fault (what, where, what to do)."""

    def __init__(self, *, name: str, faults: Sequence[str]) -> None:
        self.name, self.faults = name, tuple(faults)
        super().__init__(f"Calendar {name or 'without name'} cannot be used. {' '.join(self.faults)}")


class NoOpeningError(DeskError):
    """The calendar never opens again, or not long enough for the budget, so there is no deadline."""

    def __init__(self, *, name: str, at: datetime, budget: timedelta) -> None:
        self.name, self.at, self.budget = name, at, budget
        enough = f"is not open for {budget}" if budget else "does not open"
        super().__init__(
            f"Calendar {name} {enough} after {at:%Y-%m-%d %H:%M:%S} UTC, so nothing falls due: give it opening hours."
        )


class BudgetNegativeError(DeskError):
    """A budget below zero has no deadline."""

    def __init__(self, *, budget: timedelta) -> None:
        self.budget = budget
        super().__init__(f"A budget of {budget / timedelta(seconds=1):g} s has no deadline: give zero or more.")
