"""Who may save which view of the queue, and under which name."""

import pytest

from workflow.saved_views import (
    LONGEST_NAME,
    SavedView,
    Viewer,
    ViewForbiddenError,
    ViewNameError,
    refuse_change,
    refuse_name,
)

ANNA, LI, MANAGER = Viewer(id="anna"), Viewer(id="li"), Viewer(id="olga", is_manager=True)


def view(name="Late", *, owner_id="anna", is_shared=False, view_id="v1"):
    return SavedView(id=view_id, owner_id=owner_id, name=name, is_shared=is_shared, conditions={})


def test_a_personal_view_is_changed_by_its_owner_only():
    refuse_change(view(), ANNA)
    for other in (LI, MANAGER):
        with pytest.raises(ViewForbiddenError, match="“Late” stays as it is: it belongs to somebody else"):
            refuse_change(view(), other)


def test_a_shared_view_is_changed_by_a_manager_only():
    refuse_change(view(is_shared=True), MANAGER)
    with pytest.raises(ViewForbiddenError, match="only a manager changes what everybody sees"):
        refuse_change(view(is_shared=True), ANNA)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("  ", "it has no name: give it one"),
        ("x" * (LONGEST_NAME + 1), "its name is longer than 40 letters: shorten it"),
        ("LATE", "there is a view “LATE” already: choose another name"),
    ],
)
def test_a_name_that_cannot_be_is_refused(name, sentence):
    with pytest.raises(ViewNameError, match=sentence):
        refuse_name(view(name, view_id="v2"), (view(),))


def test_a_name_is_free_for_the_same_view_and_for_the_other_list():
    refuse_name(view("late"), (view(),))
    refuse_name(view(is_shared=True, view_id="v2"), (view(),))
    refuse_name(view("x" * LONGEST_NAME), ())
