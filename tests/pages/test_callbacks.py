"""A callback is never left out, and never left in the middle, whatever reaches the desk meanwhile."""

import threading
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.runtime.state import SafeSessionState
from streamlit.testing.v1 import AppTest

from pages.shared import callbacks


def screen(asked: str) -> None:
    import streamlit as st
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    def press() -> None:
        st.session_state["did"] = ["began"]
        requests = get_script_run_ctx().script_requests
        if asked == "the next press":
            requests.request_rerun(RerunData())
        elif asked == "the screen is closed":
            requests.request_stop()
        st.session_state["did"] = [*st.session_state["did"], "went on"]
        st.toast("Drawn within a callback")
        st.session_state["did"] = [*st.session_state["did"], "ended"]

    st.button("Press", on_click=press)
    st.session_state["drawn"] = st.session_state.get("drawn", 0) + 1


@pytest.fixture(autouse=True)
def whole(interruptible):
    """The desk's callbacks; another test's are Streamlit's own again."""
    callbacks.run_to_their_end()
    callbacks.run_to_their_end()  # a second time changes nothing


def pressed(asked: str) -> AppTest:
    """The screen after a press."""
    return AppTest.from_function(screen, args=(asked,)).run().button[0].click().run()


@pytest.mark.parametrize("asked", ["the next press", "the screen is closed"])
def test_what_is_asked_for_during_a_callback_waits_until_it_has_returned(asked):
    assert pressed(asked).session_state["did"] == ["began", "went on", "ended"]


def test_what_is_asked_for_just_before_a_callback_leaves_it_in_its_turn(monkeypatch):
    begin = SafeSessionState.on_script_will_rerun
    asked = []

    def begin_late(state, *args, **replayed):
        if args and args[0].widgets and not asked:
            asked.append(get_script_run_ctx().script_requests.request_rerun(RerunData()))
        begin(state, *args, **replayed)

    monkeypatch.setattr(SafeSessionState, "on_script_will_rerun", begin_late)
    assert pressed("nothing").session_state["did"] == ["began", "went on", "ended"]
    assert asked == [True]


def three(plan: str) -> None:
    import streamlit as st
    from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    def say(what: str) -> None:
        st.session_state["did"] = [*st.session_state.get("did", []), what]

    def press_meanwhile() -> None:
        say("long")
        for name in plan:
            pressed = WidgetStates(widgets=[WidgetState(id=st.session_state["ids"][name], trigger_value=True)])
            get_script_run_ctx().script_requests.request_rerun(RerunData(widget_states=pressed))

    st.button("Long", on_click=press_meanwhile, key="long")
    st.button("A", on_click=say, args=("A",), key="A")
    st.button("B", on_click=say, args=("B",), key="B")


@pytest.mark.parametrize(("plan", "did"), [("AB", "AB"), ("BA", "BA"), ("AA", "A")])
def test_presses_that_wait_are_carried_out_in_their_order(plan, did):
    app = AppTest.from_function(three, args=(plan,)).run()
    app.session_state["ids"] = {name: app.button(key=name).proto.id for name in "AB"}
    assert app.button(key="long").click().run().session_state["did"] == ["long", *did]


def test_a_run_beside_waits_until_the_callbacks_of_the_session_have_returned():
    did: list[str] = []
    inside, may_end = threading.Event(), threading.Event()

    class Runner:
        """What a run is to its session state."""

        _execing = True

        def __init__(self, session_id: str) -> None:
            self._session_id = session_id

        def interrupt(self) -> None:
            """Nothing."""

    class Callbacks:
        """A session state whose callbacks say when they run."""

        def __init__(self, name: str, session_id: str) -> None:
            self.name, self._yield_callback = name, Runner(session_id).interrupt

        def begin(self) -> None:
            """The first one takes its time."""
            did.append(f"{self.name} began")
            if self.name == "first":
                inside.set()
                assert may_end.wait(30)
            did.append(f"{self.name} ended")

    begin = callbacks._whole(Callbacks.begin)
    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(begin, Callbacks("first", "one"))
        assert inside.wait(30)
        beside = threads.submit(begin, Callbacks("second", "one"))
        threads.submit(begin, Callbacks("elsewhere", "other")).result(30)  # another session waits for nobody
        assert not beside.done()
        may_end.set()
        first.result(30), beside.result(30)
    assert did == ["first began", "elsewhere began", "elsewhere ended", "first ended", "second began", "second ended"]


def test_the_run_after_it_gives_way_to_what_was_asked_for():
    assert pressed("nothing").session_state["drawn"] == 2
    assert pressed("the next press").session_state["drawn"] == 2  # the press's own drawing and the next one's are one


def test_a_press_is_carried_out_by_the_run_that_is_under_way_or_after_it_and_never_beside_it(root: Path):
    """Fast reruns begin the next run in a thread beside the old one, and drop a press that had not begun."""
    settings = tomllib.loads((root / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["fastReruns"] is False
