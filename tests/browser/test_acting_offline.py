"""What is done without writing much, such as agreeing to a time: without a connection, it goes once there is one."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.phone import PATIENCE, Phone, change, has_heard, log_in
from tests.server import Server, eventually

READER, SPECIALIST = "reader@respite.example", "specialist@respite.example"
SAVED = "Saved. It will be sent when you are back online."

ASKED = """
import json
from cms.consultations import services
from cms.consultations.keeping import free_times
from cms.people.models import User
from cms.questions import services as questions
from cms.specialists.models import Specialist
reader = User.objects.get(email="reader@respite.example")
specialist = Specialist.objects.get(user__email="specialist@respite.example")
times = free_times(specialist.practice, most=4)[2:]
made, _was = services.ask(reader, specialist, services.Asked(times, specialist.practice.ways[0], "Robin"))
wording = {
    "pseudonym": "Night Tram",
    "title": "How long is a sleepless night?",
    "text": "It is the third in a row, and I lie still.",
    "topic": None,
}
asked, _was = questions.ask(reader, wording, "en")
print(json.dumps([str(made.pk), str(asked.public_id), [time.isoformat() for time in times]]))
"""

STANDS = """
import json
from cms.consultations.models import Consultation
found = Consultation.objects.get(pk={id!r})
print(json.dumps([found.state, found.starts_at and found.starts_at.isoformat(), len(found.times)]))
"""


@pytest.fixture
def asked(server: Server) -> list[Any]:
    """Have the reader ask for a consultation and ask a question; give both ids, and the times."""
    # Letters are written to the console, too.
    found: list[Any] = json.loads(change(server, ASKED).splitlines()[-1])
    return found


@pytest.fixture
def phones(browser: Browser, server: Server, asked: list[Any]) -> Iterator[Any]:
    """Give a function that makes the phone of somebody who has logged in, with what is theirs on it."""
    contexts = []

    def of(address: str) -> Phone:
        contexts.append(browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB"))
        phone = Phone(contexts[-1], server)
        phone.keep_everything()
        log_in(phone.page, server, address)
        has_heard(phone.page)
        return phone

    yield of
    for context in contexts:
        context.close()


def stands(server: Server, id: str) -> list[Any]:
    found: list[Any] = json.loads(change(server, STANDS.format(id=id)))
    return found


def main(page: Page) -> Any:
    return expect(page.locator("main"))


@pytest.mark.server_side
def test_specialist__agrees_without_a_connection__and_it_is_agreed_once_there_is_one(
    phones: Any, server: Server, asked: list[Any]
) -> None:
    id, _question, times = asked
    phone = phones(SPECIALIST)
    page = phone.page
    phone.open(f"/own/consultations/{id}/")
    page.wait_for_load_state("networkidle")
    # Nothing was sent yet of which there could be news
    expect(page.locator(".toast")).to_have_count(0)
    phone.context.set_offline(True)
    phone.open("/own/specialist/requests/")
    page.get_by_role("link").filter(has=page.locator("time")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Robin would like to meet you")
    page.locator(f'input[value="{times[1]}"]').check()
    page.get_by_role("button", name="Agree to this time").click()
    main(page).to_contain_text(SAVED)
    waiting = page.locator("respite-waiting .said")
    expect(waiting).to_contain_text("Agree to this time")
    expect(waiting.locator(".state")).to_have_text("Waits to be sent. It will go on its own.")
    # It stands in the list, too, where it will be seen
    phone.open("/own/specialist/requests/")
    expect(page.locator(".meeting .said")).to_contain_text("Agree to this time")
    assert stands(server, id) == ["requested", None, 2]

    phone.open(f"/own/consultations/{id}/")
    phone.context.set_offline(False)
    # The page says what has become of it, by itself
    expect(page.get_by_role("heading", level=1)).to_have_text("You meet Robin")
    assert stands(server, id) == ["accepted", times[1], 0]


def test_reader__cancels_without_a_connection_and_thinks_better_of_it(
    phones: Any, server: Server, asked: list[Any]
) -> None:
    id, _question, _times = asked
    phone = phones(READER)
    page = phone.page
    phone.context.set_offline(True)
    phone.open(f"/own/consultations/{id}/")
    page.get_by_text("Cancel", exact=True).click()
    page.get_by_role("button", name="Yes, cancel it").click()
    main(page).to_contain_text(SAVED)
    page.locator("respite-waiting").get_by_role("button", name="Delete").click()
    expect(page.locator("respite-waiting .said")).to_have_count(0)
    phone.context.set_offline(False)
    phone.open("/own/consultations/")
    page.wait_for_load_state("networkidle")
    assert stands(server, id)[0] == "requested"


def test_what_has_changed_meanwhile__is_said__and_nothing_is_done(
    phones: Any, server: Server, asked: list[Any]
) -> None:
    id, _question, _times = asked
    phone = phones(SPECIALIST)
    page = phone.page
    phone.context.set_offline(True)
    phone.open(f"/own/consultations/{id}/")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Agree to this time").click()
    main(page).to_contain_text(SAVED)
    change(
        server,
        f"""
from cms.consultations import services
from cms.consultations.models import Consultation
found = Consultation.objects.get(pk={id!r})
services.cancel(found, found.author)
""",
    )
    phone.context.set_offline(False)
    # It comes back into its form, with what the server says of it
    expect(page.locator("[data-fault]")).to_be_visible()
    assert stands(server, id)[0] == "cancelled"


@pytest.mark.server_side
def test_specialist__says_other_times_and_answers_without_a_connection(
    phones: Any, server: Server, asked: list[Any]
) -> None:
    _id, question, _times = asked
    change(
        server,
        f"""
from cms.people.models import User
from cms.questions import services
from cms.questions.models import Question
services.publish(Question.objects.get(public_id={question!r}), User.objects.get(email="moderator@respite.example"), 1)
""",
    )
    phone = phones(SPECIALIST)
    page = phone.page
    phone.context.set_offline(True)
    phone.open("/own/specialist/times/")
    page.locator('[name="weekly-6-begins"]').first.fill("10:00")
    page.locator('[name="weekly-6-ends"]').first.fill("12:30")
    page.get_by_label("Hours of notice").fill("5")
    page.get_by_text("Days off", exact=True).click()
    page.locator('[name="away-first"]').last.fill("2027-03-01")
    page.locator('[name="away-last"]').last.fill("2027-03-08")
    page.get_by_role("button", name="Save", exact=True).click()
    main(page).to_contain_text(SAVED)
    phone.open("/own/specialist/questions/")
    page.get_by_role("link", name="How long is a sleepless night?").click()
    page.get_by_label("Your answer").fill(
        "As long as one looks at the clock. Turn it round, and rest without sleeping."
    )
    page.get_by_role("button", name="Send the answer").click()
    main(page).to_contain_text(SAVED)
    phone.open("/own/specialist/questions/")
    expect(page.locator("respite-waiting .said")).to_contain_text("Turn it round")

    phone.context.set_offline(False)
    expect(page.get_by_text("Your message has been sent").first).to_be_visible()
    told = """
import json
from cms.consultations.practices import Practice
from cms.questions.models import Answer
found = Practice.objects.get(specialist__user__email="specialist@respite.example")
answers = Answer.objects.filter(question__public_id={question!r}).count()
print(json.dumps([found.notice_hours, found.weekly[-1], found.away[-1], answers]))
"""
    wanted = [5, [6, 600, 750], ["2027-03-01", "2027-03-08"], 1]
    eventually(lambda: json.loads(change(server, told.format(question=question))) == wanted, PATIENCE, "both arrive")


def test_reader__writes_a_question_anew_and_withdraws_another_without_a_connection(
    phones: Any, server: Server, asked: list[Any]
) -> None:
    question = asked[1]
    phone = phones(READER)
    page = phone.page
    phone.context.set_offline(True)
    phone.open("/own/questions/")
    mine = page.locator(f"#question-{question}")
    mine.get_by_role("link", name="Change").click()
    expect(page.get_by_label("Your question in one sentence")).to_have_value("How long is a sleepless night?")
    page.get_by_label("Your question in one sentence").fill("How long is the third sleepless night?")
    page.get_by_role("button", name="Send again").click()
    main(page).to_contain_text(SAVED)
    phone.open("/own/questions/")
    expect(mine.locator(".said")).to_contain_text("It is the third in a row")
    phone.context.set_offline(False)
    expect(page.get_by_text("Your message has been sent").first).to_be_visible()
    told = f"""
from cms.questions.models import Question
print(Question.objects.get(public_id={question!r}).title)
"""
    assert change(server, told).strip() == "How long is the third sleepless night?"

    phone.open("/own/questions/")
    has_new = mine.filter(has_text="How long is the third sleepless night?")
    expect(has_new).to_be_visible()
    phone.context.set_offline(True)
    mine.locator("summary", has_text="Withdraw").click()
    mine.get_by_role("button", name="Withdraw it").click()
    main(page).to_contain_text(SAVED)
    phone.context.set_offline(False)
    expect(page.locator(f"#question-{question}")).to_have_count(0)
    assert change(server, told).strip() == ""
