"""The processes that `faults` kills, or lets run against a full disk. They say aloud what was acknowledged."""

import contextlib
import random
import signal
import threading
from datetime import timedelta
from pathlib import Path

from _acts import PHOTO, START, act, agent

from data.errors import DiskFullError, EvidenceUnwritableError
from data.opening import open_desk
from workflow.errors import TicketChangedError
from workflow.evidence import File


def work_until_killed(path: Path, seed: int) -> int:
    """The worker: four threads act and say each act aloud once it is durable."""
    voice = threading.Lock()
    with open_desk(path) as opened:
        tickets = [str(row[0]) for row in opened.database.read("select id from tickets order by number")]

        def work(index: int) -> None:
            dice, actor = random.Random(seed * 10 + index), agent(index)
            for turn in range(1_000_000):
                mark, seen = f"{seed}-{index}-{turn}", opened.store.load_case(dice.choice(tickets))
                with contextlib.suppress(TicketChangedError):
                    after = act(opened, seen, actor, mark, dice)
                    with voice:
                        print(after.id, after.version, mark, flush=True)
                    photo = File(name="photo.png", content=PHOTO + mark.encode())
                    if dice.random() < 0.2:
                        opened.desk.attach_evidence(
                            after.id, [photo], actor=actor, now=START + timedelta(seconds=after.version)
                        )

        threads = [threading.Thread(target=work, args=(index,), daemon=True) for index in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return 0


def work_until_full(path: Path, limit: int) -> int:
    """The filler: long notes on one ticket until the file may not grow, then some more and a photo."""
    import resource  # noqa: PLC0415 - only here, and not on every system

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    refused = 0
    with open_desk(path) as opened:
        ticket_id = str(opened.database.read("select id from tickets order by number")[0][0])
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        for turn in range(1_000_000):
            seen = opened.store.load_case(ticket_id).ticket
            at = START + timedelta(seconds=seen.version)
            mark = f"full-{turn}-{'x' * 900}"
            try:
                if refused == 5:
                    photo = File(name="photo.png", content=PHOTO + bytes(limit))
                    after = opened.desk.attach_evidence(ticket_id, [photo], actor=agent(0), now=at)
                else:
                    after = opened.desk.act(ticket_id, "add_note", actor=agent(0), now=at, inputs={"note_text": mark})
                print("ack", ticket_id, after.version, mark)
            except (DiskFullError, EvidenceUnwritableError) as error:
                print("refused", error)
                refused += 1
            if refused == 6:
                resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
                return 0
    return 1
