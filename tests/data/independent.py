"""The published figures once more, in pandas and whole numbers, sharing no line with the desk: SQL must agree."""

from datetime import datetime
from fractions import Fraction
from typing import Any

import pandas as pd

from tests.data.logs import TicketLog

SETTLED = {"done", "final"}
COLUMNS = (
    *("ticket", "seq", "at", "category", "state", "kind", "rating"),
    *("is_visit", "is_public_reply", "is_buyer", "is_opening"),
)


def frame_of(logs: list[TicketLog]) -> pd.DataFrame:
    """One row per event, in the order of recording."""
    rows = [
        (
            *(log.number, seq, step.at, step.category, step.state, step.kind, step.rating),
            *(step.is_visit, step.is_public_reply, step.is_buyer_message, step.is_opening),
        )
        for log in logs
        for seq, step in enumerate(log.steps, start=1)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {"at": "datetime64[us]", "rating": "int64", **dict.fromkeys(COLUMNS[-4:], bool)}
    )


def document(events: pd.DataFrame, horizon_at: datetime) -> dict[str, Any]:
    """`desk` and `lifecycles` of `metrics --json`, without the Kaplan-Meier interval."""
    seen = events[events["at"] < horizon_at].sort_values(["ticket", "at", "seq"], kind="stable")
    visits = seen[seen["is_visit"]].copy()
    by_ticket = visits.groupby("ticket")
    for column in ("category", "state", "kind", "at"):
        visits[f"from_{column}"] = by_ticket[column].shift()
    visits["stayed"] = visits["at"] - visits["from_at"]
    category = by_ticket["category"].last()
    return {
        "desk": _section(seen, visits, horizon_at, category),
        "lifecycles": {
            name: _section(*(part[part["ticket"].isin(numbers.index)] for part in (seen, visits)), horizon_at, numbers)
            for name, numbers in category.groupby(category)
        },
    }


def _section(seen: pd.DataFrame, visits: pd.DataFrame, horizon_at: datetime, category: pd.Series) -> dict[str, Any]:
    tickets = seen.groupby("ticket")["at"].agg(opened="min", last="max")
    tickets["kind"] = visits.groupby("ticket")["kind"].last()
    # Whoever was written to first is asked by his own first message; what was said before that is no reply.
    asked = seen[seen["is_buyer"]].groupby("ticket")["at"].min().reindex(tickets.index)
    is_opened = seen.groupby("ticket")["is_opening"].any().reindex(tickets.index)
    tickets["asked"] = tickets["opened"].where(~is_opened.astype(bool), asked).astype("datetime64[us]")
    asked_at = pd.Series([tickets["asked"][of] for of in seen["ticket"]], seen.index, dtype="datetime64[us]")
    replies = seen[seen["is_public_reply"] & (seen["at"] >= asked_at)]
    tickets["reply"] = replies.groupby("ticket")["at"].min()
    resolved = visits[visits["kind"] == "done"].groupby("ticket")["at"]
    tickets["first"], tickets["full"] = resolved.min(), resolved.max()
    is_open = ~tickets["kind"].isin(SETTLED)
    tickets.loc[is_open, "full"] = pd.NaT
    steps = visits[visits["from_at"].notna()]
    reopened = steps[steps["from_kind"].isin(SETTLED) & ~steps["kind"].isin(SETTLED)]
    journeys = (
        (category[number], *zip(rows["category"], rows["state"], strict=True))
        for number, rows in visits.groupby("ticket")
    )
    return {
        "tickets_count": len(tickets),
        "events_count": len(seen),
        "open_tickets_count": int(is_open.sum()),
        "variants_count": len(set(journeys)),
        "first_reply": _figures(tickets, "reply", horizon_at, "asked"),
        "first_resolution": _figures(tickets, "first", horizon_at),
        "full_resolution": _figures(tickets, "full", horizon_at),
        "case_duration": {"tickets_count": len(tickets), **_spread(_whole(tickets["last"] - tickets["opened"]))},
        "time_in_state": _time_in_state(visits, steps),
        "reopened_tickets_count": reopened["ticket"].nunique(),
        "reopened_steps_count": len(reopened),
        "directly_follows_edges": _edges(steps),
    }


def _whole(durations: pd.Series) -> list[int]:
    return [int(value) for value in durations.dropna().astype("timedelta64[us]").astype("int64")]


def _figures(tickets: pd.DataFrame, column: str, horizon_at: datetime, begun: str = "opened") -> dict[str, Any]:
    reached = _whole(tickets[column] - tickets[begun])
    running = _whole(horizon_at - tickets.loc[tickets[column].isna(), begun].fillna(horizon_at))
    return {
        "tickets_count": len(tickets),
        "reached_count": len(reached),
        "censored_count": len(running),
        **_spread(reached),
        "kaplan_meier_median_seconds": _kaplan_meier_median(reached, running),
    }


def _kaplan_meier_median(reached: list[int], running: list[int]) -> float | None:
    remaining = Fraction(1)
    ended = pd.Series(reached, dtype="int64").value_counts().sort_index()
    lasted = pd.Series([*reached, *running], dtype="int64").sort_values(ignore_index=True)
    for time, count in ended.items():
        at_risk = len(lasted) - int(lasted.searchsorted(time, side="left"))
        remaining *= Fraction(at_risk - int(count), at_risk)
        if remaining <= Fraction(1, 2):
            return time / 1_000_000
    return None


def _spread(whole: list[int]) -> dict[str, float | None]:
    return {"mean_seconds": _mean(whole), "median_seconds": _quantile(whole, 5), "p90_seconds": _quantile(whole, 9)}


def _mean(whole: list[int]) -> float | None:
    return float(Fraction(sum(whole), len(whole) * 1_000_000)) if whole else None


def _quantile(whole: list[int], tenths: int) -> float | None:
    if not whole:
        return None
    place = Fraction((len(whole) - 1) * tenths, 10)
    ordered = sorted(whole)
    below = ordered[int(place)]
    above = ordered[min(int(place) + 1, len(ordered) - 1)]
    return float((below + (above - below) * (place - int(place))) / 1_000_000)


def _time_in_state(visits: pd.DataFrame, steps: pd.DataFrame) -> list[dict[str, Any]]:
    last = visits.groupby("ticket").tail(1)
    rows = []
    for (category, state), begun in visits.groupby(["category", "state"]):
        left = steps[(steps["from_category"] == category) & (steps["from_state"] == state)]
        runs = last[(last["category"] == category) & (last["state"] == state) & (last["kind"] != "final")]
        stayed = _whole(left["stayed"])
        rows.append(
            {
                "category": category,
                "state": state,
                "kind": begun["kind"].iloc[0],
                "visits_count": len(begun),
                "finished_count": len(left),
                "running_count": len(runs),
                "mean_seconds": _mean(stayed),
                "median_seconds": _quantile(stayed, 5),
            }
        )
    return sorted(rows, key=lambda row: (-row["visits_count"], row["category"], row["state"]))


def _edges(steps: pd.DataFrame) -> list[dict[str, Any]]:
    names = ["from_category", "from_state", "category", "state"]
    rows = []
    for key, group in steps.groupby(names):
        stayed = _whole(group["stayed"])
        names_of_edge = dict(zip(("from_category", "from_state", "to_category", "to_state"), key, strict=True))
        rows.append(
            {
                **names_of_edge,
                "steps_count": len(group),
                "mean_seconds": _mean(stayed),
                "median_seconds": _quantile(stayed, 5),
            }
        )
    order = ("from_state", "to_state", "from_category", "to_category")
    return sorted(rows, key=lambda row: (-row["steps_count"], *(row[name] for name in order)))[:10]
