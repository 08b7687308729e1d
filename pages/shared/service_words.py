"""What service levels are called on the screen: targets, where they stand, and why time counted or did not."""

from collections.abc import Iterable
from datetime import datetime

from pages.shared import access, formats
from pages.shared.texts import _
from workflow.service.judging import Judged, Status
from workflow.service.ledger import Line, Why
from workflow.service.policies import MARKETPLACE, TargetKind

TARGETS = {
    TargetKind.FIRST_REPLY: _("First reply"),
    TargetKind.NEXT_REPLY: _("Next reply"),
    TargetKind.TIME_IN_STATE: _("Time in state"),
    TargetKind.REQUESTER_WAIT: _("Buyer's wait"),
    TargetKind.FULL_RESOLUTION: _("Full resolution"),
}
OWED = {  # within a sentence
    TargetKind.FIRST_REPLY: _("first reply"),
    TargetKind.NEXT_REPLY: _("next reply"),
    TargetKind.TIME_IN_STATE: _("next step"),
    TargetKind.REQUESTER_WAIT: _("buyer's wait"),
    TargetKind.FULL_RESOLUTION: _("resolution"),
}
WHYS = {
    Why.COUNTED: _("Counted"),
    Why.BUYER_WROTE: _("Counted: the buyer has written"),
    Why.CLOSED_HOURS: _("Outside working hours"),
    Why.HOLIDAY: _("Holiday"),
    Why.BREAK: _("Break"),
    Why.PAUSED: _("Paused in this state"),
    Why.OTHER_PARTY: _("Paused: not our turn"),
    Why.SETTLED: _("Paused: resolved"),
}


def target(kind: str, state: str = "") -> str:
    """What a target is called; a time in state with the state's name, where it is known."""
    name = TARGETS[TargetKind(kind)]
    return f"{name}: {state}" if state else name


def owed(kind: str) -> str:
    """What a target waits for, as a word within a sentence."""
    return OWED[TargetKind(kind)]


def key(kind: str, turn: int) -> str:
    """How the address names a target of a ticket: `next_reply-2`."""
    return f"{kind}-{turn}"


def clock(calendar_id: str) -> str:
    """On which clock a target runs: the newest name of its calendar."""
    if calendar_id == MARKETPLACE:
        return _("every hour counts")
    held = access.rules().clocks.get(calendar_id)
    return held.versions[-1].calendar.name if held else calendar_id


def clocks(calendar_ids: Iterable[str]) -> list[str]:
    """The same of many."""
    wanted = list(calendar_ids)
    names = {calendar_id: clock(calendar_id) for calendar_id in set(wanted)}
    return [names[calendar_id] for calendar_id in wanted]


def policy(judged: Judged) -> str:
    """The policy that makes the promise, with its version."""
    promised = judged.promise.policy
    return _("{policy}, version {version}").format(policy=promised.name or promised.id, version=judged.version)


def standing(judged: Judged, now: datetime) -> str:
    """Where a target stands: `met`, `missed by 2 h 5 min`, `due in 3 h`."""
    match judged.status:
        case Status.MET:
            return _("met")
        case Status.MISSED:
            text = missed(judged.late.total_seconds())
            return text if judged.ended_at else _("{missed}, goes on").format(missed=text)
        case Status.RUNNING if judged.due_at is not None:
            return _("due {when}").format(when=formats.until(judged.due_at, now))
        case Status.ENDED_OTHERWISE:
            return _("ended without it")
        case _:
            left = formats.duration((judged.promise.target.budget - judged.counted).total_seconds())
            return _("paused, {left} left").format(left=left)


def missed(late_seconds: float) -> str:
    """By how much a target was missed in its own clock, which may have stood still from the deadline on."""
    if late_seconds < formats.MINUTE:
        return _("missed by under a minute of its clock")
    return _("missed by {late}").format(late=formats.duration(late_seconds))


def uncounted(judged: Judged, now: datetime) -> str:
    """What its own clock has left out since the deadline of a target that goes on; nothing where it has not stood."""
    if judged.ended_at or judged.due_at is None or judged.due_at > now:
        return ""
    if abs((now - judged.due_at - judged.late).total_seconds()) < formats.MINUTE:
        return ""
    if judged.promise.target.calendar_id == MARKETPLACE:
        return _("pauses not counted")
    return _("closed hours and pauses not counted")


def late_by(seconds: float, *, parts: int = 1) -> str:
    """How long a target that goes on is overdue by the wall clock: list and head of the ticket say it in one way."""
    return _("{length} late").format(length=formats.duration(max(seconds, formats.MINUTE), parts=parts))


def late_in_all(judged: Judged, now: datetime) -> str:
    """`pauses not counted; 6 h late in all`, beside what was counted; nothing where that is the same."""
    left_out = uncounted(judged, now)
    if judged.due_at is None or not left_out:
        return ""
    late = late_by((now - judged.due_at).total_seconds(), parts=2)
    return _("{left_out}; {late} in all").format(left_out=left_out, late=late)


def why(line: Line) -> str:
    """Why an interval counted, or why not, with the name of the holiday or break."""
    return f"{WHYS[line.why]}: {line.name}" if line.name else WHYS[line.why]
