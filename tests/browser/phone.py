"""A reader's phone, as a test looks at it: what it keeps, and what it asks of the network."""

import json
import re
import urllib.request
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, Worker

from tests.server import Server, eventually

PATIENCE = 30.0  # seconds for what takes a busy machine a while
PICTURE = re.compile(r"/media/images/[^/]+/")  # in all its sizes
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)

LIBRARY = """async () => {
  const open = () => new Promise((resolve, reject) => {
    const request = indexedDB.open('respite-library');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => resolve(request.result);
    // Looking must not make what is not there.
    request.onupgradeneeded = () => request.transaction.abort();
  });
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  let database;
  try { database = await open(); } catch { return {entries: [], pages: [], meta: {}}; }
  const transaction = database.transaction(['entries', 'pages', 'meta']);
  const meta = transaction.objectStore('meta');
  const [entries, pages, names, values] = await Promise.all([
    done(transaction.objectStore('entries').getAll()),
    done(transaction.objectStore('pages').getAllKeys()),
    done(meta.getAllKeys()), done(meta.getAll()),
  ]);
  database.close();
  return {entries, pages, meta: Object.fromEntries(names.map((name, index) => [name, values[index]]))};
}"""

CACHES = """async () => {
  const inventory = {};
  for (const name of await caches.keys()) {
    const keys = await (await caches.open(name)).keys();
    inventory[name] = keys.map(({url}) => new URL(url).pathname + new URL(url).search).sort();
  }
  return inventory;
}"""

SYNCED_BEFORE = """async (milliseconds) => {
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open('respite-library');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => resolve(request.result);
  });
  const transaction = database.transaction('meta', 'readwrite');
  transaction.objectStore('meta').put(Date.now() - milliseconds, 'synced_at');
  await new Promise((resolve) => { transaction.oncomplete = resolve; });
  database.close();
}"""

OWN_COPIES = """async () => {
  if (!(await indexedDB.databases()).some(({name}) => name === 'respite-account')) return false;
  const done = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const database = await done(indexedDB.open('respite-account'));
  const copies = await done(database.transaction('copies').objectStore('copies').getAll());
  database.close();
  return copies.some(({sealed}) => sealed);
}"""

SAY = """async (message) => {
  const {active} = await navigator.serviceWorker.ready;
  active.postMessage(message);
}"""


class Phone:
    """One browser context with one page open, in front of a server."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self.context = context
        self.server = server
        self.asked: list[str] = []
        self.elsewhere: list[str] = []
        context.on("request", lambda request: self._note(request.method, request.url))
        self.page: Page = context.new_page()

    def _note(self, method: str, url: str) -> None:
        if url.startswith(self.server.url):
            self.asked.append(f"{method} {url.removeprefix(self.server.url)}")
        elif not url.startswith(("data:", "blob:", "about:")):
            self.elsewhere.append(url)

    def open(self, path: str) -> Any:
        """Go to an address of the site and give the answer."""
        return self.page.goto(f"{self.server.url}{path}")

    def library(self) -> Any:
        """Give what the phone keeps: ``entries``, the ids of ``pages``, and ``meta``."""
        return self.page.evaluate(LIBRARY)

    def caches(self) -> dict[str, list[str]]:
        """Give the inventory of every cache, by its name."""
        inventory: dict[str, list[str]] = self.page.evaluate(CACHES)
        return inventory

    def installed(self) -> Worker:
        """Wait until the worker is active, and give it."""
        self.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
        eventually(lambda: self.context.service_workers, PATIENCE, "the worker runs")
        return self.context.service_workers[-1]

    def ask_for_sync(self) -> None:
        """Have the worker begin a round of sync now."""
        self.page.evaluate(SAY, {"type": "sync", "why": "asked"})

    def sync(self) -> None:
        """Run a round of sync to its end."""
        before = self.library()["meta"].get("synced_at") or 0
        # Asked once: what is asked for while a round runs is done after it.
        self.ask_for_sync()
        eventually(lambda: (self.library()["meta"].get("synced_at") or 0) > before, PATIENCE, "a round of sync ends")

    def last_synced(self, before: int) -> None:
        """Have the library be as old as this (ms) by this phone's clock: after ten minutes the network comes first."""
        self.page.evaluate(SYNCED_BEFORE, before)

    def keep_everything(self, patience: float = PATIENCE) -> None:
        """Open the home page, and wait (seconds) until the whole library is on the phone."""
        self.open("/")
        self.installed()
        eventually(lambda: self.library()["meta"].get("complete"), patience, "the library is on the phone")

    def settle(self) -> None:
        """Wait until nothing is fetched any more, and the search has read what is here."""
        self.page.wait_for_load_state("networkidle")
        eventually(lambda: "note:indexed" in self.library()["meta"], PATIENCE, "the search has read the library")

    def keep_pictures(self) -> None:
        """Wait until the pictures are here that a phone fetches for its library, and the page's own."""
        cards = " ".join(entry["card"] for entry in self.library()["entries"] if entry["kind"] == "article")
        wanted = set(PICTURE.findall(cards))
        assert wanted, "no article has a picture"
        self.page.wait_for_load_state("networkidle")
        eventually(
            lambda: wanted <= set(PICTURE.findall(" ".join(self.caches().get("respite-media-v1", [])))),
            PATIENCE,
            "the pictures are here",
        )

    def paths(self, kind: str = "article") -> list[str]:
        """Give the addresses of everything of a kind that the phone keeps."""
        return sorted(entry["path"] for entry in self.library()["entries"] if entry["kind"] == kind)

    def kept(self) -> dict[str, int]:
        """Give the revision of each living thing that the phone keeps, by its id."""
        return {entry["id"]: entry["revision"] for entry in self.library()["entries"] if entry["kind"] != "tombstone"}


def main_of(html: str) -> str:
    """Give the ``<main>`` of a page."""
    found = MAIN.search(html)
    assert found, "the page has no main"
    return found[0]


def fetched(server: Server, path: str) -> str:
    """Give a page as the server sends it, asked past every worker and cache."""
    with urllib.request.urlopen(f"{server.url}{path}") as answer:
        return str(answer.read().decode())


def published(server: Server) -> dict[str, int]:
    """Give the revision of each living thing in the server's own feed, by its id."""
    living: dict[str, int] = {}
    cursor, more = "0", True
    while more:
        page = json.loads(fetched(server, f"/sync/changes/?after={cursor}&limit=500"))
        for change in page["changes"]:
            living.pop(change["id"], None)
            if change["op"] == "upsert":
                living[change["id"]] = change["revision"]
        cursor, more = page["cursor"], page["more"]
    return living


def has_heard(page: Page) -> None:
    """Wait until the phone knows whose it is, and has what is theirs."""
    eventually(lambda: page.evaluate(OWN_COPIES), PATIENCE, "the phone has heard whose it is")


def fill_in_log_in(page: Page, address: str, password: str) -> None:
    """Log in by the form that is open."""
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password").fill(password)
    page.locator("main").get_by_role("button", name="Login", exact=True).click()


def log_in(page: Page, server: Server, address: str) -> None:
    """Log in as one of the demonstration's people, and come to a public page."""
    page.goto(f"{server.url}/accounts/login/?next=/help/")
    fill_in_log_in(page, address, server.logins[address])
    page.wait_for_url("**/help/")


def change(server: Server, code: str) -> str:
    """Run Python on the server's installation, as an operator's shell does."""
    return server.manage("shell", "-v0", "-c", code)


def rewrite(server: Server, article: str, /, **fields: str) -> None:
    """Publish an article with these fields changed."""
    change(
        server,
        f"""
from cms.articles.models import Article
from cms.publishing.services import one_writer, save_and_publish
with one_writer():
    article = Article.objects.get(slug={article!r})
    for name, value in {fields!r}.items():
        setattr(article, name, value)
    save_and_publish(article)
""",
    )


def withdraw(server: Server, slug: str, reason: str) -> None:
    """Withdraw an article, for a reason that everybody may read."""
    change(
        server,
        f"""
from cms.articles.models import Article
from cms.articles.services import withdraw
withdraw(Article.objects.get(slug={slug!r}), {reason!r})
""",
    )


def navigations(page: Page) -> list[str]:
    """Give the addresses to which a page goes from here on, as they come."""
    seen: list[str] = []
    page.on("framenavigated", lambda frame: seen.append(frame.url))
    return seen


def forget_pages(phone: Phone) -> None:
    """Empty the browser's own cache, in which a page that was opened may be up to a minute old."""
    phone.context.new_cdp_session(phone.page).send("Network.clearBrowserCache")


def stop_worker(page: Page) -> Callable[[], None]:
    """Give a function that kills the worker in the middle of whatever it does."""
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")

    def stop() -> None:
        session.send("ServiceWorker.stopAllWorkers")

    return stop
