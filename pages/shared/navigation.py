"""Which pages there are, who sees them in the menu, and where a person lands. Every address is registered always."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import streamlit as st

from pages.shared import access, errors, session
from pages.shared.empty import no_access
from pages.shared.people import DeskRole, Person, me
from pages.shared.texts import _
from workflow.errors import DeskError

STATIC = Path(__file__).resolve().parent.parent / "static"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A page: `package` is its folder in `pages`, `url_path` its address, `roles` who may see it."""

    package: str
    url_path: str
    title: str
    icon: str
    roles: frozenset[DeskRole]
    is_in_menu: bool = True

    def render(self) -> None:
        """Draw the page."""
        with errors.sentences():
            import_module(f"pages.{self.package}.view").render()


PLACES = (
    Place(
        package="queue",
        url_path="queue",
        title=_("Queue"),
        icon=":material/inbox:",
        roles=frozenset({DeskRole.AGENT}),
    ),
    Place(
        package="response_times",
        url_path="response-times",
        title=_("Response times"),
        icon=":material/timer:",
        roles=frozenset({DeskRole.MANAGER}),
    ),
    Place(
        package="issue_categories",
        url_path="issue-categories",
        title=_("Issue categories"),
        icon=":material/category:",
        roles=frozenset({DeskRole.ANALYST}),
    ),
    Place(
        package="start",
        url_path="start",
        title=_("Start"),
        icon=":material/flag:",
        roles=frozenset(DeskRole),
        is_in_menu=False,
    ),
)


def warm() -> None:
    """Import every page before the first visitor comes."""
    for place in PLACES:
        with suppress(ModuleNotFoundError):
            import_module(f"pages.{place.package}.view")


def run() -> None:
    """Draw the frame and the page that the address names."""
    st.set_page_config(page_title="Marketdesk", page_icon=STATIC / "icon.svg", layout="wide")
    st.logo(STATIC / "logo.svg", size="medium")
    st.html(STATIC / "desk.css")
    person = me()
    pages = {place.package: _page(place, person) for place in PLACES}
    session.remember(session.PAGES, pages)
    home = st.Page(_home(pages, person), title="Marketdesk", url_path="home", default=True, visibility="hidden")
    chosen = st.navigation([home, *pages.values()], position="top")
    if person.roles:
        _say_synthetic()
    chosen.run()


def _page(place: Place, person: Person) -> "st.Page":
    is_open = not person.roles.isdisjoint(place.roles)
    is_shown = is_open and place.is_in_menu
    return st.Page(
        place.render if is_open else _refuse(person),
        title=place.title,
        icon=place.icon,
        url_path=place.url_path,
        visibility="visible" if is_shown else "hidden",
    )


def _refuse(person: Person) -> Callable[[], None]:
    def refuse() -> None:
        no_access(is_signed_in=bool(person.roles))

    return refuse


def _home(pages: "dict[str, st.Page]", person: Person) -> Callable[[], None]:
    def home() -> None:
        mine = [place for place in PLACES if place.is_in_menu and not person.roles.isdisjoint(place.roles)]
        if not mine:
            no_access(is_signed_in=bool(person.roles))
            return
        with errors.sentences():
            st.switch_page(pages["start" if access.is_empty() else mine[0].package])

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
