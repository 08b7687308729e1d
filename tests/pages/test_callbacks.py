"""A callback is never left out, and never left in the middle, whatever reaches the desk meanwhile."""

import tomllib
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
def whole(monkeypatch):
    """The desk's callbacks; another test's are Streamlit's own again."""
    monkeypatch.setattr(SafeSessionState, "on_script_will_rerun", SafeSessionState.on_script_will_rerun)
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


def test_the_run_after_it_gives_way_to_what_was_asked_for():
    assert pressed("nothing").session_state["drawn"] == 2
    assert pressed("the next press").session_state["drawn"] == 2  # the press's own drawing and the next one's are one


def test_a_press_is_carried_out_by_the_run_that_is_under_way_or_after_it_and_never_beside_it(root: Path):
    """Fast reruns begin the next run in a thread beside the old one, and drop a press that had not begun."""
    settings = tomllib.loads((root / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["fastReruns"] is False
