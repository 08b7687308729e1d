"""`python -m data demo`: about 600 made-up tickets of 120 days, simulated through the real use cases.

The same seed and instant give the same log. Nothing looks like a real person, company or number. Owns the order of the
parts: world, plots, simulation, loading.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random

from data.demo.arrivals import contact_times, planted_times
from data.demo.claims import report_statuses
from data.demo.loading import DeskNotEmptyError, load
from data.demo.plots import Plotter
from data.demo.quiet import quiet_orders
from data.demo.simulate import Simulation
from data.demo.world import catalogue
from data.opening import OpenDesk
from workflow.desk import Desk
from workflow.ids import new_ids
from workflow.memory import MemoryTicketStore
from workflow.rules import Rules

Progress = Callable[[int], None]
CONTACTS = 540  # with linked cases, repeated contacts and follow-ups about 600 tickets
# Minutes before now: some have just come, some are due within the hour, some are overdue.
_PLANTED = (1, 4, 9, 17, 31, 52, 1405, 1418, 1431, 1520, 1790, 2400, 2840, 2862)
_NEGLECTED_AFTER = 60
_QUIET = 4  # orders without a contact for each contact


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoReport:
    """What the demo has filled the desk with."""

    seed: int
    now: datetime
    tickets_count: int
    open_count: int
    events_count: int
    messages_count: int
    evidence_count: int
    orders_count: int
    buyers_count: int

    def __str__(self) -> str:
        return (
            f"{self.tickets_count:,} synthetic tickets ({self.open_count:,} open) with {self.events_count:,} events, "
            f"{self.messages_count:,} messages and {self.evidence_count:,} evidence files, seed {self.seed}."
        )


def load_demo(
    open_desk: OpenDesk,
    *,
    seed: int = 1,
    now: datetime,
    progress: Progress | None = None,
    contacts: int = CONTACTS,
) -> DemoReport:
    """Fill an empty desk; `DeskNotEmptyError` for any other. `progress` is told how many tickets there are so far."""
    if not open_desk.is_empty():
        raise DeskNotEmptyError
    plotter = Plotter(catalogue(), seed)
    memory = simulate(open_desk.rules, plotter, seed=seed, now=now, contacts=contacts, progress=progress)
    load(open_desk, memory, plotter.world, plotter.buyers)
    return _report(memory, plotter, seed, now)


def simulate(  # noqa: PLR0913 - what a run depends on
    rules: Rules,
    plotter: Plotter,
    *,
    seed: int,
    now: datetime,
    contacts: int = CONTACTS,
    progress: Progress | None = None,
) -> MemoryTicketStore:
    """A desk in memory on which everything has happened; the same for the same arguments."""
    random = Random(f"{seed}/demo")
    store = MemoryTicketStore(names={agent.id: agent.name for agent in plotter.world.agents})
    desk = Desk(store, Rules(rules.lifecycles, rules.policies, new_ids(random)))
    planted = planted_times(now, _PLANTED)
    times = [*contact_times(random, contacts - len(planted), now), *planted]
    plots = [plotter.plot(at, now) for at in sorted(times)]
    for plot in plots:
        minutes = (now - plot.contact_at).total_seconds() / 60
        plot.is_ignored |= plot.contact_at in planted and minutes > _NEGLECTED_AFTER
    Simulation(desk, store, plotter.world, now).run(plots, progress)
    report_statuses(store)
    buyers = [buyer.key for buyer in plotter.buyers]
    for order, posting in quiet_orders(plotter.world, random, now, _QUIET * contacts, buyers):
        store.orders[order.id], store.postings[posting.number] = order, posting
    return store


def _report(memory: MemoryTicketStore, plotter: Plotter, seed: int, now: datetime) -> DemoReport:
    return DemoReport(
        seed=seed,
        now=now,
        tickets_count=len(memory.tickets),
        open_count=sum(not ticket.state_kind.is_settled for ticket in memory.tickets.values()),
        events_count=sum(map(len, memory.events.values())),
        messages_count=sum(map(len, memory.messages.values())),
        evidence_count=sum(map(len, memory.evidence.values())),
        orders_count=len(memory.orders),
        buyers_count=len(plotter.buyers),
    )
