"""Where articles meet the admin."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cms.articles.forms import WithdrawalForm
from cms.articles.models import Article
from cms.articles.services import note_withdrawal
from cms.articles.topics import TopicViewSet

register_snippet(TopicViewSet)


@hooks.register("before_unpublish_page")
def ask_for_the_public_reason(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Unpublish an article only with its public reason; ask again, with what was written, where it is missing."""
    if not isinstance(page, Article):
        return None
    form = WithdrawalForm(request.POST, article=page)
    if form.is_valid():
        note_withdrawal(page, form.cleaned_data["reason"], form.cleaned_data["replacement"])
        return None
    request.refused_withdrawal = form  # type: ignore[attr-defined]  # read by the withdrawal_form tag
    context = {
        "page": page,
        "object": page,
        "model_opts": page._meta,
        "page_title": _("Unpublish"),
        "page_subtitle": page.get_admin_display_title(),
        "header_icon": "doc-empty-inverse",
        "unpublish_url": request.path,
        "next_url": request.POST.get("next") or reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
        "live_descendant_count": 0,
    }
    return TemplateResponse(request, "wagtailadmin/pages/confirm_unpublish.html", context)


@hooks.register("before_bulk_action")
def send_articles_through_their_own_withdrawal(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Refuse to unpublish articles in bulk: each is to say why it is withdrawn."""
    articles = [page for page in objects if action_type == "unpublish" and isinstance(page.specific_deferred, Article)]
    if request.method != "POST" or not articles:
        return None
    messages.error(
        request,
        _("An article is withdrawn by itself, with its public reason. Nothing was unpublished. Begin with “%(title)s”.")
        % {"title": articles[0].title},
    )
    return redirect("wagtailadmin_pages:unpublish", articles[0].pk)
