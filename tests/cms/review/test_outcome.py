"""What somebody is told who takes a step of a review, and who opens what came back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.articles.models import Article
from cms.people.models import User
from cms.publishing.services import one_writer
from tests import factories
from tests.cms.articles.forms import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted() -> Any:
    """Give an article that its writer has handed in."""
    writer = factories.writer(first_name="Ines", last_name="Calder")
    article: Any = factories.article("On rest", live=False, owner=writer)
    with one_writer():
        article.get_workflow().start(article, writer)
    return article


def browser_of(user: User) -> Client:
    client = Client(headers={"accept": "text/html"})
    client.force_login(user)
    return client


def act(client: Client, article: Any, action: str, comment: str = "") -> str:
    """Take a step from the dashboard, and give the page that is shown next."""
    state = Article.objects.get(pk=article.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, action, state.pk])
    client.post(address, {"comment": comment}, headers={"x-requested-with": "XMLHttpRequest"})
    return told(client.get(reverse("wagtailadmin_home")))


def test_each_step__says_where_the_article_is_now(submitted: Any) -> None:
    reviewer, publisher = browser_of(factories.clinical_reviewer()), browser_of(factories.publisher())
    assert "“On rest” is approved. The next step is: Publication." in act(reviewer, submitted, "approve")
    assert "“On rest” is approved, and is public." in act(publisher, submitted, "approve")


def test_approved_before_its_time__says_when_it_will_be_public(submitted: Any) -> None:
    draft = submitted.get_latest_revision_as_object()
    draft.go_live_at = timezone.now().replace(minute=0) + timedelta(days=400)
    draft.save_revision()
    act(browser_of(factories.clinical_reviewer()), submitted, "approve")
    page = act(browser_of(factories.publisher()), submitted, "approve")
    assert f"will be public on {timezone.localtime(draft.go_live_at):%-d %B %Y, %H:%M}." in page


def test_what_is_sent_back__says_to_whom_and_its_writer_reads_why(submitted: Any) -> None:
    page = act(browser_of(factories.clinical_reviewer(first_name="Tomas")), submitted, "reject", "Is <this> so?")
    assert "“On rest” is sent back to Ines Calder." in page
    writer = browser_of(submitted.owner)
    edit = reverse("wagtailadmin_pages:edit", args=[submitted.pk])
    assert "Is &lt;this&gt; so?” Change it, then choose “Resubmit”" in writer.get(edit).content.decode()
    # The form's own scripts ask as well, and would use the message up
    writer.get(edit, headers={"accept": "*/*"})
    assert "Is &lt;this&gt; so?" not in writer.get(reverse("wagtailadmin_home")).content.decode().split("desk-list")[0]


def test_step_that_is_refused__says_nothing_of_an_approval(submitted: Any) -> None:
    submitted.topics.clear()
    draft = submitted.get_latest_revision_as_object()
    draft.topics = []
    draft.save_revision()
    act(browser_of(factories.clinical_reviewer()), submitted, "approve")
    page = act(browser_of(factories.publisher()), submitted, "approve")
    assert "choose at least one topic" in page
    assert "is approved" not in page


def test_reviewer_who_approves__is_named_in_what_is_published(submitted: Any) -> None:
    reviewer = factories.clinical_reviewer()
    person = factories.person("Dr Tomas Feld", user=reviewer)
    act(browser_of(reviewer), submitted, "approve")
    noted = Article.objects.get(pk=submitted.pk)
    assert noted.current_workflow_task_state.revision == noted.latest_revision
    act(browser_of(factories.publisher()), submitted, "approve")
    article = Article.objects.get(pk=submitted.pk)
    assert (article.live, article.reviewer, article.reviewed_on) == (True, person, timezone.localdate())
