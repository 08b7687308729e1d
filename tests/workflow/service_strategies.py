"""Made-up logs and promises with everything that service levels look at."""

from datetime import timedelta

from hypothesis import strategies as st

from tests.workflow.service_builders import BEGIN, HOUR, STATES, birth, event
from workflow.service.policies import Reopening, ServicePolicy, Target, TargetKind
from workflow.tickets import Event
from workflow.vocabulary import Ball, EventKind

_FLIP = st.booleans()
_WHATS = ("visit", "visit", "message", "reply", "note", "priority", "assigned", "category", "merged")
_TAKEN_IN = ("took_in", "let_go")  # what a ticket owes of another one moves it, and back


@st.composite
def random_logs(draw) -> list[list[Event]]:
    return [draw(random_log(number)) for number in range(1, draw(st.integers(1, 3)) + 1)]


@st.composite
def random_log(draw, number: int) -> list[Event]:
    gaps = st.sampled_from([0, 1, 3_600 * 10**6, 5 * 3_600 * 10**6, 26 * 3_600 * 10**6, 70 * 3_600 * 10**6 + 7])
    at = BEGIN + timedelta(microseconds=draw(gaps))
    kind = draw(st.sampled_from([EventKind.OPENED, EventKind.OBSERVED]))
    start = draw(st.sampled_from(["new", "asked", "done"]))
    priority = draw(st.sampled_from(["normal", "urgent"]))
    told = {"scheme": draw(st.sampled_from(["", "FBS", "FBO"]))} if kind is EventKind.OPENED and draw(_FLIP) else {}
    log = [birth(number, at, start, kind=kind, priority=priority, is_buyer_message=draw(_FLIP), **told)]
    state, category, priorities = start, "parcels", ["low", "normal", "urgent"]
    for seq in range(2, draw(st.integers(2, 12))):
        is_late = draw(st.integers(0, 9)) == 0
        when = at - timedelta(hours=3) if is_late and seq > 2 and at - timedelta(hours=3) > log[0].occurred_at else at
        what = draw(st.sampled_from(_WHATS + _TAKEN_IN))
        common = {"category": category}
        if what == "visit":
            state = draw(st.sampled_from(sorted(STATES)))
            common |= {"is_public_reply": draw(st.booleans()), "is_buyer_message": draw(st.booleans())}
        elif what == "merged":
            state = "gone"
            common |= {"kind": EventKind.MERGED}
        elif what in _TAKEN_IN:
            state = draw(st.sampled_from(["new", "asked"]))
            common |= {"kind": EventKind.MERGED if what == "took_in" else EventKind.UNMERGED}
        elif what == "category":
            category, state = draw(st.sampled_from(["parcels", "returns"])), "new"
            common = {"category": category, "kind": EventKind.CATEGORISED}
        else:
            sets = {"priority": draw(st.sampled_from(priorities))} if what == "priority" else {"assignee_id": "ben"}
            kinds = {"priority": EventKind.PRIORITISED, "assigned": EventKind.ASSIGNED}
            common |= {
                "is_visit": False,
                "is_buyer_message": what == "message",
                "is_public_reply": what == "reply",
                "kind": kinds.get(what, EventKind.TRANSITION),
                "payload": {"set": sets} if what in kinds else {},
            }
        log.append(event(number, seq, when, state, **common))
        at += timedelta(microseconds=draw(gaps))
    return log


targets = st.builds(
    lambda kind, hours, calendar, pauses, balls, reopening: Target(
        kind=kind,
        budget=hours * HOUR,
        calendar_id=calendar,
        states=("new", "asked") if kind is TargetKind.TIME_IN_STATE else (),
        pause_states=pauses,
        pause_balls=balls,
        on_reopen=reopening,
    ),
    st.sampled_from(list(TargetKind)),
    st.sampled_from([1, 5, 24, 90]),
    st.sampled_from(["", "office"]),
    st.sampled_from([frozenset(), frozenset({"carrier"}), frozenset({"asked", "never_seen"})]),
    st.sampled_from([frozenset(), frozenset({Ball.BUYER}), frozenset({Ball.CARRIER, Ball.PLATFORM})]),
    st.sampled_from(list(Reopening)),
)
conditions = st.sampled_from(
    [
        {},
        {"priority": ("urgent",)},
        {"category": ("returns",)},
        {"seller": ("s-1",), "channel": ("email",)},
        {"scheme": ("FBS",)},
    ]
)


@st.composite
def policies(draw):
    count = draw(st.integers(0, 3))
    return tuple(
        ServicePolicy(
            id=f"policy-{place}",
            name="",
            when=draw(conditions),
            targets=tuple({t.kind: t for t in draw(st.lists(targets, max_size=5))}.values()),
        )
        for place in range(count)
    )
