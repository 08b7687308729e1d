"""One stream from a ticket's messages and events, newest first. Pure: values in, what `timeline.js` draws out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import Any

from data.beside import MergedMessage
from pages.queue.timeline import kinds
from pages.queue.timeline.kinds import EntryKind
from pages.queue.timeline.milestones import Milestone, milestones
from pages.queue.timeline.named import records_of
from pages.shared import formats, refusals, words
from pages.shared.texts import _, label
from workflow.lifecycle import Lifecycles
from workflow.records import Case, Message
from workflow.replay import read
from workflow.satisfaction import HIGHEST
from workflow.tickets import Event
from workflow.vocabulary import EventKind, Role

ALARMS = ("breached", "overdue", "expired", "missed", "auto_approve", "missing", "passed")
_PEOPLE = {Role.SELLER_AGENT, Role.PLATFORM_AGENT}


@dataclass(frozen=True, kw_only=True, slots=True)
class Teller:
    """What it takes to tell a ticket's story: its lifecycles, people's names, the desk's zone and the present."""

    lifecycles: Lifecycles
    names: Mapping[str, str]
    zone: str
    now: datetime

    def who(self, role: Role, person_id: str) -> str:
        """A person's name, or what the role is called."""
        known_elsewhere = person_id if role in _PEOPLE else ""
        return self.names.get(person_id) or known_elsewhere or words.ROLES[role]

    def entries(
        self,
        case: Case,
        events: Sequence[Event],
        merged: Sequence[MergedMessage] = (),
        only: Collection[EntryKind] = (),
    ) -> list[dict[str, Any]]:
        """The stream, of the kinds `only` or of all. An event that carries messages is told with them, once.

        What happened at one instant stands in the order of the log, a message where the event that carries it does.
        `merged` are told with their ticket, what the order's records say with the order.
        """
        events_of_message = {
            message_id: event for event in events for message_id in event.payload.get("message_ids", ())
        }
        told: list[tuple[datetime, float, int, dict[str, Any]]] = []
        for index, message in enumerate(case.messages):
            event = events_of_message.get(message.id)
            told.append((message.sent_at, event.seq if event else inf, index, self._message(message, event)))
        told += [
            (item.message.sent_at, inf, index - len(merged), self._message(item.message, None, item.number))
            for index, item in enumerate(merged)
        ]
        told += [
            (event.occurred_at, event.seq, 0, self._event(event, case))
            for event in events
            if not event.payload.get("message_ids")
        ]
        told += [
            (item.at, 0, index, self._milestone(item))
            for index, item in enumerate(milestones(case, events, self.zone, self.now))
        ]
        newest_first = [entry for *_order, entry in sorted(told, key=lambda item: item[:3], reverse=True)]
        return [entry for entry in newest_first if not only or not set(only).isdisjoint(entry["kinds"])]

    def _times(self, at: datetime) -> dict[str, str]:
        there = formats.local(at, self.zone)
        return {
            "iso": f"{at.isoformat()}Z",
            "when": f"{there:%H:%M}",
            "day": formats.day(at, self.zone, has_year=at.year != self.now.year),
            "exact": formats.instant(at, self.zone),
            "ago": formats.ago(at, self.now),
        }

    def _message(self, message: Message, event: Event | None, from_number: int | None = None) -> dict[str, Any]:
        role = words.ROLES[message.author_role] if message.author_id in self.names else ""
        recorded = self._recorded(event) if event and event.recorded_by != message.author_id else ""
        if recorded and message.author_role in {Role.BUYER, Role.PLATFORM_AGENT}:
            role = f"{role}, {recorded}" if role else recorded
        channel = words.CHANNELS[message.channel] if message.is_public else _("Internal")
        told_in = from_number or (event.payload.get("from_number") if event else None)
        return {
            "is_message": True,
            "kinds": sorted(kinds.of_message(message, event)),
            "look": message.direction,
            "who": self.who(message.author_role, message.author_id),
            "role": role,
            "channel": channel,
            "origin": _("from ticket {number}").format(number=told_in) if told_in else "",
            "text": message.text,
            **self._step(event),
            **self._times(message.sent_at),
        }

    def _step(self, event: Event | None) -> dict[str, str]:
        """The action that carried a message, and the state to which it led."""
        if event is None or not event.is_visit or event.kind is EventKind.OPENED:
            return {"what": "", "to": "", "kind": ""}
        lifecycle = self.lifecycles.version(event.category, event.lifecycle_version)
        state = lifecycle.states[event.to_state]
        what = "" if event.actor_role is Role.BUYER else _(lifecycle.label_of(event.name))
        return {"what": what, "to": label(state.labels, event.to_state), "kind": event.to_kind.value}

    def _milestone(self, milestone: Milestone) -> dict[str, Any]:
        return {
            "is_message": False,
            "kinds": [EntryKind.ORDER],
            "look": "order",
            "what": milestone.what,
            "to": "",
            "kind": "",
            "who": milestone.of,
            "role": "",
            "origin": _("From the order's records"),
            "detail": milestone.detail,
            **self._times(milestone.at),
        }

    def _event(self, event: Event, case: Case) -> dict[str, Any]:
        lifecycle = self.lifecycles.version(event.category, event.lifecycle_version)
        is_moved = event.is_visit and event.from_state != event.to_state
        is_alarm = event.kind is EventKind.TRANSITION and any(word in event.name for word in ALARMS)
        look = "alarm" if is_alarm else "moved" if is_moved else "happened"
        state = lifecycle.states.get(event.to_state)
        what = words.happening(event, lifecycle)
        to = label(state.labels, event.to_state) if state and event.is_visit else ""
        return {
            "is_message": False,
            "kinds": sorted(kinds.of_event(event)),
            "look": look,
            "what": what,
            "to": to if to != what else "",  # an imported step and its state are often one word
            "kind": event.to_kind.value,
            "who": self._by(event),
            "role": self._role(event),
            "origin": "",
            "detail": self._detail(event, case),
            **self._times(event.occurred_at),
        }

    def _by(self, event: Event) -> str:
        if event.actor_role in _PEOPLE:
            return self.who(event.actor_role, event.actor_id)
        is_noted = event.actor_role is Role.SYSTEM_SYNC and event.is_recorded_by_person
        return _("Marketplace") if is_noted else words.ROLES[event.actor_role]

    def _role(self, event: Event) -> str:
        """Beside a name what they are, and who wrote their act down for them."""
        role = words.ROLES[event.actor_role] if event.actor_id in self.names else ""
        return ", ".join(part for part in (role, self._recorded(event)) if part)

    def _recorded(self, event: Event) -> str:
        """Which person wrote down what another did; empty where it was their own act, or a process did it."""
        if not event.is_recorded_by_person:
            return ""
        return _("recorded by {name}").format(name=self.names.get(event.recorded_by, event.recorded_by))

    def _detail(self, event: Event, case: Case) -> str:
        parts = [*self._changed(event), *records_of(event, case)]
        if reference := event.reference:
            parts.append(_("reference {reference}").format(reference=reference))
        if event.payload.get("reason"):
            parts.append(words.reason(event.payload["reason"]))
        if event.kind is EventKind.TIMER_SPENT:
            parts.append(_("came due, but no longer applied"))
        if not event.is_conforming:
            parts.append(_("outside the table"))
        if event.is_visit and event.state_seconds is not None and event.from_state:
            parts.append(_("after {duration}").format(duration=formats.duration(event.state_seconds)))
        return " · ".join(parts)

    def _changed(self, event: Event) -> list[str]:
        """What the event says of the ticket or of what lies beside it, and why."""
        parts: list[str] = []
        changed = event.payload.get("set", {})
        if "assignee_id" in changed:
            assignee = changed["assignee_id"]
            parts.append(_("to {name}").format(name=self.names.get(assignee, assignee)) if assignee else _("to nobody"))
        if other := event.payload.get("other_number"):
            parts.append(_("ticket {number}").format(number=other))
        if owed := event.payload.get("owed"):
            since = formats.short_instant(read(owed[0]), self.zone)
            parts.append(_("its buyer waits for a reply since {moment}").format(moment=since))
        if event.payload.get("why"):
            parts.append(refusals.clocked(event.payload["why"], self.zone))
        if "priority" in changed:
            parts.append(words.PRIORITY_OF[changed["priority"]])
        if "rating" in event.payload:
            parts.append(_("{rating} of {highest}").format(rating=event.payload["rating"], highest=HIGHEST))
        if "tags" in changed:
            parts.append(", ".join(changed["tags"]) or _("no tags"))
        return parts
