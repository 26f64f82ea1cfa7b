"""Where the guide's pictures are drawn: a demonstration on a fixed day, and a browser that looks the same everywhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from tests.browser.desk import Desk
from tests.installation import install
from tests.kept import ROOT
from tests.server import Server

NOW = "2026-11-09T09:30:00+00:00"
# Articles of the writer: one being written, one that waits for its review, one that is public.
DRAFT, SUBMITTED, LIVE = "A desk by the window", "Ten quiet minutes", "Walking in the evening"
PREPARE = "from tests.browser.guide_content import prepare; prepare()"


class Stage:
    """The served installation, and a desk for each person who has been asked for."""

    def __init__(self, server: Server, browser: Browser) -> None:
        self.server = server
        self.browser = browser
        self.desks: dict[str, Desk] = {}

    def desk(self, who: str, width: int = 940, height: int = 900) -> Desk:
        """Give the desk of a person of the demonstration, such as ``writer``, logged in, with a screen of this size.

        Beside the menu there are 740 of the usual 940 px, about as wide as the guide's column.
        """
        if who not in self.desks:
            self.desks[who] = Desk(self._context(), self.server, f"{who}@respite.example")
        desk = self.desks[who]
        desk.page.set_viewport_size({"width": width, "height": height})
        desk.page.evaluate("localStorage.clear()")  # the admin remembers which panels were open
        return desk

    def close(self) -> None:
        """Leave every desk."""
        for desk in self.desks.values():
            desk.page.context.close()
        self.desks = {}

    def _context(self) -> BrowserContext:
        context = self.browser.new_context(
            device_scale_factor=1,
            color_scheme="light",
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="UTC",
            service_workers="block",
        )
        context.clock.set_fixed_time(NOW)
        return context


@contextmanager
def stage_server(folder: Path) -> Iterator[Server]:
    """Serve the demonstration with what the pictures need, at the moment of :data:`NOW`."""
    installation = install(folder)
    installation.extra |= {"RESPITE_CLOCK": NOW, "PYTHONPATH": str(ROOT / "tests" / "browser" / "clock")}
    installation.manage("shell", "-v0", "-c", PREPARE)
    server = Server(installation)
    server.start()
    try:
        yield server
    finally:
        server.remove()
