"""How content the buyer is after a resolution: a rating from 1 to 5 and a comment. The newest one counts."""

from collections.abc import Iterable
from datetime import datetime

from workflow.casework import CaseWork
from workflow.reasons import Reason
from workflow.records import Message
from workflow.refusals import refused
from workflow.tickets import Actor, Event
from workflow.vocabulary import EventKind, Role

LOWEST, HIGHEST = 1, 5
COMMENT_LONGEST = 2_000


def rate(  # noqa: PLR0913, PLR0917 - one act has this many parts
    work: CaseWork, rating: int, comment: str, message_id: str, actor: Actor, at: datetime
) -> None:
    """Write the rating into the log of a resolved ticket; the comment becomes a message that only the desk sees.

    It is no contact: no clock starts, and nothing waits for an answer to it.
    """
    if isinstance(rating, bool) or not LOWEST <= rating <= HIGHEST:
        raise refused(work.ticket.number, "Rate", Reason("no_rating"))
    if not work.ticket.state_kind.is_settled:
        raise refused(work.ticket.number, "Rate", Reason("not_resolved"))
    text = comment.strip()
    if len(text) > COMMENT_LONGEST:
        reason = Reason("comment_too_long", {"count": len(text), "longest": COMMENT_LONGEST})
        raise refused(work.ticket.number, "Rate", reason)
    payload: dict[str, object] = {"rating": rating}
    if text:
        payload["message_ids"] = [message_id]
    work.write(work.note(EventKind.RATED, "rate", actor, at, payload))
    if text:
        work.say(
            Message(
                id=message_id,
                ticket_id=work.ticket.id,
                author_role=Role.BUYER,
                author_id=work.ticket.buyer_key,
                channel=work.ticket.channel,
                is_public=False,
                text=text,
                sent_at=at,
                recorded_at=work.now,
            )
        )


def newest_rating(events: Iterable[Event]) -> int | None:
    """The rating that counts, the newest by its own time; None where the buyer never rated."""
    rated = [event for event in events if event.kind is EventKind.RATED]
    newest = max(rated, key=lambda event: (event.occurred_at, event.seq), default=None)
    return newest.payload["rating"] if newest else None
