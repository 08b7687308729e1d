"""Memory is tidied by the server, not after each rerun."""

import asyncio
import gc
import threading
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from streamlit.runtime.state import SafeSessionState

from pages.shared import server


def test_no_rerun_waits_for_the_memory_to_be_tidied_and_the_server_does_it_by_the_clock(
    root: Path, monkeypatch, caplog, interruptible
) -> None:
    settings = tomllib.loads((root / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["postScriptGC"] is False

    tidied = threading.Semaphore(0)

    def collect() -> int:
        tidied.release()
        return 7  # objects that nobody reached: no failure

    monkeypatch.setattr(gc, "collect", collect)
    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(server.access, "tick", lambda: None)
    monkeypatch.setattr(server.post, "send", lambda: None)
    monkeypatch.setattr(server, "COLLECT_SECONDS", 0.01)

    async def live() -> list[bool]:
        async with server.lifespan(None):
            assert hasattr(SafeSessionState.on_script_will_rerun, "__wrapped__")  # callbacks are whole
            return [await asyncio.to_thread(tidied.acquire, timeout=30) for _time in range(4)]

    with ThreadPoolExecutor(1) as alone:  # a browser of this process may have a loop of its own in this thread
        assert alone.submit(lambda: asyncio.run(live())).result() == [True] * 4
    assert not caplog.records
