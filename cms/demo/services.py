"""What may be done with the demonstration: load it and let it grow. :mod:`cms.demo.clearing` takes it away."""

from collections.abc import Callable
from typing import TypeVar

from cms.demo.accounts import plant_accounts
from cms.demo.articles import add_articles, fill_articles, lay_blocks
from cms.demo.consultations import plant_times
from cms.demo.german import plant_german
from cms.demo.growth import Soil, grow
from cms.demo.marks import keys_of
from cms.demo.pages import add_pages, fill_pages
from cms.demo.questions import plant_questions
from cms.demo.snippets import (
    plant_banners,
    plant_helplines,
    plant_people,
    plant_promotions,
    plant_references,
    plant_topics,
)
from cms.demo.specialists import plant_specialists
from cms.pages.services import ensure_ground
from cms.pictures.models import Picture
from cms.promotions.services import ensure_crisis_words
from cms.publishing.services import one_writer

Thing = TypeVar("Thing")


def load() -> None:
    """Make whatever of the demonstration is not there. What is there is left as it is, edited or not."""
    with one_writer():
        plant_accounts()
        topics, people, references = plant_topics(), plant_people(), plant_references()
        home, index = ensure_ground()
        pages, articles = add_pages(home), add_articles(index, topics, people)
        addresses = {document.name: page.pk for document, page, _new in [*pages, *articles]}
        fill_pages(pages, lambda blocks: lay_blocks(blocks, addresses))
        fill_articles(articles, addresses, references)
        plant_german(home, index, people, references, {one.name: page for one, page, _new in [*pages, *articles]})
        plant_specialists(topics)
        plant_times()
        plant_questions()
        plant_helplines()
        ensure_crisis_words()
        plant_promotions({document.name: page for document, page, _new in pages})
        plant_banners(topics, {document.name: page for document, page, _new in pages})


def load_more(count: int, words: int, advance: Callable[[int], None] = lambda count: None) -> int:
    """Let the library grow by ``count`` articles in all, over the loaded demonstration; give how many were made."""
    with one_writer():
        topics, people, references = plant_topics(), plant_people(), plant_references()
        _home, index = ensure_ground()
    pictures = Picture.objects.filter(pk__in=keys_of(Picture, "picture:").values()).order_by("pk")
    soil = Soil(index, in_order(topics), in_order(people), in_order(references), list(pictures))
    return grow(count, words, soil, advance)


def in_order(things: dict[str, Thing]) -> list[Thing]:
    return [thing for _key, thing in sorted(things.items())]
