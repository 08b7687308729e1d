"""Who looks at which ticket at this moment, and who writes. Kept in memory: a moment later nobody needs it.

One process owns the desk, so its memory knows everybody. Threads may share one board.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

SEEN_FOR = timedelta(seconds=20)  # a screen says every few seconds that it is still there
WRITES_FOR = timedelta(seconds=60)  # after the last change of what is typed


@dataclass(frozen=True, kw_only=True, slots=True)
class Presence:
    """One screen on a ticket; `wrote_at` is when something was last typed there."""

    session_id: str
    person_id: str
    seen_at: datetime
    wrote_at: datetime | None = None

    def is_writing(self, now: datetime) -> bool:
        """Whether something was typed a short while ago."""
        return self.wrote_at is not None and now - self.wrote_at < WRITES_FOR


class Presences:
    """The screens of a desk, each on one ticket at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._at: dict[str, tuple[str, Presence]] = {}

    def see(self, ticket_id: str, session_id: str, person_id: str, now: datetime, *, is_typing: bool = False) -> None:
        """Note that a screen shows the ticket, and whether something was just typed there."""
        with self._lock:
            known = self._at.get(session_id)
            stayed = known[1].wrote_at if known and known[0] == ticket_id else None
            presence = Presence(
                session_id=session_id, person_id=person_id, seen_at=now, wrote_at=now if is_typing else stayed
            )
            self._at[session_id] = (ticket_id, presence)
            gone = [key for key, (_ticket, seen) in self._at.items() if now - seen.seen_at >= SEEN_FOR]
            for key in gone:
                del self._at[key]

    def stop_writing(self, session_id: str) -> None:
        """Note that what was typed there was sent or cleared."""
        with self._lock:
            if session_id in self._at:
                ticket_id, seen = self._at[session_id]
                quiet = Presence(session_id=session_id, person_id=seen.person_id, seen_at=seen.seen_at)
                self._at[session_id] = (ticket_id, quiet)

    def others(self, ticket_id: str, session_id: str, now: datetime) -> tuple[Presence, ...]:
        """The other screens that show the ticket, those that write first, then by person."""
        with self._lock:
            here = [seen for ticket, seen in self._at.values() if ticket == ticket_id and seen.session_id != session_id]
        present = (seen for seen in here if now - seen.seen_at < SEEN_FOR)
        return tuple(sorted(present, key=lambda seen: (not seen.is_writing(now), seen.person_id, seen.session_id)))
