"""Where the editor's page asks for advice."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse

from cms.articles.advice.views import BODY
from cms.articles.blocks import ArticleBodyBlock

register = template.Library()


@register.simple_tag
def advice_address(page: Any, request: HttpRequest) -> str:
    """Give the address that advises on a page, or "" for one without a body like an article's."""
    field = next((one for one in page._meta.get_fields() if one.name == BODY), None) if page else None
    if not isinstance(getattr(field, "stream_block", None), ArticleBodyBlock):
        return ""
    if page.pk:
        return reverse("advice_on_edit", args=[page.pk])
    match = request.resolver_match
    names = ("content_type_app_name", "content_type_model_name", "parent_page_id")
    if match is None or not all(name in match.kwargs for name in names):
        return ""
    return reverse("advice_on_create", args=[match.kwargs[name] for name in names])
