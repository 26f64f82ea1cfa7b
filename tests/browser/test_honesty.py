"""What is said of the network is what was measured, and it is said once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.phone import PATIENCE, Phone, published
from tests.server import Server, eventually

FEED = re.compile(r"/sync/changes/\?")
DOWN = "Our server is not answering properly."
PORTAL = "This network wants a log-in first."

Answering = Callable[[Route], None]


def answering(status: int, body: str = "", content_type: str = "text/html", **headers: str) -> Answering:
    def answer(route: Route) -> None:
        route.fulfill(status=status, body=body, headers={"content-type": content_type, **headers})

    return answer


def cut_off(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(status=200, body=answer.text()[:-40], headers={"content-type": "application/json"})


def as_a_page(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(status=200, body=answer.text(), headers={"content-type": "text/html"})


TROUBLES = [
    pytest.param(answering(500, "<h1>Server Error</h1>"), DOWN, id="500"),
    pytest.param(answering(503, "<h1>Service Unavailable</h1>"), DOWN, id="503"),
    pytest.param(cut_off, DOWN, id="JSON that was cut off"),
    pytest.param(as_a_page, PORTAL, id="JSON under a wrong content type"),
]


@pytest.mark.parametrize(("answer", "words"), TROUBLES)
def test_answer_that_is_no_answer__changes_nothing_and_is_said(
    context: BrowserContext, server: Server, answer: Answering, words: str
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.settle()
    before, inventory = phone.library(), phone.caches()
    context.route(FEED, answer)

    phone.ask_for_sync()

    connection = phone.page.locator("respite-connection")
    expect(connection).to_contain_text(f"{words} {len(phone.paths())} articles can be read on this phone.")
    assert phone.library() == before
    assert phone.caches() == inventory
    context.unroute(FEED)
    phone.sync()
    assert phone.kept() == published(server)
    expect(connection).to_contain_text("Online")


@pytest.mark.parametrize("status", [503, 429])
def test_server_that_says_when_to_come_again__is_left_alone_until_then(
    context: BrowserContext, server: Server, status: int
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    context.route(FEED, answering(status, **{"Retry-After": "120"}))
    phone.ask_for_sync()
    eventually(lambda: phone.library()["meta"].get("note:rests_until"), PATIENCE, "the worker hears it")
    phone.asked.clear()

    for path in ("/articles/", "/"):
        phone.open(path)
        phone.ask_for_sync()
        phone.page.wait_for_load_state("networkidle")
    assert [asked for asked in phone.asked if FEED.search(asked)] == []

    context.unroute(FEED)
    phone.installed().evaluate("() => { const then = Date.now() + 121_000; Date.now = () => then; }")
    phone.sync()
    assert len([asked for asked in phone.asked if FEED.search(asked)]) == 1


SPOKEN = """() => {
  window.spoken = [];
  const place = document.querySelector('respite-connection .sr');
  new MutationObserver(() => window.spoken.push(place.textContent)).observe(place, {childList: true, characterData: true});
  window.flap = (onLine) => {
    Object.defineProperty(navigator, 'onLine', {value: onLine, configurable: true});
    dispatchEvent(new Event(onLine ? 'online' : 'offline'));
  };
}"""


def test_network_that_flaps_every_second_for_a_minute__is_told_once(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.page.clock.install()
    phone.open("/articles/")
    expect(phone.page.locator("respite-connection")).to_have_attribute("data-connection", "online")
    phone.page.evaluate(SPOKEN)

    for second in range(60):
        phone.page.evaluate("(onLine) => window.flap(onLine)", second % 2 == 1)
        phone.page.clock.run_for(1_000)

    spoken = phone.page.evaluate("window.spoken")
    assert len(spoken) == 1 and spoken[0].startswith("No connection."), spoken
    phone.page.clock.run_for(60_000)
    eventually(lambda: phone.page.evaluate("window.spoken.length") == 2, PATIENCE, "its return is told")
    assert phone.page.evaluate("window.spoken[1]") == "Online"
    assert phone.kept() == published(server)


def test_network_that_flaps_while_nobody_answers__is_told_once_and_asked_seldom(
    context: BrowserContext, server: Server
) -> None:
    """`navigator.onLine` is a stand-in here; what is asked fails as it does without a network."""
    phone = Phone(context, server)
    phone.keep_everything()
    phone.open("/articles/")
    connection = phone.page.locator("respite-connection")
    expect(connection).to_have_attribute("data-connection", "online")
    phone.page.evaluate(SPOKEN)
    asked: list[str] = []

    def nobody(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    context.route(FEED, nobody)
    for _ in range(20):
        phone.page.evaluate("() => { window.flap(false); window.flap(true); }")
    expect(connection).to_have_attribute("data-connection", "unreachable")
    phone.page.evaluate("window.flap(false)")
    expect(connection).to_have_attribute("data-connection", "offline")

    spoken = phone.page.evaluate("window.spoken")
    assert len(spoken) == 1 and spoken[0].startswith("No connection."), spoken
    assert len(asked) <= 2, asked
