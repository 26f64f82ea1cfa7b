"""Citations in the text, and the order of the list, against APA 7 and the public examples of APA Style.

The cases stand in ``tests/vectors/citations.json``: the works of one list, what is cited of them, and what is
printed, with asterisks around what is italic. ``list`` is the order of the list where a case is about that.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from cms.references.bibliography import Bibliography, letter_at
from cms.references.in_text import Cited, Piece, author_year, numbered
from cms.references.titles import title_case

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[2] / "vectors" / "citations.json").read_text("utf-8"))


def marked(pieces: list[Piece]) -> str:
    return "".join(f"*{piece.text}*" if piece.italic else piece.text for piece in pieces)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_citation__is_set_as_apa_style_shows_it(case: dict[str, Any]) -> None:
    works = Bibliography(case["works"])
    cited = [Cited(**one) for one in case["cite"]]
    if "numbers" in case:
        pieces = numbered(cited, {key: number for number, key in enumerate(case["numbers"], start=1)})
    else:
        pieces = author_year(cited, works)
    assert marked(pieces) == case["text"]
    if "list" in case:
        assert works.in_order(case["works"]) == case["list"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_order_of_loading__changes_nothing(case: dict[str, Any]) -> None:
    """The letters and names follow from the works, not from how somebody happened to find them."""
    there, back = Bibliography(case["works"]), Bibliography(dict(reversed(case["works"].items())))
    assert {key: there.year(key) for key in case["works"]} == {key: back.year(key) for key in case["works"]}
    assert there.called == back.called


def test_every_work_of_a_citation__can_be_a_link_of_its_own() -> None:
    works = Bibliography({"a": CASES[0]["works"]["luna"], "b": {"type": "book", "title": "Rest"}})
    pieces = author_year([Cited("a", place="p. 4", prefix="see", suffix="and on"), Cited("b")], works)
    assert [(piece.text, piece.key) for piece in pieces] == [
        ("(", ""),
        ("see ", ""),
        ("Luna", "a"),
        (", ", "a"),
        ("2020", "a"),
        (", p. 4", "a"),
        (", and on", ""),
        ("; ", ""),
        ("Rest", "b"),
        (", ", "b"),
        ("n.d.", "b"),
        (")", ""),
    ]


def test_nothing_cited__is_nothing() -> None:
    assert author_year([], Bibliography({})) == []
    assert numbered([], {}) == []


def test_letters__go_on_after_z() -> None:
    assert [letter_at(place) for place in (0, 25, 26, 27, 701, 702)] == ["a", "z", "aa", "ab", "zz", "aaa"]


@pytest.mark.parametrize(
    ("title", "cased"),
    [
        ("the art of the first minute", "The Art of the First Minute"),
        ("rest: a guide for nurses", "Rest: A Guide for Nurses"),
        ("self-compassion and DNA", "Self-Compassion and DNA"),
        ("“quiet” hours", "“Quiet” Hours"),
    ],
)
def test_title_case__spares_the_small_words(title: str, cased: str) -> None:
    assert title_case(title) == cased
