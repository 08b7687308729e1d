"""Receivers of notices on loopback: one that is asked over HTTP, one that takes mail."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from aiosmtpd.controller import Controller


@dataclass
class Hook:
    """What came over HTTP, and what is answered."""

    port: int = 0
    status: int = 200
    came: list[tuple[str, dict]] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        return [key for key, _ in self.came]


@contextmanager
def webhook() -> Iterator[Hook]:
    """An HTTP receiver that notes the key and the document of each request."""
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            document = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            hook.came.append((self.headers["Idempotency-Key"], document))
            self.send_response(hook.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *parts):
            """Say nothing on the error stream."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hook.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def mailbox() -> Iterator[tuple[int, list[Message]]]:
    """A port that takes mail, and the mails that came."""
    mails: list[Message] = []

    class Keeper:
        async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
            mails.append(message_from_bytes(envelope.content, policy=default))
            return "250 OK"

    controller = Controller(Keeper(), hostname="127.0.0.1", port=_free_port())
    controller.start()
    try:
        yield controller.port, mails
    finally:
        controller.stop()


def _free_port() -> int:
    """The mail server wants to be told a port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
