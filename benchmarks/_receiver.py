"""The receiver of `outbox_kills`: a process of its own that notes each letter, and kills who sent it when told to."""

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread


def receive(taken: Path) -> int:
    """Note key and title of each letter in `taken` before it is answered; end when nobody reads any more.

    `GET /kill/<pid>` lets the next letter be taken and its sender be killed before the answer.
    """
    doomed: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            doomed.append(int(self.path.rpartition("/")[2]))
            self._answer()

        def do_POST(self) -> None:
            document = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with taken.open("a", encoding="utf-8") as file:
                file.write(f"{self.headers['Idempotency-Key']} {document['title']}\n")
            if doomed:
                os.kill(doomed.pop(), signal.SIGKILL)
                return
            self._answer()

        def _answer(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Say nothing on the error stream."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    taken.touch()
    print(server.server_address[1], flush=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    sys.stdin.read()
    server.shutdown()
    return 0
