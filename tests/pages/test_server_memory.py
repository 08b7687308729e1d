"""Memory is tidied by the server, not after each rerun."""

import asyncio
import gc
import tomllib
from pathlib import Path

from pages.shared import server


def test_no_rerun_waits_for_the_memory_to_be_tidied_and_the_server_does_it_by_the_clock(
    root: Path, monkeypatch
) -> None:
    settings = tomllib.loads((root / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["postScriptGC"] is False

    tidied: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda: tidied.append(1))
    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(server.access, "tick", lambda: None)
    monkeypatch.setattr(server.post, "send", lambda: None)
    monkeypatch.setattr(server, "COLLECT_SECONDS", 0.01)

    async def live() -> None:
        async with server.lifespan(None):
            while len(tidied) < 4:
                await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(live(), 30))
