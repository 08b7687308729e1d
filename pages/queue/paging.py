"""The pages of the queue's list: which one is shown, stepping from one to the next, and finding the one of a ticket.

The address names the page. Without one a link opens the list at the ticket that it names.
"""

import pandas as pd
import streamlit as st

from data.selection import QueueFilter
from pages.queue.arrival import arrive
from pages.queue.look import Look, handed_over, of_address
from pages.queue.play import NUMBERS
from pages.shared import access, session
from pages.shared.numbers import number_of
from pages.shared.people import DeskRole, acting
from pages.shared.refusals import worded
from pages.shared.texts import _
from workflow.errors import DeskError

PAGE_SIZE = 100
PAGE = "queue_page"  # the widget that turns the pages
ADDRESS = "page"
SEEN, SAID, STOOD = "queue_seen_ticket", "queue_said_of_pages", "queue_stood_in"
FORWARD, BACK = 1, -1


def read(look: Look, asked: QueueFilter, total: int) -> pd.DataFrame:
    """The page of the list that the address names, or where it names none that of a ticket which a link brought."""
    pages_count = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, number_of(session.query(ADDRESS)) or 1), pages_count)
    frame = _page(look, asked, page)
    ticket = session.query("ticket")
    is_new = bool(ticket) and session.recall(SEEN) != ticket
    if is_new and not session.query(ADDRESS) and pages_count > 1 and not _holds(frame, ticket):
        found = _page_of(look, asked, number_of(ticket))
        if found:
            page, frame = found, _page(look, asked, found)
            _turn_to(found)
    session.remember(SEEN, ticket)
    if _holds(frame, ticket):
        session.remember(STOOD, (look, page, [int(number) for number in frame["number"]]))
    if session.recall(PAGE) != page:
        session.remember(PAGE, page)
    return frame


def pages(total: int) -> None:
    """The pages to choose from, where there are several."""
    if total > PAGE_SIZE:
        st.pagination(-(-total // PAGE_SIZE), key=PAGE, max_visible_pages=5, on_change=_take_page)


def elsewhere(frame: pd.DataFrame, total: int) -> None:
    """Say that the ticket which is shown is not on this page, and offer the page where it is."""
    number = number_of(session.query("ticket"))
    if number is None or _holds(frame, str(number)):
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="queue_elsewhere"):
        if total <= PAGE_SIZE:
            st.caption(_("Ticket {number} is not in this list.").format(number=number), width="content")
            return
        st.caption(_("Ticket {number} is not on this page.").format(number=number), width="content")
        st.button(_("Show its page"), key="queue_its_page", on_click=_go_to_ticket, type="tertiary")


def say() -> None:
    """What the last step or search for a page came to, said once."""
    said = session.recall(SAID)
    session.forget(SAID)
    if said:
        st.toast(said, icon=":material/info:")


def step(by: int) -> None:
    """Move the choice down (`FORWARD`) or up (`BACK`) the list, to the next page where this one ends; for a callback.

    A ticket that has left the page since, as an act makes it, has its neighbours still; of any other the first of the
    page is chosen.
    """
    numbers = session.recall(NUMBERS, [])
    chosen = number_of(session.query("ticket"))
    if not numbers:
        return
    place = numbers.index(chosen) + by if chosen in numbers else _place_left(numbers, chosen, by)
    if 0 <= place < len(numbers):
        _choose(numbers[place])
        return
    try:
        _cross(numbers, place, by)
    except DeskError as error:
        session.remember(SAID, worded(error))


def _place_left(numbers: list[int], chosen: int | None, by: int) -> int:
    """The place of the nearest of those that stood below (`FORWARD`) or above `chosen` and are left, or a page on."""
    look, page, stood = session.recall(STOOD, (None, 0, []))
    if chosen not in stood or (look, page) != (of_address(), session.recall(PAGE)):
        return 0
    place = stood.index(chosen)
    beyond = stood[place + 1 :] if by == FORWARD else stood[:place][::-1]
    left = [numbers.index(number) for number in beyond if number in numbers]
    return left[0] if left else (len(numbers) if by == FORWARD else -1)


def _cross(numbers: list[int], place: int, by: int) -> None:
    """Choose the neighbour beyond the page.

    The list may have moved since it was read: the neighbour is that of the ticket; of its place where it left the list.
    """
    look, person = of_address(), acting(DeskRole.AGENT)
    asked = look.filter(person, handed_over())
    now_at = access.metrics().open_queue_place(asked, look.sort, numbers[place - by])
    neighbour = (int(session.recall(PAGE, 1)) - 1) * PAGE_SIZE + place if now_at is None else now_at - 1 + by
    offset = max(0, neighbour)
    frame = access.metrics().open_queue(asked, look.sort, limit=1, offset=offset)
    if neighbour < 0 or frame.empty:
        at_end = _("This is the last ticket of the list.")
        session.remember(SAID, at_end if by == FORWARD else _("This is the first ticket of the list."))
        return
    _choose(int(frame["number"].iloc[0]), **{ADDRESS: str(offset // PAGE_SIZE + 1)})


def _choose(number: int, **changes: str) -> None:
    session.set_query(ticket=str(number), ledger="", **changes)
    session.remember(SEEN, str(number))
    arrive()


def _take_page() -> None:
    _turn_to(int(session.recall(PAGE, 1)))


def _turn_to(page: int) -> None:
    session.set_query(**{ADDRESS: str(page)})


def _go_to_ticket() -> None:
    number = number_of(session.query("ticket"))
    try:
        look, person = of_address(), acting(DeskRole.AGENT)
        page = _page_of(look, look.filter(person, handed_over()), number)
    except DeskError as error:
        session.remember(SAID, worded(error))
        return
    if page:
        _turn_to(page)
    else:
        session.remember(SAID, _("Ticket {number} is not in this list.").format(number=number))


def _page(look: Look, asked: QueueFilter, page: int) -> pd.DataFrame:
    return access.metrics().open_queue(asked, look.sort, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)


def _page_of(look: Look, asked: QueueFilter, number: int | None) -> int | None:
    place = None if number is None else access.metrics().open_queue_place(asked, look.sort, number)
    return None if place is None else -(-place // PAGE_SIZE)


def _holds(frame: pd.DataFrame, ticket: str) -> bool:
    return number_of(ticket) in set(frame["number"])
