"""What somebody who comes back waits for, whose phone has the library and knows that it is fresh."""

from pathlib import Path
from statistics import median

from playwright.sync_api import CDPSession, Page

from tests.browser.chromium import chromium
from tests.load.libraries import Library, with_library
from tests.load.offline import Workers
from tests.load.report import Line, Report

TIMES = 15
SLOWER = 4  # times: a cheap phone's page; no tool slows a worker down
LARGEST = """() => new Promise((resolve) => {
  let largest = 0;
  new PerformanceObserver((list) => {
    for (const {startTime} of list.getEntries()) largest = startTime;
  }).observe({type: 'largest-contentful-paint', buffered: true});
  const settled = () => (largest ? resolve(largest) : setTimeout(settled, 20));
  requestAnimationFrame(() => requestAnimationFrame(settled));
})"""


def measure(report: Report, folder: Path) -> None:
    """Take the whole library, and open articles with the worker running and with it stopped."""
    with Library(500, folder) as server, chromium() as browser:
        phone = with_library(browser, server)
        paths = [server.url + path for path in phone.paths()]
        workers = Workers(phone.page)
        session = phone.context.new_cdp_session(phone.page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        largest_paint(phone.page, session, paths[0])
        warm = [largest_paint(phone.page, session, path) for path in paths[1 : TIMES + 1]]
        stopped = []
        for path in paths[TIMES + 1 : 2 * TIMES + 1]:
            workers.stop()
            stopped.append(largest_paint(phone.page, session, path))
    report.add(Line("Returning visit, from the phone, warm worker: LCP", median(warm), 200, "ms"))
    report.add(Line("Returning visit, from the phone, worker stopped: LCP", median(stopped), 200, "ms"))


def largest_paint(page: Page, session: CDPSession, address: str) -> float:
    """Open an address and give its largest contentful paint, in ms since the navigation began."""
    page.goto(address)
    made_on = page.evaluate("document.documentElement.dataset.madeOn")
    assert made_on == "fresh", f"{address} was made on {made_on}"
    largest: float = page.evaluate(LARGEST)
    return largest
