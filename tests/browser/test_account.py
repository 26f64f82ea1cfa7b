"""An account in a browser: signed up for on a phone, opened with a passkey, and nobody else's business."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from tests.browser.phone import PATIENCE, Phone
from tests.browser.test_access import AXE, FINDINGS
from tests.server import Server, eventually

ADDRESS = "reader@example.org"
PASSWORD = "a long enough password"
HINT = "document.cookie"
SESSION = "GET /api/v1/session/"
PAGES = (
    "",
    "email/",
    "password/change/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/add/",
    "sessions/",
    "export/",
    "delete/",
)


def code_for(server: Server, address: str) -> str:
    """Give the code of the last letter to an address, which the server has printed."""
    letters: list[str] = []

    def has_come() -> bool:
        letters[:] = re.findall(rf"^To: {address}$.*?^([A-Z0-9]+-?[A-Z0-9]+)$", server.output, re.MULTILINE | re.DOTALL)
        return bool(letters)

    eventually(has_come, PATIENCE, "the letter comes")
    return letters[-1]


def sign_up(page: Page, server: Server, address: str = ADDRESS) -> None:
    page.goto(f"{server.url}/accounts/signup/?next=/help/")
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirm your email address")
    page.get_by_label("Code").fill(code_for(server, address))
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/help/")


def log_out(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/accounts/logout/")
    page.locator("main").get_by_role("button", name="Log out").click()
    page.wait_for_url(f"{server.url}/")


def test_sign_up__leads_to_where_somebody_was_going_and_pages_name_whose_account_it_is(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.open("/")
    phone.page.wait_for_load_state("networkidle")
    assert SESSION not in phone.asked, "nobody else's reading asks who it is"

    sign_up(phone.page, server)
    expect(phone.page.locator("respite-account a")).to_have_text(f"Your account: {ADDRESS}")

    log_out(phone.page, server)
    phone.asked.clear()
    phone.open("/articles/")
    phone.page.wait_for_load_state("networkidle")
    assert "respite_signed_in" not in phone.page.evaluate(HINT)
    assert SESSION not in phone.asked


def test_account_without_a_connection__says_so_and_nothing_of_it_is_kept(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    sign_up(phone.page, server)
    phone.open("/accounts/")
    context.set_offline(True)
    phone.open("/accounts/sessions/")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("No Internet Connection")
    kept = phone.page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) => {"
        " const cache = await caches.open(name); const all = await cache.matchAll();"
        " return (await Promise.all(all.map((one) => one.text()))).join(' '); }))).join(' ')"
    )
    assert ADDRESS not in kept
    assert ADDRESS not in str(phone.library())


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_sign_up__works_without_javascript(browser: Browser, server: Server) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_up(page, server)
    page.goto(f"{server.url}/accounts/")
    expect(page.locator("main .lede")).to_have_text(ADDRESS)


@pytest.fixture
def on_localhost(server: Server) -> Server:
    """Serve under a name: browsers keep no passkey for an address of numbers."""
    server.restart(env={"RESPITE_ORIGIN": f"http://localhost:{server.port}"})
    return server


@pytest.fixture
def authenticator(context: BrowserContext) -> Iterator[tuple[Page, CDPSession]]:
    """Give a page of a device that has passkeys, and whose owner is there."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "isUserVerified": True}})
    yield page, session
    session.detach()


def test_passkey__is_added_and_logs_in_without_a_password(
    authenticator: tuple[Page, CDPSession], on_localhost: Server
) -> None:
    page, _session = authenticator
    address = f"http://localhost:{on_localhost.port}"
    email, password = next(iter(on_localhost.logins.items()))
    page.goto(f"{address}/accounts/login/?next=/accounts/2fa/webauthn/add/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Login", exact=True).click()
    page.get_by_label("Name").fill("My phone")
    expect(page.get_by_label("Log in with it alone, without a password")).to_be_checked()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("The key is set up.")).to_be_visible()

    page.goto(f"{address}/accounts/logout/")
    page.locator("main").get_by_role("button", name="Log out").click()
    page.wait_for_url(f"{address}/")
    page.goto(f"{address}/accounts/login/?next=/accounts/")
    page.get_by_role("button", name="Use a passkey").click()

    page.wait_for_url("**/accounts/")
    expect(page.locator("main .lede")).to_have_text(email)


def test_passkey_that_is_not_there__is_said_and_the_password_still_works(
    authenticator: tuple[Page, CDPSession], on_localhost: Server
) -> None:
    page, _session = authenticator
    page.goto(f"http://localhost:{on_localhost.port}/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_have_text("The passkey was not used. Try once more, or take another way.")
    expect(page.get_by_role("button", name="Login", exact=True)).to_be_enabled()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_account_pages__have_nothing_that_axe_objects_to_and_do_not_scroll_sideways(
    browser: Browser, server: Server, theme: str
) -> None:
    context = browser.new_context(
        viewport={"width": 320, "height": 640},
        color_scheme="dark" if theme == "dark" else "light",
        service_workers="block",
    )
    page = context.new_page()
    sign_up(page, server)
    for path in PAGES:
        page.goto(f"{server.url}/accounts/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.evaluate(AXE.read_text())
        assert page.evaluate(FINDINGS) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()
