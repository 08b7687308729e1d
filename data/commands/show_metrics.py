"""`python -m data metrics`: the desk's figures, as a text to read or as one JSON document."""

import json
from argparse import ArgumentParser, Namespace
from typing import Any

from data.clock import now
from data.commands.command import Answer, Command, instant, open_existing
from data.commands.layout import NOTHING, duration, share, table
from data.figures import desk_figures
from data.metrics import Metrics

_FIGURES = (
    ("first_reply", "First reply"),
    ("first_resolution", "First resolution"),
    ("full_resolution", "Full resolution"),
)


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--as-of", type=instant, metavar="T", help="only what happened before this instant (default: now)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document at full precision (see docs/metrics.md)")


def _run(arguments: Namespace) -> Answer:
    with open_existing(arguments) as database:
        document = desk_figures(Metrics(database), now=now(), as_of=arguments.as_of)
    if arguments.json:
        return Answer(text=json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False))
    return Answer(text=_text(document))


def _text(document: dict[str, Any]) -> str:
    parts = [f"As of {document['horizon_at']}: what happened before it.", _section("Whole desk", document["desk"])]
    parts += [_section(name, section) for name, section in document["lifecycles"].items()]
    return "\n\n".join(parts)


def _section(title: str, section: dict[str, Any]) -> str:
    heading = f"{title}\n{'=' * len(title)}"
    if not section["tickets_count"]:
        return f"{heading}\nNo tickets."
    return "\n\n".join(
        (f"{heading}\n{_counts(section)}", _durations(section), _states(section["time_in_state"]), _edges(section))
    )


def _counts(section: dict[str, Any]) -> str:
    tickets = section["tickets_count"]
    reopened = share(section["reopened_tickets_count"], tickets)
    return "\n".join(
        (
            f"Tickets   {tickets:,} with {section['events_count']:,} events in {section['variants_count']:,} variants",
            f"Open      {share(section['open_tickets_count'], tickets)}",
            f"Reopened  {reopened}, in {section['reopened_steps_count']:,} steps",
        )
    )


def _durations(section: dict[str, Any]) -> str:
    rows = [
        (
            label,
            f"{section[key]['reached_count']:,}",
            f"{section[key]['censored_count']:,}",
            duration(section[key]["median_seconds"]),
            duration(section[key]["p90_seconds"]),
            duration(section[key]["mean_seconds"]),
            _median_of_all(section[key]["kaplan_meier_median_seconds"]),
        )
        for key, label in _FIGURES
    ]
    case = section["case_duration"]
    quantiles = (duration(case["median_seconds"]), duration(case["p90_seconds"]), duration(case["mean_seconds"]))
    rows.append(("First to last event", f"{case['tickets_count']:,}", NOTHING, *quantiles, NOTHING))
    headings = ("Duration", "Reached", "Running", "Median", "90th percentile", "Mean", "Kaplan-Meier median of all")
    return table(headings, rows)


def _median_of_all(seconds: float | None) -> str:
    return "not reached" if seconds is None else duration(seconds)


def _states(states: list[dict[str, Any]]) -> str:
    is_mixed = len({state["category"] for state in states}) > 1
    rows = [
        (
            f"{state['category']}: {state['state']}" if is_mixed else state["state"],
            f"{state['visits_count']:,}",
            f"{state['running_count']:,}",
            duration(state["median_seconds"]),
            duration(state["mean_seconds"]),
        )
        for state in states
    ]
    return table(("State", "Visits", "Running", "Median of finished visits", "Mean"), rows)


def _edges(section: dict[str, Any]) -> str:
    rows = [
        (
            f"{edge['from_state']} -> {edge['to_state']}",
            f"{edge['steps_count']:,}",
            duration(edge["median_seconds"]),
            duration(edge["mean_seconds"]),
        )
        for edge in section["directly_follows_edges"]
    ]
    return table(("Most frequent step", "Times", "Median before it", "Mean"), rows)


METRICS = Command(
    name="metrics",
    summary="print the figures of the desk and of each lifecycle",
    examples=(
        "python -m data metrics",
        "python -m data metrics --json > figures.json",
        "python -m data metrics --as-of 2012-07-01T00:00Z",
    ),
    add_arguments=_add_arguments,
    run=_run,
)
