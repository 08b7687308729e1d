"""What no table has to say: who may act at all, for which buyer, and at which moment. Each refusal is a sentence."""

from datetime import datetime

from workflow.errors import ActionNotAllowedError, PostingChangedError, PostingNotFoundError, RoleNotAllowedError
from workflow.reasons import Reason, sentence
from workflow.records import Posting
from workflow.tickets import Actor, Ticket
from workflow.vocabulary import Role


def refuse_moment(ticket: Ticket, at: datetime, now: datetime) -> None:
    """Nothing happens before the ticket was opened, and nothing after now."""
    if at > now:
        raise refused(ticket.number, "Record the past", Reason("in_future"))
    if at < ticket.opened_at:
        opened_at = f"{ticket.opened_at:%Y-%m-%d %H:%M} UTC"
        raise refused(ticket.number, "Record the past", Reason("before_opening", {"opened_at": opened_at}))


def refuse_stranger(ticket: Ticket, actor: Actor) -> None:
    """A buyer never signs in: somebody records their act, and only on a ticket of theirs.

    Nor does a person act as the marketplace: they mirror its state, or note its parcel, and each asks what shows it.
    """
    if actor.role is Role.SYSTEM_SYNC and actor.is_recorded_for_another:
        raise RoleNotAllowedError(role=actor.role.value)
    if actor.role is Role.BUYER:
        if not actor.recorded_by:
            raise RoleNotAllowedError(role=actor.role.value)
        if ticket.buyer_key and actor.id != ticket.buyer_key:
            raise refused(ticket.number, "Record the buyer's act", Reason("other_buyer"))


def refuse_changed(seen: Posting | None, present: Posting | None) -> None:
    """Whoever `seen` a parcel does not write over what became of it meanwhile; None saw nothing and says what is so."""
    if seen is None or seen == present:
        return
    if present is None:
        raise PostingNotFoundError(number=seen.number)
    raise PostingChangedError(number=seen.number, status=present.status)


def refused(number: int, action: str, reason: Reason) -> ActionNotAllowedError:
    """The error for a reason; `number` 0 is a ticket that is not there yet."""
    return ActionNotAllowedError(number=number, action=action, reason_code=reason.code, reason=sentence(reason))


def require_role(actor: Actor, roles: set[Role]) -> None:
    """Roles are checked where the work happens: a page may be wrong, the desk may not."""
    if actor.role not in roles:
        raise RoleNotAllowedError(role=actor.role.value)
