"""Where an action begins: one that the composer writes, in its box; any other in its form, or at once."""

from collections.abc import Sequence

from pages.queue import acting, drawers
from pages.queue.composer import sending, ways
from pages.queue.sheet import Sheet
from pages.shared import session
from workflow.vocabulary import Role


def begin(sheet: Sheet, role: Role, triggers: Sequence[str]) -> None:
    """Begin one of `triggers`: a reply that needs nothing else is written where the buyer's words are in sight."""
    if role is Role.SELLER_AGENT and _is_written(sheet, triggers):
        drawers.put_away()
        session.remember(sending.mode_key(sheet), ways.REPLY)
        sending.call()
        return
    acting.ask(sheet, role, triggers)


def _is_written(sheet: Sheet, triggers: Sequence[str]) -> bool:
    """Whether what may be done of `triggers` is just what the box would send: that action, with none before it."""
    offers = [sheet.offer(Role.SELLER_AGENT, trigger) for trigger in triggers]
    allowed = [offer for offer in offers if offer and offer.is_allowed]
    is_sent = len(allowed) == 1 and ways.way(sheet, ways.REPLY) == ways.Way(offer=allowed[0])
    return is_sent and not allowed[0].advice
