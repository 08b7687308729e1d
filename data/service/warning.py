"""Acts on the warnings of service targets that are due: each once, in one transaction with what it does."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from data.case_files import rows_of
from data.commits import run
from data.database import Database
from data.notices.telling import tell_of_warning
from data.rows import Row
from workflow.desk import Desk
from workflow.errors import DeskError
from workflow.service.policies import WarningEffect
from workflow.tickets import Actor
from workflow.vocabulary import Priority, Role

POLICY = Actor(role=Role.SELLER_AGENT, id="service_policy")
MOST = 500  # a tick; the rest comes with the next one
_RANK = {priority: rank for rank, priority in enumerate(Priority)}


def act_on_warnings(database: Database, desk: Desk, now: datetime) -> int:
    """Do what the due warnings of running targets say, one change a ticket; how many were acted on.

    A warning that cannot be done (the lifecycle refuses the trigger) is not tried again: why is kept beside it. The
    history of imported tickets warns nobody, and neither does what fell due before its policy was published.
    """
    with database.reading() as cursor:
        due = rows_of(cursor, "service/due_warnings", {"now": now, "row_limit": MOST})
    changed, acted = set[str](), 0
    for warning in due:
        if warning["ticket_id"] in changed:
            continue  # what the one before it did may have ended the target: the next tick judges anew
        _act(database, desk, warning, now)
        acted += 1
        if WarningEffect(warning["effect"]) is not WarningEffect.NOTIFY:
            changed.add(warning["ticket_id"])
    return acted


def _act(database: Database, desk: Desk, warning: Row, now: datetime) -> None:
    entry = {name: value for name, value in warning.items() if name != "argument"} | {"fired_at": now}
    effect = _EFFECTS[WarningEffect(warning["effect"])]
    try:
        with database.writing() as cursor:
            run(cursor, "service/insert_warning", entry | {"outcome": ""})
            effect(desk, warning["ticket_id"], warning["argument"], now)
            if warning["effect"] == WarningEffect.NOTIFY:
                tell_of_warning(cursor, warning, now)
    except DeskError as error:  # what was done of it is undone: the reason is kept instead
        with database.writing() as cursor:
            run(cursor, "service/insert_warning", entry | {"outcome": str(error)})


def _raise_priority(desk: Desk, ticket_id: str, argument: str, now: datetime) -> None:
    """A ticket that is as urgent already stays as it is."""
    wanted = Priority(argument)
    if _RANK[desk.case(ticket_id).ticket.priority] < _RANK[wanted]:
        desk.prioritise(ticket_id, wanted, actor=POLICY, now=now)


def _reassign(desk: Desk, ticket_id: str, argument: str, now: datetime) -> None:
    if desk.case(ticket_id).ticket.assignee_id != argument:
        desk.assign(ticket_id, argument, actor=POLICY, now=now)


def _fire(desk: Desk, ticket_id: str, argument: str, now: datetime) -> None:
    desk.act(ticket_id, argument, actor=POLICY, now=now)


def _note(desk: Desk, ticket_id: str, argument: str, now: datetime) -> None:
    desk.act(ticket_id, "add_note", actor=POLICY, now=now, inputs={"note_text": argument})


def _notify(_desk: Desk, _ticket_id: str, _argument: str, _now: datetime) -> None:
    """Nothing on the ticket changes: whoever has it is told."""


_EFFECTS: dict[WarningEffect, Callable[[Desk, str, str, datetime], Any]] = {
    WarningEffect.NOTIFY: _notify,
    WarningEffect.RAISE_PRIORITY: _raise_priority,
    WarningEffect.REASSIGN: _reassign,
    WarningEffect.TRIGGER: _fire,
    WarningEffect.NOTE: _note,
}
