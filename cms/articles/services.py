"""What may be done with an article beyond what every published thing can."""

from typing import Any

from cms.articles.models import Article
from cms.publishing.services import fresh, one_writer


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
