"""Ways in the admin to what is due: the menu, the report, the panel on the first page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms.articles.reports import ReviewsReport
from cms.articles.todo import CheckNoticeView, ToDoView, notices_for, works_on_pages

SHOWN = 5  # so many notices stand on the first page of the admin; the rest is counted


@hooks.register("register_admin_urls")
def serve_what_is_due() -> list[URLPattern]:
    """Give the addresses of the to-do list and of the report."""
    return [
        path("to-do/", ToDoView.as_view(), name="articles_todo"),
        path("to-do/<int:article>/<int:reference>/", CheckNoticeView.as_view(), name="articles_check_notice"),
        path("reports/reviews-due/", ReviewsReport.as_view(), name="articles_reviews_report"),
        path(
            "reports/reviews-due/results/",
            ReviewsReport.as_view(results_only=True),
            name="articles_reviews_report_results",
        ),
    ]


class ForPageEditors(MenuItem):
    """A way that only those see who have to do with pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return works_on_pages(request.user)


@hooks.register("register_admin_menu_item")
def lead_to_the_todo_list() -> MenuItem:
    """Put the to-do list into the menu, above what is written."""
    return ForPageEditors(gettext_lazy("To do"), reverse("articles_todo"), name="to-do", icon_name="tasks", order=90)


@hooks.register("register_reports_menu_item")
def lead_to_the_report_of_reviews() -> MenuItem:
    """Put the report of reviews among the reports."""
    return ForPageEditors(
        gettext_lazy("Reviews due"),
        reverse("articles_reviews_report"),
        name="reviews-due",
        icon_name="calendar-check",
        order=650,
    )


class NoticesPanel(Component):
    """Articles whose sources have a notice; nothing where there are none. Reviews stand on the dashboard itself."""

    name = "to_do"
    template_name = "articles/admin/notices_panel.html"
    order = 150

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        notices = notices_for(parent_context["request"].user)
        return {
            "heading": _("Sources with a notice"),
            "notices": notices[:SHOWN],
            "more": max(0, len(notices) - SHOWN),
        }


@hooks.register("construct_homepage_panels")
def show_what_is_due(request: HttpRequest, panels: list[Any]) -> None:
    """Show it on the first page of the admin."""
    panels.append(NoticesPanel())
