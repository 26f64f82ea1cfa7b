"""What is one person's own: seen by nobody else, kept by nobody, and behind its gate."""

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from cms.correspondence import services, team
from cms.correspondence.models import Message, Thread
from cms.people.models import User
from tests import factories
from tests.pwa.conftest import Site, inside_main

pytestmark = pytest.mark.django_db

CONTACT = {"subject": "using", "text": "Where do I find <b>what</b> I saved?"}


@pytest.fixture
def reader(site: Site, client: Client) -> User:
    user = factories.reader()
    client.force_login(user)
    return user


def test_contact_page__is_the_same_for_everybody_and_has_the_gate(site: Site, client: Client) -> None:
    before = client.get("/contact/")
    assert before["Cache-Control"].startswith("public")
    html = inside_main(before)
    assert "You need to be logged in to contact us" in html
    assert 'href="/accounts/login/?next=%2Fown%2Fcontact%2F">Login<' in html
    assert 'href="/accounts/signup/?next=%2Fown%2Fcontact%2F">Sign up<' in html
    assert "privacy@" in html, "one may write about one's data without an account"
    assert 'href="/help/"' in html
    client.force_login(factories.reader())
    assert client.get("/contact/").content == before.content


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/own/contact/", "You need to be logged in to contact us"),
        ("/own/messages/", "You need to be logged in to send messages"),
        ("/own/messages/6c0e8c0e-2f0d-4a53-9a1c-5a3f3b1d2e47/", "You need to be logged in to send messages"),
    ],
)
def test_private_page_of_nobody__is_its_gate(site: Site, client: Client, path: str, words: str) -> None:
    answer = client.get(path)
    assert words in inside_main(answer)
    assert "?next=%2Fown%2F" in inside_main(answer)
    assert answer["Cache-Control"] == "private, no-store"


def test_form_of_nobody__leads_to_the_log_in(site: Site, client: Client) -> None:
    answer = client.post("/own/contact/", CONTACT)
    assert answer["Location"] == "/accounts/login/?next=/own/contact/"
    assert not Message.objects.exists()


def test_message__is_written_without_a_script_and_said_to_be_sent(client: Client, reader: User) -> None:
    key = client.get("/own/contact/").context["form"]["key"].value()
    answer = client.post("/own/contact/", {**CONTACT, "key": key}, follow=True)
    html = inside_main(answer)
    assert "Your message has been sent" in html
    assert "&lt;b&gt;what&lt;/b&gt;" in html, "what somebody writes is text"
    again = client.post("/own/contact/", {**CONTACT, "key": key}, follow=True)
    assert again.status_code == 200
    assert Message.objects.count() == 1, "a button that is pressed twice sends once"


def test_what_cannot_be_sent__stays_in_the_form_with_what_is_wrong(client: Client, reader: User) -> None:
    answer = client.post("/own/contact/", {"subject": "", "text": "Half a thought", "key": uuid4()})
    assert answer.status_code == 422
    assert "Choose what it is about." in inside_main(answer)
    assert "Half a thought" in inside_main(answer)


def test_thread__is_read_answered_and_deleted(client: Client, reader: User) -> None:
    message, _made = services.write_to_team(reader, "using", "Where is it?")
    path = f"/own/messages/{message.thread.public_id}/"
    team.answer_as_team(message.thread, factories.administrator(), "Under Saved.")
    assert ">1<" in inside_main(client.get("/own/messages/"))
    assert "Under Saved." in inside_main(client.get(path))
    assert ">1<" not in inside_main(client.get("/own/messages/"))
    client.post(path, {"text": "Found it.", "key": uuid4()})
    assert [one.text for one in message.thread.messages.all()] == ["Where is it?", "Under Saved.", "Found it."]
    client.post(f"{path}delete/")
    assert client.get(path).status_code == 404


def test_thread_of_another__is_not_there(site: Site, client: Client) -> None:
    message, _made = services.write_to_team(factories.reader(), "using", "Mine alone")
    client.force_login(factories.reader())
    path = f"/own/messages/{message.thread.public_id}/"
    answers = [client.get(path), client.post(path, {"text": "x"}), client.post(f"{path}delete/")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert client.get(path).content == client.get(f"/own/messages/{uuid4()}/").content


def test_copies__are_all_private_pages_without_tokens(client: Client, reader: User) -> None:
    message, _made = services.write_to_team(reader, "using", "Mine alone")
    answer = client.get("/sync/own/")
    told = answer.json()
    assert told["account"] == str(reader.public_id)
    paths = [page["path"] for page in told["pages"]]
    assert {"/own/messages/", f"/own/messages/{message.thread.public_id}/"} <= set(paths)
    html = "".join(page["html"] for page in told["pages"])
    assert "Mine alone" in html
    assert "csrf" not in html
    assert answer["Cache-Control"] == "private, no-store"
    assert client.get("/sync/own/", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    client.logout()
    assert client.get("/sync/own/", headers={"If-None-Match": answer["ETag"]}).status_code == 401


def test_letter_about_an_answer__says_nothing_of_it(
    client: Client, reader: User, django_capture_on_commit_callbacks: Any
) -> None:
    message, _made = services.write_to_team(reader, "data", "Please erase the word bramble")
    with django_capture_on_commit_callbacks(execute=True):
        team.answer_as_team(Thread.objects.get(), factories.administrator(), "The word bramble is gone")
    letter: Any = mail.outbox[0]
    assert letter.to == [reader.email]
    assert f"/own/messages/{message.thread.public_id}/" in letter.body
    assert "bramble" not in f"{letter.body} {letter.subject} {letter.alternatives}"
