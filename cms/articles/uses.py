"""Which articles use a reference, a person, a topic or a picture: as published, as scheduled and as drafted.

Rows tell what stands in the database; what only a draft says stands in its revision. Revisions are asked
for their own part of the JSON alone, and only where they differ from the rows. Wagtail's reference index
is not asked: it is filled by a queue and may lag.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from wagtail.models import Page, Revision, TaskState

from cms.articles.models import Article, ArticleAuthor, ArticleReference, Topic
from cms.people.models import Person
from cms.pictures.models import Picture
from cms.references.citations import LINK_TYPE
from cms.references.citing import works_cited_in
from cms.references.keeping import pages_with_body
from cms.references.models import Citation, Reference

Pair = tuple[int, int]  # what is used, the page that uses it


@dataclass(frozen=True)
class Use:
    """A page that uses something, and whether its readers see that."""

    page_id: int
    title: str
    live: bool


def uses_of(
    model: type[models.Model], ids: Iterable[int], drafts: Iterable[Pair] | None = None
) -> dict[int, list[Use]]:
    """Give the pages that use each of some things, by the id of the thing, sorted by title.

    ``drafts`` is what :func:`said_in_drafts` gives of the kind of thing, where somebody has asked already.
    """
    wanted = set(ids)
    in_rows, _in_drafts = USES[model]
    pairs = dict.fromkeys(in_rows(wanted), True)
    for pair in said_in_drafts(model) if drafts is None else drafts:
        if pair[0] in wanted:
            pairs.setdefault(pair, False)
    pages = Page.objects.in_bulk({page for _, page in pairs})
    uses: dict[int, list[Use]] = defaultdict(list)
    for (thing, page_id), in_row in pairs.items():
        if page := pages.get(page_id):
            uses[thing].append(Use(page_id, page.get_admin_display_title(), in_row and page.live))
    return {thing: sorted(found, key=lambda use: (use.title, use.page_id)) for thing, found in uses.items()}


def said_in_drafts(model: type[models.Model]) -> set[Pair]:
    """Give which page's drafts use which things of a kind, whatever the rows say."""
    _in_rows, in_drafts = USES[model]
    return set(in_drafts())


# ---- In drafts -------------------------------------------------------------------------------


def pending_revisions(model: type[Any] = Page) -> "models.QuerySet[Revision]":
    """Give the revisions of pages, or of snippets of a kind, that may yet be published and do not equal the rows."""
    newest = model._default_manager.filter(has_unpublished_changes=True).values("latest_revision_id")
    in_review = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("revision_id")
    return Revision.objects.filter(
        Q(pk__in=newest) | Q(pk__in=in_review) | Q(approved_go_live_at__isnull=False),
        base_content_type=ContentType.objects.get_for_model(model),
    ).order_by()


def _articles_say(*keys: str) -> Iterator[tuple[int, list[Any]]]:
    """Give each pending revision's page and what its JSON says under some keys."""
    articles = pending_revisions().filter(content_type=ContentType.objects.get_for_model(Article))
    for page, *said in articles.values_list("object_id", *(f"content__{key}" for key in keys)):
        yield int(page), said


def _references_in_drafts() -> Iterator[Pair]:
    for page, [rows] in _articles_say("references"):
        yield from ((row["reference"], page) for row in rows or [] if row.get("reference"))
    bodies = pending_revisions().filter(content_type__in=_types_with_body()).annotate(body=KT("content__body"))
    for page_id, body in bodies.filter(body__contains=LINK_TYPE).values_list("object_id", "body"):
        yield from ((work, int(page_id)) for work in works_cited_in(body))


def _people_in_drafts() -> Iterator[Pair]:
    for page, [rows, reviewer] in _articles_say("authorships", "reviewer"):
        yield from ((row["person"], page) for row in rows or [] if row.get("person"))
        if reviewer:
            yield reviewer, page


def _topics_in_drafts() -> Iterator[Pair]:
    for page, [topics] in _articles_say("topics"):
        yield from ((topic, page) for topic in topics or [])


def _pictures_in_drafts() -> Iterator[Pair]:
    for revision in pending_revisions().filter(content_type__in=_types_with_body()).only("object_id", "content"):
        page = int(revision.object_id)
        if image := revision.content.get("image"):
            yield image, page
        yield from ((picture, page) for picture in _pictures_in_body(revision.content.get("body")))


# ---- In rows ---------------------------------------------------------------------------------


def _references_in_rows(ids: set[int]) -> Iterable[Pair]:
    yield from ArticleReference.objects.filter(reference__in=ids).values_list("reference_id", "article_id")
    yield from Citation.objects.filter(reference__in=ids).values_list("reference_id", "page_id")


def _people_in_rows(ids: set[int]) -> Iterable[Pair]:
    yield from ArticleAuthor.objects.filter(person__in=ids).values_list("person_id", "article_id")
    yield from Article.objects.filter(reviewer__in=ids).order_by().values_list("reviewer_id", "pk")


def _topics_in_rows(ids: set[int]) -> Iterable[Pair]:
    return Article.topics.through.objects.filter(topic__in=ids).values_list("topic_id", "article_id")


def _pictures_in_rows(ids: set[int]) -> Iterable[Pair]:
    yield from Article.objects.filter(image__in=ids).order_by().values_list("image_id", "pk")
    for model in pages_with_body():
        # Found as text first, then made sure of: ids stand in the JSON of the body, where no key leads to them.
        somewhere = Q(pk__in=[])
        for picture in ids:
            somewhere |= Q(text__contains=f'"image": {picture}')
        pages = model._default_manager.annotate(text=Cast("body", TextField())).filter(somewhere).order_by()
        for page, text in pages.values_list("pk", "text"):
            yield from ((picture, page) for picture in _pictures_in_body(text) if picture in ids)


def _types_with_body() -> list[ContentType]:
    return [ContentType.objects.get_for_model(model) for model in pages_with_body()]


def _pictures_in_body(body: Any) -> set[int]:
    """Give the ids of the pictures in a body, as stored: JSON, or text of it."""
    blocks = json.loads(body) if isinstance(body, str) and body else body
    return {
        block["value"]["image"]
        for block in blocks or []
        if block.get("type") == "image" and isinstance(block.get("value"), dict) and block["value"].get("image")
    }


USES: dict[type[models.Model], tuple[Callable[[set[int]], Iterable[Pair]], Callable[[], Iterable[Pair]]]] = {
    Reference: (_references_in_rows, _references_in_drafts),
    Person: (_people_in_rows, _people_in_drafts),
    Topic: (_topics_in_rows, _topics_in_drafts),
    Picture: (_pictures_in_rows, _pictures_in_drafts),
}
