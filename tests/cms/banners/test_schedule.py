"""Where banners meet and which of them stands, calls to action that lead nowhere, and the calendar that shows it all."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from cms.banners.advice import advice_on
from cms.banners.calendar import Month
from cms.banners.models import Banner
from cms.banners.schedule import State, overlaps, plans
from cms.publishing.services import move, save_and_publish, unpublish
from tests import factories
from tests.cms.snippet_desk import SnippetDesk, told

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CALENDAR = "wagtailsnippets_banners_banner:calendar"


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def at(day: int, month: int = 12, hour: int = 0) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def sentences() -> list[str]:
    return [overlap.sentence() for overlap in overlaps(plans(NOW), NOW)]


def calendar(month: str = "2026-12", **asked: str) -> str:
    client = Client()
    client.force_login(factories.editor())
    return told(client.get(reverse(CALENDAR), {"month": month, **asked}))


def test_two_in_the_same_place_at_the_same_time__are_told_with_who_wins_and_why() -> None:
    factories.banner("All year")
    factories.banner("Winter", starts_at=at(3), ends_at=at(9), priority=2, placements=["home"])
    assert sentences() == [
        "From 3 December 2026 to 9 December 2026: “Winter” and “All year” stand in the same place (Home). "
        "“Winter” wins by priority."
    ]


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ({}, {"audience": "specialist"}, None),
        ({"placements": ["home"]}, {"placements": ["article_end"]}, None),
        ({"ends_at": at(3)}, {"starts_at": at(3)}, None),
        ({"ends_at": at(19, 11)}, {}, None),
        ({"starts_at": at(3)}, {}, "From 3 December 2026 on"),
        ({"ends_at": at(3, hour=8)}, {}, "Until 3 December 2026, 08:00"),
        ({}, {}, "Nothing decides between them but chance"),
        ({"starts_at": at(1)}, {"starts_at": at(2)}, "“B” wins because it begins later."),
    ],
)
def test_two_banners__meet_where_place_audience_and_time_do(one: Any, other: Any, said: str | None) -> None:
    factories.banner("A", **one)
    factories.banner("B", **other)
    found = sentences()
    assert len(found) == (said is not None)
    assert said is None or said in found[0]


def test_banners_for_topics__meet_on_pages_about_them() -> None:
    sleep, loss = factories.topic("Sleep"), factories.topic("Loss")
    factories.banner("For all", placements=["home"])
    factories.banner("For sleep", topics=[sleep], placements=["home"])
    factories.banner("For loss", topics=[loss], placements=["home"])
    found = sentences()
    assert len(found) == 2
    assert "(Home, on pages about Sleep). “For sleep” wins because it is for these topics" in found[1]


def test_draft__is_planned_as_it_was_last_saved_and_says_that_it_is_one() -> None:
    factories.banner("Public", placements=["home"])
    draft = factories.banner("Idea", live=False, placements=["article_end"])
    draft.placements = ["home"]
    draft.save_revision()
    assert "“Idea (draft)”" in sentences()[0]
    assert {plan.state for plan in plans(NOW)} == {State.RUNNING, State.DRAFT}


def test_form__says_with_whom_the_saved_banner_meets_and_saving_says_it_too() -> None:
    factories.banner("All year", placements=["home"], priority=5)
    mine = factories.banner("Winter", starts_at=at(3), ends_at=at(9), placements=["home"])
    desk = SnippetDesk(Banner, factories.editor())
    said = (
        "From 3 December 2026 to 9 December 2026 it stands in the same place as “All year” (Home). “All year” wins by"
    )
    assert said in desk.read("edit", mine.pk)
    assert said in told(desk.send("edit", mine.pk))


def test_place_where_nobody_is_spoken_to__is_told() -> None:
    banner = factories.banner("For specialists", audience="specialist", placements=["specialist_area", "home"])
    assert advice_on(banner) == ["It will not stand here, because these pages speak to the other audience: Home."]


# ---- Calls to action ---------------------------------------------------------------------------


@pytest.fixture
def leading() -> Banner:
    """Give a banner whose call to action leads to a page that is public."""
    page = factories.consultation_page("A first talk")
    banner = factories.banner("Come", call_to_action="How it works", call_to_action_page=page, ends_at=at(20))
    assert advice_on(banner) == []
    return banner


def advice_now(banner: Banner) -> str:
    (sentence,) = advice_on(Banner.objects.get(pk=banner.pk))
    assert sentence in calendar()
    return sentence


def test_page_unpublished_later__is_told(leading: Banner) -> None:
    unpublish(leading.call_to_action_page.specific)
    assert advice_now(leading) == "Its call to action leads nowhere: “A first talk” is not published."


def test_page_that_expires_before_the_banner__is_told(leading: Banner) -> None:
    page = leading.call_to_action_page.specific
    page.expire_at = at(10)
    save_and_publish(page)
    assert "before the banner ends: “A first talk” expires on 10 December 2026." in advice_now(leading)


def test_page_that_not_everybody_may_read__is_told(leading: Banner) -> None:
    above = leading.call_to_action_page.get_parent()
    PageViewRestriction.objects.create(page=above, restriction_type=PageViewRestriction.LOGIN)
    assert "not everybody may read “A first talk”" in advice_now(leading)


def test_page_that_has_moved_since__is_told_until_the_banner_is_published_again(leading: Banner) -> None:
    move(leading.call_to_action_page, factories.information_page("About"))
    assert "“A first talk” has moved since the banner was published." in advice_now(leading)
    save_and_publish(Banner.objects.get(pk=leading.pk))
    assert advice_on(Banner.objects.get(pk=leading.pk)) == []


# ---- The calendar ------------------------------------------------------------------------------


def spans(page: str) -> dict[str, list[int]]:
    """Give for each banner of the month how many columns each of its cells has."""
    rows = re.findall(r'<th scope="row"><a[^>]*>(.*?)</a></th>(.*?)</tr>', page, re.DOTALL)
    return {name: [int(span) for span in re.findall(r'colspan="(\d+)"', cells)] for name, cells in rows}


def test_calendar__has_a_bar_from_the_first_day_to_the_last() -> None:
    factories.banner("Always", placements=["home"])
    factories.banner("Winter", starts_at=at(3), ends_at=at(9), placements=["article_end"])
    factories.banner("A day", starts_at=at(31), ends_at=at(31) + timedelta(1), placements=["article_end"])
    factories.banner("Into the year", starts_at=at(31, 10), ends_at=at(1, hour=8), audience="specialist")
    factories.banner("Earlier", ends_at=at(1), placements=["article_end"])
    page = calendar()
    assert spans(page) == {"A day": [30, 1], "Always": [31], "Into the year": [1, 30], "Winter": [2, 6, 23]}
    assert "In other months:" in page
    assert "Earlier" in page


def test_calendar__is_filtered_by_audience_and_place_and_turned_by_month() -> None:
    factories.banner("Clients", placements=["home"])
    factories.banner("Specialists", audience="specialist", placements=["specialist_area"])
    assert set(spans(calendar(audience="specialist"))) == {"Specialists"}
    assert set(spans(calendar(placement="home"))) == {"Clients"}
    assert "?month=2027-01&audience=client" in calendar(audience="client")
    assert "<h2>November 2026</h2>" in calendar("nonsense")
    assert [str(Month(2026, 1).previous), str(Month(2026, 12).next)] == ["2025-12", "2027-01"]


def test_calendar__without_banners_says_so_and_is_closed_to_readers() -> None:
    assert "No banner runs or is planned in this month." in calendar()
    client = Client()
    assert client.get(reverse(CALENDAR)).status_code == 302


def test_calendar__asks_no_more_for_many_public_banners(django_assert_max_num_queries: Any) -> None:
    page = factories.consultation_page()
    for number in range(12):
        factories.banner(f"B{number}", call_to_action="Go", call_to_action_page=page)
    plans(NOW)
    with django_assert_max_num_queries(3):
        assert len(plans(NOW)) == 12
