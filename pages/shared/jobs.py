"""One long piece of work at a time, in a thread of its own: it goes on when its page is reloaded or left."""

import threading
from collections.abc import Callable
from typing import Any

from workflow.errors import DeskError

Tell = Callable[[str, float], None]


class Job:
    """Work with its progress. When it is over: `answer`, `error`, or neither (a fault, which the log names)."""

    def __init__(self, name: str, work: Callable[[Tell], Any]) -> None:
        self.name = name
        self.step = ""
        self.share = 0.0
        self.answer: Any = None
        self.error: DeskError | None = None
        self._work = work
        self._thread = threading.Thread(target=self._run, name=f"marketdesk-{name}", daemon=True)
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Whether the work has ended, one way or another."""
        return not self._thread.is_alive()

    def wait(self) -> None:
        """Come back when it is over."""
        self._thread.join()

    def _run(self) -> None:
        try:
            self.answer = self._work(self._tell)
        except DeskError as error:
            self.error = error

    def _tell(self, step: str, share: float) -> None:
        self.step, self.share = step, min(max(share, 0.0), 1.0)


_lock = threading.Lock()
_current: list[Job] = []


def start(name: str, work: Callable[[Tell], Any]) -> Job:
    """Begin `work`, unless something is running: then that is given back."""
    with _lock:
        if _current and not _current[0].is_over:
            return _current[0]
        _current[:] = [Job(name, work)]
        return _current[0]


def current() -> Job | None:
    """What is running, or ended last and was not put away."""
    return _current[0] if _current else None


def put_away() -> None:
    """Forget the job that ended."""
    with _lock:
        if _current and _current[0].is_over:
            _current.clear()
