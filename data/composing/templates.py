"""Reply templates in versions: a saved one is never edited, the newest counts, and the audit says who saved it."""

import tomllib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from data.commits import run, value_of
from data.database import Database
from data.errors import EditedMeanwhileError
from data.rows import Row, json_text
from workflow.composing import Template, checked
from workflow.ids import new_ids
from workflow.vocabulary import Language

DEFAULTS = Path(__file__).parent / "templates.toml"
DESK = "desk"
_new_id = new_ids()


class Templates:
    """Reads and keeps the templates of a desk. Safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def all(self) -> tuple[Template, ...]:
        """The newest version of each template in each language, by name."""
        return self.database.recall("templates", self._read, ("reply_template_versions",))

    def _read(self) -> tuple[Template, ...]:
        return tuple(
            Template(
                id=template_id,
                language=Language(language),
                name=name,
                text=text,
                category=category,
                version=version,
                is_active=is_active,
            )
            for template_id, language, name, text, category, version, is_active in self.database.read(
                "composing/templates"
            )
        )

    def offered(self, language: Language, category: str) -> tuple[Template, ...]:
        """The active templates for a ticket of `category` whose buyer writes `language`, by name."""
        return tuple(
            template
            for template in self.all()
            if template.is_active and template.language is language and template.category in {"", category}
        )

    def save(self, template: Template, *, by: str, now: datetime) -> Template:
        """Keep `template` as the next version, with an audit entry, both or neither.

        `TemplateInvalidError` where buyers must not get it; `EditedMeanwhileError` where its `version` is not the
        newest any more. The caller has asked for the role.
        """
        clean = checked(template)
        with self.database.writing() as cursor:
            return _write(cursor, clean, by, now)


def seed_templates(database: Database, now: datetime) -> None:
    """Give a desk that never had templates those that it begins with."""
    if database.read("composing/templates"):
        return
    with database.writing() as cursor:
        for template in _defaults():
            _write(cursor, checked(template), DESK, now)


def _defaults() -> Sequence[Template]:
    document = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
    return [
        Template(
            id=entry["id"],
            language=Language(language),
            name=entry["name"][language],
            text=text,
            category=entry.get("category", ""),
        )
        for entry in document["templates"]
        for language, text in entry["text"].items()
    ]


def _write(cursor: duckdb.DuckDBPyConnection, template: Template, by: str, now: datetime) -> Template:
    key = {"template_id": template.id, "language": template.language.value}
    newest = value_of(cursor, "composing/template_version", key)
    if newest != template.version:
        raise EditedMeanwhileError(what=f"The template “{template.name}”")
    version = newest + 1
    row: Row = {
        **key,
        "version": version,
        "name": template.name,
        "category": template.category,
        "text": template.text,
        "is_active": template.is_active,
        "saved_at": now,
        "saved_by": by,
    }
    run(cursor, "composing/insert_template", row)
    detail = {"version": version, "language": template.language.value, "name": template.name}
    entry = {"by_id": by, "action": "save_template", "subject": template.id, "detail": json_text(detail)}
    run(cursor, "store/insert_audit_entry", {"id": _new_id(now), "noted_at": now, **entry})
    return Template(
        id=template.id,
        language=template.language,
        name=template.name,
        text=template.text,
        category=template.category,
        version=version,
        is_active=template.is_active,
    )
