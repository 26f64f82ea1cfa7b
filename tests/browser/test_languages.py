"""Another language on a phone without a connection, and a layout from right to left."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.phone import Phone, change
from tests.browser.test_access import AXE, FINDINGS
from tests.installation import Installation
from tests.server import Server

ARTICLE = "/de/articles/einsam-in-einem-vollen-raum/"


def test_reading_in_german__goes_on_without_a_connection(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.open("/de/")
    phone.keep_everything()
    server.kill()

    phone.open("/de/")
    page = phone.page
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("link", name="Einsam in einem vollen Raum").first.click()
    expect(page).to_have_url(f"{server.url}{ARTICLE}")
    expect(page.get_by_role("heading", level=2, name="Das Wichtigste in Kürze")).to_be_visible()
    expect(page.locator("respite-connection")).to_contain_text("Respite ist gerade nicht zu erreichen.")

    phone.open("/de/people/benno-tarrow/")
    expect(page.locator("main")).to_contain_text("Artikel von Benno Tarrow")
    phone.open("/de/help/")
    expect(page.get_by_role("heading", level=2, name="Deutschland")).to_be_visible()

    phone.open("/de/articles/morgen-geschrieben/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Keine Internetverbindung")
    expect(page.get_by_role("link", name="Noch einmal versuchen")).to_be_visible()

    phone.open(ARTICLE)
    page.get_by_role("navigation", name="Sprache").get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{server.url}/articles/loneliness/")
    expect(page.locator("respite-connection")).to_contain_text("Respite cannot be reached just now.")


# ---- From right to left ------------------------------------------------------------------------

TRANSLATE = """
from wagtail.models import Locale
from cms.articles.models import Article, ArticleIndex
from cms.pages.models import HomePage
from cms.publishing.services import save_and_publish
locale = Locale.objects.create(language_code="xb")
for page in (HomePage.objects.get(locale__language_code="en"), ArticleIndex.objects.get(locale__language_code="en")):
    save_and_publish(page.copy_for_translation(locale))
article = Article.objects.get(slug="attachment-styles")
topics = [topic.copy_for_translation(locale) for topic in article.topics.all()]
copy = article.copy_for_translation(locale)
copy.topics = [save_and_publish(topic) for topic in topics]
save_and_publish(copy)
"""
PAGES = [
    *("/xb/", "/xb/articles/", "/xb/articles/attachment-styles/", "/xb/help/", "/xb/search/", "/xb/search/?q=secure"),
    *("/xb/offline/", "/xb/nothing/", "/xb/people/hanne-quill/", "/accounts/login/?language=xb"),
]
# Words that do not fit where they stand: cut off by their own box, which is not meant to fold them.
CUT = """() => [...document.querySelectorAll('a, button, h1, h2, h3, p, li, dt, dd, span, label, summary')]
  .filter((element) => {
    const {overflowX, webkitLineClamp, position} = getComputedStyle(element);
    if (element.matches('.brand')) return false;  // lets its word drop out of sight where it does not fit
    const hides = overflowX !== 'visible' && webkitLineClamp === 'none' && position !== 'absolute';
    return hides && element.scrollWidth > element.clientWidth + 1;
  }).map((element) => element.outerHTML.slice(0, 80))"""
# The made-up language is one that nobody knows, which axe rightly says of it.
FINDINGS_BUT_THE_LANGUAGE = FINDINGS.replace(
    "axe.run()", "axe.run({rules: {'html-lang-valid': {enabled: false}, 'valid-lang': {enabled: false}}})"
)
OUTSIDE = """() => [...document.querySelectorAll('body *')].filter((element) => {
    const {left, right, width} = element.getBoundingClientRect();
    return width > 1 && element.checkVisibility() && !element.closest('svg, .skip, .sr') && (left < -1 || right > innerWidth + 1);
  }).map((element) => element.outerHTML.slice(0, 80))"""


@pytest.fixture
def right_to_left(installation: Installation, browser: Browser) -> Iterator[Page]:
    """Give a phone in front of a site that has the made-up language, with a home page, a list and an article in it."""
    installation.extra["PSEUDO_LANGUAGE"] = "true"
    own = Server(installation)
    change(own, TRANSLATE)
    own.start()
    context = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block", base_url=own.url)
    yield context.new_page()
    context.close()
    own.kill()


def test_every_page_from_right_to_left__fits_a_phone_and_axe_finds_nothing(right_to_left: Page) -> None:
    for path in PAGES:
        right_to_left.goto(path)
        expect(right_to_left.locator("html")).to_have_attribute("dir", "rtl")
        assert right_to_left.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert right_to_left.evaluate(CUT) == [], path
        assert right_to_left.evaluate(OUTSIDE) == [], path
        right_to_left.evaluate(AXE.read_text())
        assert right_to_left.evaluate(FINDINGS_BUT_THE_LANGUAGE) == [], path


def test_first_thing_of_a_line__stands_at_the_right(right_to_left: Page) -> None:
    right_to_left.goto("/xb/")
    brand, leave = right_to_left.locator(".brand").bounding_box(), right_to_left.locator(".leave").bounding_box()
    assert brand
    assert leave
    assert brand["x"] > leave["x"]
