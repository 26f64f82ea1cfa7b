"""The moderators' desk: what stands first, what can be decided, and what is written down."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.people.models import User
from cms.questions.models import Handling, Question, State
from cms.questions.triage import queue
from tests import factories
from tests.cms.questions.making import ANSWER, WORDING, answer, public_question, question
from tests.cms.snippet_desk import told

pytestmark = pytest.mark.django_db

URGENT: dict[str, Any] = {
    "title": "Should I tell somebody?",
    "text": "Some nights I want to die, and then it goes away.",
}


@pytest.fixture
def moderator(client: Client) -> User:
    user = factories.safety_moderator()
    client.force_login(user)
    return user


def decide(client: Client, thing: Any, decision: str, **given: Any) -> Any:
    name = "questions_read" if isinstance(thing, Question) else "questions_read_answer"
    return client.post(reverse(name, args=[thing.pk]), {"edition": 1, "decision": decision, **given})


def waited(asked: Question, days: int) -> Question:
    asked.waiting_since = timezone.now() - timedelta(days=days)
    asked.save()
    return asked


def test_queue__has_what_may_be_urgent_first_then_the_oldest(moderator: User) -> None:
    old, urgent = waited(question(), 3), waited(question(**URGENT), 1)
    given = answer(public_question())
    assert [one.thing for one in queue(moderator)] == [urgent, old, given]
    assert [one.is_urgent for one in queue(moderator)] == [True, False, False]


def test_urgency__is_written_down_nowhere() -> None:
    urgent, other = question(**URGENT), question()
    names = {field.name for field in Question._meta.get_fields()} & {"urgent", "is_urgent", "risk", "priority"}
    assert names == set()
    plain = ("state", "live", "edition", "language", "topic_id")
    assert [getattr(urgent, name) for name in plain] == [getattr(other, name) for name in plain]


def test_what_is_decided__is_no_longer_called_urgent(client: Client, moderator: User) -> None:
    asked = question(**URGENT)
    address = reverse("questions_read", args=[asked.pk])
    assert "may mean danger" in client.get(address).content.decode()
    decide(client, asked, "publish")
    assert "may mean danger" not in client.get(address).content.decode()
    assert queue(moderator) == []


def test_queue__asks_the_database_as_often_for_one_as_for_many(
    client: Client, moderator: User, django_assert_max_num_queries: Any
) -> None:
    for _number in range(6):
        answer(public_question())
        question()
    with django_assert_max_num_queries(2):
        listed = queue(moderator)
        assert len([one.title + one.words for one in listed]) == 12


def test_moderator__reads_and_publishes_with_another_topic(client: Client, moderator: User) -> None:
    factories.topic("Grief")
    asked = question()
    page = client.get(reverse("questions_queue")).content.decode()
    assert WORDING["title"] in page
    page = client.get(reverse("questions_read", args=[asked.pk])).content.decode()
    assert WORDING["text"] in page
    assert asked.author.email not in page
    assert decide(client, asked, "publish", topic="grief")["Location"] == reverse("questions_queue")
    asked.refresh_from_db()
    assert (asked.state, asked.live, asked.topic and asked.topic.slug) == (State.PUBLISHED, True, "grief")
    actions = Handling.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["read", "published"]


def test_what_comes_back__needs_a_reason_which_is_said_in_the_language_of_the_question(
    client: Client, moderator: User
) -> None:
    asked = question(language="de")
    refused = decide(client, asked, "return")
    assert refused.status_code == 400
    assert "Say why" in told(refused)
    decide(client, asked, "return", reasons=["identifies"], words="Mit freundlichem Gruß")
    asked.refresh_from_db()
    assert asked.state == State.RETURNED
    assert "Bitte" in asked.note
    assert asked.note.endswith("\n\nMit freundlichem Gruß")


def test_decision_about_a_wording_that_is_no_longer_the_newest__does_nothing(client: Client, moderator: User) -> None:
    asked = question()
    Question.objects.filter(pk=asked.pk).update(edition=2)
    answered = client.post(
        reverse("questions_read", args=[asked.pk]), {"edition": 1, "decision": "publish"}, follow=True
    )
    assert "Nothing was done" in answered.content.decode()
    assert Question.objects.get().state == State.WAITING


def test_public_question__is_taken_down_with_a_reason(client: Client, moderator: User) -> None:
    asked = public_question()
    decide(client, asked, "reject", words="It names somebody.")
    asked.refresh_from_db()
    assert (asked.state, asked.live, asked.note) == (State.REJECTED, False, "It names somebody.")


def test_answer__is_read_beside_its_question_and_published(client: Client, moderator: User) -> None:
    given = answer(public_question())
    page = client.get(reverse("questions_read_answer", args=[given.pk])).content.decode()
    assert ANSWER in page
    assert WORDING["text"] in page
    decide(client, given, "publish")
    given.refresh_from_db()
    assert given.live


def test_shelves__show_what_was_decided(client: Client, moderator: User) -> None:
    asked = public_question(title="This one is public now")
    rejected = question(title="This one never will be")
    decide(client, rejected, "reject", reasons=["advertising"])
    shelf = reverse("questions_queue") + "?show="
    assert asked.title in client.get(shelf + "public").content.decode()
    assert rejected.title in client.get(shelf + "rejected").content.decode()
    assert rejected.title not in client.get(shelf + "public").content.decode()


@pytest.mark.parametrize("make", [factories.writer, factories.clinical_reviewer, factories.publisher])
def test_other_roles__do_not_see_the_desk(client: Client, make: Any) -> None:
    asked = question()
    client.force_login(make())
    for address in (reverse("questions_queue"), reverse("questions_read", args=[asked.pk])):
        assert WORDING["title"] not in client.get(address, follow=True).content.decode()
    assert reverse("questions_queue") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_dashboard_of_moderators__has_what_waits_first(client: Client, moderator: User) -> None:
    question(**URGENT)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert URGENT["title"] in page
    assert "To be read first" in page
