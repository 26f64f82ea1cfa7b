"""What a page says of itself to machines."""

from collections.abc import Callable
from datetime import datetime
from html.parser import HTMLParser

from django.conf import settings
from django.test import Client

from tests import factories
from tests.pwa.conftest import Site, linked_data

Read = Callable[[str], str]


class Head(HTMLParser):
    """Collects the title, the metas and the links of a document."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.title, self.metas, self.links, self._in_title = "", dict[str, str](), dict[str, str](), False
        self.feed(html.split("</head>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self._in_title = tag == "title"
        if tag == "meta":
            self.metas[named.get("property") or named.get("name", "")] = named.get("content", "")
        if tag == "link":
            self.links[named["rel"]] = named["href"]

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
            self._in_title = False


def test_article__names_itself_to_those_who_share_it(site: Site, read: Read) -> None:
    head = Head(read(site.path))
    assert head.title == "When sleep will not come · Respite"
    assert head.metas["description"] == "What we know about when sleep will not come."
    assert head.links["canonical"] == f"{settings.ORIGIN}{site.path}"
    assert head.metas["og:type"] == "article"
    assert head.metas["og:title"] == "When sleep will not come"
    assert head.metas["og:url"] == head.links["canonical"]
    assert head.metas["og:image"].startswith(f"{settings.ORIGIN}/media/images/")
    assert head.metas["og:image:alt"] == "A moon over hills"
    assert datetime.fromisoformat(head.metas["article:published_time"]).tzinfo is not None


def test_article__describes_itself_and_what_it_cites_as_linked_data(site: Site, read: Read) -> None:
    known = linked_data(read(site.path))
    assert known["@context"] == "https://schema.org"
    assert known["@type"] == ["ScholarlyArticle", "MedicalWebPage"]
    assert known["headline"] == "When sleep will not come"
    assert known["author"][0]["name"] == "Ana Writer"
    assert known["lastReviewed"] == "2026-09-01"
    assert known["reviewedBy"]["@type"] == "Person"
    (work,) = known["citation"]
    assert work["@type"] == "ScholarlyArticle"
    assert work["author"][0] == {"@type": "Person", "name": "Bea C. Author"}
    assert work["datePublished"] == "1991"
    assert work["identifier"].startswith("https://doi.org/10.5555/")
    assert known["correction"][0]["text"] == "A number was wrong."


def test_linked_data__cannot_end_its_element(site: Site, read: Read) -> None:
    factories.article("</script><script>alert(1)</script><!--", slug="odd")
    html = read("/articles/odd/")
    assert "<script>alert" not in html
    assert linked_data(html)["headline"] == "</script><script>alert(1)</script><!--"


def test_seo_fields__stand_over_title_and_summary(site: Site, read: Read) -> None:
    factories.article("A title", slug="own", seo_title="Another title", search_description="Another description")
    head = Head(read("/articles/own/"))
    assert head.title == "Another title · Respite"
    assert head.metas["description"] == "Another description"


def test_every_kind_of_page__has_a_description_and_an_address_of_its_own(site: Site, read: Read) -> None:
    for path in ("/", "/articles/", "/topics/sleep/", "/people/ana-writer/", "/about/", "/free-consultation/"):
        html = read(path)
        head = Head(html)
        assert head.metas["description"], path
        assert head.links["canonical"] == settings.ORIGIN + path
        assert linked_data(html)["url"] == settings.ORIGIN + path
    assert Head(read("/")).title == "Respite"
    assert linked_data(read("/people/ana-writer/"))["mainEntity"]["name"] == "Ana Writer"


def test_page_of_a_list__names_the_list_as_its_address(site: Site, read: Read) -> None:
    for number in range(20):
        factories.article(f"Night {number}", slug=f"night-{number}", references=[])
    assert Head(read("/articles/?page=2")).links["canonical"] == f"{settings.ORIGIN}/articles/"


def test_what_is_no_page_of_the_library__is_not_indexed(site: Site, client: Client) -> None:
    for path in ("/offline/", "/nothing/", "/search/?q=a", "/accounts/login/"):
        assert Head(client.get(path).content.decode()).metas["robots"] == "noindex", path
    assert "robots" not in Head(client.get("/help/").content.decode()).metas
