"""What other apps share with Respite: an article of ours is opened or saved, anything else is said to be none."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from tests.browser.phone import Phone
from tests.server import Server

HOSTILE = [
    '"><img src=x onerror=alert(1)>',
    "<!--slot:card--><script>alert(1)</script>",
    "javascript:alert(1)",
    "{origin}//evil.example/",
    "{origin}/%2F%2Fevil.example/",
    "{origin}/%5Cevil.example/",
    "{origin}@evil.example/",
    "{origin}.evil.example/articles/grief/",
    "{origin}/nothing/%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E/",
]


def share(server: Server, **shared: str) -> str:
    """Give the address at which the phone opens what was shared."""
    return f"/share/?{urlencode({name: text.replace('{origin}', server.url) for name, text in shared.items()})}"


def check_grief(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Shared with Respite")
    expect(page.locator("main")).to_contain_text("The link leads to this article.")
    expect(page.locator("main .card h3 a")).to_have_attribute("href", "/articles/grief/")


def test_shared_article__is_saved_and_opened(context: BrowserContext, reading_server: Server) -> None:
    phone = Phone(context, reading_server)
    phone.open(share(reading_server, text="Look: {origin}/articles/grief/?utm_source=chat", title="Grief"))
    check_grief(phone.page)
    phone.page.get_by_role("button", name="Save", exact=True).click()
    expect(phone.page.get_by_role("button", name="Saved", exact=True)).to_have_attribute("aria-pressed", "true")
    phone.page.get_by_role("link", name="Open it").click()
    expect(phone.page).to_have_url(f"{reading_server.url}/articles/grief/")
    expect(phone.page.get_by_role("button", name="Saved", exact=True)).to_have_attribute("aria-pressed", "true")
    phone.open("/saved/")
    expect(phone.page.locator("respite-saved .item h3 a")).to_have_attribute("href", "/articles/grief/")


def test_share__works_without_a_connection_in_every_language(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    page = phone.page
    online = {}
    shared = [
        {"url": "{origin}/articles/grief/"},
        {"text": "Trauer {origin}/people/tomas-feld/ x"},
        {"url": "{origin}/topics/sleep/#x"},
        {"url": "{origin}/help/"},
        {"url": "{origin}/nothing/here/", "title": "On <sleep> & 'rest'"},
        {"url": "https://elsewhere.example/", "title": 'A "title"'},
        {},
    ]
    ways = [f"{root}{share(server, **one)}" for root in ("", "/de") for one in shared]
    for way in ways:
        online[way] = page.evaluate(f"async (way) => ({MAIN_WITHOUT_STATES})(await ({MAIN_OF})(await fetch(way)))", way)
    server.kill()

    for way in ways:
        answer = phone.open(way)
        assert answer.status == 200, way
        assert answer.headers["referrer-policy"] == "no-referrer"
        # "fresh": nobody was asked first. Only an address of ours that is not here is asked of the server.
        expect(page.locator("html")).to_have_attribute("data-made-on", "phone" if "nothing" in way else "fresh")
        assert page.locator("main").evaluate(MAIN_WITHOUT_STATES) == online[way], way

    phone.open(ways[0])
    check_grief(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Saved", exact=True)).to_be_visible()
    page.get_by_role("link", name="Open it").click()
    expect(page.locator("main article.article h1")).to_contain_text("Grief")


# What the server says, asked past the worker, which answers navigations alone.
MAIN_OF = "async (answer) => new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main')"
# What a page is, without what elements say about it later.
MAIN_WITHOUT_STATES = """(main) => {
  const copy = main.cloneNode(true);
  for (const element of copy.querySelectorAll('respite-on-phone')) element.replaceChildren();
  return copy.outerHTML.replace(/\\s+/g, ' ');
}"""


@pytest.mark.browser_context_args(service_workers="block")
def test_link_of_another_site__is_not_followed_and_can_be_searched_for(
    context: BrowserContext, reading_server: Server
) -> None:
    phone = Phone(context, reading_server)
    phone.open(share(reading_server, url="https://elsewhere.example/grief", title="grief"))
    expect(phone.page.locator("main")).to_contain_text("This does not lead to a page of Respite")
    expect(phone.page.locator("main a")).to_have_count(0)
    phone.page.locator("main").get_by_role("button", name="Search").click()
    expect(phone.page).to_have_url(f"{reading_server.url}/search/?q=grief")
    assert phone.elsewhere == []


def test_hostile_share__runs_nothing_and_leads_nowhere_online_or_offline(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    said: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    phone.page.on("dialog", dismiss)
    for is_online in (True, False):
        if not is_online:
            server.kill()
        for hostile in HOSTILE:
            for name in ("url", "title"):
                phone.open(share(server, **{name: hostile}))
                expect(phone.page.get_by_role("heading", level=1)).to_have_text("Shared with Respite")
                assert phone.page.url.startswith(f"{server.url}/share/?")
                assert phone.page.locator("main :is(img, script), main .card").count() == 0, hostile
                links = phone.page.locator("main a").evaluate_all("links => links.map(({origin}) => origin)")
                assert set(links) <= {server.url}, hostile
    assert said == []
    assert phone.elsewhere == []


def test_share__works_without_javascript(browser: Browser, reading_server: Server) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{reading_server.url}{share(reading_server, text='{origin}/articles/grief/')}")
    check_grief(page)
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    page.get_by_role("link", name="Open it").click()
    expect(page.locator("main article.article h1")).to_contain_text("Grief")
    context.close()
