"""Saved views of the queue on a real desk: who sees them, who changes them."""

from dataclasses import replace
from datetime import datetime

import pytest

from data.saved_views import SavedViews
from tests.new_desks import new_database
from workflow.saved_views import SavedView, Viewer, ViewForbiddenError, ViewNameError

NOW = datetime(2026, 3, 9, 12)
ANNA, LI, OLGA = Viewer(id="anna"), Viewer(id="li"), Viewer(id="olga", is_manager=True)


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
    views.save(replace(own, name="Kettles", conditions={"q": "kettle"}), ANNA, NOW)
    assert [(view.name, view.conditions) for view in views.seen_by(ANNA)] == [("Kettles", {"q": "kettle"})]
    views.delete(own.id, ANNA)
    views.delete(own.id, ANNA)
    assert views.seen_by(ANNA) == ()


def test_nobody_changes_the_view_of_another(views):
    own = views.save(named("Lamps"), ANNA, NOW)
    shared = views.save(named("All", "olga", is_shared=True), OLGA, NOW)
    attempts = (
        lambda: views.save(replace(own, owner_id="li"), LI, NOW),  # a stolen id
        lambda: views.delete(own.id, LI),
        lambda: views.save(replace(shared, is_shared=False, owner_id="anna"), ANNA, NOW),
        lambda: views.delete(shared.id, ANNA),
        lambda: views.save(named("Mine for all", is_shared=True), ANNA, NOW),
    )
    for attempt in attempts:
        with pytest.raises(ViewForbiddenError):
            attempt()
    assert views.seen_by(ANNA) == (own, shared)


def test_a_name_is_given_once(views):
    views.save(named("Lamps"), ANNA, NOW)
    with pytest.raises(ViewNameError):
        views.save(named("lamps"), ANNA, NOW)
    views.save(named("lamps", "li"), LI, NOW)
