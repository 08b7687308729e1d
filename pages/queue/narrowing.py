"""The widgets that narrow the queue: view, search, facets with counts, order and columns. They write the address."""

from collections.abc import Mapping

import streamlit as st

from data.selection import QueueFilter, QueueSort, QueueView
from pages.queue.arrival import look_at_list
from pages.queue.look import (
    COLUMNS,
    FACETS,
    NOBODY,
    OTHER_VIEWS,
    SORTS,
    VIEWS,
    Look,
    conditions_of,
    handed_over,
    of_address,
    usual_sort,
)
from pages.shared import access, names, session, words
from pages.shared.formats import plain
from pages.shared.people import DeskRole, Person, acting
from pages.shared.texts import _
from workflow.errors import DeskError
from workflow.vocabulary import Channel, StateKind
from workflow.words import MOST_SOUGHT, sought

HELP = _(
    "“Due”: a clock or a service target runs out within 24 hours, or has. “Breached”: it has, and what it waited for"
    " has not happened. “Buyer”: the buyer must act. “Platform”: the marketplace has taken the ticket up."
    " “Resolved”: in the last seven days."
)


def begin_anew(**changes: str) -> None:
    """Show another list, by `changes` of the address: on its first page, with its first ticket; for a callback.

    Its first ticket is asked for here, so that the address is written once: one step of the browser's history.
    """
    session.set_query(**changes, ticket=_first(changes), ledger="", page="")
    look_at_list()


def go_to(look: Look, **changes: str) -> None:
    """Show another list: the address gets it all, and `changes` beside."""
    begin_anew(**conditions_of(look), **changes)


def _first(changes: Mapping[str, str]) -> str:
    """The first ticket of the list after `changes`, empty where there is none; the page says what cannot be read."""
    try:
        look, person = of_address(changes), acting(DeskRole.AGENT)
        asked = look.filter(person, handed_over(changes))
        frame = access.metrics().open_queue(asked, look.sort, limit=1)
    except DeskError:
        return ""
    return "" if frame.empty else str(frame["number"].iloc[0])


def views(look: Look, asked: QueueFilter) -> int:
    """The choice of the view, each with the number of its tickets; that of the chosen one is given back."""
    counters = access.metrics().queue_counters(asked).iloc[0]
    options = [*VIEWS, *([look.view] if look.view in OTHER_VIEWS else [])]
    session.remember("queue_view", look.view)
    st.segmented_control(
        _("Queue"),
        options,
        format_func=lambda view: _counted_view(QueueView(view), int(counters[f"{QueueView(view).value}_count"])),
        required=True,
        key="queue_view",
        label_visibility="collapsed",
        help=HELP,
        on_change=_take_view,
    )
    return int(counters[f"{look.view.value}_count"])


def search(look: Look) -> None:
    """The box of the search."""
    session.remember("queue_search", look.search)
    st.text_input(
        _("Search"),
        key="queue_search",
        placeholder=_("Number, order, tracking, product, buyer, words"),
        label_visibility="collapsed",
        type="search",
        on_change=_take_text,
    )


def left_out(look: Look) -> None:
    """Which words of a long search it leaves out."""
    wanted = sought(look.search)
    if wanted and wanted.left_out:
        text = _("The search looks for its last {count} words. Left out: {words}")
        st.caption(plain(text.format(count=MOST_SOUGHT, words=", ".join(wanted.left_out))))


def facets(look: Look, asked: QueueFilter, person: Person) -> None:
    """Category, kind of state, channel, priority, assignee and team, each value with its number of tickets.

    They are counted only while the choice is open.
    """
    count = sum(len(look.chosen(facet)) for facet in FACETS)
    title = _("Filter ({count})").format(count=count) if count else _("Filter")
    choice = st.popover(title, icon=":material/filter_list:", key="queue_filter", on_change="rerun")
    if not choice.open:
        return
    counted = access.metrics().queue_facets(asked)
    with choice:
        for facet, title in FACETS.items():
            rows = counted[counted["facet"] == facet]
            numbers = {
                slug or NOBODY: int(count) for slug, count in zip(rows["slug"], rows["tickets_count"], strict=True)
            }
            _facet(facet, title, look.chosen(facet), numbers, _labels(facet, person))


def arrangement(look: Look) -> None:
    """The order of the list, and its columns."""
    with st.popover(_("Show"), icon=":material/tune:", key="queue_show"):
        session.remember("queue_sort", look.sort)
        st.selectbox(_("Order"), list(SORTS), format_func=SORTS.__getitem__, key="queue_sort", on_change=_take_sort)
        session.remember("queue_columns", list(look.columns))
        st.multiselect(
            _("Columns"), list(COLUMNS), format_func=COLUMNS.__getitem__, key="queue_columns", on_change=_take_columns
        )


def _facet(
    facet: str, title: str, chosen: tuple[str, ...], numbers: Mapping[str, int], labels: Mapping[str, str]
) -> None:
    key = f"queue_facet_{facet}"
    session.remember(key, list(chosen))
    st.multiselect(
        title,
        [*numbers, *(slug for slug in chosen if slug not in numbers)],
        format_func=lambda slug: f"{labels.get(slug, slug)} · {numbers.get(slug, 0):,}",
        key=key,
        placeholder=_("All"),
        on_change=_take_facet,
        args=(facet, key),
    )


def _labels(facet: str, person: Person) -> dict[str, str]:
    directory = access.directory()
    match facet:
        case "category":
            return dict(names.category_names(access.metrics().categories(person.scope)))
        case "kind":
            return {kind.value: words.KINDS[kind] for kind in StateKind}
        case "channel":
            return {channel.value: words.CHANNELS[channel] for channel in Channel}
        case "priority":
            return dict(words.PRIORITY_OF)
        case "assignee":
            return {NOBODY: _("Nobody"), person.id: person.name, **directory.names(scope=person.scope)}
        case _:
            return {NOBODY: _("No team"), **directory.teams(person.scope)}


def _counted_view(view: QueueView, count: int) -> str:
    """What is done with calls for nothing, so its number is not shown."""
    name = {**VIEWS, **OTHER_VIEWS}[view]
    return name if view in {QueueView.RECENT, QueueView.SETTLED, QueueView.ALL} else f"{name} {count:,}"


def _take_view() -> None:
    view = QueueView(session.recall("queue_view"))
    look = of_address()
    is_usual = look.sort is usual_sort(look.view)
    begin_anew(
        view="" if view is QueueView.OPEN else view.value,
        sort="" if is_usual or look.sort is usual_sort(view) else look.sort.value,
    )


def _take_text() -> None:
    begin_anew(q=str(session.recall("queue_search") or "").strip())


def _take_facet(facet: str, key: str) -> None:
    begin_anew(**{facet: ",".join(session.recall(key))})


def _take_sort() -> None:
    sort = QueueSort(session.recall("queue_sort"))
    begin_anew(sort="" if sort is usual_sort(of_address().view) else sort.value)


def _take_columns() -> None:
    chosen = session.recall("queue_columns")
    session.set_query(columns=",".join(chosen))
