"""A free first consultation in a browser: asked for, agreed, in the calendar; with and without a script or a connection."""

import json
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.phone import PATIENCE, Phone, change, fill_in_log_in, log_in
from tests.browser.test_access import AXE, FINDINGS
from tests.browser.test_account import sign_up
from tests.server import Server, eventually

PROFILE = "/specialists/oriel-vanthorpe/"
SPECIALIST = "specialist@respite.example"
NOTE = "Quillwort, and mornings."

STORED = """
import json
from cms.consultations.models import Consultation
found = Consultation.objects.order_by("asked_at")
print(json.dumps([[one.author.email, one.state, one.name, one.note, one.time_zone, one.times] for one in found]))
"""
TAKE = """
from datetime import datetime
from cms.consultations.services import Asked, ask
from cms.people.models import User
from cms.specialists.models import Specialist
reader = User.objects.create_user("quicker@example.org")
asked = Asked([datetime.fromisoformat({value!r})], "video", "Quick")
ask(reader, Specialist.objects.get(slug="oriel-vanthorpe"), asked)
"""


def stored(server: Server) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(change(server, STORED))
    return found


def as_specialist(browser: Browser, server: Server, **options: Any) -> Page:
    """Give a page of the demonstration's specialist, who is logged in."""
    context = browser.new_context(service_workers="block", **options)
    page = context.new_page()
    log_in(page, server, SPECIALIST)
    return page


def fill_in(page: Page) -> str:
    """Choose the second time of the first day, and say the rest; give the moment that was chosen."""
    page.locator("respite-times .pill").nth(1).click()
    page.locator("main").get_by_label("Phone").check(force=True)
    page.get_by_label("What may we call you?").fill("Robin")
    page.get_by_label("A note (if you like)").fill(NOTE)
    value = page.locator("respite-times input:checked").get_attribute("value")
    assert value
    return value


def test_reader_asks__specialist_agrees__and_the_reader_takes_the_calendar_file_along(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    context = browser.new_context(timezone_id="Australia/Lord_Howe", locale="en-GB", accept_downloads=True)
    phone = Phone(context, server)
    sign_up(phone.page, server)
    phone.open(PROFILE)
    phone.page.get_by_role("link", name="Request a consultation").click()
    page = phone.page
    expect(page.get_by_role("heading", level=1)).to_have_text("A free first consultation with Oriel Vanthorpe")
    expect(page.locator("[data-zone]")).to_contain_text("Australia/Lord Howe")
    expect(page.locator("main")).to_contain_text("no charge, no card, no obligation")
    chosen = fill_in(page)
    page.get_by_role("button", name="Send request").click()
    expect(page.locator("main")).to_contain_text("Your request has been sent")
    [[_email, state, name, note, zone, times]] = stored(server)
    assert (state, name, note, zone) == ("requested", "Robin", NOTE, "Australia/Lord_Howe")
    assert times == [chosen]

    theirs = as_specialist(browser, server)
    theirs.goto(f"{server.url}/own/specialist/requests/")
    theirs.get_by_role("link").filter(has=theirs.locator("time")).first.click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Robin would like to meet you")
    expect(theirs.locator("main")).to_contain_text(NOTE)
    expect(theirs.locator("main")).to_contain_text("For Robin:")
    theirs.get_by_role("button", name="Agree to this time").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("You meet Robin")

    phone.open("/own/consultations/")
    page.get_by_role("link").filter(has=page.locator("time")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You meet Oriel Vanthorpe")
    with page.expect_download() as download:
        page.get_by_role("link", name="Add to your calendar").click()
    file = tmp_path / "respite.ics"
    download.value.save_as(file)
    assert download.value.suggested_filename == "respite.ics"
    event = Calendar.from_ical(file.read_bytes()).walk("VEVENT")[0]
    assert event.decoded("dtstart").isoformat() == chosen
    assert "Quillwort" not in file.read_text() and phone.elsewhere == []
    context.close()
    theirs.context.close()


@pytest.mark.server_side
def test_without_a_script__the_same(browser: Browser, server: Server) -> None:
    address, password = "plain.reader@example.org", "a long enough password"
    change(
        server,
        f"""
from allauth.account.models import EmailAddress
from cms.people.models import User
user = User.objects.create_user({address!r}, {password!r})
EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
""",
    )
    context = browser.new_context(java_script_enabled=False, service_workers="block")
    page = context.new_page()
    page.goto(server.url + PROFILE)
    page.get_by_role("link", name="Request a consultation").click()
    expect(page.locator("main")).to_contain_text("You need to be logged in to send messages")
    expect(page.locator("main")).to_contain_text("no charge, no card, no obligation")
    page.locator("main").get_by_role("link", name="Login").click()
    fill_in_log_in(page, address, password)
    expect(page.locator("main")).to_contain_text("Times are in Dublin time")
    page.get_by_label("Show times as they are in").select_option("Asia/Kolkata")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("main")).to_contain_text("Times are in Kolkata time, UTC+05:30")
    fill_in(page)
    page.get_by_role("button", name="Send request").click()
    expect(page.locator("main")).to_contain_text("Your request has been sent")
    expect(page.get_by_role("heading", level=1)).to_have_text("Waiting for Oriel Vanthorpe")
    theirs = as_specialist(browser, server, java_script_enabled=False)
    theirs.goto(f"{server.url}/own/specialist/requests/")
    theirs.get_by_role("link").filter(has=theirs.locator("time")).first.click()
    theirs.get_by_role("button", name="Agree to this time").click()
    page.reload()
    expect(page.get_by_role("link", name="Add to your calendar")).to_be_visible()
    page.get_by_text("Cancel", exact=True).click()
    page.get_by_role("button", name="Yes, cancel it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You cancelled this")
    theirs.reload()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Robin has cancelled")
    context.close()
    theirs.context.close()


def test_without_a_connection__times_are_shown_as_they_were__and_the_request_goes_once_there_is_one(
    context: BrowserContext, server: Server
) -> None:
    phone = Phone(context, server)
    sign_up(phone.page, server)
    phone.keep_everything()
    context.set_offline(True)
    phone.open(f"{PROFILE}request/")
    page = phone.page
    expect(page.locator("[data-zone]")).to_contain_text("They were free on")
    chosen = fill_in(page)
    page.get_by_role("button", name="Send request").click()
    expect(page.locator("main")).to_contain_text("Saved. It will be sent when you are back online.")
    assert stored(server) == []
    context.set_offline(False)
    eventually(lambda: len(stored(server)) == 1, PATIENCE, "the request arrives")
    [[_email, _state, name, note, _zone, times]] = stored(server)
    assert (name, note, times) == ("Robin", NOTE, [chosen])


@pytest.mark.server_side
def test_what_was_taken_meanwhile__is_said__and_others_are_offered(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    sign_up(phone.page, server)
    phone.open(f"{PROFILE}request/")
    page = phone.page
    expect(page.locator("[data-zone]")).to_contain_text("Times are in")
    page.wait_for_load_state("networkidle")
    chosen = fill_in(page)
    change(server, TAKE.format(value=chosen))
    page.get_by_role("button", name="Send request").click()
    expect(page.locator("main")).to_contain_text("One of these times is no longer free. Choose another.")
    expect(page.locator(f'respite-times input[value="{chosen}"]')).to_have_count(0)
    expect(page.get_by_label("What may we call you?")).to_have_value("Robin")
    other = fill_in(page)
    page.get_by_role("button", name="Send request").click()
    expect(page.locator("main")).to_contain_text("Your request has been sent")
    assert [one[5] for one in stored(server)] == [[chosen], [other]]


def test_times__three_at_most_can_be_chosen(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.open(f"{PROFILE}request/")
    pills = phone.page.locator("respite-times .pill")
    for number in range(3):
        pills.nth(number).click()
    expect(phone.page.locator("respite-times")).to_contain_text("You have chosen three")
    expect(pills.nth(3).locator("input")).to_be_disabled()
    pills.nth(0).click()
    expect(pills.nth(3).locator("input")).to_be_enabled()


def test_form__that_nobody_has_written_in__is_no_draft(context: BrowserContext, server: Server) -> None:
    phone = Phone(context, server)
    phone.open(f"{PROFILE}request/")
    expect(phone.page.locator("[data-zone]")).to_contain_text("Times are in")
    phone.page.wait_for_load_state("networkidle")
    expect(phone.page.get_by_text("Your draft is kept on this phone")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages__have_nothing_that_axe_objects_to(browser: Browser, server: Server, scheme: Any) -> None:
    theirs = as_specialist(browser, server, color_scheme=scheme, viewport={"width": 390, "height": 844})
    for path in ("/own/specialist/times/", "/own/specialist/requests/", "/own/consultations/", f"{PROFILE}request/"):
        theirs.goto(server.url + path)
        theirs.evaluate(AXE.read_text())
        assert theirs.evaluate(FINDINGS) == [], path
    theirs.context.close()
