"""Saved: the reader's own list, kept in the browser, with or without a connection, the same in every tab."""

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.phone import PATIENCE, Phone, change, forget_pages
from tests.browser.test_access import AXE, FINDINGS
from tests.server import Server, eventually

ARTICLES = ("grief", "sleep", "attachment-styles")
DENIED = "indexedDB.open = () => { throw new DOMException('denied', 'SecurityError'); };"


def save(phone: Phone, *slugs: str) -> None:
    """Save articles, each from its own page."""
    for slug in slugs:
        phone.open(f"/articles/{slug}/")
        phone.page.get_by_role("button", name="Save", exact=True).click()
        expect(phone.page.get_by_role("button", name="Saved", exact=True)).to_have_attribute("aria-pressed", "true")


def items(page: Page) -> Locator:
    return page.locator("respite-saved .item h3")


def test_saved_articles__are_listed_and_open_without_a_connection(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    save(phone, *ARTICLES)
    server.kill()

    phone.open("/")
    phone.page.get_by_role("link", name="Saved", exact=True).click()

    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Saved")
    expect(items(phone.page)).to_have_count(3)
    expect(items(phone.page).first).to_contain_text("Attachment styles")
    expect(phone.page.locator(".item", has_text="Attachment")).to_contain_text("On this phone")
    items(phone.page).first.get_by_role("link").click()
    expect(phone.page.get_by_role("button", name="Saved", exact=True)).to_have_attribute("aria-pressed", "true")


def test_what_is_not_on_the_phone__is_not_said_to_be(context: BrowserContext, server: Server) -> None:
    context.route("**/sync/changes/**", lambda route: route.abort())
    phone = Phone(context, server)
    phone.open("/")
    phone.installed()
    save(phone, "grief")
    phone.open("/saved/")
    expect(phone.page.locator(".item")).to_contain_text("Needs a connection to be read")
    expect(phone.page.locator(".item")).not_to_contain_text("On this phone")


def test_article_that_changed_or_was_taken_down__says_so(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    save(phone, "grief", "sleep")
    change(server, CHANGE_ONE_AND_WITHDRAW_THE_OTHER)
    phone.sync()
    forget_pages(phone)
    phone.open("/saved/")
    changed, gone = phone.page.locator(".item", has_text="Grief"), phone.page.locator(".item", has_text="sleep")
    expect(changed).to_contain_text("after you saved it")
    expect(gone).to_contain_text("Taken down since you saved it")
    expect(gone).to_contain_text("It gave advice that is out of date.")

    changed.locator("h3 a").click()
    expect(phone.page.get_by_role("button", name="Saved", exact=True)).to_be_visible()
    phone.open("/saved/")
    expect(phone.page.locator(".item", has_text="Grief")).to_be_visible()
    expect(phone.page.locator(".item", has_text="Grief")).not_to_contain_text("after you saved it")


CHANGE_ONE_AND_WITHDRAW_THE_OTHER = """
from cms.articles.models import Article
from cms.articles.services import withdraw
from cms.publishing.services import save_and_publish
grief = Article.objects.get(slug="grief")
grief.summary = "Grief, told anew."
save_and_publish(grief)
withdraw(Article.objects.get(slug="sleep"), "It gave advice that is out of date.")
"""


def test_two_tabs__agree_and_what_is_removed_can_come_back(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    save(phone, "grief", "sleep")
    phone.open("/articles/sleep/")
    other = context.new_page()
    other.goto(f"{server.url}/saved/")
    expect(items(other)).to_have_count(2)

    other.get_by_role("button", name="Remove “When sleep will not come”").click()

    expect(items(other)).to_have_count(1)
    expect(phone.page.get_by_role("button", name="Save", exact=True)).to_have_attribute("aria-pressed", "false")
    other.get_by_role("button", name="Undo").click()
    expect(items(other)).to_have_count(2)
    expect(phone.page.get_by_role("button", name="Saved", exact=True)).to_have_attribute("aria-pressed", "true")


def test_collections__are_made_filled_renamed_and_deleted_by_keyboard(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    save(phone, "grief", "sleep")
    phone.open("/saved/")
    page = phone.page
    page.locator("summary", has_text="New collection").press("Enter")
    page.get_by_label("Name of the collection").fill("For the train")
    page.get_by_label("Name of the collection").press("Enter")
    expect(page.get_by_role("button", name="For the train 0")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="All 2").press("Enter")
    page.locator("summary", has_text="Sort").first.press("Enter")
    page.get_by_label("For the train").first.press("Space")
    expect(page.get_by_role("button", name="For the train 1")).to_be_visible()
    # The list was drawn anew, and the focus stayed where it was.
    expect(page.get_by_label("For the train").first).to_be_focused()
    page.get_by_role("button", name="Move down").first.press("Enter")
    expect(items(page).first).to_contain_text("Grief")

    page.get_by_role("button", name="For the train 1").click()
    expect(items(page)).to_have_count(1)
    page.locator("summary", has_text="Rename").press("Enter")
    page.locator("#name-rename").fill("For the bus")
    page.locator("#name-rename").press("Enter")
    expect(page.get_by_role("button", name="For the bus 1")).to_be_visible()
    page.get_by_role("button", name="Delete collection").click()
    expect(items(page)).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="For the bus 1")).to_be_visible()


def test_place__is_kept_across_visits_and_told_in_the_list(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    save(phone, "attachment-styles")
    heading = phone.page.locator(".prose section > h2").nth(2)
    heading.evaluate("(heading) => heading.scrollIntoView({behavior: 'instant', block: 'start'})")
    section = heading.inner_text()

    phone.open("/saved/")

    way = phone.page.get_by_role("link", name=f"Continue at “{section}”")
    expect(way).to_be_visible()
    phone.open("/articles/attachment-styles/")
    expect(phone.page.get_by_role("button", name=f"Continue at “{section}”")).to_be_visible()
    phone.open("/saved/")
    way.click()
    expect(phone.page.locator(".prose section > h2").nth(2)).to_be_in_viewport()


def test_place_in_the_middle_of_a_section__is_where_somebody_goes_on(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    phone.open("/articles/attachment-styles/")
    read = phone.page.locator(".prose section[aria-labelledby] > p:last-of-type").nth(3)
    read.evaluate("(text) => text.scrollIntoView({behavior: 'instant', block: 'center'})")
    phone.page.wait_for_function("() => JSON.parse(localStorage.getItem('respite-places') ?? '{}')[location.pathname]")

    phone.open("/articles/attachment-styles/")
    expect(read).not_to_be_in_viewport()
    phone.page.get_by_role("button", name="Continue at").click()

    expect(read).to_be_in_viewport()


def test_page_with_articles_and_notes__has_nothing_that_axe_objects_to(
    context: BrowserContext, reading_server: Server
) -> None:
    phone = Phone(context, reading_server)
    save(phone, "grief", "sleep")
    phone.page.get_by_role("button", name="Notes", exact=True).click()
    phone.page.get_by_label("Your note").fill("On all of it.")
    phone.page.get_by_role("button", name="Keep the note").click()
    expect(phone.page.locator(".leaf .margin li")).to_have_count(1)
    phone.open("/saved/")
    phone.page.locator("summary", has_text="Sort").first.click()
    expect(phone.page.locator(".noted")).to_contain_text("On all of it.")
    phone.page.evaluate(AXE.read_text())
    assert phone.page.evaluate(FINDINGS) == []


def test_browser_that_keeps_nothing__is_told_so(context: BrowserContext, server: Server) -> None:
    context.add_init_script(DENIED)
    phone = Phone(context, server)
    phone.open("/articles/grief/")
    phone.page.get_by_role("button", name="Save", exact=True).click()
    expect(phone.page.locator(".toast")).to_contain_text("lets Respite keep nothing")
    expect(phone.page.get_by_role("button", name="Save", exact=True)).to_have_attribute("aria-pressed", "false")
    phone.open("/saved/")
    expect(phone.page.locator("respite-saved")).to_contain_text("there is no list")


def test_nothing_saved__says_how_to_begin_and_loads_nothing_on_articles(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.open("/saved/")
    expect(phone.page.locator("respite-saved")).to_contain_text("Nothing is saved yet")
    phone.open("/articles/grief/")
    phone.page.wait_for_load_state("networkidle")
    eventually(lambda: phone.page.locator("respite-reader").count() == 1, PATIENCE, "the tools are there")
    phone.asked.clear()
    phone.page.reload()
    phone.page.wait_for_load_state("networkidle")
    assert not [asked for asked in phone.asked if "tools." in asked or "page." in asked]
