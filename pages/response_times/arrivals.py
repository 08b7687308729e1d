"""Draws when tickets come, and how replies look to the marketplace."""

import pandas as pd
import streamlit as st

from pages.response_times import answers, heat
from pages.shared import behind, definitions, formats, session
from pages.shared.cards import card, nothing_here
from pages.shared.frames import rows
from pages.shared.look import Look
from pages.shared.texts import _

HEAT = "response_times_heat_figure"
CELL = "response_times_cell"
DAY = 86_400
THEIR_WAY, OUR_WAY = "Replies as the marketplace counts them", "Replied within 24 hours"


def draw_arrivals(look: Look) -> None:
    """Draw the heat map beside the marketplace's figures."""
    left, right = st.columns([3, 2], gap="small")
    title = _("When tickets come, and how long they wait")
    subtitle, defined_by = _("median first reply by hour of opening"), ("Heat map of openings",)
    with left, card(title, subtitle, key="response_times_heat", defined_by=defined_by):
        _heat(look)
    with right:
        _marketplace(look)


def _heat(look: Look) -> None:
    frame = answers.heat(look)
    if frame.empty:
        nothing_here(_("No ticket was opened in this period."))
        return
    slugs = heat.slugs(frame)
    st.echarts_chart(
        heat.option(frame, look.palette),
        height=heat.HEIGHT,
        theme=None,
        key=behind.keyed(HEAT),
        on_select=behind.follow_item(HEAT, slugs),
        renderer="svg",
        alt=_("Median first reply by weekday and hour of opening"),
    )
    said = dict(zip(slugs, (heat.said(row) for row in rows(frame)), strict=True))
    st.selectbox(
        _("Tickets of an hour"),
        slugs,
        index=None,
        format_func=said.__getitem__,
        placeholder=_("Choose a weekday and an hour"),
        key=CELL,
        label_visibility="collapsed",
        on_change=_choose,
    )


def _choose() -> None:
    slug = session.recall(CELL)
    session.remember(CELL, None)
    if slug:
        behind.open_list(slug)


def _marketplace(look: Look) -> None:
    found = answers.marketplace(look)
    subtitle = _("replied within 24 h, every hour counted")
    with card(
        _("As the marketplace counts"), subtitle, key="response_times_marketplace", defined_by=(THEIR_WAY, OUR_WAY)
    ):
        theirs = int(found["replied_within_24h_count"]), int(found["dialogs_count"])
        ours = answers.replied_within(look, DAY)
        shares = ((_("The marketplace"), theirs, THEIR_WAY), (_("This desk"), ours, OUR_WAY))
        for column, (name, share, definition) in zip(st.columns(2, gap="small"), shares, strict=True):
            with column:
                st.metric(name, formats.share(*share).split(" (")[0], help=definitions.tip("", definition))
                st.caption(_("{part:,} of {whole:,}").format(part=share[0], whole=share[1]))
        text = _("Mean first reply {first}, mean reply {reply} ({replied:,} of {turns:,} turns replied to).").format(
            first=formats.duration(found["mean_first_reply_seconds"]),
            reply=formats.duration(found["mean_reply_seconds"]),
            replied=_count(found["replied_turns_count"]),
            turns=_count(found["turns_count"]),
        )
        st.caption(text)
        st.caption(
            _(
                "The marketplace counts chats only and takes those that are younger than 24 h as unanswered. The desk "
                "counts every ticket and leaves out those of which it cannot be known yet."
            )
        )
        st.button(
            _("Tickets that waited 24 h or longer"),
            key="response_times_marketplace_tickets",
            type="tertiary",
            icon=":material/list:",
            on_click=behind.open_list,
            args=(behind.name("lasted", "first_reply", DAY),),
        )


def _count(value: float | None) -> int:
    return 0 if value is None or pd.isna(value) else int(value)
