"""Which pages there are, who sees them in the menu, and where a person lands. Every address is registered always."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from pages.deadlines import view as deadlines
from pages.issue_categories import view as issue_categories
from pages.live import view as live
from pages.notices import view as notices
from pages.policies import view as policies
from pages.queue import view as queue
from pages.replies import view as replies
from pages.response_times import view as response_times
from pages.shared import access, colours, errors, scrolling, session
from pages.shared.empty import no_access
from pages.shared.notices import bell
from pages.shared.people import DeskRole, Person, me
from pages.shared.texts import _
from pages.start import view as start
from pages.team import view as team
from pages.weekly_report import view as weekly_report
from workflow.errors import DeskError

MANY_EVENTS = 20_000  # fewer are judged while the page is drawn
STATIC = Path(__file__).resolve().parent.parent / "static"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A page: what draws it, its address, and who may see it."""

    draw: Callable[[], None]
    url_path: str
    title: str
    icon: str
    roles: frozenset[DeskRole]
    is_in_menu: bool = True

    def render(self) -> None:
        """Draw the page; an error of the desk is shown as its sentence."""
        with errors.sentences():
            if DeskRole.MANAGER in self.roles:
                _judge()
            self.draw()


QUEUE = Place(
    draw=queue.render,
    url_path="queue",
    title=_("Queue"),
    icon=":material/inbox:",
    roles=frozenset({DeskRole.AGENT}),
)
DEADLINES = Place(
    draw=deadlines.render,
    url_path="deadlines",
    title=_("Deadlines"),
    icon=":material/alarm:",
    roles=frozenset({DeskRole.MANAGER, DeskRole.AGENT}),
)
LIVE = Place(
    draw=live.render,
    url_path="live",
    title=_("Live"),
    icon=":material/monitoring:",
    roles=frozenset({DeskRole.MANAGER}),
)
RESPONSE_TIMES = Place(
    draw=response_times.render,
    url_path="response-times",
    title=_("Response times"),
    icon=":material/timer:",
    roles=frozenset({DeskRole.MANAGER}),
)
POLICIES = Place(
    draw=policies.render,
    url_path="policies",
    title=_("Policies"),
    icon=":material/rule:",
    roles=frozenset({DeskRole.MANAGER}),
)
REPLIES = Place(
    draw=replies.render,
    url_path="replies",
    title=_("Replies"),
    icon=":material/article:",
    roles=frozenset({DeskRole.MANAGER}),
)
TEAM = Place(
    draw=team.render,
    url_path="team",
    title=_("Team"),
    icon=":material/groups:",
    roles=frozenset({DeskRole.MANAGER}),
)
ISSUE_CATEGORIES = Place(
    draw=issue_categories.render,
    url_path="issue-categories",
    title=_("Issue categories"),
    icon=":material/category:",
    roles=frozenset({DeskRole.ANALYST}),
)
WEEKLY_REPORT = Place(
    draw=weekly_report.render,
    url_path="weekly-report",
    title=_("Weekly report"),
    icon=":material/summarize:",
    roles=frozenset({DeskRole.MANAGER}),
)
START = Place(
    draw=start.render,
    url_path="start",
    title=_("Bring in data"),
    icon=":material/upload_file:",
    roles=frozenset(DeskRole),
)
NOTICES = Place(
    draw=notices.render,
    url_path="notices",
    title=_("Notices"),
    icon=":material/notifications:",
    roles=frozenset(DeskRole),
    is_in_menu=False,  # the bell leads there
)
PLACES = (
    QUEUE,
    LIVE,
    DEADLINES,
    RESPONSE_TIMES,
    POLICIES,
    REPLIES,
    TEAM,
    WEEKLY_REPORT,
    ISSUE_CATEGORIES,
    START,
    NOTICES,
)


def run() -> None:
    """Draw the frame and the page that the address names."""
    st.set_page_config(page_title="Marketdesk", page_icon=STATIC / "icon.svg", layout="wide")
    st.logo(STATIC / "logo.svg", size="medium")
    st.html(STATIC / "desk.css")
    if colours.base() == "dark":
        st.html(STATIC / "desk_dark.css")
    person = me()
    pages = {place.url_path: _page(place, person) for place in PLACES}
    session.remember(session.PAGES, pages)
    home = st.Page(_home(pages, person), title="Marketdesk", url_path="home", default=True, visibility="hidden")
    chosen = st.navigation([home, *pages.values()], position="top")
    if person.roles:
        bell.frame(person)
        scrolling.by_keyboard()
        _say_synthetic()
    chosen.run()


def _page(place: Place, person: Person) -> "st.Page":
    is_open = not person.roles.isdisjoint(place.roles)
    return st.Page(
        place.render if is_open else _refuse(person),
        title=place.title,
        icon=place.icon,
        url_path=place.url_path,
        visibility="visible" if is_open and place.is_in_menu else "hidden",
    )


def _refuse(person: Person) -> Callable[[], None]:
    def refuse() -> None:
        no_access(is_signed_in=bool(person.roles))

    return refuse


def _judge() -> None:
    """Long work says so: after an import the targets of its tickets are judged once, here or by the clock."""
    count = access.unjudged_count()
    if count > MANY_EVENTS:
        text = _("{count} events are new: their service levels are judged, once.").format(count=f"{count:,}")
        with st.spinner(text, show_time=True):
            access.judge()


def _home(pages: "dict[str, st.Page]", person: Person) -> Callable[[], None]:
    def home() -> None:
        mine = [place for place in PLACES if not person.roles.isdisjoint(place.roles)]
        if not mine:
            no_access(is_signed_in=False)
            return
        with errors.sentences():
            st.switch_page(pages[(START if access.is_empty() else mine[0]).url_path])

    return home


def _say_synthetic() -> None:
    try:
        is_synthetic = access.is_synthetic()
    except DeskError:
        return  # the page itself says why the desk cannot be opened
    if is_synthetic:
        st.caption(
            _(":material/science: **Synthetic data.** Every ticket, buyer and order on this desk is made up."),
            text_alignment="center",
        )
