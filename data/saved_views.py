"""Keeps saved views of the queue; who may change one says `workflow.saved_views`, asked here where it happens."""

import json
from dataclasses import dataclass
from datetime import datetime

import duckdb

from data.commits import run
from data.database import Database
from data.errors import EditedMeanwhileError
from data.rows import json_text
from workflow.ids import new_ids
from workflow.saved_views import SavedView, Viewer, refuse_change, refuse_name


@dataclass(frozen=True, slots=True)
class SavedViews:
    """The saved views of a desk."""

    database: Database

    def seen_by(self, viewer: Viewer) -> tuple[SavedView, ...]:
        """The viewer's own views, then the shared ones, each by name."""

        def ask() -> tuple[SavedView, ...]:
            return tuple(map(_view, self.database.read("saved/saved_views", {"person_id": viewer.id})))

        return self.database.recall(("saved_views", viewer.id), ask, ("saved_views",))

    def save(self, view: SavedView, viewer: Viewer, now: datetime, *, seen: SavedView | None = None) -> SavedView:
        """Keep `view`; with an empty id it is a new one, else it takes the place of what was `seen`.

        `ViewForbiddenError`, `ViewNameError`; `EditedMeanwhileError` where the view is not as it was `seen` any more,
        or not there: nothing is saved, and a deleted view stays deleted.
        """
        kept = SavedView(
            id=view.id or new_ids()(now),
            owner_id=view.owner_id,
            name=view.name.strip(),
            is_shared=view.is_shared,
            conditions=view.conditions,
        )
        refuse_change(kept, viewer)
        with self.database.writing() as cursor:
            if view.id:
                stored = _stored(cursor, view.id)
                if stored is None:
                    raise EditedMeanwhileError(what=f"The view “{kept.name}”", is_deleted=True)
                _refuse_stale(stored, viewer, seen)
            refuse_name(kept, tuple(map(_view, run(cursor, "saved/saved_views", {"person_id": viewer.id}))))
            row = {
                "id": kept.id,
                "name": kept.name,
                "is_shared": kept.is_shared,
                "conditions": json_text(dict(kept.conditions)),
                "changed_at": now,
            }
            if view.id:
                run(cursor, "saved/update_view", row)
            else:
                run(cursor, "saved/insert_view", {**row, "owner_id": kept.owner_id})
        return kept

    def delete(self, seen: SavedView, viewer: Viewer) -> None:
        """Delete the view that was `seen`; one that is not there any more is no error.

        `ViewForbiddenError`; `EditedMeanwhileError` where it is not as it was `seen` any more.
        """
        with self.database.writing() as cursor:
            stored = _stored(cursor, seen.id)
            if stored:
                _refuse_stale(stored, viewer, seen)
                run(cursor, "saved/delete_view", {"id": seen.id})


def _stored(cursor: duckdb.DuckDBPyConnection, view_id: str) -> SavedView | None:
    """The view as it is now, None where there is none."""
    return next(map(_view, run(cursor, "saved/view_of", {"id": view_id})), None)


def _refuse_stale(stored: SavedView, viewer: Viewer, seen: SavedView | None) -> None:
    """Refuse first whoever may not change it: what became of the view of another is not told."""
    refuse_change(stored, viewer)
    if stored != seen:
        raise EditedMeanwhileError(what=f"The view “{stored.name}”")


def _view(row: tuple[str, str, str, bool, str]) -> SavedView:
    view_id, owner_id, name, is_shared, conditions = row
    return SavedView(id=view_id, owner_id=owner_id, name=name, is_shared=is_shared, conditions=json.loads(conditions))
