"""What is due: reviews, and articles whose sources were corrected or retracted.

Everything here is about public articles as readers have them, never about drafts, and asks the database for the
articles' own rows: Wagtail's reference index is filled by a queue and may lag.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from cms.articles.models import Article, ArticleReference, NoticeCheck
from cms.references.evidence import ReferenceStatus
from cms.references.models import Citation, Reference

SOON = timedelta(days=30)


def reviews_overdue(now: datetime) -> "QuerySet[Article]":
    """Give public articles whose day of review has passed, those longest overdue first."""
    return _reviewed().filter(next_review_on__lt=_day(now)).order_by("next_review_on", "pk")


def reviews_due(now: datetime, within: timedelta = SOON) -> "QuerySet[Article]":
    """Give public articles whose day of review is today or comes within so many days, the nearest first."""
    today = _day(now)
    return _reviewed().filter(next_review_on__range=(today, today + within)).order_by("next_review_on", "pk")


def _reviewed() -> "QuerySet[Article]":
    return Article.objects.live().filter(alias_of=None)


def _day(now: datetime) -> date:
    return timezone.localtime(now).date()


# ---- Notices on sources ----------------------------------------------------------------------


@dataclass(frozen=True)
class Notice:
    """A public article, a corrected or retracted work that it cites, and who has looked at what that means."""

    article: Article
    reference: Reference
    check: NoticeCheck | None

    @property
    def label(self) -> str:
        """Say what became of the work: Corrected, Retracted."""
        return str(self.reference.get_status_display())


def notices(article_ids: Iterable[int] | None = None) -> list[Notice]:
    """Give every notice that public articles, or some of them, have to answer: retractions first, then the newest."""
    works = Reference.objects.filter(live=True).exclude(status=ReferenceStatus.NONE).in_bulk()
    if not works:
        return []
    pairs = _citing(set(works), article_ids)
    articles = Article.objects.live().in_bulk({article for article, _ in pairs})
    checks = _latest_checks(pairs)
    found = [
        Notice(articles[article], works[work], _answering(checks.get((article, work)), works[work]))
        for article, work in pairs
        if article in articles
    ]
    return sorted(found, key=_urgency)


def open_notices(article_ids: Iterable[int] | None = None) -> list[Notice]:
    """Give the notices that nobody has answered yet."""
    return [notice for notice in notices(article_ids) if notice.check is None]


def checked_on(article: Article, references: Iterable[int]) -> dict[int, date]:
    """Give the day on which the notice of each of some works was answered for an article, by the work's id."""
    works = Reference.objects.in_bulk(references)
    checks = _latest_checks({(article.pk, work) for work in works})
    answered = ((work, _answering(checks.get((article.pk, work)), works[work])) for work in works)
    return {work: _day(check.checked_at) for work, check in answered if check}


def _answering(check: NoticeCheck | None, reference: Reference) -> NoticeCheck | None:
    return check if check and check.answers(reference) else None


def _latest_checks(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], NoticeCheck]:
    by_work: dict[int, set[int]] = defaultdict(set)
    for article, work in pairs:
        by_work[work].add(article)
    some = {article for articles in by_work.values() for article in articles}
    checks = NoticeCheck.objects.filter(article__in=some, reference__in=by_work).select_related("checked_by")
    return {(check.article_id, check.reference_id): check for check in checks.order_by("checked_at", "pk")}


def _urgency(notice: Notice) -> tuple[bool, int, str, str, int]:
    day = notice.reference.notice_date
    return (
        notice.reference.status != ReferenceStatus.RETRACTED,
        -day.toordinal() if day else 0,
        notice.article.title,
        notice.reference.title,
        notice.reference.pk,
    )


def _citing(works: set[int], article_ids: Iterable[int] | None) -> set[tuple[int, int]]:
    """Give (article, work) for each of some works that an article lists or cites in its text.

    Among the articles may be other pages that cite the work.
    """
    listed = ArticleReference.objects.filter(reference__in=works)
    cited = Citation.objects.filter(reference__in=works)
    if article_ids is not None:
        some = list(article_ids)
        listed, cited = listed.filter(article__in=some), cited.filter(page__in=some)
    return {*listed.values_list("article_id", "reference_id"), *cited.values_list("page_id", "reference_id")}
