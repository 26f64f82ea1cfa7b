"""Without JavaScript: reading, searching and help."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.server import Server


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def test_reading__works(plain_page: Page, reading_server: Server) -> None:
    plain_page.goto(reading_server.url)
    plain_page.get_by_role("link", name="All articles").click()
    plain_page.locator('main a[href="/articles/attachment-styles/"]').first.click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Attachment styles, and how they can change")
    expect(plain_page.locator(".refs > li").first).to_be_visible()
    expect(plain_page.locator('respite-offer[placement="article_end"] .offer')).to_be_visible()
    expect(plain_page.locator(".contents a").first).to_be_attached()
    expect(plain_page.locator("respite-share a").first).to_be_visible()


def test_search__works(plain_page: Page, reading_server: Server) -> None:
    plain_page.goto(f"{reading_server.url}/search/")
    plain_page.get_by_role("searchbox").fill("attachment")
    plain_page.get_by_role("button", name="Search").click()
    expect(plain_page.locator('main .rows a[href="/articles/attachment-styles/"]').first).to_be_visible()


def test_help__is_one_tap_away(plain_page: Page, reading_server: Server) -> None:
    plain_page.goto(f"{reading_server.url}/articles/grief/")
    plain_page.get_by_role("link", name="Help now", exact=True).first.click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Help now")
    expect(plain_page.locator('main a[href^="tel:"]').first).to_be_visible()


def test_leave_this_site__is_a_plain_link(plain_page: Page, reading_server: Server) -> None:
    plain_page.goto(f"{reading_server.url}/help/")
    plain_page.locator(".leave").click()
    expect(plain_page).not_to_have_url(f"{reading_server.url}/help/")


def test_saved__says_what_it_needs_and_articles_offer_no_dead_buttons(plain_page: Page, reading_server: Server) -> None:
    plain_page.goto(f"{reading_server.url}/saved/")
    expect(plain_page.locator("noscript .note")).to_contain_text("kept by your browser")
    expect(plain_page.locator(".waits")).to_be_hidden()
    plain_page.goto(f"{reading_server.url}/articles/grief/")
    expect(plain_page.locator("respite-reader")).to_be_hidden()
