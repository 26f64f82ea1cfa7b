"""Who hears of what by email, and when."""

from functools import partial
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client, TestCase
from django.urls import reverse
from pytest_django.fixtures import Settings
from wagtail.users.models import UserProfile

from cms.articles.models import Article
from cms.publishing.services import one_writer
from tests import factories
from tests.cms.articles.forms import pass_review
from tests.cms.review.page_actions import PAGE_ACTIONS
from tests.cms.review.stage import Stage

pytestmark = pytest.mark.django_db

committing = partial(TestCase.captureOnCommitCallbacks, execute=True)
ORIGIN = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def _after_the_commit(settings: Settings) -> None:
    settings.MAIL_BACKEND = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "cms.review.mail.AfterCommitBackend"


@pytest.fixture
def submitted() -> Any:
    """Give an article that its writer has handed in, with somebody of each role, before anybody was told."""
    factories.clinical_reviewer("reviews@example.org")
    factories.publisher("publishes@example.org")
    factories.administrator("administers@example.org")
    writer = factories.writer("writes@example.org", first_name="Ines")
    article: Any = factories.article("On rest", live=False, owner=writer)
    with committing(), one_writer():
        article.get_workflow().start(article, writer)
    return article


def act(article: Any, by: str, action: str, comment: str = "") -> Any:
    client = Client()
    client.force_login(getattr(factories, by)())
    state = Article.objects.get(pk=article.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, action, state.pk])
    with committing():
        return client.post(address, {"comment": comment})


def subjects(to: str) -> list[str]:
    return [message.subject for message in mail.outbox if message.to == [to]]


def test_what_is_submitted__is_told_to_the_reviewers_alone(submitted: Any) -> None:
    assert [message.to for message in mail.outbox] == [["reviews@example.org"]]
    message: Any = mail.outbox[0]
    assert message.subject == "Clinical review: “On rest” is waiting for you"
    address = f"{ORIGIN}/admin/pages/{submitted.pk}/edit/"
    html = str(message.alternatives[0][0])
    assert address in message.body and address in html
    assert "<img" not in html and "http" not in html.replace(ORIGIN, "")


def test_approved_review__is_told_to_the_publishers_and_publication_to_the_writer(submitted: Any) -> None:
    act(submitted, "clinical_reviewer", "approve")
    assert subjects("publishes@example.org") == ["Publication: “On rest” is waiting for you"]
    assert subjects("writes@example.org") == []
    act(submitted, "publisher", "approve")
    assert subjects("writes@example.org") == ["“On rest” is approved"]
    assert "approved and published" in mail.outbox[-1].body


def test_what_is_sent_back__is_told_to_the_writer_with_the_comment(submitted: Any) -> None:
    act(submitted, "clinical_reviewer", "reject", "Is <this> so?")
    assert subjects("writes@example.org") == ["“On rest” has come back to you"]
    assert "> Is <this> so?" in mail.outbox[-1].body
    message: Any = mail.outbox[-1]
    assert "Is &lt;this&gt; so?" in str(message.alternatives[0][0])


def test_message__is_not_sent_for_what_is_rolled_back(submitted: Any) -> None:
    mail.outbox.clear()
    with committing(), one_writer():
        pass_review(submitted)
        assert mail.outbox == []
        transaction.set_rollback(True)
    assert mail.outbox == []


def test_mail_server_that_refuses__does_not_undo_the_approval(submitted: Any, settings: Settings) -> None:
    settings.MAIL_BACKEND = "tests.cms.review.test_messages.Refusing"
    assert act(submitted, "clinical_reviewer", "approve").status_code == 302
    assert Article.objects.get(pk=submitted.pk).current_workflow_task.name == "Publication"


class Refusing:
    def __init__(self, **options: Any) -> None:
        pass

    def send_messages(self, messages: list[Any]) -> int:
        raise ConnectionRefusedError("Nobody is at home.")


def test_whoever_wants_no_messages__gets_none(submitted: Any) -> None:
    profile = UserProfile.get_for_user(submitted.owner)
    profile.rejected_notifications = False
    profile.save()
    act(submitted, "clinical_reviewer", "reject", "Not yet.")
    assert subjects("writes@example.org") == []


def test_comment__is_told_to_those_who_follow_the_comments(submitted: Any) -> None:
    submitted.subscribers.create(user=submitted.owner, comment_notifications=True)
    reviewer = factories.clinical_reviewer()
    client = Client()
    client.force_login(reviewer)
    stage = Stage({}, factories.article_index(), factories.article_index())
    stage.things |= {"authors": [factories.person()], "topic": factories.topic()}
    mail.outbox.clear()
    with committing():
        assert PAGE_ACTIONS["comment"](stage, client, submitted)
    assert subjects("writes@example.org") == [f"{reviewer} commented on “On rest”"]
    assert "- Is this so?" in mail.outbox[-1].body


def test_other_messages__are_sent_as_they_come() -> None:
    with transaction.atomic():
        mail.send_mail("A new password", "Here.", None, ["somebody@example.org"])
        assert subjects("somebody@example.org") == ["A new password"]
