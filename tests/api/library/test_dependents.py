"""When something an entry was made of changes, the entry is built again."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from api.library import queries
from api.library.dependents import BATCH, drain, refresh_batch
from api.library.models import Entry
from cms.publishing.services import delete, save_and_publish, unpublish
from tests import factories
from tests.api.library.copy import entry_of

pytestmark = pytest.mark.django_db


def change(thing: Any, **fields: Any) -> None:
    """Publish a thing with other fields, then do what the task would."""
    for name, value in fields.items():
        setattr(thing, name, value)
    save_and_publish(thing)
    drain()


def linking_to(page: Any) -> Any:
    return factories.article(body=[("text", f'<p><a linktype="page" id="{page.pk}">words</a></p>')])


def html_of(article: Any) -> str:
    return entry_of(article).data["body"][0]["html"]


def test_reference__changes_in_every_article_that_rests_on_it() -> None:
    work = factories.reference("Before")
    articles = [factories.article(references=[work]) for _ in range(2)]
    other = factories.article()
    before = entry_of(other).revision
    change(work, title="After")
    assert ["After" in entry_of(one).data["references"][0]["formatted"] for one in articles] == [True, True]
    assert entry_of(other).revision == before


def test_retraction__is_said_in_every_article_that_rests_on_it() -> None:
    work = factories.reference()
    source = factories.article(references=[work])
    change(work, status="retracted", notice_date=date(2026, 8, 1))
    assert entry_of(source).data["references"][0]["status"] == "retracted"


def test_unpublished_reference__leaves_the_articles_and_comes_back() -> None:
    work = factories.reference()
    source = factories.article(references=[work])
    unpublish(work)
    drain()
    assert entry_of(source).data["references"] == []
    change(work)
    assert len(entry_of(source).data["references"]) == 1


def test_person__changes_where_they_wrote_and_where_they_reviewed() -> None:
    somebody = factories.person("Before")
    written, reviewed = factories.article(authors=[somebody]), factories.article(reviewer=somebody)
    change(somebody, name="After", slug="after")
    assert entry_of(written).data["authors"][0]["name"] == "After"
    assert entry_of(reviewed).data["reviewer"]["path"] == "/people/after/"
    assert entry_of(written).facets.filter(name="author", value="after").exists()


def test_topic__changes_on_articles_and_on_banners() -> None:
    topic = factories.topic("Before")
    source, banner = factories.article(topics=[topic]), factories.banner(topics=[topic])
    change(topic, title="After", slug="after")
    assert entry_of(source).data["topics"][0]["title"] == "After"
    assert entry_of(banner).data["topics"] == ["after"]
    assert entry_of(banner).facets.filter(name="topic", value="after").exists()


def test_card__changes_also_in_the_articles_that_relate_to_it() -> None:
    topic = factories.topic("Before")
    source = factories.article(topics=[topic])
    relating = factories.article(related=[source])
    change(topic, title="After")
    drain()
    assert entry_of(relating).data["related"][0] == json.loads(entry_of(source).card)
    assert entry_of(relating).data["related"][0]["topics"][0]["title"] == "After"


def test_articles_that_relate_to_each_other__come_to_rest() -> None:
    first = factories.article("First")
    second = factories.article("Second", related=[first])
    first.relations.create(related=second)
    change(first, title="Changed")
    drain()
    assert entry_of(second).data["related"][0]["title"] == "Changed"
    assert not Entry.objects.exclude(stale_since=None).exists()


@pytest.mark.parametrize("take_back", [unpublish, delete])
def test_related_article_taken_back__leaves_the_block(take_back: Callable[[Any], Any]) -> None:
    related = factories.article()
    source = factories.article(related=[related])
    take_back(related)
    drain()
    assert entry_of(source).data["related"] == []


def test_picture_with_another_file__is_shown_in_its_new_sizes() -> None:
    picture = factories.picture()
    source = factories.article(image=picture, body=[("image", {"image": picture, "alt": "A", "caption": ""})])
    before = entry_of(source).data["image"]["src"]
    picture.file = factories.png("other.png", colour="#445566")
    picture.save()
    drain()
    data = entry_of(source).data
    assert data["image"]["src"] != before
    assert data["body"][0]["image"]["src"] == data["image"]["src"]


def test_linked_page__is_followed_to_its_new_slug() -> None:
    target = factories.information_page("Before")
    source = linking_to(target)
    change(target, slug="after")
    assert html_of(source) == '<p><a href="/after/">words</a></p>'


def test_linked_page_below_a_renamed_one__is_followed() -> None:
    section = factories.information_page("Section")
    source = linking_to(factories.information_page("Inner", parent=section))
    change(section, slug="part")
    assert html_of(source) == '<p><a href="/part/inner/">words</a></p>'


def test_linked_page_that_is_restricted__loses_its_link_and_gets_it_back() -> None:
    target = factories.information_page("Target")
    source = linking_to(target)
    restriction = PageViewRestriction.objects.create(page=target, restriction_type="login")
    drain()
    assert html_of(source) == "<p>words</p>"
    restriction.delete()
    drain()
    assert html_of(source) == '<p><a href="/target/">words</a></p>'


def test_link_to_a_draft__appears_when_the_draft_is_published() -> None:
    target = factories.information_page("Target", live=False)
    source = linking_to(target)
    assert html_of(source) == "<p>words</p>"
    change(target)
    assert html_of(source) == '<p><a href="/target/">words</a></p>'


def test_call_to_action__leads_to_the_pages_new_address_or_nowhere() -> None:
    page = factories.consultation_page("Free")
    banner = factories.banner(call_to_action="Begin", call_to_action_page=page)
    change(page, slug="first-step")
    assert entry_of(banner).data["call_to_action"] == {"label": "Begin", "path": "/first-step/"}
    unpublish(page)
    drain()
    assert entry_of(banner).data["call_to_action"] is None


def test_what_to_read_instead__follows_that_article_and_goes_with_it() -> None:
    instead, source = factories.article("Instead"), factories.article()
    source.withdrawal_reason, source.withdrawal_replacement = "Out of date.", instead
    source.save(update_fields=["withdrawal_reason", "withdrawal_replacement"])
    unpublish(source)
    change(instead, slug="better")
    assert entry_of(source).replacement_path == "/articles/better/"
    unpublish(instead)
    drain()
    assert queries.deletion_data(entry_of(source)) == {"reason": "Out of date.", "replacement_path": ""}


def test_change_that_others_do_not_show__builds_none_of_them() -> None:
    related = factories.article()
    source = factories.article(related=[related])
    related.content_note = "Something of its own."
    save_and_publish(related)
    assert entry_of(source).stale_since is None


def test_dependents__are_marked_in_the_same_transaction() -> None:
    work = factories.reference()
    source = factories.article(references=[work])
    work.annotation = "Changed."
    save_and_publish(work)
    assert entry_of(source).stale_since is not None
    drain()
    assert entry_of(source).stale_since is None


def test_marked_entries__are_built_20_to_a_transaction() -> None:
    topic, author = factories.topic(), factories.person()
    for _ in range(BATCH + 5):
        factories.article(topics=[topic], references=[], authors=[author], reviewer=author)
    topic.title = "Changed"
    save_and_publish(topic)
    assert refresh_batch(timezone.now()) == BATCH
    assert Entry.objects.exclude(stale_since=None).count() == 5
    assert drain() == 5


def test_one_entry_that_cannot_be_built__does_not_hold_up_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    topic = factories.topic()
    broken, fine = factories.article(topics=[topic]), factories.article(topics=[topic])
    from api.library import services

    publish_entry = services.publish_entry

    def fail(source: Any, *arguments: Any) -> Any:
        if source.pk == broken.pk:
            raise RuntimeError("cannot be built")
        return publish_entry(source, *arguments)

    monkeypatch.setattr(services, "publish_entry", fail)
    topic.title = "Changed"
    save_and_publish(topic)
    drain()
    assert entry_of(fine).data["topics"][0]["title"] == "Changed"
    assert entry_of(broken).stale_since is not None
    monkeypatch.undo()
    drain()
    assert entry_of(broken).data["topics"][0]["title"] == "Changed"


@pytest.mark.django_db(transaction=True)
def test_dependents__are_built_by_themselves_after_the_commit() -> None:
    work = factories.reference("Before")
    relating = factories.article(related=[factories.article(references=[work])], references=[work])
    work.title = "After"
    save_and_publish(work)
    assert "After" in entry_of(relating).data["references"][0]["formatted"]
    assert not Entry.objects.exclude(stale_since=None).exists()
