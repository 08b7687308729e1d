"""How fast the desk answers a team: agents in sessions of their own work the queue of one running server.

usage: python benchmarks/agents_at_work.py [--agents 20] [--seconds 75] [--tickets N] [--folder FOLDER]

The agents come in within a quarter of a minute. Each opens a ticket, goes to the next, writes a note or a reply, thinks
for 2 to 4 seconds, and so on; the fragments of the page renew themselves as in a browser. The server is the real one,
and notes how long each rerun took from the script runner's start to its end; where a part asked for the whole page,
from the part's start to the page's end. Prints count, median, 95th percentile, slowest and the share under 500 ms of
each kind of rerun by itself, for many small renewals say nothing of a page; the same of how long agents waited, from
the press until all of it was received, which holds what a run waits for before it begins; and how busy the machine was.
Without `--tickets` the desk is the demo; with it, the one of search.py and 400 tickets that can be worked on. A folder
keeps the large desk. Exit 1 where less than 95 % of any kind of rerun are under 500 ms.
"""

import argparse
import asyncio
import os
import random
import resource
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, sleep
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from streamlit.runtime.scriptrunner_utils.run_descriptor import RunDescriptor
    from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(Path(__file__).resolve().parent))  # its neighbours
sys.path.insert(0, str(ROOT))  # the desk's own folder

from _sessions import Session, session
from page_queries import fill
from search import fill_texts

from data.commits import run
from data.database import Database
from data.keeping import rebuild
from data.opening import open_desk
from data.search_index import rebuild_words
from workflow.contacts import Contact
from workflow.tickets import Actor
from workflow.vocabulary import Channel, Role

LIMIT_MILLISECONDS, LEAST_SHARE = 500, 0.95
CATEGORY = "logistics_delay"
WORKABLE = 400
START_SECONDS = 120
THINK_SECONDS = (2.0, 4.0)
ARRIVAL_SECONDS = 4  # within which a team comes in
TEXT = "The carrier has your parcel and will bring it on Friday between nine and noon."
KINDS = {
    "page": "the whole page",
    "led": "the whole page by a part",
    "part": "a part of it, asked for",
    "renewal": "a part that renews itself",
}
WAITS = {"page": "a wait for the whole page", "part": "a wait for a part of it"}
FEWEST = 2  # of which a percentile can be told
Rerun = tuple[str, float]  # kind and milliseconds


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """What one agent did: tickets seen, texts sent, exceptions shown, and how long each press was waited for."""

    seen_count: int
    sent_count: int
    error_count: int
    waits: Sequence[Rerun]


def serve(database: Path, port: int, log: Path) -> None:
    """The desk's server in this process, with a line in `log` for each rerun."""
    from streamlit.runtime.scriptrunner import script_runner  # noqa: PLC0415 - only the server needs them
    from streamlit.web import cli  # noqa: PLC0415

    os.environ["DESK_DATABASE"] = str(database)
    runner = script_runner.ScriptRunner
    run, finish = runner._run_script, runner._on_script_finished  # noqa: SLF001 - where a rerun begins and ends
    here = threading.local()  # a thread runs one script at a time, again and again where it asks for that
    lines = log.open("a", encoding="utf-8", buffering=1)

    def timed(self: script_runner.ScriptRunner, rerun_data: script_runner.RerunData) -> None:
        kind = (
            "renewal"
            if rerun_data.is_auto_rerun
            else "part"
            if rerun_data.fragment_id or rerun_data.fragment_id_queue
            else "page"
        )
        here.is_whole = False
        started = perf_counter()
        try:
            run(self, rerun_data)
        finally:
            kind = "led" if kind != "page" and here.is_whole else kind
            lines.write(f"{kind} {(perf_counter() - started) * 1000:.3f}\n")

    def noted(
        self: script_runner.ScriptRunner,
        ctx: "ScriptRunContext",
        event: script_runner.ScriptRunnerEvent,
        premature_stop: bool,  # noqa: FBT001 - as it is called
        run_descriptor: "RunDescriptor",
    ) -> None:
        here.is_whole = not run_descriptor.fragment_ids
        finish(self, ctx, event, premature_stop, run_descriptor)

    runner._run_script, runner._on_script_finished = timed, noted  # noqa: SLF001
    sys.argv = ["streamlit", "run", "dashboard.py", "--server.address", "127.0.0.1", "--server.port", str(port)]
    cli.main()


@contextmanager
def server(database: Path, port: int, log: Path):  # noqa: ANN201
    """The server in a process of its own, healthy; ended afterwards."""
    command = [sys.executable, __file__, "--serve", str(database), str(port), str(log)]
    with log.with_suffix(".err").open("w") as errors:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=errors)  # noqa: S603
        try:
            _wait_until_healthy(process, port)
            yield
        finally:
            process.terminate()
            process.wait()


def _wait_until_healthy(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = monotonic() + START_SECONDS
    while monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except (URLError, ConnectionError, TimeoutError):
            sleep(0.1)
    sys.exit("The desk did not start.")


async def work(port: int, first: int, seed: int, seconds: float) -> Shift:
    """One agent until the time is over."""
    dice, until = random.Random(seed), monotonic() + seconds
    await asyncio.sleep(dice.uniform(0, ARRIVAL_SECONDS))
    screen, listening = await session(port, "queue", f"category={CATEGORY}&ticket={first}")
    seen, sent = 1, 0
    while monotonic() < until:
        await _think(dice)
        if dice.random() < 0.5:
            await screen.press("queue_next")
            seen += 1
        else:
            sent += await _write(screen, dice)
    await screen.socket.close()
    await listening
    return Shift(seen_count=seen, sent_count=sent, error_count=screen.error_count, waits=tuple(screen.waits))


async def _write(screen: Session, dice: random.Random) -> int:
    """A note or, where the ticket allows one, a reply; how many were sent."""
    modes = screen.key_like("queue_write_mode_")
    if not modes:
        return 0
    await screen.choose(modes, dice.choice(screen.widgets[modes].options))
    box = screen.key_like("queue_note_") or screen.key_like("queue_reply_")
    send = screen.key_like("queue_send_")
    if not box or not screen.has(send):
        return 0
    await _think(dice)
    await screen.type(box, TEXT)
    await screen.press(send)
    return 1


async def _think(dice: random.Random) -> None:
    await asyncio.sleep(dice.uniform(*THINK_SECONDS))


async def at_work(port: int, firsts: Sequence[int], seconds: float) -> list[Shift]:
    """All agents at once."""
    return await asyncio.gather(*(work(port, first, seed, seconds) for seed, first in enumerate(firsts)))


def prepare(folder: Path, tickets: int) -> Path:
    """The desk's file: the demo, or the large one with tickets that can be worked on."""
    path = folder / (f"search_{tickets}.duckdb" if tickets else "demo.duckdb")
    if not tickets:
        command = [sys.executable, "-m", "data", "demo", "--database", str(path)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - the desk's own command
        return path
    with Database.open(path) as database:
        if database.read("store/is_empty")[0][0]:
            fill(database, tickets)
            fill_texts(database, tickets)
            with database.writing() as cursor:
                rebuild_words(cursor)
            rebuild(database)
            database.checkpoint()
        has_workable = bool(database.read("select 1 from tickets where category = ? limit 1", [CATEGORY]))
    if not has_workable:
        _open_tickets(path)
    return path


def _open_tickets(path: Path) -> None:
    clerk, now = Actor(role=Role.SELLER_AGENT, id="agent_0"), datetime.now(UTC).replace(tzinfo=None)
    with open_desk(path) as opened:
        with opened.database.writing() as cursor:  # the made tickets have taken theirs without asking
            run(cursor, "store/reserve_numbers", {"count": run(cursor, "search/last_number")[0][0]})
        for number in range(WORKABLE):
            contact = Contact(
                category=CATEGORY, channel=Channel.EMAIL, text=TEXT, seller_id="seller_1", buyer_key=f"b{number}"
            )
            opened.desk.open_ticket(contact, actor=clerk, now=now)
        opened.database.checkpoint()


def first_tickets(path: Path, count: int) -> list[int]:
    """A ticket for each agent to begin with, spread over the open ones."""
    query = "select number from tickets where category = ? and state_kind not in ('done', 'final') order by number"
    with Database.open(path) as database:
        numbers = [number for (number,) in database.read(query, [CATEGORY])]
    return [numbers[place * len(numbers) // count] for place in range(count)]


def report(timed: Sequence[Rerun], kinds: Mapping[str, str]) -> dict[str, float]:
    """Print a row a kind; the share under the limit of each kind of which there are enough."""
    shares: dict[str, float] = {}
    for kind, name in kinds.items():
        times = sorted(time for of_kind, time in timed if of_kind == kind)
        if len(times) < FEWEST:
            print(f"{name:<28}{len(times):>8,}")
            continue
        shares[kind] = sum(time < LIMIT_MILLISECONDS for time in times) / len(times)
        p95 = quantiles(times, n=20, method="inclusive")[-1]
        cells = f"{median(times):>8,.0f} ms{p95:>8,.0f} ms{times[-1]:>8,.0f} ms{shares[kind]:>12.1%}"
        print(f"{name:<28}{len(times):>8,}{cells}")
    return shares


def judged(shares: Mapping[str, float]) -> bool:
    """Say of each kind whether enough of it is under the limit; whether that holds for all. Without a page: no."""
    for kind, share in shares.items():
        verdict = "holds" if share >= LEAST_SHARE else "MISSED"
        print(f"{KINDS[kind]}: {share:.1%} under {LIMIT_MILLISECONDS} ms, at least {LEAST_SHARE:.0%} wanted: {verdict}")
    return "page" in shares and all(share >= LEAST_SHARE for share in shares.values())


def main() -> int:
    """Run the team and print the table."""
    if sys.argv[1:2] == ["--serve"]:
        serve(Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
        return 0
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=75)
    parser.add_argument("--tickets", type=int, default=0)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    with TemporaryDirectory() as temporary:
        path = prepare(arguments.folder or Path(temporary), arguments.tickets)
        firsts, log = first_tickets(path, arguments.agents), Path(temporary) / "reruns"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        before, started, used = os.getloadavg()[0], monotonic(), _server_seconds()
        with server(path, port, log):
            shifts = asyncio.run(at_work(port, firsts, arguments.seconds))
        seconds, used = monotonic() - started, _server_seconds() - used
        reruns = [(kind, float(time)) for kind, time in map(str.split, log.read_text(encoding="utf-8").splitlines())]
    seen, sent = sum(shift.seen_count for shift in shifts), sum(shift.sent_count for shift in shifts)
    errors = sum(shift.error_count for shift in shifts)
    print(f"{arguments.agents} agents saw {seen} tickets and sent {sent} texts in {seconds:.0f} s; {errors} exceptions")
    print(f"load {before:.1f} before, {os.getloadavg()[0]:.1f} after, {os.cpu_count()} cores; ", end="")
    print(f"the server used {used / seconds:.2f} of a core")
    print(f"{'rerun':<28}{'count':>8}{'median':>11}{'p95':>11}{'slowest':>11}{'under limit':>13}")
    shares = report(reruns, KINDS)
    report([wait for shift in shifts for wait in shift.waits], WAITS)
    return 0 if judged(shares) and not errors else 1


def _server_seconds() -> float:
    """Processor seconds of this process's children that ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


if __name__ == "__main__":
    sys.exit(main())
