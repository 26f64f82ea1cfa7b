"""Entries by themselves, for tests of what the API does with them: no page or snippet stands behind them."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.search.backends import get_search_backend

from api.library.models import Entry, Facet, Kind
from api.library.packing import pack, serialised
from api.library.search.index import index
from api.library.services import CARD_FIELDS
from cms.publishing.models import Ledger
from cms.publishing.services import next_revision, one_writer

EPOCH = datetime(2026, 1, 1, 9, tzinfo=UTC)
_numbers = count(1)


def article(title: str = "", **more: Any) -> Entry:
    """Store an article; facets of its topics and author are made from ``topic_slugs`` and ``author_slugs``."""
    number = next(_numbers)
    title = title or f"Article {number}"
    identity = more.pop("id", uuid.uuid4())
    slug = more.pop("slug", f"article-{number}")
    published_at = more.pop("published_at", EPOCH + timedelta(minutes=number))
    topics, authors = more.pop("topic_slugs", ["rest"]), more.pop("author_slugs", ["ana"])
    text = more.pop("text", f"{title}. Some words about it.")
    data = {
        "id": str(identity),
        "path": f"/articles/{slug}/",
        "slug": slug,
        "language": "en",
        "title": title,
        "summary": "What it is about.",
        "image": None,
        "topics": [chip(topic, title=topic, tone="plum") for topic in topics],
        "authors": [chip(author, name=author, credentials="PhD") for author in authors],
        "reading_minutes": 4,
        "published_at": published_at.isoformat(),
        "reviewed_at": "2026-01-01",
        "translations": [],
        "updated_at": published_at.isoformat(),
        "content_note": "",
        "body": [{"id": "1", "type": "text", "html": f"<p>{text}</p>"}],
        "takeaways": [],
        "references": [],
        "citation_style": "author-year",
        "reviewer": None,
        "next_review_at": None,
        "related": [],
        "changes": [],
        "corrections": [],
        "state": "fresh",
        "seo": {"title": title, "description": ""},
    }
    facets = [("topic", topic) for topic in topics] + [("author", author) for author in authors]
    return store(
        Kind.ARTICLE,
        data,
        facets=facets,
        card=serialised({name: data[name] for name in CARD_FIELDS}),
        text=text,
        published_at=published_at,
        **more,
    )


def chip(slug: str, **more: str) -> dict[str, Any]:
    """Give a topic or person as an article shows it."""
    folder = "topics" if "title" in more else "people"
    return {"id": str(uuid.uuid5(uuid.NAMESPACE_URL, slug)), "path": f"/{folder}/{slug}/", "slug": slug, **more}


def topic(title: str = "Rest", **more: Any) -> Entry:
    """Store a topic."""
    slug = more.pop("slug", title.lower())
    identity = uuid.uuid4()
    data = {**chip(slug, title=title, tone="moss"), "id": str(identity), "language": "en"}
    data |= {"translations": [{"language": "en", "path": data["path"]}], "summary": "On rest."}
    return store(Kind.TOPIC, data, text="On rest.", **more)


def banner(heading: str = "A first talk", *, topics: Sequence[str] = (), **more: Any) -> Entry:
    """Store a banner for clients on the home page."""
    times = {name: more.get(name) for name in ("starts_at", "ends_at")}
    data = {
        "id": str(uuid.uuid4()),
        "language": "en",
        "audience": more.pop("audience", "client"),
        "heading": heading,
        "lead": "Free.",
        "panels": [],
        "call_to_action": None,
        "placements": more.pop("placements", ["home"]),
        "topics": list(topics),
        "priority": more.pop("priority", 0),
        **{name: moment.isoformat() if moment else None for name, moment in times.items()},
    }
    facets = [("topic", topic) for topic in topics] + [("audience", data["audience"])]
    facets += [("placement", placement) for placement in data["placements"]]
    return store(Kind.BANNER, data, facets=facets, title=heading, **more)


def store(kind: str, data: dict[str, Any], facets: Sequence[tuple[str, str]] = (), **columns: Any) -> Entry:
    """Write an entry as the library does: revision, bytes, facets and search index in one transaction."""
    packed = pack(data)
    with one_writer():
        entry = Entry.objects.create(
            **{
                "id": uuid.UUID(data["id"]),
                "kind": kind,
                "path": data.get("path"),
                "slug": data.get("slug", ""),
                "title": data.get("title", ""),
                "revision": next_revision(),
                "data": data,
                "etag": packed.etag,
                "body": packed.body,
                "body_gzip": packed.gzip,
                "body_br": packed.br,
                "source_type": ContentType.objects.get_for_model(Ledger),
                "source_id": next(_numbers),
                **columns,
            }
        )
        Facet.objects.bulk_create(Facet(entry=entry, name=name, value=value) for name, value in facets)
        index(entry)
    return entry


def bury(entry: Entry, reason: str = "", replacement_path: str = "") -> Entry:
    """Make a tombstone of an entry."""
    with one_writer():
        for column in ("etag", "card", "title", "text"):
            setattr(entry, column, "")
        entry.data, entry.body, entry.body_gzip, entry.body_br = None, b"", b"", b""
        entry.deleted, entry.deleted_at, entry.revision = True, datetime.now(UTC), next_revision()
        entry.reason, entry.replacement_path = reason, replacement_path
        entry.save()
        entry.facets.all().delete()
        index(entry)
    return entry


def many_articles(number: int) -> None:
    """Store many articles at once, all different, each with its facets and in the index."""
    template = article(text="The same words about resting, again and again. " * 40)
    made = []
    for position in range(1, number):
        slug, identity = f"many-{position}", uuid.uuid4()
        made.append(
            Entry(
                id=identity,
                kind=Kind.ARTICLE,
                path=f"/articles/{slug}/",
                slug=slug,
                title=f"Many {position}",
                revision=template.revision + position,
                data=template.data,
                etag=f"{position:032x}",
                card=template.card.replace(template.title, f"Many {position}").replace(str(template.id), str(identity)),
                text=template.text,
                body=template.body,
                body_gzip=template.body_gzip,
                body_br=template.body_br,
                published_at=EPOCH + timedelta(days=1, seconds=position),
                source_type=template.source_type,
                source_id=template.source_id + position,
            )
        )
    Entry.objects.bulk_create(made, batch_size=500)
    Facet.objects.bulk_create(
        [
            Facet(entry=entry, name=name, value=value)
            for entry in made
            for name, value in (("topic", "rest"), ("author", "ana"))
        ],
        batch_size=500,
    )
    for start in range(0, len(made), 500):
        get_search_backend().add_bulk(Entry, made[start : start + 500])
    Ledger.objects.update(revision=template.revision + number)
    next(islice(_numbers, number, None))
