"""Earlier answers, and how long each holds: until something is written that it was read from.

Owns what is forgotten when. One process owns the desk's file, so nothing is written that is not told here.
"""

from collections import Counter
from collections.abc import Collection, Hashable
from threading import Lock
from typing import Any

MOST_ANSWERS = 1_000
MOST_PARTS = 100_000
UNKNOWN: Any = object()
Stamp = tuple[int, ...]


class Recalled:
    """The answers of one file. Safe to share between threads.

    A part is what one write may be limited to, such as a ticket: what was read of other parts holds on.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._answers: dict[Hashable, tuple[Stamp, Any]] = {}
        self._writes = 0
        self._unclear = 0
        self._whole: Counter[str] = Counter()
        self._partly: Counter[str] = Counter()
        self._parts: Counter[Hashable] = Counter()

    def stamp(self, tables: Collection[str] = (), part: Hashable = None) -> Stamp:
        """Stands for what is written by now of `part` of `tables`, or of all of them; without tables, of anything.

        To be taken before the question is asked: what is written meanwhile then makes the answer a forgotten one.
        """
        with self._lock:
            if not tables:
                return (self._writes,)
            own = self._parts[part] if part is not None else sum(self._partly[table] for table in tables)
            return (self._unclear, own, *(self._whole[table] for table in tables))

    def look_up(self, key: Hashable, stamp: Stamp) -> Any:  # noqa: ANN401 - whatever was kept
        """What was kept under `key` with the same stamp, else `UNKNOWN`."""
        with self._lock:
            kept_stamp, answer = self._answers.get(key, ((), UNKNOWN))
            return answer if kept_stamp == stamp else UNKNOWN

    def keep(self, key: Hashable, stamp: Stamp, answer: object) -> None:
        """Keep an answer; the one that was kept first goes where there are too many."""
        with self._lock:
            self._answers.pop(key, None)
            self._answers[key] = (stamp, answer)
            if len(self._answers) > MOST_ANSWERS:
                del self._answers[next(iter(self._answers))]

    def forget(self, tables: Collection[str] | None, parts: Collection[Hashable] = ()) -> None:
        """Take note of a write to `tables`, None for any, of `parts` of them only if there are some."""
        with self._lock:
            self._writes += 1
            if tables is None or len(self._parts) > MOST_PARTS:
                self._unclear += 1
                self._parts.clear()
                self._answers.clear()
            elif parts:
                self._partly.update(tables)
                self._parts.update(parts)
            else:
                self._whole.update(tables)
