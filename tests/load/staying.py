"""Whether reading and searching for half an hour leaves anything behind in the memory of a page or a worker."""

from pathlib import Path

from tests.browser.chromium import chromium
from tests.browser.phone import Phone
from tests.load.heaps import WorkerHeap, page_heap
from tests.load.libraries import Library, with_library
from tests.load.report import Line, Report
from tests.server import eventually

# As many as somebody opens and asks in half an hour who does not stop: an article every 20 s, a search every 10 s.
ARTICLES = 90
SEARCHES = 180
# Before that: until the engine has seen every way through the code, which takes room once.
WARMING = 45
WORDS = ("sleep", "worry", "attachment", "loss", "breath", "alone", "anger", "rest")


def measure(report: Report, folder: Path) -> None:
    """Open articles, and search on one page, as often as in half an hour; compare the heaps with those at the beginning."""
    with Library(500, folder) as server, chromium() as browser:
        phone = with_library(browser, server)
        eventually(lambda: phone.library()["meta"].get("note:indexed"), 180, "the search has read the library")
        worker = WorkerHeap.of_service_worker(browser)
        paths = phone.paths()
        for path in paths[:WARMING]:
            phone.open(path)
        before = at_rest(phone, worker)
        for path in paths[WARMING : WARMING + ARTICLES]:
            phone.open(path)
        report.add(grown("the service worker, 90 articles opened", before, at_rest(phone, worker)))
        _search(report, phone)


def at_rest(phone: Phone, worker: WorkerHeap) -> float:
    """Give a worker's heap once what the last page asked for has been answered: that is in hand, and not left behind."""
    phone.page.wait_for_load_state("networkidle")
    return worker.used()


def _search(report: Report, phone: Phone) -> None:
    session = phone.page.context.new_cdp_session(phone.page)
    finder = WorkerHeap.of_page(session)
    phone.open("/search/")
    field = phone.page.get_by_role("searchbox")
    field.wait_for()

    def ask(times: int) -> None:
        for number in range(times):
            field.fill("")
            field.press_sequentially(WORDS[number % len(WORDS)])
            phone.page.locator(".results .result").first.wait_for()

    ask(WARMING)
    page, worker = page_heap(session), finder.used()
    ask(SEARCHES)
    report.add(grown("the search page, 180 searches", page, page_heap(session)))
    report.add(grown("its worker", worker, finder.used()))


def grown(what: str, before: float, after: float) -> Line:
    """Say by how much a heap has grown."""
    note = f"({before / 1e6:.1f} to {after / 1e6:.1f} MB)"
    return Line(f"Half an hour: heap of {what}", 100 * (after / before - 1), 10, "%", note=note)
