"""The report of how often banners were shown and followed."""

import csv
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.banners.counting import today
from cms.banners.models import Banner, BannerCount
from cms.banners.report import HEIGHT, chart, spans_of
from tests import factories
from tests.cms.snippet_desk import told

pytestmark = pytest.mark.django_db
REPORT = "wagtailsnippets_banners_banner:counts"


@pytest.fixture
def banner() -> Banner:
    return factories.banner("=A first talk")


def count(banner: Banner, days_ago: int, shown: int, followed: int, placement: str = "home") -> None:
    day = today() - timedelta(days_ago)
    BannerCount.objects.create(banner=banner, placement=placement, day=day, shown=shown, followed=followed)


def answer(**asked: Any) -> Any:
    client = Client()
    client.force_login(factories.editor())
    return client.get(reverse(REPORT), asked)


def test_report__sums_by_banner_and_place_in_the_period(banner: Banner) -> None:
    count(banner, 0, 30, 3)
    count(banner, 6, 10, 1)
    count(banner, 7, 500, 50)
    count(banner, 0, 8, 0, "after_section_2")
    page = told(answer(days=7))
    rows = re.findall(
        r"<td>(Home|After section 2 of an article)</td>" + r'<td class="is-number">([^<]*)</td>' * 3, page
    )
    assert rows == [("Home", "40", "4", "10.0 %"), ("After section 2 of an article", "8", "0", "0.0 %")]
    assert "Shown: 48" in page
    assert "Followed: 4" in page


def test_report__has_a_chart_and_the_same_as_a_table(banner: Banner) -> None:
    count(banner, 0, 30, 3)
    count(banner, 3, 15, 0)
    page = told(answer(days=7))
    assert [float(height) for height in re.findall(r'height="([\d.]+)"><title>', page)] == [60.0, 120.0, 120.0]
    table = page[page.index("The charts as a table") :]
    assert len(re.findall(r'<tr><th scope="row">', table)) == 7


def test_chart__shows_what_is_small_and_nothing_for_nothing() -> None:
    bars = chart("shown", "Shown", ["a", "b", "c"], [1, 0, 1000]).bars
    assert [(bar.of, bar.height) for bar in bars] == [("a", 2.0), ("c", float(HEIGHT))]
    assert chart("shown", "Shown", ["a"], [0]).bars == []


def test_long_period__is_summed_by_week() -> None:
    spans = list(spans_of(today() - timedelta(364), today()))
    assert sum(map(len, spans)) == 365
    assert 52 <= len(spans) <= 54


def test_file__has_every_count_and_no_formula(banner: Banner) -> None:
    count(banner, 1, 5, 2)
    response = answer(days=30, format="csv")
    assert response["Content-Type"].startswith("text/csv")
    assert "attachment" in response["Content-Disposition"]
    rows = list(csv.reader(response.content.decode().splitlines()))
    day = str(today() - timedelta(1))
    assert rows[1] == [day, "'=A first talk", str(banner.public_id), "client", "home", "5", "2"]


def test_report__without_counts_says_how_they_come_and_filters_by_audience(banner: Banner) -> None:
    assert "Nothing has been counted in this period." in told(answer())
    count(banner, 0, 5, 1)
    assert "Nothing has been counted" in told(answer(audience="specialist"))
    assert "Nothing has been counted" not in told(answer(audience="client"))


def test_report__is_closed_to_whoever_has_no_business_with_banners() -> None:
    assert Client().get(reverse(REPORT)).status_code == 302
