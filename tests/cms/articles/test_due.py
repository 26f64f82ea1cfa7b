"""What is due: reviews by their day, and articles whose sources have a notice until somebody has looked."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageLogEntry

from cms.articles.due import notices, open_notices, reviews_due, reviews_overdue
from cms.articles.models import Article
from cms.articles.services import check_notice
from cms.publishing.services import save_and_publish, unpublish
from cms.references.citations import CitedItem, citation_markup
from cms.references.models import Reference
from tests import factories

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOW.date()


def citing(work: Reference, **fields: Any) -> Article:
    """Make an article that cites a work in its text and lists nothing."""
    text = f"<p>As was found {citation_markup([CitedItem(work.pk)], '(Author, 1991)')}.</p>"
    return factories.article(references=[], body=[("text", text)], **fields)


def retract(work: Reference, **fields: Any) -> Reference:
    for name, value in {"status": "retracted", "notice_date": date(2026, 8, 1), **fields}.items():
        setattr(work, name, value)
    return save_and_publish(work)


def waiting() -> list[Article]:
    return [notice.article for notice in open_notices()]


def test_reviews__are_due_up_to_their_day_and_overdue_from_the_next() -> None:
    days = [-2, -1, 0, 30, 31]
    articles = {
        offset: factories.article(reviewed_on=date(2024, 1, 1), next_review_on=TODAY + timedelta(days=offset))
        for offset in days
    }
    unpublish(factories.article(reviewed_on=date(2024, 1, 1), next_review_on=TODAY - timedelta(days=5)))
    assert list(reviews_overdue(NOW)) == [articles[-2], articles[-1]]
    assert list(reviews_due(NOW)) == [articles[0], articles[30]]
    assert list(reviews_due(NOW, timedelta(days=31))) == [articles[0], articles[30], articles[31]]


def test_retraction__puts_every_article_that_lists_or_cites_the_work_on_the_list() -> None:
    work, other = factories.reference(), factories.reference()
    listing, citing_it = factories.article("A", references=[work]), citing(work, title="B")
    factories.article(references=[other])
    factories.article(references=[work], live=False)
    assert waiting() == []
    retract(work)
    assert waiting() == [listing, citing_it]


def test_retraction_in_a_draft_of_the_work__puts_nothing_on_the_list() -> None:
    work = factories.reference()
    factories.article(references=[work])
    work.status, work.notice_date = "retracted", date(2026, 8, 1)
    work.save_revision()
    assert waiting() == []


def test_list__has_retractions_first_then_the_newest_notice() -> None:
    corrected = factories.reference(status="corrected", notice_date=date(2026, 10, 1))
    old = factories.reference(status="retracted", notice_date=date(2025, 1, 1))
    new = factories.reference(status="retracted", notice_date=date(2026, 1, 1))
    factories.article(references=[corrected, old, new])
    assert [notice.reference for notice in open_notices()] == [new, old, corrected]


def test_version_that_no_longer_cites_the_work__leaves_the_list() -> None:
    work = factories.reference(status="retracted")
    article = factories.article(references=[work])
    assert waiting() == [article]
    article.references = []
    save_and_publish(article)
    assert waiting() == []


def test_check__is_logged_and_takes_its_article_alone_off_the_list() -> None:
    work, somebody = factories.reference(status="retracted"), factories.publisher()
    looked_at, other = (factories.article(references=[work]) for _ in range(2))
    with pytest.raises(ValueError, match="note"):
        check_notice(looked_at, work, "  ", somebody)
    check_notice(looked_at, work, "The passage rests on two other studies.", somebody)
    assert waiting() == [other]
    assert [notice.check is not None for notice in notices([looked_at.pk])] == [True]
    entry = PageLogEntry.objects.get(action="respite.check_notice")
    assert (entry.page_id, entry.user) == (looked_at.pk, somebody)
    assert "two other studies" in entry.message


@pytest.mark.parametrize("change", [{"status": "retracted"}, {"notice_date": date(2026, 9, 9)}])
def test_further_notice_on_a_work__puts_the_article_on_the_list_again(change: dict[str, Any]) -> None:
    work = factories.reference(status="corrected", notice_date=date(2026, 8, 1))
    article = factories.article(references=[work])
    check_notice(article, work, "Nothing changes.")
    retract(work, status="corrected", annotation="Other words.", notice_doi="10.5555/notice.2")
    assert waiting() == []
    retract(work, **{"status": "corrected", **change})
    assert waiting() == [article]


def test_notices__cost_the_same_queries_for_one_article_and_for_four() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            open_notices()
        return len(context.captured_queries)

    work = factories.reference(status="retracted")
    citing(work)
    for_one = queries()
    for _ in range(3):
        citing(work)
    assert (queries(), len(waiting())) == (for_one, 4)
