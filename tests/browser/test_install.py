"""Installing: spoken of once somebody has saved something, once, and not again after "Not now".

No browser that is driven by a test offers to install. Its offer is stood in for by an event of the same name with a
`prompt` of our own (`OFFER`), and Safari by its name alone: what the page does with either is real, the browser's own
part is not.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.phone import Phone
from tests.browser.test_access import AXE, FINDINGS
from tests.server import Server

SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.6 Mobile/15E148 Safari/604.1"
)
OFFER = """(outcome) => {
  window.prompted = 0;
  const offer = new Event('beforeinstallprompt', {cancelable: true});
  offer.prompt = async () => { window.prompted += 1; };
  offer.userChoice = Promise.resolve({outcome});
  return !dispatchEvent(offer);
}"""
OFFER_AT_LOAD = f"addEventListener('load', () => ({OFFER})('accepted'));"
ASKED_TO_PERSIST = """
  navigator.storage.persist = async () => {
    localStorage.setItem('test-persist', String(Number(localStorage.getItem('test-persist') ?? 0) + 1));
    return true;
  };
"""
STANDALONE = """
  const real = window.matchMedia.bind(window);
  window.matchMedia = (query) => query.includes('standalone') ? {matches: true, addEventListener() {}} : real(query);
"""
PLACE = "main => [main.getBoundingClientRect().top + scrollY, main.offsetHeight]"
LATER = "localStorage.setItem('respite-install', `declined ${Date.now() - 91 * 24 * 60 * 60_000}`)"


def offer(page: Page, outcome: str = "accepted") -> None:
    """Stand in for the browser's offer, and see that the page keeps it from showing by itself."""
    page.wait_for_function("customElements.get('respite-reader') && document.readyState === 'complete'")
    assert page.evaluate(OFFER, outcome), "the browser's own hint is held back"


def press_save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Saved", exact=True)).to_have_attribute("aria-pressed", "true")


def toast(page: Page) -> Locator:
    return page.locator(".toast")


@pytest.fixture
def phone(context: BrowserContext, reading_server: Server) -> Phone:
    return Phone(context, reading_server)


@pytest.fixture
def safari(browser: Browser, reading_server: Server) -> Iterator[Phone]:
    """A phone that calls itself an iPhone's Safari."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, user_agent=SAFARI, locale="en-GB")
    yield Phone(context, reading_server)
    context.close()


def test_hint__comes_after_saving_and_not_before(phone: Phone) -> None:
    phone.open("/")
    offer(phone.page)
    expect(toast(phone.page)).to_have_count(0)
    phone.open("/articles/grief/")
    offer(phone.page)
    phone.page.mouse.wheel(0, 600)
    expect(toast(phone.page)).to_have_count(0)
    phone.open("/saved/")
    offer(phone.page)
    expect(phone.page.locator("respite-saved")).to_contain_text("Nothing is saved yet")
    expect(phone.page.locator(".install")).to_have_count(0)

    phone.open("/articles/grief/")
    offer(phone.page)
    before = phone.page.locator("main").evaluate(PLACE)
    press_save(phone.page)

    expect(toast(phone.page)).to_contain_text("Respite can also stand among your apps")
    expect(toast(phone.page)).to_have_attribute("role", "status")
    assert phone.page.locator("main").evaluate(PLACE) == before, "nothing moves for it"
    toast(phone.page).get_by_role("button", name="Install").click()
    expect(toast(phone.page)).to_have_count(0)
    assert phone.page.evaluate("window.prompted") == 1


def test_hint__goes_where_nothing_is_offered_or_it_is_installed_already(phone: Phone, context: BrowserContext) -> None:
    phone.open("/articles/grief/")
    press_save(phone.page)
    expect(toast(phone.page)).to_have_count(0)

    context.add_init_script(STANDALONE)
    phone.open("/articles/sleep/")
    offer(phone.page)
    press_save(phone.page)
    phone.open("/saved/")
    expect(phone.page.locator(".item")).to_have_count(2)
    offer(phone.page)
    expect(phone.page.locator(".note.install")).to_have_count(0)


def test_not_now__holds_for_ninety_days(phone: Phone) -> None:
    phone.open("/articles/grief/")
    offer(phone.page)
    press_save(phone.page)
    toast(phone.page).get_by_role("button", name="Not now").click()
    expect(toast(phone.page)).to_have_count(0)

    phone.open("/articles/sleep/")
    offer(phone.page)
    press_save(phone.page)
    expect(toast(phone.page)).to_have_count(0)
    phone.open("/saved/")
    offer(phone.page)
    expect(phone.page.locator(".item")).to_have_count(2)
    expect(phone.page.locator(".note.install")).to_have_count(0)

    phone.page.evaluate(LATER)
    phone.open("/articles/attachment-styles/")
    offer(phone.page)
    press_save(phone.page)
    expect(toast(phone.page)).to_be_visible()


def test_saying_no_to_the_browser__is_not_now_too(phone: Phone) -> None:
    phone.open("/articles/grief/")
    offer(phone.page, "dismissed")
    press_save(phone.page)
    toast(phone.page).get_by_role("button", name="Install").click()
    phone.page.wait_for_function("localStorage.getItem('respite-install')?.startsWith('declined')")


def test_hint__is_reached_and_closed_by_keyboard_and_comes_once(phone: Phone) -> None:
    page = phone.page
    phone.open("/articles/grief/")
    offer(page)
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(toast(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(toast(page).get_by_role("button", name="Install")).to_be_focused()
    page.keyboard.press("Tab")
    expect(toast(page).get_by_role("button", name="Not now")).to_be_focused()
    page.keyboard.press("Escape")
    expect(toast(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Saved", exact=True)).to_be_focused()

    phone.open("/articles/sleep/")
    offer(page)
    press_save(page)
    expect(toast(page)).to_have_count(0)


def test_hint__is_out_of_the_way_of_who_reads_on(phone: Phone) -> None:
    phone.open("/articles/attachment-styles/")
    offer(phone.page)
    press_save(phone.page)
    expect(toast(phone.page)).to_be_visible()
    phone.page.mouse.wheel(0, 1200)
    expect(toast(phone.page)).to_have_count(0)


def test_list__has_a_line_that_installs_and_can_be_declined(phone: Phone) -> None:
    page = phone.page
    phone.open("/articles/grief/")
    press_save(page)
    phone.open("/saved/")
    expect(page.locator(".item")).to_have_count(1)
    expect(page.locator(".note.install")).to_have_count(0)
    offer(page)
    line = page.locator(".note.install")
    expect(line).to_contain_text("Install Respite")
    page.evaluate(AXE.read_text())
    assert page.evaluate(FINDINGS) == []
    line.get_by_role("button", name="Not now").press("Enter")
    expect(line).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    phone.open("/saved/")
    offer(page)
    expect(page.locator(".item")).to_have_count(1)
    expect(line).to_have_count(0)


def test_on_this_phone__has_the_lasting_way_in(phone: Phone, context: BrowserContext) -> None:
    phone.open("/on-this-phone/")
    section = phone.page.locator("section.install")
    expect(phone.page.get_by_role("heading", name="Make room")).to_be_visible()
    expect(section).to_be_hidden()
    phone.page.evaluate("localStorage.setItem('respite-install', `declined ${Date.now()}`)")
    context.add_init_script(OFFER_AT_LOAD)
    phone.open("/on-this-phone/")
    section.get_by_role("button", name="Install").click()
    phone.page.wait_for_function("window.prompted === 1")
    expect(section).to_be_hidden()


def test_on_this_phone__offers_it_no_more_once_it_is_installed(phone: Phone) -> None:
    phone.open("/on-this-phone/")
    offer(phone.page)
    section = phone.page.locator("section.install")
    expect(section.get_by_role("button", name="Install")).to_be_visible()
    phone.page.evaluate("dispatchEvent(new Event('appinstalled'))")
    expect(section).to_be_hidden()


def test_safari__is_told_its_own_steps_after_saving(safari: Phone) -> None:
    page = safari.page
    safari.open("/articles/grief/")
    expect(toast(page)).to_have_count(0)
    press_save(page)
    expect(toast(page)).to_contain_text("Respite can also stand on your home screen")
    toast(page).get_by_role("button", name="Show how").click()
    leaf = page.get_by_role("dialog", name="Install Respite")
    expect(leaf).to_be_focused()
    expect(leaf.locator("li")).to_have_count(3)
    expect(leaf).to_contain_text("“Add to Home Screen”")
    expect(leaf.locator("li svg use")).to_have_attribute("href", "#i-share")
    page.evaluate(AXE.read_text())
    assert page.evaluate(FINDINGS) == []
    page.keyboard.press("Escape")
    expect(leaf).to_have_count(0)
    expect(page.get_by_role("button", name="Saved", exact=True)).to_be_focused()

    safari.open("/on-this-phone/")
    expect(page.locator("section.install li")).to_have_count(3)


def test_saving__asks_the_browser_once_to_keep_what_is_here(phone: Phone, context: BrowserContext) -> None:
    context.add_init_script(ASKED_TO_PERSIST)
    asked = "localStorage.getItem('test-persist')"
    phone.open("/articles/grief/")
    phone.page.wait_for_load_state("networkidle")
    assert phone.page.evaluate(asked) is None
    press_save(phone.page)
    phone.page.wait_for_function(f"{asked} === '1'")
    phone.open("/articles/sleep/")
    press_save(phone.page)
    expect(toast(phone.page)).to_have_count(0)
    assert phone.page.evaluate(asked) == "1"
