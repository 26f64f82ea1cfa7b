"""References as APA 7 sets them, against the public examples of APA Style where there is one.

The cases stand in ``tests/vectors/references.json``: facts of a work as CSL-JSON, and its line in plain text
with asterisks around what is italic. ``source`` names the page or the section of the Publication Manual.
"""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from cms.references.formatting import format_html
from cms.references.models import ReferenceType

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[2] / "vectors" / "references.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_reference__is_set_as_apa_style_shows_it(case: dict[str, Any]) -> None:
    html = format_html(case["csl"], case.get("year_suffix", ""))
    marked = re.sub(r"</?i>", "*", re.sub(r"</?a\b[^>]*>", "", html))
    assert unescape(marked) == case["text"]


def test_cases__are_enough_and_cover_every_kind_of_work() -> None:
    assert len(CASES) >= 60
    assert len({case["name"] for case in CASES}) == len(CASES)
    assert {case["csl"]["type"] for case in CASES} == set(ReferenceType.values)
    assert all(case["source"] for case in CASES)
