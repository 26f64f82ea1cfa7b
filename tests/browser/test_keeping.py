"""What a phone keeps and asks for: only what is public, only from us, and little at first."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.phone import PATIENCE, Phone
from tests.server import Server, eventually

PUBLIC = re.compile(r"^(/static/(pwa|respite)/|/media/images/|(/de)?/help/$|/left-behind$|/marks/library$)")
FIRST_VISIT = 40 * 1024
SCRIPT = 12 * 1024
SCRIPTS = """performance.getEntriesByType('resource').filter(({name}) => /\\/static\\/pwa\\/.+\\.js$/.test(name))
  .reduce((sum, {encodedBodySize}) => sum + encodedBodySize, 0)"""


def test_nothing_personal__is_ever_kept(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    email, password = next(iter(server.logins.items()))
    for path in ("/accounts/login/", "/admin/", "/accounts/signup/", "/api/v1/articles/"):
        phone.open(path)
    phone.open("/accounts/login/")
    phone.page.fill('input[name="login"]', email)
    phone.page.fill('input[name="password"]', password)
    phone.page.get_by_role("button", name="Login", exact=True).click()
    phone.page.wait_for_url(lambda url: "/login/" not in url)
    phone.open("/admin/")
    expect(phone.page.locator("body")).to_contain_text("Respite")
    phone.open("/articles/")
    phone.sync()

    kept = [path for paths in phone.caches().values() for path in paths]
    assert kept
    assert [path for path in kept if not PUBLIC.match(path)] == []
    assert [
        entry["path"] for entry in phone.library()["entries"] if re.match("/(admin|accounts|api)", entry["path"])
    ] == []
    server.kill()
    for path in ("/admin/", "/accounts/login/"):
        assert phone.open(path).status == 503
        expect(phone.page.get_by_role("heading", level=1)).to_have_text("No Internet Connection")


def test_nobody_else__is_ever_asked(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    for path in ("/articles/", "/articles/attachment-styles/", "/help/", "/search/?q=sleep", *phone.paths("page")):
        phone.open(path)
        phone.page.wait_for_load_state("networkidle")
    assert len(phone.asked) > 10
    assert phone.elsewhere == []


def test_first_visit__is_small_and_the_worker_waits_for_it(browser: Browser, server: Server) -> None:
    context = browser.new_context()
    phone = Phone(context, server)
    session = context.new_cdp_session(phone.page)
    session.send("Network.enable")
    sizes: dict[str, int] = {}
    addresses: dict[str, str] = {}
    session.on(
        "Network.responseReceived", lambda event: addresses.update({event["requestId"]: event["response"]["url"]})
    )
    session.on(
        "Network.loadingFinished", lambda event: sizes.update({event["requestId"]: int(event["encodedDataLength"])})
    )
    phone.open("/articles/attachment-styles/")
    phone.page.wait_for_load_state("load")

    def weight(belongs: Callable[[str], Any]) -> int:
        return sum(size for request, size in sizes.items() if belongs(addresses.get(request, "")))

    eventually(lambda: weight(lambda url: re.search(r"app\.\w+\.js$", url)), PATIENCE, "the script arrives")
    assert 0 < phone.page.evaluate(SCRIPTS) <= SCRIPT
    assert 0 < weight(lambda url: "/media/" not in url and "sw.js" not in url and "/icons/" not in url) <= FIRST_VISIT
    context.close()


def test_pictures__are_kept_as_they_are_seen_and_before(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    eventually(lambda: phone.caches().get("respite-media-v1"), PATIENCE, "pictures are kept")
    first = {picture_of(entry["card"]) for entry in phone.library()["entries"] if entry["kind"] == "article"}
    assert len(first) > 5
    eventually(lambda: first <= set(map(folder, phone.caches()["respite-media-v1"])), PATIENCE, "each article's is")
    server.kill()
    phone.open("/articles/attachment-styles/")
    picture = phone.page.locator("main img").first
    expect(picture).to_be_visible()
    eventually(lambda: picture.evaluate("image => image.complete && image.naturalWidth > 0"), PATIENCE, "it shows")


SAVING = """() => Object.defineProperty(navigator, 'connection', {value: {saveData: true}, configurable: true})"""


def test_pictures__are_not_fetched_ahead_where_somebody_saves_data(context: BrowserContext, server: Server) -> None:
    """The browser's wish to save data is a stand-in here: no tool sets it for a worker."""
    context.route("**/media/**", lambda route: route.abort())
    phone = Phone(context, server)
    phone.keep_everything()
    phone.page.wait_for_load_state("networkidle")
    phone.installed().evaluate(SAVING)
    context.unroute("**/media/**")
    phone.asked.clear()
    phone.sync()
    phone.page.wait_for_load_state("networkidle")
    assert [asked for asked in phone.asked if "/media/" in asked] == []
    # It was this alone that held them back.
    phone.installed().evaluate("() => { delete navigator.connection; }")
    phone.sync()
    eventually(lambda: phone.caches().get("respite-media-v1"), PATIENCE, "pictures are kept")


def picture_of(card: str) -> str:
    """Give the folder in which all sizes of a card's picture lie; translations share one."""
    return folder(re.findall(r'<img[^>]* src="([^"]+)"', card)[0])


def folder(address: str) -> str:
    return address.rpartition("/")[0]


def test_picture_that_is_not_kept__leaves_its_space_and_its_words(context: BrowserContext, server: Server) -> None:
    context.route("**/media/**", lambda route: route.abort())
    phone = Phone(context, server)
    phone.keep_everything()
    server.kill()
    phone.open("/articles/attachment-styles/")
    picture = phone.page.locator("main figure img").first
    box = picture.bounding_box()
    assert box and box["height"] > 100
    assert picture.get_attribute("alt")


def test_chosen_theme__is_in_the_page_before_it_is_painted(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.page.get_by_label("Light or dark").select_option("dark")
    expect(phone.page.locator("html")).to_have_attribute("data-theme", "dark")
    # From here on the page's own script fails at its first line: only the worker can say the theme.
    context.add_init_script("customElements.define = () => { throw new Error('no script today'); };")
    for lose_connection in (lambda: None, server.kill):
        lose_connection()
        answer = phone.open("/articles/")
        assert answer.headers["content-security-policy"]
        expect(phone.page.locator("html")).to_have_attribute("data-theme", "dark")
        expect(phone.page.locator("respite-theme")).to_be_empty()


def test_leave_this_site__leaves_nothing_to_come_back_to(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.page.goto("about:blank#before")
    phone.open("/help/")
    phone.page.locator(".leave").click()
    phone.page.wait_for_url("about:blank")
    phone.page.go_back()
    assert not phone.page.url.startswith(server.url)


def test_sharing__leaves_out_what_follows_people_around(context: BrowserContext, server: Server) -> None:
    context.add_init_script("navigator.share = async (shared) => { window.shared = shared; };")
    phone = Phone(context, server)
    phone.open("/articles/grief/?utm_source=somewhere&fbclid=1#references")
    phone.page.get_by_role("button", name="Share").click()
    assert phone.page.evaluate("window.shared.url").endswith("/articles/grief/")
