"""A new release while tabs of the one before are open: nobody loses a part of the page, or a word."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.phone import PATIENCE, Phone, navigations
from tests.kept import ROOT
from tests.releases import checkout, chunks, collect, deploy, next_release
from tests.server import Server, eventually

ARTICLE = "/articles/grief/"
DRAFT = "What I have not told anybody yet."
OFFER = "A newer Respite is ready. Your place is kept."
CHECK = "async () => { await (await navigator.serviceWorker.ready).update(); }"
LOADED = "performance.timeOrigin"
RELEASE = "document.documentElement.dataset.release ?? 'first'"
STATES = """async () => {
  const {installing, waiting, active} = await navigator.serviceWorker.ready;
  return [installing?.state ?? null, waiting?.state ?? null, active?.state ?? null];
}"""
IMPORT = "async (addresses) => (await Promise.all(addresses.map((address) => import(address)))).length"
FORGET_FILES = """async () => {
  for (const name of await caches.keys()) if (name.startsWith("respite-release-")) await caches.delete(name);
}"""


def write_a_draft(page: Page) -> None:
    page.get_by_role("button", name="Notes", exact=True).click()
    page.get_by_label("Your note").fill(DRAFT)


def draft_is_there(page: Page) -> None:
    expect(page.get_by_label("Your note")).to_have_value(DRAFT)


def releases(phone: Phone) -> dict[str, list[str]]:
    return {name: files for name, files in phone.caches().items() if name.startswith("respite-release-")}


def parts(files: list[str]) -> list[str]:
    return [path for path in files if path.startswith("/static/pwa/chunks/")]


def await_next(page: Page) -> None:
    def is_waiting() -> bool:
        states = page.evaluate(STATES)
        if states == [None, None, "activated"]:
            # Where an installation did not come through, a browser asks again the next time.
            page.evaluate(CHECK)
        return bool(states == [None, "installed", "activated"])

    eventually(is_waiting, PATIENCE, "the next release waits")


def test_tab_of_the_release_before__keeps_its_parts_and_a_draft_and_is_asked_when_nothing_is_written(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    page = phone.page
    phone.keep_everything()
    phone.open(ARTICLE)
    write_a_draft(page)
    loaded = page.evaluate(LOADED)
    old, new = chunks(ROOT), chunks(next_release())
    gone = sorted(set(old) - set(new))
    assert gone, "the next release has other parts"

    deploy(server, next_release())
    await_next(page)

    draft_is_there(page)
    expect(page.locator("respite-update.toast")).to_have_count(0)
    assert page.evaluate(IMPORT, old) == len(old)
    assert page.evaluate(RELEASE) == "first"
    # A round of sync of the release that runs leaves alone what the next one has fetched.
    phone.sync()
    assert [parts(files) for files in releases(phone).values()] == [old, new]

    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator("respite-update")).to_contain_text(OFFER)
    assert page.evaluate(LOADED) == loaded
    loads = navigations(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Reload").click()
    page.wait_for_load_state("networkidle")
    assert loads == [f"{server.url}{ARTICLE}"]
    assert page.evaluate(RELEASE) == "next"
    page.get_by_role("button", name="Notes", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text(DRAFT)
    phone.sync()
    eventually(lambda: [parts(files) for files in releases(phone).values()] == [new], PATIENCE, "the old files go")


def test_part_of_the_release_before__comes_from_the_server_where_the_phone_has_lost_it(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.open(ARTICLE)
    deploy(server, next_release())
    phone.page.evaluate(FORGET_FILES)
    assert releases(phone) == {}
    old = chunks(ROOT)
    assert phone.page.evaluate(IMPORT, old) == len(old)


def test_two_tabs__the_one_that_accepts_is_loaded_anew_once_and_the_other_goes_on_as_it_was(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    other = context.new_page()
    other.goto(f"{server.url}{ARTICLE}")
    write_a_draft(other)
    phone.open("/articles/")
    loaded = other.evaluate(LOADED)
    deploy(server, next_release())
    await_next(phone.page)
    loads, others_loads = navigations(phone.page), navigations(other)

    with phone.page.expect_navigation():
        phone.page.get_by_role("button", name="Reload").click()
    phone.page.wait_for_load_state("networkidle")

    assert loads == [f"{server.url}/articles/"]
    assert phone.page.evaluate(RELEASE) == "next"
    assert others_loads == []
    assert (other.evaluate(LOADED), other.evaluate(RELEASE)) == (loaded, "first")
    draft_is_there(other)
    old, new = chunks(ROOT), chunks(next_release())
    assert [parts(files) for files in releases(phone).values()] == [old, new]
    server.kill()
    assert other.evaluate(IMPORT, old) == len(old)
    other.get_by_role("button", name="Keep the note").click()
    expect(other.get_by_role("dialog")).to_contain_text(DRAFT)
    server.start()
    other.close()
    phone.sync()
    eventually(lambda: [parts(files) for files in releases(phone).values()] == [new], PATIENCE, "the old files go")


def test_release_that_lacks_a_file__leaves_the_one_before_serving_and_is_taken_once_it_is_mended(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    page = phone.page
    phone.keep_everything()
    phone.keep_pictures()
    before = phone.caches()
    release = next_release()
    collect(server, release)
    lacking = next(name for name in chunks(release) if name not in chunks(ROOT))
    files = files_of(server, lacking)
    for file in files:
        file.rename(file.with_name(f"{file.name}.away"))
    server.restart(checkout=release)

    page.evaluate(CHECK)
    eventually(lambda: page.evaluate(STATES) == [None, None, "activated"], PATIENCE, "the install has failed")

    assert phone.caches() == before
    expect(page.locator("respite-update.toast")).to_have_count(0)
    server.kill()
    assert phone.open(ARTICLE).from_service_worker
    assert page.evaluate(IMPORT, chunks(ROOT)) == len(chunks(ROOT))
    assert page.evaluate(RELEASE) == "first"

    for file in files:
        file.with_name(f"{file.name}.away").rename(file)
    server.start()
    await_next(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Reload").click()
    expect(page.locator("html[data-release=next]")).to_have_count(1)
    phone.sync()
    eventually(
        lambda: [parts(kept) for kept in releases(phone).values()] == [chunks(release)], PATIENCE, "the old files go"
    )


def files_of(server: Server, address: str) -> list[Path]:
    """Give a static file with its compressed forms."""
    file = server.installation.folder / address.removeprefix("/")
    return [path for path in file.parent.iterdir() if path.name.startswith(file.name)]


RAISED = [
    ("pwa/client/src/own/database.ts", "OWN_VERSION = 2", "OWN_VERSION = 3"),
    (
        "pwa/client/src/own/database.ts",
        "  if (from < 2)",
        '  if (from < 3) database.createObjectStore("more");\n  if (from < 2)',
    ),
    ("pwa/client/src/library/database.ts", "DATABASE_VERSION = 1", "DATABASE_VERSION = 2"),
    (
        "pwa/client/src/library/database.ts",
        "  if (from < 1) {",
        '  if (from < 2) database.createObjectStore("more");\n  if (from < 1) {',
    ),
    ("pwa/client/src/search/store.ts", "SHAPE = 1", "SHAPE = 2"),
    ("pwa/client/src/outbox/database.ts", "ACCOUNT_VERSION = 1", "ACCOUNT_VERSION = 2"),
]
VERSIONS = """async () => Object.fromEntries((await indexedDB.databases()).map(({name, version}) => [name, version]))"""


def test_release_with_newer_databases__gets_them_while_a_tab_of_the_one_before_is_open_and_both_go_on(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    old = phone.page
    phone.open(ARTICLE)
    old.get_by_role("button", name="Save", exact=True).click()
    expect(old.get_by_role("button", name="Saved", exact=True)).to_be_visible()
    write_a_draft(old)
    deploy(server, checkout("raised", RAISED))
    await_next(old)

    # The new one: its page at once, its worker when it is accepted.
    new = context.new_page()
    new.goto(f"{server.url}/search/")
    with new.expect_navigation():
        new.get_by_role("button", name="Reload").click()
    new.goto(f"{server.url}/saved/")
    expect(new.locator("respite-saved .rows")).to_contain_text("Grief")
    new.goto(f"{server.url}/search/")
    versions = {"respite-own": 3, "respite-library": 2, "respite-search": 2, "respite-account": 2}
    eventually(lambda: new.evaluate(VERSIONS) == versions, PATIENCE, "every database is of the next version")
    assert len(phone.paths()) > 1, "the library is still there"

    # The old one goes on: what was written is kept, and can be seen in the new one.
    draft_is_there(old)
    old.get_by_role("button", name="Keep the note").click()
    expect(old.get_by_role("dialog")).to_contain_text(DRAFT)
    new.goto(f"{server.url}/saved/")
    expect(new.locator(".noted")).to_contain_text(DRAFT)
    assert new.evaluate(VERSIONS) == versions
