"""Every page for everybody: axe finds nothing in either theme, and nothing scrolls sideways on a small phone."""

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.kept import ROOT
from tests.server import Server

AXE = ROOT / "pwa" / "client" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = [
    "/",
    "/articles/",
    "/articles/sleep/",
    "/articles/ending-a-relationship/",
    "/topics/sleep/",
    "/free-consultation/",
    "/for-specialists/",
    "/help/",
    "/about/",
    "/privacy/",
    "/search/?q=sleep",
    "/search/?q=nothing-is-called-this",
    "/offline/",
    "/on-this-phone/",
    "/saved/",
    "/share/",
    "/share/?url=https://elsewhere.example/&title=Sleep",
    "/share/?url={origin}/articles/sleep/",
    "/share/?url={origin}/topics/sleep/",
    "/share/?url={origin}/nothing/here/",
    "/specialists/",
    "/specialists/?topic=anxiety&language=fr",
    "/specialists/oriel-vanthorpe/",
    "/specialists/join/",
    "/accounts/login/",
    "/accounts/signup/",
    "/nothing/here/",
]
FINDINGS = """async () => (await axe.run()).violations.map(
  ({id, nodes}) => `${id}: ${nodes.map(({target}) => target).join(', ')}`)"""


@pytest.fixture(scope="module", params=["light", "dark"])
def small_phone(request: Any, browser: Browser, reading_server: Server) -> Iterator[Page]:
    """A page of a phone 320 px wide, in one of the two themes, that looks at what the server sends."""
    theme: Literal["light", "dark"] = request.param
    context = browser.new_context(
        viewport={"width": 320, "height": 640},
        color_scheme=theme,
        service_workers="block",
        base_url=reading_server.url,
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_page__has_nothing_that_axe_objects_to_and_does_not_scroll_sideways(
    small_phone: Page, reading_server: Server, path: str
) -> None:
    small_phone.goto(path.format(origin=reading_server.url))
    small_phone.evaluate(AXE.read_text())
    assert small_phone.evaluate(FINDINGS) == []
    assert small_phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("tool", ["Text", "Notes", "Listen"])
def test_leaf__has_nothing_that_axe_objects_to_and_does_not_scroll_sideways(small_phone: Page, tool: str) -> None:
    small_phone.goto("/articles/grief/")
    small_phone.get_by_role("button", name=tool, exact=True).click()
    small_phone.get_by_role("dialog").wait_for()
    small_phone.evaluate(AXE.read_text())
    assert small_phone.evaluate(FINDINGS) == []
    assert small_phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
