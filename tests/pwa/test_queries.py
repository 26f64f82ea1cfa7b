"""How many questions a page asks of the database: the same, however much there is to show."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pwa import pages
from tests import factories
from tests.pwa.conftest import Site

# The ledger, the settings of the site and the pages of the navigation; then what the page itself needs.
STANDING = 3
COUNTS = {
    "/": 12,
    "/articles/": 10,
    "/articles/sleep/": 8,
    "/topics/sleep/": 8,
    "/people/ana-writer/": 8,
    "/about/": 6,
    "/free-consultation/": 6,
    "/help/": 5,
    "/search/?q=night": 6,
    "/feed.atom": 5,
    "/sitemap.xml": 5,
    "/nothing/": 6,
    "/sync/changes/?limit=500": 4,
}


def publish_a_crowd(site: Site) -> None:
    """Publish twenty of what pages list."""
    for number in range(19):
        topic = factories.topic(f"Topic {number:02}")
        author = factories.person(f"Person {number:02}", slug=f"person-{number:02}")
        factories.article(
            f"Night {number}", slug=f"night-{number}", topics=[site.topic, topic], authors=[site.author, author]
        )
        factories.banner(f"Banner {number}")
        factories.helpline(f"Line {number}", country="AU")


def asked(client: Client, path: str) -> list[str]:
    """Give the queries of one reading, with nothing remembered."""
    pages.memory.clear()
    with CaptureQueriesContext(connection) as context:
        client.get(path)
    return [query["sql"][:160] for query in context.captured_queries]


def test_page__asks_as_much_for_one_thing_as_for_twenty(site: Site, client: Client) -> None:
    ContentType.objects.clear_cache()
    client.get("/search/?q=night")
    few = {path: len(asked(client, path)) for path in COUNTS}
    publish_a_crowd(site)
    many = {path: len(asked(client, path)) for path in COUNTS}
    assert many == few
    assert few == COUNTS


def test_page_that_is_remembered__asks_only_whether_it_still_stands(site: Site, client: Client) -> None:
    client.get(site.path)
    with CaptureQueriesContext(connection) as context:
        client.get(site.path)
    assert len(context.captured_queries) == STANDING
