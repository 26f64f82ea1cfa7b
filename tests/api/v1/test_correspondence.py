"""Messages to the team by the API: who may, once, and in whose words."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from cms.correspondence import team
from cms.correspondence.models import Message, Thread
from cms.people.models import User
from tests import factories
from tests.api.v1.contract import ContractClient

pytestmark = pytest.mark.django_db

CONTACT = "/api/v1/contact/"
LETTER = {"subject": "using", "text": "Where do I find what I saved?"}


@pytest.fixture
def reader(client: ContractClient) -> User:
    user = factories.reader()
    client.force_login(user)
    return user


def send(client: ContractClient, content: Any = LETTER, path: str = CONTACT, **headers: str) -> Any:
    sent_with = {"Idempotency-Key": str(uuid4()), **{name.replace("_", "-"): told for name, told in headers.items()}}
    return client.post(path, content, content_type="application/json", headers=sent_with)


def test_message_to_the_team__is_made_and_told(client: ContractClient, reader: User) -> None:
    answer = send(client)
    assert answer.status_code == 201
    assert answer["Cache-Control"] == "private, no-store"
    told = answer.json()
    assert (told["text"], told["mine"]) == (LETTER["text"], True)
    thread = client.get(f"/api/v1/messages/{told['thread']}/").json()
    assert thread["subject"] == "Using Respite"
    assert [message["text"] for message in thread["messages"]] == [LETTER["text"]]
    assert client.get("/api/v1/messages/").json()["results"][0]["id"] == told["thread"]


def test_message__lies_sealed_in_the_database(client: ContractClient, reader: User) -> None:
    send(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM correspondence_message")
        (stored,) = cursor.fetchone()
    assert "saved" not in stored
    assert stored.startswith("gAAAA")


def test_sent_again_with_its_key__is_there_once_and_answered_the_same(client: ContractClient, reader: User) -> None:
    key = str(uuid4())
    first, again = (send(client, Idempotency_Key=key) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert Message.objects.count() == Thread.objects.count() == 1


def test_key_of_something_else__is_refused(client: ContractClient, reader: User) -> None:
    key = str(uuid4())
    send(client, Idempotency_Key=key)
    answer = send(client, {**LETTER, "text": "Something else"}, Idempotency_Key=key)
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("key-reused")
    assert Message.objects.count() == 1


def test_key_of_another_person__is_no_key_of_mine(client: ContractClient, reader: User) -> None:
    key = str(uuid4())
    send(client, Idempotency_Key=key)
    client.force_login(factories.reader())
    assert send(client, Idempotency_Key=key).status_code == 201
    assert Message.objects.count() == 2


def test_without_a_key__nothing_is_made(client: ContractClient, reader: User) -> None:
    answer = client.post(CONTACT, LETTER, content_type="application/json")
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:respite:problem:key-needed")
    assert not Message.objects.exists()


def test_nobody__hears_the_gates_own_words(client: ContractClient) -> None:
    answer = send(client)
    assert answer.status_code == 401
    assert answer.json()["detail"] == "You need to be logged in to contact us"
    assert client.get("/api/v1/messages/").json()["detail"] == "You need to be logged in to send messages"


def test_session_of_another_account__takes_nothing(client: ContractClient, reader: User) -> None:
    answer = send(client, Respite_Account=str(uuid4()))
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:respite:problem:other-account")
    assert send(client, Respite_Account=str(reader.public_id)).status_code == 201
    assert Message.objects.count() == 1


def test_without_the_token__nothing_is_taken() -> None:
    client = ContractClient(enforce_csrf_checks=True)
    client.force_login(factories.reader())
    answer = send(client)
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:respite:problem:csrf")
    token = client.get("/api/v1/session/").json()["csrf_token"]
    assert send(client, X_CSRFToken=token).status_code == 201


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"subject": "using", "text": " "}, "text"),
        ({"subject": "nonsense", "text": "Hello"}, "subject"),
        ({"text": "Hello"}, "subject"),
        ({"subject": "using", "text": "x" * 5_001}, "text"),
        ([], ""),
    ],
)
def test_what_cannot_be_taken__is_named_by_field(
    client: ContractClient, reader: User, content: Any, field: str
) -> None:
    answer = send(client, content)
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]


def test_what_is_wrong__is_said_in_the_language_that_is_asked_for(client: ContractClient, reader: User) -> None:
    english, german = (
        send(client, {"subject": "using"}, Accept_Language=code).json()["errors"]["text"] for code in ("en", "de")
    )
    assert english == ["Write something first."]
    assert german != english


def test_more_than_is_taken__is_too_large(client: ContractClient, reader: User) -> None:
    assert send(client, {"subject": "using", "text": "x" * 40_000}).status_code == 413


def test_thread_of_another__is_as_if_it_were_not_there(client: ContractClient, reader: User) -> None:
    thread = send(client).json()["thread"]
    client.force_login(factories.reader())
    for path in (f"/api/v1/messages/{thread}/", f"/api/v1/messages/{uuid4()}/"):
        answers = [client.get(path), client.delete(path), client.post(f"{path}read/", {}, "application/json")]
        assert [answer.status_code for answer in answers] == [404, 404, 404]
        assert {answer.content for answer in answers} == {answers[0].content}
    answer = send(client, {"thread": thread, "text": "Hello"}, "/api/v1/messages/")
    assert answer.status_code == 404


def test_deleted_thread__comes_back_with_what_is_answered_later(client: ContractClient, reader: User) -> None:
    thread = send(client).json()["thread"]
    assert client.delete(f"/api/v1/messages/{thread}/").status_code == 204
    assert client.get("/api/v1/messages/").json()["results"] == []
    answered_by_the_team(thread)
    (found,) = client.get("/api/v1/messages/").json()["results"]
    assert found["unread"] == 1
    messages = client.get(f"/api/v1/messages/{thread}/").json()["messages"]
    assert [(message["from"], message["text"]) for message in messages] == [("The team of Respite", "Under Saved.")]
    client.post(f"/api/v1/messages/{thread}/read/", {}, "application/json")
    assert client.get("/api/v1/messages/").json()["results"][0]["unread"] == 0


def answered_by_the_team(thread: str) -> None:
    team.answer_as_team(Thread.objects.get(public_id=thread), factories.administrator(), "Under Saved.")
