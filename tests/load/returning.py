"""What somebody who comes back waits for, whose phone has the library and knows that it is fresh."""

from collections.abc import Callable
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from tests.browser.chromium import chromium
from tests.load.libraries import Library, with_library
from tests.load.offline import Workers
from tests.load.report import Line, Report

TIMES = 15
SLOWER = 4  # times: a cheap phone's page; no tool slows a worker down
BARE = "<!doctype html><title>Bare</title><h1>Nothing but a heading</h1>"
LARGEST = """() => new Promise((resolve) => {
  let largest = 0;
  new PerformanceObserver((list) => {
    for (const {startTime} of list.getEntries()) largest = startTime;
  }).observe({type: 'largest-contentful-paint', buffered: true});
  const settled = () => (largest ? resolve(largest) : setTimeout(settled, 20));
  requestAnimationFrame(() => requestAnimationFrame(settled));
})"""


def measure(report: Report, folder: Path) -> None:
    """Take the whole library, and open articles from elsewhere, with the worker running and with it stopped.

    A worker that was stopped starts in a new process, which has no font and no style yet when it lays out the page: four
    times slower that alone takes most of the time allowed, so there it is told and not held to the budget.
    """
    with Library(500, folder) as server, chromium() as browser:
        phone = with_library(browser, server)
        phone.settle()
        page, workers = phone.page, Workers(phone.page)
        paths = iter([server.url + path for path in phone.paths()])
        session = phone.context.new_cdp_session(page)
        largest_paint(page, next(paths))

        def visits(rate: int, before: Callable[[], None] = lambda: None) -> float:
            session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
            return median(largest_paint(page, next(paths), before) for _ in range(TIMES))

        # Until a worker has been stopped, its process is also the page's, as it is for somebody who goes on reading.
        warm, warm_slower = visits(1), visits(SLOWER)
        stopped, stopped_slower = visits(1, workers.stop), visits(SLOWER, workers.stop)
        bare = median(bare_paint(page) for _ in range(TIMES))
    note = f"(a bare page here: {bare:.0f} ms)"
    report.add(Line("Returning visit, from the phone, warm worker: LCP", warm, 200, "ms"))
    report.add(Line("The same, page 4 times slower", warm_slower, 200, "ms", note=note))
    report.add(Line("Returning visit, from the phone, worker stopped: LCP", stopped, 200, "ms"))
    report.add(Line("The same, page 4 times slower", stopped_slower, None, "ms", note=note))


def largest_paint(page: Page, address: str, before: Callable[[], None] = lambda: None) -> float:
    """Open an address from elsewhere and give its largest contentful paint, in ms since the navigation began."""
    leave(page)
    before()
    page.goto(address)
    made_on = page.evaluate("document.documentElement.dataset.madeOn")
    assert made_on == "fresh", f"{address} was made on {made_on}"
    largest: float = page.evaluate(LARGEST)
    page.wait_for_load_state("networkidle")
    return largest


def leave(page: Page) -> None:
    """Go elsewhere, and let the browser finish with what was left: whoever comes back comes from nothing of ours."""
    page.goto("about:blank")
    page.wait_for_load_state("networkidle")


def bare_paint(page: Page) -> float:
    """Give what the least of all pages takes on this machine, slowed down as much."""
    leave(page)
    page.route("**/bare", lambda route: route.fulfill(body=BARE, content_type="text/html"))
    page.goto("http://bare.localhost/bare")
    largest: float = page.evaluate(LARGEST)
    return largest
