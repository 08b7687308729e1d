"""One touch and satisfaction once more, in pandas over the raw log, sharing no line with the desk: SQL must agree."""

from datetime import datetime
from itertools import pairwise
from typing import Any

import pandas as pd

from tests.data.independent import SETTLED


def by_category(events: pd.DataFrame, horizon_at: datetime, since: datetime, until: datetime) -> list[tuple[Any, ...]]:
    """(category, tickets, open, reopened, resolved, touched once) of those opened in the period, as of the horizon."""
    seen = _in_order(events[events["at"] < horizon_at])
    rows = []
    for _number, log in seen.groupby("ticket"):
        opened_at = log["at"].min()
        if not since <= opened_at < until:
            continue
        visits = log[log["is_visit"]]
        kinds = visits["kind"].tolist()
        resolved_at = visits.loc[visits["kind"] == "done", "at"].min()
        is_resolved = not pd.isna(resolved_at)
        replies = log[log["is_public_reply"] & (log["at"] <= resolved_at)] if is_resolved else log[:0]
        reopenings = [after for before, after in pairwise(kinds) if before in SETTLED and after not in SETTLED]
        category = visits["category"].iloc[-1]
        rows.append((category, kinds[-1] not in SETTLED, bool(reopenings), is_resolved, len(replies) == 1))
    told = pd.DataFrame(rows, columns=["category", "open", "reopened", "resolved", "touched"])
    return [
        (category, len(part), *(int(part[name].sum()) for name in ("open", "reopened", "resolved", "touched")))
        for category, part in told.groupby("category")
    ]


def ratings(
    events: pd.DataFrame, asked_since: datetime, since: datetime, until: datetime
) -> list[tuple[str, tuple[int, ...], int, int]]:
    """(category, tickets rated 1 to 5 in the period, asked, answered), as of the end of the period."""
    seen = _in_order(events[events["at"] < until])
    rated: dict[str, list[int]] = {}
    asked: dict[str, list[bool]] = {}
    for _number, log in seen.groupby("ticket"):
        given = log[(log["rating"] > 0) & (log["at"] >= asked_since)]
        newest = given[given["at"] >= since].tail(1)
        for row in newest.itertuples():
            rated.setdefault(row.category, []).append(row.rating)
        visits = log[log["is_visit"]]
        came_from = visits["kind"].shift()
        is_resolution = (visits["kind"] == "done") & ~came_from.isin(SETTLED)
        resolved = visits[is_resolution & (visits["at"] >= asked_since) & (visits["at"] < since)]
        if len(resolved):
            is_answered = bool((given["at"] >= resolved["at"].iloc[0]).any())
            asked.setdefault(resolved["category"].iloc[-1], []).append(is_answered)
    return [
        (
            category,
            tuple(rated.get(category, []).count(rating) for rating in range(1, 6)),
            len(asked.get(category, [])),
            sum(asked.get(category, [])),
        )
        for category in sorted({*rated, *asked})
    ]


def _in_order(events: pd.DataFrame) -> pd.DataFrame:
    """As it was, what was of one instant as it was recorded."""
    return events.sort_values(["ticket", "at", "seq"], kind="stable")
