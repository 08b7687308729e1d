"""`python -m data tick`: what a running desk does every minute, once: clocks, service levels and notices."""

from argparse import ArgumentParser, Namespace

from data.clock import now
from data.clockwork import run_clocks
from data.commands.command import Answer, Command, DatabaseMissingError, database_path, instant
from data.opening import open_desk
from data.service.shelf import rulebook


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--now", type=instant, metavar="T", help="fire what is due at this instant (default: now)")


def _run(arguments: Namespace) -> Answer:
    path = database_path(arguments)
    if not path.exists():
        raise DatabaseMissingError(path=path)
    moment = arguments.now or now()
    with open_desk(path) as desk:
        events = run_clocks(desk, rulebook(desk.database), moment)
    tickets = len({event.ticket_id for event in events})
    return Answer(text=f"{len(events):,} timers of {tickets:,} tickets were due at {moment.isoformat()}Z.")


TICK = Command(
    name="tick",
    summary="fire every timer that is due and tell whom it concerns (the running desk does so every minute)",
    examples=("python -m data tick", "python -m data tick --now 2026-03-01T09:00+03:00"),
    add_arguments=_add_arguments,
    run=_run,
)
