"""Saved views of the queue on a real desk: who sees them, who changes them."""

from dataclasses import replace
from datetime import datetime

import pytest

from data.errors import EditedMeanwhileError
from data.saved_views import SavedViews
from tests.new_desks import new_database
from workflow.saved_views import SavedView, Viewer, ViewForbiddenError, ViewNameError

NOW = datetime(2026, 3, 9, 12)
ANNA, LI, OLGA = Viewer(id="anna"), Viewer(id="li"), Viewer(id="olga", is_manager=True)
IVAN = Viewer(id="ivan", is_manager=True)


@pytest.fixture
def views(tmp_path):
    with new_database(tmp_path / "desk.duckdb") as database:
        yield SavedViews(database)


def named(name, owner_id="anna", *, is_shared=False):
    return SavedView(
        id="", owner_id=owner_id, name=name, is_shared=is_shared, conditions={"view": "mine", "q": "лампа"}
    )


def test_a_view_is_seen_by_its_owner_or_by_all(views):
    own = views.save(named(" Lamps "), ANNA, NOW)
    shared = views.save(named("All lamps", "olga", is_shared=True), OLGA, NOW)
    assert own.name == "Lamps"
    assert views.seen_by(ANNA) == (own, shared)
    assert views.seen_by(LI) == (shared,)
    assert own.conditions == {"view": "mine", "q": "лампа"}


def test_a_view_is_replaced_and_deleted_by_whoever_may(views):
    own = views.save(named("Lamps"), ANNA, NOW)
    kettles = views.save(replace(own, name="Kettles", conditions={"q": "kettle"}), ANNA, NOW, seen=own)
    assert [(view.name, view.conditions) for view in views.seen_by(ANNA)] == [("Kettles", {"q": "kettle"})]
    views.delete(kettles, ANNA)
    views.delete(kettles, ANNA)
    assert views.seen_by(ANNA) == ()


def test_nobody_changes_the_view_of_another(views):
    own = views.save(named("Lamps"), ANNA, NOW)
    shared = views.save(named("All", "olga", is_shared=True), OLGA, NOW)
    attempts = (
        lambda: views.save(replace(own, owner_id="li"), LI, NOW, seen=own),  # a stolen id
        lambda: views.save(replace(own, owner_id="li"), LI, NOW),  # which is not told to be stale
        lambda: views.delete(own, LI),
        lambda: views.save(replace(shared, is_shared=False, owner_id="anna"), ANNA, NOW, seen=shared),
        lambda: views.delete(shared, ANNA),
        lambda: views.save(named("Mine for all", is_shared=True), ANNA, NOW),
    )
    for attempt in attempts:
        with pytest.raises(ViewForbiddenError):
            attempt()
    assert views.seen_by(ANNA) == (own, shared)


def test_of_two_managers_with_one_screen_the_later_change_is_refused(views):
    seen = views.save(named("Late", "olga", is_shared=True), OLGA, NOW)
    first = views.save(replace(seen, conditions={"priority": "urgent"}), IVAN, NOW, seen=seen)
    for stale in (seen, None):
        with pytest.raises(EditedMeanwhileError, match="The view “Late” was saved by somebody else meanwhile: open it"):
            views.save(replace(seen, conditions={"team": "t1"}), OLGA, NOW, seen=stale)
    assert views.seen_by(OLGA) == (first,)
    again = views.save(replace(first, conditions={"team": "t1"}), OLGA, NOW, seen=first)
    assert views.seen_by(IVAN) == (again,)


def test_a_deleted_view_stays_deleted(views):
    seen = views.save(named("Late", "olga", is_shared=True), OLGA, NOW)
    views.delete(seen, IVAN)
    with pytest.raises(
        EditedMeanwhileError, match="“Late” was deleted by somebody else meanwhile: save your change und"
    ):
        views.save(replace(seen, conditions={"view": "all"}), OLGA, NOW, seen=seen)
    with pytest.raises(EditedMeanwhileError):
        views.save(seen, OLGA, NOW)
    assert views.seen_by(OLGA) == ()


def test_a_view_that_was_changed_meanwhile_is_not_deleted(views):
    seen = views.save(named("Late", "olga", is_shared=True), OLGA, NOW)
    changed = views.save(replace(seen, name="Later"), OLGA, NOW, seen=seen)
    with pytest.raises(EditedMeanwhileError, match="The view “Later” was saved by somebody else meanwhile"):
        views.delete(seen, IVAN)
    assert views.seen_by(IVAN) == (changed,)
    views.delete(changed, IVAN)
    assert views.seen_by(IVAN) == ()


def test_a_name_is_given_once(views):
    views.save(named("Lamps"), ANNA, NOW)
    with pytest.raises(ViewNameError):
        views.save(named("lamps"), ANNA, NOW)
    views.save(named("lamps", "li"), LI, NOW)
