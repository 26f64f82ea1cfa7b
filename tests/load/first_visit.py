"""What the first visit of an article costs somebody who has never been here."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.browser.chromium import chromium
from tests.load.libraries import Library
from tests.load.report import Line, Report
from tests.server import Server

KILOBYTE = 1024
LAYOUT = """() => new Promise((resolve) => {
  let shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
  }).observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(shift)));
})"""
BLOCKING = """() => performance.getEntriesByType('resource')
  .filter((entry) => entry.initiatorType === 'script' && entry.renderBlockingStatus === 'blocking').length"""


def measure(report: Report, folder: Path) -> None:
    """Open an article in a fresh browser, and weigh what the page asked for."""
    with Library(500, folder) as server, chromium() as browser:
        seen = visit(browser, server, first_article(browser, server))
    counted = [one for one in seen["resources"] if one["type"] != "Image"]
    scripts = [one for one in seen["resources"] if one["type"] == "Script"]
    weight = sum(one["bytes"] for one in counted) / KILOBYTE
    report.add(
        Line("Article, first visit: compressed, without images", weight, 40, "KB", note=f"({len(counted)} files)")
    )
    report.add(Line("Article, first visit: script", sum(one["bytes"] for one in scripts) / KILOBYTE, 12, "KB"))
    report.add(Line("Article, first visit: requests to anybody else", seen["elsewhere"], 0))
    report.add(Line("Article, first visit: render-blocking scripts", seen["blocking"], 0))
    report.add(Line("Article, first visit: layout shift", seen["shift"], 0))


def first_article(browser: Browser, server: Server) -> str:
    """Give the address of a grown article."""
    page = browser.new_page()
    path: str = page.request.get(f"{server.url}/api/v1/articles/?limit=10").json()["results"][-1]["path"]
    page.close()
    return path


def visit(browser: Browser, server: Server, path: str) -> dict[str, Any]:
    """Open a page as a phone that knows nothing of us, and give what it asked for and how it moved."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    types: dict[str, str] = {}
    addresses: list[str] = []
    resources: list[dict[str, Any]] = []
    session.on("Network.requestWillBeSent", lambda event: addresses.append(event["request"]["url"]))
    session.on("Network.responseReceived", lambda event: types.update({event["requestId"]: event["type"]}))
    session.on(
        "Network.loadingFinished",
        lambda event: resources.append(
            {"type": types.get(event["requestId"], ""), "bytes": event["encodedDataLength"]}
        ),
    )
    page.goto(f"{server.url}{path}", wait_until="networkidle")
    assert resources, "nothing was weighed"
    seen = {
        "resources": resources,
        "elsewhere": sum(not one.startswith((server.url, "data:")) for one in addresses),
        "shift": page.evaluate(LAYOUT),
        "blocking": page.evaluate(BLOCKING),
    }
    context.close()
    return seen
