"""Processes that live and end together."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from types import FrameType

from config.machine.tools import ROOT, Trouble, tool_environment

ENDING = 8.0  # seconds a process has to end by itself


class Ended(Exception):
    """The person, or the system, wants everything to end."""


class Children:
    """Starts processes, watches them, and ends all of them, with all that they started."""

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        # From here on nothing interrupts the ending.
        for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(other, signal.SIG_IGN)
        raise Ended

    def start(self, name: str, command: list[str]) -> None:
        """Start a process in a session of its own, so that a signal reaches whatever it starts."""
        self.running[name] = subprocess.Popen(
            command, cwd=ROOT, env=tool_environment(), stdin=subprocess.DEVNULL, start_new_session=True
        )

    def check(self) -> None:
        """Raise Trouble if one of them has ended."""
        for name, process in self.running.items():
            if process.poll() is not None:
                raise Trouble(
                    f"The {name} has ended by itself (code {process.returncode}), so everything else was ended."
                )

    def wait_until(self, condition: Callable[[], bool], seconds: float, failure: str) -> None:
        """Wait until the condition is true, as long as all of them live."""
        deadline = time.monotonic() + seconds
        while not condition():
            self.check()
            if time.monotonic() > deadline:
                raise Trouble(failure)
            time.sleep(0.05)

    def watch(self) -> None:
        """Watch them until one ends (Trouble) or everything is to end (Ended)."""
        while True:
            self.check()
            time.sleep(0.2)

    def end(self) -> None:
        """End all of them: asked first, then made to."""
        self._signal(signal.SIGTERM)
        deadline = time.monotonic() + ENDING
        for process in self.running.values():
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                continue
        self._signal(signal.SIGKILL)
        for process in self.running.values():
            process.wait()

    def _signal(self, number: signal.Signals) -> None:
        for process in self.running.values():
            try:
                os.killpg(process.pid, number)
            except ProcessLookupError:
                continue
