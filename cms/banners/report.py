"""How often banners were shown and followed: sums by banner and place, a chart by day or week, and a file of it all."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from cms.banners.calendar import BannerDeskView
from cms.banners.counting import KEPT_FOR, today
from cms.banners.models import Banner, BannerCount
from cms.banners.places import Placement
from cms.consultations.models import Audience

PERIODS = [7, 30, 90, 365]  # days
USUAL = 30
BY_WEEK_FROM = 120  # days: more bars than that nobody can tell apart
WIDTH, HEIGHT = 720, 120  # of a chart, in its own units
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Line:
    """The sums of one banner in one place."""

    banner: Banner
    edit_url: str
    place: str
    shown: int
    followed: int

    @property
    def share(self) -> str:
        """Say which part of those to whom it was shown followed, in percent."""
        return f"{100 * self.followed / self.shown:.1f} %" if self.shown else "–"


@dataclass(frozen=True)
class Bar:
    """A bar of a chart, in its units; ``of`` says what it stands for."""

    x: float
    y: float
    width: float
    height: float
    of: str
    value: int


@dataclass(frozen=True)
class Chart:
    """One series over time."""

    name: str
    title: Any
    bars: list[Bar]
    most: int
    total: int


class ReportView(BannerDeskView):
    """Shown and followed."""

    page_title = gettext_lazy("Shown and followed")
    header_icon = "view"
    template_name = "banners/admin/report.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.days = int(self.chosen("days", [str(days) for days in PERIODS]) or USUAL)
        self.audience = self.chosen("audience", Audience.values)
        self.first = today() - timedelta(self.days - 1)
        if request.GET.get("format") == "csv":
            return self.file()
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def counts(self) -> "QuerySet[BannerCount]":
        """Give the counts that were asked for."""
        found = BannerCount.objects.filter(day__gte=self.first)
        return found.filter(banner__audience=self.audience) if self.audience else found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        by_day = {
            row["day"]: row
            for row in self.counts().order_by().values("day").annotate(shown=Sum("shown"), followed=Sum("followed"))
        }
        spans = list(spans_of(self.first, today()))
        shown = [sum(by_day[day]["shown"] for day in span if day in by_day) for span in spans]
        followed = [sum(by_day[day]["followed"] for day in span if day in by_day) for span in spans]
        labels = [label_of(span) for span in spans]
        return {
            **context,
            "lines": self.lines(),
            "charts": [
                chart("shown", gettext_lazy("Shown"), labels, shown),
                chart("followed", gettext_lazy("Followed"), labels, followed),
            ],
            "table": list(zip(labels, shown, followed, strict=True)),
            "is_by_week": self.days > BY_WEEK_FROM,
            "first_label": labels[0],
            "last_label": labels[-1],
            "width": WIDTH,
            "height": HEIGHT,
            "days": self.days,
            "periods": PERIODS,
            "audience": self.audience,
            "audiences": Audience.choices,
            "kept_for": KEPT_FOR.days,
            "csv_url": "?" + urlencode({"days": self.days, "audience": self.audience, "format": "csv"}),
        }

    def lines(self) -> list[Line]:
        """Give the sums of each banner in each place, the most shown first."""
        rows = (
            self.counts()
            .order_by()
            .values("banner", "placement")
            .annotate(shown=Sum("shown"), followed=Sum("followed"))
        )
        banners = Banner.objects.in_bulk({row["banner"] for row in rows})
        lines = [
            Line(
                banners[row["banner"]],
                reverse(self.edit_url_name, args=[row["banner"]]),
                str(Placement(row["placement"]).label),
                row["shown"],
                row["followed"],
            )
            for row in rows
        ]
        return sorted(lines, key=lambda line: (-line.shown, str(line.banner), line.place))

    def file(self) -> HttpResponse:
        """Give every count as a file: a line for each banner, place and day."""
        name = f"banners-{self.first}-{today()}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
        write_counts(response, self.counts().select_related("banner").order_by("day", "banner__name", "placement"))
        return response


def write_counts(file: Any, counts: Iterable[BannerCount]) -> None:
    """Write counts as CSV."""
    writer = csv.writer(file)
    writer.writerow(["day", "banner", "banner_id", "audience", "placement", "shown", "followed"])
    for count in counts:
        banner = count.banner
        row = [count.day, plain(banner.name), banner.public_id, banner.audience, count.placement]
        writer.writerow([*row, count.shown, count.followed])


def plain(text: str) -> str:
    """Keep a table's program from taking a name for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def spans_of(first: date, last: date) -> Iterable[list[date]]:
    """Give the days of a period one by one, or, where they are many, by the week."""
    days = [first + timedelta(number) for number in range((last - first).days + 1)]
    if len(days) <= BY_WEEK_FROM:
        return [[day] for day in days]
    weeks: dict[tuple[int, int], list[date]] = defaultdict(list)
    for day in days:
        weeks[day.isocalendar()[:2]].append(day)
    return list(weeks.values())


def label_of(span: list[date]) -> str:
    """Name a day, or the days of a week."""
    if len(span) == 1:
        return date_format(span[0], "j F Y")
    return f"{date_format(span[0], 'j F')} – {date_format(span[-1], 'j F Y')}"


def chart(name: str, title: Any, labels: list[str], values: list[int]) -> Chart:
    """Draw a series as bars that share a width; the highest is as high as the chart."""
    most = max(values, default=0)
    step = WIDTH / max(1, len(values))
    bars = [
        Bar(round(at * step, 2), round(HEIGHT - tall, 2), round(step * 0.8, 2), round(tall, 2), labels[at], value)
        for at, value in enumerate(values)
        if value and (tall := max(2.0, HEIGHT * value / most))
    ]
    return Chart(name, title, bars, most, sum(values))
