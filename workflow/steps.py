"""Several changes of one ticket in one act: a reply that also sets the state, or a macro. All of them, or none.

Owns the steps and their order; each passes the same guards as it would alone. The commit is `desk`'s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from workflow.casework import CaseWork
from workflow.errors import DeskError, StepRefusedError
from workflow.evidence import File, refuse_files_of_notes
from workflow.tickets import EMPTY, Actor
from workflow.vocabulary import EventKind, Priority


@dataclass(frozen=True, kw_only=True, slots=True)
class Do:
    """An action of the lifecycle with its inputs. `is_lead`: it comes first and makes way, uncounted."""

    trigger: str
    inputs: Mapping[str, object] = field(default_factory=lambda: EMPTY)
    is_lead: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Prioritise:
    """Set the priority."""

    priority: Priority


@dataclass(frozen=True, kw_only=True, slots=True)
class Assign:
    """Hand the ticket to an agent; an empty id takes it from everybody. `why` is for the log."""

    assignee_id: str
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AddTags:
    """Add tags to those that the ticket has."""

    tags: tuple[str, ...]


Step: TypeAlias = Do | Prioritise | Assign | AddTags


@dataclass(frozen=True, kw_only=True, slots=True)
class Macro:
    """Changes under a name. `template_id` names a reply to send first, in the buyer's language."""

    id: str
    name: str
    template_id: str = ""
    then: tuple[Step, ...] = ()
    version: int = 0
    is_active: bool = True


def take_steps(work: CaseWork, steps: Sequence[Step], actor: Actor, at: datetime, files: Sequence[File] = ()) -> None:
    """Attach `files` and take `steps` one after the other; a refusal says which of several it was, and none is kept."""
    refuse_files_of_notes(files, [step.inputs for step in steps if isinstance(step, Do)])
    if files:
        work.attach(files, actor, at)
    leads_count = sum(isinstance(step, Do) and step.is_lead for step in steps)
    for place, step in enumerate(steps, start=1 - leads_count):
        try:
            _take(work, step, actor, at)
        except DeskError as error:
            if place <= 1:
                raise
            raise StepRefusedError(place=place, count=len(steps) - leads_count, reason=str(error)) from error


def _take(work: CaseWork, step: Step, actor: Actor, at: datetime) -> None:
    match step:
        case Do(trigger=trigger, inputs=inputs):
            work.act(actor, trigger, inputs, at)
        case Prioritise(priority=priority):
            _set(work, EventKind.PRIORITISED, {"priority": priority.value}, actor, at)
        case Assign(assignee_id=assignee_id, why=why):
            _set(work, EventKind.ASSIGNED, {"assignee_id": assignee_id}, actor, at, why)
        case _:
            _set(work, EventKind.TAGGED, {"tags": sorted({*work.ticket.tags, *step.tags})}, actor, at)


def _set(  # noqa: PLR0913, PLR0917 - one change has this many parts
    work: CaseWork, kind: EventKind, values: Mapping[str, object], actor: Actor, at: datetime, why: str = ""
) -> None:
    """Write what changes; what is so already leaves no trace."""
    present = {"priority": work.ticket.priority, "assignee_id": work.ticket.assignee_id, "tags": [*work.ticket.tags]}
    if any(present[name] != value for name, value in values.items()):
        work.write(work.note(kind, kind.value, actor, at, {"set": dict(values), **({"why": why} if why else {})}))
