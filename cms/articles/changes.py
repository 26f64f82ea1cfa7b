"""What an article says of its own changes: notes for readers, and answers to the notices on its sources.

Wagtail publishes on several ways (a form, a workflow's approval, the schedule, in bulk). All of them end in the
``save`` of the version that goes live, so what it says is taken from it there.
"""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cms.articles.change_kind import ChangeKind

if TYPE_CHECKING:
    from cms.articles.models import Article


def tell_change(article: "Article") -> str:
    """Make what a version that goes live says of its change one of its change notes.

    Give the words with which it answers the notices on its sources, or "" where it does not. Of an article that
    was never public nothing is told. The stored version is changed too, so that whoever goes on from it finds the
    note in its list.
    """
    from cms.articles.models import Article, ArticleChange

    note, answers = article.change_note.strip(), article.answers_notices
    if not note and not answers:
        return ""
    kind = article.change_kind or ChangeKind.UPDATE
    article.change_note, article.change_kind, article.answers_notices = "", ChangeKind.UPDATE, False
    if note and Article.objects.filter(pk=article.pk, first_published_at__isnull=False).exists():
        last = max((change.sort_order or 0 for change in article.changes.all()), default=-1)
        article.changes.add(ArticleChange(kind=kind, date=timezone.localdate(), note=note, sort_order=last + 1))
    if article.live_revision is not None:
        revision = article.live_revision
        said: dict[str, Any] = article.serializable_data()
        told = {name: said[name] for name in ("changes", "change_note", "change_kind", "answers_notices")}
        revision.content = {**revision.content, **told}
        revision.save(update_fields=["content"])
    return note or str(article._meta.get_field("answers_notices").verbose_name) if answers else ""


def note_answers(article: "Article", note: str) -> None:
    """Put down, in the name of who wrote the version, that it takes the notices on its sources into account."""
    from cms.articles.due import open_notices
    from cms.articles.services import check_notice

    if not note:
        return
    user = article.live_revision.user if article.live_revision else None
    for notice in open_notices(article_ids=[article.pk]):
        check_notice(article, notice.reference, note, user)
