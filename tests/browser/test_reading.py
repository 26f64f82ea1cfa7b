"""Reading: the text set as the reader likes it, references without leaving the place, paper, and the way out."""

from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.phone import PATIENCE, Phone
from tests.server import Server, eventually

ARTICLE = "/articles/attachment-styles/"
SHIFTS = """() => {
  window.shifts = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifts += entry.value;
  }).observe({type: 'layout-shift', buffered: false});
}"""


def history(page: Page) -> list[dict[str, Any]]:
    """Give the entries of the tab's history, as the browser itself has them."""
    told = page.context.new_cdp_session(page).send("Page.getNavigationHistory")
    entries: list[dict[str, Any]] = told["entries"]
    return entries


def test_list_of_contents__follows_what_is_being_read(page: Page, reading_server: Server) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{reading_server.url}{ARTICLE}")
    links = page.locator("respite-contents a")
    here = page.locator("respite-contents [aria-current=true]")
    expect(here).to_have_count(0)
    for place in (2, 1):
        anchor = links.nth(place).get_attribute("href")
        assert anchor
        page.locator(anchor).evaluate("heading => heading.scrollIntoView()")
        expect(here).to_have_attribute("href", anchor)
        expect(here).to_have_count(1)


def test_text__is_set_as_chosen_before_it_is_painted(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.open(ARTICLE)
    size = "getComputedStyle(document.querySelector('.prose p')).fontSize"
    before = float(phone.page.evaluate(size)[:-2])
    phone.page.get_by_role("button", name="Text", exact=True).press("Enter")
    leaf = phone.page.get_by_role("dialog", name="Text")
    for choice in ("Largest", "Wider", "Shorter"):
        leaf.get_by_label(choice).check(force=True)
    leaf.get_by_label("Dark").check(force=True)
    assert float(phone.page.evaluate(size)[:-2]) > before * 1.2
    phone.page.keyboard.press("Escape")
    expect(leaf).to_have_count(0)
    expect(phone.page.get_by_role("button", name="Text", exact=True)).to_be_focused()

    # From here on the page's own script fails at its first line: only the worker can say how the text is set.
    context.add_init_script("customElements.define = () => { throw new Error('no script today'); };")
    for lose_connection in (lambda: None, server.kill):
        lose_connection()
        phone.open(ARTICLE)
        html = phone.page.locator("html")
        expect(html).to_have_attribute("data-look", "size-largest leading-wider measure-shorter")
        expect(html).to_have_attribute("data-theme", "dark")


def test_standard__takes_every_choice_back(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.open(ARTICLE)
    phone.page.get_by_role("button", name="Text", exact=True).click()
    leaf = phone.page.get_by_role("dialog", name="Text")
    leaf.get_by_label("Smaller").check(force=True)
    expect(phone.page.locator("html")).to_have_attribute("data-look", "size-smaller")
    phone.page.reload()
    expect(phone.page.locator("html")).to_have_attribute("data-look", "size-smaller")
    phone.page.get_by_role("button", name="Text", exact=True).click()
    leaf.get_by_role("button", name="Back to standard").click()
    expect(phone.page.locator("html")).not_to_have_attribute("data-look", "size-smaller")
    expect(leaf.get_by_label("Standard").first).to_be_checked()


def test_citation__shows_its_reference_in_place_by_keyboard_and_without_a_connection(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    server.kill()
    phone.open(ARTICLE)
    page = phone.page
    citation = page.locator(".citation a", has_text="Bowlby").first
    expect(citation).to_have_attribute("aria-haspopup", "dialog")
    # Nothing glides: what is measured stands still.
    page.emulate_media(reduced_motion="reduce")
    citation.focus()
    page.evaluate(SHIFTS)
    place = citation.bounding_box()

    page.keyboard.press("Enter")

    leaf = page.get_by_role("dialog", name="Bowlby, 1988")
    expect(leaf).to_be_focused()
    expect(leaf).to_contain_text("A secure base")
    expect(leaf).to_contain_text("Why it is here.")
    expect(leaf.get_by_role("list", name="Where to look in it")).to_contain_text("Chapter 8")
    assert citation.bounding_box() == place
    assert page.evaluate("window.shifts") == 0
    assert page.evaluate("new Set([...document.querySelectorAll('[id]')].map(({id}) => id)).size") == page.evaluate(
        "document.querySelectorAll('[id]').length"
    ), "every id stands once"
    page.keyboard.press("Escape")
    expect(leaf).to_have_count(0)
    expect(citation).to_be_focused()
    assert page.url.endswith(ARTICLE)

    page.keyboard.press("Enter")
    leaf.get_by_role("link", name="See it in the list").click()
    expect(leaf).to_have_count(0)
    expect(page.locator(".refs > li:target")).to_be_in_viewport()


def test_tab_past_the_end_of_a_leaf__goes_back_to_where_it_came_from(
    context: BrowserContext, reading_server: Server
) -> None:
    phone = Phone(context, reading_server)
    phone.open(ARTICLE)
    citation = phone.page.locator(".citation a").first
    citation.press("Enter")
    leaf = phone.page.get_by_role("dialog")
    expect(leaf).to_be_focused()
    leaf.get_by_role("link", name="See it in the list").focus()
    phone.page.keyboard.press("Tab")
    expect(leaf).to_have_count(0)
    expect(citation).to_be_focused()


def test_citation__leads_to_the_list_where_its_part_cannot_be_had(
    context: BrowserContext, reading_server: Server
) -> None:
    context.route("**/chunks/reference.*", lambda route: route.abort())
    phone = Phone(context, reading_server)
    phone.open(ARTICLE)
    phone.page.locator(".citation a").first.click()
    expect(phone.page.locator(".refs > li:target")).to_be_in_viewport()


def test_paper__has_the_sources_and_their_addresses_and_nothing_to_tap(
    context: BrowserContext, reading_server: Server
) -> None:
    phone = Phone(context, reading_server)
    phone.open(ARTICLE)
    page = phone.page
    page.get_by_role("button", name="Text", exact=True).click()
    page.get_by_role("dialog").get_by_label("Dark").check(force=True)
    page.emulate_media(media="print")
    for shown in ("h1", ".people", ".facts", ".prose h2 >> nth=0", ".refs .work >> nth=0"):
        expect(page.locator(shown).first).to_be_visible()
    for hidden in (".top", ".tabs", ".foot", ".keep", ".contents", ".share", ".offer", ".leaf", ".cited-in >> nth=0"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".refs .work", has_text="https://doi.org/").first).to_be_visible()
    ink = "getComputedStyle(document.querySelector('.prose p')).color"
    assert page.evaluate(ink) == "rgb(0, 0, 0)"
    assert len(page.pdf()) > 10_000


def test_print__is_offered_beside_sharing(context: BrowserContext, reading_server: Server) -> None:
    context.add_init_script("window.print = () => { window.printed = true; };")
    phone = Phone(context, reading_server)
    phone.open(ARTICLE)
    phone.page.get_by_role("button", name="Print").click()
    assert phone.page.evaluate("window.printed")


def test_leaving__leaves_one_untitled_entry_ahead_and_none_behind(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.page.goto("about:blank#before")
    phone.keep_everything()
    for path in (ARTICLE, "/articles/grief/", "/help/"):
        phone.open(path)
    assert len(history(phone.page)) >= 5
    server.kill()

    phone.page.locator(".leave").click()
    phone.page.wait_for_url("about:blank")

    ours = [entry for entry in history(phone.page) if entry["url"].startswith(server.url)]
    assert [(entry["url"], entry["title"]) for entry in ours] == [(f"{server.url}/", "")]
    phone.page.go_back()
    assert phone.page.url == "about:blank#before"


def test_way_back__shows_nothing_while_leaving(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.open(ARTICLE)
    # Whatever document comes next says what it has before any of our script runs.
    context.expose_function("tell", lambda words: seen.append(words))
    seen: list[str] = []
    context.add_init_script(
        "addEventListener('DOMContentLoaded', () => tell(document.title + document.documentElement.innerText))"
    )
    phone.page.locator(".leave").click()
    phone.page.wait_for_url("about:blank")
    eventually(lambda: seen, PATIENCE, "a page came in between")
    assert set(seen) == {""}


def test_escape_three_times__leaves_and_twice_does_not(context: BrowserContext, reading_server: Server) -> None:
    phone = Phone(context, reading_server)
    phone.page.goto("about:blank#before")
    phone.open(ARTICLE)
    expect(phone.page.locator(".leave")).to_have_attribute("title", "Or press the Escape key three times")
    phone.page.keyboard.press("Escape")
    phone.page.keyboard.press("Escape")
    expect(phone.page.get_by_role("heading", level=1)).to_be_visible()
    phone.page.keyboard.press("Escape")
    phone.page.wait_for_url("about:blank")
    phone.page.go_back()
    assert phone.page.url == "about:blank#before"
