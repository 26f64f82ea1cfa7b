"""How long a reader without a connection waits for an article never opened before."""

from collections.abc import Callable
from pathlib import Path
from statistics import median

from playwright.sync_api import BrowserContext, CDPSession, Page

from tests.browser.chromium import chromium
from tests.browser.phone import Phone
from tests.load.libraries import Library
from tests.load.report import Line, Report
from tests.server import eventually

TIMES = 20
PAINTED = """() => new Promise((resolve) => {
  const read = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  if (read() !== undefined) return resolve(read());
  new PerformanceObserver(() => read() !== undefined && resolve(read())).observe({type: 'paint', buffered: true});
})"""


def measure(report: Report, folder: Path) -> None:
    """Take the whole library, end the server, and open 40 articles for the first time."""
    with Library(500, folder) as server, chromium() as browser:
        context = browser.new_context(viewport={"width": 390, "height": 844})
        phone = Phone(context, server)
        phone.open("/")
        phone.installed()
        eventually(lambda: phone.library()["meta"].get("complete"), 180, "the library is on the phone")
        paths = phone.paths()
        assert len(paths) > 500, f"only {len(paths)} articles are on the phone"
        server.kill()
        context.set_offline(True)
        workers = context.new_cdp_session(phone.page)
        workers.send("ServiceWorker.enable")
        first_paint(phone.page, server.url + paths[0])
        warm = [first_paint(phone.page, server.url + path) for path in paths[1 : TIMES + 1]]
        stopped = [
            first_paint(phone.page, server.url + path, before=lambda: stop(context, workers))
            for path in paths[TIMES + 1 : 2 * TIMES + 1]
        ]
    report.add(Line("Article never opened, offline, warm worker: first paint", median(warm), 100, "ms"))
    report.add(Line("Article never opened, offline, worker stopped: first paint", median(stopped), 150, "ms"))


def first_paint(page: Page, address: str, before: Callable[[], None] = lambda: None) -> float:
    """Open an address and give its first contentful paint, in ms since the navigation began."""
    before()
    answer = page.goto(address)
    assert answer, address
    assert answer.from_service_worker, address
    assert page.locator("main article, main h1").first.is_visible(), address
    painted: float = page.evaluate(PAINTED)
    return painted


def stop(context: BrowserContext, workers: CDPSession) -> None:
    """Stop the worker, and come back once it runs no more."""
    running = set(context.service_workers)
    workers.send("ServiceWorker.stopAllWorkers")
    eventually(lambda: not running & set(context.service_workers), 10, "the worker has stopped")
