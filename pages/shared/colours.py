"""The desk's colours by meaning, one map for badges and charts. The values are those of `.streamlit/config.toml`."""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import streamlit as st

from workflow.vocabulary import Ball, Priority, StateKind

BadgeColour: TypeAlias = Literal["red", "orange", "yellow", "green", "blue", "violet", "gray"]

OF_KIND: dict[StateKind, BadgeColour] = {
    StateKind.OPEN: "green",
    StateKind.WAITING: "yellow",
    StateKind.PLATFORM: "violet",
    StateKind.DONE: "blue",
    StateKind.FINAL: "gray",
}
OF_PRIORITY: dict[Priority, BadgeColour] = {
    Priority.LOW: "gray",
    Priority.NORMAL: "blue",
    Priority.HIGH: "orange",
    Priority.URGENT: "red",
}
OF_BALL: dict[Ball, BadgeColour] = {
    Ball.BUYER: "yellow",
    Ball.SELLER: "green",
    Ball.PLATFORM: "violet",
    Ball.CARRIER: "blue",
    Ball.NOBODY: "gray",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Palette:
    """The colours of charts in one base (light or dark)."""

    base: Literal["light", "dark"]
    page: str
    surface: str
    text: str
    muted: str
    hairline: str
    accent: str
    alarm: str
    series: tuple[str, ...]  # for categories, in the order of their names
    sequence: tuple[str, ...]  # from little to much


LIGHT = Palette(
    base="light",
    page="#FFFFFF",
    surface="#F5F6F8",
    text="#10151D",
    muted="#4B5565",
    hairline="#E4E7EC",
    accent="#0F6E63",
    alarm="#C8402F",
    series=("#0F6E63", "#D9694A", "#3F6FB0", "#C79A2B", "#7A63B8", "#5AA897", "#9A5B7D", "#667085"),
    sequence=("#EAF5F2", "#CFE8E2", "#92C9BE", "#55A799", "#218275", "#0A574E"),
)
DARK = Palette(
    base="dark",
    page="#12161C",
    surface="#1B2129",
    text="#E7EAEE",
    muted="#A9B3C1",
    hairline="#2B333E",
    accent="#1F8F80",
    alarm="#E5674F",
    series=("#2FA695", "#E98262", "#6C9FE0", "#DDB654", "#A38FE0", "#7CCBBB", "#C788A8", "#8A94A3"),
    sequence=("#16302D", "#19423D", "#1D6960", "#2A9284", "#66BAAD", "#B8E3DB"),
)


def base() -> Literal["light", "dark"]:
    """Whether the browser shows the page light or dark; part of the key of every cached figure."""
    return "dark" if st.context.theme.type == "dark" else "light"


def palette(of_base: Literal["light", "dark"]) -> Palette:
    """The colours of a base."""
    return DARK if of_base == "dark" else LIGHT


def chart_layout(colours: Palette) -> dict[str, Any]:
    """What every figure's layout has in common: no x grid, hairline y grid, no legend title, Inter, room for labels."""
    axis = {"linecolor": colours.hairline, "tickfont": {"color": colours.muted}, "zeroline": False}
    return {
        "font": {"family": "Inter, sans-serif", "size": 12, "color": colours.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "xaxis": {**axis, "showgrid": False, "automargin": True},
        "yaxis": {**axis, "gridcolor": colours.hairline, "automargin": True},
        "legend": {"orientation": "h", "y": 1.08, "x": 0, "title": {"text": ""}},
        "colorway": list(colours.series),
        "hoverlabel": {"bgcolor": colours.surface, "bordercolor": colours.hairline, "font": {"color": colours.text}},
        "bargap": 0.25,
    }


CHART_CONFIG: dict[str, Any] = {"displayModeBar": False, "responsive": True}
