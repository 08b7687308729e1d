"""What agents have typed and not sent: one text for each agent, ticket and field. Survives refusals and restarts."""

from dataclasses import dataclass
from datetime import datetime

from data.commits import run
from data.database import Database
from data.recalled import UNKNOWN


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A text in the making; `base_version` is the ticket as its writer saw it."""

    agent_id: str
    field: str
    text: str
    base_version: int
    saved_at: datetime


class Drafts:
    """Reads and writes the drafts of a desk. Safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def of(self, ticket_id: str) -> tuple[Draft, ...]:
        """Every draft of the ticket, the newest first."""
        place = _place(ticket_id)
        stamp = self.database.recalled.stamp(("drafts",), place)
        drafts = self.database.recalled.look_up(place, stamp)
        if drafts is UNKNOWN:
            drafts = self._read(ticket_id)
            self.database.recalled.keep(place, stamp, drafts)
        return drafts

    def _read(self, ticket_id: str) -> tuple[Draft, ...]:
        rows = self.database.read("composing/drafts_of", {"ticket_id": ticket_id})
        return tuple(
            Draft(agent_id=agent_id, field=field, text=text, base_version=base_version, saved_at=saved_at)
            for agent_id, field, text, base_version, saved_at in rows
        )

    def save(self, ticket_id: str, draft: Draft) -> None:
        """Keep `draft` in place of an earlier one; an empty text drops it."""
        if not draft.text.strip():
            self.drop(ticket_id, draft.agent_id, draft.field)
            return
        with self.database.writing([_place(ticket_id)]) as cursor:
            row = {
                "ticket_id": ticket_id,
                "agent_id": draft.agent_id,
                "field": draft.field,
                "text": draft.text,
                "base_version": draft.base_version,
                "saved_at": draft.saved_at,
            }
            run(cursor, "composing/save_draft", row)

    def drop(self, ticket_id: str, agent_id: str, field: str) -> None:
        """Forget the draft, for it was sent or cleared."""
        with self.database.writing([_place(ticket_id)]) as cursor:
            run(cursor, "composing/drop_draft", {"ticket_id": ticket_id, "agent_id": agent_id, "field": field})


def _place(ticket_id: str) -> tuple[str, str]:
    """The part of the table that is about one ticket."""
    return ("drafts", ticket_id)
