"""Load the demo: what it brings, and the button that does it."""

import streamlit as st

from data.demo import CONTACTS, DemoReport, load_demo
from pages.shared import access, errors, jobs
from pages.shared.people import DeskRole, acting
from pages.shared.texts import _

SEED = 1


def demo_card(*, is_empty: bool) -> None:
    """Draw it."""
    with st.container(border=True, height="stretch", key="start_demo"):
        st.header(f":material/science: {_('Look around')}", anchor=False)
        st.markdown(
            _(
                "About 600 made-up tickets of four months: late parcels, faulty goods, returns; chats, e-mails and "
                "calls; photos, escalations, reopened cases. The same every time, marked as synthetic on every page."
            )
        )
        st.caption(_("Takes less than a minute. Nothing in it is about a real person."))
        st.button(
            _("Load the demo"),
            type="primary",
            icon=":material/play_arrow:",
            key="start_load_demo",
            disabled=not is_empty,
            help=None if is_empty else _("Only an empty desk takes the demo: name another file for it."),
            on_click=_load,
        )


def _load() -> None:
    with errors.sentences():
        acting(*DeskRole)
        jobs.start(_("Loading the demo"), _work)


def _work(tell: jobs.Tell) -> DemoReport:
    def say(count: int) -> None:
        tell(_("{count} tickets so far").format(count=f"{count:,}"), count / (CONTACTS * 1.15))

    return load_demo(access.desk(), seed=SEED, now=access.now(), progress=say)
