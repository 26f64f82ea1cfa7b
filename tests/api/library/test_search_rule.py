"""How words are compared, mended and marked: the rule that server and phone share, on the vectors of both."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.library.search.marks import excerpt, marked
from api.library.vocabulary import distance
from api.library.words import plain, terms_of

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[2] / "vectors" / "search.json").read_text())


@pytest.mark.parametrize("case", VECTORS["plain"], ids=lambda case: case["text"])
def test_plain__is_how_words_are_compared(case: dict[str, str]) -> None:
    assert plain(case["text"]) == case["plain"]


@pytest.mark.parametrize("case", VECTORS["terms"], ids=lambda case: case["query"])
def test_terms__are_words_and_phrases(case: dict[str, Any]) -> None:
    found = [{"words": list(term.words), "isPhrase": term.is_phrase} for term in terms_of(case["query"])]
    assert found == case["terms"]


@pytest.mark.parametrize("case", VECTORS["distances"], ids=lambda case: f"{case['one']}-{case['other']}")
def test_distance__counts_slips(case: dict[str, Any]) -> None:
    assert distance(case["one"], case["other"], case["most"]) == case["distance"]


@pytest.mark.parametrize("case", VECTORS["marked"], ids=lambda case: case["query"])
def test_marked__shows_where_the_words_are(case: dict[str, str]) -> None:
    assert marked(case["text"], terms_of(case["query"])) == case["html"]


@pytest.mark.parametrize("case", VECTORS["excerpts"], ids=lambda case: case["query"])
def test_excerpt__is_the_piece_that_has_the_most(case: dict[str, str]) -> None:
    assert excerpt(case["text"], terms_of(case["query"])) == case["html"]
