"""The back-test of a draft: asked for here, run in a thread of its own, shown until the draft changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import streamlit as st

from data.selection import EARLIEST
from data.service.back_test import BackTest, back_test
from pages.policies import back_test_tables as tables
from pages.policies.known import Known
from pages.shared import access, colours, errors, formats, jobs, periods, session
from pages.shared.cards import card, draw, nothing_here
from pages.shared.people import Person
from pages.shared.texts import _, counted
from workflow.calendar_documents import document_text
from workflow.calendars import Calendar
from workflow.service.documents import policies_text
from workflow.service.policies import ServicePolicy

RUN, PERIOD, PAGE = "policies_back_test", "policies_back_test_period", "policies_back_test_page"
REDRAW_SECONDS = 0.5
ROWS = 15


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What is replayed: policies (None: those that were in force), and the calendars that a draft would change."""

    policies: Sequence[ServicePolicy] | None
    calendars: Mapping[str, Calendar]
    published: tuple[int, ...]  # the key of what is in force

    @property
    def key(self) -> tuple[object, ...]:
        """Changes with the draft and with what is in force."""
        policies = "" if self.policies is None else policies_text(self.policies)
        return (policies, *map(document_text, self.calendars.values()), self.published)


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A back-test that was asked for."""

    key: tuple[object, ...]
    period: str
    job: jobs.Job


def back_test_card(question: Question | None, known: Known, person: Person) -> str:
    """Draw it; says in a sentence what the back-test of this very draft found, empty without one."""
    subtitle = _("the chosen past under the draft, beside what was in force")
    with card(_("Back-test"), subtitle, key="policies_back_test_card", defined_by=("Back-test", "Attainment")):
        _ask(question, person)
        run: Run | None = session.recall(RUN)
        if run is None or question is None:
            nothing_here(_("Replay past tickets to see which targets the draft would have met and missed."))
            return ""
        if run.key != question.key:
            nothing_here(_("The draft has changed since the last back-test: run it again."))
            return ""
        if not run.job.is_over:
            st.fragment(_wait, run_every=REDRAW_SECONDS)(run)
            return ""
        return _found(run, known)


def _ask(question: Question | None, person: Person) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="policies_back_test_ask"):
        session.remember(PERIOD, session.recall(PERIOD) or periods.USUAL)
        st.segmented_control(
            _("Tickets opened in the last"),
            periods.SLUGS,
            format_func=periods.LABELS.__getitem__,
            required=True,
            key=PERIOD,
        )
        st.button(
            _("Run the back-test"),
            type="primary",
            icon=":material/history:",
            key="policies_back_test_run",
            disabled=question is None,
            on_click=_start,
            args=(question, person),
        )


def _start(question: Question, person: Person) -> None:
    slug = session.recall(PERIOD) or periods.USUAL
    until = access.now()
    since = until - timedelta(days=periods.DAYS[slug]) if slug in periods.DAYS else EARLIEST
    database = access.desk().database

    def work(_tell: jobs.Tell) -> BackTest:
        return back_test(
            database,
            question.policies,
            since=since,
            until=until,
            horizon_at=until,
            scope=person.scope,
            calendars=question.calendars,
        )

    session.forget(PAGE)
    session.remember(RUN, Run(key=question.key, period=slug, job=jobs.Job(_("Back-test"), work)))


def _wait(run: Run) -> None:
    if run.job.is_over:
        st.rerun()
    with st.container(horizontal_alignment="center", key="policies_back_test_wait"):
        st.space("small")
        st.caption(
            _(":material/hourglass_top: Replaying the tickets: {period}. You may go on working on other pages.").format(
                period=periods.LABELS[run.period].lower()
            ),
            width="content",
        )
        st.skeleton(height=80)


def _found(run: Run, known: Known) -> str:
    if run.job.error:
        errors.show(run.job.error)
        return ""
    found: BackTest | None = run.job.answer
    if found is None:
        st.error(_("This did not work; the desk's log says why. Nothing was changed."), icon=":material/error:")
        return ""
    if not found.tickets_count:
        nothing_here(_("No ticket was opened in this period: choose a longer one."))
        return ""
    said = _said(found, run.period)
    st.caption(said)
    _attainment(found, known)
    _changed(found, known)
    return said


def _said(found: BackTest, period: str) -> str:
    shares = {when: formats.share(*counts) for when, counts in tables.totals(found.by_category).items()}
    text = _("{tickets} ({period}): {before} of the targets met under what was in force, {after} under the draft.")
    tickets = counted("{count} ticket", "{count} tickets", found.tickets_count)
    return text.format(tickets=tickets, period=periods.LABELS[period].lower(), **shares)


def _attainment(found: BackTest, known: Known) -> None:
    left, right = st.columns(2, gap="small", vertical_alignment="center")
    categories, base = known.conditions["category"], colours.base()
    described_as = _("Attainment by category and target, before and after")
    with left:
        table = tables.attainment(found.by_category, categories)
        st.table(table, border="horizontal", hide_index=True, alt=described_as)
    with right:
        draw(
            lambda: tables.attainment_figure(found.by_category, categories, colours.palette(base)),
            key="policies_back_test_figure",
            described_as=described_as,
        )


def _changed(found: BackTest, known: Known) -> None:
    st.markdown(f"**{_('Tickets that change sides')}**")
    if found.changed.empty:
        st.caption(_("None: every target ends as it did."))
        return
    late, saved = tables.turned(found.changed)
    text = counted("{count} target changes sides", "{count} targets change sides", found.changed_count)
    shown = counted("the first {count} are listed", "the first {count} are listed", len(found.changed))
    said = _("{text}; of those listed {late} would be missed, {saved} no longer.").format(
        text=text if found.changed_count == len(found.changed) else f"{text}; {shown}", late=late, saved=saved
    )
    st.caption(said)
    pages = -(-len(found.changed) // ROWS)
    page = st.pagination(pages, key=PAGE) if pages > 1 else 1
    part = found.changed.iloc[(page - 1) * ROWS : page * ROWS]
    table = tables.changed(part, known.conditions["category"], known.states, access.zone())
    st.table(table, border="horizontal", hide_index=True, alt=_("Targets that change sides"))
