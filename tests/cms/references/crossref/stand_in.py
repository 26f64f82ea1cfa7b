"""A stand-in for Crossref on this machine: it answers what it was told to, in turn, and remembers what it was asked."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

WORK = (Path(__file__).parent / "bartholomew.json").read_bytes()


@dataclass
class StandIn:
    """Answers to give, each ``(status, headers, body)``, the last one again and again; a delay in seconds."""

    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=lambda: [(200, {}, WORK)])
    delay: float = 0
    asked: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""


@contextmanager
def standing_in() -> Iterator[StandIn]:
    """Run a stand-in while the block lasts."""
    stand_in = StandIn()
    released = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            stand_in.asked.append((self.path, self.headers["User-Agent"]))
            status, headers, body = stand_in.answers[min(len(stand_in.asked), len(stand_in.answers)) - 1]
            if stand_in.delay:
                released.wait(stand_in.delay)
            try:
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # whoever asked has gone

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    stand_in.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield stand_in
    finally:
        released.set()
        server.shutdown()
        server.server_close()
        thread.join()


class Clock:
    """A clock that moves with real time, and by what is slept at once."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def __call__(self) -> float:
        return time.monotonic() + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
