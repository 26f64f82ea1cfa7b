"""Which banner stands where, on the vectors that the phone's worker is tested on too."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cms.banners import rule
from cms.banners.places import AFTER_SECTION, SECTIONS, Placement

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "banners.json").read_text())


def named(kind: str) -> pytest.MarkDecorator:
    cases = VECTORS[kind]
    return pytest.mark.parametrize("case", cases, ids=[case["name"] for case in cases])


@named("choose")
def test_choose__chooses_as_the_vectors_say(case: dict[str, Any]) -> None:
    place = rule.Place(case["placement"], case["audience"], case["topics"])
    chosen = rule.choose(case["banners"], place, datetime.fromisoformat(case["now"]))
    assert (chosen and chosen["id"]) == case["chosen"]


@named("pages")
def test_arrange__fills_a_page_as_the_vectors_say(case: dict[str, Any]) -> None:
    places = [rule.Place.read(slot.split(" ")) for slot in case["slots"]]
    standing = rule.arrange(case["banners"], places, datetime.fromisoformat(case["now"]))
    assert [banner and banner["id"] for banner in standing] == case["stand"]


@named("order")
def test_rank__orders_as_the_vectors_say(case: dict[str, Any]) -> None:
    assert [banner["id"] for banner in sorted(case["banners"], key=rule.rank)] == case["order"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"priority": 1}, rule.Because.PRIORITY),
        ({"topics": ["sleep"]}, rule.Because.TOPIC),
        ({"starts_at": "2026-11-01T00:00:00+00:00"}, rule.Because.START),
        ({}, rule.Because.IDENTIFIER),
    ],
)
def test_because__names_what_decides(changes: dict[str, Any], expected: rule.Because) -> None:
    banner = {"priority": 0, "topics": [], "starts_at": None, "id": "a"}
    assert rule.because(banner, {**banner, "id": "b", **changes}) is expected


def test_sections__each_have_their_placement() -> None:
    sections = [value for value in Placement.values if value.startswith(AFTER_SECTION)]
    assert sections == [f"{AFTER_SECTION}{number}" for number in range(1, SECTIONS + 1)]
