"""Three phones: a reader who writes without a connection, a new specialist who agrees, and somebody who only reads."""

import json
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.desk import WIDE, Desk
from tests.browser.phone import PATIENCE, Phone, change, has_heard
from tests.browser.test_account import PASSWORD, sign_up
from tests.browser.test_questions import publish
from tests.server import Server, eventually

pytestmark = pytest.mark.server_side

READER, SPECIALIST = "quiet.reader@example.org", "new.specialist@example.org"
SAVED = "Saved. It will be sent when you are back online."
LETTER = "Where do I find quillwort?"
TITLE = "Is it usual to count the stairs?"
TEXT = "Every evening I count them, and begin again when somebody speaks. There are fourteen, I think."
ANSWER = (
    "Many people count when a day has been long. Try to stand on the seventh for a moment, and to breathe out there."
)
PROFILE = {
    "name": "Imke Sandelholt",
    "professional_title": "Counselling psychologist, MSc",
    "summary": "I listen first.",
    "approach": "We begin with this week.",
    "fee_amount": "60",
    "fee_minutes": "50",
    "registration_body": "Register of a Demonstration",
    "registration_number": "D-4711",
}

ARRIVED = """
import json
from cms.correspondence.models import Message
from cms.questions.models import Question
from cms.consultations.models import Consultation
from cms.people.models import User
user = User.objects.filter(email={email!r}).first()
of = lambda model: model.objects.filter(author=user).count() if user else 0
print(json.dumps([of(Message), of(Question), of(Consultation)]))
"""


def arrived(server: Server) -> list[int]:
    """Give how many messages, questions and requests of the reader the server has."""
    found: list[int] = json.loads(change(server, ARRIVED.format(email=READER)))
    return found


def phone_of(browser: Browser, server: Server, **options: Any) -> Phone:
    return Phone(browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB", **options), server)


def becomes_a_specialist(page: Page, server: Server) -> None:
    """Sign up, write a profile and hand it in."""
    sign_up(page, server, SPECIALIST)
    page.goto(f"{server.url}/own/specialist/")
    page.get_by_role("button", name="Begin your profile").click()
    page.goto(f"{server.url}/own/specialist/edit/")
    for name, value in PROFILE.items():
        page.locator(f'[name="{name}"]').fill(value)
    for name, value in [("fee_currency", "EUR"), ("country", "IE"), ("registration_country", "IE")]:
        page.locator(f'select[name="{name}"]').select_option(value)
    page.locator('select[name="time_zone"]').select_option("Europe/Dublin")
    for name in ("topics", "modalities"):
        page.locator(f'input[name="{name}"]').first.dispatch_event("click")
    page.locator('input[name="languages"][value="en"]').dispatch_event("click")
    page.locator('input[name="ways"][value="video"]').dispatch_event("click")
    page.get_by_role("button", name="Save the draft").click()
    page.goto(f"{server.url}/own/specialist/evidence/")
    page.locator('input[type="file"]').set_input_files(
        {"name": "licence.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\nlicence\n%%EOF\n"}
    )
    page.get_by_role("button", name="Send the file").click()
    page.goto(f"{server.url}/own/specialist/")
    page.get_by_role("button", name="Hand it in").click()
    expect(page.locator("main")).to_contain_text("It is handed in.")


def verify(desk: Desk) -> None:
    """Compare what is claimed with the evidence, and verify it for a year."""
    desk.page.goto(f"{desk.server.url}/admin/specialists/")
    desk.page.get_by_role("link", name=PROFILE["name"]).first.click()
    verifying = desk.page.locator('form[action$="/verify/"]')
    verifying.locator('[name="checked"]').fill("Name and number in the public register.")
    verifying.get_by_role("button").click()
    expect(desk.page.locator(".messages .success").first).to_be_visible()


def says_times(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/own/specialist/times/")
    page.get_by_label("I offer a free first consultation").check(force=True)
    for day in range(7):
        page.locator(f'[name="weekly-{day}-begins"]').first.fill("09:00")
        page.locator(f'[name="weekly-{day}-ends"]').first.fill("17:00")
    page.locator('input[name="ways"][value="video"]').check(force=True)
    page.locator('[name="connection"]').fill("A link comes an hour before.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").first).to_be_visible()


def writes_offline(phone: Phone) -> None:
    """Write a message, ask a question and ask for a consultation, without a connection."""
    page = phone.page
    phone.open("/contact/")
    page.get_by_label("What is it about?").select_option(index=1)
    page.get_by_label("Your message").fill(LETTER)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("main")).to_contain_text(SAVED)
    phone.open("/questions/ask/")
    page.get_by_label("Your question in one sentence").fill(TITLE)
    page.get_by_label("What is behind it").fill(TEXT)
    page.get_by_label("Name to stand over it").fill("Fourteenth Stair")
    page.get_by_role("button", name="Send the question").click()
    expect(page.locator("main")).to_contain_text(SAVED)
    phone.open("/specialists/")
    page.get_by_role("link", name=PROFILE["name"]).click()
    page.get_by_role("link", name="Request a consultation").click()
    page.locator("respite-times .pill").nth(1).click()
    page.locator("main").get_by_label("Video").check(force=True)
    page.get_by_label("What may we call you?").fill("Robin")
    page.get_by_role("button", name="Send request").click()
    expect(page.locator("main")).to_contain_text(SAVED)


def test_three_phones(browser: Browser, server: Server, tmp_path: Path) -> None:
    # Given a moderator, a new specialist whom they verify, who says their times, and somebody who only reads
    moderator = Desk(browser.new_context(**WIDE), server, "moderator@respite.example")
    specialist = phone_of(browser, server)
    becomes_a_specialist(specialist.page, server)
    verify(moderator)
    says_times(specialist.page, server)
    third = phone_of(browser, server)

    # And a reader who has signed up and has the library
    reader = phone_of(browser, server, accept_downloads=True)
    reader.keep_everything()
    sign_up(reader.page, server, READER)
    has_heard(reader.page)
    reader.sync()

    # When the reader writes without a connection, nothing has arrived, and with one everything has, once
    reader.context.set_offline(True)
    writes_offline(reader)
    assert arrived(server) == [0, 0, 0]
    reader.context.set_offline(False)
    reader.open("/own/messages/")
    eventually(lambda: arrived(server) == [1, 1, 1], PATIENCE, "everything has arrived, once")

    # And the specialist agrees, the reader takes the calendar file, and both see it without a connection
    specialist.open("/own/specialist/requests/")
    specialist.page.get_by_role("link").filter(has=specialist.page.locator("time")).first.click()
    specialist.page.get_by_role("button", name="Agree to this time").click()
    expect(specialist.page.get_by_role("heading", level=1)).to_have_text("You meet Robin")
    reader.open("/own/consultations/")
    reader.page.get_by_role("link").filter(has=reader.page.locator("time")).first.click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(f"You meet {PROFILE['name']}")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="Add to your calendar").click()
    download.value.save_as(tmp_path / "respite.ics")
    assert len(Calendar.from_ical((tmp_path / "respite.ics").read_bytes()).walk("VEVENT")) == 1
    for phone, heading in [(reader, f"You meet {PROFILE['name']}"), (specialist, "You meet Robin")]:
        address = phone.page.url
        path = address.removeprefix(server.url)
        phone.open("/help/")
        eventually(
            lambda phone=phone, path=path, heading=heading: seen_offline(phone, path, heading), PATIENCE, "a copy"
        )

    # And the question is published, answered by the specialist, and read by the third without a connection or a log-in
    publish(moderator, TITLE)
    specialist.open("/own/specialist/questions/")
    specialist.page.get_by_role("link", name=TITLE).click()
    specialist.page.get_by_label("Your answer").fill(ANSWER)
    specialist.page.get_by_role("button", name="Send the answer").click()
    expect(specialist.page.locator("main")).to_contain_text("Your message has been sent")
    publish(moderator, TITLE)
    third.keep_everything()
    third.context.set_offline(True)
    third.open("/questions/")
    third.page.get_by_role("link", name=TITLE).click()
    expect(third.page.locator("main")).to_contain_text(ANSWER)
    expect(third.page.locator("main")).to_contain_text("Fourteenth Stair")

    # And the reader takes everything along, and deletes the account, of which nothing is left
    takes_everything_along(reader, tmp_path)
    reader.open("/accounts/delete/")
    reader.page.get_by_label("I want this account to be deleted.").check(force=True)
    reader.page.get_by_role("button", name="Delete the account").click()
    expect(reader.page.get_by_role("heading", level=1)).to_be_visible()
    eventually(lambda: arrived(server) == [0, 0, 0], PATIENCE, "the account is gone")
    third.context.set_offline(False)
    third.open("/")
    third.sync()
    assert TITLE not in str(third.library())


def seen_offline(phone: Phone, path: str, heading: str) -> bool:
    """Look at a private page without a connection, and say whether it is there."""
    phone.context.set_offline(True)
    try:
        phone.open(path)
        return phone.page.get_by_role("heading", level=1).inner_text() == heading
    except Error:
        # A newer copy has come in, and the page is loading it.
        return False
    finally:
        phone.context.set_offline(False)


def takes_everything_along(reader: Phone, folder: Path) -> None:
    page = reader.page
    reader.open("/accounts/export/")
    if page.get_by_label("Password").count():
        page.get_by_label("Password").fill(PASSWORD)
        page.locator("main").get_by_role("button").first.click()
    page.locator("main form").get_by_role("button").first.click()
    link = page.locator('a[href$="respite-account.json"]')
    expect(link).to_be_visible()
    with page.expect_download() as download:
        link.click()
    download.value.save_as(folder / "account.json")
    told = json.loads((folder / "account.json").read_text())
    assert [message["text"] for message in told["messages"]] == [LETTER]
    assert TITLE in json.dumps(told) and "Robin" in json.dumps(told)
