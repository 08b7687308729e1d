"""Draws the five cards of the headline."""

from collections.abc import Sequence

import streamlit as st

from pages.response_times.headline import Headline
from pages.shared import behind, definitions
from pages.shared.colours import Palette
from pages.shared.sparkline import sparkline
from pages.shared.texts import _

CARD_WIDTH = 150  # pixels below which fewer cards stand beside each other; two fit on a phone


def cards_row(cards: Sequence[Headline], colours: Palette) -> None:
    """One card beside the other, as many as there is room for."""
    grid = st.grid(len(cards), min_column_width=CARD_WIDTH, gap="small", border=True)
    for card in cards:
        with grid.cell(), st.container(gap="xsmall", key=f"response_times_card_{card.key}"):
            _card(card, colours)


def _card(card: Headline, colours: Palette) -> None:
    st.markdown(card.label, help=definitions.tip(card.tip, *card.defined_by))
    is_changed = card.delta not in {"", "0 %", _("0 pts")}
    colour = "normal" if card.is_more_better else "inverse"
    st.metric(
        card.label,
        card.value,
        delta=card.delta or None,
        delta_color=colour if is_changed else "off",
        delta_arrow="auto" if is_changed else "off",
        label_visibility="collapsed",
    )
    st.caption("  \n".join(line for line in (card.before, card.foot) if line))
    described_as = _("{figure} over the period").format(figure=card.label)
    st.image(sparkline(card.course, colours.series[0], card.kind), width="stretch", alt=described_as)
    st.button(
        _("Tickets"),
        key=f"response_times_card_{card.key}_tickets",
        type="tertiary",
        icon=":material/list:",
        help=_("The tickets behind {figure}").format(figure=card.label),
        on_click=behind.open_list,
        args=(card.behind,),
    )
