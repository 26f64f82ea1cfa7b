"""What may be done with an article beyond what every published thing can."""

from typing import Any

from wagtail.log_actions import log

from cms.articles.models import Article, NoticeCheck
from cms.publishing.services import fresh, one_writer
from cms.references.models import Reference


def withdraw(article: Article, reason: str, replacement: Article | None = None, user: Any = None) -> Article:
    """Take an article out of public, saying why, and what to read instead.

    Raises ValueError without a reason: what was public does not vanish in silence.
    """
    if not reason.strip():
        raise ValueError("A withdrawal needs its public reason.")
    with one_writer():
        current = fresh(article)
        note_withdrawal(current, reason, replacement)
        current.unpublish(user=user)
        return fresh(article)


def note_withdrawal(article: Article, reason: str, replacement: Article | None) -> None:
    """Set on an article what its withdrawal will say; whoever unpublishes it saves it."""
    article.withdrawal_reason = reason.strip()
    article.withdrawal_replacement = replacement
    page: Any = article
    page.save(update_fields=["withdrawal_reason", "withdrawal_replacement"], clean=False)


def check_notice(article: Article, reference: Reference, note: str, user: Any = None) -> NoticeCheck:
    """Put down that somebody has looked at what the notice on a source means for an article, and what they found.

    The article leaves the to-do list, and tells its readers that it was looked at. Raises ValueError without a note.
    """
    if not note.strip():
        raise ValueError("A check needs a note that says what was found.")
    with one_writer():
        check = NoticeCheck.objects.create(
            article=fresh(article),
            reference=reference,
            status=reference.status,
            notice_date=reference.notice_date,
            note=note.strip(),
            checked_by=user if user and user.is_authenticated else None,
        )
        log(
            article,
            "respite.check_notice",
            user=check.checked_by,
            data={"reference": str(reference), "status": reference.status, "note": check.note},
        )
        return check
