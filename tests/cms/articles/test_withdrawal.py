"""An article leaves the public with its reason, in the admin and in services."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from api.library.models import Entry
from cms.articles.services import withdraw
from cms.publishing.services import publish
from tests import factories
from tests.cms.articles.forms import article_form, send, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(client: Client) -> Client:
    client.force_login(factories.publisher())
    return client


def test_form__asks_for_the_public_reason(publisher: Client) -> None:
    article = factories.article()
    response = publisher.get(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
    assert "Public reason" in told(response)


def test_unpublishing_with_a_reason__leaves_a_tombstone_that_says_it(publisher: Client) -> None:
    article, instead = factories.article(), factories.article("Instead")
    address = reverse("wagtailadmin_pages:unpublish", args=[article.pk])
    publisher.post(address, {"reason": "The advice has changed.", "replacement": instead.pk}, follow=True)
    entry = Entry.objects.get(id=article.public_id)
    assert entry.deleted
    assert entry.reason == "The advice has changed."
    assert entry.replacement_path == "/articles/instead/"


def test_unpublishing_without_a_reason__asks_again_and_changes_nothing(publisher: Client) -> None:
    article = factories.article()
    address = reverse("wagtailadmin_pages:unpublish", args=[article.pk])
    response = publisher.post(address, {"reason": " "}, follow=True)
    assert "This field is required" in told(response)
    article.refresh_from_db()
    assert article.live


def test_unpublishing_in_bulk__sends_to_the_article_by_itself(publisher: Client) -> None:
    articles = [factories.article(), factories.article()]
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    query = "&".join(f"id={article.pk}" for article in articles)
    response = publisher.post(f"{address}?{query}", {"include_descendants": ""}, follow=True)
    assert "Nothing was changed" in told(response)
    assert Entry.objects.existing().filter(kind="article").count() == 2


def bulk_address(action: str, *pages: Page) -> str:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return f"{address}?{'&'.join(f'id={page.pk}' for page in pages)}"


def test_list_unpublished_with_all_below__is_refused_while_an_article_is_live(publisher: Client) -> None:
    article, index = factories.article("On rest"), factories.article_index()
    single = reverse("wagtailadmin_pages:unpublish", args=[index.pk])
    for address in (single, bulk_address("unpublish", index)):
        response = publisher.post(address, {"include_descendants": "on"}, follow=True)
        assert "Withdraw “On rest” first" in told(response)
        article.refresh_from_db()
        index.refresh_from_db()
        assert article.live
        assert index.live


def test_list_with_withdrawn_articles_alone__is_unpublished_with_all_below(publisher: Client) -> None:
    withdraw(factories.article(), "The advice has changed.")
    index = factories.article_index()
    publisher.post(reverse("wagtailadmin_pages:unpublish", args=[index.pk]), {"include_descendants": "on"})
    index.refresh_from_db()
    assert not index.live


@pytest.mark.parametrize("above", [False, True])
@pytest.mark.parametrize("in_bulk", [False, True])
def test_live_article__is_not_deleted_before_it_is_withdrawn(client: Client, above: bool, in_bulk: bool) -> None:
    client.force_login(factories.administrator() if above else factories.publisher())
    article = factories.article("On rest")
    page = factories.article_index() if above else article
    address = bulk_address("delete", page) if in_bulk else reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert "Withdraw “On rest” first" in told(client.post(address, follow=True))
    article.refresh_from_db()
    assert article.live
    withdraw(article, "The advice has changed.")
    client.post(address)
    assert not Page.objects.filter(pk=page.pk).exists()


def test_publishing_again__takes_the_withdrawal_back() -> None:
    article = withdraw(factories.article(), "The advice has changed.")
    article.save_revision()
    publish(article)
    article.refresh_from_db()
    assert article.withdrawal_reason == ""
    entry = Entry.objects.get(id=article.public_id)
    assert not entry.deleted
    assert entry.reason == ""


def test_publishing_again_at_a_later_hour__keeps_the_reason_until_then() -> None:
    article = withdraw(factories.article(), "The advice has changed.")
    later = timezone.now() + timedelta(hours=1)
    article.go_live_at = later
    article.save_revision()
    publish(article)
    article.refresh_from_db()
    assert article.withdrawal_reason == "The advice has changed."
    assert Entry.objects.get(id=article.public_id).reason == "The advice has changed."
    with time_machine.travel(later + timedelta(minutes=1)):
        call_command("publish_scheduled")
    article.refresh_from_db()
    assert article.live
    assert article.withdrawal_reason == ""


def test_publishing_again_from_the_form__takes_the_withdrawal_back(publisher: Client) -> None:
    article = withdraw(factories.article(slug="rest"), "The advice has changed.")
    form = article_form(authors=[factories.person()], topics=[factories.topic()], summary="What rest is.")
    send(publisher, reverse("wagtailadmin_pages:edit", args=[article.pk]), form, "publish")
    article.refresh_from_db()
    assert article.live
    assert article.withdrawal_reason == ""


def test_withdrawal_without_a_reason__is_an_error() -> None:
    with pytest.raises(ValueError, match="public reason"):
        withdraw(factories.article(), " ")
