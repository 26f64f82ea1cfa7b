"""The team's desk in the admin, with real requests."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from cms.correspondence import services, team
from cms.correspondence.models import Look, Message, Thread
from cms.people.models import User
from tests import factories
from tests.cms.correspondence.stage import reported, two

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(factories.safety_moderator("moderator@example.org", first_name="Mo"))
    return client


def letter(text: str = "Where is it?", subject: str = "using", reader: User | None = None) -> Thread:
    return services.write_to_team(reader or factories.reader(), subject, text)[0].thread


def at(name: str, thing: Any = None) -> str:
    return reverse(f"correspondence:{name}", args=[thing.public_id] if thing else [])


def answered(desk: Client, thread: Thread, text: str = "Under Saved.", seen: Message | None = None) -> Any:
    seen = seen or thread.messages.last()
    assert seen
    return desk.post(at("letter", thread), {"text": text, "key": uuid4(), "seen": seen.public_id})


def test_list__has_what_waits_with_the_oldest_first_and_says_nothing_of_it(desk: Client) -> None:
    letter("The word bramble", "data"), letter("Another", "article")
    html = desk.get(at("letters")).content.decode()
    assert html.index("My account or my data") < html.index("Something I read here")
    assert "bramble" not in html


def test_letter_of_somebody_in_danger__stands_before_the_others_and_is_marked_nowhere(desk: Client) -> None:
    letter("A question about the app", "using")
    urgent = letter("I want to die", "other")
    html = desk.get(at("letters")).content.decode()
    assert html.index("Something else") < html.index("Using Respite")
    assert html.count("may be urgent") == 1
    assert "urgent" not in str(Thread.objects.filter(pk=urgent.pk).values().get())
    team.answer_as_team(urgent, factories.administrator(), "We are here.")
    assert "may be urgent" not in desk.get(at("letters")).content.decode()


def test_letter__is_read_and_answered_without_the_readers_address(desk: Client) -> None:
    reader = factories.reader("planted.reader@example.org")
    thread = letter("Where is <b>it</b>?", reader=reader)
    html = desk.get(at("letter", thread)).content.decode()
    assert "Where is &lt;b&gt;it&lt;/b&gt;?" in html
    assert reader.email not in html
    assert answered(desk, thread)["Location"] == at("letters")
    thread.refresh_from_db()
    assert thread.waiting_since is None
    assert services.count_unread(reader) == 1
    assert at("letter", thread) not in desk.get(at("letters")).content.decode()
    assert at("letter", thread) in desk.get(f"{at('letters')}?show=all").content.decode()
    services.answer(thread, reader, "And now?")
    assert at("letter", thread) in desk.get(at("letters")).content.decode()


def test_answer__is_sent_once_and_only_to_what_was_read(desk: Client) -> None:
    reader = factories.reader()
    thread = letter(reader=reader)
    shown = thread.messages.last()
    services.answer(thread, reader, "It was found, thank you")
    answer = answered(desk, thread, "Have you looked?", shown)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Something was written in this conversation while you wrote" in html
    assert "Have you looked?" in html
    assert "It was found, thank you" in html
    assert thread.messages.count() == 2
    last = thread.messages.last()
    assert last
    form = {"text": "Good", "key": uuid4(), "seen": last.public_id}
    for _ in range(2):
        desk.post(at("letter", thread), form)
    assert thread.messages.count() == 3


def test_letter__is_done_without_an_answer_and_opened_again(desk: Client) -> None:
    thread = letter()
    desk.post(at("letter_done", thread))
    assert not Thread.objects.waiting().exists()
    desk.post(at("letter_done", thread), {"again": "1"})
    assert Thread.objects.waiting().get() == thread


def test_thread_of_two__is_no_letter(desk: Client) -> None:
    pair = two()
    for name in ("letter", "letter_done"):
        assert desk.post(at(name, pair.thread)).status_code == 404
    assert desk.get(at("letter", pair.thread)).status_code == 404


def test_report__shows_who_has_looked_each_time(desk: Client) -> None:
    report = reported(two("The word bramble"), "The word thistle", "It frightens me")
    listed = desk.get(at("reports")).content.decode()
    assert at("report", report) in listed
    assert not any(word in listed for word in ("bramble", "thistle", "frightens"))
    assert not Look.objects.exists()
    desk.get(at("report", report))
    html = desk.get(at("report", report)).content.decode()
    assert "The word bramble" in html
    assert "The word thistle" in html
    assert "It frightens me" in html
    assert Look.objects.filter(report=report, by__email="moderator@example.org").count() == 2
    assert html.count("<li>Mo,") == 2


def test_decision__needs_a_note_and_words_where_something_is_done(desk: Client) -> None:
    pair = two()
    report = reported(pair)
    answer = desk.post(at("report", report), {"decision": "warn", "note": "Why", "words": ""})
    assert answer.status_code == 422
    assert "Tell them what happens and why." in answer.content.decode()
    answer = desk.post(at("report", report), {"decision": "close", "note": "Why", "words": "You cannot write."})
    assert answer["Location"] == at("reports")
    html = desk.get(at("report", report)).content.decode()
    assert "Let them write again" in html
    desk.post(at("reopen", report))
    assert pair.says(pair.helper, "Thank you").text


def test_menu_and_first_page__lead_to_what_waits_those_who_may(desk: Client) -> None:
    letter(), reported(two())
    html = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert "1 letter waits for an answer" in html
    assert "1 message was reported" in html
    desk.force_login(factories.publisher())
    html = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert "/admin/correspondence/" not in html


def test_who_answers_letters__need_not_decide_reports(client: Client) -> None:
    writer = factories.writer()
    writer.user_permissions.add(Permission.objects.get(codename="answer_readers"))
    client.force_login(writer)
    report = reported(two(), "The word thistle")
    assert client.get(at("letters")).status_code == 200
    answer = client.get(at("report", report), follow=True)
    assert "thistle" not in answer.content.decode()
    assert not Look.objects.exists()
