"""The change feed: nothing missed, nothing told twice, and an honest refusal."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api.library import queries
from api.library.cursors import BadCursor, CursorGone
from api.library.models import Entry
from api.library.services import begin_epoch, bury
from api.library.sweep import sweep
from cms.publishing.services import ledger, save_and_publish, unpublish
from tests import factories
from tests.api.library.copy import Copy, entry_of, library_as_it_is

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_copy__is_the_library_after_one_reading() -> None:
    factories.article()
    copy = Copy(limit=2)
    copy.poll()
    assert copy.things == library_as_it_is()
    assert copy.revisions == sorted(copy.revisions)


def test_nothing_new__is_told_with_a_cursor_that_stays() -> None:
    factories.topic()
    copy = Copy()
    copy.poll()
    cursor = copy.cursor
    assert copy.poll() == 0
    assert copy.cursor == cursor


def test_changes__are_told_once_in_the_order_of_their_commits() -> None:
    source, topic = factories.article(), factories.topic("Before")
    copy = Copy()
    copy.poll()
    topic.title = "After"
    save_and_publish(topic)
    unpublish(source)
    assert copy.poll() == 2
    assert copy.things[str(topic.public_id)]["title"] == "After"
    assert copy.deletions == {str(source.public_id): None}


def test_change_in_the_middle_of_a_reading__is_told_at_its_end() -> None:
    topics = [factories.topic() for _ in range(4)]
    copy = Copy()
    page = queries.changes(0, 2)
    for entry in page.entries:
        copy.take(entry, timezone.now())
    topics[0].title = "Changed meanwhile"
    save_and_publish(topics[0])
    unpublish(topics[3])
    copy.cursor = page.cursor
    copy.poll()
    assert copy.things == library_as_it_is()


def test_what_has_ended__is_told_as_deleted_before_the_sweep_and_after_it() -> None:
    banner = factories.banner(ends_at=timezone.now() + DAY)
    copy = Copy()
    copy.poll()
    with time_machine.travel(timezone.now() + 2 * DAY):
        late = Copy()
        late.poll()
        assert str(banner.public_id) not in late.things
        sweep()
        copy.poll()
        assert str(banner.public_id) not in copy.things


def test_cursor_of_another_epoch__is_refused() -> None:
    factories.topic()
    copy = Copy()
    copy.poll()
    begin_epoch()
    with pytest.raises(CursorGone):
        copy.poll()
    assert queries.changes(0).entries


def test_cursor_ahead_of_the_head__is_refused() -> None:
    factories.topic()
    with pytest.raises(CursorGone):
        queries.changes(ledger().revision + 1)


@pytest.mark.parametrize("text", ["", "x", "-1", "1-2", "1.5", "9" * 30, "1-1-zzzzzzzzzzzz"])
def test_text_that_is_no_cursor__is_named_so(text: str) -> None:
    with pytest.raises(BadCursor):
        queries.changes(text)


def test_cursor_older_than_a_forgotten_deletion__is_refused() -> None:
    kept, source = factories.topic(), factories.topic()
    copy = Copy()
    copy.poll()
    unpublish(source)
    Entry.objects.filter(pk=source.public_id).update(deleted_at=timezone.now() - 181 * DAY)
    with pytest.raises(CursorGone):
        copy.poll()
    again = Copy(limit=1)
    again.poll()
    assert again.things == library_as_it_is()
    assert str(kept.public_id) in again.things
    assert str(source.public_id) not in again.deletions


@pytest.mark.usefixtures("bare")
def test_deletion_of_179_days_ago__is_still_told() -> None:
    source = factories.topic()
    copy = Copy()
    copy.poll()
    unpublish(source)
    Entry.objects.filter(pk=source.public_id).update(deleted_at=timezone.now() - 179 * DAY)
    copy.poll()
    assert copy.things == {}


def test_tombstone_written_anew__is_told_anew_and_refuses_nobody() -> None:
    source = factories.article()
    unpublish(source)
    Entry.objects.filter(pk=source.public_id).update(deleted_at=timezone.now() - 181 * DAY)
    copy = Copy()
    copy.poll()
    bury(Entry.objects.get(pk=source.public_id), "A better one stands elsewhere.")
    assert copy.poll() == 1
    assert copy.deletions[str(source.public_id)] is not None


def test_first_reading_and_all_after_it__are_never_refused_for_what_was_forgotten_before() -> None:
    buried = [factories.topic() for _ in range(3)]
    for one in buried:
        unpublish(one)
    Entry.objects.filter(deleted=True).update(deleted_at=timezone.now() - 200 * DAY)
    [factories.topic() for _ in range(3)]
    last = factories.topic()
    unpublish(last)
    Entry.objects.filter(deleted=True).update(deleted_at=timezone.now() - 200 * DAY)
    copy = Copy(limit=1)
    copy.poll()
    assert copy.things == library_as_it_is()
    assert copy.poll() == 0
    factories.topic()
    assert copy.poll() == 1


def test_feed__costs_the_same_queries_for_one_change_and_for_fifty() -> None:
    factories.topic()

    def queries_for() -> int:
        with CaptureQueriesContext(connection) as context:
            queries.changes(0, 200)
        return len(context.captured_queries)

    one = queries_for()
    [factories.topic() for _ in range(49)]
    assert queries_for() == one


# ---- Addresses and how long an answer holds --------------------------------------------------


def test_address_nobody_ever_had__is_none() -> None:
    assert queries.find("/never/") is None


def test_finding__costs_one_query_for_what_is_there_and_two_for_what_is_not() -> None:
    page, gone = factories.information_page("There"), factories.information_page("Gone")
    unpublish(gone)
    for path, most in (("/there/", 1), ("/gone/", 2), ("/never/", 2)):
        with CaptureQueriesContext(connection) as context:
            queries.find(path)
        assert len(context.captured_queries) == most, path
    assert queries.find("/there/") == queries.Found(entry=entry_of(page))
    assert queries.find("/gone/") == queries.Found(gone=entry_of(gone))


def test_page_past_its_end__counts_as_gone_at_once() -> None:
    page = factories.information_page("Brief", expire_at=timezone.now() + DAY)
    with time_machine.travel(timezone.now() + 2 * DAY):
        assert queries.find("/brief/") == queries.Found(gone=entry_of(page))


def test_what_an_entry_was_made_of__leaves_it_at_the_moment_of_its_end() -> None:
    related = factories.article("Brief", expire_at=timezone.now() + DAY)
    source = factories.article(
        "Made of it", related=[related], body=[("text", f'<p><a linktype="page" id="{related.pk}">words</a></p>')]
    )
    entry = entry_of(source)
    assert queries.current(entry) is entry
    assert [card["title"] for card in entry.data["related"]] == ["Brief"]
    with time_machine.travel(timezone.now() + 2 * DAY):
        found = queries.find("/articles/made-of-it/")
        assert found is not None
        assert found.entry is not None
        assert found.entry.data["related"] == []
        assert b"/brief/" not in bytes(found.entry.body)
        assert found.entry.etag != entry.etag
        sweep()
        assert entry_of(source).data == found.entry.data


@pytest.mark.parametrize("fields", ["starts_at", "ends_at"])
@pytest.mark.parametrize(("seconds", "age"), [(30, 29), (90, 60)])
def test_answer__holds_until_the_next_start_or_end_and_at_most_60_seconds(fields: str, seconds: int, age: int) -> None:
    with time_machine.travel(timezone.now().replace(microsecond=500_000), tick=False):
        now = timezone.now()
        boundary: dict[str, Any] = {fields: now + timedelta(seconds=seconds)}
        factories.banner(**boundary)
        assert queries.max_age(now, ["banner"]) == age
        assert queries.max_age(now, ["helpline"]) == 60
        assert queries.max_age(now) == age
        assert queries.entry_max_age(Entry.objects.get(kind="banner"), now) == age


def test_answer_holding_something_that_ends_soon__holds_no_longer() -> None:
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False):
        now = timezone.now()
        related = factories.article(expire_at=now + timedelta(seconds=40))
        source = factories.article(related=[related])
        assert queries.entry_max_age(entry_of(source), now) == 40
        assert queries.max_age(now, ["article"]) == 40


def test_age__costs_one_query() -> None:
    with CaptureQueriesContext(connection) as context:
        assert queries.max_age(timezone.now(), ["article"]) == 60
    assert len(context.captured_queries) == 1
