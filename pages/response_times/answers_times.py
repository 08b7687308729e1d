"""How long the tickets of a look waited, fetched once for every figure of the page."""

from dataclasses import dataclass

import pandas as pd

from data.ticket_times import TicketTimes, with_previous
from pages.shared import session
from pages.shared.look import Look, questions


@dataclass(frozen=True, kw_only=True, slots=True)
class Times:
    """What one look at the tickets says of their response times."""

    figures: pd.DataFrame
    by_category: pd.DataFrame
    over_time: pd.DataFrame


@session.cached_large
def _span(look: Look) -> TicketTimes:
    """The waits of every ticket from the beginning of the first day, week or month on, fetched once."""
    return questions().ticket_times(look.span)


@session.cached_large
def shown(look: Look) -> TicketTimes:
    """Those of the period."""
    return _span(look).since(look.selection.since)


@session.cached
def times(look: Look) -> Times:
    """The figures, by category and over time."""
    before = look.selection.before()
    earlier = questions().ticket_times(before).figures() if before else None
    return Times(
        figures=with_previous(shown(look).figures(), earlier),
        by_category=shown(look).figures_by_category(),
        over_time=_span(look).figures_over_time(look.step),
    )
