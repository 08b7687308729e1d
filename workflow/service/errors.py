"""Everything that can go wrong with service policies."""

from collections.abc import Sequence
from datetime import datetime

from workflow.errors import DeskError


class PolicyInvalidError(DeskError):
    """Policies cannot be used; `faults` holds one finished sentence for each fault (what, where, what to do)."""

    def __init__(self, *, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"The policies cannot be used. {' '.join(self.faults)}")


class CalendarNeededError(DeskError):
    """A calendar would be too short for what was promised on it; `faults` holds one finished sentence each."""

    def __init__(self, *, name: str, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"Calendar {name} cannot be published. {' '.join(self.faults)}")


class PolicyPastError(DeskError):
    """A version would hold from an instant that has passed, and so judge what was judged already."""

    def __init__(self, *, valid_from: datetime, now: datetime) -> None:
        self.valid_from = valid_from
        super().__init__(
            f"Policies cannot change from {valid_from:%Y-%m-%d %H:%M:%S} UTC on, which has passed: let the change hold "
            f"from {now:%Y-%m-%d %H:%M:%S} UTC or later."
        )
