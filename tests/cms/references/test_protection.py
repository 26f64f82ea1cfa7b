"""What articles use stays, also when only a draft uses it, and whichever way somebody tries to delete it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.articles.models import ArticleReference, Topic
from cms.articles.uses import uses_of
from cms.pages.models import InformationPage
from cms.people.models import Person
from cms.pictures.models import Picture
from cms.publishing.services import unpublish
from cms.references.models import Reference
from tests import factories

pytestmark = pytest.mark.django_db


def drafted(article: Any, **fields: Any) -> None:
    """Save a newer draft of an article; what readers see stays."""
    for name, value in fields.items():
        setattr(article, name, value)
    article.save_revision()


def draft_with(article: Any, work: Reference) -> None:
    drafted(article, references=[ArticleReference(reference=work)])


def test_reference_of_a_published_article__is_told_as_live() -> None:
    work = factories.reference()
    article = factories.article("On rest", references=[work])
    [use] = uses_of(Reference, [work.pk])[work.pk]
    assert (use.page_id, use.title, use.live) == (article.pk, "On rest", True)


def test_reference_of_a_draft_alone__is_told_as_draft() -> None:
    work = factories.reference()
    article = factories.article("On rest", references=[])
    draft_with(article, work)
    [use] = uses_of(Reference, [work.pk])[work.pk]
    assert (use.title, use.live) == ("On rest", False)


def test_reference_of_a_scheduled_revision_that_a_newer_draft_dropped__is_told() -> None:
    work = factories.reference()
    article = factories.article("On rest", references=[])
    draft_with(article, work)
    revision = article.latest_revision
    revision.approved_go_live_at = timezone.now() + timedelta(days=1)
    revision.save()
    drafted(article, references=[])
    assert [use.title for use in uses_of(Reference, [work.pk])[work.pk]] == ["On rest"]


def test_reference_that_only_an_old_revision_uses__is_free() -> None:
    work = factories.reference()
    article = factories.article(references=[])
    draft_with(article, work)
    drafted(article, references=[])
    assert uses_of(Reference, [work.pk]) == {}
    work.delete()
    assert not Reference.objects.exists()


def test_reference_in_use__raises_and_names_the_article() -> None:
    work = factories.reference("Being alone")
    factories.article("On rest", references=[work])
    with pytest.raises(ProtectedError), transaction.atomic():
        work.delete()
    assert Reference.objects.filter(pk=work.pk).exists()


@pytest.mark.parametrize("in_bulk", [False, True])
def test_reference_of_a_draft_alone__raises_and_names_the_article(in_bulk: bool) -> None:
    work = factories.reference("Being alone")
    draft_with(factories.article("On rest", references=[]), work)
    with (
        pytest.raises(ProtectedError, match=r"“Being alone \(1991\)” cannot be deleted: .* “On rest” \(draft\)"),
        transaction.atomic(),
    ):
        Reference.objects.filter(pk=work.pk).delete() if in_bulk else work.delete()
    assert Reference.objects.filter(pk=work.pk).exists()


def test_reference_of_an_unpublished_article__is_kept_for_it() -> None:
    work = factories.reference()
    unpublish(factories.article("On rest", references=[work]))
    [use] = uses_of(Reference, [work.pk])[work.pk]
    assert not use.live


def test_reference_that_nothing_uses__goes() -> None:
    work = factories.reference()
    factories.article(references=[factories.reference()])
    work.delete()
    assert not Reference.objects.filter(pk=work.pk).exists()


def test_author_and_reviewer__are_told_from_rows_and_drafts() -> None:
    author, reviewer, coming = factories.person(), factories.person(), factories.person()
    article = factories.article("On rest", authors=[author], reviewer=reviewer)
    drafted(article, reviewer=coming)
    uses = uses_of(Person, [author.pk, reviewer.pk, coming.pk])
    assert {key: use.live for key, [use] in uses.items()} == {author.pk: True, reviewer.pk: True, coming.pk: False}
    for person in (author, reviewer, coming):
        with pytest.raises(ProtectedError), transaction.atomic():
            person.delete()


def test_topic__is_told_from_rows_and_drafts_and_stays() -> None:
    shown, coming = factories.topic(), factories.topic()
    article = factories.article("On rest", topics=[shown])
    drafted(article, topics=[coming])
    uses = uses_of(Topic, [shown.pk, coming.pk])
    assert {key: use.live for key, [use] in uses.items()} == {shown.pk: True, coming.pk: False}
    with pytest.raises(ProtectedError), transaction.atomic():
        Topic.objects.filter(pk=shown.pk).delete()


def test_picture__is_told_from_the_article_its_body_and_drafts_and_stays() -> None:
    lead, inside, coming, free = (factories.picture() for _ in range(4))
    body = [*factories.body_blocks(), ("image", {"image": inside, "alt": "A band", "caption": ""})]
    article = factories.article("On rest", image=lead, body=body)
    drafted(article, body=[("image", {"image": coming, "alt": "A band", "caption": ""})])
    uses = uses_of(Picture, [lead.pk, inside.pk, coming.pk, free.pk])
    assert {key: use.live for key, [use] in uses.items()} == {lead.pk: True, inside.pk: True, coming.pk: False}
    for picture in (lead, inside, coming):
        with pytest.raises(ProtectedError), transaction.atomic():
            picture.delete()
    free.delete()


def test_topic_of_a_banner__is_kept_for_its_row_and_its_draft() -> None:
    shown, coming = factories.topic("Care"), factories.topic("Sleep")
    banner = factories.banner(topics=[shown], name="In autumn")
    banner.topics = [coming]
    banner.save_revision()
    for topic, told in ((shown, "“In autumn”"), (coming, r"“In autumn” \(draft\)")):
        with pytest.raises(ProtectedError, match=f"it is used by {told}. Take"), transaction.atomic():
            topic.delete()


def test_photo_of_a_person__is_kept_for_its_row_and_its_draft() -> None:
    shown, coming = factories.picture(), factories.picture()
    person = factories.person("Ada", photo=shown)
    person.photo = coming
    person.save_revision()
    for picture, told in ((shown, "“Ada”"), (coming, r"“Ada” \(draft\)")):
        with pytest.raises(ProtectedError, match=f"it is used by {told}. Take"), transaction.atomic():
            picture.delete()


@pytest.mark.parametrize("in_bulk", [False, True])
@pytest.mark.parametrize("drafted_only", [False, True])
def test_page_that_a_banner_leads_to__is_kept_and_the_banner_named(
    client: Client, in_bulk: bool, drafted_only: bool
) -> None:
    client.force_login(factories.publisher())
    page, free = factories.information_page("About us"), factories.information_page("About them")
    leading: dict[str, Any] = {"call_to_action": "More", "call_to_action_page": page}
    banner = factories.banner(name="In autumn", **({} if drafted_only else leading))
    if drafted_only:
        drafted(banner, **leading)

    def delete(page: Any) -> Any:
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={page.pk}"
        return client.post(bulk if in_bulk else reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)

    assert "it is used by “In autumn”" in delete(page).content.decode()
    delete(free)
    assert [*InformationPage.objects.all()] == [page]


def test_picture_whose_number_begins_another__is_not_taken_for_it() -> None:
    first = factories.picture().pk
    other = factories.picture(pk=first * 10)
    factories.article(body=[*factories.body_blocks(), ("image", {"image": other, "alt": "A band", "caption": ""})])
    assert uses_of(Picture, [first]) == {}


def test_many_uses__are_counted_after_the_fifth() -> None:
    work = factories.reference("Being alone")
    for number in range(7):
        draft_with(factories.article(f"On rest {number}", references=[]), work)
    with pytest.raises(ProtectedError, match=r"“On rest 4” \(draft\) and 2 more pages\."), transaction.atomic():
        work.delete()


def test_uses__cost_the_same_for_one_and_for_twenty(django_assert_max_num_queries: Any) -> None:
    works = [factories.reference() for _ in range(20)]
    draft_with(factories.article(references=works[:10]), works[11])
    with django_assert_max_num_queries(6):
        assert len(uses_of(Reference, [work.pk for work in works])) == 11
