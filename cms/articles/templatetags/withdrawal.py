"""Puts the questions of a withdrawal into the admin's page that confirms it."""

from typing import Any

from django import template

from cms.articles.forms import WithdrawalForm
from cms.articles.models import Article

register = template.Library()


@register.simple_tag(takes_context=True)
def withdrawal_form(context: dict[str, Any], page: Any) -> WithdrawalForm | None:
    """Give the form for an article, with what was sent before if it was refused; None for other pages."""
    if not isinstance(page, Article):
        return None
    refused = getattr(context["request"], "refused_withdrawal", None)
    return refused or WithdrawalForm(article=page)
