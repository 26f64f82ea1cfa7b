"""Writes the payloads into every field there is, past the editor and its checks, and publishes it all.

Runs inside an installation: ``manage.py shell -c "from tests.security.plant import plant; plant()"``.
"""

from typing import Any
from unittest.mock import patch

from django.db.models import Model
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from api.library.services import publish_entry
from cms.articles.models import (
    Article,
    ArticleAuthor,
    ArticleChange,
    ArticleIndex,
    ArticleReference,
    ArticleRelation,
    Topic,
)
from cms.banners.models import Banner
from cms.consultations.models import ConsultationPage
from cms.helplines.models import Helpline
from cms.pages.models import HomePage, InformationPage
from cms.people.models import Person
from cms.pictures.models import Picture
from cms.publishing.services import one_writer
from cms.references.models import Reference, ReferenceAuthor
from tests.factories import picture
from tests.security.payloads import PAYLOADS


def fitting(model: type[Model], field: str, payload: str) -> str:
    """Give as much of a payload as a column holds."""
    length = model._meta.get_field(field).max_length
    return payload[:length] if length else payload


def filled(model: type[Model], payload: str, *fields: str) -> dict[str, str]:
    """Give a payload for each of some columns."""
    return {field: fitting(model, field, payload) for field in fields}


def body(payload: str, image: Picture) -> list[tuple[str, Any]]:
    """Give a body with the payload in every field of every block."""
    return [
        ("heading", {"text": payload, "level": "2"}),
        ("text", f"<p>{payload}</p>"),
        ("text", payload),
        ("quote", {"text": payload, "attribution": payload}),
        ("takeaways", {"items": [payload]}),
        ("exercise", {"title": payload, "introduction": payload, "steps": [payload]}),
        ("list", {"title": payload, "items": [payload]}),
        ("image", {"image": image, "alt": payload, "caption": payload}),
        ("find_support", {"title": payload, "text": payload}),
    ]


def panels(payload: str) -> list[tuple[str, Any]]:
    """Give the three panels, each with the payload as words and as a point."""
    return [(kind, {"introduction": payload, "items": [payload]}) for kind in ("benefits", "suitable", "important")]


def plant() -> None:
    """Publish everything there is with every payload, as whoever reaches the database itself might write it."""
    with patch.object(Model, "full_clean"), disable_reference_index_auto_update():
        image, index = picture("Plain"), ArticleIndex.objects.get(locale__language_code="en")
        plant_articles(index, image)
        with one_writer():
            plant_pages(index, image)


def plant_articles(index: ArticleIndex, image: Picture) -> None:
    """Publish an article, with all that stands around it, for every payload."""
    previous: Article | None = None
    for number, payload in enumerate(PAYLOADS):
        with one_writer():
            previous = plant_article(index, number, payload, image, previous)


def plant_pages(index: ArticleIndex, image: Picture) -> None:
    """Publish all payloads together on the pages there are few of."""
    everything = " ".join(PAYLOADS)
    blocks = [block for payload in PAYLOADS for block in body(payload, image)]
    home = HomePage.objects.get(locale__language_code="en")
    home.greeting, home.lede = fitting(HomePage, "greeting", PAYLOADS[3]), everything
    home.seo_title, home.search_description = PAYLOADS[1], everything
    written(home)
    index.introduction = everything
    written(index)
    add(home, InformationPage(title=PAYLOADS[0], slug="planted", summary=everything, body=blocks))
    for audience in ("client", "specialist"):
        page = ConsultationPage(title=PAYLOADS[2], slug=f"planted-{audience}", audience=audience)
        page.summary, page.body = everything, blocks
        page.panels_content = panels(everything)
        add(home, page)


def plant_article(index: ArticleIndex, number: int, payload: str, image: Picture, previous: Article | None) -> Article:
    """Publish one payload in an article and in its topic, author, reference and banner, and in a helpline."""
    topic = written(Topic(slug=f"planted-{number}", tone="plum", **filled(Topic, payload, "title", "summary")))
    person = Person(slug=f"planted-{number}", biography=payload, photo=image, orcid=payload[:19])
    for name, value in filled(Person, payload, "name", "credentials").items():
        setattr(person, name, value)
    person = written(person)
    work = plant_reference(payload)
    article = Article(
        slug=f"planted-{number}",
        **filled(Article, payload, "title", "summary", "content_note", "image_alt", "seo_title", "search_description"),
        image=image,
        reviewer=person,
        body=body(payload, image),
    )
    article.topics = [topic]
    article.authorships = [ArticleAuthor(person=person)]
    article.references = [
        ArticleReference(reference=work, annotation=payload, locators=locators(payload)),
    ]
    article.changes = [ArticleChange(date="2026-01-01", note=payload)]
    article.relations = [ArticleRelation(related=previous)] if previous else []
    article = add(index, article)
    banner = Banner(
        placements=["article_end", "home"],
        call_to_action_page=index,
        panels_content=panels(payload),
        priority=99,
        **filled(Banner, payload, "name", "heading", "lead", "call_to_action"),
    )
    banner.topics = [topic]
    written(banner)
    columns = ("name", "description", "phone", "text_number", "url", "hours")
    written(Helpline(country="GB", **filled(Helpline, payload, *columns)))
    return article


def plant_reference(payload: str) -> Reference:
    """Publish a reference with the payload in every field."""
    columns = ("title", "container_title", "publisher", "volume", "issue", "pages", "edition", "number")
    work = Reference(
        **filled(Reference, payload, *columns, "doi", "isbn", "url", "annotation"), locators=locators(payload)
    )
    work.authors = [
        ReferenceAuthor(**filled(ReferenceAuthor, payload, "family", "given", "suffix")),
        ReferenceAuthor(**filled(ReferenceAuthor, payload, "organisation")),
        ReferenceAuthor(role="editor", **filled(ReferenceAuthor, payload, "family", "given")),
    ]
    return written(work)


def locators(payload: str) -> list[tuple[str, dict[str, str]]]:
    """Give a locator with the payload as its place and as its note."""
    return [("locator", {"label": "page", "value": payload, "note": payload})]


def written(thing: Any) -> Any:
    """Write a thing as published, with no draft before it, and let the library publish it."""
    thing.save()
    publish_entry(thing)
    return thing


def add(parent: Page, page: Any) -> Any:
    """Publish a page below another."""
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    publish_entry(page)
    return page
