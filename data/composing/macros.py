"""Macros in versions, as documents: a saved one is never edited, the newest counts, and the audit says who saved it."""

import json
from datetime import datetime
from typing import Any

from data.commits import run, value_of
from data.database import Database
from data.errors import EditedMeanwhileError, MacroInvalidError
from data.rows import json_text
from workflow.composing import NAME_LONGEST
from workflow.ids import new_ids
from workflow.steps import AddTags, Assign, Do, Macro, Prioritise, Step
from workflow.vocabulary import Priority

_new_id = new_ids()


class Macros:
    """Reads and keeps the macros of a desk. Safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def all(self) -> tuple[Macro, ...]:
        """The newest version of each macro, by name."""
        return self.database.recall(
            "macros", lambda: tuple(_macro(*row) for row in self.database.read("composing/macros")), ("macro_versions",)
        )

    def offered(self) -> tuple[Macro, ...]:
        """Those that are active."""
        return tuple(macro for macro in self.all() if macro.is_active)

    def save(self, macro: Macro, *, by: str, now: datetime) -> None:
        """Keep `macro` as the next version, with an audit entry, both or neither; the caller has asked for the role.

        `MacroInvalidError` where it has no name or changes nothing; `EditedMeanwhileError` where its `version` is not
        the newest any more.
        """
        name = macro.name.strip()
        if not name or len(name) > NAME_LONGEST:
            raise MacroInvalidError(reason=f"give it a name of 1 to {NAME_LONGEST} characters")
        if not macro.then and not macro.template_id:
            raise MacroInvalidError(reason="it changes nothing: add a reply, an action, a priority, a tag or a person")
        with self.database.writing() as cursor:
            newest = value_of(cursor, "composing/macro_version", {"macro_id": macro.id})
            if newest != macro.version:
                raise EditedMeanwhileError(what=f"The macro “{name}”")
            row = {
                "macro_id": macro.id,
                "version": newest + 1,
                "name": name,
                "document": json_text(_document(macro)),
                "is_active": macro.is_active,
                "saved_at": now,
                "saved_by": by,
            }
            run(cursor, "composing/insert_macro", row)
            detail = json_text({"version": newest + 1, "name": name})
            entry = {"by_id": by, "action": "save_macro", "subject": macro.id, "detail": detail}
            run(cursor, "store/insert_audit_entry", {"id": _new_id(now), "noted_at": now, **entry})


def _document(macro: Macro) -> dict[str, Any]:
    return {"template_id": macro.template_id, "then": [_written(step) for step in macro.then]}


def _written(step: Step) -> dict[str, Any]:
    match step:
        case Do(trigger=trigger, inputs=inputs):
            return {"do": trigger, "inputs": dict(inputs)}
        case Prioritise(priority=priority):
            return {"priority": priority.value}
        case Assign(assignee_id=assignee_id):
            return {"assignee_id": assignee_id}
        case AddTags(tags=tags):
            return {"tags": list(tags)}


def _read(part: dict[str, Any]) -> Step:
    match part:
        case {"do": trigger}:
            return Do(trigger=trigger, inputs=part["inputs"])
        case {"priority": priority}:
            return Prioritise(priority=Priority(priority))
        case {"assignee_id": assignee_id}:
            return Assign(assignee_id=assignee_id)
        case _:
            return AddTags(tags=tuple(part["tags"]))


def _macro(macro_id: str, name: str, document: str, version: int, is_active: bool) -> Macro:  # noqa: FBT001 - as the row has it
    content = json.loads(document)
    return Macro(
        id=macro_id,
        name=name,
        template_id=content["template_id"],
        then=tuple(map(_read, content["then"])),
        version=version,
        is_active=is_active,
    )
