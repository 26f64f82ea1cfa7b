"""Plants the demonstration's articles, with their pictures, references and links to each other."""

import json
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Collection

from cms.articles.models import (
    Article,
    ArticleAuthor,
    ArticleChange,
    ArticleIndex,
    ArticleReference,
    ArticleRelation,
    Topic,
)
from cms.demo.accounts import WRITER
from cms.demo.citations import lay_citations
from cms.demo.marks import find_or_make
from cms.demo.pages import Added, find_or_add, moment_of, publish_as_of
from cms.demo.plates import draw_plate
from cms.demo.reader import Document, read_folder
from cms.demo.snippets import locator_blocks
from cms.people.models import Person, User
from cms.pictures.models import Picture
from cms.references.models import Reference

DEMO_LINK = re.compile(r'<a href="demo:([\w-]+)">')


def plant_picture(plate: str) -> Picture:
    """Give the picture of a plate, named as ``attach plum``, drawing it if it is not there."""
    name, tone = plate.split()

    def make() -> Picture:
        if Collection.get_first_root_node() is None:
            Collection.add_root(name="Root")
        file = ContentFile(draw_plate(name, tone), name=f"plate-{name}-{tone}.png")
        return Picture.objects.create(title=f"Plate: {name}, {tone}", file=file)

    return find_or_make(Picture, f"picture:{name}-{tone}", make)[0]


def lay_blocks(blocks: list[dict[str, Any]], pages: dict[str, int]) -> str:
    """Turn read blocks into a body's JSON: pictures by their key, links to documents by their page's."""
    laid = []
    for block in blocks:
        if block["type"] == "image":
            picture = plant_picture(block["value"]["image"])
            block = {**block, "value": {**block["value"], "image": picture.pk}}
        elif block["type"] == "text":
            block = {**block, "value": DEMO_LINK.sub(lambda match: page_link(pages[match[1]]), block["value"])}
        laid.append(block)
    return json.dumps(laid)


def cite(block: dict[str, Any], references: dict[str, Reference], listed: list[str]) -> dict[str, Any]:
    """Set the citations of a block; only texts have any."""
    if block["type"] != "text":
        return block
    return {**block, "value": lay_citations(block["value"], references, listed)}


def page_link(primary_key: int) -> str:
    return f'<a linktype="page" id="{primary_key}">'


def add_articles(index: ArticleIndex, topics: dict[str, Topic], people: dict[str, Person]) -> list[Added]:
    """Add the articles as drafts, so that each has an address before any of them links to another."""
    return [
        (document, *find_or_add(index, f"article:{document.name}", blank(document, people, topics)))
        for document in read_folder("articles")
    ]


def fill_articles(added: list[Added], addresses: dict[str, int], references: dict[str, Reference]) -> None:
    """Give the new ones among the articles what they say and what they point to, and publish them."""
    for document, article, new in added:
        if new:
            listed = [key for name, key in document.fields if name == "reference"]
            blocks = [cite(block, references, listed) for block in document.blocks]
            article.body = lay_blocks(blocks, addresses)
            article.references = list(cited(document, references))
            article.relations = list(related(document, addresses))
            article.first_published_at = moment_of(document.one("published"))
            publish_as_of(article, max([article.first_published_at, *corrected_at(document)]))


def blank(document: Document, people: dict[str, Person], topics: dict[str, Topic]) -> Article:
    """Build an article with everything but its body and what it points to."""
    article: Any = Article(
        title=document.one("title"),
        owner=User.objects.filter(email=WRITER).first(),
        slug=document.one("slug") or document.name,
        summary=document.one("summary"),
        search_description=document.one("summary"),
        content_note=document.one("content-note"),
        image=plant_picture(document.one("picture")),
        image_alt=document.one("picture-alt"),
        reviewer=people[document.one("reviewer")],
        reviewed_on=date.fromisoformat(document.one("reviewed")),
        next_review_on=review_day(document.one("next-review")),
    )
    article.topics = [topics[slug] for slug in document.all("topics")]
    article.authorships = [
        ArticleAuthor(person=people[slug], sort_order=order) for order, slug in enumerate(document.all("authors"))
    ]
    article.changes = [
        ArticleChange(date=date.fromisoformat(day.strip()), note=note.strip(), sort_order=order)
        for order, (day, _bar, note) in enumerate(
            value.partition("|") for name, value in document.fields if name == "correction"
        )
    ]
    made: Article = article
    return made


def corrected_at(document: Document) -> list[datetime]:
    """Give the moments at which an article was published again with a correction."""
    return [moment_of(value.partition("|")[0].strip()) for name, value in document.fields if name == "correction"]


def review_day(written: str) -> date:
    """Read a date; ``overdue`` is always ten days ago on the day of the planting."""
    return timezone.localdate() - timedelta(10) if written == "overdue" else date.fromisoformat(written)


def cited(document: Document, references: dict[str, Reference]) -> Iterable[ArticleReference]:
    """Read the references of a head, in order; ``annotation`` and ``locator`` belong to the one before them."""
    found: list[dict[str, Any]] = []
    for name, value in document.fields:
        if name == "reference":
            found.append({"reference": references[value], "annotation": "", "locators": []})
        elif name == "annotation":
            found[-1]["annotation"] = value
        elif name == "locator":
            label, place, note = (part.strip() for part in value.split("|"))
            found[-1]["locators"].append({"label": label, "value": place, "note": note})
    for order, fields in enumerate(found):
        fields["locators"] = json.dumps(locator_blocks(fields["locators"]))
        yield ArticleReference(sort_order=order, **fields)


def related(document: Document, addresses: dict[str, int]) -> Iterable[ArticleRelation]:
    for order, name in enumerate(document.all("related")):
        yield ArticleRelation(related_id=addresses[name], sort_order=order)
