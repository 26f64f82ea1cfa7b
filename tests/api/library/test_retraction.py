"""A retraction reaches every article that cites the work, and every phone, with the one task that it sets off."""

from datetime import date
from typing import Any

import pytest

from api.library import queries
from api.library.dependents import drain
from api.library.models import Entry
from cms.articles.services import check_notice
from cms.publishing.services import save_and_publish
from tests import factories
from tests.api.library.copy import entry_of

pytestmark = pytest.mark.django_db


def test_evidence__is_told_of_a_work_and_where_it_is_cited() -> None:
    rater = factories.person("Dr Rater")
    work = factories.reference(
        study_type="randomised_trial", strength="moderate", rated_by=rater, rated_on=date(2026, 3, 12)
    )
    article = factories.article(references=[work])
    for told in (entry_of(work).data, entry_of(article).data["references"][0]):
        assert (told["study_type"], told["study_type_label"]) == ("randomised_trial", "Randomised controlled trial")
        assert (told["strength"], told["strength_label"]) == ("moderate", "Moderate")
        assert (told["rated_by"]["name"], told["rated_on"]) == ("Dr Rater", "2026-03-12")
    rater.name = "Dr Renamed"
    save_and_publish(rater)
    drain()  # the work says it, which marks the article again
    drain()
    assert entry_of(article).data["references"][0]["rated_by"]["name"] == "Dr Renamed"


def test_retraction__is_in_the_feed_for_every_article_that_lists_the_work(
    django_capture_on_commit_callbacks: Any,
) -> None:
    work = factories.reference()
    articles = [factories.article(references=[work]) for _ in range(3)]
    untouched = factories.article()
    drain()
    cursor = queries.changes(0, 200).cursor
    work.status, work.notice_doi, work.notice_date = "retracted", "10.5555/notice.1", date(2026, 8, 1)
    with django_capture_on_commit_callbacks(execute=True):
        save_and_publish(work)
        assert Entry.objects.exclude(stale_since=None).count() == len(articles)
    assert not Entry.objects.exclude(stale_since=None).exists()
    changed = {entry.pk: entry for entry in queries.changes(cursor, 200).entries}
    assert set(changed) == {work.public_id, *(article.public_id for article in articles)}
    assert untouched.public_id not in changed
    for article in articles:
        told = changed[article.public_id].data["references"][0]
        assert told["status"] == "retracted"
        assert told["notice_doi_url"] == "https://doi.org/10.5555/notice.1"
        assert (told["notice_date"], told["notice_checked_on"]) == ("2026-08-01", None)


def test_check_of_a_notice__is_told_at_once() -> None:
    work = factories.reference(status="retracted")
    article = factories.article(references=[work])
    before = entry_of(article).revision
    check = check_notice(article, work, "Nothing rests on it.")
    entry = entry_of(article)
    assert entry.revision > before
    assert entry.data["references"][0]["notice_checked_on"] == check.checked_at.date().isoformat()
    assert "Nothing rests on it." not in str(entry.data)


def test_changes__are_told_newest_first_and_corrections_among_them_as_before() -> None:
    article = factories.article(corrections=["A number was wrong."])
    article.change_note, article.change_kind = "Added a study.", "update"
    save_and_publish(article)
    data = entry_of(article).data
    assert [(change["kind"], change["note"]) for change in data["changes"]] == [
        ("update", "Added a study."),
        ("correction", "A number was wrong."),
    ]
    assert data["corrections"] == [{"date": "2026-10-01", "note": "A number was wrong."}]
