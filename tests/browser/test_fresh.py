"""A library that is known to be fresh: its pages open from this phone at once, and are checked behind what is read."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Request, expect

from tests.browser.phone import PATIENCE, Phone, fetched, main_of, rewrite, withdraw
from tests.server import Server

ARTICLE = "/articles/sleep/"
MADE_ON = "document.documentElement.dataset.madeOn ?? 'server'"
PLACE = "() => document.querySelector('main h1').getBoundingClientRect().top"
NOTICE = "respite-renewed"

NEW_SUMMARY = "Said otherwise, since this morning."


def fresh_phone(context: BrowserContext, server: Server) -> Phone:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.sync()
    phone.page.wait_for_load_state("networkidle")
    phone.asked.clear()
    return phone


def test_fresh_library__answers_for_an_article_without_asking_for_its_page(
    context: BrowserContext, server: Server
) -> None:
    phone = fresh_phone(context, server)
    answer = phone.open(ARTICLE)
    assert phone.page.evaluate(MADE_ON) == "fresh"
    assert main_of(answer.text()) == main_of(fetched(server, ARTICLE))


def test_article_that_was_changed__says_so_and_moves_nothing_until_it_is_asked_for(
    context: BrowserContext, server: Server
) -> None:
    phone = fresh_phone(context, server)
    rewrite(server, "sleep", summary=NEW_SUMMARY)

    phone.open(ARTICLE)
    place = phone.page.evaluate(PLACE)
    assert phone.page.evaluate(MADE_ON) == "fresh"
    assert "Said otherwise" not in phone.page.content()

    expect(phone.page.locator(NOTICE)).to_contain_text("This article has been changed.")
    assert phone.page.evaluate(PLACE) == place
    assert "Said otherwise" not in phone.page.content()

    phone.page.get_by_role("button", name="Show the new text").click()
    expect(phone.page.locator("main")).to_contain_text(NEW_SUMMARY)
    expect(phone.page.locator(NOTICE)).to_have_count(0)


def test_article_changed_while_it_is_read__says_so_once(context: BrowserContext, server: Server) -> None:
    phone = fresh_phone(context, server)
    phone.open(ARTICLE)
    rewrite(server, "sleep", summary=NEW_SUMMARY)
    phone.sync()
    notice = phone.page.locator(NOTICE)
    expect(notice).to_contain_text("This article has been changed.")
    notice.get_by_role("button", name="Later").click()
    phone.sync()
    expect(notice).to_have_count(0)


def test_article_taken_down_while_it_is_read__leads_to_the_reason(context: BrowserContext, server: Server) -> None:
    phone = fresh_phone(context, server)
    phone.open(ARTICLE)
    withdraw(server, "sleep", "It had a figure that was wrong.")
    phone.sync()
    expect(phone.page.locator(NOTICE)).to_contain_text("This article has been taken down.")
    expect(phone.page.locator("main h1")).to_be_visible()
    phone.page.get_by_role("button", name="See why").click()
    expect(phone.page.locator("main")).to_contain_text("It had a figure that was wrong.")


def test_page_as_new_as_the_server__is_not_said_to_have_changed(context: BrowserContext, server: Server) -> None:
    phone = fresh_phone(context, server)
    rewrite(server, "sleep", summary=NEW_SUMMARY)
    phone.last_synced(3_600_000)
    phone.open(ARTICLE)
    expect(phone.page.locator("main")).to_contain_text(NEW_SUMMARY)
    phone.sync()
    phone.page.evaluate("() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))")
    expect(phone.page.locator(NOTICE)).to_have_count(0)


def test_library_that_is_not_known_to_be_fresh__asks_the_server_first(context: BrowserContext, server: Server) -> None:
    phone = fresh_phone(context, server)
    phone.last_synced(11 * 60_000)
    phone.open(ARTICLE)
    assert phone.page.evaluate(MADE_ON) == "server"


def test_clock_that_was_put_back__is_no_proof_of_freshness(context: BrowserContext, server: Server) -> None:
    phone = fresh_phone(context, server)
    phone.last_synced(-365 * 86_400_000)
    phone.open(ARTICLE)
    assert phone.page.evaluate(MADE_ON) == "server"


def test_reload__asks_the_server(context: BrowserContext, server: Server) -> None:
    phone = fresh_phone(context, server)
    phone.open(ARTICLE)
    phone.page.reload()
    assert phone.page.evaluate(MADE_ON) == "server"


def test_fresh_page_without_a_server__opens_at_once_and_says_what_was_measured(
    context: BrowserContext, server: Server
) -> None:
    phone = fresh_phone(context, server)
    server.kill()
    phone.open(ARTICLE)
    assert phone.page.evaluate(MADE_ON) == "fresh"
    expect(phone.page.locator("respite-connection")).to_contain_text(
        "Respite cannot be reached just now.", timeout=PATIENCE * 1000
    )


def test_going_from_page_to_page__costs_no_page(context: BrowserContext, server: Server) -> None:
    phone = fresh_phone(context, server)
    by_worker: list[str] = []

    def note(request: Request) -> None:
        if request.service_worker:
            by_worker.append(request.url)

    context.on("request", note)

    for path in ("/", "/articles/", ARTICLE, "/articles/grief/"):
        phone.open(path)
        assert phone.page.evaluate(MADE_ON) == "fresh"
        phone.page.wait_for_load_state("networkidle")

    asked = [url.removeprefix(server.url) for url in by_worker]
    assert [url for url in asked if not re.match(r"/(sync/changes|media)/", url)] == []
    preload = "async () => (await (await navigator.serviceWorker.ready).navigationPreload.getState()).enabled"
    assert phone.page.evaluate(preload) is False, "the browser would fetch beside the worker what nobody needs"


REVEALED = (
    """addEventListener('pagereveal', ({viewTransition}) => { globalThis.isAnimated = viewTransition !== null; });"""
)


@pytest.mark.parametrize(("motion", "is_animated"), [("no-preference", True), ("reduce", False)])
def test_going_from_page_to_page__is_animated_only_where_motion_is_not_unwanted(
    browser: Browser, reading_server: Server, motion: Literal["no-preference", "reduce"], is_animated: bool
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion=motion)
    context.add_init_script(REVEALED)
    page = context.new_page()
    page.goto(f"{reading_server.url}/articles/")
    page.locator("main article a").first.click()
    expect(page.locator("article.article h1")).to_be_visible()
    assert page.evaluate("globalThis.isAnimated") is is_animated
    context.close()
