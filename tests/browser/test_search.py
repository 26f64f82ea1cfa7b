"""Searching on the phone: as somebody types, without a connection, and without a word of it being sent."""

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.phone import PATIENCE, Phone, change
from tests.server import Server, eventually

# What a page has marked, as its highlight registry knows it.
MARKED = "() => [...(CSS.highlights.get('found') ?? [])].map((range) => range.toString())"
IS_IN_VIEW = """() => [...CSS.highlights.get('found')].some((range) => {
  const {top, bottom} = range.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight && range.toString().toLowerCase() === 'base';
})"""
HOLD = """() => new Promise((held) => {
  navigator.locks.request('respite-search', () => new Promise((letGo) => { globalThis.letGo = letGo; held(); }));
})"""


def indexed(phone: Phone) -> None:
    """Wait until everything that the phone keeps is in its index."""
    phone.keep_everything()
    eventually(lambda: phone.library()["meta"].get("note:indexed"), PATIENCE, "the index is made")


def field_of(page: Page) -> Locator:
    """Give the search field, which is no combobox where the phone answers below it."""
    return page.get_by_role("searchbox", name="Search articles and pages")


def results(page: Page) -> Locator:
    """Give the titles of what was found."""
    return page.locator(".results .result h3")


def test_search__finds_on_the_phone_while_somebody_types_and_sends_nothing(
    context: BrowserContext, reading_server: Server
) -> None:
    phone = Phone(context, reading_server)
    page = phone.page
    indexed(phone)
    phone.open("/search/")
    field = field_of(page)
    expect(field).to_be_visible()
    before = len(phone.asked)
    field.press_sequentially("secure base")
    expect(results(page).first).to_have_text("Attachment styles, and how they can change")
    expect(page.get_by_text("Searched on this phone; nothing was sent.")).to_be_visible()
    expect(page.locator(".results mark").first).to_have_text("secure")
    expect(page.locator("respite-find [role=status]")).to_have_text("3 results")
    field.press("Enter")
    expect(page).to_have_url(f"{reading_server.url}/search/")
    assert [asked for asked in phone.asked[before:] if "secure" in asked or "/search/" in asked] == []

    context.set_offline(True)
    page.get_by_role("link", name="Attachment styles, and how they can change").click()
    page.wait_for_url("**/articles/attachment-styles/#what-attachment-means")
    expect(page.get_by_text("places are marked.")).to_be_visible()
    assert {"secure", "base"} <= {one.lower() for one in page.evaluate(MARKED)}
    # The place that was found is on the screen.
    page.wait_for_function(IS_IN_VIEW)
    page.get_by_role("button", name="Next place").click()
    expect(page.get_by_text("Place 2 of")).to_be_visible()
    page.get_by_role("button", name="Remove the marks").click()
    assert page.evaluate(MARKED) == []
    page.go_back()
    expect(field).to_have_value("secure base")
    expect(results(page)).to_have_count(3)
    context.set_offline(False)


def test_search__puts_slips_right_filters_by_keyboard_and_shows_help_first(
    context: BrowserContext, reading_server: Server
) -> None:
    phone = Phone(context, reading_server)
    page = phone.page
    indexed(phone)
    context.set_offline(True)
    # A form that was sent off before the page's script was there.
    phone.open("/search/?q=relatoinship")
    field = field_of(page)
    expect(field).to_have_value("relatoinship")
    expect(page.get_by_text("Showing results for relationship")).to_be_visible()
    page.get_by_role("link", name="relatoinship").press("Enter")
    expect(page.get_by_role("heading", name="Nothing has all of these words")).to_be_visible()

    field.fill("sleep")
    articles = page.get_by_role("button", name="Articles")
    articles.press("Enter")
    expect(articles).to_have_attribute("aria-pressed", "true")
    expect(articles).to_be_focused()
    expect(page.locator(".result .kicker").filter(has_not_text="Article")).to_have_count(0)
    topic = page.get_by_label("Topic")
    topic.focus()
    topic.press("ArrowDown")
    expect(topic).to_be_focused()
    expect(results(page).first).to_be_visible()
    field.fill("")
    expect(page.locator(".results")).to_have_count(0)

    field.fill("suicde")
    expect(page.locator(".promoted")).to_be_visible()
    expect(page.locator("[data-found] > *").first).to_have_class("note promoted go")
    context.set_offline(False)


def test_search__goes_with_the_library(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    page = phone.page
    indexed(phone)
    change(server, EDIT)
    phone.open("/search/")
    field = field_of(page)
    field.fill("quokka")
    expect(page.get_by_role("heading", name="Nothing has all of these words")).to_be_visible()
    phone.sync()
    expect(results(page)).to_have_text(["When sleep will not come"])
    change(server, WITHDRAW)
    phone.sync()
    expect(page.get_by_role("heading", name="Nothing has all of these words")).to_be_visible()


EDIT = """
from cms.articles.models import Article
from cms.publishing.services import save_and_publish
article = Article.objects.get(slug="sleep")
article.content_note = "A quokka is mentioned."
save_and_publish(article)
"""
WITHDRAW = """
from cms.articles.models import Article
from cms.publishing.services import unpublish
unpublish(Article.objects.get(slug="sleep"))
"""


def test_search__has_titles_before_texts_are_read_and_says_so(context: BrowserContext, reading_server: Server) -> None:
    phone = Phone(context, reading_server)
    other = context.new_page()
    other.goto(f"{reading_server.url}/healthz")
    other.evaluate(HOLD)
    phone.keep_everything()
    context.set_offline(True)
    phone.open("/search/")
    page = phone.page
    field_of(page).fill("attachment")
    expect(page.get_by_text("For now only titles and summaries")).to_be_visible()
    expect(results(page).first).to_have_text("Attachment styles, and how they can change")
    field_of(page).fill("bowlby 1988")
    expect(page.get_by_role("heading", name="Nothing has all of these words")).to_be_visible()
    other.evaluate("() => globalThis.letGo()")
    expect(results(page).first).to_be_visible()
    expect(page.get_by_text("For now only titles and summaries")).to_have_count(0)
    context.set_offline(False)
