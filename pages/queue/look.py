"""What the queue is narrowed to, as the address holds it: view, search, facets, order and columns.

The address is the one owner. A word in it that means nothing any more (an old link) is dropped.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from data.selection import QueueFilter, QueueSort, QueueView
from pages.shared import access, session
from pages.shared.numbers import number_of
from pages.shared.people import Person
from pages.shared.texts import _
from workflow.tickets import EMPTY
from workflow.vocabulary import Channel, Priority, StateKind

NOBODY = "-"  # of assignee and team: tickets that have none
VIEWS = {
    QueueView.OPEN: _("Open"),
    QueueView.MINE: _("Mine"),
    QueueView.UNASSIGNED: _("Unassigned"),
    QueueView.TEAM: _("My team"),
    QueueView.DUE_SOON: _("Due"),
    QueueView.OVERDUE: _("Breached"),
    QueueView.BUYER: _("Buyer"),
    QueueView.PLATFORM: _("Platform"),
    QueueView.RECENT: _("Resolved"),
    QueueView.ALL: _("All"),
}
OTHER_VIEWS = {
    QueueView.SETTLED: _("All resolved"),
    QueueView.OURS: _("Our turn"),
    QueueView.WAITING: _("Others' turn"),
}
SETTLED_VIEWS = frozenset({QueueView.RECENT, QueueView.SETTLED})
SORTS = {
    QueueSort.NEAREST_CLOCK: _("Nearest clock"),
    QueueSort.PRIORITY: _("Priority"),
    QueueSort.CHANGED: _("Last step"),
    QueueSort.OLDEST: _("Oldest"),
    QueueSort.NEWEST: _("Newest"),
}
COLUMNS = {
    "clock": _("What happens next"),
    "state": _("State"),
    "about": _("About"),
    "priority": _("Priority"),
    "seller": _("Seller"),
    "assignee": _("Assigned to"),
    "order": _("Order"),
    "posting": _("Parcel"),
    "channel": _("Channel"),
    "opened": _("Opened"),
    "changed": _("Last step"),
}
USUAL_COLUMNS = ("clock", "state", "about", "priority", "seller", "assignee")
FACETS = {
    "category": _("Category"),
    "kind": _("Kind of state"),
    "channel": _("Channel"),
    "priority": _("Priority"),
    "assignee": _("Assigned to"),
    "team": _("Team"),
}
_CLOSED = {"kind": frozenset(StateKind), "channel": frozenset(Channel), "priority": frozenset(Priority)}
HANDED_OVER = "tickets"  # of the address: what another page hands over
OPEN_FACETS = ("category", "assignee", "team")  # whose slugs the desk's own records make
NAMES = ("view", "q", *FACETS, "sort", "columns")  # of the address, and of a saved view's conditions


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """A list of the queue; `facets` holds the chosen slugs by facet, an empty or absent one is no limit."""

    view: QueueView = QueueView.OPEN
    search: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    sort: QueueSort = QueueSort.NEAREST_CLOCK
    columns: tuple[str, ...] = USUAL_COLUMNS

    @property
    def is_settled(self) -> bool:
        """Whether its tickets are done with, so that the last step matters and no clock."""
        return self.view in SETTLED_VIEWS

    @property
    def is_narrowed(self) -> bool:
        """Whether search or facets leave tickets of the view out."""
        return bool(self.search or any(self.facets.values()))

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The slugs of a facet."""
        return self.facets.get(facet, ())

    def filter(self, person: Person, numbers: tuple[int, ...] = ()) -> QueueFilter:
        """The same for the data; `numbers` are those that another page handed over, whatever their view."""
        return QueueFilter(
            now=access.now(),
            scope=person.scope,
            view=QueueView.ALL if numbers else self.view,
            agent_id=person.id,
            agent_team_id=access.directory().team_of(person.id),
            search=self.search,
            numbers=numbers,
            categories=self.chosen("category"),
            kinds=self.chosen("kind"),
            channels=self.chosen("channel"),
            priorities=self.chosen("priority"),
            assignee_ids=_or_nobody(self.chosen("assignee")),
            teams=_or_nobody(self.chosen("team")),
        )


def of_address(changes: Mapping[str, str] = EMPTY) -> Look:
    """What the address says, or will say after `changes`."""
    return known(of_conditions({name: changes.get(name, session.query(name)) for name in NAMES}))


def known(look: Look) -> Look:
    """`look` without the categories, assignees and teams that the desk does not know."""
    facets = dict(look.facets)
    for facet in OPEN_FACETS:
        asked = [slug for slug in look.chosen(facet) if slug != NOBODY]
        if asked:
            there = access.directory().slugs_known(facet, asked) | {NOBODY}
            facets[facet] = tuple(slug for slug in look.chosen(facet) if slug in there)
    return replace(look, facets=facets)


def handed_over(changes: Mapping[str, str] = EMPTY) -> tuple[int, ...]:
    """The tickets that another page handed over, as the address lists them, or will after `changes`.

    A word that is no number is dropped.
    """
    listed = changes.get(HANDED_OVER, session.query(HANDED_OVER))
    numbers = (number_of(word) for word in listed.split(","))
    return tuple(number for number in numbers if number is not None)


def of_conditions(conditions: Mapping[str, str]) -> Look:
    """What texts such as those of the address mean; which slugs the desk knows is asked by `known`."""
    view = conditions.get("view", "")
    wanted = QueueView(view) if view in set(QueueView) else QueueView.OPEN
    sort = conditions.get("sort", "")
    columns = tuple(name for name in _listed(conditions.get("columns", "")) if name in COLUMNS)
    return Look(
        view=wanted,
        search=conditions.get("q", ""),
        facets={facet: _known(facet, conditions.get(facet, "")) for facet in FACETS},
        sort=QueueSort(sort) if sort in set(QueueSort) else usual_sort(wanted),
        columns=columns or USUAL_COLUMNS,
    )


def usual_sort(view: QueueView) -> QueueSort:
    """The order of a view that nobody chose another one for."""
    return QueueSort.CHANGED if view in SETTLED_VIEWS else QueueSort.NEAREST_CLOCK


def conditions_of(look: Look) -> dict[str, str]:
    """The texts of a look, empty where it is as usual: `of_conditions` reads them again."""
    return {
        "view": "" if look.view is QueueView.OPEN else look.view.value,
        "q": look.search,
        **{facet: ",".join(look.chosen(facet)) for facet in FACETS},
        "sort": "" if look.sort is usual_sort(look.view) else look.sort.value,
        "columns": "" if look.columns == USUAL_COLUMNS else ",".join(look.columns),
    }


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in text.split(",") if word))


def _known(facet: str, text: str) -> tuple[str, ...]:
    known = _CLOSED.get(facet)
    return tuple(word for word in _listed(text) if known is None or word in known)


def _or_nobody(slugs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("" if slug == NOBODY else slug for slug in slugs)
