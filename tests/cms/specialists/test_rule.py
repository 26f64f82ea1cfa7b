"""Who stands where: the rule on the vectors that the phone's worker is tested on too, and whether it is fair."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any
from uuid import UUID

import pytest

from cms.specialists import rule

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "specialists.json").read_text())
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 2000


def named(cases: list[dict[str, Any]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=[case["name"] for case in cases])


@named(VECTORS["order"])
def test_order__is_that_of_the_vectors(case: dict[str, Any]) -> None:
    now = datetime.fromisoformat(case["now"])
    assert [list(pair) for pair in rule.featured(case["people"], now).items()] == case["featured"]
    assert [one["id"] for one in rule.order(case["people"], now)] == case["order"]


def test_lot__is_that_of_the_vectors() -> None:
    assert len(VECTORS["lots"]) > 8
    assert all(rule.lot(one["day"], one["id"]) == one["lot"] for one in VECTORS["lots"])


def people(count: int, *windows: dict[str, Any]) -> list[dict[str, Any]]:
    # Ids that lie as close together as they can, which is the hardest for a hash.
    return [{"id": str(UUID(int=number)), "featured": list(windows)} for number in range(count)]


def days() -> list[datetime]:
    return [FIRST_DAY + timedelta(days=day, hours=day % 24) for day in range(DAYS)]


def test_order__gives_everybody_the_first_place_equally_often() -> None:
    everybody = people(20)
    firsts = Counter(rule.order(everybody, now)[0]["id"] for now in days())
    expected = DAYS / len(everybody)
    # Of 19 degrees of freedom chi-square passes 43.8 once in a thousand; the days are fixed, so it does or does not.
    assert sum((firsts[one["id"]] - expected) ** 2 / expected for one in everybody) < 43.8
    assert len(firsts) == len(everybody)


def test_order__gives_everybody_the_same_place_on_average() -> None:
    everybody = people(20)
    places: dict[str, list[int]] = {one["id"]: [] for one in everybody}
    for now in days():
        for place, one in enumerate(rule.order(everybody, now)):
            places[one["id"]].append(place)
    # A place has a standard deviation of 5.8; over 2000 days a mean has one of 0.13.
    assert all(abs(mean(found) - 9.5) < 0.5 for found in places.values())


def test_order__favours_nobody_beside_a_neighbour() -> None:
    # Who stands behind whom is drawn as well: nobody always follows the same person.
    everybody = people(10)
    followed: Counter[tuple[str, str]] = Counter()
    for now in days():
        ids = [one["id"] for one in rule.order(everybody, now)]
        followed.update(pairwise(ids))
    expected = DAYS * 9 / 90
    assert max(followed.values()) < expected * 1.4 and min(followed.values()) > expected * 0.6


def test_featured__gives_everybody_who_offers_equally_many_days_in_front() -> None:
    window = {
        "campaign": "all",
        "starts_at": "2020-01-01T00:00:00+00:00",
        "ends_at": "2040-01-01T00:00:00+00:00",
        "cap": 3,
    }
    offering, others = people(12, window), [{"id": f"other {number}", "featured": []} for number in range(12)]
    days_in_front = Counter(one for now in days() for one in rule.featured([*offering, *others], now))
    assert set(days_in_front) == {one["id"] for one in offering}
    assert sum(days_in_front.values()) == 3 * DAYS
    assert all(abs(count - DAYS / 4) < DAYS / 25 for count in days_in_front.values())


def test_order__does_not_depend_on_how_the_people_come() -> None:
    everybody = people(30)
    now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert rule.order(everybody, now) == rule.order(everybody[::-1], now)


def test_order__keeps_those_who_are_left_in_their_order_when_others_are_filtered_out() -> None:
    everybody = people(30)
    now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert [one for one in rule.order(everybody, now) if int(one["id"][-1], 16) % 2] == rule.order(
        [one for one in everybody if int(one["id"][-1], 16) % 2], now
    )


def test_next_day__begins_at_midnight_in_utc() -> None:
    assert rule.next_day(datetime.fromisoformat("2026-12-01T23:30:00-03:00")) == datetime(2026, 12, 3, tzinfo=UTC)
