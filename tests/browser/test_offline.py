"""Reading without a connection: what was published is there, and what is not there says so."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.phone import PATIENCE, Phone, change, fetched, main_of
from tests.server import CaptivePortal, Server, eventually

ARTICLE = "/articles/attachment-styles/"
HOUR = 3_600_000  # ms
AT_THE_END = 'respite-offer[placement="article_end"] .offer'
GONE_DARK = "navigator.onLine === false"

Loss = Callable[[Phone], None]


def set_offline(phone: Phone) -> None:
    phone.context.set_offline(True)


def kill_server(phone: Phone) -> None:
    phone.server.kill()


losses = pytest.mark.parametrize("lose_connection", [set_offline, kill_server])


@losses
def test_article_never_visited__opens_whole_without_a_connection(
    context: BrowserContext, server: Server, lose_connection: Loss
) -> None:
    phone = Phone(context, server)
    expected = main_of(fetched(server, ARTICLE))
    phone.keep_everything()
    assert not any(ARTICLE in asked for asked in phone.asked)

    lose_connection(phone)
    answer = phone.open(ARTICLE)

    assert answer.status == 200
    assert main_of(answer.text()) == expected
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Attachment styles, and how they can change")
    expect(phone.page.locator(".refs > li")).to_have_count(expected.count('<li id="ref-'))
    expect(phone.page.locator(".refs").first).to_contain_text("pp. 121–160, procedures for observers")
    expect(phone.page.locator(AT_THE_END)).to_be_visible()
    assert answer.headers["content-security-policy"]


def test_every_page_of_the_library__is_the_same_without_a_connection(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    paths = [path for kind in ("article", "page", "topic", "person") for path in phone.paths(kind)]
    expected = {path: main_of(fetched(server, path)) for path in [*paths, "/help/"]}
    assert {"/", "/articles/", ARTICLE} <= expected.keys()

    server.kill()

    for path, main in expected.items():
        assert main_of(phone.open(path).text()) == main, path


def test_moving_about__works_by_links_alone(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    server.kill()

    phone.open("/")
    phone.page.get_by_role("link", name="Search", exact=True).click()
    expect(phone.page.get_by_role("link", name="Search", exact=True)).to_have_attribute("aria-current", "page")
    phone.page.get_by_role("link", name="Home", exact=True).click()
    # On a phone there is no tab for them: one more than fits abreast.
    phone.page.get_by_role("link", name="All articles").click()
    expect(phone.page).to_have_url(f"{server.url}/articles/")
    phone.page.locator("main .rows a").first.click()
    expect(phone.page.locator("main article.article h1")).to_be_visible()


@losses
def test_nothing_kept__says_no_internet_connection_and_recovers_unprompted(
    context: BrowserContext, server: Server, lose_connection: Loss
) -> None:
    context.route("**/sync/changes/**", lambda route: route.abort())
    phone = Phone(context, server)
    phone.open("/")
    phone.installed()
    lose_connection(phone)

    answer = phone.open(ARTICLE)
    assert answer.status == 503
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("No Internet Connection")
    retry = phone.page.get_by_role("link", name="Retry")
    expect(retry).to_be_visible()
    retry.click()
    expect(phone.page.locator("[data-tried]")).to_contain_text("Last tried at")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("No Internet Connection")

    if server.processes:
        context.set_offline(False)
    else:
        server.start()
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("Attachment")
    expect(phone.page).to_have_url(f"{server.url}{ARTICLE}")


def test_address_that_is_not_on_the_phone__lists_what_can_be_read(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    articles = phone.paths()
    server.kill()

    phone.open("/articles/written-tomorrow/")

    expect(phone.page.get_by_role("heading", level=1)).to_have_text("No Internet Connection")
    expect(phone.page.locator("[data-kept] h3")).to_have_count(len(articles))
    expect(phone.page.locator("respite-connection")).to_contain_text(
        f"Respite cannot be reached just now. {len(articles)} articles can be read on this phone."
    )
    phone.page.locator("[data-kept] h3 a").first.click()
    expect(phone.page.locator("main article.article h1")).to_be_visible()


def test_server_that_accepts_and_never_answers__gives_way_within_three_seconds(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.last_synced(HOUR)
    server.pause()
    began = time.monotonic()
    phone.page.goto(f"{server.url}{ARTICLE}", wait_until="commit")
    expect(phone.page.locator("main h1")).to_contain_text("Attachment", timeout=3_000)
    took = time.monotonic() - began
    server.resume()
    assert 1.5 < took < 3
    expect(phone.page.locator("respite-connection")).to_contain_text("Slow connection")


def test_banner_whose_end_passes_while_offline__is_gone(context: BrowserContext, server: Server) -> None:
    change(server, ENDING_BANNER)
    phone = Phone(context, server)
    phone.keep_everything()
    server.kill()
    phone.open(ARTICLE)
    expect(phone.page.locator(AT_THE_END)).to_contain_text("Until the end of the hour")

    phone.installed().evaluate("() => { const end = Date.now() + 3600_000; Date.now = () => end; }")

    phone.open(ARTICLE)
    expect(phone.page.locator("main h1")).to_be_visible()
    expect(phone.page.locator("main")).not_to_contain_text("Until the end of the hour")
    expect(phone.page.locator(AT_THE_END)).to_have_count(1)  # the one that has no end takes its place


ENDING_BANNER = """
from datetime import timedelta
from django.utils import timezone
from cms.banners.models import Banner
from cms.publishing.services import save_and_publish
end = timezone.now() + timedelta(hours=1)
save_and_publish(Banner(name="Ending", heading="Until the end of the hour", lead="Then no more.", audience="client",
                        placements=["article_end"], priority=100, ends_at=end))
"""


def test_help__is_there_before_anything_else_is_kept(context: BrowserContext, server: Server) -> None:
    context.route("**/sync/changes/**", lambda route: route.abort())
    phone = Phone(context, server)
    phone.open("/")
    phone.installed()
    server.kill()
    assert phone.library()["entries"] == []
    phone.open("/help/")
    expect(phone.page.get_by_role("link", name="116 123").first).to_be_visible()


def test_search__searches_the_phone_and_says_so(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    server.kill()
    phone.open("/search/")
    phone.page.get_by_label("Search articles and pages").fill("alarm toast")
    phone.page.keyboard.press("Enter")
    expect(phone.page.locator("main")).to_contain_text("on this phone")
    expect(phone.page.get_by_label("Search articles and pages")).to_have_value("alarm toast")
    expect(phone.page.locator("main .rows h3").first).to_contain_text("The body’s alarm")


def test_server_that_fails__gives_way_to_the_copy_and_is_told_apart(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.last_synced(HOUR)
    server.stop()
    failing = CaptivePortal(server.port, status=502)
    try:
        answer = phone.open(ARTICLE)
        assert f"GET {ARTICLE}" in failing.requests
        assert answer.status == 200
        expect(phone.page.locator("main h1")).to_contain_text("Attachment")
        expect(phone.page.locator("respite-connection")).to_contain_text("Our server is not answering properly.")
    finally:
        failing.close()


def test_connection_that_returns__is_told(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.page.evaluate("document.body.dataset.same = 'yes'")
    connection = phone.page.locator("respite-connection")
    context.set_offline(True)
    eventually(lambda: phone.page.evaluate(GONE_DARK), PATIENCE, "the phone notices")
    expect(connection).to_contain_text("No connection")
    context.set_offline(False)
    expect(connection).to_contain_text("Online")
    assert phone.page.evaluate("document.body.dataset.same") == "yes", "a page that can be read is not reloaded"
