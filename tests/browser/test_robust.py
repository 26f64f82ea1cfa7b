"""What a phone does to its own store, and how the library comes out of it."""

import json
import re
from typing import Any

from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.phone import PATIENCE, SAY, Phone, main_of, published, stop_worker
from tests.server import Server, eventually

ARTICLE = "/articles/grief/"
FEED = re.compile(r"/sync/changes/\?")
A_YEAR = 365 * 24 * 3600 * 1000


def is_whole(phone: Phone, server: Server) -> bool:
    """Say whether the phone has what is published, and as many rows and texts as it says."""
    library = phone.library()
    meta = library["meta"]
    assert meta["rows"] == len(library["entries"])
    assert meta["texts"] == len(library["pages"])
    return phone.kept() == published(server)


def test_phone_that_fills_up_while_pictures_come__keeps_the_library(context: BrowserContext, server: Server) -> None:
    came: list[str] = []
    context.route("**/media/**", lambda route: route.abort())
    phone = Phone(context, server)
    phone.keep_everything()
    phone.page.wait_for_load_state("networkidle")
    before = phone.library()
    session = context.new_cdp_session(phone.page)

    def fill_up_first(route: Route) -> None:
        session.send("Storage.overrideQuotaForOrigin", {"origin": server.url, "quotaSize": 1})
        came.append(route.request.url)
        route.continue_()

    context.unroute("**/media/**")
    context.route("**/media/**", fill_up_first)
    phone.ask_for_sync()

    # Whatever is asked of the page lets the requests be heard of.
    eventually(lambda: phone.page.evaluate("1") and came, PATIENCE, "pictures come")
    eventually(lambda: not phone.caches().get("respite-media-v1"), PATIENCE, "none is kept")
    expect(phone.page.locator("respite-connection")).to_have_attribute("data-connection", "online")
    assert len(came) == 1, "after the first that has no room no more are fetched"
    after = phone.library()
    assert (after["entries"], after["pages"]) == (before["entries"], before["pages"])
    server.kill()
    assert phone.open(ARTICLE).status == 200


# Real quotas leave small writes alone: this phone is full until its pictures are gone.
FULL = """() => {
  let isFull = true;
  const forget = CacheStorage.prototype.delete;
  CacheStorage.prototype.delete = function (name) {
    if (name === 'respite-media-v1') isFull = false;
    return forget.call(this, name);
  };
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    if (isFull) throw new DOMException('no room', 'QuotaExceededError');
    return put.apply(this, given);
  };
}"""
SAVED = """async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await done(indexedDB.open('respite-own'));
  const saved = await done(database.transaction('saved').objectStore('saved').getAll());
  database.close();
  return saved.map(({path}) => path);
}"""


def test_full_phone__gives_up_pictures_for_what_is_saved(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.settle()
    assert phone.caches()["respite-media-v1"]
    phone.open(ARTICLE)
    context.set_offline(True)
    phone.page.evaluate(FULL)

    phone.page.locator("[data-do=save]").click()

    expect(phone.page.locator("[data-do=save]")).to_have_attribute("aria-pressed", "true")
    assert phone.page.evaluate(SAVED) == [ARTICLE]
    assert not phone.caches().get("respite-media-v1")


def test_caches_that_the_browser_took__are_mended_and_the_library_is_not_fetched_again(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.page.wait_for_load_state("networkidle")
    release = {name: kept for name, kept in phone.caches().items() if name.startswith("respite-release-")}
    cursor = phone.library()["meta"]["cursor"]
    phone.page.evaluate("async () => { for (const name of await caches.keys()) await caches.delete(name); }")
    phone.asked.clear()

    phone.sync()

    def mended() -> bool:
        return all(set(phone.caches().get(name, [])) >= set(kept) - {"/left-behind"} for name, kept in release.items())

    eventually(mended, PATIENCE, "the release's files are back")
    feed = [asked for asked in phone.asked if FEED.search(asked)]
    assert feed == [f"GET /sync/changes/?after={cursor}&limit=100"]
    server.kill()
    phone.open(ARTICLE)
    sheets = phone.page.evaluate("[...document.styleSheets].map((sheet) => sheet.cssRules.length)")
    assert sheets and all(sheets)


def test_database_that_the_browser_took__is_noticed_said_and_mended(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.page.evaluate(LISTEN)
    phone.page.evaluate(CLEAR)
    phone.ask_for_sync()
    eventually(lambda: phone.library()["meta"].get("complete"), PATIENCE, "the library is back")
    assert is_whole(phone, server)
    assert "Your browser had removed the library." in phone.page.evaluate("window.heard.join()")


LISTEN = """() => {
  window.heard = [];
  const place = document.querySelector('respite-connection');
  new MutationObserver(() => window.heard.push(place.textContent)).observe(place, {childList: true, subtree: true});
}"""
CLEAR = """() => new Promise((resolve) => {
  indexedDB.open('respite-library').onsuccess = ({target: {result: database}}) => {
    const transaction = database.transaction(['entries', 'pages', 'meta'], 'readwrite');
    for (const name of ['entries', 'pages', 'meta']) transaction.objectStore(name).clear();
    transaction.oncomplete = () => { database.close(); resolve(); };
  };
})"""


def test_text_that_the_browser_took__is_noticed_too(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    row = next(row for row in phone.library()["entries"] if row["path"] == ARTICLE)
    phone.page.evaluate(LOSE_TEXT, row["id"])
    assert row["id"] not in phone.library()["pages"]
    phone.sync()
    assert row["id"] in phone.library()["pages"]
    assert is_whole(phone, server)


LOSE_TEXT = """(id) => new Promise((resolve) => {
  indexedDB.open('respite-library').onsuccess = ({target: {result: database}}) => {
    const transaction = database.transaction('pages', 'readwrite');
    transaction.objectStore('pages').delete(id);
    transaction.oncomplete = () => { database.close(); resolve(); };
  };
})"""


def test_connection_to_the_database_that_died__is_opened_again(context: BrowserContext, server: Server) -> None:
    """By a stub: the connection that the worker has open raises, as it does on iOS after a while in the background."""
    phone = Phone(context, server)
    phone.keep_everything()
    worker = phone.installed()
    worker.evaluate(DEAD_CONNECTION)
    phone.sync()
    assert is_whole(phone, server)
    # Each piece of work that was at it has met the dead connection once; nobody uses it after that.
    deaths = worker.evaluate("self.deaths")
    assert deaths >= 1
    phone.sync()
    assert worker.evaluate("self.deaths") == deaths
    server.kill()
    assert "<h1" in main_of(phone.open(ARTICLE).text())


DEAD_CONNECTION = """() => {
  self.deaths = 0;
  let dead = null;
  const real = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...given) {
    dead ??= this;
    if (this !== dead) return real.apply(this, given);
    self.deaths += 1;
    throw new DOMException('The database connection is closing.', 'InvalidStateError');
  };
}"""


def test_clock_that_is_wrong_by_a_year__costs_nothing_once_it_is_put_right(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    for wrong in (A_YEAR, -A_YEAR):
        phone.installed().evaluate(
            "(by) => { const real = self.now ??= Date.now.bind(Date); Date.now = () => real() + by; }", wrong
        )
        before = phone.library()["meta"]["synced_at"]
        phone.ask_for_sync()
        eventually(lambda was=before: phone.library()["meta"]["synced_at"] != was, PATIENCE, "a round ends")
        assert is_whole(phone, server)
        phone.open("/articles/")
        expect(phone.page.locator("main .card h3").first).to_be_visible()
        expect(phone.page.locator("respite-connection")).to_have_attribute("data-connection", "online")
    phone.installed().evaluate("(by) => { const real = self.now; Date.now = () => real() + by; }", A_YEAR)
    before = phone.library()["meta"]["synced_at"]
    phone.ask_for_sync()
    eventually(lambda: phone.library()["meta"]["synced_at"] != before, PATIENCE, "the last round of the wrong clock")
    stop_worker(phone.page)()
    phone.asked.clear()
    phone.open("/on-this-phone/")
    expect(phone.page.locator("respite-store")).to_contain_text("Last brought up to date on")
    eventually(lambda: any(FEED.search(asked) for asked in phone.asked), PATIENCE, "the start asks again")


def test_ten_thousand_changes__are_taken_a_hundred_at_a_time(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    living, meta = phone.kept(), phone.library()["meta"]
    asked: list[str] = []

    def many(route: Route) -> None:
        page = len(asked)
        asked.append(route.request.url)
        changes = [made_up(page * 100 + at) for at in range(100)] if page < 100 else []
        cursor = f"{meta['cursor']}-{page + 1}" if page < 100 else f"{meta['cursor']}-100"
        told = {"changes": changes, "cursor": cursor, "more": page < 99, "epoch": meta["epoch"]}
        route.fulfill(json={**told, "remaining": max(0, 9_900 - page * 100)})

    context.route(FEED, many)
    phone.open("/on-this-phone/")
    phone.ask_for_sync()
    expect(phone.page.locator("respite-store progress")).to_be_visible()
    eventually(lambda: phone.page.evaluate(COUNT) == len(living) + 10_000, 240, "all of them are taken")
    eventually(lambda: phone.page.evaluate(CURSOR) == f"{meta['cursor']}-100", PATIENCE, "the round ends")
    assert len(asked) == 100
    assert len(set(asked)) == 100
    library = phone.library()
    assert library["meta"]["rows"] == len(library["entries"])
    assert library["meta"]["texts"] == len(library["pages"])


def made_up(number: int) -> dict[str, Any]:
    name = f"{number:05d}"
    return {
        "revision": 1_000_000 + number,
        "op": "upsert",
        "kind": "article",
        "id": f"made-up-{name}",
        "path": f"/articles/made-up-{name}/",
        "starts_at": None,
        "ends_at": None,
        "language": "en",
        "title": f"Made up {name}",
        "published_at": "2020-01-01T00:00:00+00:00",
        "card": "",
        "data": {"topics": []},
        "html": f"<main id='main'><h1>{name}</h1></main>",
    }


ASKING = """(store, ask) => new Promise((resolve) => {
  indexedDB.open('respite-library').onsuccess = ({target: {result: database}}) => {
    const request = ask(database.transaction(store).objectStore(store));
    request.onsuccess = () => { database.close(); resolve(request.result); };
  };
})"""
COUNT = f"() => ({ASKING})('entries', (entries) => entries.count())"
CURSOR = f"() => ({ASKING})('meta', (meta) => meta.get('cursor'))"


def test_worker_stopped_at_each_await_of_a_round__leaves_no_gap_and_no_double(
    context: BrowserContext, server: Server
) -> None:
    """The points are put in from here: from the n-th call to the platform on, nothing answers (a store
    refuses); then the worker is killed. The rounds are first ones, into an empty store."""
    phone = Phone(context, server)
    context.route(FEED, lambda route: route.continue_(url=route.request.url.replace("limit=100", "limit=40")))
    phone.keep_everything()
    expected = published(server)
    assert len(expected) > 40
    stop = stop_worker(phone.page)
    for point in range(1, 200):
        phone.page.evaluate(CLEAR)
        phone.page.evaluate(HEAR)
        phone.installed().evaluate(STOP_AT, point)
        phone.ask_for_sync()
        eventually(lambda: phone.page.evaluate("window.reached"), PATIENCE, f"point {point} or the end is reached")
        ended = phone.page.evaluate("window.reached") == "end"
        stop()
        partly = phone.library()
        assert partly["meta"].get("rows", 0) == len(partly["entries"]), f"at point {point}"
        assert partly["meta"].get("texts", 0) == len(partly["pages"]), f"at point {point}"
        phone.sync()
        assert phone.kept() == expected, f"after point {point}"
        if ended:
            break
    assert ended and point > 10, f"only {point} points were met"


HEAR = """() => {
  window.reached = '';
  window.channel?.close();
  window.channel = new BroadcastChannel('points');
  window.channel.onmessage = ({data}) => { window.reached = data; };
}"""
STOP_AT = """(point) => {
  const channel = new BroadcastChannel('points');
  let count = 0;
  const guard = (owner, name, isPromised) => {
    const real = owner[name];
    owner[name] = function (...given) {
      count += 1;
      if (count < point) return real.apply(this, given);
      if (count === point) channel.postMessage('point');
      if (isPromised) return new Promise(() => undefined);
      throw new DOMException('stopped', 'AbortError');
    };
  };
  guard(self, 'fetch', true);
  guard(Response.prototype, 'text', true);
  guard(Response.prototype, 'arrayBuffer', true);
  guard(IDBDatabase.prototype, 'transaction', false);
  guard(Cache.prototype, 'match', true);
  guard(Cache.prototype, 'put', true);
  // The lock is held for as long as a round lasts.
  const request = LockManager.prototype.request;
  LockManager.prototype.request = function (name, ...rest) {
    const done = request.call(this, name, ...rest);
    if (name === 'respite-library') done.finally(() => count < point && channel.postMessage('end'));
    return done;
  };
}"""


def test_browser_that_keeps_nothing__is_read_in_as_ever_and_told_so(context: BrowserContext, server: Server) -> None:
    """By a stub: databases raise in the worker, as in private windows of some browsers."""
    context.route(FEED, lambda route: route.abort())
    phone = Phone(context, server)
    phone.open("/")
    phone.installed().evaluate(DENIED)
    context.unroute(FEED)
    errors: list[str] = []
    phone.page.on("pageerror", lambda error: errors.append(str(error)))
    phone.page.evaluate(SAY, {"type": "sync", "why": "asked"})
    for path in ("/articles/", ARTICLE):
        assert phone.open(path).status == 200
        expect(phone.page.locator("main h1")).to_be_visible()
        expect(phone.page.locator("respite-on-phone .state")).to_have_count(0)
    phone.open("/on-this-phone/")
    expect(phone.page.locator("respite-store")).to_contain_text("This browser lets Respite keep nothing here")
    assert errors == []
    assert json.dumps(phone.library()["entries"]) == "[]"


DENIED = """() => {
  const denied = () => { throw new DOMException('The operation is insecure.', 'SecurityError'); };
  IDBFactory.prototype.open = denied;
  IDBDatabase.prototype.transaction = denied;
}"""
