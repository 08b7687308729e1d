"""`python -m data demo`: an empty desk is filled with synthetic tickets."""

import sys
from argparse import ArgumentParser, Namespace

from tqdm import tqdm

from data.clock import now
from data.commands.command import Answer, Command, database_path, instant
from data.demo import CONTACTS, load_demo
from data.opening import open_desk


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="another seed makes other tickets (default: 1)"
    )
    parser.add_argument("--now", type=instant, metavar="T", help="the instant at which the story ends (default: now)")


def _run(arguments: Namespace) -> Answer:
    with (
        open_desk(database_path(arguments)) as desk,
        tqdm(total=CONTACTS, unit=" tickets", disable=not sys.stderr.isatty(), leave=False) as bar,
    ):

        def show(count: int) -> None:
            bar.n = min(count, CONTACTS)
            bar.refresh()

        report = load_demo(desk, seed=arguments.seed, now=arguments.now or now(), progress=show)
    return Answer(text=str(report))


DEMO = Command(
    name="demo",
    summary="fill an empty desk with about 600 synthetic tickets",
    examples=("python -m data demo", "python -m data demo --seed 7 --now 2026-03-01T12:00Z --database var/demo.duckdb"),
    add_arguments=_add_arguments,
    run=_run,
)
