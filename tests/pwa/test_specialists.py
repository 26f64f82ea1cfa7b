"""Specialists as readers meet them: the list, its filters, a profile, who stands first, and what leaves no trace."""

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from api.library.dependents import drain
from api.library.models import Entry, Facet, Kind
from cms.publishing.services import save_and_publish, unpublish
from tests import factories
from tests.pwa.conftest import Site

Read = Callable[[str], str]

pytestmark = pytest.mark.django_db


def german_topic(topic: Any, title: str, slug: str) -> Any:
    from wagtail.models import Locale

    german = Locale.objects.get_or_create(language_code="de")[0]
    copy = topic.copy_for_translation(german)
    copy.title, copy.slug = title, slug
    return save_and_publish(copy)


def names(html: str) -> list[str]:
    """Give who is listed, in order."""
    return [part.split('">', 1)[1].split("<", 1)[0] for part in html.split('<h3><a href="')[1:]]


@pytest.fixture
def people(site: Site) -> dict[str, Any]:
    sleep, grief = factories.topic("Sleep well"), factories.topic("Grief")
    return {
        "ada": factories.specialist(
            "Ada", topics=[sleep], languages=["en"], ways=["video"], country="IE", offers_consultation=True
        ),
        "bo": factories.specialist(
            "Bo",
            topics=[grief],
            languages=["de", "en"],
            ways=["phone"],
            country="DE",
            reduced_fee=30,
            modalities=["act"],
        ),
        "cy": factories.specialist("Cy", topics=[sleep, grief], languages=["pl"], fee_amount=200, country="DE"),
    }


# ---- The list ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Ada", "Bo", "Cy"}),
        ("topic=sleep-well", {"Ada", "Cy"}),
        ("topic=sleep-well&topic=grief", {"Ada", "Bo", "Cy"}),
        ("language=de", {"Bo"}),
        ("language=de&topic=sleep-well", set()),
        ("way=phone", {"Bo"}),
        ("modality=act", {"Bo"}),
        ("country=DE", {"Bo", "Cy"}),
        ("fee=higher", {"Cy"}),
        ("reduced_fee=true", {"Bo"}),
        ("offers_consultation=true", {"Ada"}),
        ("nonsense=1", {"Ada", "Bo", "Cy"}),
    ],
)
def test_list__is_filtered_by_its_address(people: dict[str, Any], read: Read, query: str, found: set[str]) -> None:
    assert set(names(read(f"/specialists/?{query}"))) == found


def test_list__is_in_the_same_order_all_day_and_in_another_the_next(people: dict[str, Any], read: Read) -> None:
    for number in range(12):
        factories.specialist(f"More {number}")
    orders = []
    for moment in ("2026-12-01T00:00:00", "2026-12-01T23:59:00", "2026-12-02T00:00:00"):
        with time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=UTC), tick=False):
            orders.append(names(read("/specialists/")))
    assert orders[0] == orders[1] != orders[2]
    assert sorted(orders[0]) == sorted(orders[2])


def test_list__of_nobody_says_so(site: Site, read: Read) -> None:
    assert "Nobody is listed here yet." in read("/specialists/")


def test_filtered_list__is_kept_by_nobody_and_tells_nobody(
    people: dict[str, Any], client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "django"):
        answer = client.get("/specialists/?topic=grief")
        client.post("/specialists/?topic=grief")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert any("Not Allowed" in record.getMessage() for record in caplog.records)
    told = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not [line for line in told if "grief" in line]
    whole = client.get("/specialists/")
    assert whole["Cache-Control"].startswith("public")


def test_list_in_german__is_filtered_by_german_topics_and_says_it_in_german(people: dict[str, Any], read: Read) -> None:
    german_topic(people["ada"].topics.first(), "Gut schlafen", "gut-schlafen")
    drain()  # the topic hears of its translation
    drain()  # and who works with it hears of the topic
    html = read("/de/specialists/?topic=gut-schlafen")
    assert set(names(html)) == {"Ada", "Cy"}
    assert "Gut schlafen" in html and "/de/specialists/ada/" in html
    assert "Englisch" in html


def test_list__has_a_place_for_a_banner(people: dict[str, Any], read: Read) -> None:
    factories.banner("Come and talk", placements=["specialist_list"])
    assert "Come and talk" in read("/specialists/")


def test_tab__leads_to_the_list_and_marks_it(people: dict[str, Any], read: Read) -> None:
    assert '<a href="/specialists/" aria-current="page">' in read("/specialists/ada/")


# ---- Who stands first -----------------------------------------------------------------------------


def campaign() -> Any:
    return factories.campaign(starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 20), cap=1)


def test_featured__is_labelled_with_its_end_and_why_and_only_on_its_days(people: dict[str, Any], read: Read) -> None:
    campaign()
    drain()
    label = "Featured until"
    for day, is_featured in ((30, False), (1, True), (20, True), (21, False)):
        month = 11 if day == 30 else 12
        with time_machine.travel(datetime(2026, month, day, 12, tzinfo=UTC), tick=False):
            html = read("/specialists/")
            assert (label in html) is is_featured, day
            if is_featured:
                assert names(html)[0] == "Ada"
                assert "20 December 2026" in html and "/specialists/#featured" in html
                assert label not in html.split("<h3>")[2]
            assert ("Nobody can pay for it." in read("/specialists/ada/")) is is_featured


def test_featured__ends_with_the_offer(people: dict[str, Any], read: Read) -> None:
    campaign()
    people["ada"].offers_consultation = False
    people["ada"].save(update_fields=["offers_consultation"])
    drain()
    with time_machine.travel(datetime(2026, 12, 5, 12, tzinfo=UTC), tick=False):
        assert "Featured until" not in read("/specialists/")


def test_campaign_that_is_taken_back__features_nobody(people: dict[str, Any], read: Read) -> None:
    made = campaign()
    unpublish(made)
    drain()
    with time_machine.travel(datetime(2026, 12, 5, 12, tzinfo=UTC), tick=False):
        assert "Featured until" not in read("/specialists/")


def test_two_campaigns__never_run_at_once() -> None:
    from cms.publishing.rules import NotReady

    campaign()
    with pytest.raises(NotReady, match="runs on some of these days"):
        factories.campaign(starts_on=date(2026, 12, 20), ends_on=date(2027, 1, 5))


# ---- A profile ---------------------------------------------------------------------------------


def test_profile__says_who_it_is_what_it_costs_and_what_was_checked(people: dict[str, Any], read: Read) -> None:
    html = read("/specialists/ada/")
    for said in (
        "<h1>Ada</h1>",
        "€70",
        "Register of Tests",
        "Name and number compared with the register.",
        "by the Respite team",
        'href="/specialists/ada/request/"',
        'href="/specialists/ada/write/"',
        "Not for emergencies.",
    ):
        assert said in html
    assert '"@type":"ProfilePage"' in html


def test_profile__without_an_offer_has_no_way_to_ask_for_a_consultation(people: dict[str, Any], read: Read) -> None:
    assert "/specialists/bo/request/" not in read("/specialists/bo/")
    assert "/specialists/bo/write/" in read("/specialists/bo/")


def test_profile__is_there_in_each_language_with_its_own_words_marked(people: dict[str, Any], read: Read) -> None:
    html = read("/de/specialists/ada/")
    assert '<html lang="de"' in html
    assert '<p class="lede" lang="en">' in html
    assert "70\N{NO-BREAK SPACE}€" in html
    assert 'hreflang="en"' in html


def test_profile__that_is_a_draft_is_not_there(site: Site, client: Client) -> None:
    factories.specialist("Dee Draft", live=False)
    assert client.get("/specialists/dee-draft/").status_code == 404
    assert "Dee" not in client.get("/specialists/").content.decode()
    assert "Dee" not in client.get("/sync/changes/").content.decode()
    assert "Dee" not in client.get("/api/v1/library/changes/").content.decode()


def test_markup_in_a_profile__is_text(site: Site, read: Read) -> None:
    evil = "<script>alert(1)</script><!--slot:crisis--><!--where featured/x/y-->"
    factories.specialist("Eve", slug="eve", summary=evil, approach=evil, professional_title=evil[:100], cancelling=evil)
    for path in ("/specialists/eve/", "/specialists/", "/de/specialists/eve/"):
        html = read(path)
        assert "<script>alert(1)" not in html and "<!--slot" not in html and "<!--where" not in html


# ---- The entry ---------------------------------------------------------------------------------


def test_entry__has_what_it_is_filtered_by(people: dict[str, Any]) -> None:
    entry = Entry.objects.get(kind=Kind.SPECIALIST, slug="bo")
    assert set(Facet.objects.filter(entry=entry).values_list("name", "value")) == {
        ("topic", "grief"),
        ("language", "de"),
        ("language", "en"),
        ("way", "phone"),
        ("modality", "act"),
        ("country", "DE"),
        ("fee", "middle"),
        ("reduced_fee", "true"),
    }


def test_entry__follows_a_topic_that_is_renamed(people: dict[str, Any], read: Read) -> None:
    topic = people["ada"].topics.first()
    topic.title = "Sleeping"
    save_and_publish(topic)
    drain()
    assert "Sleeping" in read("/specialists/ada/")


def test_search__finds_specialists_by_name_and_by_what_they_say(people: dict[str, Any], read: Read) -> None:
    assert '<a href="/specialists/ada/">' in read("/search/?q=Ada")
    assert "/specialists/" in read("/search/?q=slowly+plainly&kind=specialist")
    assert '<a href="/de/specialists/ada/">' in read("/de/search/?q=Ada")


def test_phone__is_told_what_the_list_needs_and_no_more(people: dict[str, Any], client: Client) -> None:
    changes = {one["id"]: one for one in client.get("/sync/changes/").json()["changes"]}
    told = changes[str(people["ada"].public_id)]
    assert set(told["data"]) == {"slug", "summary", "topics", "featured", "facets"}
    assert ["way", "video", "Video"] in told["data"]["facets"]
    assert ["language", "en", "Englisch"] in told["others"]["de"]["facets"]
    assert told["ends_at"] and told["html"].startswith("<main") and told["card"].startswith("<article")


def test_list__asks_a_fixed_number_of_queries(people: dict[str, Any], client: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/specialists/?way=video")
        return len(asked)

    few = queries()
    for number in range(10):
        factories.specialist(f"More {number}")
    assert queries() == few


def test_expiry__is_the_end_of_the_entry(people: dict[str, Any]) -> None:
    entry = Entry.objects.get(kind=Kind.SPECIALIST, slug="ada")
    until = people["ada"].verified_until
    assert entry.ends_at == datetime.combine(until + timedelta(days=1), datetime.min.time(), UTC)


def test_preview_of_a_campaign__is_the_list_on_its_first_day(people: dict[str, Any]) -> None:
    made = factories.campaign(starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 31), cap=1, live=False)
    html = made.make_preview_request(preview_mode="reader").content.decode()
    assert names(html)[0] == "Ada" and "31 March 2027" in html
