"""Logs, promises and judgements of service levels with valid defaults; a step of a log is one short line."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from tests.workflow.calendar_builders import at, business
from workflow.business_time import BusinessTime, CalendarVersion
from workflow.calendars import Calendar, Holiday, week
from workflow.service.history import Subject, steps_of
from workflow.service.judging import Judged, judge
from workflow.service.ledger import Line, ledger
from workflow.service.policies import PolicyVersion, ServiceBook, ServicePolicy, Target, TargetKind
from workflow.tickets import Event
from workflow.vocabulary import Ball, EventKind, Role, StateKind

BEGIN = datetime(2026, 3, 2, 6)
HOUR = timedelta(hours=1)
EIGHT_HOURS = 8 * HOUR
STATES = {
    "new": (StateKind.OPEN, Ball.SELLER),
    "asked": (StateKind.WAITING, Ball.BUYER),
    "carrier": (StateKind.WAITING, Ball.CARRIER),
    "disputed": (StateKind.PLATFORM, Ball.PLATFORM),
    "done": (StateKind.DONE, Ball.NOBODY),
    "gone": (StateKind.FINAL, Ball.NOBODY),
}
OFFICE = Calendar(
    id="office",
    name="Office",
    time_zone="Europe/Berlin",
    weekly=week(
        mon=[("09:00", "12:00"), ("13:00", "17:00")],
        tue=[("09:00", "17:00")],
        wed=[("22:00", "06:00")],
        fri=[("09:00", "17:00")],
    ),
    holidays=(Holiday(on=datetime(2026, 3, 9).date(), name="A day off"),),
)
LATER = Calendar(
    id="office", name="Office", time_zone="UTC", weekly=week(mon=[("08:00", "20:00")], sat=[("08:00", "12:00")])
)
CLOCKS = {
    "office": BusinessTime(
        (
            CalendarVersion(version=1, valid_from=BEGIN, calendar=OFFICE),
            CalendarVersion(version=2, valid_from=datetime(2026, 3, 10, 11), calendar=LATER),
        )
    )
}
MUCH_LATER = "2027-06-01 00:00"


def ticket_id(number: int) -> str:
    return str(UUID(int=number))


def event(number: int, seq: int, at: datetime, state: str, **changes) -> Event:
    kind, ball = STATES[state]
    values = {
        "ticket_id": ticket_id(number),
        "seq": seq,
        "kind": EventKind.TRANSITION,
        "name": "step",
        "category": "parcels",
        "lifecycle_version": 1,
        "from_state": "",
        "from_kind": None,
        "to_state": state,
        "to_kind": kind,
        "to_ball": ball,
        "actor_role": Role.SELLER_AGENT,
        "actor_id": "anna",
        "recorded_by": "anna",
        "occurred_at": at,
        "recorded_at": at,
        "is_visit": True,
    }
    return Event(**(values | changes))


def birth(number: int, at: datetime, state: str = "new", *, kind: EventKind = EventKind.OPENED, **changes) -> Event:
    ticket = {
        "number": number,
        "channel": changes.pop("channel", "email"),
        "language": "en",
        "priority": changes.pop("priority", "normal"),
        "seller_id": changes.pop("seller", "s-1"),
        "assignee_id": changes.pop("assignee", ""),
    }
    told = {"scheme": changes.pop("scheme")} if "scheme" in changes else {}
    return event(number, 1, at, state, kind=kind, payload={"ticket": ticket, **told}, **changes)


# --- a log, one line a step ------------------------------------------------------------------------------------------


class Log:
    """A ticket's log that is written step by step; what moves nothing stays in the state before."""

    def __init__(self, text: str = "2026-01-05 09:00", state: str = "new", *, number: int = 1, **changes) -> None:
        """Opened by the buyer's message unless `is_buyer_message` is false."""
        self._number = number
        self.events = [birth(number, at(text), state, **{"is_buyer_message": True} | changes)]

    def step(self, text: str, state: str = "", **changes) -> "Log":
        """Any event; with a `state` it leads there."""
        last = self.events[-1]
        given = {"is_visit": bool(state), "category": last.category} | changes
        self.events.append(
            event(self._number, len(self.events) + 1, at(text), state or last.to_state, **given),
        )
        return self

    def reply(self, text: str, state: str = "") -> "Log":
        return self.step(text, state, is_public_reply=True)

    def asks(self, text: str) -> "Log":
        """Our question: a public reply after which the buyer must act."""
        return self.reply(text, "asked")

    def writes(self, text: str, state: str = "") -> "Log":
        """The buyer does."""
        return self.step(text, state, is_buyer_message=True, actor_role=Role.BUYER)

    def resolves(self, text: str) -> "Log":
        """Without a word to the buyer."""
        return self.step(text, "done")

    def merges(self, text: str) -> "Log":
        """As merging into another ticket is: closed for good, which the log calls a merging."""
        return self.step(text, "gone", kind=EventKind.MERGED)

    def note(self, text: str) -> "Log":
        return self.step(text, name="add_note")

    def priority(self, text: str, value: str) -> "Log":
        return self.step(text, kind=EventKind.PRIORITISED, payload={"set": {"priority": value}})

    def assigns(self, text: str, agent_id: str) -> "Log":
        return self.step(text, kind=EventKind.ASSIGNED, payload={"set": {"assignee_id": agent_id}})

    def category(self, text: str, value: str) -> "Log":
        """As a change of category is: into the first state of the other lifecycle."""
        return self.step(text, "new", kind=EventKind.CATEGORISED, category=value)


# --- a promise and its judgement -------------------------------------------------------------------------------------


def target(kind: TargetKind = TargetKind.FIRST_REPLY, budget: timedelta = EIGHT_HOURS, **changes) -> Target:
    """A first reply within eight hours of `business()`: Monday to Friday 09:00 to 17:00 UTC."""
    return Target(kind=kind, budget=budget, **{"calendar_id": "office"} | changes)


def policy(*targets: Target, name: str = "everyone", **when: tuple[str, ...]) -> ServicePolicy:
    return ServicePolicy(id=name, name=name, targets=targets, when=when)


def book(*policies: ServicePolicy) -> ServiceBook:
    """One version that holds for ever."""
    return ServiceBook((PolicyVersion(version=1, valid_from=at("2020-01-01"), policies=policies),))


def subject_of(log: Log, *, merged_at: datetime | None = None, **changes) -> Subject:
    """The log's subject; `merged_at` makes it a duplicate from then on."""
    changes |= {"merge_times": (merged_at,)} if merged_at else {}
    made = log.events[0].payload["ticket"]
    values = {"channel": made["channel"], "seller": made["seller_id"], "language": made["language"]}
    return Subject(**values | {"priority": made["priority"], "assignee": made["assignee_id"]} | changes)


def judged(
    log: Log, promised: Target | ServiceBook, *, clock: BusinessTime | None = None, now: str = MUCH_LATER, **changes
) -> Sequence[Judged]:
    """Every target of the log as of `now`. `changes` are of the ticket's subject."""
    subject = subject_of(log, **changes)
    rules = promised if isinstance(promised, ServiceBook) else book(policy(promised))
    return judge(steps_of(log.events, subject, at(now)), subject, rules, {"office": clock or business()}, at(now))


def only(log: Log, promised: Target | ServiceBook, **more) -> Judged:
    """The one target of the log."""
    (found,) = judged(log, promised, **more)
    return found


def lines(log: Log, promised: Target, *, clock: BusinessTime | None = None, now: str = MUCH_LATER) -> Sequence[Line]:
    """The ledger of the one target of the log."""
    steps = steps_of(log.events, subject_of(log), at(now))
    return ledger(only(log, promised, clock=clock, now=now), steps, {"office": clock or business()})
