"""What the page reads once for each run: the versions of policies and calendars, and what their parts are called."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.service.shelf import DESK, Rulebook, rulebook
from pages.policies.known import Known, known
from pages.shared import access
from workflow.business_time import BusinessTime


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskRules:
    """The rulebook with names."""

    book: Rulebook
    known: Known
    people: Mapping[str, str]

    @property
    def clocks(self) -> Mapping[str, BusinessTime]:
        """The calendars by id."""
        return self.book.clocks

    def called(self, person_id: str) -> str:
        """The name of whoever published."""
        return "Marketdesk" if person_id == DESK else self.people.get(person_id, person_id)


def desk_rules() -> DeskRules:
    """Everything that is published by now."""
    book = rulebook(access.desk().database)
    return DeskRules(book=book, known=known(book.clocks), people=access.directory().names())
