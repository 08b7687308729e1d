"""What a crash does to the outbox: a desk is killed between any two steps of sending. Exit 1 if a notice was lost.

    .venv/bin/python benchmarks/outbox_kills.py [--kills 60] [--dir FOLDER]

A receiver of its own process listens on loopback and notes the key of every letter before it answers. A worker opens
the desk, hands two tickets over and sends; it ends itself with `kill -9` at one of the lines that run from the act to
the receipt, a different one each time, spread over all of them; every sixth is killed by the receiver, which has the
letter and has not answered. Afterwards each acknowledged act must have arrived, and each notice under one key.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the desk's own folder

from _acts import START, agent, some_tickets
from _receiver import receive

from data import commits, database, store
from data.check import check
from data.notices import choices, courier, outbox, sending, telling
from data.notices.addresses import Addresses
from data.notices.choices import save_choices
from data.notices.courier import Letter
from data.notices.sending import send_due
from data.opening import OpenDesk, open_desk
from workflow.notice_choices import AT_ONCE, Choices
from workflow.notices import NoticeChannel
from workflow.tickets import EVERYTHING

ACTS = 2  # of a worker
EVERY = 6  # of the kills one is the receiver's
TOLD = "agent-1"
FILES = {module.__file__ for module in (choices, commits, courier, database, outbox, sending, store, telling)}
STEPS = {  # the outermost function that a line runs in
    "commit": "the act with its notices",
    "plan": "the plan of where it goes",
    "due": "the look at what is due",
    "carry": "the letter on its way",
    "sent": "the receipt",
    "send_due": "between two of these",
}
ANSWER = "the receiver has it and has not answered"


@dataclass
class Tally:
    """What the workers said, and where they ended."""

    acked: list[str] = field(default_factory=list[str])
    ends: Counter[str] = field(default_factory=Counter[str])
    lines: int = 0
    began: int = 0  # the line with which sending begins

    @property
    def kills(self) -> int:
        return sum(self.ends.values())


def main() -> int:
    """Kill and count; 1 where a promise was broken."""
    arguments = _arguments()
    if arguments.receiver:
        return receive(Path(arguments.receiver))
    if arguments.worker:
        return _work(arguments)
    with tempfile.TemporaryDirectory(dir=arguments.dir) as folder:
        path, taken = Path(folder) / "desk.duckdb", Path(folder) / "taken.txt"
        _prepare(path, arguments.kills)
        command = [sys.executable, __file__, "--receiver", str(taken)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as receiver:  # noqa: S603 - this very script
            assert receiver.stdout is not None
            assert receiver.stdin is not None
            port = int(receiver.stdout.readline())
            tally = _kill_again_and_again(path, port, arguments.kills)
            receiver.stdin.close()
        letters = [tuple(line.split()) for line in taken.read_text(encoding="utf-8").splitlines()]
        found = _verify(path, tally, letters)
    _report(tally, letters, found)
    return 1 if found else 0


def _prepare(path: Path, kills: int) -> None:
    """A desk with two tickets for each worker, and somebody who wants everything at once."""
    with open_desk(path) as opened:
        some_tickets(opened, ACTS * (2 * kills + 20))
        save_choices(opened.database, TOLD, Choices(calendar_id=AT_ONCE), now=START)


def _kill_again_and_again(path: Path, port: int, kills: int) -> Tally:
    """Workers until so many were killed; the first and the last one live."""
    tally, turn = Tally(), 0
    _run(path, port, tally, turn)
    while tally.kills < kills and turn < 2 * kills + 10:
        turn += 1
        first = tally.began if turn % 2 else 1  # every other one in sending itself
        line = first + (tally.lines - first) * (turn * 7919 % kills) // kills
        _run(path, port, tally, turn, *(["--by-receiver"] if turn % EVERY == 0 else ["--line", str(line)]))
    for _ in range(2):
        turn += 1
        _run(path, port, tally, turn)
    return tally


def _run(path: Path, port: int, tally: Tally, turn: int, *more: str) -> None:
    """One worker, from its start to its end."""
    command = [sys.executable, __file__, "--worker", str(path), "--port", str(port), "--turn", str(turn), *more]
    worker = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 - this very script
    said = [line.split(maxsplit=1) for line in worker.stdout.splitlines()]
    tally.acked += [words[1] for words in said if words[0] == "ack"]
    if worker.returncode == -signal.SIGKILL:
        tally.ends[next((words[1] for words in said if words[0] == "at"), ANSWER)] += 1
    elif worker.returncode:
        raise SystemExit(f"A worker ended with {worker.returncode}.")
    if not tally.lines:
        tally.began, tally.lines = (
            next(int(words[1]) for words in said if words[0] == name) for name in ("began", "lines")
        )


def _work(arguments: argparse.Namespace) -> int:
    """The worker: hand two tickets over, send, and die at the line that was named."""
    now = START + timedelta(minutes=arguments.turn + 1)
    address = f"json://127.0.0.1:{arguments.port}/"
    given = Addresses(by_person={TOLD: {NoticeChannel.WEBHOOK: address}})
    with open_desk(Path(arguments.worker)) as opened:
        first = ACTS * arguments.turn
        rows = opened.database.read("select id::varchar, number from tickets order by number")[first : first + ACTS]
        if arguments.by_receiver:
            kill_me = f"http://127.0.0.1:{arguments.port}/kill/{os.getpid()}"
            urllib.request.urlopen(kill_me, timeout=60).close()
        counted = _die_at(arguments.line)
        for ticket_id, number in rows:
            opened.desk.assign(ticket_id, TOLD, actor=agent(0), now=now)
            print("ack", number, flush=True)
        print("began", counted[0], flush=True)
        send_due(opened.database, given, _letter, now, lambda _person_id: EVERYTHING)
        sys.settrace(None)
    print("lines", counted[0], flush=True)
    return 0


def _letter(delivery: dict[str, Any]) -> Letter:
    return Letter(title=str(delivery["number"]), text="made up")


def _die_at(line: int) -> list[int]:
    """From here on count the lines of the modules that keep and send, and end the process at one of them (0: none)."""
    counted = [0]

    def step(frame: FrameType, event: str, _argument: object) -> Any:  # noqa: ANN401 - as Python wants it
        if frame.f_code.co_filename not in FILES:
            return None
        if event == "line":
            counted[0] += 1
            if counted[0] == line:
                print("at", _step_of(frame), flush=True)
                os.kill(os.getpid(), signal.SIGKILL)
        return step

    sys.settrace(step)
    return counted


def _step_of(frame: FrameType | None) -> str:
    names: set[str] = set()
    while frame is not None:
        names |= {frame.f_code.co_name} if frame.f_code.co_filename in FILES else set()
        frame = frame.f_back
    return next((step for name, step in STEPS.items() if name in names), "before the act is written")


def _verify(path: Path, tally: Tally, letters: list[tuple[str, ...]]) -> list[str]:
    with open_desk(path) as opened:
        found = [str(item) for item in check(opened.database) if not item.is_note]
        found += [f"{count} deliveries are {status}" for status, count in _unsent(opened)]
        notices = {
            (f"{notice_id}.webhook", str(number))
            for notice_id, number in opened.database.read(
                "select notices.id::varchar, number from notices join tickets on ticket_id = tickets.id"
                " where person_id = ?",
                [TOLD],
            )
        }
    arrived = set(letters)
    numbers = Counter(number for _, number in arrived)
    found += [
        f"the act on ticket {number} was acknowledged and nobody was told" for number in set(tally.acked) - set(numbers)
    ]
    found += [f"ticket {number} arrived under {count} keys" for number, count in numbers.items() if count > 1]
    found += [f"notice {key} is missing at the receiver" for key, _ in notices - arrived]
    found += [f"{key} arrived and is no notice" for key, _ in arrived - notices]
    return found


def _unsent(opened: OpenDesk) -> list[tuple[str, int]]:
    return [
        (status, count)
        for status, count in opened.database.read("select status, count(*) from outbox group by status")
        if status != "sent"
    ]


def _report(tally: Tally, letters: list[tuple[str, ...]], found: list[str]) -> None:
    keys = {key for key, *_ in letters}
    print(f"\nkill -9 between any two lines of {tally.lines:,} from the act to the receipt, {tally.kills} times")
    for place, count in sorted(tally.ends.items()):
        print(f"  killed in: {place:<51}{count:>6}")
    print(f"  {'acts acknowledged':<62}{len(tally.acked):>6}")
    print(f"  {'letters at the receiver':<62}{len(letters):>6}")
    print(f"  {'notices at the receiver, counting keys':<62}{len(keys):>6}")
    print(f"  {'repeats, each with the key of the first':<62}{len(letters) - len(keys):>6}")
    for violation in found:
        print(f"VIOLATION: {violation}")
    print("Every promise held." if not found else f"{len(found)} violations.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--dir", help="where the desk is made, by default the system's folder for such")
    parser.add_argument("--receiver", help=argparse.SUPPRESS)
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--turn", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--line", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--by-receiver", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
