"""Describes topics, people and references, and gives the short forms in which articles show them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from wagtail.models import Page

from api.library.description import Description, lines
from api.library.models import Kind
from api.library.neighbours import Neighbours
from api.library.richtext import RichText, inline, plain, web_address
from api.library.sources import end_of, key_of, to_the_second
from cms.articles.models import Topic
from cms.people.models import Person
from cms.references.csl import csl_of
from cms.references.formatting import doi_url, format_html
from cms.references.locators import locator_text
from cms.references.models import Reference


def topic_chip(data: dict[str, Any]) -> dict[str, Any]:
    """Give a topic as it stands on an article."""
    return {name: data[name] for name in ("id", "path", "slug", "title", "tone")}


def person_chip(data: dict[str, Any]) -> dict[str, Any]:
    """Give a person as an article names them."""
    return {name: data[name] for name in ("id", "path", "slug", "name", "credentials")}


def describe_topic(topic: Topic, moment: datetime) -> Description:
    """Describe a topic."""
    path = f"/topics/{topic.slug}/"
    data: dict[str, Any] = {
        "id": str(topic.public_id),
        "path": path,
        "slug": topic.slug,
        "title": topic.title,
        "summary": topic.summary.strip(),
        "tone": topic.tone,
    }
    return Description(
        kind=Kind.TOPIC,
        id=topic.public_id,
        path=path,
        slug=topic.slug,
        language=settings.LANGUAGE_CODE,
        title=topic.title,
        data=data,
        text=data["summary"],
        source=key_of(topic),
        published_at=to_the_second(topic.first_published_at or moment),
        ends_at=end_of(topic),
    )


def describe_person(person: Person, moment: datetime) -> Description:
    """Describe an author or reviewer."""
    biography = RichText(person.biography)
    neighbours = Neighbours(moment)
    neighbours.want(Page, biography.pages)
    neighbours.want_documents(biography.documents)
    neighbours.want_pictures([person.photo_id])
    neighbours.load()
    path = f"/people/{person.slug}/"
    data: dict[str, Any] = {
        "id": str(person.public_id),
        "path": path,
        "slug": person.slug,
        "name": person.name,
        "credentials": person.credentials.strip(),
        "biography": biography.html(neighbours),
        # The name stands beside it: said again, it would only be read out twice.
        "photo": neighbours.image(person.photo_id, ""),
        "orcid": person.orcid.strip(),
    }
    return Description(
        kind=Kind.PERSON,
        id=person.public_id,
        path=path,
        slug=person.slug,
        language=settings.LANGUAGE_CODE,
        title=person.name,
        data=data,
        text=lines(data["credentials"], plain(data["biography"])),
        ingredients=frozenset(neighbours.ingredients),
        source=key_of(person),
        published_at=to_the_second(person.first_published_at or moment),
        ends_at=end_of(person),
        good_until=neighbours.good_until,
    )


def describe_reference(reference: Reference, moment: datetime) -> Description:
    """Describe a work as it stands by itself."""
    csl = csl_of(reference)
    data: dict[str, Any] = {
        "id": str(reference.public_id),
        "type": reference.type,
        "csl": csl,
        "formatted": inline(format_html(csl)),
        "annotation": reference.annotation.strip(),
        "locators": locators(reference.locators),
        "doi_url": doi_url(csl),
        "url": web_address(reference.url),
        "status": reference.status,
    }
    return Description(
        kind=Kind.REFERENCE,
        id=reference.public_id,
        path=None,
        slug="",
        language=settings.LANGUAGE_CODE,
        title=reference.title[:500],
        data=data,
        text=lines(plain(data["formatted"]), data["annotation"], *(one["text"] for one in data["locators"])),
        source=key_of(reference),
        published_at=to_the_second(reference.first_published_at or moment),
        ends_at=end_of(reference),
    )


def locators(stream: Iterable[Any]) -> list[dict[str, str]]:
    """Give the places in a work, each with what is printed of it."""
    told = []
    for block in stream:
        label, value, note = (str(block.value.get(name) or "").strip() for name in ("label", "value", "note"))
        told.append({"label": label, "value": value, "note": note, "text": locator_text(label, value, note)})
    return told
