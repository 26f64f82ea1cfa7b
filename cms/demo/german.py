"""Plants a small German part of the demonstration: a home page, two topics, an article and a page of information."""

import json
from collections.abc import Callable
from functools import partial

from wagtail.models import Locale, Page

from cms.articles.models import ArticleIndex, Topic
from cms.demo.articles import blank, fill_articles, lay_blocks
from cms.demo.marks import find_or_make
from cms.demo.pages import Added, add_draft, fill_pages, find_or_add
from cms.demo.reader import CONTENT, Document, read_folder
from cms.demo.snippets import Record
from cms.pages.models import HomePage, InformationPage
from cms.people.models import Person
from cms.publishing.services import save_and_publish
from cms.references.models import Reference

LANGUAGE = "de"
FOLDER = "de"


def plant_german(
    home: HomePage,
    index: ArticleIndex,
    people: dict[str, Person],
    references: dict[str, Reference],
    originals: dict[str, Page],
) -> None:
    """Plant what is German. ``originals`` are the English pages by the names of their documents."""
    locale = Locale.objects.get_or_create(language_code=LANGUAGE)[0]
    topics = plant_topics(locale)
    german_home = translated(home, "page:de", partial(make_home, home, locale))
    german_index = translated(index, "page:de-articles", partial(make_index, index, locale, german_home))
    articles = [
        add(german_index, locale, originals, f"article:de-{document.name}", document, blank(document, people, topics))
        for document in read_folder(f"{FOLDER}/articles")
    ]
    pages = [
        add(german_home, locale, originals, f"page:de-{document.name}", document, information(document))
        for document in read_folder(f"{FOLDER}/pages")
    ]
    addresses = {document.name: page.pk for document, page, _new in [*articles, *pages]}
    fill_pages(pages, lambda blocks: lay_blocks(blocks, addresses))
    fill_articles(articles, addresses, references)


def plant_topics(locale: Locale) -> dict[str, Topic]:
    """Give the German topics by slug, each a translation of an English one."""
    found: list[Record] = json.loads((CONTENT / FOLDER / "topics.json").read_text("utf-8"))
    return {
        record["slug"]: find_or_make(Topic, f"topic:de-{record['slug']}", partial(make_topic, record, locale))[0]
        for record in found
    }


def make_topic(record: Record, locale: Locale) -> Topic:
    fields = {name: value for name, value in record.items() if name != "translation_of"}
    original = Topic.objects.filter(slug=record["translation_of"]).exclude(locale=locale).first()
    key = {"translation_key": original.translation_key} if original else {}
    return save_and_publish(Topic(**fields, locale=locale, **key))


def translated(original: Page, key: str, make: Callable[[], Page]) -> Page:
    """Give a page's German version: whichever there is, else one made now and marked."""
    standing = original.get_translation_or_none(Locale.objects.get(language_code=LANGUAGE))
    return standing.specific if standing else find_or_make(type(original), key, make)[0]


def make_home(home: HomePage, locale: Locale) -> HomePage:
    page = HomePage(
        title="Respite",
        slug="home-de",
        greeting="Guten Tag.",
        lede="Texte über seelische Gesundheit, mit ihren Quellen. Sie lassen sich auch ohne Verbindung lesen.",
        locale=locale,
        translation_key=home.translation_key,
    )
    return save_and_publish(add_draft(home.get_parent(), page))


def make_index(index: ArticleIndex, locale: Locale, home: Page) -> ArticleIndex:
    page = ArticleIndex(title="Artikel", slug="articles", locale=locale, translation_key=index.translation_key)
    return save_and_publish(add_draft(home, page))


def information(document: Document) -> InformationPage:
    """Build a page of information, without its body."""
    fields = {"title": document.one("title"), "slug": document.name, "summary": document.one("summary")}
    return InformationPage(**fields, search_description=fields["summary"])


def add(parent: Page, locale: Locale, originals: dict[str, Page], key: str, document: Document, page: Page) -> Added:
    """Add a page below its German parent as a draft, as the translation of the English one that it names."""
    page.locale = locale
    original = originals.get(document.one("translation-of"))
    if original is not None:
        page.translation_key = original.translation_key
    return document, *find_or_add(parent, key, page)
