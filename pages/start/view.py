"""The first start: an empty desk leads to the demo or to an import. Later the place for further imports."""

import streamlit as st

from pages.shared import access, errors, jobs, session
from pages.shared.formats import plain
from pages.shared.people import DeskRole, require
from pages.shared.texts import _
from pages.start.demo_card import demo_card
from pages.start.import_card import import_card, outcome
from pages.start.importing import Outcome

REDRAW_SECONDS = 0.5


def render() -> None:
    """Draw the page."""
    require(*DeskRole)
    is_empty = access.is_empty()
    st.space("small")
    title = _("Welcome to Marketdesk") if is_empty else _("Bring in data")
    st.title(title, anchor=False, text_alignment="center")
    st.markdown(
        _("From a buyer's first contact to its resolution: every step, every clock, every figure on one desk."),
        text_alignment="center",
    )
    st.space("small")
    job = jobs.current()
    if job:
        _follow(job)
        return
    left, right = st.columns(2, gap="medium")
    with left, errors.sentences():
        demo_card(is_empty=is_empty)
    with right, errors.sentences():
        import_card()
    if not is_empty:
        st.page_link(session.recall(session.PAGES)["queue"], label=_("To the queue"), icon=":material/arrow_forward:")


def _follow(job: jobs.Job) -> None:
    _left, middle, _right = st.columns([1, 2, 1])
    with middle, st.container(border=True, key="start_job"):
        if job.is_over:
            _ended(job)
        else:
            st.fragment(_progress, run_every=REDRAW_SECONDS)(job)


def _progress(job: jobs.Job) -> None:
    if job.is_over:
        st.rerun()
    st.header(job.name, anchor=False)
    st.progress(job.share, text=plain(job.step) or _("Starting …"))
    st.caption(_("You may leave this page; the work goes on."))


def _ended(job: jobs.Job) -> None:
    st.header(job.name, anchor=False)
    if job.error:
        errors.show(job.error)
    elif job.answer is None:
        st.error(_("This did not work; the desk's log says why. Nothing was changed."), icon=":material/error:")
    elif isinstance(job.answer, Outcome):
        outcome(job.answer)
    else:
        st.success(plain(str(job.answer)), icon=":material/check:")
    _way_on(job)


def _way_on(job: jobs.Job) -> None:
    """To the queue after something came in; back after a check or an error."""
    found = job.answer
    is_in = found is not None and not (isinstance(found, Outcome) and (found.is_dry_run or found.rejects))
    if st.button(_("To the queue") if is_in else _("Back"), type="primary" if is_in else "secondary", key="start_done"):
        jobs.put_away()
        if is_in:
            st.switch_page(session.recall(session.PAGES)["queue"])
        st.rerun()
