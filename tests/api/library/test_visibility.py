"""Only what an anonymous reader may see has an entry."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Revision, Site

from api.library import queries
from api.library.build import describe
from api.library.models import Entry, FormerPath
from api.library.services import publish_entry, upsert
from api.library.signals import entry_changed
from api.library.sweep import publish_scheduled, sweep
from cms.publishing.rules import NotReady
from cms.publishing.services import delete, ledger, move, publish, save_and_publish, unpublish
from tests import factories
from tests.api.library.copy import entry_of, is_published

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)

Commit = Callable[..., AbstractContextManager[Any]]


def test_draft__has_no_entry() -> None:
    assert not Entry.objects.filter(pk=factories.article(live=False).public_id).exists()
    assert not Entry.objects.filter(pk=factories.topic(live=False).public_id).exists()


def test_draft_over_a_live_article__changes_nothing_until_published() -> None:
    source = factories.article("Before")
    before = entry_of(source).revision
    source.title = "After"
    source.save_revision()
    assert (entry_of(source).title, entry_of(source).revision) == ("Before", before)
    publish(source)
    assert entry_of(source).title == "After"


def test_scheduled_article__has_no_entry_before_its_time_and_one_after() -> None:
    source = factories.article(go_live_at=timezone.now() + HOUR)
    assert not is_published(source)
    with time_machine.travel(timezone.now() + 2 * HOUR):
        assert publish_scheduled() == 1
        assert is_published(source)


def test_scheduled_article_that_is_not_ready__is_named_once_and_loses_its_schedule(
    caplog: pytest.LogCaptureFixture,
) -> None:
    source = factories.article("Half done", go_live_at=timezone.now() + HOUR)
    revision = source.latest_revision
    Revision.objects.filter(pk=revision.pk).update(content={**revision.content, "summary": ""})
    with time_machine.travel(timezone.now() + 2 * HOUR):
        assert [publish_scheduled(), publish_scheduled()] == [0, 0]
    assert not is_published(source)
    assert Revision.objects.get(pk=revision.pk).approved_go_live_at is None
    (told,) = [record for record in caplog.records if record.name == "api.library.sweep"]
    assert (told.levelname, told.exc_info) == ("WARNING", None)
    assert "Half done" in told.getMessage()


def test_article_past_its_end__becomes_a_tombstone_without_a_reason() -> None:
    source = factories.article(expire_at=timezone.now() + HOUR)
    assert is_published(source)
    with time_machine.travel(timezone.now() + 2 * HOUR):
        assert sweep().ended == 1
        assert entry_of(source).deleted
        assert queries.deletion_data(entry_of(source)) is None
        assert publish_scheduled() == 1
        assert entry_of(source).deleted


def test_article_published_past_its_end__has_no_entry() -> None:
    source = factories.article()
    source.expire_at = timezone.now() - HOUR
    source.save()
    assert publish_entry(source) is None
    assert entry_of(source).deleted


def test_banner__travels_before_its_start_and_is_buried_after_its_end() -> None:
    now = timezone.now()
    source = factories.banner(starts_at=now + HOUR, ends_at=now + 2 * HOUR)
    entry = entry_of(source)
    assert (entry.starts_at, entry.ends_at) == (
        source.starts_at.replace(microsecond=0),
        source.ends_at.replace(microsecond=0),
    )
    running = Entry.objects.running_at
    assert [running(now + after).filter(pk=entry.pk).exists() for after in (HOUR / 2, 1.5 * HOUR, 2.5 * HOUR)] == [
        False,
        True,
        False,
    ]
    with time_machine.travel(now + 3 * HOUR):
        sweep()
        assert entry_of(source).deleted


def test_unpublished_article__leaves_a_tombstone_with_nothing_of_it_but_its_address() -> None:
    source = factories.article()
    before = entry_of(source)
    unpublish(source)
    entry = entry_of(source)
    assert (entry.deleted, entry.path, entry.slug) == (True, before.path, before.slug)
    assert entry.revision > before.revision
    assert not any(
        [entry.data, entry.title, entry.text, entry.card, entry.etag, bytes(entry.body), bytes(entry.body_br)]
    )
    assert [entry.facets.count(), entry.ingredients.count()] == [0, 0]


def test_withdrawn_article__keeps_its_public_reason_and_what_to_read_instead() -> None:
    instead, source = factories.article("Read this"), factories.article()
    source.withdrawal_reason, source.withdrawal_replacement = "It rested on a retracted study.", instead
    source.save(update_fields=["withdrawal_reason", "withdrawal_replacement"])
    unpublish(source)
    told = {"reason": "It rested on a retracted study.", "replacement_path": "/articles/read-this/"}
    assert queries.deletion_data(entry_of(source)) == told


def test_republished_article__is_back_under_its_own_id_without_the_reason() -> None:
    source = factories.article()
    source.withdrawal_reason = "For a while."
    source.save(update_fields=["withdrawal_reason"])
    unpublish(source)
    buried = entry_of(source).revision
    publish(source)
    entry = entry_of(source)
    assert (entry.deleted, entry.reason, entry.deleted_at) == (False, "", None)
    assert entry.revision > buried


def test_deleted_things__leave_tombstones_also_below_a_deleted_page() -> None:
    source, topic = factories.article(), factories.topic()
    index = Page.objects.get(pk=factories.article_index().pk)
    delete(index)
    delete(topic)
    assert Entry.objects.get(pk=source.public_id).deleted
    assert Entry.objects.get(path="/articles/").deleted
    assert Entry.objects.get(pk=topic.public_id).deleted


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
def test_restriction_on_an_ancestor__hides_what_is_published_below_it(kind: str) -> None:
    index = factories.article_index()
    PageViewRestriction.objects.create(page=index, restriction_type=kind, password="x")
    assert not Entry.objects.existing().filter(pk=factories.article().public_id).exists()


def test_restriction_added_later__buries_the_branch_and_its_end_brings_it_back() -> None:
    index, elsewhere = factories.article_index(), factories.information_page()
    source = factories.article()
    restriction = PageViewRestriction.objects.create(page=index, restriction_type="login")
    assert [entry_of(source).deleted, entry_of(index).deleted] == [True, True]
    assert not entry_of(elsewhere).deleted
    assert queries.deletion_data(entry_of(source)) is None
    restriction.delete()
    assert [is_published(source), is_published(index)] == [True, True]


def test_restriction_on_a_neighbour_of_similar_path__touches_nobody_else() -> None:
    pages = [factories.information_page() for _ in range(3)]
    PageViewRestriction.objects.create(page=pages[0], restriction_type="login")
    assert [is_published(page) for page in pages] == [False, True, True]


def test_page_outside_the_site__has_no_entry() -> None:
    factories.home_page()
    stray = factories.publish_below(factories.ground(), factories.InformationPage(title="Stray", slug="stray", body=[]))
    assert not is_published(stray)


def test_site_that_begins_elsewhere__changes_every_address(django_capture_on_commit_callbacks: Commit) -> None:
    section = factories.information_page("Section")
    inner = factories.information_page("Inner", parent=section)
    with django_capture_on_commit_callbacks(execute=True):
        site = Site.objects.get()
        site.root_page = section
        site.save()
    assert entry_of(inner).path == "/inner/"
    assert entry_of(section).path == "/"
    assert not is_published(factories.home_page())


# ---- Addresses -------------------------------------------------------------------------------


def test_new_slug__moves_the_entry_with_all_below_and_the_old_addresses_lead_there() -> None:
    section = factories.information_page("Section")
    inner = factories.information_page("Inner", parent=section)
    section.slug = "part"
    save_and_publish(section)
    assert [entry_of(page).path for page in (section, inner)] == ["/part/", "/part/inner/"]
    assert entry_of(inner).data["path"] == "/part/inner/"
    assert queries.find("/section/inner/") == queries.Found(moved_to="/part/inner/")
    assert queries.find("/section/") == queries.Found(moved_to="/part/")


def test_move__gives_a_branch_its_new_addresses() -> None:
    first, second = factories.information_page("First"), factories.information_page("Second")
    inner = factories.information_page("Inner", parent=first)
    move(inner, second)
    assert entry_of(inner).path == "/second/inner/"
    assert queries.find("/first/inner/") == queries.Found(moved_to="/second/inner/")


def test_move_below_a_restricted_page__buries_the_branch() -> None:
    closed, inner = factories.information_page("Closed"), factories.information_page("Inner")
    deeper = factories.information_page("Deeper", parent=inner)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    move(inner, closed)
    assert [entry_of(inner).deleted, entry_of(deeper).deleted] == [True, True]


def test_address_taken_over_by_another__leads_to_the_new_one() -> None:
    first = factories.information_page("First")
    first.slug = "moved"
    save_and_publish(first)
    factories.information_page("First")
    found = queries.find("/first/")
    assert found is not None
    assert found.entry == Entry.objects.get(path="/first/")
    assert not FormerPath.objects.filter(path="/first/").exists()


def test_second_article_of_the_same_slug__is_refused_and_nothing_of_it_is_published() -> None:
    factories.article("Same", slug="same")
    other_index = factories.article_index(slug="more", title="More")
    twin = factories.article("Other", parent=other_index, live=False)
    before = ledger().revision
    draft = twin.latest_revision
    draft.content["slug"] = "same"
    draft.save()
    with pytest.raises(NotReady, match="another page already"):
        publish(twin)
    twin.refresh_from_db()
    assert not twin.live
    assert ledger().revision == before


# ---- What was said already -------------------------------------------------------------------


def test_unchanged_description__writes_nothing() -> None:
    source = factories.article()
    before, told = entry_of(source).revision, []
    receiver = lambda **sent: told.append(sent["entry"])  # noqa: E731
    entry_changed.connect(receiver)
    try:
        publish_entry(source)
        upsert(describe(source))
    finally:
        entry_changed.disconnect(receiver)
    assert (entry_of(source).revision, ledger().revision, told) == (before, before, [])


def test_every_written_entry__is_told_with_its_new_revision() -> None:
    told: list[tuple[str, int, bool]] = []

    def receiver(entry: Entry, **sent: object) -> None:
        told.append((entry.kind, entry.revision, entry.deleted))

    entry_changed.connect(receiver)
    try:
        source = factories.topic()
        unpublish(source)
    finally:
        entry_changed.disconnect(receiver)
    first, second = told
    assert first == ("topic", second[1] - 1, False)
    assert second == ("topic", ledger().revision, True)


def test_live_thing_saved_by_a_script__is_followed_after_the_commit(django_capture_on_commit_callbacks: Commit) -> None:
    source = factories.person("Before")
    with django_capture_on_commit_callbacks(execute=True):
        source.name = "After"
        source.save()
    assert entry_of(source).title == "After"


def test_page_made_live_by_a_script__is_followed_after_the_commit(django_capture_on_commit_callbacks: Commit) -> None:
    home = factories.home_page()
    with django_capture_on_commit_callbacks(execute=True):
        page = factories.InformationPage(title="Scripted", slug="scripted", body=[], live=True)
        home.add_child(instance=page)
    assert is_published(page)


def test_two_pages_that_change_places__both_get_their_new_addresses(django_capture_on_commit_callbacks: Commit) -> None:
    first, second = factories.information_page("First"), factories.information_page("Second")
    with django_capture_on_commit_callbacks(execute=True):
        for page, slug in ((first, "between"), (second, "first"), (first, "second")):
            page.refresh_from_db()
            page.slug = slug
            page.save()
    assert [entry_of(page).path for page in (first, second)] == ["/second/", "/first/"]
