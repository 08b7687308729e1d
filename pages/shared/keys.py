"""The one registry of keys: what each does, and the list of them under `?`.

A key that presses a button is the `shortcut` of that button; Streamlit takes letters, digits and named keys. What it
does not take (`/`, `?`, menus, boxes) components of the desk's own listen for. No key is written anywhere else: a page
adds its keys to `KEYS`, and so to the list.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import streamlit as st

from pages.shared import components, session
from pages.shared.texts import _

_OPEN = "shared_keys_open"


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """A key: `shortcut` as Streamlit writes it, and what it does, in a few words.

    With a `selector` the component listens: the key focuses that element, or presses it where `presses` is set. Where
    the element is not drawn, the one of `switch` that says `what` is pressed first.
    """

    shortcut: str
    what: str
    where: str
    selector: str = ""
    presses: bool = False
    switch: str = ""


QUEUE, SELECTING, TICKET = _("Queue"), _("While selecting"), _("Ticket")
WRITING = _("While writing")
NEXT = Key(shortcut="J", what=_("Next ticket"), where=QUEUE)
PREVIOUS = Key(shortcut="K", what=_("Previous ticket"), where=QUEUE)
NEW = Key(shortcut="N", what=_("New contact"), where=QUEUE)
SEARCH = Key(shortcut="/", what=_("Search"), where=QUEUE, selector=".st-key-queue_search input")
BULK = Key(shortcut="B", what=_("Begin or end selecting"), where=QUEUE)
PLAY = Key(shortcut="P", what=_("Play: act, then the next ticket"), where=QUEUE)
TAKE_NEXT = Key(shortcut="T", what=_("Take the next ticket that nobody has"), where=QUEUE)
BULK_MARK = Key(shortcut="X", what=_("Select this ticket, or not"), where=SELECTING)
BULK_ALL = Key(shortcut="Shift+X", what=_("Select all of the page, or none"), where=SELECTING)
BULK_ASSIGN = Key(
    shortcut="Shift+A",
    what=_("Assign all that are selected"),
    where=SELECTING,
    selector=".st-key-queue_bulk_assign button",
    presses=True,
)
BULK_PRIORITISE = Key(
    shortcut="Shift+P",
    what=_("Priority of all that are selected"),
    where=SELECTING,
    selector=".st-key-queue_bulk_prioritise button",
    presses=True,
)
BULK_TAG = Key(
    shortcut="Shift+T",
    what=_("Tag all that are selected"),
    where=SELECTING,
    selector=".st-key-queue_bulk_tag button",
    presses=True,
)
BULK_ACTION = Key(
    shortcut="Shift+D",
    what=_("An action on all that are selected"),
    where=SELECTING,
    selector=".st-key-queue_bulk_action button",
    presses=True,
)
TAKE = Key(shortcut="A", what=_("Take the ticket"), where=TICKET)
# Where the chat is locked there is no box: what is focused then is the reason.
REPLY = Key(
    shortcut="M",
    what=_("Reply to the buyer"),
    where=TICKET,
    selector="[class*=st-key-queue_reply_] textarea, .st-key-queue_refused_reply_text",
    switch=".st-key-queue_composer [role=radio]",
)
NOTE = Key(
    shortcut="I",
    what=_("Internal note"),
    where=TICKET,
    selector="[class*=st-key-queue_note_] textarea, .st-key-queue_refused_note_text",
    switch=".st-key-queue_composer [role=radio]",
)
# With Alt, browsers change the tab; alone, an order number that is typed beside its box would take five actions.
ACTIONS = [Key(shortcut=f"Shift+{place}", what=_("The action with this number"), where=TICKET) for place in range(1, 6)]
PALETTE = Key(
    shortcut="D",
    what=_("All actions: type to find one, Enter does it"),
    where=TICKET,
    selector="[class*=st-key-queue_palette_] button",
    presses=True,
)
LEAVE = Key(shortcut="Escape", what=_("Leave the box: keys are keys again"), where=WRITING)
SEND = Key(shortcut="Alt+Enter", what=_("Send the reply, or save the note"), where=WRITING)
HELP = Key(shortcut="?", what=_("This list"), where=QUEUE, selector=".st-key-shared_keys button", presses=True)
KEYS = [
    *(NEXT, PREVIOUS, SEARCH, NEW, BULK, PLAY, TAKE_NEXT, HELP),
    *(BULK_MARK, BULK_ALL, BULK_ASSIGN, BULK_PRIORITISE, BULK_TAG, BULK_ACTION),
    *(TAKE, REPLY, NOTE, *ACTIONS, PALETTE),
    *(SEND, LEAVE),
]

_listener = components.load(Path(__file__).parent / "keyboard", '<div class="keyboard"></div>')


def help_button() -> None:
    """The button that opens the list of keys."""
    st.button(
        "",
        icon=":material/keyboard:",
        key="shared_keys",
        help=_("Keys (?)"),
        on_click=_open,
        type="tertiary",
    )
    if session.recall(_OPEN):
        session.forget(_OPEN)
        st.dialog(_("Keys"), width="small")(_list)()


def listen() -> None:
    """Hear the keys that no button can have; drawn where an empty element takes no room."""
    heard = [
        {
            "key": key.shortcut.lower(),
            "selector": key.selector,
            "presses": key.presses,
            "switch": key.switch,
            "what": key.what,
        }
        for key in KEYS
        if key.selector
    ]
    buttons = [key.shortcut.lower() for key in KEYS if not key.selector]
    # What no run has said before has the component drawn anew: strokes that wait go on then.
    _listener(
        key="shared_keyboard",
        data={
            "keys": heard,
            "buttons": buttons,
            "leftByEnter": SEARCH.selector,
            "waits": ".st-key-queue_bulk_bar",
            "run": time.monotonic_ns(),
        },
    )


def _open() -> None:
    session.remember(_OPEN, value=True)


def _list() -> None:
    for where, keys in groupby(KEYS, attrgetter("where")):
        st.markdown(f"**{where}**")
        for shortcut, what in _lines(keys):
            left, right = st.columns([3, 5], gap="small")
            left.markdown(shortcut)
            right.markdown(what)


def _lines(keys: Iterator[Key]) -> Iterator[tuple[str, str]]:
    """What stands in the list: keys that do the same, by their numbers, share a line."""
    for what, same in groupby(keys, attrgetter("what")):
        first, *more = [f"`{key.shortcut}`" for key in same]
        yield f"{first} … {more[-1]}" if more else first, what
