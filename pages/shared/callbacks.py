"""What a press does is done whole: the next press, or a screen that is closed, waits until its callback has returned.

Streamlit interrupts a run wherever it touches the session or draws: also before the callback of the press that the run
is for, which then is never called, and in the middle of one. A form was put away and came again, a reply was sent and
its text stood in the box still, and nobody was told. It has no setting for that, so this one place reaches into it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from streamlit.runtime.state import SafeSessionState


def run_to_their_end() -> None:
    """Have no callback of this process interrupted or left out. What was asked for meanwhile is done right after."""
    begin = SafeSessionState.on_script_will_rerun
    if not hasattr(begin, "__wrapped__"):
        SafeSessionState.on_script_will_rerun = _whole(begin)


def _whole(begin: Callable[..., None]) -> Callable[..., None]:
    """The part of a run that takes over what was entered and calls the callbacks, as if the run had not begun yet."""

    @wraps(begin)
    def begun(state: SafeSessionState, *args: object, **replayed: object) -> None:
        interrupt: Any = state._yield_callback  # noqa: SLF001 - a method of the run's
        runner = interrupt.__self__
        was_interruptible, runner._execing = runner._execing, False  # noqa: SLF001
        try:
            begin(state, *args, **replayed)
        finally:
            runner._execing = was_interruptible  # noqa: SLF001

    return begun
