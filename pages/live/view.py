"""Live: each part is a fragment that renews itself; what has not changed is not asked again and does not flicker."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from data.notices.outbox import Outbox
from pages.live import answers, tables
from pages.shared import access, colours, definitions, errors, formats, session
from pages.shared.cards import card, nothing_here
from pages.shared.colours import CHART_CONFIG
from pages.shared.empty import empty_desk
from pages.shared.people import DeskRole, Person, require
from pages.shared.sparkline import sparkline
from pages.shared.texts import _, counted

SLOWLY, QUICKLY = 10, 5  # seconds
BY_THE_HOUR = "Open tickets by the hour"
DEFINITIONS = (
    "Backlog",
    BY_THE_HOUR,
    "Who is working",
    "Deadlines that run out",
    "Targets",
    "Due and missed",
    "Warnings",
)


def render() -> None:
    """Draw the page."""
    person = require(DeskRole.MANAGER)
    st.title(_("Live"), anchor=False)
    if access.is_empty():
        empty_desk()
        return
    _numbers(person)
    _undelivered(person)
    left, right = st.columns([3, 2], gap="small")
    with left:
        _figures(person)
        _people(person)
    with right:
        _upcoming(person)
        _warnings(person)
    definitions.quote(DEFINITIONS, key="live_definitions")


@st.fragment(run_every=SLOWLY, parallel=True)
def _numbers(person: Person) -> None:
    with errors.sentences():
        at = answers.moment(person)
        st.caption(
            _("as of {instant}, renewed every few seconds · times in {zone}").format(
                instant=formats.short_instant(at.horizon_at, at.zone), zone=at.zone
            )
        )
        flow = answers.flow(at)
        today = flow.loc[flow["is_today"]]
        accent = colours.palette(at.base).accent
        grid = st.grid(4, min_column_width=150, gap="small", border=True)
        opened, resolved = int(today["opened_count"].sum()), int(today["resolved_count"].sum())
        with grid.cell():
            _metric(_("Backlog now"), int(flow["open_count"].iloc[-1]), "Backlog")
            line = sparkline([float(count) for count in flow["open_count"]], accent)
            st.image(line, width="stretch", alt=_("Open tickets in the last 24 hours"))
        with grid.cell():
            _metric(_("Arrived today"), opened, BY_THE_HOUR)
            st.caption(_("since midnight"))
        with grid.cell():
            _metric(_("Resolved today"), resolved, BY_THE_HOUR)
            st.caption(_("net {change:+,}").format(change=opened - resolved))
        with grid.cell():
            _metric(_("Overdue now"), answers.overdue_count(at), "Due and missed")
            st.caption(_("service targets that still run"))


def _metric(name: str, count: int, definition: str) -> None:
    st.metric(name, f"{count:,}", help=definitions.tip("", definition))


def _undelivered(person: Person) -> None:
    """What a manager has to know of: notices that somebody never got."""
    count = len(Outbox(access.desk().database).given_up(access.now(), scope=person.scope))
    if count:
        said = counted("{count} notice was not delivered", "{count} notices were not delivered", count)
        page = session.recall(session.PAGES)["notices"]
        st.page_link(page, label=said, icon=":material/unsubscribe:", width="content")


@st.fragment(run_every=SLOWLY, parallel=True)
def _figures(person: Person) -> None:
    with errors.sentences():
        at = answers.moment(person)
        subtitle = _("open tickets, last 24 hours")
        with card(_("Backlog"), subtitle, key="live_backlog", defined_by=("Backlog", BY_THE_HOUR)):
            _draw(answers.backlog_figure(at), "live_backlog_figure", _("Open tickets by the hour"))
        subtitle = _("tickets per hour, today")
        with card(_("Comes and goes"), subtitle, key="live_flow", defined_by=(BY_THE_HOUR,)):
            _draw(answers.flow_figure(at), "live_flow_figure", _("Arrivals and resolutions by the hour of today"))


@st.fragment(run_every=SLOWLY, parallel=True)
def _people(person: Person) -> None:
    subtitle, defined_by = _("acts in the last hour"), ("Who is working",)
    with errors.sentences(), card(_("Who is working"), subtitle, key="live_people", defined_by=defined_by):
        frame = answers.people(answers.moment(person))
        shown = tables.people(frame, _actions(), access.now())
        _table(shown, _("Nobody did anything in the last hour."), _("Agents who acted in the last hour"))


@st.fragment(run_every=QUICKLY, parallel=True)
def _upcoming(person: Person) -> None:
    subtitle, defined_by = _("deadlines and targets"), ("Deadlines that run out", "Targets")
    with errors.sentences(), card(_("Next breaches"), subtitle, key="live_upcoming", defined_by=defined_by):
        frame = answers.upcoming(answers.moment(person))
        shown = tables.upcoming(frame, access.directory().names(), access.now())
        _table(shown, _("Nothing runs out within a week."), _("The next deadlines and targets"))


@st.fragment(run_every=SLOWLY, parallel=True)
def _warnings(person: Person) -> None:
    subtitle, defined_by = _("last 24 hours"), ("Warnings",)
    with errors.sentences(), card(_("Latest warnings"), subtitle, key="live_warnings", defined_by=defined_by):
        shown = tables.warnings(answers.warnings(answers.moment(person)), access.now())
        _table(shown, _("No warning in the last 24 hours."), _("Warnings of the last 24 hours"))


def _table(shown: pd.DataFrame, otherwise: str, described_as: str) -> None:
    if shown.empty:
        nothing_here(otherwise)
    else:
        st.table(shown, border="horizontal", hide_index=True, alt=described_as)


def _draw(figure: go.Figure, key: str, described_as: str) -> None:
    st.plotly_chart(figure, width="stretch", theme=None, config=CHART_CONFIG, key=key, alt=described_as)


def _actions() -> Mapping[str, str]:
    lifecycles = access.desk().rules.lifecycles.declared
    return {trigger: _(name) for lifecycle in lifecycles for trigger, name in lifecycle.actions.items()}
