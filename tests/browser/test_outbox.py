"""What somebody writes on a phone: kept while it is typed, sent once, with or without a connection, and nobody else's."""

import json

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.phone import PATIENCE, Phone, change, fill_in_log_in, stop_worker
from tests.browser.test_access import AXE, FINDINGS
from tests.browser.test_account import ADDRESS, PASSWORD, code_for, sign_up
from tests.server import Server, eventually

OTHER = "another@example.org"
SAVED = "Saved. It will be sent when you are back online."
SENT = "Your message has been sent"
GATE = "You need to be logged in to contact us"
PLANTED = "quillwort"
WORDS = f"I would like to ask about {PLANTED}."

MESSAGES = """
import json
from cms.correspondence.models import Message
print(json.dumps([[message.author.email, message.text] for message in Message.objects.order_by("pk")]))
"""

EVERYTHING = """async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const kept = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})];
  for (const {name} of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const rows = await done(database.transaction(store).objectStore(store).getAll());
      const bytes = (key, value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
        ? new TextDecoder('latin1').decode(value) : value;
      kept.push(`${name} ${store}: ${JSON.stringify(rows, bytes)}`);
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    for (const answer of await (await caches.open(name)).matchAll()) kept.push(await answer.text());
  }
  return kept;
}"""

KEYS = """async () => {
  // Looking must not make what is not there.
  if (!(await indexedDB.databases()).some(({name}) => name === 'respite-account')) return [];
  const done = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const database = await done(indexedDB.open('respite-account'));
  const found = await done(database.transaction('keys').objectStore('keys').getAllKeys());
  database.close();
  return found;
}"""

DENIED = "Object.defineProperty(window, 'indexedDB', {get() { throw new DOMException('denied', 'SecurityError'); }});"
RISK_WORDS = "document.querySelector('respite-form').dataset.riskWords = JSON.stringify(['no way out'])"

# Small values are let in for a while after the phone is full, so that is stood in for.
FULL = "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };"


def messages(server: Server) -> list[list[str]]:
    """Give who has sent what, as the server has it."""
    found: list[list[str]] = json.loads(change(server, MESSAGES))
    return found


def kept(page: Page) -> list[str]:
    """Give everything that the site keeps on the phone, as text."""
    found: list[str] = page.evaluate(EVERYTHING)
    return found


def account_rows(page: Page) -> str:
    """Give what the account's database holds, as text."""
    return "\n".join(one for one in kept(page) if one.startswith("respite-account"))


def owners_of_keys(page: Page) -> set[str]:
    """Give whose keys are on the phone."""
    found: list[str] = page.evaluate(KEYS)
    return set(found)


def write(page: Page, words: str = WORDS) -> None:
    """Write in the form of the page, without sending it."""
    page.get_by_label("What is it about?").select_option(index=1)
    page.get_by_label("Your message").fill(words)


def send(page: Page) -> None:
    page.get_by_role("button", name="Send").click()


@pytest.fixture
def phone(context: BrowserContext, server: Server) -> Phone:
    """Give a phone that has the app and the library."""
    own = Phone(context, server)
    own.keep_everything()
    return own


@pytest.fixture
def signed_in(phone: Phone, server: Server) -> Phone:
    """Give a phone on which somebody has logged in."""
    sign_up(phone.page, server)
    eventually(lambda: owners_of_keys(phone.page) - {"device"}, PATIENCE, "the phone has heard who is here")
    return phone


def test_message__sent_with_a_connection__is_said_to_be_sent_when_the_server_has_it(
    signed_in: Phone, server: Server
) -> None:
    page = signed_in.page
    signed_in.open("/contact/")
    write(page)
    send(page)
    expect(page.get_by_text(SENT)).to_be_visible()
    assert messages(server) == [[ADDRESS, WORDS]]
    expect(page.get_by_label("Your message")).to_have_value("")
    page.get_by_role("link", name="See it there").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Messages")
    signed_in.open("/contact/")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label("Your message")).to_have_value("")


def test_send__pressed_right_after_typing_at_the_end_of_the_page__does_not_move_away_from_under_the_press(
    signed_in: Phone,
) -> None:
    page = signed_in.page
    signed_in.open("/questions/ask/")
    page.get_by_label("Your question in one sentence").fill("How do I bear the quiet?")
    page.get_by_label("What is behind it").fill("Since the autumn nobody else lives here, and evenings are long.")
    page.get_by_label("Name to stand over it").press_sequentially("Fourteenth Stair")
    expect(page.get_by_text("Your draft is kept on this phone")).to_be_visible()
    # Not smoothly, as a thumb that has scrolled before.
    page.evaluate("scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'})")
    button = page.get_by_role("button", name="Send the question")
    before = button.bounding_box()
    assert before
    page.mouse.move(before["x"] + 20, before["y"] + 3)
    page.mouse.down()
    assert page.evaluate("document.activeElement.type") == "submit"
    assert button.bounding_box() == before
    page.mouse.up()
    expect(page.get_by_text(SENT)).to_be_visible()


def test_message__written_offline_and_its_tab_closed__is_sent_once_when_the_phone_is_back(
    signed_in: Phone, server: Server, context: BrowserContext
) -> None:
    page = signed_in.page
    context.set_offline(True)
    signed_in.open("/contact/")
    write(page)
    send(page)
    expect(page.get_by_text(SAVED)).to_be_visible()
    expect(page.locator(".said.mine")).to_have_attribute("data-state", "queued")
    page.close()
    assert messages(server) == []

    context.set_offline(False)
    page = signed_in.page = context.new_page()
    signed_in.open("/")

    expect(page.get_by_text(SENT)).to_be_visible()
    signed_in.open("/articles/")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text(SENT)).to_have_count(0)
    assert messages(server) == [[ADDRESS, WORDS]]


def test_message__written_while_the_server_is_away__goes_by_itself_once_it_is_back(
    signed_in: Phone, server: Server
) -> None:
    page = signed_in.page
    signed_in.open("/contact/")
    server.kill()
    assert page.evaluate("navigator.onLine")
    write(page)
    send(page)
    expect(page.get_by_text(SAVED)).to_be_visible()
    server.start()
    expect(page.get_by_text(SENT)).to_be_visible(timeout=90_000)
    assert messages(server) == [[ADDRESS, WORDS]]


def test_draft__of_somebody_who_is_not_logged_in__is_there_after_signing_up_with_a_code(
    phone: Phone, server: Server
) -> None:
    page = phone.page
    phone.open("/contact/")
    write(page)
    send(page)
    expect(page.get_by_role("heading", name=GATE)).to_be_visible()
    expect(page.get_by_text("Only this phone has it.")).to_be_visible()
    page.get_by_role("link", name="Sign up").click()
    page.get_by_label("Email").fill(ADDRESS)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    page.get_by_label("Code").fill(code_for(server, ADDRESS))
    page.get_by_role("button", name="Confirm").click()

    page.wait_for_url("**/contact/")
    expect(page.get_by_label("Your message")).to_have_value(WORDS)
    send(page)
    expect(page.get_by_text(SENT)).to_be_visible()
    assert messages(server) == [[ADDRESS, WORDS]]


def test_draft__is_there_when_somebody_logs_in_a_day_later(
    browser: Browser, phone: Phone, server: Server, context: BrowserContext
) -> None:
    elsewhere = browser.new_context()
    sign_up(elsewhere.new_page(), server)
    elsewhere.close()
    phone.open("/contact/")
    write(phone.page)
    expect(phone.page.get_by_text("Your draft is kept on this phone")).to_be_visible()
    phone.page.close()

    page = phone.page = context.new_page()
    page.clock.install()
    page.clock.fast_forward("24:00:00")
    page.clock.resume()
    page.goto(f"{server.url}/accounts/login/?next=/contact/")
    fill_in_log_in(page, ADDRESS, PASSWORD)
    page.wait_for_url("**/contact/")
    expect(page.get_by_label("Your message")).to_have_value(WORDS)


def test_draft__is_kept_when_the_page_goes_away_with_the_last_letter(phone: Phone, context: BrowserContext) -> None:
    phone.open("/contact/")
    phone.page.wait_for_load_state("networkidle")
    write(phone.page)
    phone.page.close()
    phone.page = context.new_page()
    phone.open("/contact/")
    expect(phone.page.get_by_label("Your message")).to_have_value(WORDS)
    assert PLANTED not in "\n".join(kept(phone.page))


def test_log_out__asks_first_and_leaves_nothing(signed_in: Phone, server: Server, context: BrowserContext) -> None:
    page = signed_in.page
    signed_in.open("/contact/")
    write(page)
    send(page)
    expect(page.get_by_text(SENT)).to_be_visible()
    signed_in.open("/own/messages/")
    eventually(lambda: '"etag":"\\"' in account_rows(page), PATIENCE, "copies are kept")
    signed_in.open("/contact/")
    context.set_offline(True)
    write(page, f"{PLANTED} again")
    send(page)
    expect(page.get_by_text(SAVED)).to_be_visible()
    write(page, f"{PLANTED} begun")
    expect(page.get_by_text("Your draft is kept on this phone")).to_be_visible()
    context.set_offline(False)
    server.pause()

    other = context.new_page()
    server.resume()
    other.goto(f"{server.url}/accounts/logout/")
    other.locator("main").get_by_role("button", name="Log out").click()
    expect(other.get_by_role("alert")).to_contain_text("not been sent")
    other.get_by_role("button", name="Delete it and log out").click()
    other.wait_for_url(f"{server.url}/")

    expect(page.get_by_label("Your message")).to_have_value("")
    eventually(lambda: "respite-account" not in str(kept(other)[0]), PATIENCE, "the mark is gone")
    everything = "\n".join(kept(other))
    assert PLANTED not in everything
    assert ADDRESS not in everything
    assert set(account_rows(other).splitlines()) >= {
        f"respite-account {store}: []" for store in ("drafts", "outbox", "copies", "session")
    }
    assert owners_of_keys(other) <= {"device"}
    signed_in.open("/contact/")
    expect(page.get_by_label("Your message")).to_have_value("")


def test_another_account__on_the_same_phone__has_and_sends_nothing_of_the_one_before(
    browser: Browser, signed_in: Phone, server: Server, context: BrowserContext
) -> None:
    elsewhere = browser.new_context()
    sign_up(elsewhere.new_page(), server, OTHER)
    elsewhere.close()
    page = signed_in.page
    signed_in.open("/own/messages/")
    context.set_offline(True)
    signed_in.open("/contact/")
    write(page)
    send(page)
    expect(page.get_by_text(SAVED)).to_be_visible()
    write(page, f"{PLANTED} begun")
    expect(page.get_by_text("Your draft is kept on this phone")).to_be_visible()
    page.close()

    # The session ends elsewhere, and somebody else takes the phone.
    context.clear_cookies()
    context.set_offline(False)
    page = signed_in.page = context.new_page()
    page.goto(f"{server.url}/accounts/login/?next=/contact/")
    fill_in_log_in(page, OTHER, PASSWORD)
    page.wait_for_url("**/contact/")
    expect(page.locator("respite-account a")).to_contain_text(OTHER)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label("Your message")).to_have_value("")
    expect(page.locator(".said")).to_have_count(0)
    eventually(lambda: "respite-account outbox: []" in kept(page), PATIENCE, "the first one's things are gone")
    assert messages(server) == []
    assert ADDRESS not in "\n".join(kept(page))


def test_session_that_has_ended__hides_what_waits_until_the_same_account_is_back(
    signed_in: Phone, server: Server, context: BrowserContext
) -> None:
    page = signed_in.page
    context.set_offline(True)
    signed_in.open("/contact/")
    write(page)
    send(page)
    expect(page.get_by_text(SAVED)).to_be_visible()
    page.close()
    context.clear_cookies()
    context.set_offline(False)
    page = signed_in.page = context.new_page()
    signed_in.open("/contact/")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".said")).to_have_count(0)
    assert messages(server) == []
    page.goto(f"{server.url}/accounts/login/?next=/contact/")
    fill_in_log_in(page, ADDRESS, PASSWORD)
    expect(page.get_by_text(SENT)).to_be_visible()
    assert messages(server) == [[ADDRESS, WORDS]]


def test_private_pages__are_read_without_a_connection_and_unreadable_where_they_lie(
    signed_in: Phone, server: Server, context: BrowserContext
) -> None:
    page = signed_in.page
    signed_in.open("/contact/")
    write(page)
    send(page)
    expect(page.get_by_text(SENT)).to_be_visible()
    eventually(lambda: '"etag":"\\"' in account_rows(page), PATIENCE, "copies are kept")
    signed_in.open("/own/messages/")
    thread = page.locator(".ways a").first.get_attribute("href")
    context.set_offline(True)

    answer = signed_in.open(str(thread))

    expect(page.locator(".said .bubble")).to_contain_text(PLANTED)
    expect(page.get_by_text("Kept on this phone, as it was on")).to_be_visible()
    assert answer.headers["cache-control"] == "no-store"
    assert PLANTED not in "\n".join(kept(page))
    signed_in.open("/own/contact/nothing/")
    expect(page.get_by_role("heading", level=1)).to_have_text("No Internet Connection")


def test_what_waits__is_told_on_the_page_without_a_connection_and_can_be_edited_and_deleted(
    signed_in: Phone, server: Server, context: BrowserContext
) -> None:
    page = signed_in.page
    context.set_offline(True)
    signed_in.open("/contact/")
    write(page)
    send(page)
    expect(page.get_by_text(SAVED)).to_be_visible()
    signed_in.open("/accounts/sessions/")
    expect(page.get_by_role("heading", level=1)).to_have_text("No Internet Connection")
    expect(page.locator("respite-waiting .said")).to_contain_text(WORDS)
    expect(page.locator(".tabs .count")).to_contain_text("1")
    page.locator("respite-waiting").get_by_role("button", name="Edit").click()
    page.wait_for_url("**/contact/")
    expect(page.get_by_label("Your message")).to_have_value(WORDS)
    page.get_by_label("Your message").fill("Said otherwise.")
    send(page)
    expect(page.locator(".said")).to_contain_text("Said otherwise.")
    page.locator(".said").get_by_role("button", name="Delete").click()
    expect(page.locator(".said")).to_have_count(0)
    context.set_offline(False)
    signed_in.open("/")
    page.wait_for_load_state("networkidle")
    assert messages(server) == []


def test_what_the_server_refuses__comes_back_into_the_form_with_its_words(signed_in: Phone, server: Server) -> None:
    page = signed_in.page
    signed_in.open("/contact/")
    write(page, "   ")
    send(page)
    expect(page.locator(".field .error")).to_have_text("Write something first.")
    expect(page.get_by_label("Your message")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Your message").fill(WORDS)
    send(page)
    expect(page.get_by_text(SENT)).to_be_visible()
    assert messages(server) == [[ADDRESS, WORDS]]


def test_risk_words__show_the_way_to_help_and_hold_nothing_back(signed_in: Phone, server: Server) -> None:
    page = signed_in.page
    signed_in.open("/contact/")
    page.evaluate(RISK_WORDS)
    write(page, "I see no way out")
    expect(page.locator("form").get_by_text("there are people you can reach now")).to_be_visible()
    expect(page.locator("form .note").get_by_role("link", name="Help now")).to_have_attribute("href", "/help/")
    send(page)
    expect(page.get_by_text(SENT)).to_be_visible()
    assert messages(server) == [[ADDRESS, "I see no way out"]]


def test_icon__says_how_many_things_wait(signed_in: Phone, context: BrowserContext) -> None:
    page = signed_in.page
    page.add_init_script("navigator.setAppBadge = async (count) => { window.badge = count; };")
    context.set_offline(True)
    signed_in.open("/contact/")
    write(page)
    send(page)
    expect(page.get_by_text(SAVED)).to_be_visible()
    page.wait_for_function("() => window.badge === 1")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_states__have_nothing_that_axe_objects_to_and_do_not_scroll_sideways(
    browser: Browser, server: Server, theme: str
) -> None:
    context = browser.new_context(
        viewport={"width": 320, "height": 640},
        color_scheme="dark" if theme == "dark" else "light",
        service_workers="block",
    )
    page = context.new_page()

    def look() -> None:
        page.evaluate(AXE.read_text())
        assert page.evaluate(FINDINGS.replace("axe.run()", "axe.run('main')")) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.goto(f"{server.url}/contact/")
    write(page)
    expect(page.get_by_text("Your draft is kept on this phone")).to_be_visible()
    look()
    send(page)
    expect(page.get_by_text("Only this phone has it.")).to_be_visible()
    look()
    sign_up(page, server)
    page.goto(f"{server.url}/contact/")
    expect(page.get_by_label("Your message")).to_have_value(WORDS)
    context.set_offline(True)
    send(page)
    expect(page.get_by_text(SAVED)).to_be_visible()
    look()
    write(page, "  ")
    send(page)
    context.set_offline(False)
    expect(page.locator(".field .error")).to_be_visible()
    look()
    context.close()


def test_browser_that_keeps_nothing__says_so_and_sends_all_the_same(browser: Browser, server: Server) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    sign_up(page, server)
    page.add_init_script(DENIED)
    page.goto(f"{server.url}/contact/")
    write(page)
    expect(page.get_by_text("This browser lets Respite keep nothing here")).to_be_visible()
    context.set_offline(True)
    send(page)
    expect(page.get_by_text("It could not be sent, and this browser cannot keep it.")).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_value(WORDS)
    context.set_offline(False)
    send(page)
    expect(page.get_by_text(SENT)).to_be_visible()
    assert messages(server) == [[ADDRESS, WORDS]]
    context.close()


def test_phone_without_room__says_so_and_sends_all_the_same(signed_in: Phone, server: Server) -> None:
    page = signed_in.page
    page.add_init_script(FULL)
    signed_in.open("/contact/")
    write(page)
    expect(page.get_by_text("This browser lets Respite keep nothing here")).to_be_visible()
    send(page)
    expect(page.get_by_text(SENT)).to_be_visible()
    assert messages(server) == [[ADDRESS, WORDS]]


def test_message__that_the_server_is_too_busy_for__goes_when_it_has_asked_for(
    signed_in: Phone, server: Server, context: BrowserContext
) -> None:
    page = signed_in.page
    turned_away: list[str] = []

    def turn_away(route: Route) -> None:
        turned_away.append(route.request.headers["idempotency-key"])
        route.fulfill(status=429, headers={"Retry-After": "2"})

    context.route("**/api/v1/contact/", turn_away, times=1)
    signed_in.open("/contact/")
    write(page)
    send(page)
    expect(page.get_by_text("Saved. It will be sent as soon as Respite can take it.")).to_be_visible()
    expect(page.get_by_text(SENT)).to_be_visible()
    assert len(turned_away) == 1
    assert messages(server) == [[ADDRESS, WORDS]]


def test_form__knows_who_is_here_right_after_a_form_of_the_account_was_sent(signed_in: Phone, server: Server) -> None:
    page = signed_in.page
    signed_in.open("/accounts/password/change/")
    for field in page.locator("main input[type=password]").all():
        field.fill("not the password")
    page.locator("main form button").first.click()
    expect(page.locator("main .error").first).to_be_visible()
    signed_in.open("/contact/")
    write(page)
    send(page)
    expect(page.get_by_text(SENT)).to_be_visible()
    assert messages(server) == [[ADDRESS, WORDS]]


def test_message__is_sent_by_the_page_where_there_is_no_worker(browser: Browser, server: Server) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    sign_up(page, server)
    page.goto(f"{server.url}/contact/")
    write(page)
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    send(page)
    expect(page.get_by_text(SAVED)).to_be_visible()
    context.set_offline(False)
    expect(page.get_by_text(SENT)).to_be_visible()
    server.kill()
    write(page, "Again.")
    send(page)
    expect(page.get_by_text(SAVED)).to_be_visible()
    server.start()
    expect(page.get_by_text(SENT)).to_be_visible(timeout=90_000)
    assert messages(server) == [[ADDRESS, WORDS], [ADDRESS, "Again."]]
    context.close()


def test_worker_killed_while_it_sends__sends_once(signed_in: Phone, server: Server) -> None:
    page = signed_in.page
    signed_in.open("/contact/")
    write(page)
    server.pause()
    stop = stop_worker(page)
    send(page)
    expect(page.locator(".said")).to_have_count(1)
    stop()
    server.resume()
    signed_in.open("/articles/")
    expect(page.get_by_text(SENT)).to_be_visible()
    assert messages(server) == [[ADDRESS, WORDS]]
