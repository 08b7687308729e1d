"""What a press does is done whole, one after the other: the next press waits until the callback has returned.

Streamlit interrupts a run wherever it touches the session or draws: also before the callback of the press that the run
is for, which then is never called, and in the middle of one. A form was put away and came again, a reply was sent and
its text stood in the box still, and nobody was told. Of two presses that wait it calls the newer first. It has no
setting for either, so this one place reaches into it.
"""

from collections.abc import Callable
from functools import wraps
from threading import Lock, RLock
from typing import Any
from weakref import WeakValueDictionary

from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner_utils import script_requests
from streamlit.runtime.state import SafeSessionState

_MERGE = "_coalesce_widget_states"


class _Turn:
    """Held while callbacks of one session run: after a stop Streamlit begins the next run in a thread of its own."""

    def __init__(self) -> None:
        self.lock = RLock()


_turns: WeakValueDictionary[str, _Turn] = WeakValueDictionary()
_giving = Lock()


def run_to_their_end() -> None:
    """Have no callback of this process interrupted or left out, and call them in the order of the presses.

    What was asked for meanwhile is done right after; the same press twice meanwhile counts once.
    """
    begin = SafeSessionState.on_script_will_rerun
    if not hasattr(begin, "__wrapped__"):
        SafeSessionState.on_script_will_rerun = _whole(begin)
        setattr(script_requests, _MERGE, _in_order(getattr(script_requests, _MERGE)))


def _whole(begin: Callable[..., None]) -> Callable[..., None]:
    """The part of a run that takes over what was entered and calls the callbacks, as if the run had not begun yet."""

    @wraps(begin)
    def begun(state: SafeSessionState, *args: object, **replayed: object) -> None:
        interrupt: Any = state._yield_callback  # noqa: SLF001 - a method of the run's
        runner = interrupt.__self__
        turn = _turn_of(runner._session_id)  # noqa: SLF001 - named, for it lasts as long as somebody has it
        was_interruptible, runner._execing = runner._execing, False  # noqa: SLF001
        try:
            with turn.lock:
                begin(state, *args, **replayed)
        finally:
            runner._execing = was_interruptible  # noqa: SLF001

    return begun


def _turn_of(session_id: str) -> _Turn:
    with _giving:
        return _turns.setdefault(session_id, _Turn())


def _in_order(merge: Callable[..., WidgetStates | None]) -> Callable[..., WidgetStates | None]:
    """What two requests that wait ask for, with the presses of the older one first."""

    @wraps(merge)
    def merged(older: WidgetStates | None, newer: WidgetStates | None) -> WidgetStates | None:
        states = merge(older, newer)
        if not (older and newer and states):
            return states
        asked_later = {state.id for state in newer.widgets}
        return WidgetStates(widgets=sorted(states.widgets, key=lambda state: state.id in asked_later))

    return merged
