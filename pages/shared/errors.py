"""The one place that turns an error into what a person reads: a sentence, never a traceback."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from pages.shared import refusals
from pages.shared.formats import plain
from pages.shared.texts import _
from workflow.errors import DeskError

_log = logging.getLogger("marketdesk.pages")


@contextmanager
def sentences() -> Iterator[None]:
    """Show an error of the desk as its sentence, in place, and go on after the block."""
    try:
        yield
    except DeskError as error:
        show(error)


def show(error: DeskError) -> None:
    """Draw the error's sentence."""
    st.error(plain(refusals.worded(error)), icon=":material/error:")


def apologise(error: Exception) -> bool:
    """Streamlit's handler of what nobody foresaw: the log gets everything, the browser a sentence."""
    if isinstance(error, DeskError):
        show(error)
        return True
    _log.error("A page failed", exc_info=error)
    st.error(
        _("Something went wrong here. It has been written to the desk's log; nothing that you had saved is lost."),
        icon=":material/error:",
    )
    return True
