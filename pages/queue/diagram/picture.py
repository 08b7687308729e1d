"""What the diagram of one ticket shows: visited, current and allowed states, with times and arrows. Pure values."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pages.queue.diagram.layout import Arrow, Layout, arrange
from pages.queue.diagram.routes import BOX_HEIGHT, BOX_WIDTH, Grid, boxes
from pages.shared import words
from pages.shared.formats import duration
from pages.shared.texts import _, label
from workflow.lifecycle import Lifecycle
from workflow.reasons import sentence
from workflow.rules import ActionOffer
from workflow.tickets import Event, Ticket
from workflow.vocabulary import StateKind

LINE_LENGTH = 16
MAX_VISITED_OBSERVED = 24


def picture(
    lifecycle: Lifecycle, ticket: Ticket, events: Sequence[Event], offers: Sequence[ActionOffer], now: datetime
) -> dict[str, Any]:
    """Everything that `diagram.js` draws; no text in it was typed by a person."""
    path = _path(events)
    seconds = _seconds_in_states(events, ticket, now)
    next_by_state = _leading(ticket, [offer for offer in offers if offer.is_allowed])
    refused_by_state = _leading(ticket, [offer for offer in offers if not offer.is_allowed])
    layout = _observed_layout(lifecycle, ticket, path) if lifecycle.is_observed else _declared_layout(lifecycle)
    grid = Grid(layout=layout)
    corners = boxes(grid)
    allowed = [(ticket.state, state) for state in next_by_state if state in layout.spots]
    walked = [arrow for arrow in dict.fromkeys(path) if arrow[0] in layout.spots and arrow[1] in layout.spots]
    return {
        "title": _("States of ticket {number}").format(number=ticket.number),
        "width": grid.width,
        "height": grid.height,
        "box": [BOX_WIDTH, BOX_HEIGHT],
        "states": [
            _refused(_state(name, lifecycle, ticket, seconds, next_by_state), refused_by_state.get(name, ()))
            | {"x": corners[name][0], "y": corners[name][1]}
            for name in layout.spots
        ],
        "arrows": [{"path": grid.route(*arrow, shift=-4), "kind": "walked", "to": arrow[1]} for arrow in walked]
        + [{"path": grid.route(*arrow, shift=4), "kind": "next", "to": arrow[1]} for arrow in allowed],
    }


def _state(
    name: str,
    lifecycle: Lifecycle,
    ticket: Ticket,
    seconds: Mapping[str, float],
    next_by_state: Mapping[str, Sequence[ActionOffer]],
) -> dict[str, Any]:
    title = label(lifecycle.states[name].labels, name)
    offers = next_by_state.get(name, ())
    if name == ticket.state:
        look, note = "current", _so_far(seconds.get(name, 0), ticket)
    elif offers:
        look, note = "next", _actions(offers)
    elif name in seconds:
        look, note = "visited", duration(seconds[name])
    else:
        look, note = "idle", ""
    spoken = {
        "current": _("{state}: the ticket is here, {note}") if note else _("{state}: the ticket ended here"),
        "next": _("{state}: {note}"),
        "visited": _("{state}: was here for {note}"),
        "idle": _("{state}: not visited"),
    }[look].format(state=title, note=note)
    is_visited = name in seconds and name != ticket.state
    return {"name": name, "lines": lines(title), "look": look, "note": note, "spoken": spoken, "was": is_visited}


def _refused(state: dict[str, Any], offers: Sequence[ActionOffer]) -> dict[str, Any]:
    """The state with a sentence for each action that would lead there but is not possible now; none if one is."""
    if state["look"] == "next":
        return state | {"why": []}
    why = [
        _("{action} is not possible now. {reason}").format(
            action=_(offer.label), reason=words.capital(sentence(offer.reason))
        )
        for offer in offers
        if offer.reason
    ]
    note = state["note"] or (_("not now") if why else "")
    return state | {"note": note, "why": why, "spoken": ". ".join((state["spoken"], *why))}


def _so_far(seconds: float, ticket: Ticket) -> str:
    """How long the ticket has been here; where it ended, the time since says nothing."""
    return "" if ticket.state_kind is StateKind.FINAL else _("{duration} so far").format(duration=duration(seconds))


def _actions(offers: Sequence[ActionOffer]) -> str:
    first = _(offers[0].label)
    more = len(offers) - 1
    return f"{_cut(first, LINE_LENGTH + 2 if not more else LINE_LENGTH - 2)}{f' +{more}' if more else ''}"


def _leading(ticket: Ticket, offers: Sequence[ActionOffer]) -> dict[str, list[ActionOffer]]:
    """The offers by the states to which they lead."""
    by_state: dict[str, list[ActionOffer]] = defaultdict(list)
    for offer in offers:
        for state in offer.to_states:
            if state != ticket.state:
                by_state[state].append(offer)
    return dict(by_state)


def _path(events: Sequence[Event]) -> list[Arrow]:
    return [
        (event.from_state, event.to_state)
        for event in events
        if event.is_visit and event.from_state and event.from_state != event.to_state
    ]


def _seconds_in_states(events: Sequence[Event], ticket: Ticket, now: datetime) -> dict[str, float]:
    """The time in each state that the ticket has been in; the running visit counts until `now`."""
    seconds: dict[str, float] = defaultdict(float)
    for event in events:
        if event.is_visit and event.from_state:
            seconds[event.from_state] += event.state_seconds or 0
    seconds[ticket.state] += max(0.0, (now - ticket.state_entered_at).total_seconds())
    return dict(seconds)


def _declared_layout(lifecycle: Lifecycle) -> Layout:
    kinds = {name: state.kind for name, state in lifecycle.states.items()}
    arrows = [(row.from_state, row.to_state) for row in lifecycle.transitions]
    return arrange(kinds, arrows, lifecycle.initial)


def _observed_layout(lifecycle: Lifecycle, ticket: Ticket, path: Sequence[Arrow]) -> Layout:
    seen = list(dict.fromkeys([state for arrow in path for state in arrow] or [ticket.state]))
    kept = [*seen[:MAX_VISITED_OBSERVED], *([ticket.state] if ticket.state not in seen[:MAX_VISITED_OBSERVED] else [])]
    return arrange({name: lifecycle.states[name].kind for name in kept}, path, kept[0])


def lines(text: str) -> list[str]:
    """A state's name on one or two lines; a Chinese character is as wide as two letters."""
    if _width(text) <= LINE_LENGTH:
        return [text]
    words = text.split(" ")
    for count in range(len(words) - 1, 0, -1):
        first = " ".join(words[:count])
        if _width(first) <= LINE_LENGTH:
            return [first, _cut(" ".join(words[count:]), LINE_LENGTH)]
    half = LINE_LENGTH // 2 if len(words) == 1 and _width(text) > len(text) else LINE_LENGTH
    return [text[:half], _cut(text[half:], LINE_LENGTH)]


def _cut(text: str, width: int) -> str:
    kept = ""
    for letter in text:
        if _width(kept + letter) > width:
            return f"{kept.rstrip()[: width - 1]}…"
        kept += letter
    return kept


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)  # noqa: PLR2004 - CJK begins there
