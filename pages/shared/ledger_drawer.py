"""The ledger of a target as a drawer on the right: the number on the card, and every interval that made it.

The address names it, so that a link to a breach opens it: `ledger=first_reply-1` beside the ticket.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from data.service.tickets import JudgedTicket
from pages.shared import access, colours, definitions, formats, ledger_table, service_words, session
from pages.shared.ledger_strip import strip
from pages.shared.people import DeskRole, Person
from pages.shared.texts import _, label
from workflow.service.judging import Judged
from workflow.service.ledger import Line
from workflow.tickets import Ticket

LEDGER = "ledger"  # of the address
WIDTH = 980  # pixels
LEDGER_DEFINITION = "Ledger"  # a heading of DECISIONS.md


def close() -> None:
    """Put the drawer away."""
    session.set_query(ledger="")


def close_with_ticket() -> None:
    """Put the drawer away on a page that names a ticket for its ledger only."""
    session.set_query(ledger="", ticket="")


def is_wanted() -> bool:
    """Whether the address names a ledger."""
    return bool(session.query(LEDGER))


def open_drawer(ticket_id: str, person: Person, *, has_link: bool = False) -> None:
    """Draw the ledger that the address names; one that the ticket does not have (an old link) is said so.

    `has_link` adds the way to the ticket, where the page is not its own.
    """
    wanted = session.query(LEDGER)
    judged = access.judged(ticket_id, access.now(), person.scope)
    target = next((one for one in judged.targets if key_of(one) == wanted), None)
    ticket = access.desk().store.load_case(ticket_id, person.scope).ticket
    title = _("Ledger of ticket {number}").format(number=ticket.number)
    drawer = st.dialog(title, width=WIDTH, position="right", on_dismiss=close_with_ticket if has_link else close)
    if target is None:
        drawer(_missing)()
    else:
        drawer(_draw)(judged, target, ticket, has_link=has_link and DeskRole.AGENT in person.roles)


def key_of(judged: Judged) -> str:
    """How the address names a target."""
    return service_words.key(judged.span.kind.value, judged.span.turn)


def state_labels(ticket: Ticket) -> Mapping[str, str]:
    """The names of the states of the ticket's lifecycle; a state of an earlier category keeps its own."""
    states = access.desk().rules.lifecycle_of(ticket).states
    return {name: label(state.labels, name) for name, state in states.items()}


def _missing() -> None:
    st.caption(_("This ticket has no such target any more: its policy or its history changed since the link was made."))


def _draw(judged: JudgedTicket, target: Judged, ticket: Ticket, *, has_link: bool) -> None:
    lines, labels, zone = judged.ledger(target), state_labels(ticket), access.zone()
    _head(target, labels.get(target.span.state, target.span.state), zone)
    if has_link:
        queue = session.recall(session.PAGES)["queue"]
        query = {"ticket": str(ticket.number)}
        st.page_link(queue, label=_("Open the ticket"), icon=":material/arrow_forward:", query_params=query)
    if lines:
        _intervals(lines, target, ticket)
    else:
        st.caption(_("It began this moment: nothing has passed yet."))
    definitions.quote((LEDGER_DEFINITION,), key="ledger_definitions")


def _intervals(lines: Sequence[Line], target: Judged, ticket: Ticket) -> None:
    labels, zone = state_labels(ticket), access.zone()
    picture = strip(lines, target.due_at, colours.palette(colours.base()))
    st.image(picture, width="stretch", alt=_("Counted and uncounted time from start to end"))
    with st.container(horizontal=True, gap="small"):
        st.caption(_(":green[■] counted · :gray[□] not counted · :red[▎] deadline"), width="stretch")
        name = f"ledger-{ticket.number}-{key_of(target)}.csv"
        text = ledger_table.csv(lines)
        st.download_button(_("CSV"), text, name, "text/csv", icon=":material/download:", key="ledger_csv")
    with st.container(key="ledger_lines"):
        frame = ledger_table.shown(lines, labels, zone)
        st.table(frame, border="horizontal", hide_index=True, alt=_("The intervals of the target, and their sum"))
    st.caption(_("Times in {zone}; durations are hours, minutes and seconds.").format(zone=zone))


def _head(target: Judged, state: str, zone: str) -> None:
    promised = target.promise.target
    name = service_words.target(promised.kind.value, state)
    value = ledger_table.exact(target.counted)
    budget = ledger_table.exact(promised.budget)
    left, right = st.columns([2, 3], vertical_alignment="center")
    with left:
        said = _("{counted} of {budget}").format(counted=value, budget=budget)
        st.metric(name, said, help=definitions.tip("", LEDGER_DEFINITION))
    with right, st.container(gap="xxsmall"):
        standing = service_words.standing(target, target.horizon_at)
        st.markdown(f"**{formats.plain(standing[:1].upper() + standing[1:])}**")
        if in_all := service_words.late_in_all(target, target.horizon_at):
            st.caption(formats.plain(in_all))
        due = formats.instant(target.due_at, zone) if target.due_at else formats.NO_DATA
        clock = service_words.clock(promised.calendar_id)
        st.caption(formats.plain(_("Due {due} · clock: {clock}").format(due=due, clock=clock)))
        st.caption(formats.plain(service_words.policy(target)))
