"""Where articles meet the admin."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms.articles import due_hooks  # noqa: F401  # registers what it has
from cms.articles.advice.urls import urlpatterns
from cms.articles.forms import WithdrawalForm
from cms.articles.models import Article
from cms.articles.protection import reason
from cms.articles.services import note_withdrawal
from cms.articles.snippet_uses import snippet_uses_of
from cms.articles.topics import TopicViewSet

register_snippet(TopicViewSet)


@hooks.register("register_log_actions")
def name_what_is_logged(actions: Any) -> None:
    """Name, in a page's history, that somebody has looked at what a notice on a source means for it."""

    @actions.register_action("respite.check_notice")
    class CheckNotice(LogFormatter):
        label = gettext_lazy("Notice on a source checked")

        def format_message(self, entry: Any) -> str:
            return _("Looked at what the notice on “%(reference)s” means here: %(note)s") % entry.data


@hooks.register("before_unpublish_page")
def ask_for_the_public_reason(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Unpublish an article only with its public reason; ask again, with what was written, where it is missing."""
    if not isinstance(page, Article):
        return refused(request, [page]) if request.POST.get("include_descendants") else None
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


@hooks.register("before_delete_page")
def keep_live_articles(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Refuse to delete an article that readers have, by itself or with the page above it."""
    return refused(request, [page])


@hooks.register("before_bulk_action")
def send_articles_through_their_own_withdrawal(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Refuse to unpublish or delete live articles in bulk: each is to say why it is withdrawn."""
    pages = [page for page in objects if isinstance(page, Page)]
    if request.method != "POST" or action_type not in ("unpublish", "delete"):
        return None
    below = action_type == "delete" or bool(request.POST.get("include_descendants"))
    return refused(request, pages, below)


def refused(request: HttpRequest, pages: list[Page], below: bool = True) -> HttpResponse | None:
    """Send to the withdrawal of the first live article among some pages, or below them; None where there is none."""
    for page in pages:
        articles = Article.objects.live()
        articles = articles.descendant_of(page, inclusive=True) if below else articles.filter(pk=page.pk)
        if article := articles.order_by("path").first():
            message = _(
                "An article leaves the public by itself, with its public reason. Nothing was changed. "
                "Withdraw “%(title)s” first."
            )
            messages.error(request, message % {"title": article.title})
            return redirect("wagtailadmin_pages:unpublish", article.pk)
    return None


@hooks.register("before_delete_page")
def keep_page_that_a_banner_leads_to(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Refuse to delete a page, or one above it, as long as a banner's call to action leads there."""
    below = Page.objects.descendant_of(page, inclusive=True).in_bulk()
    uses = snippet_uses_of(Page, below)
    for key, found in uses.items():
        messages.error(request, reason(below[key], found))
    return redirect("wagtailadmin_explore", page.get_parent().pk) if uses else None


@hooks.register("register_bulk_action", order=10)
class PagesDeleteAction(DeleteBulkAction):
    """Refuses the same of several pages at once. Stands after Wagtail's own, which names no banner, in its place."""

    def prepare_action(self, objects: list[Page], objects_without_access: Any) -> HttpResponse | None:
        answers = [keep_page_that_a_banner_leads_to(self.request, page) for page in objects]
        refused = next((answer for answer in answers if answer is not None), None)
        return refused or super().prepare_action(objects, objects_without_access)


@hooks.register("register_admin_urls")
def register_advice() -> list[URLPattern]:
    """Answer the editor's page that asks for advice on what is written in it."""
    return urlpatterns


@hooks.register("insert_editor_js")
def keep_advice_up_to_date() -> str:
    """Let the advice beside the editor follow what is written."""
    return format_html('<script src="{}"></script>', static("articles/advice.js"))


@hooks.register("insert_global_admin_css")
def dress_advice() -> str:
    """Give the advice beside the editor its looks."""
    return format_html('<link rel="stylesheet" href="{}">', static("articles/advice.css"))
