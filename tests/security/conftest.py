"""A Chromium that reports whatever runs, in front of an installation full of payloads."""

from collections.abc import Iterator

import pytest

from tests.browser.conftest import APP_PROCESSES, browser_context_args, browser_type_launch_args
from tests.installation import install
from tests.server import Server

__all__ = ["browser_context_args", "browser_type_launch_args"]


@pytest.fixture(scope="session")
def planted_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve an installation in which every payload is published in every field."""
    installation = install(tmp_path_factory.mktemp("planted") / "installation")
    installation.manage("shell", "-v0", "-c", "from tests.security.plant import plant; plant()")
    server = Server(installation, workers=APP_PROCESSES)
    server.start()
    yield server
    server.remove()
