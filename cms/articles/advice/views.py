"""Answers the editor's page with advice on what stands in its form, saved or not."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView
from wagtail.models import Page

from cms.articles.advice.advising import advise_on
from cms.articles.advice.findings import Finding

BODY = "body"


class _Advises:
    """Takes from Wagtail's preview who may see which page; reads of the form only what advice is about."""

    http_method_names = ("post",)
    object: Any

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        field = type(self.object)._meta.get_field(BODY)
        try:
            body = field.stream_block.value_from_datadict(request.POST, request.FILES, BODY)
        except (KeyError, ValueError, TypeError, ValidationError):
            return JsonResponse({"message": _("This is not the form of a page.")}, status=400)
        advice = advise_on(body, self.language(), about_the_picture(request.POST))
        return render(request, "articles/advice/advice.html", {"advice": advice})

    def language(self) -> str:
        """Give the code of the language that the page is written in."""
        return str(self.object.locale.language_code)


class AdviceOnEdit(_Advises, PreviewOnEditView):
    """Advice on a page that is there."""


class AdviceOnCreate(_Advises, PreviewOnCreateView):
    """Advice on a page that was never saved; it will speak the language of the one above it."""

    def language(self) -> str:
        parent = Page.objects.select_related("locale").get(pk=self.parent_object_id)
        return str(parent.locale.language_code)


def about_the_picture(form: Any) -> list[Finding]:
    """Ask after the words for the picture above an article, which may be empty where it only decorates."""
    if not form.get("image") or str(form.get("image_alt", "")).strip():
        return []
    message = _("The picture above the article has no alternative text. That is right if it only decorates.")
    return [Finding(message, field="image_alt")]
