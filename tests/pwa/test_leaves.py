"""The rule for further pages of one thing, on the vectors that the phone is tested on too."""

import json
from pathlib import Path
from typing import Any

import pytest

from pwa import leaves

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "leaves.json").read_text())


@pytest.mark.parametrize("case", VECTORS["leaves"], ids=[case["name"] for case in VECTORS["leaves"]])
def test_leaf__gives_one_page_of_a_thing(case: dict[str, Any]) -> None:
    assert leaves.leaf(case["html"], case["leaf"]) == case["main"]


@pytest.mark.parametrize("case", VECTORS["belongs"], ids=[case["path"] for case in VECTORS["belongs"]])
def test_belongs__names_the_thing_and_the_page(case: dict[str, Any]) -> None:
    assert leaves.belongs(case["path"]) == (case["base"], case["leaf"])


def test_bound__is_taken_apart_again() -> None:
    pages = {"": "<main>Own</main>", "request": "<main>Request</main>"}
    html = leaves.bound(pages)
    assert {name: leaves.leaf(html, name) for name in pages} == pages
