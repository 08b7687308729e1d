"""The tables of the page Live: functions from a data frame to one that is read. Free of streamlit."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

import pandas as pd

from pages.shared import formats, links, service_words, words
from pages.shared.frames import rows
from pages.shared.texts import _
from workflow.service.policies import WarningEffect
from workflow.vocabulary import EventKind

EFFECTS = {
    WarningEffect.NOTIFY: _("noted"),
    WarningEffect.RAISE_PRIORITY: _("priority raised"),
    WarningEffect.REASSIGN: _("reassigned"),
    WarningEffect.TRIGGER: _("action taken"),
    WarningEffect.NOTE: _("note added"),
}


def people(frame: pd.DataFrame, actions: Mapping[str, str], now: datetime) -> pd.DataFrame:
    """Who works, one row per row of `LiveQuestions.people_at_work`; `actions` names triggers."""
    return pd.DataFrame(
        [
            {
                _("Agent"): formats.plain(row["name"]),
                _("Acts in 15 / 60 min"): f"{row['recent_acts_count']:,} / {row['acts_count']:,}",
                _("Last act"): _("{act} on {ticket}, {ago}").format(
                    act=formats.plain(_act(row["last_act"], row["last_act_kind"], actions)),
                    ticket=links.ticket(int(row["last_number"])),
                    ago=formats.ago(row["last_act_at"], now),
                ),
                _("Open tickets"): f"{row['open_count']:,}",
            }
            for row in rows(frame)
        ]
    )


def upcoming(frame: pd.DataFrame, agents: Mapping[str, str], now: datetime) -> pd.DataFrame:
    """What is due next, to the second below an hour; a target leads to its ledger."""
    return pd.DataFrame(
        [
            {
                _("In"): f"**{remaining((row['due_at'] - now).total_seconds())}**",
                _("What"): _ledger(row["what"], int(row["number"]), row["ledger"]),
                _("Ticket"): links.ticket(int(row["number"])),
                _("Assigned to"): formats.plain(agents.get(row["assignee_id"], row["assignee_id"]) or _("nobody")),
            }
            for row in rows(frame)
        ]
    )


def warnings(frame: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """What was warned of: one row per row of `ServiceQuestions.recent_warnings`."""
    return pd.DataFrame(
        [
            {
                _("When"): formats.ago(row["fired_at"], now),
                _("Warning"): _("{target}: {percent} % used").format(
                    target=service_words.target(row["target_kind"]), percent=row["percent"]
                ),
                _("Ticket"): links.ticket(int(row["number"])),
                _("Then"): formats.plain(row["outcome"] or EFFECTS[WarningEffect(row["effect"])]),
            }
            for row in rows(frame)
        ]
    )


def remaining(seconds: float) -> str:
    """`12 min 05 s`, from an hour on `3 h 12 min`; what has passed is now."""
    if seconds <= 0:
        return _("now")
    if seconds >= formats.HOUR:
        return formats.duration(seconds)
    return _("{minutes} min {seconds:02d} s").format(minutes=int(seconds // 60), seconds=int(seconds % 60))


def _ledger(what: str, number: int, key: str) -> str:
    text = formats.plain(what[:1].upper() + what[1:])
    return f"[{text}](queue?{urlencode({'ticket': number, 'ledger': key})})" if key else text


def _act(name: str, kind: str, actions: Mapping[str, str]) -> str:
    if kind != EventKind.TRANSITION:
        return words.EVENTS[EventKind(kind)]
    return actions.get(name) or name.replace("_", " ").capitalize()
