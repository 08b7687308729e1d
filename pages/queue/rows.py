"""The rows of the queue in words, from the frame of `Metrics.open_queue`. Free of streamlit but for column settings."""

from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared import colours, names, service_words, words
from pages.shared.formats import ago, duration, short_instant
from pages.shared.texts import _
from workflow.notices import BUYER_WROTE_AGAIN
from workflow.vocabulary import Channel, Priority, StateKind

HEIGHT = 37
BESIDE = "▶"  # in the row of the ticket that is shown
MINUTE = 60


def shown(frame: pd.DataFrame, now: datetime, zone: str, *, is_settled: bool) -> pd.DataFrame:
    """The columns of the list."""
    return pd.DataFrame(
        {
            "number": frame["number"],
            "clock": clocks(frame, now, is_settled=is_settled),
            "state": [[state] for state in names.labels(frame, "state")],
            "about": subjects(frame),
            "priority": [
                [] if priority == Priority.NORMAL else [words.PRIORITY_OF[priority]] for priority in frame["priority"]
            ],
            "seller": frame["seller_name"],
            "assignee": frame["assignee_name"],
            "order": frame["order_number"],
            "posting": frame["posting_number"],
            "channel": [words.CHANNELS[Channel(channel)] for channel in frame["channel"]],
            "opened": [short_instant(at, zone) for at in frame["opened_at"]],
            "changed": [ago(at, now) for at in frame["last_event_at"]],
        }
    )


def clocks(frame: pd.DataFrame, now: datetime, *, is_settled: bool) -> list[str]:
    """What happens next and when: of clock and service target whichever is nearer, a breach before both.

    How long ago the last step was, where no clock runs.
    """
    if is_settled:
        return [ago(last_at, now) for last_at in frame["last_event_at"]]
    nearest = zip(frame["nearest_due_at"], frame["nearest_target_kind"], strict=True)
    others = zip(frame["next_trigger"], frame["overdue_trigger"], frame["last_event_at"], strict=True)
    texts: list[str] = []
    for (due_at, target_kind), (trigger, overdue_trigger, last_at) in zip(nearest, others, strict=True):
        seconds = None if pd.isna(due_at) else (due_at - now).total_seconds()
        if overdue_trigger == BUYER_WROTE_AGAIN:
            texts.append(_("now · buyer wrote again"))
        elif overdue_trigger and (seconds is None or seconds > 0):
            texts.append(clock(0, overdue_trigger))
        elif seconds is None:
            texts.append(_("last step {ago}").format(ago=ago(last_at, now)))
        else:
            texts.append(target_clock(seconds, target_kind) if target_kind else clock(seconds, trigger))
    return texts


def clock(seconds: float, trigger: str) -> str:
    """`3 h · auto-approved`; what is due already happens now. The ticket itself says it to the minute."""
    what = words.consequence(trigger)
    if seconds <= 0:
        return _("now · {what}").format(what=what)
    return f"{duration(max(seconds, MINUTE), parts=1)} · {what}"


def target_clock(seconds: float, kind: str) -> str:
    """`3 h · first reply due`, or `7 min late · first reply`: a service target that was missed goes on."""
    what = service_words.owed(kind)
    if seconds <= 0:
        return _("{late} · {what}").format(late=service_words.late_by(-seconds), what=what)
    return _("{length} · {what} due").format(length=duration(max(seconds, MINUTE), parts=1), what=what)


def subjects(frame: pd.DataFrame) -> list[str]:
    """What each ticket is about: the product, else the buyer's first words, else its name elsewhere."""
    texts = zip(frame["product_name"], frame["first_message_excerpt"], frame["external_ref"], strict=True)
    return [product or words_of_buyer or elsewhere for product, words_of_buyer, elsewhere in texts]


def columns(frame: pd.DataFrame, *, is_settled: bool) -> dict[str, Any]:
    """How the list shows its columns."""
    kinds = dict(zip(names.labels(frame, "state"), frame["kind"], strict=True))
    state_colours = [colours.OF_KIND[StateKind(kind)] for kind in kinds.values()]
    priorities = [words.PRIORITIES[priority] for priority in Priority]
    priority_colours = [colours.OF_PRIORITY[priority] for priority in Priority]
    column = st.column_config
    # Together with the marks they fill the list at 1,440 pixels; seller and assignee lie to the right.
    clock_width, about_width = (100, 206) if is_settled else (172, 138)
    return {
        "is_beside": column.TextColumn("", width=28, help=_("The ticket that is shown beside the list")),
        "number": column.NumberColumn(_("No."), width=44, format="%d"),
        "clock": column.TextColumn(_("Last step") if is_settled else _("What happens next"), width=clock_width),
        "state": column.MultiselectColumn(_("State"), width=190, options=list(kinds), color=state_colours),
        "about": column.TextColumn(_("About"), width=about_width),
        "priority": column.MultiselectColumn(_("Priority"), width=66, options=priorities, color=priority_colours),
        "seller": column.TextColumn(_("Seller"), width=110),
        "assignee": column.TextColumn(_("Assigned to"), width=110),
        "order": column.TextColumn(_("Order"), width=120),
        "posting": column.TextColumn(_("Parcel"), width=130),
        "channel": column.TextColumn(_("Channel"), width=90),
        "opened": column.TextColumn(_("Opened"), width=110),
        "changed": column.TextColumn(_("Last step"), width=110),
    }
