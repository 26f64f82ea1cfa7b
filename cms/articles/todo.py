"""What waits for somebody in the admin: sources with a notice, reviews that are overdue or soon due."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.articles.due import Notice, open_notices, reviews_due, reviews_overdue
from cms.articles.models import Article, NoticeCheck
from cms.articles.services import check_notice

LATELY = 10  # so many checks are shown below what is open


def may_check(user: Any, article: Article) -> bool:
    """Say whether somebody may put down what a notice means for an article: readers are told that it was looked at."""
    may_publish: bool = article.permissions_for_user(user).can_publish()
    return may_publish or user.has_perm("articles.add_noticecheck")


def notices_for(user: Any) -> list[Notice]:
    """Give the open notices of the articles that somebody may see in the admin."""
    notices = open_notices()
    seen = set(seen_by(user).filter(pk__in={notice.article.pk for notice in notices}).values_list("pk", flat=True))
    return [notice for notice in notices if notice.article.pk in seen]


def works_on_pages(user: Any) -> bool:
    """Say whether somebody has to do with pages at all."""
    works: bool = policy_registry.get_by_type(Page).user_has_any_permission(user, ["add", "change", "publish"])
    return works


def seen_by(user: Any) -> "QuerySet[Page]":
    """Give the pages that somebody may see in the admin."""
    pages: QuerySet[Page] = policy_registry.get_by_type(Page).explorable_instances(user).order_by()
    return pages


class ToDoView(WagtailAdminTemplateMixin, TemplateView):
    """Everything that is due, in one list."""

    template_name = "articles/admin/todo.html"
    page_title = gettext_lazy("To do")
    header_icon = "tasks"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not works_on_pages(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, now = self.request.user, timezone.now()
        seen = seen_by(user).values("pk")
        checks = NoticeCheck.objects.filter(article__in=seen).select_related("article", "reference", "checked_by")
        return {
            **super().get_context_data(**kwargs),
            "notices": [(notice, may_check(user, notice.article)) for notice in notices_for(user)],
            "overdue": reviews_overdue(now).filter(pk__in=seen).select_related("reviewer"),
            "due": reviews_due(now).filter(pk__in=seen).select_related("reviewer"),
            "checks": checks[:LATELY],
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class CheckForm(forms.Form):
    """What somebody found when they looked."""

    note = forms.CharField(
        label=gettext_lazy("What does it mean for the article?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "For the team: it stands in the article’s history. Readers are told only that the editors have looked, and "
            "when. If the article itself has to change, change it, and say there what changed."
        ),
    )


class CheckNoticeView(WagtailAdminTemplateMixin, FormView):
    """Asks what the notice on a source means for an article, and takes it off the list."""

    template_name = "articles/admin/check_notice.html"
    form_class = CheckForm
    page_title = gettext_lazy("Notice on a source")
    header_icon = "warning"
    notice: Notice

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        open_here = open_notices([kwargs["article"]])
        found = [notice for notice in open_here if notice.reference.pk == kwargs["reference"]]
        if not found:
            if NoticeCheck.objects.filter(article=kwargs["article"], reference=kwargs["reference"]).exists():
                messages.info(request, _("Somebody has looked at this already."))
                return redirect("articles_todo")
            raise Http404
        self.notice = found[0]
        if not may_check(request.user, self.notice.article):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: CheckForm) -> HttpResponse:
        notice = self.notice
        check_notice(notice.article, notice.reference, form.cleaned_data["note"], self.request.user)
        messages.success(
            self.request, _("Noted. “%(article)s” has left the to-do list.") % {"article": notice.article.title}
        )
        return redirect("articles_todo")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "notice": self.notice,
            "page_subtitle": self.notice.article.title,
            "action_url": self.request.path,
            "submit_button_label": _("Mark as looked at"),
            "submit_button_active_label": _("Noting…"),
        }

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("articles_todo"), "label": _("To do")},
            {"url": "", "label": self.page_title, "sublabel": self.notice.article.title},
        ]
