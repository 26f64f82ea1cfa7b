"""What the first sync takes over fast 3G, on the phone's clock and of the server's time."""

import time
from pathlib import Path

from tests.browser.chromium import chromium
from tests.load.asking import cpu_seconds
from tests.load.libraries import TAKING, Library
from tests.load.report import Line, Report
from tests.slow import SlowLink

FAST_3G = {"bits_per_second": 1_600_000, "round_trip": 0.15}
COMPLETE = """() => new Promise((resolve) => {
  const request = indexedDB.open('respite-library');
  request.onupgradeneeded = () => request.transaction.abort();
  request.onerror = () => resolve(false);
  request.onsuccess = () => {
    const asked = request.result.transaction('meta').objectStore('meta').get('complete');
    asked.onsuccess = () => { request.result.close(); resolve(asked.result === true); };
  };
})"""
LOOK = 0.2  # seconds between two looks


def measure(report: Report, folder: Path) -> None:
    """Open the home page over fast 3G and wait until 500 articles are on the phone."""
    with Library(500, folder) as server, SlowLink(server.port, **FAST_3G) as link, chromium() as browser:
        page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
        page.goto(f"{link.url}/")
        page.evaluate("async () => { await navigator.serviceWorker.ready; }")
        # From here on the worker's own round is what the line is used for.
        before, began, sent = cpu_seconds(server), time.monotonic(), link.bytes
        while not page.evaluate(COMPLETE):
            assert time.monotonic() - began < TAKING, "the library is not on the phone"
            time.sleep(LOOK)
        took = time.monotonic() - began
        used = cpu_seconds(server) - before
    report.add(Line("Sync of 500 articles over fast 3G", took, 15, "s", note=f"({(link.bytes - sent) / 1e6:.2f} MB)"))
    report.add(Line("Sync of 500 articles: the server's time", used, 2, "s"))
