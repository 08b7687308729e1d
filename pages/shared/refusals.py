"""A refusal as the person at the screen reads it: on the desk's clock, and in the words of the screen.

The rules know no zone: their sentences write an instant as `2026-03-02 09:00 UTC`, and here it becomes the desk's.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from pages.shared import access, formats, words
from pages.shared.texts import _
from workflow.errors import DeskError, InputInvalidError, PostingChangedError, TicketChangedError
from workflow.tickets import IMPORT_PREFIX, SYNC, TIMER, Event

_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d)(:\d\d)? UTC")


def worded(error: DeskError) -> str:
    """The sentence of `error`."""
    match error:
        case TicketChangedError(event=Event() as event):
            return _overtaken(error.number, event)
        case PostingChangedError():
            text = _("Parcel {number} was changed meanwhile (now: {status}): look at it again, then repeat.")
            return text.format(number=error.number, status=words.parcel_status(error.status))
        case _:
            return clocked(str(error))


def worded_fields(error: InputInvalidError) -> Mapping[str, str]:
    """The sentence at each wrong field."""
    return {name: clocked(sentence) for name, sentence in error.fields.items()}


def clocked(sentence: str, zone: str = "") -> str:
    """`sentence` with its instants on the clock of `zone`, by default the desk's."""

    def there(found: re.Match[str]) -> str:
        minute, seconds = found.groups()
        shown = formats.instant(datetime.fromisoformat(minute), zone or access.zone())
        return f"{shown}{'' if seconds in {None, ':00'} else seconds}"

    return _INSTANT.sub(there, sentence)


def _overtaken(number: int, event: Event) -> str:
    lifecycle = access.desk().rules.lifecycles.version(event.category, event.lifecycle_version)
    return _("Ticket {number} was changed by {winner} on {instant} ({what}): look at it again, then repeat.").format(
        number=number,
        winner=_who(event.recorded_by),
        instant=formats.instant(event.recorded_at, access.zone()),
        what=words.happening(event, lifecycle),
    )


def _who(recorded_by: str) -> str:
    if recorded_by == TIMER.id:
        return _("the clock")
    if recorded_by == SYNC.id:
        return _("the marketplace")
    if recorded_by.startswith(IMPORT_PREFIX):
        return _("an import")
    return access.desk().store.name_of(recorded_by)
