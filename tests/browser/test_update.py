"""A new release: asked before it takes over, never over what somebody writes, and able to go away."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.phone import PATIENCE, Phone, change, fetched, main_of, navigations
from tests.server import Server, eventually

ARTICLE = "/articles/grief/"
OFFER = "A newer Respite is ready. Your place is kept."
CHECK = "async () => { await (await navigator.serviceWorker.ready).update(); }"
LOADS = "performance.getEntriesByType('navigation')[0].startTime + performance.timeOrigin"


def release_anew(server: Server) -> None:
    """Bring out a release whose shell is another one."""
    change(server, NEW_FOOTER)
    server.restart()


NEW_FOOTER = """
from cms.pages.models import SiteSettings
site = SiteSettings.load()
site.footer = "The footer of the new release."
site.save()
"""

EARLIER_FRAGMENTS = """
from django.db.models import Value
from django.db.models.functions import Replace
from pwa.models import Fragment
Fragment.objects.update(template_version="earlier", html=Replace("html", Value("<h1>"), Value("<h1 class='earlier'>")))
"""


def test_shell_of_a_new_release__shows_fragments_of_the_one_before(context: BrowserContext, server: Server) -> None:
    change(server, EARLIER_FRAGMENTS)
    server.restart()
    phone = Phone(context, server)
    phone.keep_everything()
    assert phone.library()["meta"]["template_version"] != "earlier"
    release_anew(server)
    phone.page.evaluate(CHECK)
    phone.page.get_by_role("button", name="Reload").click()
    expect(phone.page.locator("footer")).to_contain_text("The footer of the new release.")

    server.kill()
    answer = phone.open(ARTICLE)

    assert "<h1 class='earlier'>" in main_of(answer.text())
    expect(phone.page.locator("footer")).to_contain_text("The footer of the new release.")
    expect(phone.page.locator(".refs > li").first).to_be_visible()
    sheets = phone.page.evaluate("[...document.styleSheets].map((sheet) => sheet.cssRules.length)")
    assert sheets and all(sheets), "the new release's styles are on the phone"


def test_new_release__is_offered_and_only_the_asking_tab_is_loaded_anew_once(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.open(ARTICLE)
    other = context.new_page()
    other.goto(f"{server.url}/articles/")
    loaded = other.evaluate(LOADS)
    release_anew(server)
    phone.page.evaluate(CHECK)
    expect(phone.page.locator("respite-update")).to_contain_text(OFFER)
    before = phone.page.evaluate(LOADS)
    loads = navigations(phone.page)

    with phone.page.expect_navigation():
        phone.page.get_by_role("button", name="Reload").click()

    expect(phone.page.locator("footer")).to_contain_text("The footer of the new release.")
    assert phone.page.evaluate(LOADS) != before
    phone.page.wait_for_load_state("networkidle")
    assert loads == [f"{server.url}{ARTICLE}"]
    assert other.evaluate(LOADS) == loaded
    expect(phone.page.locator("respite-update.toast")).to_have_count(0)


def test_later__leaves_the_page_as_it_is(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    loaded = phone.page.evaluate(LOADS)
    release_anew(server)
    phone.page.evaluate(CHECK)
    phone.page.get_by_role("button", name="Later").click()
    expect(phone.page.locator("respite-update.toast")).to_have_count(0)
    assert phone.page.evaluate(LOADS) == loaded


def test_what_somebody_is_writing__is_not_disturbed(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.open("/search/")
    field = phone.page.get_by_label("Search articles and pages")
    field.fill("a half-written thought")
    release_anew(server)
    phone.page.evaluate(CHECK)
    eventually(lambda: waiting(phone.page), PATIENCE, "the new worker waits")
    expect(phone.page.locator("respite-update.toast")).to_have_count(0)
    expect(field).to_have_value("a half-written thought")
    field.fill("")
    expect(phone.page.locator("respite-update")).to_contain_text(OFFER)


def waiting(page: Page) -> bool:
    return bool(page.evaluate("async () => Boolean((await navigator.serviceWorker.ready).waiting)"))


def test_files_of_the_release_before__stay_while_a_page_needs_them_and_go_afterwards(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    other = context.new_page()
    other.goto(f"{server.url}/articles/")
    first = releases(phone)
    release_anew(server)
    phone.page.evaluate(CHECK)
    phone.page.get_by_role("button", name="Reload").click()
    expect(phone.page.locator("footer")).to_contain_text("The footer of the new release.")
    assert len(first) == 1
    assert len(releases(phone)) == 2
    other.close()
    phone.sync()
    eventually(lambda: len(releases(phone)) == 1, PATIENCE, "the earlier files are removed")
    assert releases(phone) != first


def releases(phone: Phone) -> list[str]:
    return [name for name in phone.caches() if name.startswith("respite-release-")]


def test_retired_worker__takes_itself_away_and_the_site_goes_on(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    server.restart(env={"RETIRE_WORKER": "true"})
    loaded = phone.page.evaluate(LOADS)
    phone.page.evaluate(CHECK)
    eventually(lambda: not registered(phone.page), PATIENCE, "the worker is gone")
    eventually(lambda: phone.caches() == {}, PATIENCE, "its caches are gone")
    assert phone.library()["entries"] == []
    assert phone.page.evaluate(LOADS) == loaded
    phone.open(ARTICLE)
    assert main_of(phone.page.content())
    assert fetched(server, "/sw.js").count("skipWaiting") == 1


def registered(page: Page) -> bool:
    return bool(page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length"))
