"""What a body cites keeps its works from being deleted, and keeps the page from being published without them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from cms.articles.models import Article
from cms.articles.uses import uses_of
from cms.publishing.rules import NotReady
from cms.publishing.services import one_writer, save_and_publish
from cms.references.citations import CitedItem, citation_markup
from cms.references.models import Citation, Reference
from tests import factories

pytestmark = pytest.mark.django_db


def citing(*keys: int, words: str = "(Bowlby, 1988)") -> list[tuple[str, Any]]:
    return [("text", f"<p>So {citation_markup([CitedItem(key) for key in keys], words)}.</p>")]


def problems(page: Any) -> str:
    with pytest.raises(NotReady) as refused:
        save_and_publish(page)
    return " ".join(refused.value.problems)


def test_draft_that_is_cited__keeps_the_article_a_draft_and_is_named() -> None:
    work = factories.reference("Being alone", live=False)
    article = factories.article(references=[], body=citing(work.pk), live=False)
    assert "it cites “Being alone (1991)”, which is not published" in problems(article)
    article.refresh_from_db()
    assert not article.live


def test_live_article__cannot_take_up_a_work_that_was_deleted_and_says_which_words() -> None:
    article = factories.article(references=[])
    article.body = citing(987654, words="(Gone, 1999)")
    assert "a reference that was deleted: “(Gone, 1999)”" in problems(article)
    assert "987654" not in str(Article.objects.get(pk=article.pk).body.raw_data)


def test_work_whose_time_has_ended__counts_as_not_published() -> None:
    work = factories.reference("Being alone")
    Reference.objects.filter(pk=work.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    assert "Being alone" in problems(factories.article(references=[], body=citing(work.pk), live=False))


def test_citation_of_nothing__is_named() -> None:
    body = [("text", '<p><a linktype="citation" items="broken">(Lost, 2001)</a></p>')]
    assert "“(Lost, 2001)” names no reference" in problems(factories.article(references=[], body=body, live=False))


def test_page_of_information__is_held_to_the_same() -> None:
    work = factories.reference("Being alone", live=False)
    assert "Being alone" in problems(factories.information_page(body=citing(work.pk), live=False))


def test_schedule__does_not_publish_what_cites_a_draft() -> None:
    work = factories.reference("Being alone", live=False)
    article = factories.article(references=[], body=citing(work.pk), live=False)
    article.go_live_at = timezone.now() + timedelta(days=1)
    assert "Being alone" in problems(article)
    assert not article.revisions.exclude(approved_go_live_at=None).exists()


def test_work_cited_in_a_text__is_used_there_and_cannot_be_deleted() -> None:
    work = factories.reference()
    article = factories.article("On rest", references=[], body=citing(work.pk))
    assert [(use.page_id, use.live) for use in uses_of(Reference, [work.pk])[work.pk]] == [(article.pk, True)]
    with pytest.raises(ProtectedError), transaction.atomic():
        work.delete()


def test_work_cited_in_a_draft_alone__is_used_there() -> None:
    work = factories.reference()
    article = factories.article("On rest", references=[])
    article.body = citing(work.pk)
    with one_writer():
        article.save_revision()
    assert [(use.title, use.live) for use in uses_of(Reference, [work.pk])[work.pk]] == [("On rest", False)]


def test_citation_that_is_taken_out__frees_the_work() -> None:
    work, other = factories.reference(), factories.reference()
    article = factories.article(references=[], body=citing(work.pk, other.pk))
    article.body = citing(other.pk)
    article = save_and_publish(article)
    assert list(Citation.objects.values_list("reference", flat=True)) == [other.pk]
    assert uses_of(Reference, [work.pk]) == {}


def test_copy_of_a_page__cites_what_the_page_cites() -> None:
    work = factories.reference()
    article = factories.article("On rest", references=[], body=citing(work.pk))
    with one_writer():
        copied = article.copy(update_attrs={"slug": "again", "title": "Again"}, keep_live=False)
    assert [use.title for use in uses_of(Reference, [work.pk])[work.pk]] == ["Again", "On rest"]
    assert "citation" in str(copied.body.raw_data)
