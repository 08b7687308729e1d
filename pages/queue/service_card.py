"""The clocks of a ticket and its service levels: what runs out when, and where each promise stands."""

from collections.abc import Sequence

import streamlit as st

from data.service.tickets import JudgedTicket
from pages.queue import drawers
from pages.queue.sheet import Sheet
from pages.shared import access, definitions, errors, ledger_drawer, service_words, session, words
from pages.shared.colours import BadgeColour
from pages.shared.formats import duration, in_badge, instant, plain, until
from pages.shared.texts import _, counted
from workflow.service.judging import Judged, Status

SHOWN = 5
COLOURS: dict[Status, BadgeColour] = {
    Status.MET: "green",
    Status.MISSED: "red",
    Status.RUNNING: "orange",
    Status.PAUSED: "gray",
    Status.ENDED_OTHERWISE: "gray",
}
ICONS = {
    Status.MET: ":material/check:",
    Status.MISSED: ":material/error:",
    Status.RUNNING: ":material/timer:",
    Status.PAUSED: ":material/pause:",
    Status.ENDED_OTHERWISE: ":material/remove:",
}


def clocks_card(sheet: Sheet) -> None:
    """Draw every clock that runs, the nearest first, with what happens then; nothing where none runs."""
    timers = sorted(sheet.ticket.timers, key=lambda timer: (timer.due_at, timer.trigger))
    if not timers:
        return
    with st.container(border=True, key="queue_clocks", gap="xsmall"):
        st.markdown(
            f"**{_('Clocks')}** &nbsp;:gray[:small[{_('what runs out next')}]]",
            help=definitions.tip("", "Timers and ticking"),
        )
        for timer in timers:
            what = words.consequence(timer.trigger)
            when = until(timer.due_at, sheet.now) if timer.due_at > sheet.now else _("now")
            st.markdown(f"{plain(what[:1].upper() + what[1:])} **{when}**")
            st.caption(instant(timer.due_at, sheet.zone))


def service_card(sheet: Sheet) -> None:
    """Draw the targets: those that run first, then the newest; the way to each ledger."""
    with errors.sentences():
        judged = sheet.judged or access.judged(sheet.ticket.id, sheet.now, sheet.person.scope)
        if not judged.targets:
            return
        with st.container(border=True, key="queue_service", gap="small"):
            tip = definitions.tip("", "Targets", "Due and missed")
            st.markdown(f"**{_('Service levels')}** &nbsp;:gray[:small[{_('what was promised')}]]", help=tip)
            ordered = in_order(judged.targets)
            labels = ledger_drawer.state_labels(sheet.ticket)
            for target in ordered[:SHOWN]:
                _target(target, judged, sheet, labels.get(target.span.state, target.span.state))
            if ordered[SHOWN:]:
                text = counted("{count} earlier target", "{count} earlier targets", len(ordered) - SHOWN)
                with st.expander(text):
                    for target in ordered[SHOWN:]:
                        _target(target, judged, sheet, labels.get(target.span.state, target.span.state))


def in_order(targets: Sequence[Judged]) -> list[Judged]:
    """Those that run by their deadline, then those that stand still, then the ended ones, the newest first."""
    running = [one for one in targets if one.ended_at is None]
    running.sort(key=lambda one: (one.due_at is None, one.due_at or one.started_at))
    ended = [one for one in targets if one.ended_at is not None]
    ended.sort(key=lambda one: one.started_at, reverse=True)
    return running + ended


def _target(target: Judged, judged: JudgedTicket, sheet: Sheet, state: str) -> None:
    promised, key = target.promise.target, ledger_drawer.key_of(target)
    with st.container(gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.markdown(f"**{plain(service_words.target(promised.kind.value, state))}**", width="stretch")
            st.button(
                _("Ledger"),
                key=sheet.key(f"queue_ledger_{key}"),
                type="tertiary",
                icon=":material/receipt_long:",
                on_click=_open,
                args=(key,),
            )
        standing = service_words.standing(target, sheet.now)
        if target.is_paused and target.status is Status.PAUSED:
            lines = judged.ledger(target)
            standing = f"{standing} · {service_words.why(lines[-1])}" if lines else standing
        st.badge(in_badge(standing), icon=ICONS[target.status], color=COLOURS[target.status])
        spent, budget = duration(target.counted.total_seconds()), duration(promised.budget.total_seconds())
        clock = service_words.clock(promised.calendar_id)
        st.caption(plain(_("{spent} of {budget} · {clock}").format(spent=spent, budget=budget, clock=clock)))
        if in_all := service_words.late_in_all(target, sheet.now):
            st.caption(plain(in_all))
        st.caption(plain(service_words.policy(target)))


def _open(key: str) -> None:
    drawers.put_away()
    session.set_query(ledger=key)
