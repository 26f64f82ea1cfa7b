"""An editor writes, a publisher publishes: through the admin's own forms."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail.signals import page_published
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from api.library.models import Entry
from cms.articles.models import Article, ArticleIndex
from cms.publishing.addresses import RESERVED
from cms.publishing.languages import other_codes
from cms.publishing.services import save_and_publish
from pwa import urls as pwa_urls
from tests import factories
from tests.cms.articles.forms import article_form, only_article, pass_review, send, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> ArticleIndex:
    return factories.article_index()


@pytest.fixture
def writer(client: Client) -> Client:
    client.force_login(factories.writer())
    return client


@pytest.fixture
def publisher() -> Client:
    client = Client()
    client.force_login(factories.publisher())
    return client


def add_address(index: ArticleIndex) -> str:
    return reverse("wagtailadmin_pages:add", args=["articles", "article", index.pk])


def edit_address(article: Article) -> str:
    return reverse("wagtailadmin_pages:edit", args=[article.pk])


def whole_form(**fields: object) -> dict[str, object]:
    return article_form(
        authors=[factories.person()],
        topics=[factories.topic()],
        references=[factories.reference()],
        **{"summary": "What rest is.", **fields},  # type: ignore[arg-type]  # values of a form
    )


def test_draft_without_required_fields__is_kept(writer: Client, index: ArticleIndex) -> None:
    send(writer, add_address(index), article_form(text=""))
    article = only_article()
    assert not article.live
    assert article.summary == ""


def test_draft_with_nothing_but_a_title__is_edited_again(writer: Client, index: ArticleIndex) -> None:
    send(writer, add_address(index), article_form(text=""))
    response = send(writer, edit_address(only_article()), article_form(text="", title="Rest, again"))
    assert response.status_code == 200
    assert only_article().latest_revision.content["title"] == "Rest, again"


def test_publishing_without_author_and_topic__keeps_the_draft_and_says_what_is_missing(
    publisher: Client, index: ArticleIndex
) -> None:
    response = send(publisher, add_address(index), article_form(summary="What rest is."), "publish")
    assert "add at least one author" in told(response)
    assert "choose at least one topic" in told(response)
    assert not only_article().live
    assert only_article().summary == "What rest is."


def test_publishing_without_summary__is_refused_in_the_form_with_everything_still_there(
    publisher: Client, index: ArticleIndex
) -> None:
    response = send(publisher, add_address(index), whole_form(summary=""), "publish")
    assert "This field is required" in told(response)
    assert "Something to read." in told(response)
    assert not Article.objects.exists()


def test_editor_who_presses_publish__only_saves_a_draft(writer: Client, index: ArticleIndex) -> None:
    send(writer, add_address(index), whole_form(), "publish")
    assert not only_article().live


def test_submitted_article__is_published_when_a_reviewer_and_a_publisher_approve(
    writer: Client, publisher: Client, index: ArticleIndex
) -> None:
    send(writer, add_address(index), whole_form(), "submit")
    article = only_article()
    assert not article.live
    state = pass_review(article)
    article.refresh_from_db()
    assert not article.live
    action = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", state.pk])
    publisher.post(action, {"comment": ""}, follow=True)
    article.refresh_from_db()
    assert article.live
    entry = Entry.objects.get(kind="article")
    assert entry.path == "/articles/rest/"
    assert len(entry.data["references"]) == 1
    assert entry.data["references"][0]["annotation"] == "Said here."


def test_incomplete_article_that_is_approved__is_not_published_and_the_approval_stands_open(
    writer: Client, publisher: Client, index: ArticleIndex
) -> None:
    response = send(writer, add_address(index), article_form(summary="What rest is."), "submit")
    article = only_article()
    state = pass_review(article)
    action = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", state.pk])
    response = publisher.post(action, {"comment": ""}, follow=True)
    assert "add at least one author" in told(response)
    article.refresh_from_db()
    state.refresh_from_db()
    assert not article.live
    assert state.status == state.STATUS_IN_PROGRESS


def test_incomplete_article_that_is_approved_from_its_form__keeps_what_was_written(
    writer: Client, publisher: Client, index: ArticleIndex
) -> None:
    send(writer, add_address(index), article_form(summary="What rest is."), "submit")
    article = only_article()
    pass_review(article)
    form = article_form(summary="What rest is.", title="Rest, approved") | {"workflow-action-name": "approve"}
    response = send(publisher, edit_address(article), form, "workflow-action")
    assert "What you wrote is kept as a draft" in told(response)
    assert "add at least one author" in told(response)
    article.refresh_from_db()
    assert not article.live
    assert article.latest_revision.content["title"] == "Rest, approved"
    state = article.current_workflow_task_state
    assert state.status == state.STATUS_IN_PROGRESS


@pytest.fixture
def taken_address() -> Iterator[None]:
    """Have the library refuse whatever is published, as it does where an address is taken."""

    def refuse(**kwargs: object) -> None:
        raise ValidationError("Somebody lives there already.")

    page_published.connect(refuse, sender=Article)
    yield
    page_published.disconnect(refuse, sender=Article)


@pytest.mark.usefixtures("taken_address")
def test_new_article_that_the_library_refuses__is_kept_as_a_draft(publisher: Client, index: ArticleIndex) -> None:
    response = send(publisher, add_address(index), whole_form(), "publish")
    assert response.status_code == 200
    assert "Somebody lives there already." in told(response)
    assert "What you wrote is kept as a draft" in told(response)
    assert not only_article().live
    assert only_article().summary == "What rest is."


@pytest.mark.usefixtures("taken_address")
def test_article_that_the_library_refuses_in_bulk__is_as_it_was(publisher: Client) -> None:
    article = factories.article(live=False)
    response = publisher.post(
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={article.pk}", follow=True
    )
    assert "Nothing was changed" in told(response)
    assert "Somebody lives there already." in told(response)
    article.refresh_from_db()
    assert not article.live


def test_scheduled_article__is_public_only_after_its_time(publisher: Client, index: ArticleIndex) -> None:
    later = timezone.now() + timedelta(hours=1)
    form = whole_form(go_live_at=later.strftime("%Y-%m-%d %H:%M"))
    send(publisher, add_address(index), form, "publish")
    assert not only_article().live
    assert not Entry.objects.filter(kind="article").exists()
    with time_machine.travel(later + timedelta(minutes=1)):
        call_command("publish_scheduled")
    assert only_article().live
    assert Entry.objects.existing().filter(kind="article").exists()


def test_same_slug_below_another_list__is_refused_with_the_reason(publisher: Client, index: ArticleIndex) -> None:
    factories.article("Rest", slug="rest")
    other = factories.article_index(slug="more", title="More")
    response = send(publisher, add_address(other), whole_form(), "publish")
    assert "address of another page already" in told(response)
    assert Article.objects.count() == 1


def test_list_at_an_address_of_the_site__is_refused(client: Client) -> None:
    client.force_login(factories.publisher())
    address = reverse("wagtailadmin_pages:add", args=["articles", "articleindex", factories.home_page().pk])
    form = {"title": "Help", "slug": "help", "introduction": "", **nested_form_data({"comments": inline_formset([])})}
    assert "address that the site itself needs" in told(send(client, address, form, "publish"))
    assert not ArticleIndex.objects.filter(slug="help").exists()
    send(client, address, {**form, "slug": "helpful"}, "publish")
    assert ArticleIndex.objects.filter(slug="helpful", live=True).exists()


def test_article_named_like_an_address_of_the_site__is_published() -> None:
    assert factories.article("Help", slug="help").live


def test_reserved_addresses__are_all_that_stand_before_the_pages() -> None:
    firsts = {str(pattern.pattern).lstrip("^").split("/")[0] for pattern in get_resolver().url_patterns}
    firsts |= {str(getattr(pattern, "pattern", "")).split("/")[0] for pattern in pwa_urls.urlpatterns[:-1]}
    assert firsts - {""} <= {*RESERVED, *other_codes()}


def test_picture_block_without_alternative_text__is_not_published(publisher: Client) -> None:
    article = factories.article(live=False, body=[("image", {"image": factories.picture(), "alt": "", "caption": ""})])
    response = publisher.post(
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={article.pk}", follow=True
    )
    assert "Alternative text" in told(response)
    article.refresh_from_db()
    assert not article.live


def test_older_version__is_restored_and_published(publisher: Client) -> None:
    article = factories.article("First title", slug="kept")
    first = article.latest_revision
    article.title = "Second title"
    save_and_publish(article)
    address = reverse("wagtailadmin_pages:revisions_revert", args=[article.pk, first.pk])
    assert "First title" in told(publisher.get(address))
    form = whole_form(title="First title", slug="kept", revision=first.pk)
    send(publisher, edit_address(article), form, "publish")
    article.refresh_from_db()
    assert article.title == "First title"
    assert Entry.objects.get(kind="article").title == "First title"


def test_copied_article__has_an_id_of_its_own() -> None:
    article = factories.article()
    twin = article.copy(update_attrs={"slug": "twin", "title": "Twin"}, keep_live=False)
    assert twin.public_id != article.public_id


def test_published_article__is_linked_where_readers_find_it(publisher: Client, index: ArticleIndex) -> None:
    response = send(publisher, add_address(index), whole_form(), "publish")
    address = Entry.objects.get(kind="article").path
    assert only_article().full_url == f"{settings.ORIGIN}{address}" == f"{settings.ORIGIN}/articles/rest/"
    assert factories.home_page().full_url == settings.ORIGIN + "/"
    assert f'href="{address}"' in told(response)
    assert "View live" in told(response)


def test_copy_that_is_to_be_published_at_once__is_refused(publisher: Client, index: ArticleIndex) -> None:
    article = factories.article()
    address = reverse("wagtailadmin_pages:copy", args=[article.pk])
    form = {"new_title": "Twin", "new_slug": "twin", "new_parent_page": index.pk}
    assert "A copy begins as a draft" in told(publisher.post(address, {**form, "publish_copies": "on"}, follow=True))
    assert Article.objects.count() == 1
    publisher.post(address, form)
    assert not Article.objects.get(slug="twin").live


@pytest.mark.parametrize("mode", ["reader", "offline", "json"])
def test_preview__answers_in_every_mode(publisher: Client, mode: str) -> None:
    article = factories.article("Seen before", live=False)
    response = publisher.get(reverse("wagtailadmin_pages:view_draft", args=[article.pk]) + f"?mode={mode}")
    assert response.status_code == 200
    assert "Seen before" in told(response)


def test_topics__are_offered_in_the_language_of_the_article(writer: Client, index: ArticleIndex) -> None:
    english, german = (
        factories.topic("Sleep"),
        factories.topic("Schlaf", locale=Locale.objects.get_or_create(language_code="de")[0]),
    )
    page = told(writer.get(add_address(index)))
    assert english.title in page and german.title not in page
