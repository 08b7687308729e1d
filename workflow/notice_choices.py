"""What a person wants to be told, where, and when not: choices per kind and channel, quiet hours, repeats.

Owns the rules of DECISIONS: "Quiet hours" and "Outbox". The hours themselves are a business calendar's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from workflow.business_time import BusinessTime
from workflow.calendar_errors import NoOpeningError
from workflow.notices import OUTSIDE, NoticeChannel, NoticeKind

USUAL_HOURS = "office"  # the calendar that every desk begins with
AT_ONCE = ""  # no quiet hours
REPEATS = 8
FIRST_WAIT = timedelta(minutes=1)
_EVERYWHERE = frozenset(NoticeChannel)
_USUAL: Mapping[NoticeKind, frozenset[NoticeChannel]] = MappingProxyType(
    dict.fromkeys(NoticeKind, _EVERYWHERE) | {NoticeKind.COLLEAGUE: frozenset({NoticeChannel.DESK})}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """On which channels a person wants each kind, and the calendar outside of whose hours they are left in peace."""

    channels: Mapping[NoticeKind, frozenset[NoticeChannel]] = field(default_factory=lambda: _USUAL)
    calendar_id: str = USUAL_HOURS

    def wants(self, kind: NoticeKind, channel: NoticeChannel) -> bool:
        """Whether notices of `kind` come on `channel`."""
        return channel in self.channels.get(kind, frozenset())

    def outside(self, kind: NoticeKind) -> tuple[NoticeChannel, ...]:
        """Where notices of `kind` are sent to beside the bell."""
        return tuple(channel for channel in OUTSIDE if self.wants(kind, channel))

    @property
    def at_the_bell(self) -> tuple[NoticeKind, ...]:
        """The kinds that the bell shows."""
        return tuple(kind for kind in NoticeKind if self.wants(kind, NoticeChannel.DESK))


def sent_from(at: datetime, hours: BusinessTime | None) -> datetime:
    """When something that came at `at` may leave the desk: at once within `hours`, else at their next opening.

    Without hours, or where they never open again, at once: nothing is held back for good.
    """
    if hours is None:
        return at
    try:
        return hours.deadline(at, timedelta())
    except NoOpeningError:
        return at


def next_wait(failures: int) -> timedelta | None:
    """How long to wait after so many refusals (1 is the first): 1, 2, 4, ... 64 minutes; None: it is given up."""
    return FIRST_WAIT * 2 ** (failures - 1) if failures < REPEATS else None
