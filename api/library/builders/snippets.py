"""Describes topics, people and references, and gives the short forms in which articles show them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from wagtail.models import Page

from api.library.description import Description, day, lines
from api.library.models import Kind
from api.library.neighbours import Neighbours
from api.library.richtext import RichText, inline, plain, web_address
from api.library.sources import end_of, key_of, to_the_second
from api.library.translations import Translations
from cms.articles.models import Topic
from cms.people.models import Person
from cms.publishing.languages import root_of
from cms.references.csl import csl_of
from cms.references.evidence import ReferenceStatus
from cms.references.formatting import doi_url, format_html
from cms.references.identifiers import normal_doi
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
    language = topic.locale.language_code
    translations = Translations(topic)
    neighbours = Neighbours(moment)
    translations.want(neighbours)
    neighbours.load()
    path = f"{root_of(language)}/topics/{topic.slug}/"
    data: dict[str, Any] = {
        "id": str(topic.public_id),
        "path": path,
        "slug": topic.slug,
        "language": language,
        "translations": translations.told(neighbours),
        "title": topic.title,
        "summary": topic.summary.strip(),
        "tone": topic.tone,
    }
    return Description(
        kind=Kind.TOPIC,
        id=topic.public_id,
        path=path,
        slug=topic.slug,
        language=language,
        title=topic.title,
        data=data,
        text=data["summary"],
        ingredients=frozenset(neighbours.ingredients),
        translations=translations.keys,
        source=key_of(topic),
        published_at=to_the_second(topic.first_published_at or moment),
        ends_at=end_of(topic),
        good_until=neighbours.good_until,
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
    neighbours = Neighbours(moment)
    neighbours.want(Person, [reference.rated_by_id])
    neighbours.load()
    data: dict[str, Any] = {
        "id": str(reference.public_id),
        "type": reference.type,
        "csl": csl,
        "formatted": inline(format_html(csl)),
        "annotation": reference.annotation.strip(),
        "locators": locators(reference.locators),
        "doi_url": doi_url(csl),
        "url": web_address(reference.url),
        **evidence(reference, neighbours.data(Person, reference.rated_by_id)),
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
        ingredients=frozenset(neighbours.ingredients),
        source=key_of(reference),
        published_at=to_the_second(reference.first_published_at or moment),
        ends_at=end_of(reference),
        good_until=neighbours.good_until,
    )


def evidence(reference: Reference, rater: dict[str, Any] | None) -> dict[str, Any]:
    """Give what kind of evidence a work is, how strong somebody finds it, and what became of it since."""
    # Labels are in the site's own language, whichever language the admin of whoever publishes is in.
    with translation.override(settings.LANGUAGE_CODE):
        study_type = str(reference.get_study_type_display()) if reference.study_type else ""
        strength = str(reference.get_strength_display()) if reference.strength else ""
    noticed = reference.status != ReferenceStatus.NONE
    notice_doi = normal_doi(reference.notice_doi) if noticed else ""
    return {
        "study_type": reference.study_type,
        "study_type_label": study_type,
        "strength": reference.strength or None,
        "strength_label": strength,
        "rated_by": person_chip(rater) if rater and reference.strength else None,
        "rated_on": day(reference.rated_on) if reference.strength else None,
        "status": reference.status,
        "notice_doi_url": doi_url({"DOI": notice_doi}) if notice_doi else "",
        "notice_date": day(reference.notice_date) if noticed else None,
    }


def locators(stream: Iterable[Any]) -> list[dict[str, str]]:
    """Give the places in a work, each with what is printed of it."""
    told = []
    for block in stream:
        label, value, note = (str(block.value.get(name) or "").strip() for name in ("label", "value", "note"))
        told.append({"label": label, "value": value, "note": note, "text": locator_text(label, value, note)})
    return told
