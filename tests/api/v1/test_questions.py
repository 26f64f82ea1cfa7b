"""Questions by the API: read by everybody, asked once, changed and withdrawn by whose they are."""

from typing import Any
from uuid import uuid4

import pytest

from cms.people.models import User
from cms.questions import services
from cms.questions.models import Answer, Question, State
from tests import factories
from tests.api.v1.contract import ContractClient
from tests.cms.questions.making import ANSWER, WORDING, earlier, public_answer, public_question, question, specialist

pytestmark = pytest.mark.django_db

QUESTIONS = "/api/v1/questions/"
SENT: dict[str, Any] = {name: WORDING[name] for name in ("pseudonym", "title", "text")}


@pytest.fixture
def reader(client: ContractClient) -> User:
    user = factories.reader()
    client.force_login(user)
    return user


def send(client: ContractClient, content: Any = SENT, path: str = QUESTIONS, key: str = "") -> Any:
    headers = {"Idempotency-Key": key or str(uuid4())}
    return client.post(path, content, content_type="application/json", headers=headers)


def test_list__has_cards_and_is_filtered(client: ContractClient) -> None:
    topic = factories.topic("Sleep")
    one, other = earlier(public_question(topic=topic)), public_question(title="Another question of mine")
    public_answer(other)
    found = client.get(QUESTIONS)
    assert found["Cache-Control"].startswith("public")
    assert [card["slug"] for card in found.json()["results"]] == [other.slug, one.slug]
    assert found.json()["results"][0]["answers"] == 1
    for query, wanted in (("topic=sleep", one), ("answered=no", one), ("answered=yes", other)):
        assert [card["slug"] for card in client.get(f"{QUESTIONS}?{query}").json()["results"]] == [wanted.slug]
    assert client.get(f"{QUESTIONS}?language=de").json()["results"] == []


def test_question__has_its_answers(client: ContractClient) -> None:
    asked, by = public_question(), specialist("Ilse Marrow")
    public_answer(asked, by)
    told = client.get(f"{QUESTIONS}{asked.slug}/").json()
    assert (told["title"], told["pseudonym"]) == (WORDING["title"], "Night Tram")
    assert told["answers"][0]["specialist"]["path"] == f"/specialists/{by.slug}/"
    services.withdraw(asked, asked.author)
    assert client.get(f"{QUESTIONS}{asked.slug}/").status_code == 410


def test_question__is_asked_and_told_to_whoever_asked(client: ContractClient, reader: User) -> None:
    factories.topic("Sleep")
    answered = send(client, {**SENT, "topic": "sleep"})
    assert answered.status_code == 201
    assert answered["Cache-Control"] == "private, no-store"
    told = answered.json()
    assert (told["state"], told["is_public"], told["topic"]) == ("waiting", False, {"slug": "sleep", "title": "Sleep"})
    assert client.get(f"{QUESTIONS}mine/").json()["results"] == [told]
    assert client.get(QUESTIONS).json()["results"] == []


def test_nobody__meets_the_gate(client: ContractClient) -> None:
    answered = send(client)
    assert answered.status_code == 401
    assert answered.json()["type"].endswith("log-in-needed")
    assert answered.json()["detail"] == "To create a new Question, please log in or create an account"


def test_sent_again_with_its_key__is_asked_once(client: ContractClient, reader: User) -> None:
    key = str(uuid4())
    first, again = (send(client, key=key) for _time in range(2))
    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())
    assert Question.objects.count() == 1
    assert send(client, {**SENT, "title": "Another question, same key"}, key=key).status_code == 422


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"text": "short"}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"pseudonym": "me@example.org"}, "pseudonym"),
        ({"topic": "no-such-topic"}, "topic"),
        ({"language": "fr"}, "language"),
        ({"website": "https://spam.example/"}, "website"),
    ],
)
def test_what_cannot_be_asked__is_said_by_field(
    client: ContractClient, reader: User, changed: dict[str, str], field: str
) -> None:
    answered = send(client, {**SENT, **changed})
    assert answered.status_code == 422
    assert set(answered.json()["errors"]) == {field}
    assert not Question.objects.exists()


def test_sixth_of_a_day__is_told_when_to_come_back(client: ContractClient, reader: User) -> None:
    for _number in range(services.ASKED_A_DAY):
        assert send(client).status_code == 201
    answered = send(client)
    assert answered.status_code == 429
    assert 23 * 3600 < int(answered["Retry-After"]) <= 24 * 3600


def patch(client: ContractClient, asked: Question, content: Any) -> Any:
    return client.patch(f"{QUESTIONS}mine/{asked.public_id}/", content, content_type="application/json")


def test_question__is_changed_in_part_and_stays_public_meanwhile(client: ContractClient, reader: User) -> None:
    asked = public_question(reader)
    told = patch(client, asked, {"title": "Said in other words now"}).json()
    assert (told["title"], told["text"], told["state"], told["is_public"]) == (
        "Said in other words now",
        WORDING["text"],
        "waiting",
        True,
    )
    assert client.get(f"{QUESTIONS}{asked.slug}/").json()["title"] == WORDING["title"]


def test_question__is_withdrawn_and_that_can_be_said_twice(client: ContractClient, reader: User) -> None:
    asked = public_question(reader)
    for _time in range(2):
        answered = client.delete(f"{QUESTIONS}mine/{asked.public_id}/")
        assert (answered.status_code, answered.json()["state"], answered.json()["text"]) == (200, "withdrawn", "")
    assert client.get(f"{QUESTIONS}{asked.slug}/").status_code == 410
    answered = patch(client, asked, SENT)
    assert answered.status_code == 409
    assert answered.json()["type"].endswith("not-open")


def test_question_of_another__is_not_there(client: ContractClient, reader: User) -> None:
    asked = public_question()
    assert patch(client, asked, SENT).status_code == 404
    assert client.delete(f"{QUESTIONS}mine/{asked.public_id}/").status_code == 404
    assert Question.objects.get().state == State.PUBLISHED


def test_specialist__answers_once(client: ContractClient) -> None:
    asked, by = public_question(), specialist()
    client.force_login(by.user)
    path, key = f"{QUESTIONS}{asked.slug}/answers/", str(uuid4())
    first, again = (send(client, {"text": ANSWER}, path, key) for _time in range(2))
    assert (first.status_code, again.json()) == (201, first.json())
    assert first.json()["question"]["slug"] == asked.slug
    other = send(client, {"text": "A second answer to the same question."}, path)
    assert other.status_code == 409
    assert other.json()["type"].endswith("answered-already")
    assert Answer.objects.count() == 1


def test_answer__is_changed_and_stays_public_meanwhile__and_is_withdrawn_however_often(client: ContractClient) -> None:
    asked, by = public_question(), specialist()
    public_answer(asked, by)
    client.force_login(by.user)
    path = f"{QUESTIONS}{asked.slug}/answers/"
    told = client.put(path, {"text": "What I would say by now, at some length."}, content_type="application/json")
    assert (told.status_code, told.json()["state"], told.json()["is_public"]) == (200, "waiting", True)
    assert client.get(f"{QUESTIONS}{asked.slug}/").json()["answers"][0]["text"] == ANSWER
    refused = client.put(path, {"text": "Short"}, content_type="application/json")
    assert (refused.status_code, [*refused.json()["errors"]]) == (422, ["text"])
    for _time in range(2):
        gone = client.delete(path).json()
        assert (gone["state"], gone["text"]) == ("withdrawn", "")
    assert client.get(f"{QUESTIONS}{asked.slug}/").json()["answers"] == []
    late = client.put(path, {"text": ANSWER}, content_type="application/json")
    assert late.json()["type"].endswith("not-open")


def test_answer__of_nobody_or_of_another__is_not_there(client: ContractClient) -> None:
    asked = public_question()
    public_answer(asked, specialist())
    client.force_login(specialist("Other").user)
    path = f"{QUESTIONS}{asked.slug}/answers/"
    assert client.put(path, {"text": ANSWER}, content_type="application/json").status_code == 404
    assert client.delete(path).status_code == 404
    assert Answer.objects.get().state == State.PUBLISHED


def test_who_is_no_specialist__finds_nowhere_to_answer(client: ContractClient, reader: User) -> None:
    asked, waiting = public_question(), question()
    for slug in (asked.slug, waiting.slug, "no-such"):
        assert send(client, {"text": ANSWER}, f"{QUESTIONS}{slug}/answers/").status_code == 404
    client.force_login(specialist().user)
    assert send(client, {"text": ANSWER}, f"{QUESTIONS}{waiting.slug}/answers/").status_code == 404
