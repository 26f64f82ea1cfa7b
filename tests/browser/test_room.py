"""The page "On this phone": what is here, how much of it, and that its reader decides."""

import re
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.phone import PATIENCE, SAY, Phone, published
from tests.server import Server, eventually

PAGE = "/on-this-phone/"
FEED = re.compile(r"/sync/changes/\?")


def readable(phone: Phone) -> set[str]:
    """Give the addresses of the articles whose text is on the phone, and see that it is."""
    library = phone.library()
    rows = [row for row in library["entries"] if row["kind"] == "article" and row["held"] == "whole"]
    assert {row["id"] for row in rows} <= set(library["pages"])
    return {row["path"] for row in rows}


def wish(phone: Phone, **change: Any) -> None:
    phone.page.evaluate(SAY, {"type": "wish", "change": change})


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_page__says_what_is_here_and_works_without_a_connection(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    articles = len(phone.paths())
    server.kill()
    phone.open("/nothing/of/the/kind/")
    phone.page.locator("main").get_by_role("link", name="On this phone").click()
    expect(phone.page).to_have_url(f"{server.url}{PAGE}")
    store = phone.page.locator("respite-store")
    expect(store).to_contain_text(f"{articles} articles can be read on this phone.")
    expect(store).to_contain_text(re.compile(r"\d+ kB of 50 MB"))
    expect(store).to_contain_text("Last brought up to date on")
    expect(store).to_contain_text(re.compile(r"Respite takes about [\d.]+ \wB, of"))


def test_fetching__pauses_and_goes_on_where_it_stopped(context: BrowserContext, server: Server) -> None:
    held: list[Route] = []

    def in_small_pages(route: Route) -> None:
        if len(asked) == 2:
            held.append(route)
        else:
            route.continue_(url=route.request.url.replace("limit=100", "limit=10"))

    phone = Phone(context, server)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url) if FEED.search(request.url) else None)
    context.route(FEED, in_small_pages)
    phone.open(PAGE)
    store = phone.page.locator("respite-store")
    expect(store.locator("progress")).to_be_visible()
    expect(store).to_contain_text(re.compile(r"10 of \d+, \d+ kB so far"))

    press(phone.page, "Pause")
    expect(store).to_contain_text("Paused.")
    partly = phone.library()
    assert 0 < len(partly["entries"]) <= 10
    before = len(asked)
    phone.ask_for_sync()
    phone.open(PAGE)
    expect(store).to_contain_text("Paused.")
    assert len(asked) == before

    press(phone.page, "Resume")
    eventually(lambda: phone.library()["meta"].get("complete"), PATIENCE, "the rest comes")
    assert f"after={partly['meta']['cursor']}&" in asked[before]
    assert phone.kept() == published(server)
    expect(store).to_contain_text(f"{len(phone.paths())} articles can be read on this phone.")


def test_small_budget__keeps_the_newest_and_says_of_the_rest_that_they_are_titles(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    meta = phone.library()["meta"]
    phone.open("/articles/")
    expect(phone.page.locator("main respite-on-phone .state").first).to_be_visible()
    wish(phone, budget=meta["bytes"] - 25_000)
    eventually(lambda: 0 < len(readable(phone)) < len(phone.paths()), PATIENCE, "older texts go")
    assert phone.library()["meta"]["bytes"] <= meta["bytes"] - 25_000
    here = readable(phone)
    marked = phone.page.locator("main .card:has(respite-on-phone .state) h3 a")
    eventually(
        lambda: {link.get_attribute("href") for link in marked.all()} <= here, PATIENCE, "no mark claims what is gone"
    )
    expect(phone.page.locator("main .card h3")).not_to_have_count(marked.count())

    gone = sorted(path for path in set(phone.paths()) - here if not path.startswith("/de/"))[0]
    server.kill()
    answer = phone.open(gone)
    assert answer.status == 503
    expect(phone.page.locator("main")).to_contain_text("only its title and summary are on this phone")
    expect(phone.page.locator("[data-kept] h3").first).to_be_visible()
    assert phone.page.title() != "No Internet Connection · Respite"

    server.start()
    expect(phone.page.locator("main article.article h1")).to_be_visible()
    phone.open(PAGE)
    expect(phone.page.locator("respite-store")).to_contain_text(
        "as titles only" if len(here) < 13 else "as a title only"
    )
    press(phone.page, "Fetch everything now")
    eventually(lambda: readable(phone) == set(phone.paths()), PATIENCE, "everything is here")
    expect(phone.page.get_by_label("Everything")).to_be_checked()


def test_followed_topic__stays_where_there_is_room_for_nothing_else(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.open("/topics/sleep/")
    press(phone.page, "Follow this topic")
    expect(phone.page.get_by_role("button", name="Follow this topic")).to_have_attribute("aria-pressed", "true")
    rows = [row for row in phone.library()["entries"] if row["kind"] == "article"]
    followed = [row for row in rows if "sleep" in row["data"]["topics"]]
    others = sum(row["text_bytes"] for row in rows) - sum(row["text_bytes"] for row in followed)
    wish(phone, budget=phone.library()["meta"]["bytes"] - others)
    eventually(lambda: readable(phone) == {row["path"] for row in followed}, PATIENCE, "only the topic's stay")


def test_saved_article__is_never_given_up(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    saved = next(row for row in phone.library()["entries"] if row["path"] == "/articles/grief/")
    phone.page.evaluate(SAVE, saved["id"])
    wish(phone, budget=1)
    eventually(lambda: readable(phone) == {"/articles/grief/"}, PATIENCE, "only what is saved stays")


SAVE = """(id) => new Promise((resolve, reject) => {
  const request = indexedDB.open('respite-own');
  request.onerror = () => reject(request.error);
  request.onupgradeneeded = () => request.result.createObjectStore('saved', {keyPath: 'id'});
  request.onsuccess = () => {
    const database = request.result;
    const transaction = database.transaction('saved', 'readwrite');
    transaction.objectStore('saved').put({id, path: '/articles/grief/', title: 'Grief', collections: []});
    transaction.oncomplete = () => { database.close(); resolve(); };
  };
})"""


def test_removing_everything__leaves_nothing_and_nothing_comes_back_by_itself(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.open(PAGE)
    press(phone.page, "Remove everything from this phone")
    press(phone.page, "Remove")
    store = phone.page.locator("respite-store")
    expect(store).to_contain_text("The library is not kept on this phone.")
    library = phone.library()
    assert (library["entries"], library["pages"]) == ([], [])
    phone.asked.clear()
    phone.open("/")
    phone.ask_for_sync()
    phone.page.wait_for_load_state("networkidle")
    assert [asked for asked in phone.asked if FEED.search(asked)] == []
    assert "respite-media-v1" not in phone.caches() or phone.caches()["respite-media-v1"] == []

    phone.open(PAGE)
    press(phone.page, "Fetch everything now")
    eventually(lambda: phone.library()["meta"].get("complete"), PATIENCE, "it comes back when it is asked for")
    assert phone.kept() == published(server)
    expect(phone.page.locator("respite-connection")).not_to_contain_text("Your browser had removed")


def test_background_refresh__brings_what_was_published_meanwhile(context: BrowserContext, server: Server) -> None:
    """By the developer tools' event: this browser gives periodic sync to installed apps alone."""
    phone = Phone(context, server)
    phone.keep_everything()
    session = context.new_cdp_session(phone.page)
    registrations: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registrations.extend(one["registrationId"] for one in event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    eventually(lambda: phone.page.evaluate("1") and registrations, PATIENCE, "the registration is named")
    server.manage("shell", "-v0", "-c", "from pwa.fragments import renew; renew(every=True)")
    before = phone.library()["meta"]["synced_at"]
    session.send(
        "ServiceWorker.dispatchPeriodicSyncEvent",
        {"origin": server.url, "registrationId": registrations[-1], "tag": "respite-library"},
    )
    eventually(lambda: phone.library()["meta"]["synced_at"] > before, PATIENCE, "the round has been")


def test_asking_the_browser_to_keep_it__says_what_it_answered(context: BrowserContext, server: Server) -> None:
    context.add_init_script("navigator.storage.persist = async () => true;")
    phone = Phone(context, server)
    phone.keep_everything()
    phone.open(PAGE)
    press(phone.page, "Keep this safe from clearing")
    expect(phone.page.locator("respite-store")).to_contain_text("Your browser has agreed to keep this")
