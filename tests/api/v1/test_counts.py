"""Counts of banners: added up once, bounded, and about nobody."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.banners.counting import BATCHES_KEPT_FOR, KEPT_FOR, today
from cms.banners.models import Banner, BannerCount, CountedBatch
from cms.consultations.practices import DailySum
from cms.publishing.services import ledger
from tests import factories
from tests.api.v1.contract import ContractClient
from tests.cms.consultations.stage import specialist

pytestmark = pytest.mark.django_db

COUNTS = "/api/v1/banners/counts/"


@pytest.fixture
def banner() -> Banner:
    return factories.banner("A first conversation")


def entry(banner: Banner, **fields: Any) -> dict[str, Any]:
    """Give one count of a batch."""
    usual = {"banner": str(banner.public_id), "placement": "home", "event": "shown", "day": f"{today()}", "count": 1}
    return {**usual, **fields}


def batch(*counts: Any, **fields: Any) -> dict[str, Any]:
    return {"batch": str(uuid4()), "counts": list(counts), **fields}


def send(client: ContractClient, content: Any, **more: Any) -> Any:
    return client.post(COUNTS, content, content_type="application/json", **more)


def totals(day: date | None = None) -> list[tuple[str, int, int]]:
    rows = BannerCount.objects.filter(day=day or today()).order_by("placement")
    return list(rows.values_list("placement", "shown", "followed"))


def test_batch__is_added_to_what_there_is(client: ContractClient, banner: Banner) -> None:
    first = batch(entry(banner, count=3), entry(banner, event="followed"), entry(banner, placement="after_section_2"))
    assert send(client, first).status_code == 204
    send(client, batch(entry(banner, count=50), entry(banner, count=2), entry(banner, event="followed", count=4)))
    assert totals() == [("after_section_2", 1, 0), ("home", 55, 5)]


def test_batch_sent_twice__counts_once(client: ContractClient, banner: Banner) -> None:
    content = batch(entry(banner, count=3))
    assert [send(client, content).status_code for _ in range(2)] == [204, 204]
    assert totals() == [("home", 3, 0)]


def test_answer__sets_no_cookie_and_is_kept_by_nobody(client: ContractClient, banner: Banner) -> None:
    client.force_login(factories.editor())
    with CaptureQueriesContext(connection) as asked:
        response = send(client, batch(entry(banner)))
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    assert not [query for query in asked.captured_queries if "session" in query["sql"] or "people_user" in query["sql"]]


def test_what_is_kept__is_a_sum_by_banner_place_and_day_and_a_batchs_number_and_day() -> None:
    assert {field.name for field in BannerCount._meta.get_fields()} == {
        "id", "banner", "placement", "day", "shown", "followed"
    }  # fmt: skip
    assert {field.name for field in CountedBatch._meta.get_fields()} == {"id", "received_on"}


def test_throttle__keeps_no_address_that_could_be_read(
    client: ContractClient, banner: Banner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.v1.counts.CountsThrottle.rate", "2/min")
    statuses = [send(client, batch(entry(banner)), REMOTE_ADDR="192.0.2.7").status_code for _ in range(3)]
    assert statuses == [204, 204, 429]
    kept: Any = cache
    keys = kept.keys("*") if hasattr(kept, "keys") else list(kept._cache)
    assert keys
    assert not [key for key in keys if "192.0.2.7" in key]


def test_counting__takes_no_turn_of_a_writer(client: ContractClient, banner: Banner) -> None:
    before = ledger().revision
    send(client, batch(entry(banner)))
    assert ledger().revision == before


def test_days__are_taken_for_thirty(client: ContractClient, banner: Banner) -> None:
    for days, status in [(30, 204), (31, 400), (-1, 204), (-2, 400)]:
        assert send(client, batch(entry(banner, day=f"{today() - timedelta(days)}"))).status_code == status
    assert BannerCount.objects.count() == 2


def test_banner_that_is_not_there_any_more__is_passed_over(client: ContractClient, banner: Banner) -> None:
    gone = {**entry(banner), "banner": str(uuid4())}
    assert send(client, batch(gone, entry(banner))).status_code == 204
    assert totals() == [("home", 1, 0)]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda content: content.update(batch="one"), "batch"),
        (lambda content: content.update(counts=[]), "counts"),
        (lambda content: content.update(counts=content["counts"] * 101), "counts"),
        (lambda content: content["counts"].append(7), "counts.1.banner"),
        (lambda content: content["counts"][0].update(count=51), "counts.0.count"),
        (lambda content: content["counts"][0].update(count=0), "counts.0.count"),
        (lambda content: content["counts"][0].update(count=True), "counts.0.count"),
        (lambda content: content["counts"][0].update(event="seen"), "counts.0.event"),
        (lambda content: content["counts"][0].update(placement="after_section_10"), "counts.0.placement"),
        (lambda content: content["counts"][0].update(day="2026-02-30"), "counts.0.day"),
    ],
)
def test_batch_that_is_wrong__is_refused_whole_and_says_where(
    client: ContractClient, banner: Banner, change: Callable[[Any], None], named: str
) -> None:
    content = batch(entry(banner))
    change(content)
    response = send(client, content)
    assert response.status_code == 400
    assert named in response.json()["errors"]
    assert not BannerCount.objects.exists()


@pytest.mark.parametrize("content", [b" ", b"{", b"[" * 30_000, b"\xff", b"null", b"[]", b'"text"'])
def test_what_is_no_batch__is_refused(client: ContractClient, content: bytes) -> None:
    assert send(client, content).status_code == 400


def test_too_much__is_refused_and_so_is_a_form_of_another_site(client: ContractClient, banner: Banner) -> None:
    assert send(client, b" " * 33_000).status_code == 400
    assert client.post(COUNTS, json.dumps(batch(entry(banner))), content_type="text/plain").status_code == 415
    assert client.get(COUNTS).status_code == 405


def test_sweep__forgets_old_counts_and_keeps_a_batch_longer_than_its_days_are_taken(
    client: ContractClient, banner: Banner
) -> None:
    late = batch(entry(banner))
    with time_machine.travel(f"{today()}T12:00:00Z") as now:
        send(client, late)
        now.shift(BATCHES_KEPT_FOR)
        call_command("banner_counts", "sweep")
        assert CountedBatch.objects.count() == 1
        now.shift(timedelta(days=1))
        call_command("banner_counts", "sweep")
        assert not CountedBatch.objects.exists()
        assert send(client, late).status_code == 400, "its day is taken no more, so it cannot count twice"
        assert BannerCount.objects.count() == 1
        now.shift(KEPT_FOR)
        call_command("banner_counts", "sweep")
    assert not BannerCount.objects.exists()


# ---- Profiles --------------------------------------------------------------------------------


def test_profile__is_counted_by_its_day__once_a_batch(client: ContractClient, banner: Banner) -> None:
    mine = specialist()
    seen = {**entry(banner, count=4), "banner": str(mine.public_id), "placement": "profile"}
    content = batch(seen, entry(banner), {**seen, "count": 1})
    assert [send(client, content).status_code for _ in range(2)] == [204, 204]
    assert DailySum.objects.get().as_told() == {"day": f"{today()}", "seen": 5, "requests": 0, "held": 0}
    assert totals() == [("home", 1, 0)]


def test_profile__is_not_followed__and_one_that_is_gone_is_passed_over(client: ContractClient, banner: Banner) -> None:
    followed = entry(banner, placement="profile", event="followed")
    assert send(client, batch(followed)).json()["errors"] == {
        "counts.0.event": ["Use shown or followed; of a profile shown."]
    }
    assert send(client, batch(entry(banner, placement="profile"))).status_code == 204
    assert not DailySum.objects.exists() and totals() == []
