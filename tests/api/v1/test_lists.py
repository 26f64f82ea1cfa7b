"""Lists: cards, filters, orders, pages that lose and repeat nothing."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from api.library.models import Entry
from tests.api.v1 import entries
from tests.api.v1.contract import ContractClient

pytestmark = pytest.mark.django_db

ARTICLES = "/api/v1/articles/"


def titles(answer: Any) -> list[str]:
    """Give the titles on a page."""
    return [item["title"] for item in answer.json()["results"]]


def pages(client: ContractClient, path: str, link: str = "next") -> Iterator[list[str]]:
    """Follow a link from page to page."""
    following: str | None = path
    while following:
        answer = client.get(following)
        assert answer.status_code == 200
        yield titles(answer)
        following = answer.json()[link]


def make(*names: str) -> list[Entry]:
    """Store articles, the first the oldest."""
    return [entries.article(name) for name in names]


def test_articles__come_newest_first_as_cards(client: ContractClient) -> None:
    make("a", "b", "c")
    assert titles(client.get(ARTICLES)) == ["c", "b", "a"]


@pytest.mark.parametrize(("ordering", "expected"), [("published_at", "bca"), ("title", "abc"), ("-title", "cba")])
def test_ordering__orders(client: ContractClient, ordering: str, expected: str) -> None:
    make("b", "c", "a")
    assert "".join(titles(client.get(f"{ARTICLES}?ordering={ordering}"))) == expected


def test_filters__leave_only_what_fits_all_of_them(client: ContractClient) -> None:
    entries.article("both", topic_slugs=["sleep"], author_slugs=["bo"])
    entries.article("topic only", topic_slugs=["sleep"])
    entries.article("author only", author_slugs=["bo"])
    assert titles(client.get(f"{ARTICLES}?topic=sleep&author=bo&language=en")) == ["both"]
    assert titles(client.get(f"{ARTICLES}?topic=nothing-has-this")) == []


def test_an_article_with_two_topics__stands_in_the_list_once(client: ContractClient) -> None:
    entries.article("one", topic_slugs=["sleep", "rest"])
    assert titles(client.get(ARTICLES)) == ["one"]


@pytest.mark.parametrize("ordering", ["-published_at", "published_at", "title", "-title"])
def test_pages__hold_everything_once_in_both_directions_even_among_equals(
    client: ContractClient, ordering: str
) -> None:
    for number in range(11):
        entries.article(f"same {number // 4}", published_at=entries.EPOCH + timedelta(days=number // 5))
    whole = [item["id"] for item in client.get(f"{ARTICLES}?ordering={ordering}&limit=100").json()["results"]]
    forward, backward, path = [], [], f"{ARTICLES}?ordering={ordering}&limit=3"
    while path:
        answer = client.get(path).json()
        forward += [item["id"] for item in answer["results"]]
        path, last = answer["next"], answer
    assert forward == whole
    path = last["previous"]
    backward = [item["id"] for item in last["results"]]
    while path:
        answer = client.get(path).json()
        backward = [item["id"] for item in answer["results"]] + backward
        path = answer["previous"]
    assert backward == whole


def test_publishing_and_withdrawing_between_pages__neither_repeats_nor_skips_what_stays(client: ContractClient) -> None:
    stored = make(*"abcdefghi")
    seen = []
    for number, page in enumerate(pages(client, f"{ARTICLES}?limit=2")):
        seen += page
        entries.article(f"new {number}")
        if number == 0:
            entries.bury(stored[7])  # h, the boundary of the first page itself
            entries.bury(stored[5])  # f, which was yet to come
    assert seen == list("ihgedcba")


def test_links__are_paths_that_keep_the_filters(client: ContractClient) -> None:
    make("a", "b")
    link = client.get(f"{ARTICLES}?topic=rest&limit=1", headers={"host": "localhost"}).json()["next"]
    assert link.startswith("/api/v1/articles/?topic=rest&limit=1&cursor=")
    assert titles(client.get(link)) == ["a"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("colour=red", "colour"),
        ("colour=red&topic=a%20b", "colour,topic"),
        ("ordering=size", "ordering"),
        ("language=xx", "language"),
        ("topic=a&topic=b", "topic"),
        ("cursor=nonsense", "cursor"),
        ("cursor=WyJ0aXRsZSIsIm4iLCJhIiwieCJd", "cursor"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=%C2%B2", "limit"),
        ("author=", "author"),
    ],
)
def test_parameters_that_are_unknown_or_wrong__are_named(client: ContractClient, query: str, named: str) -> None:
    answer = client.get(f"{ARTICLES}?{query}")
    assert answer.status_code == 400
    assert sorted(answer.json()["errors"]) == named.split(",")


@pytest.mark.parametrize(
    ("ordering", "key"),
    [
        ("title", r'"\ud800"'),
        ("title", '"\\u0000"'),
        ("-published_at", '"9999-12-31T23:59:59-14:00"'),
        ("-published_at", '"0001-01-01T00:00:00+14:00"'),
        ("title", "[" * 20_000),
    ],
)
def test_a_cursor_that_no_database_could_be_asked_with__is_refused(
    client: ContractClient, ordering: str, key: str
) -> None:
    text = f'["{ordering}","n",{key},"{UUID(int=1)}"]'
    cursor = urlsafe_b64encode(text.encode()).decode().rstrip("=")
    answer = client.get(f"{ARTICLES}?ordering={ordering}&cursor={cursor}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["cursor"])


def test_a_cursor_of_another_ordering__is_refused(client: ContractClient) -> None:
    make("a", "b")
    cursor = client.get(f"{ARTICLES}?limit=1&ordering=title").json()["next"].partition("cursor=")[2]
    assert client.get(f"{ARTICLES}?limit=1&ordering=-title&cursor={cursor}").status_code == 400


def test_what_has_ended_or_not_begun__is_in_no_list(client: ContractClient) -> None:
    now = timezone.now()
    entries.article("over", ends_at=now - timedelta(seconds=1))
    entries.article("to come", starts_at=now + timedelta(hours=1))
    entries.article("running", starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    entries.bury(entries.article("buried"))
    assert titles(client.get(ARTICLES)) == ["running"]


def test_topics__come_by_title(client: ContractClient) -> None:
    for title in ("Sleep", "Anger", "Rest"):
        entries.topic(title)
    assert titles(client.get("/api/v1/topics/")) == ["Anger", "Rest", "Sleep"]


# ---- Banners ---------------------------------------------------------------------------------


def headings(answer: Any) -> list[str]:
    """Give the headings of the banners in an answer."""
    return [item["heading"] for item in answer.json()["results"]]


def test_banners__are_chosen_by_place_audience_and_topic(client: ContractClient) -> None:
    entries.banner("all")
    entries.banner("sleep", topics=["sleep"])
    entries.banner("anger", topics=["anger"])
    entries.banner("elsewhere", placements=["article_end"])
    entries.banner("others", audience="specialist")
    found = headings(client.get("/api/v1/banners/?placement=home&audience=client&topic=sleep"))
    assert found == ["sleep", "all"]
    assert headings(client.get("/api/v1/banners/?audience=specialist")) == ["others"]
    assert len(headings(client.get("/api/v1/banners/"))) == 5


def test_banners__stand_by_priority_then_topic_then_latest_start(client: ContractClient) -> None:
    now = timezone.now()
    entries.banner("never started")
    entries.banner("early", starts_at=now - timedelta(days=2))
    entries.banner("late", starts_at=now - timedelta(days=1))
    entries.banner("for sleep", topics=["sleep"])
    entries.banner("first", priority=1)
    entries.banner("to come", priority=9, starts_at=now + timedelta(days=1))
    entries.banner("over", priority=9, ends_at=now)
    found = headings(client.get("/api/v1/banners/?topic=sleep"))
    assert found == ["first", "for sleep", "late", "early", "never started"]


def test_an_unknown_placement__is_refused(client: ContractClient) -> None:
    assert client.get("/api/v1/banners/?placement=everywhere").status_code == 400
