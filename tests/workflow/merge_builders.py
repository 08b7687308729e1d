"""Tickets that wait for the buyer, and merges of them, hours after the opening."""

from tests.workflow.builders import AGENT, HOUR, NOW


def at(hours):
    return NOW + hours * HOUR


def answered(it, category="logistics_delay", **changes):
    """A ticket opened at 0 and answered at 1 with a question: it is the buyer's turn."""
    ticket = it.open(category, at=at(0), **changes)
    it.act(ticket, "register", at(0))
    return it.act(ticket, "seller_reply", at(1), reply_text="Is it the blue one?")


def merge(it, duplicate, into, hours):
    it.desk.pairs.merge(duplicate.id, into.id, actor=AGENT, now=at(hours))
    return it.now(into)


def undo(it, duplicate, into, hours):
    it.desk.pairs.undo_merge(duplicate.id, into.id, actor=AGENT, now=at(hours))
    return it.now(into)
