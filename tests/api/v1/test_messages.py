"""Messages of a reader and a specialist by the API: one thread, blocks, reports, and nothing to learn for others."""

from typing import Any
from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings

from cms.correspondence import services
from cms.correspondence.models import Message, Place, Report, Thread
from cms.specialists.choices import State
from cms.specialists.models import Specialist
from tests import factories
from tests.api.v1.contract import ContractClient
from tests.cms.correspondence.stage import Two, two

pytestmark = pytest.mark.django_db

MESSAGES, REPORTS = "/api/v1/messages/", "/api/v1/reports/"


@pytest.fixture
def pair(client: ContractClient) -> Two:
    """Give two who write to each other; the reader is logged in."""
    made = two()
    client.force_login(made.reader)
    return made


def send(client: ContractClient, content: Any, path: str = MESSAGES, key: str = "") -> Any:
    return client.post(path, content, "application/json", headers={"Idempotency-Key": key or str(uuid4())})


def test_first_message__is_answered_with_what_was_made(client: ContractClient) -> None:
    specialist = factories.specialist("Ilse Marrow")
    client.force_login(factories.reader())
    answer = send(client, {"to": specialist.slug, "text": "Do you have time?", "name": "Robin"})
    assert answer.status_code == 201
    (listed,) = client.get(MESSAGES).json()["results"]
    assert listed["id"] == answer.json()["thread"]
    assert (listed["with"], listed["specialist"]) == ("Ilse Marrow", f"/specialists/{specialist.slug}/")
    assert (listed["open"], listed["why_closed"], listed["blocked"], listed["unread"]) == (True, "", False, 0)


def test_specialist__sees_the_name_that_was_given_and_no_address(client: ContractClient, pair: Two) -> None:
    client.force_login(pair.helper)
    answer = client.get(f"{MESSAGES}{pair.thread.public_id}/")
    told = answer.json()
    assert (told["with"], told["specialist"], told["unread"]) == ("Robin", None, 1)
    assert told["messages"][0]["from"] == "Robin"
    assert pair.reader.email not in answer.content.decode()
    Place.objects.filter(user=pair.reader).update(called="")
    assert client.get(f"{MESSAGES}{pair.thread.public_id}/").json()["with"] == "A reader"


def test_sent_again_with_its_key__is_there_once(client: ContractClient) -> None:
    specialist, key = factories.specialist(), str(uuid4())
    client.force_login(factories.reader())
    first, again = (send(client, {"to": specialist.slug, "text": "Once"}, key=key) for _ in range(2))
    assert first.json() == again.json()
    other = send(client, {"to": specialist.slug, "text": "Once", "name": "Robin"}, key=key)
    assert (other.status_code, other.json()["type"]) == (422, "urn:respite:problem:key-reused")
    assert Message.objects.count() == Thread.objects.count() == 1


def test_sent_again_after_the_specialist_has_gone_from_the_list__still_is_what_was_made(
    client: ContractClient,
) -> None:
    specialist, key = factories.specialist(), str(uuid4())
    client.force_login(factories.reader())
    first = send(client, {"to": specialist.slug, "text": "Once"}, key=key)
    Specialist.objects.update(state=State.EXPIRED, live=False)
    again = send(client, {"to": specialist.slug, "text": "Once"}, key=key)
    assert (again.status_code, again.json()) == (201, first.json())


def test_specialist_who_is_not_public__is_as_one_who_is_not_there(client: ContractClient) -> None:
    hidden = factories.specialist(live=False)
    client.force_login(factories.reader())
    answers = [send(client, {"to": slug, "text": "Hello"}) for slug in (hidden.slug, "nobody-of-that-name")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_thread_of_others__cannot_be_told_from_none(client: ContractClient, pair: Two) -> None:
    client.force_login(factories.reader())
    theirs = pair.says(pair.helper, "Theirs")

    def answers(thread: Any, message: Any) -> list[bytes]:
        path = f"{MESSAGES}{thread}/"
        report = {"message": str(message), "reason": "other"}
        found = [
            client.get(path),
            client.delete(path),
            client.post(f"{path}read/", {}, "application/json"),
            client.post(f"{path}block/", {}, "application/json"),
            client.delete(f"{path}block/"),
            send(client, {"thread": str(thread), "text": "Hello"}),
            send(client, report, REPORTS),
        ]
        assert {answer.status_code for answer in found} == {404}
        return [answer.content for answer in found]

    assert answers(pair.thread.public_id, theirs.public_id) == answers(uuid4(), uuid4())


def test_blocked_thread__is_a_conflict_with_the_same_words_for_both(client: ContractClient, pair: Two) -> None:
    path = f"{MESSAGES}{pair.thread.public_id}/"
    assert client.post(f"{path}block/", {}, "application/json").status_code == 204
    content = {"thread": str(pair.thread.public_id), "text": "Hello?"}
    mine = send(client, content)
    assert client.get(path).json()["blocked"] is True
    client.force_login(pair.helper)
    theirs = send(client, content)
    assert (mine.status_code, mine.json()["type"]) == (409, "urn:respite:problem:closed")
    assert mine.content == theirs.content
    told = client.get(path).json()
    assert (told["blocked"], told["open"], told["why_closed"]) == (False, False, theirs.json()["detail"])
    assert client.delete(f"{path}block/").status_code == 204, "of one's own block, of which there is none"
    assert send(client, content).status_code == 409
    client.force_login(pair.reader)
    client.delete(f"{path}block/")
    assert send(client, content).status_code == 201


def test_report__is_made_once_and_its_outcome_told(client: ContractClient, pair: Two) -> None:
    message = pair.says(pair.helper, "Send money")
    content = {"message": str(message.public_id), "reason": "money", "details": "It frightens me"}
    key = str(uuid4())
    first, again = (send(client, content, REPORTS, key) for _ in range(2))
    assert (first.status_code, first.json()) == (201, again.json())
    assert "A moderator will look at it" in first.json()["outcome"]
    other = send(client, content, REPORTS)
    assert (other.status_code, other.json()["type"]) == (409, "urn:respite:problem:already-reported")
    assert Report.objects.count() == 1
    *_, told = client.get(f"{MESSAGES}{pair.thread.public_id}/").json()["messages"]
    assert told["report"] == first.json()["outcome"]
    client.force_login(pair.helper)
    *_, seen = client.get(f"{MESSAGES}{pair.thread.public_id}/").json()["messages"]
    assert seen["report"] == "", "who reports is not told to whom it is about"


def test_read_mark__goes_up_to_the_message_that_was_shown(client: ContractClient, pair: Two) -> None:
    shown = pair.says(pair.helper, "One")
    pair.says(pair.helper, "Two")
    path = f"{MESSAGES}{pair.thread.public_id}/read/"
    assert client.get("/api/v1/session/").json()["user"]["unread"] == 2
    client.post(path, {"message": str(shown.public_id)}, "application/json")
    assert client.get("/api/v1/session/").json()["user"]["unread"] == 1
    client.post(path, {}, "application/json")
    assert client.get("/api/v1/session/").json()["user"]["unread"] == 0
    assert client.post(path, {"message": str(uuid4())}, "application/json").status_code == 404


def test_too_many__are_refused_for_a_while(client: ContractClient, pair: Two, settings: Settings) -> None:
    settings.MESSAGES_AT_MOST = {**settings.MESSAGES_AT_MOST, "messages an hour": 1}
    answer = send(client, {"thread": str(pair.thread.public_id), "text": "Two"})
    assert answer.status_code == 429
    assert 3_500 < int(answer["Retry-After"]) <= 3_600
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"text": "To nobody"}, ""),
        ({"to": "a", "thread": str(uuid4()), "text": "To two"}, ""),
        ({"to": ["a"], "text": "Hello"}, "to"),
        ({"to": None, "text": "Hello"}, "to"),
        ({"thread": 5, "text": "Hello"}, "thread"),
        ({"thread": {"id": 1}, "text": "Hello"}, "thread"),
        ({"thread": "not an id", "text": "Hello"}, "thread"),
        ({"to": "SLUG", "text": ["Hello"]}, "text"),
        ({"to": "SLUG", "text": {"a": "Hello"}}, "text"),
        ({"to": "SLUG", "text": 5}, "text"),
        ({"to": "SLUG", "text": True}, "text"),
        ({"to": "SLUG", "text": None}, "text"),
        ({"to": "SLUG", "text": ""}, "text"),
        ({"to": "SLUG", "text": "a\x00b"}, "text"),
        ({"to": "SLUG", "text": "Hello", "name": ["Robin"]}, "name"),
        ({"to": "SLUG", "text": "Hello", "name": "robin@example.org"}, "name"),
        ({"to": "SLUG", "text": "Hello", "name": "R" * 41}, "name"),
        ('{"to": "SLUG", "text": "half a letter: \\ud800"}', ""),
    ],
)
def test_what_is_no_message__is_named_by_field_and_nothing_comes_of_it(
    client: ContractClient, content: Any, field: str
) -> None:
    specialist = factories.specialist()
    client.force_login(factories.reader())
    if isinstance(content, str):
        content = content.replace("SLUG", specialist.slug)
    elif content.get("to") == "SLUG":
        content = {**content, "to": specialist.slug}
    answer = send(client, content)
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]
    assert not Thread.objects.exists()


def test_message_in_a_thread_that_was_deleted_here__brings_it_back(client: ContractClient, pair: Two) -> None:
    services.delete_for(pair.reader, pair.thread)
    answer = send(client, {"thread": str(pair.thread.public_id), "text": "Written on the other phone"})
    assert answer.status_code == 201
    (message,) = client.get(f"{MESSAGES}{pair.thread.public_id}/").json()["messages"]
    assert message["text"] == "Written on the other phone"


def test_list__asks_the_database_as_often_for_many(client: ContractClient, django_assert_max_num_queries: Any) -> None:
    specialist = factories.specialist()
    for _ in range(4):
        services.write_to_specialist(factories.reader(), specialist.slug, "Hello")
    client.force_login(specialist.user)
    with django_assert_max_num_queries(9):
        assert len(client.get(MESSAGES).json()["results"]) == 4
