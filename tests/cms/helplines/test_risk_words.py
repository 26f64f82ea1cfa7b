"""Risk words show help: on the server as on the phone, by one list."""

import json
from pathlib import Path
from typing import Any

import pytest

from cms.helplines import risk_words
from cms.helplines.risk_words import RISK_WORDS, as_compared, has_risk_words, phrases

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[2] / "vectors" / "risk.json").read_text("utf-8"))


@pytest.mark.parametrize("case", VECTORS["compared"], ids=lambda case: case["text"])
def test_text__is_compared_as_on_the_phone(case: dict[str, str]) -> None:
    assert as_compared(case["text"]) == case["compared"]


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_rule__is_that_of_the_phone(monkeypatch: pytest.MonkeyPatch, case: dict[str, Any]) -> None:
    monkeypatch.setattr(risk_words, "phrases", lambda: tuple(VECTORS["phrases"]))
    assert has_risk_words(case["text"]) is case["risk"]


@pytest.mark.parametrize("case", VECTORS["list"], ids=lambda case: case["text"])
def test_list__knows_danger_from_sorrow(case: dict[str, Any]) -> None:
    assert has_risk_words(case["text"]) is case["risk"]


def test_phrases__are_each_found_as_they_are_written() -> None:
    for words in RISK_WORDS.values():
        assert all(has_risk_words(f"Well, {phrase}!") for phrase in words)
    assert len(set(phrases())) == len(phrases())


def test_several_texts__count_each_by_itself() -> None:
    assert has_risk_words("A title", "I want to die")
    assert not has_risk_words("I want to", "die")
