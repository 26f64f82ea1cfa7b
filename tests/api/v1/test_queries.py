"""How many queries a read costs: a number that neither what is shown nor what there is changes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from tests.api.v1 import entries
from tests.api.v1.contract import ContractClient

pytestmark = pytest.mark.django_db

Counter = Callable[[int], AbstractContextManager[Any]]

# The stored bytes; for a list, also the moment at which anything next begins or ends.
QUERIES = {
    "/api/v1/articles/article/": 1,
    "/api/v1/articles/nothing/": 2,
    "/api/v1/articles/": 2,
    "/api/v1/articles/?limit=1": 2,
    "/api/v1/articles/?limit=20&topic=rest&author=ana&language=en": 2,
    "/api/v1/articles/?ordering=title": 2,
    "/api/v1/references/": 2,
    "/api/v1/topics/": 2,
    "/api/v1/topics/rest/": 1,
    "/api/v1/banners/?placement=home&audience=client&topic=rest": 2,
    "/api/v1/helplines/": 2,
    # How many of each kind, the page, what editors put first; where little is found, whether words have changed.
    "/api/v1/search/?q=article": 4,
    "/api/v1/search/?q=artcle": 5,
    "/api/v1/search/?q=zzzzzz": 3,
    "/api/v1/search/suggestions/?q=art": 3,
    "/api/v1/library/changes/": 2,
    "/api/v1/library/changes/?limit=1": 2,
    "/api/v1/session/": 0,
    "/api/v1/schema/": 0,
}


def fill(articles: int, others: int) -> None:
    """Store things in numbers; the article and the topic that are asked for are among them."""
    entries.article("Article", slug="article")
    entries.many_articles(articles)
    for number in range(others):
        entries.topic(f"Topic {number}", slug=f"topic-{number}")
        entries.banner(f"Banner {number}")
    entries.topic("Rest")


def count_all(client: ContractClient, django_assert_num_queries: Counter) -> None:
    """Ask everything, and raise where it costs another number of queries."""
    client.get("/api/v1/search/?q=warm")  # Django keeps the content type from here on, and we the words
    for path, number in QUERIES.items():
        with django_assert_num_queries(number):
            client.get(path)


@pytest.mark.parametrize("others", [1, 20])
def test_one_thing_or_twenty__cost_the_same(
    client: ContractClient, django_assert_num_queries: Counter, others: int
) -> None:
    fill(articles=others, others=others)
    count_all(client, django_assert_num_queries)


@pytest.mark.parametrize("articles", [100, 5000])
def test_a_small_library_or_a_large_one__cost_the_same(
    client: ContractClient, django_assert_num_queries: Counter, articles: int
) -> None:
    fill(articles=articles, others=3)
    count_all(client, django_assert_num_queries)


def test_a_known_tag__costs_no_more(client: ContractClient, django_assert_num_queries: Counter) -> None:
    fill(articles=5, others=1)
    for path, number in (("/api/v1/articles/article/", 1), ("/api/v1/articles/", 2)):
        tag = client.get(path).headers["ETag"]
        with django_assert_num_queries(number):
            assert client.get(path, headers={"if-none-match": tag}).status_code == 304
