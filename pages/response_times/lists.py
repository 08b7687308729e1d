"""What the lists behind marks show of each ticket or target, page by page."""

import pandas as pd

from data.selection import Selection
from data.service.listed import Narrowed, Outcome
from data.service.questions import Grouping
from data.tickets_listed import Narrowing
from pages.response_times import asked
from pages.response_times.words import FIGURES, OUTCOME_COLOURS, OUTCOMES, TARGETS
from pages.shared import access, dates, formats, session
from pages.shared.frames import rows
from pages.shared.look import Look
from pages.shared.names import badge, labels, unbroken
from pages.shared.texts import _
from pages.shared.tickets_list import Listed, TicketsBehind, ticket_cell
from pages.shared.words import PRIORITY_OF
from workflow.service.policies import TargetKind


def of_tickets(look: Look, selection: Selection, narrowing: Narrowing, title: str) -> TicketsBehind:
    """The tickets that are narrowed to."""
    figure = FIGURES[narrowing.figure].name if narrowing.figure else _("Age")

    def ask(limit: int, offset: int) -> Listed:
        return _tickets(look, asked.tickets().tickets_listed(selection, narrowing, limit=limit, offset=offset), figure)

    return TicketsBehind(title=title, subtitle=_subtitle(look), ask=ask)


def of_decisions(look: Look) -> TicketsBehind:
    """The claims that the marketplace approved because nobody decided in time."""

    def ask(limit: int, offset: int) -> Listed:
        found = asked.tickets().decisions_listed(look.selection, limit=limit, offset=offset)
        return _tickets(look, found, _("Decided after"))

    return TicketsBehind(title=_("Approved because nobody decided"), subtitle=_subtitle(look), ask=ask)


def of_targets(look: Look, selection: Selection, narrowed: Narrowed, title: str) -> TicketsBehind:
    """The targets that are narrowed to."""

    def ask(limit: int, offset: int) -> Listed:
        found = asked.targets().targets_listed(selection, narrowed, limit=limit, offset=offset)
        return _targets(look, found)

    return TicketsBehind(title=title, subtitle=_subtitle(look), ask=ask)


def of_breaches(look: Look, kind: TargetKind | None, late: tuple[float, float], title: str) -> TicketsBehind:
    """The targets that were late by so many seconds of their own clock."""

    def ask(limit: int, offset: int) -> Listed:
        found = asked.targets().breaches(
            look.selection, kind=kind, late_from_seconds=late[0], late_to_seconds=late[1], limit=limit, offset=offset
        )
        outcomes = [Outcome.OVERDUE if pd.isna(ended_at) else Outcome.MISSED for ended_at in found["ended_at"]]
        return _targets(look, found.assign(outcome=outcomes))

    return TicketsBehind(title=title, subtitle=_subtitle(look), ask=ask)


def group_name(look: Look, grouping: Grouping, key: str) -> str:
    """What a group is called; nobody and no team have a word of their own."""
    match grouping:
        case Grouping.CATEGORY:
            return look.called([key])[0]
        case Grouping.PRIORITY:
            return PRIORITY_OF.get(key, key)
        case Grouping.AGENT | Grouping.SELLER:
            return _names(look).get(key, key) or _("Nobody")
        case _:
            return key or _("No team")


@session.cached
def _names(look: Look) -> dict[str, str]:
    return access.directory().names(scope=look.selection.scope)


def _tickets(look: Look, found: pd.DataFrame, figure: str) -> Listed:
    categories, states = look.called(found["category"]), labels(found, "state")
    cells = [
        (
            ticket_cell(row["number"]),
            formats.plain(category),
            formats.short_instant(row["opened_at"].to_pydatetime(), look.zone),
            badge(state, row["kind"]),
            unbroken(row["figure_seconds"])
            if row["is_reached"] or figure == _("Age")
            else _still(row["figure_seconds"]),
        )
        for row, category, state in zip(rows(found), categories, states, strict=True)
    ]
    columns = (_("Ticket"), _("Category"), _("Opened"), _("State"), figure)
    return Listed(columns=columns, rows=cells, all_count=_all_count(found))


def _targets(look: Look, found: pd.DataFrame) -> Listed:
    cells = [
        (
            ticket_cell(row["number"]),
            f"{TARGETS[TargetKind(row['target_kind'])]} · {formats.plain(category)}",
            _at(row["started_at"], look.zone),
            f":{OUTCOME_COLOURS[Outcome(row['outcome'])]}-badge[{OUTCOMES[Outcome(row['outcome'])]}]",
            _at(row["due_at"], look.zone),
            unbroken(row["late_seconds"]),
        )
        for row, category in zip(rows(found), look.called(found["category"]), strict=True)
    ]
    columns = (_("Ticket"), _("Target"), _("Started"), _("Outcome"), _("Due"), _("Late by"))
    return Listed(columns=columns, rows=cells, all_count=_all_count(found))


def _subtitle(look: Look) -> str:
    text = dates.on(look.as_of) if look.as_of else ""
    return _("as of the end of {day}").format(day=text) if text else _("newest first")


def _still(seconds: float) -> str:
    return _("{duration} so far").format(duration=unbroken(seconds)).replace(" ", "\u00a0")


def _at(at: pd.Timestamp, zone: str) -> str:
    return formats.NO_DATA if pd.isna(at) else formats.short_instant(at.to_pydatetime(), zone)


def _all_count(found: pd.DataFrame) -> int:
    return int(found["all_count"].iloc[0]) if len(found) else 0
