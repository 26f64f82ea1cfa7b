"""Keeping the library: whole, without gap or duplicate, and never from a stranger."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Response, Route, expect

from tests.browser.phone import PATIENCE, Phone, change, published, rewrite, stop_worker, withdraw
from tests.server import CaptivePortal, Server, eventually

FEED = re.compile(r"/sync/changes/\?")


def feed_requests(phone: Phone) -> list[str]:
    return [asked for asked in phone.asked if FEED.search(asked)]


@pytest.mark.server_side
def test_first_visit__brings_the_whole_library(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    assert phone.kept() == published(server)
    entries = phone.library()["entries"]
    assert len(entries) == len({entry["id"] for entry in entries})


@pytest.mark.server_side
def test_nothing_changed__is_one_small_request(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    cursor = phone.library()["meta"]["cursor"]
    phone.asked.clear()
    phone.sync()
    # Pictures of the newest articles may still be on their way, and the search's own worker.
    asked = [request for request in phone.asked if not re.search(r"/media/|/static/pwa/search\.", request)]
    assert asked == [f"GET /sync/changes/?after={cursor}&limit=100"]


def test_opening_further_pages__does_not_ask_again_and_again(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.asked.clear()
    for path in ("/search/", "/help/", "/on-this-phone/"):
        phone.open(path)
        phone.page.wait_for_load_state("networkidle")
    assert feed_requests(phone) == []


def test_captive_portal__stores_nothing_and_leaves_the_cursor(
    context: BrowserContext, server: Server, captive_portal: Callable[[], CaptivePortal]
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.settle()
    before, inventory = phone.library(), phone.caches()

    portal = captive_portal()
    phone.ask_for_sync()
    eventually(lambda: any(FEED.search(asked) for asked in portal.requests), PATIENCE, "the portal is asked")
    expect(phone.page.locator("respite-connection")).to_contain_text("This network wants a log-in first.")
    phone.page.evaluate("() => fetch('/media/images/never/seen.webp').catch(() => null)")

    assert phone.library() == before
    assert phone.caches() == inventory
    phone.open("/articles/sleep/")
    assert phone.page.title() == "Hotel Wi-Fi", "the portal's own page must be reachable, to accept its terms"
    assert phone.library() == before
    assert phone.caches() == inventory

    portal.close()
    server.start()
    phone.open("/")
    phone.sync()
    assert phone.kept() == published(server)


def test_worker_killed_in_mid_sync__goes_on_without_gap_or_duplicate(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    held: list[Route] = []

    def in_small_pages(route: Route) -> None:
        if not held and len(feed_requests(phone)) == 4:
            held.append(route)  # never answered: the worker is killed while it waits
        else:
            route.continue_(url=route.request.url.replace("limit=100", "limit=10"))

    context.route(FEED, in_small_pages)
    phone.open("/")
    phone.installed()
    eventually(lambda: phone.page.evaluate("1") and held, PATIENCE, "the fourth page is asked for")
    stop_worker(phone.page)()
    partly = phone.library()
    assert 0 < len(partly["entries"]) <= 30
    assert not partly["meta"]["complete"]
    # The route stays: taking it back would wait for the worker that is no more.
    phone.asked.clear()

    phone.sync()

    first = feed_requests(phone)[0]
    assert f"after={partly['meta']['cursor']}&" in first
    assert phone.kept() == published(server)
    assert phone.library()["meta"]["rows"] == len(phone.library()["entries"])


@pytest.mark.server_side
def test_withdrawn_article__leaves_list_and_store_and_its_address_says_why(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    assert "/articles/sleep/" in phone.paths()
    withdraw(server, "sleep", "Its advice on naps was wrong.")

    phone.sync()

    assert "/articles/sleep/" not in phone.paths()
    library = phone.library()
    tombstone = next(entry for entry in library["entries"] if entry["path"] == "/articles/sleep/")
    assert (tombstone["title"], tombstone["card"]) == ("", "")
    assert tombstone["id"] not in library["pages"]
    server.kill()
    phone.open("/articles/")
    expect(phone.page.locator('main a[href="/articles/sleep/"]')).to_have_count(0)
    answer = phone.open("/articles/sleep/")
    assert answer.status == 410
    expect(phone.page.locator("main")).to_contain_text("Its advice on naps was wrong.")


def test_moved_article__is_found_at_its_former_address_too(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    rewrite(server, "sleep", slug="rest-at-night")
    phone.sync()
    server.kill()
    phone.open("/articles/sleep/?from=a-bookmark")
    expect(phone.page).to_have_url(f"{server.url}/articles/rest-at-night/")
    expect(phone.page.locator("article.article h1")).to_be_visible()


@pytest.mark.server_side
def test_library_restored_from_a_backup__is_taken_anew(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    before = phone.library()["meta"]["epoch"]
    change(server, "import uuid; from cms.publishing.models import Ledger; Ledger.objects.update(epoch=uuid.uuid4())")
    phone.sync()
    assert phone.library()["meta"]["epoch"] != before
    assert phone.kept() == published(server)


FORGET = """
from datetime import timedelta
from django.db.models import F
from api.library.models import Entry
Entry.objects.filter(deleted=True).update(deleted_at=F("deleted_at") - timedelta(days=181))
"""


def test_cursor_older_than_the_server_remembers__begins_anew_and_everything_stays_readable(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    cursor, before = phone.library()["meta"]["cursor"], phone.kept()
    withdraw(server, "grief", "It was superseded.")
    change(server, FORGET)
    answers: list[tuple[str, int]] = []

    def note(answer: Response) -> None:
        if FEED.search(answer.url):
            answers.append((answer.url, answer.status))

    context.on("response", note)

    # Nobody answers a second time: what was here is still here.
    context.route(re.compile(r"/sync/changes/\?after=0&"), lambda route: route.abort())
    phone.ask_for_sync()
    eventually(lambda: phone.page.evaluate("1") and answers, PATIENCE, "the server has answered")
    expect(phone.page.locator("respite-connection")).to_have_attribute("data-connection", "unreachable")
    assert answers == [(f"{server.url}/sync/changes/?after={cursor}&limit=100", 410)]
    assert phone.kept() == before

    context.unroute(re.compile(r"/sync/changes/\?after=0&"))
    answers.clear()
    phone.sync()
    assert phone.kept() == published(server)
    assert {status for _, status in answers} == {200}
    assert answers[0][0] == f"{server.url}/sync/changes/?after=0&limit=100"


def test_page_that_comes_into_view__asks_once_and_brings_what_was_published_meanwhile(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.settle()
    rewrite(server, "grief", title="Grief, told anew")
    cursor = phone.library()["meta"]["cursor"]
    phone.asked.clear()

    look = "document.dispatchEvent(new Event('visibilitychange'))"
    # Half a minute after a round another one is not worth a request.
    phone.page.evaluate(look)
    phone.last_synced(31_000)
    phone.page.evaluate(look)

    eventually(lambda: phone.kept() == published(server), PATIENCE, "what was published is here")
    assert feed_requests(phone) == [f"GET /sync/changes/?after={cursor}&limit=100"]


def test_phone_that_is_back__asks_at_once_and_brings_what_was_published_meanwhile(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.settle()
    context.set_offline(True)
    expect(phone.page.locator("respite-connection")).to_have_attribute("data-connection", "offline")
    rewrite(server, "grief", title="Grief, told anew")
    cursor = phone.library()["meta"]["cursor"]
    phone.asked.clear()

    context.set_offline(False)

    eventually(lambda: phone.kept() == published(server), PATIENCE, "what was published is here")
    # The phone's own word and the end of the trouble may each ask once.
    first, *more = feed_requests(phone)
    assert first == f"GET /sync/changes/?after={cursor}&limit=100"
    assert len(more) <= 1


def test_store_that_the_browser_removed__is_mended(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.page.evaluate(LOSE_SOME)
    assert phone.kept() != published(server)
    phone.sync()
    assert phone.kept() == published(server)


LOSE_SOME = """() => new Promise((resolve) => {
  indexedDB.open('respite-library').onsuccess = ({target: {result: database}}) => {
    const transaction = database.transaction('entries', 'readwrite');
    const entries = transaction.objectStore('entries');
    entries.getAllKeys().onsuccess = ({target: {result: keys}}) => keys.slice(0, 5).forEach((key) => entries.delete(key));
    transaction.oncomplete = () => { database.close(); resolve(); };
  };
})"""


def test_phone_without_room__keeps_what_it_has_and_says_so(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    before = phone.kept()
    session = context.new_cdp_session(phone.page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": server.url, "quotaSize": 1})
    change(server, "from pwa.fragments import renew; renew(every=True)")
    phone.ask_for_sync()
    expect(phone.page.locator("respite-connection")).to_contain_text("This phone is full.")
    # Chromium may find room a moment later; either way nothing that was there is lost.
    assert phone.kept().keys() == before.keys()
    session.send("Storage.overrideQuotaForOrigin", {"origin": server.url})
    phone.sync()
    assert phone.kept() == published(server)
