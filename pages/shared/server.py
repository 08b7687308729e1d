"""What the launcher gives the web server: warm imports, the ticker, the post, and what every answer carries."""

import asyncio
import gc
import itertools
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any

from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.shared import access, callbacks, navigation  # noqa: F401 - with it every page is imported before the first visitor
from pages.shared.notices import post
from workflow.linter import compile_patterns

_log = logging.getLogger("marketdesk.server")
TICK_SECONDS = 60
POST_SECONDS = 15
COLLECT_SECONDS = 30
CHECKPOINT_MINUTES = 30
METRICS_PATH = "/_stcore/metrics"  # Streamlit's own counters, open to anyone
# Streamlit runs a component's script from a blob, its own style sheets and a few scripts inline.
POLICY = (
    "default-src 'self'; "
    "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; "
    "font-src 'self' data:; "
    "media-src 'self' blob:; "
    "connect-src 'self' ws: wss:; "
    "worker-src 'self' blob:; "
    "frame-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
)


class Shield:
    """Hides the server's counters and adds the security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"].rstrip("/").endswith(METRICS_PATH):
            await PlainTextResponse("Not found", status_code=404)(scope, receive, send)
            return

        async def shielded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *HEADERS]
            await send(message)

        await self.app(scope, receive, shielded)


MIDDLEWARE = [Middleware(Shield)]


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:  # noqa: ANN401 - Streamlit hands in its own application
    """Have callbacks run whole, make the linter ready, freeze what is there, tick, send, and collect what is left.

    Streamlit would collect after each rerun (`runner.postScriptGC`), which stops every session for 25 ms at 20 of them,
    and for 70 to 95 ms if the imports were looked at as well.
    """
    callbacks.run_to_their_end()
    compile_patterns()
    gc.collect()
    gc.freeze()
    ticks = (
        access.tick if minute % CHECKPOINT_MINUTES else access.tick_and_checkpoint for minute in itertools.count(1)
    )
    tasks = (
        asyncio.create_task(_repeat(ticks, TICK_SECONDS, "The clocks did not run")),
        asyncio.create_task(_repeat(itertools.repeat(post.send), POST_SECONDS, "The notices were not sent")),
        asyncio.create_task(_repeat(itertools.repeat(gc.collect), COLLECT_SECONDS, "The memory was not tidied")),
    )
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        access.close()


async def _repeat(works: Iterable[Callable[[], Any]], seconds: int, failed: str) -> None:
    """Do one work after the other, each in a thread of its own; what fails is said in the log, and the next follows."""
    for work in works:
        (failure,) = await asyncio.gather(asyncio.to_thread(work), return_exceptions=True)
        if isinstance(failure, BaseException):
            _log.error(failed, exc_info=failure)
        await asyncio.sleep(seconds)
