"""What is shared from other apps: one of our own pages is shown, anything else is said to be none, and nobody is led away."""

import json
import logging
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect

from cms.articles.services import withdraw
from cms.publishing.services import save_and_publish
from pwa.shared_link import read_shared
from tests import factories
from tests.kept import ROOT
from tests.pwa.conftest import Site, main_of

Read = Callable[[str], str]
VECTORS: dict[str, Any] = json.loads((ROOT / "tests" / "vectors" / "share.json").read_text())
PIECES = [
    "https://",
    "respite.example",
    "evil.example",
    "/",
    "//",
    "\\",
    "@",
    "?",
    "#",
    "..",
    "%2f",
    "%5C",
    "%00",
    "%2e",
]


def share(**shared: str) -> str:
    """Give the address at which what was shared arrives."""
    return f"/share/?{urlencode(shared)}"


@pytest.mark.parametrize("case", VECTORS["cases"], ids=[case["name"] for case in VECTORS["cases"]])
def test_rule__is_the_one_that_the_phone_has(case: dict[str, Any]) -> None:
    url, text, title = (case.get(name, "") for name in ("url", "text", "title"))
    link = read_shared(url, text, title, VECTORS["origin"])
    assert (link.path, link.words, link.is_empty) == (
        case["path"],
        case.get("words", ""),
        case.get("is_empty", False),
    )


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join), st.booleans())
def test_rule__never_leaves_our_origin(text: str, is_ours: bool) -> None:
    origin = VECTORS["origin"]
    path = read_shared(f"{origin}/{text}" if is_ours else "", text, "", origin).path
    assert path == "" or re.fullmatch(r"/([^/\\]+/)*", path)
    assert urlsplit(urljoin(origin, path)).netloc == "respite.example"


def test_shared_article__is_shown_to_be_opened_or_saved(site: Site, read: Read) -> None:
    link = f"{settings.ORIGIN}{site.path}?utm_source=chat"
    for shared in ({"url": link}, {"text": f"Read this: {link}", "title": "When sleep will not come · Respite"}):
        main = main_of(read(share(**shared)))
        assert "The link leads to this article." in main
        assert '<h3><a href="/articles/sleep/">When sleep will not come</a></h3>' in main
        assert '<a class="btn" href="/articles/sleep/">Open it</a>' in main
        assert f'data-id="{site.article.public_id}" data-path="/articles/sleep/"' in main
        assert 'data-do="save"' in main
        assert "utm_source" not in main
        assert "<!--" not in main


def test_shared_page_topic_or_person__is_named_and_can_be_opened(site: Site, read: Read) -> None:
    for path, title in (
        ("/topics/sleep/", "Sleep"),
        ("/people/ana-writer/", "Ana Writer"),
        ("/de/people/ana-writer/", "Ana Writer"),
        ("/about/", "About"),
        ("/help/", "Help now"),
        ("/saved/", "Saved"),
        ("/de/search/", "Search"),
    ):
        main = main_of(read(share(url=f"{settings.ORIGIN}{path}")))
        assert f'<h2 id="taken"><a href="{path}">{title}</a></h2>' in main
        assert f'<a class="btn" href="{path}">Open it</a>' in main
        assert "data-do" not in main


def test_shared_link_to_what_has_moved__leads_to_where_it_is(site: Site, read: Read) -> None:
    site.article.slug = "rest"
    save_and_publish(site.article)
    Redirect.objects.create(old_path="/old", redirect_link=f"{settings.ORIGIN}/articles/rest/", site=None)
    Redirect.objects.create(old_path="/away", redirect_link="https://elsewhere.example/", site=None)
    assert 'href="/articles/rest/">Open it' in read(share(url=f"{settings.ORIGIN}{site.path}"))
    assert "elsewhere.example" not in read(share(url=f"{settings.ORIGIN}/away/"))


def test_shared_link_to_what_is_gone_or_never_was__says_so(site: Site, read: Read) -> None:
    factories.article("A draft nobody may see", slug="draft", live=False)
    withdraw(site.article, "Its source was retracted.")
    for path in (site.path, "/articles/draft/", "/nothing/", "/admin/", "/accounts/login/"):
        html = read(share(url=f"{settings.ORIGIN}{path}", title="Sleeping"))
        assert "nothing was found there to read just now" in html, path
        assert f'href="{path}">Try its address' in html
        assert 'name="q" type="search" value="Sleeping"' in html
        assert "A draft nobody may see" not in html


def test_link_of_another_site__is_not_opened_and_its_title_can_be_searched_for(site: Site, client: Client) -> None:
    response = client.get(
        share(url="https://elsewhere.example/a/", title="On grief", text="https://elsewhere.example/a/")
    )
    html = response.content.decode()
    assert response.status_code == 200
    assert "This does not lead to a page of Respite" in html
    assert 'value="On grief"' in html
    assert "elsewhere.example" not in html
    assert "Location" not in response.headers


def test_nothing_shared__says_what_the_page_is_for(site: Site, read: Read) -> None:
    assert "Nothing was shared yet." in read("/share/")
    assert "Noch wurde nichts geteilt." in read("/de/share/")


def names_in(html: str) -> list[str]:
    """Name the elements of a page, as ``<p>``, and their attributes, as a browser reads them."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend([f"<{tag}>", *(name for name, _value in attrs)])

    Reader().feed(html)
    return found


HOSTILE = [
    '"><script>alert(1)</script>',
    "' onfocus=alert(1) autofocus x='",
    "<!--slot:card--><!--slot:languages-->",
    "javascript:alert(1)",
    f"{settings.ORIGIN}//evil.example/",
    f"{settings.ORIGIN}/\\evil.example/",
    f"{settings.ORIGIN}@evil.example/",
    f"{settings.ORIGIN}/x%22%3E%3Cscript%3Ealert(1)%3C/script%3E/",
    f"{settings.ORIGIN}/%00/",
    "\x00",
    "a" * 50_000,
]


@pytest.mark.parametrize("name", ["url", "text", "title"])
def test_hostile_share__is_text_and_leads_nowhere(site: Site, client: Client, name: str) -> None:
    for hostile in HOSTILE:
        response = client.get(share(**{name: hostile}))
        html = response.content.decode()
        assert response.status_code == 200, hostile[:80]
        assert "Location" not in response.headers, hostile[:80]
        names = names_in(html)
        assert names.count("<script>") == 1, hostile[:80]
        assert not {"autofocus", "onfocus", "onclick"} & set(names), hostile[:80]
        assert not re.search(r'href="(//|\\|javascript:|[^"]*evil)', html), hostile[:80]
        assert 'class="card' not in html, hostile[:80]
        assert "<!--" not in html, hostile[:80]


def test_share_page__is_kept_by_nobody_and_tells_nobody(site: Site, client: Client) -> None:
    response = client.get(share(title="secret"))
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.content.decode()
    assert not response.cookies
    assert client.post("/share/", {"title": "secret"}).status_code == 405


def test_what_was_shared__is_not_in_the_log(client: Client, site: Site, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "django"):
        client.get(share(title="xylophonesecret"))
        client.post(share(title="xylophonesecret"))
    told = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert any("Not Allowed" in line for line in told)
    assert [line for line in told if "xylophonesecret" in line] == []
