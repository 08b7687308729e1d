"""Logs at random: ties, late events, moves between categories, reopenings, and all that the figures ask of an event."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from tests.data.logs import Step, TicketLog

START = datetime(2026, 3, 1)
KINDS = {"new": "open", "asked": "waiting", "checking": "platform", "resolved": "done", "closed": "final"}
PAYLOADS = (
    "{}",
    '{"stops":["decision"]}',
    '{"raises":["auto_approved"],"stops":["decision"]}',
    '{"stops":["auto_approve","reply"]}',
    '{"raises":["auto_approved"],"stops":["auto_approve"]}',
)


@st.composite
def steps(draw):
    """A step at one of few instants, so that ties and repeats are common, in any order of recording."""
    state = draw(st.sampled_from(sorted(KINDS)))
    at = START + timedelta(minutes=draw(st.integers(0, 12)), microseconds=draw(st.sampled_from([0, 0, 0, 1, 333_333])))
    return Step(
        at=at,
        state=state,
        kind=KINDS[state],
        category=draw(st.sampled_from(["parcels", "parcels", "parcels", "returns"])),
        is_public_reply=draw(st.booleans()),
        is_buyer_message=draw(st.booleans()),
        payload=draw(st.sampled_from(PAYLOADS)),
    )


@st.composite
def logs(draw):
    """Tickets of one or more steps; the first in time is always a visit, any other may be a stay."""
    tickets = []
    for number, drawn in enumerate(draw(st.lists(st.lists(steps(), min_size=1, max_size=6), max_size=8)), start=1):
        if draw(st.booleans()):
            drawn.sort(key=lambda step: step.at)
        first = min(drawn, key=lambda step: step.at)
        keeps, is_opened = draw(st.booleans()), draw(st.booleans())
        visits = [step is first or draw(st.booleans()) for step in drawn]
        ratings = [0 if is_visit else draw(st.sampled_from([0, 0, 1, 2, 3, 4, 5])) for is_visit in visits]
        made = [
            Step(
                at=step.at,
                state=step.state,
                kind=step.kind,
                category=first.category if keeps else step.category,
                is_visit=is_visit,
                is_public_reply=step.is_public_reply and not rating,
                is_buyer_message=step.is_buyer_message and not rating,
                is_opening=is_opened and place == 0 and not rating,  # an event is of one kind
                rating=rating,
                payload=step.payload,
            )
            for place, (step, is_visit, rating) in enumerate(zip(drawn, visits, ratings, strict=True))
        ]
        tickets.append(TicketLog(number=number, steps=tuple(made)))
    return tickets
