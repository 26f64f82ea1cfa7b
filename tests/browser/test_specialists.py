"""The list of specialists and a profile: online, without a connection, and without JavaScript."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.desk import Desk
from tests.browser.phone import Phone, fetched, main_of
from tests.browser.test_access import AXE
from tests.browser.test_admin_screens import CUT_OFF, FINDINGS
from tests.browser.test_questions import SAID
from tests.server import Server

LIST = "/specialists/"
PROFILE = "/specialists/oriel-vanthorpe/"
QUERIES = [
    LIST,
    f"{LIST}?topic=anxiety",
    f"{LIST}?language=de&way=video",
    f"{LIST}?offers_consultation=true&reduced_fee=true",
    f"{LIST}?country=FR&topic=loss-and-grief",
    "/de/specialists/?language=ar",
]


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def test_list_and_profiles__are_the_same_without_a_connection(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    paths = [*phone.paths("specialist"), "/de" + PROFILE, "/specialists/join/"]
    assert len(paths) > 5
    expected = {path: main_of(fetched(server, path)) for path in paths}
    lists = {path: fetched(server, path) for path in QUERIES}
    server.kill()
    for path, html in expected.items():
        answer = phone.open(path)
        assert (answer.status, main_of(answer.text())) == (200, html), path
    for path, html in lists.items():
        # Drawn by the page: compared as it is read.
        assert phone.open(path).status == 200
        expect(phone.page.locator("main .split")).to_be_visible()
        made, wanted = phone.page.evaluate(SAID, html)
        assert made == wanted, path


def test_filters__are_used_without_a_connection_and_nothing_of_it_is_sent(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    context.set_offline(True)
    page = phone.page
    phone.open("/")
    page.get_by_role("link", name="Support", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Find someone to talk to")
    page.get_by_text("Filters", exact=True).last.click()
    page.get_by_label("Loss and grief").check()
    page.get_by_role("button", name="Show people").click()
    expect(page.get_by_role("heading", name="1 person")).to_be_visible()
    page.get_by_role("link", name="Teodor Kastrel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Teodor Kastrel")
    expect(page.get_by_text("Invented Council for Psychotherapy")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Loss and grief take away").click()
    expect(page.get_by_role("heading", name="5 people")).to_be_visible()


def test_profile_that_was_suspended__goes_from_the_phone_with_the_next_round(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    phone.keep_everything()
    server.installation.manage(
        "shell",
        "-c",
        "from cms.people.models import User; from cms.specialists.models import Specialist;"
        "from cms.specialists.moderation import suspend;"
        "suspend(Specialist.objects.get(slug='oriel-vanthorpe').pk,"
        " User.objects.get(email='moderator@respite.example'), 'A reason.')",
    )
    phone.open("/")
    phone.keep_everything()
    context.set_offline(True)
    assert phone.open(PROFILE).status == 410
    phone.open(LIST)
    expect(phone.page.get_by_role("heading", name="4 people")).to_be_visible()
    expect(phone.page.get_by_text("Oriel Vanthorpe")).to_have_count(0)


def test_without_javascript__people_are_found_filtered_and_read(plain_page: Page, reading_server: Server) -> None:
    plain_page.goto(reading_server.url)
    plain_page.get_by_role("link", name="Support", exact=True).click()
    plain_page.locator("summary", has_text="Filters").click()
    plain_page.get_by_label("In writing").check()
    plain_page.get_by_role("button", name="Show people").click()
    expect(plain_page.locator(".found h3")).to_have_text(["Teodor Kastrel"])
    plain_page.get_by_role("link", name="Teodor Kastrel").click()
    expect(plain_page.get_by_role("link", name="Request a consultation")).to_have_attribute(
        "href", "/specialists/teodor-kastrel/request/"
    )
    expect(plain_page.get_by_role("link", name="Write to Teodor Kastrel")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("path", [LIST, PROFILE, "/specialists/join/"])
def test_page__fits_its_window_and_filters_stand_open_beside_the_list(
    browser: Browser, reading_server: Server, path: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(reading_server.url + path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if path == LIST:
        expect(page.get_by_role("button", name="Show people")).to_be_visible(visible=width == 1280)
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_desk__is_whole_on_a_phone_and_axe_finds_nothing(
    browser: Browser, reading_server: Server, theme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=theme, bypass_csp=True)  # axe is no part of the admin
    desk = Desk(context, reading_server, "moderator@respite.example")
    for path in ("specialists/", "specialists/?show=verified"):
        desk.open(path)
        desk.page.evaluate(AXE.read_text())
        assert [*desk.page.evaluate(FINDINGS), *desk.page.evaluate(CUT_OFF)] == []
    desk.page.get_by_role("link", name="Oriel Vanthorpe").click()
    expect(desk.page.get_by_role("heading", name="What it says")).to_be_visible()
    desk.page.evaluate(AXE.read_text())
    assert [*desk.page.evaluate(FINDINGS), *desk.page.evaluate(CUT_OFF)] == []
