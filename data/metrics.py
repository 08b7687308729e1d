"""Every number of the desk, one method a question: the definitions are headings of DECISIONS.md, the SQL is in `sql/`.

Methods return data frames; each docstring names the columns. Durations are seconds, instants naive UTC. An empty desk
gives no rows, or counts of 0 without durations. Leaves drawing to the pages and the log to the store.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from data.database import Database
from data.keeping import shorten
from data.lifecycle_shelf import breach_clocks
from data.searching import refresh_words
from data.selection import QueueFilter, QueueSort, QueueView, Selection, Step
from data.service.kept import judged_up_to
from data.statements import asked_of, parsed, statement
from data.ticket_times import TicketTimes, with_previous
from workflow.tickets import EMPTY, EVERYTHING, Scope

_NO_LIMIT = 2**31


class Metrics:
    """Answers questions about the desk in `database`. Holds nothing but the way there: safe to share by threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- the desk and what can be chosen ---------------------------------------------------------------------------

    def desk_summary(self, scope: Scope = EVERYTHING) -> pd.DataFrame:
        """The desk as it is, in one row.

        tickets_count, open_tickets_count, synthetic_tickets_count, is_synthetic (any ticket is), categories_count,
        events_count, first_opened_at, last_event_at (both null on an empty desk).
        """
        return self._frame("desk_summary", _scoped(scope))

    def categories(self, scope: Scope = EVERYTHING) -> pd.DataFrame:
        """Each category that has a lifecycle, declared ones first.

        category, newest_version, is_observed, label_en, label_ru, label_zh, tickets_count, open_tickets_count.
        """
        return self._frame("categories", _scoped(scope))

    def states(self) -> pd.DataFrame:
        """Each state of each category: category, state, kind, ball, label_en, label_ru, label_zh."""
        return self._frame("states", {})

    # --- response times --------------------------------------------------------------------------------------------

    def response_times(self, selection: Selection) -> pd.DataFrame:
        """The headline: one row per `Figure`, with the period before beside it.

        figure, tickets_count, reached_count, censored_count, mean_seconds, median_seconds, p90_seconds (of those
        reached), kaplan_meier_median_seconds with its 95 % interval kaplan_meier_low_seconds and
        kaplan_meier_high_seconds (of all); previous_... for each (null without `since`; see `Selection.before`).
        """
        before = selection.before()
        earlier = self.ticket_times(before).figures() if before else None
        return with_previous(self.ticket_times(selection).figures(), earlier)

    def response_times_by_category(self, selection: Selection) -> pd.DataFrame:
        """One row per category and `Figure`: category, figure, then as in `response_times` (without previous_...)."""
        return self.ticket_times(selection).figures_by_category()

    # --- backlog and volume ----------------------------------------------------------------------------------------

    def backlog(self, selection: Selection) -> pd.DataFrame:
        """Open tickets at the horizon, whenever they were opened, by category and state.

        category, state, kind, ball, label_en, label_ru, label_zh, tickets_count, oldest_opened_at,
        median_age_seconds, median_state_seconds (age in the current state).
        """
        return self._frame("backlog", selection.parameters)

    def backlog_by_day(self, selection: Selection) -> pd.DataFrame:
        """Open tickets at each day's end (the last day: at the horizon): period_on, category, tickets_count.

        Every day of the period has a row for every category that ever held an open ticket.
        """
        return self._frame("backlog_by_day", selection.parameters)

    def volume(self, selection: Selection, step: Step = Step.WEEK) -> pd.DataFrame:
        """Tickets opened by day, week or month; gaps are rows of 0.

        period_on (the first day), category, tickets_count.
        """
        return self._frame("volume", {**selection.parameters, "step": step.value})

    # --- process ---------------------------------------------------------------------------------------------------

    def time_in_state(self, selection: Selection) -> pd.DataFrame:
        """How long visits of each state take. A ticket's last visit runs, unless its state is final.

        category, state, kind, ball, label_en, label_ru, label_zh, visits_count, finished_count, running_count,
        mean_seconds, median_seconds, p90_seconds (of finished visits).
        """
        return self._frame("time_in_state", selection.parameters)

    def journeys(self, selection: Selection, limit: int | None = 10) -> pd.DataFrame:
        """The most common journeys.

        category, states (list of names), states_count, tickets_count, all_tickets_count (of the selection: the base of
        the share), journeys_count (how many different ones), median_seconds (first to last event).
        """
        return self._frame("journeys", {**selection.parameters, **_paged(limit)})

    def journeys_count(self, selection: Selection) -> pd.DataFrame:
        """How many different journeys (variants) the tickets took: category, journeys_count."""
        return self._frame("journeys_count", selection.parameters)

    def directly_follows(self, selection: Selection, limit: int | None = None) -> pd.DataFrame:
        """The steps from state to state, most frequent first.

        from_category, from_state, to_category, to_state, steps_count, mean_seconds, median_seconds, p90_seconds (the
        time in `from_state` before the step).
        """
        return self._frame("directly_follows", {**selection.parameters, **_paged(limit)})

    # --- the queue -------------------------------------------------------------------------------------------------

    def open_queue(
        self, queue: QueueFilter, sort: QueueSort = QueueSort.NEAREST_CLOCK, *, limit: int = 50, offset: int = 0
    ) -> pd.DataFrame:
        """One page of the queue.

        number, id, category, state, label_en, label_ru, label_zh, kind, ball, priority, channel, language, seller_id,
        seller_name, product_id, product_name, first_message_excerpt, order_number, posting_number, external_ref,
        opened_at, state_entered_at, last_event_at, next_due_at, next_trigger, nearest_due_at (of that clock and the
        service targets that run or were missed and go on), nearest_target_kind (empty where it is the clock),
        overdue_trigger (the clock that has run out on us and whose flag still holds; `buyer_wrote_again` on a settled
        ticket, else empty), is_open, is_overdue, is_due_soon, assignee_id, assignee_name, version, is_synthetic.
        """
        return self._queue("open_queue", queue, {"sort_by": sort.value, **_paged(limit, offset)})

    def open_queue_place(self, queue: QueueFilter, sort: QueueSort, number: int) -> int | None:
        """Which ticket of the queue `number` is in this order, from 1; None where the queue does not hold it.

        The whole queue is put in order for it, which costs more than a page: not for every rerun.
        """
        found = self._queue("open_queue_place", queue, {"sort_by": sort.value, "number": number})
        return None if found.empty else int(found["place"].iloc[0])

    def open_queue_count(self, queue: QueueFilter) -> int:
        """How many tickets the filter leaves, on all pages."""
        return int(self._queue("open_queue_count", queue)["tickets_count"].iloc[0])

    def queue_facets(self, queue: QueueFilter) -> pd.DataFrame:
        """How many tickets of the view and the search each value of a facet has, by all facets but its own.

        facet (category, kind, channel, priority, assignee, team), slug (an empty one is nobody, or no team),
        tickets_count.
        """
        return self._queue("queue_facets", queue)

    def queue_counters(self, queue: QueueFilter) -> pd.DataFrame:
        """One row, a column per `QueueView`; of `queue` only scope, now, agent, their team and due_soon count.

        all_count, open_count, mine_count, unassigned_count, team_count, ours_count, waiting_count, buyer_count,
        platform_count, due_soon_count, overdue_count, recent_count, settled_count.
        """
        return self._queue("queue_counters", replace(queue, search="", view=QueueView.ALL))

    # --- how -------------------------------------------------------------------------------------------------------

    def durations(self, selection: Selection) -> pd.DataFrame:
        """What the figures are made from: one row per ticket, microseconds (see `queries/ticket_durations`)."""
        return self._frame("ticket_durations", selection.parameters)

    def ticket_times(self, selection: Selection) -> TicketTimes:
        """The waits of the tickets, fetched once for several answers."""
        query = "queries/ticket_times"
        with self._database.reading() as cursor:
            shorten(self._database, cursor, selection.horizon_at)
            found = cursor.sql(statement(query), params=asked_of(query, selection.parameters)).to_arrow_table()
        # As a dictionary: a name for every ticket would cost as much as all its numbers.
        place = found.schema.get_field_index("category")
        found = found.set_column(place, "category", found.column(place).dictionary_encode())
        tickets = found.to_pandas()
        tickets["category"] = tickets["category"].cat.reorder_categories(sorted(tickets["category"].cat.categories))
        return TicketTimes(tickets=tickets, time_zone=selection.time_zone)

    def _queue(self, name: str, queue: QueueFilter, values: Mapping[str, Any] = EMPTY) -> pd.DataFrame:
        database = self._database
        known = replace(queue, judged_up_to=judged_up_to(database), breach_clocks=breach_clocks(database))
        return self._frame(name, {**known.parameters, **values})

    def _frame(self, name: str, values: Mapping[str, Any]) -> pd.DataFrame:
        query = f"queries/{name}"
        if values.get("is_search"):
            refresh_words(self._database)
        with self._database.reading() as cursor:
            if "as_of" in values:
                shorten(self._database, cursor, values["as_of"])
            elif not values.get("is_search", True):
                cursor.execute("set search_path = 'plain,main'")  # half of a list's time is planning its search
            return cursor.execute(parsed(cursor, query), asked_of(query, values)).df()


def _scoped(scope: Scope) -> dict[str, list[str]]:
    return {"seller_ids": list(scope.seller_ids), "team_ids": list(scope.team_ids)}


def _paged(limit: int | None, offset: int = 0) -> dict[str, int]:
    return {"row_limit": _NO_LIMIT if limit is None else limit, "row_offset": offset}
