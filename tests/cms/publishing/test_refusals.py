"""Publishing that no form was asked about is refused with the reason, and changes nothing."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState

from cms.articles.models import Article
from cms.publishing.rules import problems_of
from tests import factories
from tests.cms.articles.forms import pass_review, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(client: Client) -> Client:
    client.force_login(factories.publisher())
    return client


def unsigned(title: str) -> Article:
    """Give a draft without an author."""
    article = factories.article(title, live=False)
    article.authorships = []
    article.save_revision()
    return article


def in_review(article: Article) -> Any:
    """Submit an article, have it reviewed, and give the state of the publisher's task."""
    page: Any = article
    page.get_workflow().start(article, factories.writer())
    return pass_review(article)


def test_approval_in_a_dialog__leads_to_the_form_which_says_why_not(publisher: Client) -> None:
    article = unsigned("On rest")
    state = in_review(article)
    address = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", state.pk])
    response = publisher.post(address, {"comment": "Good."}, headers={"X-Requested-With": "XMLHttpRequest"})
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert response.json() == {"step": "success", "redirect": edit}
    assert "Authors: add at least one author." in told(publisher.get(edit))
    article.refresh_from_db()
    state.refresh_from_db()
    assert not article.live
    assert state.status == TaskState.STATUS_IN_PROGRESS


def test_publishing_in_bulk__publishes_none_where_one_is_not_ready(publisher: Client) -> None:
    ready, missing = factories.article("On care", live=False), unsigned("On rest")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = publisher.post(f"{address}?id={ready.pk}&id={missing.pk}", {"include_descendants": ""}, follow=True)
    assert "“On rest” is not published yet. Nothing was changed." in told(response)
    assert not Article.objects.live().exists()


@pytest.mark.parametrize(("levels", "refused"), [(["3", "2"], True), (["2", "3"], False), ([], False)])
def test_article_that_begins_with_a_subsection__is_not_published(levels: list[str], refused: bool) -> None:
    headings = [("heading", {"text": f"Part {number}", "level": level}) for number, level in enumerate(levels, 1)]
    article = factories.article(live=False, body=[*headings, ("text", factories.rich_text("Words."))])
    problems = [problem for problem in problems_of(article) if problem.startswith("Body: “Part 1” is a subsection")]
    assert bool(problems) is refused
