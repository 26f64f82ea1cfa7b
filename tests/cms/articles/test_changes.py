"""What an editor says of a change reaches readers with the version that has it, whichever way that is published."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from cms.articles.due import open_notices
from cms.articles.models import Article, NoticeCheck
from cms.publishing.services import publish, save_and_publish
from tests import factories
from tests.cms.articles.forms import article_form, send, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(client: Client) -> Client:
    client.force_login(factories.publisher())
    return client


def edit(article: Article) -> str:
    return reverse("wagtailadmin_pages:edit", args=[article.pk])


def form_of(article: Article, **fields: object) -> dict[str, object]:
    """Give what the browser sends for this article with other words; the rows that it has already stay."""
    words = {"title": article.title, "slug": article.slug, "summary": article.summary}
    return article_form(topics=list(article.topics.all()), **words, **fields)  # type: ignore[arg-type]


def notes(article: Article) -> list[tuple[str, str]]:
    return [(note.kind, note.note) for note in Article.objects.get(pk=article.pk).changes.all()]


def test_public_article__asks_what_changed_and_a_new_one_does_not(publisher: Client) -> None:
    live, draft = factories.article(), factories.article(live=False)
    assert "What changed?" in told(publisher.get(edit(live)))
    assert "What changed?" not in told(publisher.get(edit(draft)))
    new = reverse("wagtailadmin_pages:add", args=["articles", "article", live.get_parent().pk])
    assert "What changed?" not in told(publisher.get(new))


def test_note__becomes_public_with_its_version_on_the_day_of_publication(publisher: Client) -> None:
    article = factories.article(corrections=["First."])
    save = form_of(article, change_kind="update", change_note="Added a study.")
    send(publisher, edit(article), save)
    assert notes(article) == [("correction", "First.")]
    assert "Added a study." in told(publisher.get(edit(article)))
    publish(article)
    assert notes(article) == [("correction", "First."), ("update", "Added a study.")]
    article = Article.objects.get(pk=article.pk)
    assert article.changes.last().date == timezone.localdate()
    # Whoever edits next finds the note in the list, and an empty question.
    newest = article.get_latest_revision_as_object()
    assert (newest.change_note, newest.changes.count()) == ("", 2)
    save_and_publish(newest)
    assert len(notes(article)) == 2


def test_publishing_without_a_note__says_nothing(publisher: Client) -> None:
    article = factories.article()
    answer = send(publisher, edit(article), form_of(article, change_kind="review", change_note=" "), "publish")
    assert "published" in told(answer)
    assert notes(article) == []


def test_note_on_a_scheduled_version__waits_for_its_hour() -> None:
    article = factories.article()
    article.change_note, article.change_kind = "Reviewed; nothing changed.", "review"
    article.go_live_at = timezone.now() + timedelta(hours=1)
    save_and_publish(article)
    assert notes(article) == []
    Revision.objects.filter(approved_go_live_at__isnull=False).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
        revision.save()
    call_command("publish_scheduled")
    assert notes(article) == [("review", "Reviewed; nothing changed.")]


def test_version_that_takes_notices_into_account__takes_the_article_off_the_list(publisher: Client) -> None:
    work = factories.reference("A withdrawn study", status="retracted")
    article, other = factories.article(references=[work]), factories.article(references=[work])
    assert "Retracted: A withdrawn study" in told(publisher.get(edit(article)))
    form = form_of(article, change_kind="correction", change_note="Says less than before.", answers_notices="on")
    send(publisher, edit(article), form, "publish")
    assert [notice.article for notice in open_notices()] == [other]
    check = NoticeCheck.objects.get()
    assert (check.note, check.checked_by) == ("Says less than before.", factories.User.objects.get())
    assert notes(article) == [("correction", "Says less than before.")]
