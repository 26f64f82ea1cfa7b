"""The calendar of banners: a month of bars, the same in words, and what is to be looked after."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permission_policies.base import BasePermissionPolicy

from cms.banners.advice import advice, closed_paths
from cms.banners.places import Placement
from cms.banners.schedule import Overlap, Plan, State, overlaps, plans
from cms.consultations.models import Audience

MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True)
class Month:
    """A month of the calendar, in the time of whoever looks at it."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str, today: date) -> "Month":
        """Read a month such as ``2026-03``; what is none is this month."""
        found = MONTH.fullmatch(text)
        if found and 1 <= int(found[2]) <= 12 and 2000 <= int(found[1]) <= 2100:
            return cls(int(found[1]), int(found[2]))
        return cls.of(today)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def days(self) -> list[date]:
        return [date(self.year, self.number, day) for day in range(1, monthrange(self.year, self.number)[1] + 1)]

    @property
    def title(self) -> str:
        return date_format(self.days[0], "F Y")

    @property
    def start(self) -> datetime:
        return midnight(self.days[0])

    @property
    def end(self) -> datetime:
        return midnight(self.days[-1] + timedelta(1))

    @property
    def previous(self) -> "Month":
        return self.of(self.days[0] - timedelta(1))

    @property
    def next(self) -> "Month":
        return self.of(self.days[-1] + timedelta(1))


def midnight(day: date) -> datetime:
    """Give the moment at which a day begins for whoever looks."""
    return timezone.make_aware(datetime.combine(day, time()))


@dataclass(frozen=True)
class Row:
    """A banner in a month: so many days before its bar, of it, and after it."""

    plan: Plan
    edit_url: str
    advice: list[str]
    before: int
    length: int
    after: int
    goes_on: bool
    began_before: bool


class BannerDeskView(WagtailAdminTemplateMixin, TemplateView):
    """A page of the admin about all banners, for whoever may see them."""

    permission_policy: BasePermissionPolicy | None = None
    index_url_name = ""
    edit_url_name = ""
    breadcrumb = gettext_lazy("Consultation banners")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actions = {"add", "change", "delete", "publish", "view"}
        if self.permission_policy and not self.permission_policy.user_has_any_permission(request.user, actions):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.page_title}
        return [*self.breadcrumbs_items, {"url": reverse(self.index_url_name), "label": self.breadcrumb}, here]

    def chosen(self, name: str, choices: list[str]) -> str:
        """Give what was asked for of a few choices, or nothing."""
        asked = self.request.GET.get(name, "")
        return asked if asked in choices else ""


class CalendarView(BannerDeskView):
    """What runs when."""

    page_title = gettext_lazy("Banner calendar")
    header_icon = "calendar"
    template_name = "banners/admin/calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        now = timezone.now()
        today = timezone.localtime(now).date()
        month = Month.read(self.request.GET.get("month", ""), today)
        audience = self.chosen("audience", Audience.values)
        placement = self.chosen("placement", Placement.values)
        found = [plan for plan in plans(now) if suits(plan, audience, placement)]
        closed = closed_paths()
        rows = [
            self.row(plan, month, advice(plan, closed, now)) for plan in found if plan.touches(month.start, month.end)
        ]
        met = [overlap for overlap in overlaps(found, now) if meets(overlap, month, placement)]
        return {
            **context,
            "month": month,
            "today": today,
            "rows": rows,
            "others": [plan for plan in found if not plan.touches(month.start, month.end)],
            "is_calm": not met and not any(row.advice for row in rows),
            "overlaps": [(overlap, overlap.sentence()) for overlap in met],
            "states": State,
            "audiences": Audience.choices,
            "placements": Placement.choices,
            "audience": audience,
            "placement": placement,
            "filters": {"audience": audience, "placement": placement},
            "previous_url": self.address(month.previous, audience, placement),
            "next_url": self.address(month.next, audience, placement),
            "today_url": self.address(Month.of(today), audience, placement),
        }

    def address(self, month: Month, audience: str, placement: str) -> str:
        asked = {"month": str(month), "audience": audience, "placement": placement}
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    def row(self, plan: Plan, month: Month, advised: list[str]) -> Row:
        """Place a banner's bar among the days of a month that it touches."""
        days = month.days
        began_before = plan.starts is None or plan.starts < month.start
        goes_on = plan.ends is None or plan.ends > month.end
        first = 0 if began_before or plan.starts is None else timezone.localtime(plan.starts).day - 1
        # What ends with the stroke of midnight does not run on the day that begins then.
        last = len(days) if goes_on or plan.ends is None else last_day_of(plan.ends).day
        edit_url = reverse(self.edit_url_name, args=[plan.banner.pk])
        length = max(1, last - first)
        return Row(plan, edit_url, advised, first, length, len(days) - first - length, goes_on, began_before)


def last_day_of(end: datetime) -> date:
    """Give the last day on which something runs that ends at this moment."""
    return timezone.localtime(end - timedelta(microseconds=1)).date()


def suits(plan: Plan, audience: str, placement: str) -> bool:
    """Say whether a banner is of an audience and a place; "" is any."""
    return (not audience or plan.banner.audience == audience) and (not placement or placement in plan.banner.placements)


def meets(overlap: Overlap, month: Month, placement: str) -> bool:
    """Say whether two banners meet in a month, in a place; "" is any."""
    begins = overlap.starts is None or overlap.starts < month.end
    lasts = overlap.ends is None or overlap.ends > month.start
    return begins and lasts and (not placement or placement in overlap.placements)
