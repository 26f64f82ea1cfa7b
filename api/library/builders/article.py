"""Describes articles."""

from datetime import date, datetime
from typing import Any

from wagtail.models import Page

from api.library.body import Body, reading_minutes
from api.library.builders.references import described_references, words_of_reference
from api.library.builders.snippets import person_chip, topic_chip
from api.library.citing import Citing
from api.library.description import Description, day, iso, lines
from api.library.models import Kind
from api.library.neighbours import Neighbours
from api.library.sources import Ground, end_of, key_of, to_the_second
from api.library.translations import Translations
from cms.articles.due import checked_on
from cms.articles.models import Article, Topic
from cms.people.models import Person
from cms.references.models import Reference


def describe_article(article: Article, moment: datetime) -> Description:
    """Describe an article with everything that stands on its page."""
    authors = [authorship.person_id for authorship in in_order(article.authorships)]
    topics = [topic.pk for topic in sorted(article.topics.all(), key=lambda topic: (topic.title, topic.pk))]
    uses = in_order(article.references)
    relations = [relation.related_id for relation in in_order(article.relations)]
    changes = [{"date": day(one.date), "kind": one.kind, "note": one.note.strip()} for one in in_order(article.changes)]
    corrections = [{"date": one["date"], "note": one["note"]} for one in changes if one["kind"] == "correction"]
    body = Body(article.body)

    translations = Translations(article)
    neighbours = Neighbours(moment)
    neighbours.want(Person, [*authors, article.reviewer_id])
    neighbours.want(Topic, topics)
    neighbours.want(Reference, [use.reference_id for use in uses])
    neighbours.want(Page, relations)
    neighbours.want_pictures([article.image_id])
    body.want(neighbours)
    translations.want(neighbours)
    neighbours.load()

    listed = [use.reference_id for use in uses]
    citing = Citing(neighbours, body.cited, listed)
    blocks = body.write(neighbours, citing)
    checked = checked_notices(article, [*body.cited, *listed], neighbours)
    references = described_references(citing, uses, checked)
    card = {
        "id": str(article.public_id),
        "path": Ground.now().path_of(article) or f"/{article.slug}/",
        "slug": article.slug,
        "language": article.locale.language_code,
        "title": article.title,
        "summary": article.summary.strip(),
        "image": neighbours.image(article.image_id, article.image_alt.strip()),
        "topics": [topic_chip(found) for key in topics if (found := neighbours.data(Topic, key))],
        "authors": [person_chip(found) for key in authors if (found := neighbours.data(Person, key))],
        "reading_minutes": reading_minutes(body.text),
        "published_at": iso(article.first_published_at or moment),
        "reviewed_at": day(article.reviewed_on),
    }
    reviewer = neighbours.data(Person, article.reviewer_id)
    data: dict[str, Any] = {
        **card,
        "translations": translations.told(neighbours),
        "updated_at": iso(article.last_published_at or article.first_published_at or moment),
        "content_note": article.content_note.strip(),
        "body": blocks,
        "takeaways": body.takeaways,
        "references": references,
        "citation_style": citing.style,
        "reviewer": person_chip(reviewer) if reviewer else None,
        "next_review_at": day(article.next_review_on),
        # An article that names itself would be made of itself, and never be done.
        "related": [shown for key in relations if key != article.pk and (shown := neighbours.card(key))],
        "changes": sorted(changes, key=lambda one: str(one["date"]), reverse=True),
        "corrections": corrections,
        "state": "corrected" if corrections else "fresh",
        "seo": {
            "title": article.seo_title or article.title,
            "description": article.search_description or card["summary"],
        },
    }
    return Description(
        kind=Kind.ARTICLE,
        id=article.public_id,
        path=card["path"],
        slug=article.slug,
        language=card["language"],
        title=article.title,
        data=data,
        card=card,
        text=lines(
            card["summary"],
            body.text,
            *map(words_of_reference, references),
        ),
        facets=frozenset(
            [("topic", chip["slug"]) for chip in card["topics"]]
            + [("author", chip["slug"]) for chip in card["authors"]]
            + [("language", card["language"])]
        ),
        ingredients=frozenset(neighbours.ingredients - {key_of(article)}),
        translations=translations.keys,
        source=key_of(article),
        published_at=to_the_second(article.first_published_at or moment),
        ends_at=end_of(article),
        good_until=neighbours.good_until,
    )


def in_order(children: Any) -> list[Any]:
    """Give an article's children as they are to stand: a draft's are a plain list, in whatever order it has."""
    return sorted(children.all(), key=lambda child: (child.sort_order is None, child.sort_order or 0))


def checked_notices(article: Article, works: list[int], neighbours: Neighbours) -> dict[int, date]:
    """Give when somebody looked at what a notice on a source means for an article; asks only where there is one."""
    noticed = [key for key in works if (work := neighbours.data(Reference, key)) and work["status"] != "none"]
    return checked_on(article, noticed) if noticed and article.pk else {}
