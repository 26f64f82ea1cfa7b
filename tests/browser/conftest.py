"""A real Chromium in front of a real server."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import QUIET, chromium_path
from tests.installation import install
from tests.server import CaptivePortal, Server

APP_PROCESSES = 2 if os.environ.get("DATABASE_URL") else 1


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the machine's own Chromium, or Playwright's where there is none, silent about itself."""
    found = chromium_path()
    chosen = {"executable_path": found} if found else {}
    return {**browser_type_launch_args, **chosen, "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Every context is a phone of medium size unless a test says otherwise."""
    return {**browser_context_args, "viewport": {"width": 390, "height": 844}, "locale": "en-GB"}


@pytest.fixture(scope="session")
def idle_servers() -> Iterator[list[Server]]:
    """Give the servers that tests have left as they found them."""
    idle: list[Server] = []
    yield idle
    for one in idle:
        one.remove()


@pytest.fixture
def server(idle_servers: list[Server], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve an installation that is the test's own; the test may do to it what it likes.

    It takes seconds to start one: a test that changed nothing leaves its server to the next.
    """
    own = idle_servers.pop() if idle_servers else served(tmp_path_factory.mktemp("served") / "installation")
    yield own
    if own.is_as_it_was():
        idle_servers.append(own)
    else:
        own.remove()


def served(folder: Path) -> Server:
    """Make an installation in this folder and serve it."""
    own = Server(install(folder), workers=APP_PROCESSES)
    own.start()
    if not os.environ.get("DATABASE_URL"):
        own.watch()
    return own


@pytest.fixture(scope="session")
def reading_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve one installation to all tests that only read; none of them may change it."""
    shared = served(tmp_path_factory.mktemp("reading") / "installation")
    yield shared
    shared.remove()


@pytest.fixture
def captive_portal(server: Server) -> Iterator[Any]:
    """Give a function that stops the server and puts a captive portal in its place; `close()` takes it away."""
    portals: list[CaptivePortal] = []

    def put_up() -> CaptivePortal:
        if server.processes:
            server.stop()
        portals.append(CaptivePortal(server.port))
        return portals[-1]

    yield put_up
    for portal in portals:
        portal.close()
