"""Grows a library of any size out of rules, to try out how Respite carries it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.utils.text import slugify
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published

from cms.articles.models import Article, ArticleAuthor, ArticleIndex, ArticleReference, Topic
from cms.demo.marks import keys_of, mark_all
from cms.demo.prose import Writer, polish
from cms.people.models import Person
from cms.pictures.models import Picture
from cms.publishing.services import one_writer
from cms.references.models import Reference

PREFIX = "grown:"
BATCH = 25
REFERENCES_EACH = 6
NOTE = "This text was put together by a program, to show a large library. It is about nothing and gives no advice."
FIRST_DAY = datetime(2025, 12, 31, 9, tzinfo=UTC)

Block = dict[str, Any]


@dataclass(frozen=True)
class Soil:
    """What grown articles are connected with."""

    index: ArticleIndex
    topics: Sequence[Topic]
    people: Sequence[Person]
    references: Sequence[Reference]
    pictures: Sequence[Picture]


def grow(count: int, words: int, soil: Soil, advance: Callable[[int], None] = lambda count: None) -> int:
    """Make the grown articles up to ``count`` that are not there, 25 to a transaction; give how many were made."""
    present = {int(key) for key in keys_of(Article, PREFIX)}
    missing = [number for number in range(1, count + 1) if number not in present]
    advance(count - len(missing))
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        with one_writer():
            grown = [(f"{PREFIX}{number:05}", grow_one(number, words, soil)) for number in batch]
            mark_all(grown)
        advance(len(batch))
    return len(missing)


def grow_one(number: int, words: int, soil: Soil) -> Article:
    """Make one grown article and publish it. The same number and length give the same text.

    It is saved once, already public, and has no revision of its own until somebody edits it: with
    thousands of them that is half the time and half the space.
    """
    draft = write(number, words)
    choice = Random(f"soil {number}")
    published = FIRST_DAY - timedelta(hours=7 * number)
    article: Any = Article(
        title=draft.title,
        slug=f"{slugify(draft.title)[:60].strip('-')}-{number}",
        summary=draft.summary,
        search_description=draft.summary,
        content_note=NOTE,
        body=json.dumps(draft.blocks),
        image=choice.choice(soil.pictures) if soil.pictures else None,
        reviewed_on=published.date(),
        next_review_on=date(published.year + 2, published.month, min(published.day, 28)),
    )
    author, article.reviewer = choice.sample(soil.people, 2)
    article.authorships = [ArticleAuthor(person=author, sort_order=0)]
    article.topics = choice.sample(soil.topics, choice.randint(1, 2))
    article.references = [
        ArticleReference(reference=reference, sort_order=order)
        for order, reference in enumerate(choice.sample(soil.references, REFERENCES_EACH))
    ]
    article.live = True
    article.first_published_at = article.last_published_at = published
    with disable_reference_index_auto_update():
        Page.objects.get(pk=soil.index.pk).add_child(instance=article)
    ReferenceIndex.create_or_update_for_object(article)
    page_published.send(sender=Article, instance=article)
    grown: Article = article
    return grown


@dataclass(frozen=True)
class Draft:
    """A grown article’s own words."""

    title: str
    summary: str
    blocks: list[Block]


def write(number: int, words: int) -> Draft:
    """Write the article of a number: sections of paragraphs, and now and then another block, of so many words."""
    writer = Writer(f"article {number}")
    title, summary = writer.line("title"), writer.paragraph(2)
    values: list[tuple[str, Any]] = [("text", paragraphs(writer, 1))]
    written = words_in(values)
    while written < words:
        section: list[tuple[str, Any]] = [("heading", {"text": writer.line("heading"), "level": "2"})]
        section += [("text", paragraphs(writer, writer.random.randint(2, 3))), *extra(writer)]
        written += words_in(section)
        values += section
    values.append(("takeaways", {"items": items(writer, "statement", 3)}))
    return Draft(title, summary, [block(writer, kind, value) for kind, value in values])


def paragraphs(writer: Writer, count: int) -> str:
    return "".join(f"<p>{writer.paragraph(writer.random.randint(3, 6))}</p>" for _ in range(count))


def extra(writer: Writer) -> list[tuple[str, Any]]:
    """Give a block of another kind after some sections, and none after the others."""
    match writer.random.randrange(6):
        case 0:
            return [("quote", {"text": writer.sentence(), "attribution": writer.name()})]
        case 1:
            return [("list", {"title": writer.line("heading"), "items": items(writer, "statement", 4)})]
        case 2:
            steps = {"introduction": writer.sentence(), "steps": items(writer, "step", 4)}
            return [("exercise", {"title": writer.line("title"), **steps})]
        case _:
            return []


def items(writer: Writer, rule: str, count: int) -> list[Block]:
    return [
        {"type": "item", "value": polish(writer.expand(rule)) + ".", "id": identifier(writer)} for _ in range(count)
    ]


def block(writer: Writer, kind: str, value: Any) -> Block:
    return {"type": kind, "value": value, "id": identifier(writer)}


def identifier(writer: Writer) -> str:
    return str(UUID(int=writer.random.getrandbits(128), version=4))


def words_in(value: Any) -> int:
    """Count the words a reader will see in a block's value, or in many."""
    if isinstance(value, dict):
        return sum(words_in(part) for name, part in value.items() if name not in {"id", "type", "level"})
    if isinstance(value, (list, tuple)):
        return sum(words_in(part) for part in value)
    return len(str(value).split())
