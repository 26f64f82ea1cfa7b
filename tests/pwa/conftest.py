"""A small site to read, and the ways to look at what is answered."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from cms.articles.models import Article, Topic
from cms.people.models import Person
from cms.publishing.services import fresh
from tests import factories
from tests.standing import undone_at_the_end

LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@dataclass(frozen=True)
class Site:
    """What is published on it."""

    article: Article
    topic: Topic
    author: Person
    path: str


def publish_one_of_each() -> Site:
    """Publish one of each thing."""
    factories.home_page(greeting="Good to see you.")
    topic = factories.topic("Sleep", tone="moss")
    author = factories.person("Ana Writer", slug="ana-writer")
    article = factories.article(
        "When sleep will not come",
        slug="sleep",
        topics=[topic],
        authors=[author],
        content_note="This mentions long nights.",
        corrections=["A number was wrong."],
        image=factories.picture("Night"),
        image_alt="A moon over hills",
    )
    factories.banner("A first conversation")
    factories.helpline("Samaritans", phone="116 123")
    factories.helpline("Lifeline", country="US", phone="988")
    factories.information_page("About", slug="about")
    factories.consultation_page("Free consultation", slug="free-consultation")
    factories.consultation_page("For specialists: a first step", slug="for-specialists", audience="specialist")
    return Site(article, topic, author, "/articles/sleep/")


@pytest.fixture(scope="module")
def published(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """Publish a site for the tests of a module."""
    with undone_at_the_end(django_db_blocker):
        made = publish_one_of_each()
        # Nothing of it waits for a commit that never comes, or a test that captures its own would find it there.
        connection.run_on_commit = []
        yield made


@pytest.fixture
def site(published: Site, db: None) -> Site:
    """Give the published site, as if nobody had touched it: what a test does to it is undone."""
    return replace(
        published, article=fresh(published.article), topic=fresh(published.topic), author=fresh(published.author)
    )


@pytest.fixture
def read(client: Client) -> Callable[[str], str]:
    """Read a page that is there."""

    def text(path: str) -> str:
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return response.content.decode()

    return text


def inside_main(answer: Any) -> str:
    """Give what stands in the main of an answered page."""
    return str(answer.content.decode().split("<main")[1].split("</main>")[0])


def main_of(html: str) -> str:
    """Give the main of a page."""
    found = re.search(r"<main\b.*</main>", html, re.DOTALL)
    assert found is not None
    return found[0]


def linked_data(html: str) -> dict[str, Any]:
    """Give what a page says of itself to machines."""
    (script,) = LINKED_DATA.findall(html)
    known: dict[str, Any] = json.loads(script)
    return known
