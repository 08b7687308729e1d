"""Saved views of the queue: what one is, and who may change it. Where they are kept is the data's."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflow.errors import DeskError

LONGEST_NAME = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Viewer:
    """Who looks at the queue; a manager looks after what all share."""

    id: str
    is_manager: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedView:
    """Conditions of the queue under a name, the owner's own or shared with everybody."""

    id: str
    owner_id: str
    name: str
    is_shared: bool
    conditions: Mapping[str, str]


class ViewNameError(DeskError):
    """A saved view needs a short name that its list does not have yet."""

    def __init__(self, *, name: str, reason: str) -> None:
        self.name = name
        super().__init__(f"The view was not saved: {reason}.")


class ViewForbiddenError(DeskError):
    """A saved view is somebody else's, or shared and the viewer is no manager."""

    def __init__(self, *, name: str, is_shared: bool) -> None:
        self.name = name
        why = "only a manager changes what everybody sees" if is_shared else "it belongs to somebody else"
        super().__init__(f"The view “{name}” stays as it is: {why}. Save your own view instead.")


def refuse_change(view: SavedView, viewer: Viewer) -> None:
    """Raise `ViewForbiddenError` unless `viewer` may save or delete `view`."""
    is_allowed = viewer.is_manager if view.is_shared else view.owner_id == viewer.id
    if not is_allowed:
        raise ViewForbiddenError(name=view.name, is_shared=view.is_shared)


def refuse_name(view: SavedView, others: tuple[SavedView, ...]) -> None:
    """Raise `ViewNameError` where the name is empty, too long, or one of `others` in the same list."""
    if not view.name.strip():
        raise ViewNameError(name=view.name, reason="it has no name: give it one")
    if len(view.name) > LONGEST_NAME:
        raise ViewNameError(name=view.name, reason=f"its name is longer than {LONGEST_NAME} letters: shorten it")
    is_taken = any(
        other.id != view.id and other.is_shared == view.is_shared and other.name.casefold() == view.name.casefold()
        for other in others
    )
    if is_taken:
        raise ViewNameError(name=view.name, reason=f"there is a view “{view.name}” already: choose another name")
