"""How long a reader without a connection waits for an article never opened before."""

from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page

from tests.browser.chromium import chromium
from tests.load.libraries import Library, with_library
from tests.load.report import Line, Report
from tests.server import eventually

TIMES = 20
PAINTED = """() => new Promise((resolve) => {
  const read = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  if (read() !== undefined) return resolve(read());
  new PerformanceObserver(() => read() !== undefined && resolve(read())).observe({type: 'paint', buffered: true});
})"""


def measure(report: Report, folder: Path) -> None:
    """Take the whole library, end the server, and open 60 articles for the first time."""
    with Library(5000, folder) as server, chromium() as browser:
        phone = with_library(browser, server)
        paths = phone.paths()
        assert len(paths) > 5000, f"only {len(paths)} articles are on the phone"
        server.kill()
        phone.context.set_offline(True)
        workers = Workers(phone.page)
        first_paint(phone.page, server.url + paths[0])
        warm = [first_paint(phone.page, server.url + path) for path in paths[1 : TIMES + 1]]
        stopped = [
            first_paint(phone.page, server.url + path, before=workers.stop) for path in paths[TIMES + 1 : 2 * TIMES + 1]
        ]
        closed = [
            first_paint(phone.page, server.url + path, before=workers.stop_with_the_app)
            for path in paths[2 * TIMES + 1 : 3 * TIMES + 1]
        ]
    report.add(Line("Article never opened, offline, warm worker: first paint", median(warm), 100, "ms"))
    report.add(Line("Article never opened, offline, worker stopped: first paint", median(stopped), 150, "ms"))
    report.add(Line("The same, no page of ours open: first paint", median(closed), None, "ms"))


def first_paint(page: Page, address: str, before: Callable[[], None] = lambda: None) -> float:
    """Open an address and give its first contentful paint, in ms since the navigation began."""
    before()
    answer = page.goto(address)
    assert answer, address
    assert answer.from_service_worker, address
    assert page.locator("main article, main h1").first.is_visible(), address
    painted: float = page.evaluate(PAINTED)
    # Nobody goes on within a moment: the next is opened once this one has nothing left to do.
    page.wait_for_load_state("networkidle")
    return painted


class Workers:
    """The workers of a browser as its developer tools see them."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._status: dict[str, str] = {}
        self._session = page.context.new_cdp_session(page)
        self._session.on("ServiceWorker.workerVersionUpdated", self._note)
        self._session.send("ServiceWorker.enable")

    def _note(self, event: dict[str, Any]) -> None:
        self._status |= {version["versionId"]: version["runningStatus"] for version in event["versions"]}

    def stop_with_the_app(self) -> None:
        """Leave our pages, so that the browser ends their process too, and stop the workers."""
        self._page.goto("about:blank")
        self.stop()

    def stop(self) -> None:
        """Stop them all, as a browser does by itself while somebody reads; come back once none runs."""
        eventually(self._have_stopped, 10, "the worker has stopped")

    def _have_stopped(self) -> bool:
        # Asked again: what a page sent as it went away may have woken one. Whatever is asked lets the events come in.
        self._session.send("ServiceWorker.stopAllWorkers")
        self._page.evaluate("1")
        assert self._status, "the browser names no worker"
        return set(self._status.values()) == {"stopped"}
