"""A real server of Respite for browser tests, that can be stopped, killed, paused and brought back."""

import http.server
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping
from http.client import HTTPException
from pathlib import Path

from config.serving import server_command
from tests.installation import Installation
from tests.kept import ROOT

STARTING = 60.0  # seconds until it must answer; a cold Django on a busy machine takes ten


def free_port() -> int:
    """Give a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(condition: Callable[[], object], seconds: float, what: str) -> None:
    """Wait until the condition is true, asking every 20 ms; name what never came."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {seconds:g} s")
        time.sleep(0.02)


class Server:
    """An installation that is served, always at the same address."""

    def __init__(self, installation: Installation, workers: int = 1) -> None:
        self._installation = installation
        self._is_touched = False
        self._watch: sqlite3.Connection | None = None
        self._written = 0
        self.port = free_port()
        self.workers = workers
        self.processes: list[subprocess.Popen[bytes]] = []
        self.extra: dict[str, str] = {}
        self.checkout = ROOT

    @property
    def installation(self) -> Installation:
        """What is served; whoever asks for it may change it."""
        self._is_touched = True
        return self._installation

    @property
    def url(self) -> str:
        """The address, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its processes."""
        return {**self._installation.environment, "RESPITE_ORIGIN": self.url, "PORT": str(self.port), **self.extra}

    @property
    def logins(self) -> dict[str, str]:
        """The demo log-ins: password by email address."""
        return self._installation.logins

    @property
    def output(self) -> str:
        """What its processes have written so far."""
        path = self._installation.folder / "server.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def manage(self, *arguments: str) -> str:
        """Run one of Respite's commands on what is served."""
        return self.installation.manage(*arguments)

    def start(self) -> None:
        """Serve, and come back once it answers."""
        assert not self.processes, "the server runs already"
        commands = [server_command(self.port, workers=self.workers)]
        if self.environment.get("TASKS") == "database":
            commands.append([sys.executable, "manage.py", "db_worker", "--interval", "0.1"])
        with (self._installation.folder / "server.log").open("ab") as log:
            for command in commands:
                self.processes.append(
                    # A session of its own, so that a signal reaches the server's own children too.
                    subprocess.Popen(
                        command,
                        cwd=self.checkout,
                        env=self.environment,
                        stdin=subprocess.DEVNULL,
                        stdout=log,
                        stderr=log,
                        start_new_session=True,
                    )
                )
        try:
            eventually(self.is_ready, STARTING, "the server answers")
        except AssertionError as error:
            self.kill()
            raise AssertionError(f"{error}\n{self.output}") from None

    def is_ready(self) -> bool:
        """Say whether it answers; a process that has ended instead is an error at once."""
        for process in self.processes:
            assert process.poll() is None, f"a process of the server ended with {process.returncode}"
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, HTTPException):
            return False

    def stop(self) -> None:
        """End it as an operator would, and come back once the port is free."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        self._end(signal.SIGKILL)

    def restart(self, env: Mapping[str, str] | None = None, checkout: Path | None = None) -> None:
        """Serve anew at the same address, with these additions to the environment and from this checkout from here on."""
        if self.processes:
            self.stop()
        self.checkout = checkout or self.checkout
        self.extra |= env or {}
        self.start()

    def pause(self) -> None:
        """From here on it accepts connections and never answers."""
        self._signal(signal.SIGSTOP)
        for process in self.processes:
            eventually(lambda group=process.pid: is_stopped(group), 10, "the server is paused")

    def resume(self) -> None:
        """It answers again, also what was asked meanwhile."""
        self._signal(signal.SIGCONT)

    def watch(self) -> None:
        """Begin to notice who changes what is served."""
        self._is_touched = False
        self._watch = sqlite3.connect(self._installation.folder / "respite.sqlite3")
        self._written = self._data_version()

    def is_as_it_was(self) -> bool:
        """Say whether it runs as it did when the watch began, and nothing was written since."""
        running = bool(self.processes) and all(process.poll() is None for process in self.processes)
        return running and not self._is_touched and self._watch is not None and self._data_version() == self._written

    def remove(self) -> None:
        """End it and take its installation away."""
        if self._watch is not None:
            self._watch.close()
        if self.processes:
            self.kill()
        self._installation.remove()

    def _data_version(self) -> int:
        assert self._watch is not None
        return int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    def _signal(self, number: signal.Signals) -> None:
        self._is_touched = True
        for process in self.processes:
            try:
                os.killpg(process.pid, number)
            except ProcessLookupError:
                continue

    def _end(self, number: signal.Signals) -> None:
        self._signal(number)
        if number != signal.SIGKILL:
            self._signal(signal.SIGCONT)
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                self._signal(signal.SIGKILL)
                process.wait(10)
        self._signal(signal.SIGKILL)
        self.processes = []
        eventually(lambda: not listens(self.port), 10, "the port is free")


def listens(port: int) -> bool:
    """Say whether somebody accepts connections on this port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def is_stopped(group: int) -> bool:
    """Say whether every thread of a group of processes stands still.

    A signal is sent before it is received: on a busy machine a thread can answer once more in between.
    Where there is no `/proc`, such as on macOS, it is taken on trust.
    """
    for stat in Path("/proc").glob("[0-9]*/task/[0-9]*/stat"):
        try:
            # The program's name stands in brackets and may hold anything; the state, parent and group follow it.
            state, _parent, of = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue  # it has ended
        if int(of) == group and state not in "TtZX":
            return False
    return True


class CaptivePortal:
    """A network's log-in page: answers 200 and its own HTML to everything, on a server's port.

    With another status it is what stands before a server that fails, such as a proxy.
    """

    PAGE = b"<!doctype html><title>Hotel Wi-Fi</title><h1>Welcome! Accept our terms to go online.</h1>"

    def __init__(self, port: int, status: int = 200) -> None:
        self.requests: list[str] = []
        portal = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self) -> None:
                portal.requests.append(f"{self.command} {self.path}")
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(CaptivePortal.PAGE)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(CaptivePortal.PAGE)

            do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, format: str, *arguments: object) -> None:
                """Say nothing: what was asked is in `requests`."""

        http.server.ThreadingHTTPServer.allow_reuse_address = True
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Leave the port to whoever comes next."""
        self._server.shutdown()
        self._server.server_close()
