"""The rules for joining a page, on the vectors that the worker is tested on too."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pwa import compose

VECTORS = Path(__file__).parent.parent / "vectors"
COMPOSE = json.loads((VECTORS / "compose.json").read_text())


def named(cases: list[dict[str, Any]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=[case.get("name", str(at)) for at, case in enumerate(cases)])


@named(COMPOSE["join"])
def test_join__gives_the_page_of_the_vectors(case: dict[str, Any]) -> None:
    now = datetime.fromisoformat(case["now"])
    page = compose.join(case["shell"], case["head"], case["main"], case["fills"], case["path"], now)
    assert page == case["page"]


@named(COMPOSE["wanted"])
def test_wanted__names_each_slot_once_in_order(case: dict[str, Any]) -> None:
    assert compose.wanted(case["html"]) == case["slots"]


@named(COMPOSE["fills"])
def test_fills__give_the_html_of_the_vectors(case: dict[str, Any]) -> None:
    drawn = {
        "latest": lambda: compose.latest(case["cards"]),
        "articles": lambda: compose.articles(case["cards"], case["page"], case["count"]),
        "topics": lambda: compose.topics(case["cards"]),
        "helplines": lambda: compose.helplines(case["lines"], case["first"]),
    }
    assert drawn[case["kind"]]() == case["html"]


@named(COMPOSE["heads"])
def test_short_head__names_the_page_then_the_site(case: dict[str, Any]) -> None:
    assert compose.short_head(case["title"], case["path"]) == case["head"]


@named(COMPOSE["offers"])
def test_offer__sets_a_banner_as_the_vectors_say(case: dict[str, Any]) -> None:
    assert compose.offer(case["banner_html"], case["placement"], case["banner"]) == case["html"]


def test_next_moment__is_the_earliest_that_has_not_passed() -> None:
    main = "<!--after 2026-01-01T00:00:00+00:00-->a<!--/after--><!--after 2027-01-01T00:00:00+00:00-->b<!--/after-->"
    assert compose.next_moment(main, datetime(2026, 6, 1, tzinfo=UTC)) == datetime(2027, 1, 1, tzinfo=UTC)
    assert compose.next_moment(main, datetime(2028, 1, 1, tzinfo=UTC)) is None


def test_parse__reads_words_and_values_apart() -> None:
    assert compose.parse("banners article_end client sleep,loss") == (
        "banners",
        ["article_end", "client", "sleep,loss"],
        {},
    )
    assert compose.parse("articles topic=sleep") == ("articles", [], {"topic": "sleep"})


@named(COMPOSE["countries"])
def test_countries__give_the_html_of_the_vectors(case: dict[str, Any]) -> None:
    assert compose.countries(case["lines"], case["chosen"]) == case["html"]


@named(COMPOSE["support"])
def test_support__gives_the_html_of_the_vectors(case: dict[str, Any]) -> None:
    assert compose.support(case["path"]) == case["html"]


@named(COMPOSE["consultation"])
def test_consultation__gives_the_html_of_the_vectors(case: dict[str, Any]) -> None:
    assert compose.consultation(case["path"]) == case["html"]


@named(COMPOSE["ways"])
def test_ways__lead_where_the_vectors_say(case: dict[str, Any]) -> None:
    assert compose.ways(case["path"], case["root"], case["translations"], case["known"]) == case["ways"]


@named(COMPOSE["languages"])
def test_languages__give_the_html_of_the_vectors(case: dict[str, Any]) -> None:
    assert compose.languages(case["here"], case["ways"], case["known"]) == case["html"]
