"""Other languages than the first: addresses, words, lists, and how the versions of a page find each other."""

import html
import json
import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Locale

from api.library import dependents
from cms.articles.models import Article, Topic
from cms.publishing.services import save_and_publish, unpublish
from pwa import pages
from tests import factories
from tests.languages.catalogue import READERS, catalogue
from tests.pwa.conftest import Site

Read = Callable[[str], str]
HELP = "/de/help/"
ARTICLE = "/de/articles/schlaf/"
BODY = [
    ("text", "<p>Um zehn nach drei rechnet man gut.</p>"),
    ("heading", {"text": "Müde werden", "level": "2"}),
    ("takeaways", {"items": ["Aufstehen hilft."]}),
]


@pytest.fixture
def german(site: Site) -> Iterator[Article]:
    """Give the site a German home page, list, topic and article, each a translation of the English one."""
    locale = Locale.objects.get_or_create(language_code="de")[0]
    home, index = factories.home_page(), factories.article_index()
    german_home = home.copy_for_translation(locale)
    german_home.title, german_home.greeting = "Respite", "Schön, dass Sie da sind."
    save_and_publish(german_home)
    german_index = index.copy_for_translation(locale)
    german_index.title = "Artikel"
    save_and_publish(german_index)
    topic = site.topic.copy_for_translation(locale)
    topic.title, topic.slug, topic.summary = "Schlaf", "schlaf", "Über Nächte."
    topic = save_and_publish(topic)
    article = site.article.copy_for_translation(locale)
    article.title, article.slug, article.summary = "Wenn der Schlaf nicht kommt", "schlaf", "Über lange Nächte."
    article.body, article.content_note, article.image_alt, article.topics = BODY, "Es geht um Nächte.", "Mond", [topic]
    article.corrections, article.references = [], []
    article = save_and_publish(article)
    dependents.drain()  # what a task does after the commit, which no test of this kind has
    yield article
    pages.memory.clear()


def words_of(page: str) -> str:
    """Give what somebody reads or hears of a page, without what the scripts have in store."""
    page = re.sub(r"<script\b.*?</script>", " ", page, flags=re.DOTALL)
    heard = re.findall(r'(?:aria-label|alt|placeholder|title)="([^"]*)"', page)
    return html.unescape(" ".join([re.sub(r"<[^>]*>", " ", page), *heard]))


def test_no_page_in_german__says_anything_in_english(german: Article, client: Client) -> None:
    # What no editor has written in German stands in English: names and the words of helplines.
    told = {
        path: words_of(client.get(path).content.decode())
        for path in (
            *("/de/", "/de/articles/", ARTICLE, "/de/topics/schlaf/", HELP, "/de/search/", "/de/search/?q=schlaf"),
            *("/de/search/?q=zzz", "/de/offline/", "/de/nichts/", "/de/people/ana-writer/"),
            *("/accounts/login/?language=de", "/accounts/password/reset/?language=de"),
        )
    }
    phrases = list(english_phrases())
    assert len(phrases) > 100
    left = [(path, phrase) for path, text in told.items() for phrase in phrases if re.search(phrase, text)]
    assert left == []


def english_phrases() -> Iterator[str]:
    """Give what the interface says in English and otherwise in German, as a pattern of whole words."""
    for message in catalogue(READERS, "de"):
        text = message.id if isinstance(message.id, str) else (message.id or [""])[0]
        german = message.string if isinstance(message.string, str) else message.string[0]
        for piece in re.split(r"%\(\w+\)s|<[^>]*>", text):
            words = piece.strip()
            if len(words) > 3 and words not in german:
                yield rf"(?<!\w){re.escape(words)}(?!\w)"


def test_language__is_said_in_the_document_and_its_header(german: Article, client: Client) -> None:
    for path, language in (("/", "en"), ("/de/", "de"), (ARTICLE, "de"), ("/help/", "en"), (HELP, "de")):
        response = client.get(path)
        assert response["Content-Language"] == language
        assert f'<html lang="{language}" dir="ltr"' in response.content.decode()


def test_page__is_the_same_bytes_whatever_language_somebody_prefers(german: Article, client: Client) -> None:
    plain = client.get("/help/").content
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
    preferred = client.get("/help/", headers={"accept-language": "de"})
    assert preferred.content == plain
    assert preferred["Vary"] == "Accept-Encoding"


def test_account_page__follows_the_choice_that_was_made_there(db: None, client: Client) -> None:
    assert "Passwort vergessen" in client.get("/accounts/password/reset/?language=de").content.decode()
    again = client.get("/accounts/password/reset/")
    assert "Passwort vergessen" in again.content.decode()
    assert again["Cache-Control"] == "private, no-store"


def test_lists__have_what_is_written_in_the_language_of_the_page(german: Article, site: Site, read: Read) -> None:
    factories.banner("A first conversation in English")
    home = read("/de/")
    assert "Wenn der Schlaf nicht kommt" in home
    assert "When sleep will not come" not in home
    assert "A first conversation" not in home
    assert "Alle Artikel (1)" in home
    assert "Wenn der Schlaf nicht kommt" not in read("/")
    assert "Wenn der Schlaf nicht kommt" in read("/de/topics/schlaf/")
    assert "Wenn der Schlaf nicht kommt" in read("/de/feed.atom")
    assert "Wenn der Schlaf nicht kommt" not in read("/feed.atom")


def test_versions_of_a_page__link_to_each_other_and_the_first_language_is_for_everybody_else(
    german: Article, site: Site, read: Read
) -> None:
    links = [
        f'<link rel="alternate" hreflang="{language}" href="{settings.ORIGIN}{path}">'
        for language, path in (("en", site.path), ("de", ARTICLE), ("x-default", site.path))
    ]
    for path in (site.path, ARTICLE):
        head = read(path).split("</head>")[0]
        assert [link for link in links if link in head] == links, path
    assert f'<link rel="canonical" href="{settings.ORIGIN}{ARTICLE}">' in read(ARTICLE)
    assert f'hreflang="de" href="{settings.ORIGIN}{ARTICLE}"' in read("/sitemap.xml")


def test_choice_of_languages__leads_to_the_translation_or_else_home(german: Article, site: Site, read: Read) -> None:
    factories.article("Only in English", slug="only", topics=[site.topic])
    assert f'<a href="{ARTICLE}" hreflang="de" lang="de" dir="ltr">Deutsch</a>' in read(site.path)
    assert f'<a href="{site.path}" hreflang="en" lang="en" dir="ltr">English</a>' in read(ARTICLE)
    assert '<a href="/de/" hreflang="de" lang="de" dir="ltr">Deutsch</a>' in read("/articles/only/")
    assert '<a href="/de/people/ana-writer/" hreflang="de"' in read("/people/ana-writer/")


def test_language_without_a_home_page__is_not_offered(site: Site, read: Read) -> None:
    assert 'class="languages"' not in read("/")


def test_translation_that_is_unpublished__is_no_longer_led_to(german: Article, site: Site, read: Read) -> None:
    unpublish(german)
    dependents.drain()
    page = read(site.path)
    assert ARTICLE not in page
    assert 'hreflang="x-default"' not in page


def test_article__may_have_a_slug_that_one_in_another_language_has(german: Article, client: Client) -> None:
    assert client.get("/articles/sleep/").status_code == client.get(ARTICLE).status_code == 200
    told = client.get("/api/v1/articles/schlaf/?language=de").json()
    assert told["language"] == "de"
    assert told["translations"] == [{"language": "en", "path": "/articles/sleep/"}]
    assert client.get("/api/v1/articles/schlaf/").status_code == 404
    listed = client.get("/api/v1/articles/?language=de").json()["results"]
    assert [one["path"] for one in listed] == [ARTICLE]


def test_translation__is_another_thing_with_a_public_id_of_its_own(german: Article, site: Site) -> None:
    assert german.public_id != site.article.public_id
    assert german.translation_key == site.article.translation_key
    assert Topic.objects.values("public_id").distinct().count() == Topic.objects.count()


def test_helpline__says_in_each_language_what_an_editor_wrote_in_it(site: Site, read: Read) -> None:
    line = factories.helpline("TelefonSeelsorge", country="DE", phone="0800 1110111", description="To be heard")
    line.words = [line.words.model(language="de", description="Um gehört zu werden", hours="Rund um die Uhr")]
    save_and_publish(line)
    assert "Um gehört zu werden" in read(HELP)
    assert "Rund um die Uhr" in read(HELP)
    assert "Deutschland" in read(HELP)
    assert '<span lang="en">To be heard</span>' in read(HELP), "what nobody has translated says which language it is"
    assert "Um gehört zu werden" not in read("/help/")


def test_phone__is_told_the_words_of_every_language(german: Article, site: Site, client: Client) -> None:
    changes = json.loads(client.get("/sync/changes/?after=0&limit=500").content)["changes"]
    by_path = {change["path"]: change for change in changes if change["path"]}
    assert by_path[ARTICLE]["language"] == "de"
    assert by_path[ARTICLE]["data"]["translations"] == [{"language": "en", "path": site.path}]
    assert "Artikel von Ana Writer" in by_path["/people/ana-writer/"]["others"]["de"]["html"]
    line = next(change for change in changes if change["kind"] == "helpline")
    assert "Anrufen: " in line["others"]["de"]["card"]
    assert line["others"]["de"]["country_name"] in ("Vereinigtes Königreich", "Vereinigte Staaten")


def test_reserved_address__includes_every_language(site: Site) -> None:
    page = factories.information_page("About something", slug="something")
    page.slug = "de"
    with pytest.raises(Exception, match="an address that the site itself needs"):
        save_and_publish(page)
