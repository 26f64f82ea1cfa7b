"""The report of reviews: which articles are overdue, which are due next, and which have no date at all."""

from datetime import date, timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.articles.models import Article, Topic
from cms.articles.todo import seen_by
from cms.people.models import Person

WHEN = [
    ("overdue", gettext_lazy("Overdue")),
    ("30", gettext_lazy("Overdue or within 30 days")),
    ("90", gettext_lazy("Overdue or within 90 days")),
    ("none", gettext_lazy("No date set")),
]


class ReviewsFilterSet(WagtailFilterSet):
    """By when the review is due, who reviews, and what it is about."""

    when = django_filters.ChoiceFilter(label=gettext_lazy("Due"), choices=WHEN, method="filter_when")
    reviewer = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Clinical reviewer"),
        queryset=lambda request: Person.objects.exclude(reviewed_articles=None).order_by("name"),
    )
    topics = django_filters.ModelChoiceFilter(label=gettext_lazy("Topic"), queryset=lambda request: Topic.objects.all())

    class Meta:
        model = Article
        fields = ["when", "reviewer", "topics"]

    def filter_when(self, queryset: "QuerySet[Article]", name: str, value: str) -> "QuerySet[Article]":
        """Keep what is due by then."""
        today = timezone.localdate()
        if value == "none":
            return queryset.filter(next_review_on=None)
        if value == "overdue":
            return queryset.filter(next_review_on__lt=today)
        return queryset.filter(next_review_on__lte=today + timedelta(days=int(value)))


def standing(article: Article) -> str:
    """Say how an article's review stands today: overdue by 3 days, due in 12 days."""
    if article.next_review_on is None:
        return _("No date set")
    days = (article.next_review_on - timezone.localdate()).days
    if days < 0:
        return ngettext("Overdue by %(days)d day", "Overdue by %(days)d days", -days) % {"days": -days}
    if days == 0:
        return _("Due today")
    return ngettext("Due in %(days)d day", "Due in %(days)d days", days) % {"days": days}


def _day(day: date | None) -> str:
    # Wagtail's own column of dates says of every day to come that it is just now.
    return date_format(day, "j F Y") if day else ""


class ReviewsReport(ReportView):
    """Public articles by the day of their next review; the whole of it as CSV or XLSX."""

    model = Article
    page_title = gettext_lazy("Reviews due")
    header_icon = "calendar-check"
    index_url_name = "articles_reviews_report"
    index_results_url_name = "articles_reviews_report_results"
    filterset_class = ReviewsFilterSet
    any_permission_required = ["add", "change", "publish"]
    no_results_message = gettext_lazy("No article’s review matches.")
    columns = [
        TitleColumn(
            "title",
            label=gettext_lazy("Article"),
            get_url=lambda article: reverse("wagtailadmin_pages:edit", args=[article.pk]),
        ),
        Column("standing", label=gettext_lazy("Review"), accessor=standing),
        Column("next_review_on", label=gettext_lazy("Next review"), accessor=lambda one: _day(one.next_review_on)),
        Column("reviewed_on", label=gettext_lazy("Last reviewed"), accessor=lambda one: _day(one.reviewed_on)),
        Column("reviewer", label=gettext_lazy("Clinical reviewer")),
    ]
    list_export = ["title", "standing", "next_review_on", "reviewed_on", "reviewer", "full_url"]
    export_headings = {
        "title": gettext_lazy("Article"),
        "standing": gettext_lazy("Review"),
        "next_review_on": gettext_lazy("Next review"),
        "reviewed_on": gettext_lazy("Last reviewed"),
        "reviewer": gettext_lazy("Clinical reviewer"),
        "full_url": gettext_lazy("Address"),
    }

    @cached_property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Page)

    def get_base_queryset(self) -> "QuerySet[Article]":
        articles = Article.objects.live().filter(alias_of=None, pk__in=seen_by(self.request.user).values("pk"))
        if not self.is_filtering:
            articles = articles.exclude(next_review_on=None)
        return articles.select_related("reviewer").order_by("next_review_on", "title", "pk")

    def decorate_paginated_queryset(self, articles: Any) -> Any:
        for article in articles:
            article.standing = standing(article)
        return articles

    def get_filename(self) -> str:
        return f"reviews-due-{date.today():%Y-%m-%d}"
