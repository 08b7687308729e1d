"""The draft of one calendar, kept in the session like that of the policies. Its parts are those of a document."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from data.holiday_sources import SpecialDays
from pages.shared import session
from workflow.calendar_documents import Document, document_of, read_document
from workflow.calendar_errors import CalendarInvalidError
from workflow.calendars import WEEKDAYS, Calendar, ExtraDay, Holiday

DRAFT = "policies_calendar_draft"
FIELD = "policies_calendar_field_"  # what the keys of the editor's widgets begin with
_LISTS = ("holidays", "extra_days")


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarDraft:
    """A calendar that is being written, begun on version `base_version` (0: a new one)."""

    base_version: int
    document: Document

    @property
    def text(self) -> str:
        """The draft as JSON; of one that is open 24/7 the hours are put aside."""
        parts = ("id", "name", "time_zone", "is_always_open")
        kept = {name: self.document[name] for name in parts} if self.document["is_always_open"] else self.document
        return json.dumps(kept, ensure_ascii=False)


def current() -> CalendarDraft | None:
    """The draft of this session."""
    return session.recall(DRAFT)


def begin(calendar: Calendar, base_version: int) -> None:
    """Begin a draft that says what `calendar` says."""
    discard()
    session.remember(DRAFT, CalendarDraft(base_version=base_version, document=document_of(calendar)))


def begin_new(taken: Iterable[str], name: str, time_zone: str) -> None:
    """Begin a calendar that nobody has yet: nine to six on working days."""
    ids = set(taken)
    free = next(found for number in range(1, len(ids) + 2) if (found := f"calendar-{number}") not in ids)
    calendar = Calendar(id=free, name=name, time_zone=time_zone)
    begin(calendar, 0)
    change(weekly={day: [["09:00", "18:00"]] if day in WEEKDAYS[:5] else [] for day in WEEKDAYS})


def discard() -> None:
    """Throw the draft away."""
    session.forget(DRAFT)
    session.forget_all(FIELD)


def rebase(version: int) -> None:
    """Keep what the draft says; it now answers for all that `version` says."""
    if draft := current():
        session.remember(DRAFT, replace(draft, base_version=version))


def change(**parts: Any) -> None:  # noqa: ANN401 - what a document holds
    """Set parts of the document."""
    if draft := current():
        session.remember(DRAFT, replace(draft, document={**draft.document, **parts}))


def add_days(found: SpecialDays) -> None:
    """Add holidays and extra working days; a date that is there already gets the new name or hours."""
    draft = current()
    if draft is None:
        return
    days = document_of(_holder(found.holidays, found.extra_days))
    change(**{name: dict(sorted({**draft.document[name], **days[name]}.items())) for name in _LISTS})


def check(draft: CalendarDraft) -> tuple[Calendar | None, tuple[str, ...]]:
    """The calendar, or every sentence that says what is wrong."""
    try:
        return read_document(draft.text), ()
    except CalendarInvalidError as error:
        return None, tuple(error.faults)


def _holder(holidays: Sequence[Holiday], extra_days: Sequence[ExtraDay]) -> Calendar:
    return Calendar(id="days", name="", holidays=tuple(holidays), extra_days=tuple(extra_days))
