"""Keeps saved views of the queue; who may change one says `workflow.saved_views`, asked here where it happens."""

import json
from dataclasses import dataclass
from datetime import datetime

from data.commits import run
from data.database import Database
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

    def save(self, view: SavedView, viewer: Viewer, now: datetime) -> SavedView:
        """Keep `view`; with an empty id it is a new one. `ViewForbiddenError`, `ViewNameError`."""
        kept = SavedView(
            id=view.id or new_ids()(now),
            owner_id=view.owner_id,
            name=view.name.strip(),
            is_shared=view.is_shared,
            conditions=view.conditions,
        )
        refuse_change(kept, viewer)
        with self.database.writing() as cursor:
            before = run(cursor, "saved/view_of", {"id": kept.id})
            for row in before:
                refuse_change(_view(row), viewer)
            refuse_name(kept, tuple(map(_view, run(cursor, "saved/saved_views", {"person_id": viewer.id}))))
            row = {
                "id": kept.id,
                "owner_id": kept.owner_id,
                "name": kept.name,
                "is_shared": kept.is_shared,
                "conditions": json_text(dict(kept.conditions)),
                "changed_at": now,
            }
            run(cursor, "saved/save_view", row)
        return kept

    def delete(self, view_id: str, viewer: Viewer) -> None:
        """Delete a view, if it is there. `ViewForbiddenError`."""
        with self.database.writing() as cursor:
            for row in run(cursor, "saved/view_of", {"id": view_id}):
                refuse_change(_view(row), viewer)
                run(cursor, "saved/delete_view", {"id": view_id})


def _view(row: tuple[str, str, str, bool, str]) -> SavedView:
    view_id, owner_id, name, is_shared, conditions = row
    return SavedView(id=view_id, owner_id=owner_id, name=name, is_shared=is_shared, conditions=json.loads(conditions))
