"""Finding published things by their words.

Wagtail's search tables hold the words (FTS5 on SQLite, weighted vectors on PostgreSQL); we ask them
ourselves, because Wagtail's own query weighs no titles on SQLite and compares ids that are uuids in
two spellings there. An entry is indexed, and a tombstone dropped, in the transaction that wrote it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from api.library.anchors import reference_anchor
from api.library.models import IN_EVERY_LANGUAGE, SEARCHABLE, Entry, Ingredient, Kind
from api.library.search.marks import excerpt, marked
from api.library.sources import type_of
from api.library.words import LONGEST_QUERY, Term, terms_of
from cms.references.models import Reference

__all__ = ["LONGEST_QUERY", "SEARCHABLE", "Citing", "Found", "Hit", "find", "titled"]

MOST_CITING = 3  # articles that are named below a reference

_MATCHES = """
FROM {source} JOIN library_entry e ON {id} = {key}
WHERE {match} AND i.content_type_id = %s AND e.deleted = {false}
  AND (e.starts_at IS NULL OR e.starts_at <= %s) AND (e.ends_at IS NULL OR e.ends_at > %s)
"""
_PAGE = """
SELECT e.id, e.kind, e.path, e.title, e.text, e.published_at, e.source_id, {rank} AS rank
{matches} {filters} ORDER BY rank, e.id LIMIT %s OFFSET %s
"""
_TITLED = "SELECT e.kind, e.path, e.title {matches} {filters} AND e.path IS NOT NULL ORDER BY {rank}, e.id LIMIT %s"
_COUNTS = "SELECT e.kind, COUNT(*) {matches} {filters} GROUP BY e.kind"
# The columns of the FTS table are autocomplete (topics, summary, names), body (everything), title; smaller is better.
# They are rated apart: in one rating, a word that is often in a text outdoes any weight of the title.
_FTS = "wagtailsearch_indexentry_fts"
_SQLITE = {
    "rank": f"8 * bm25({_FTS}, 0.0, 0.0, 1.0) + 3 * bm25({_FTS}, 1.0, 0.0, 0.0) + bm25({_FTS}, 0.0, 1.0, 0.0)",
    "source": f"{_FTS} JOIN wagtailsearch_indexentry i ON i.id = {_FTS}.rowid",
    "id": "e.id",
    "key": "replace(i.object_id, '-', '')",
    "match": f"{_FTS} MATCH %s",
    "false": "0",
}
_POSTGRES = {
    "rank": "-ts_rank('{0.1, 0.2, 0.5, 1.0}', setweight(i.title, 'A') || setweight(i.autocomplete, 'B')"
    " || setweight(i.body, 'D'), q)",
    "source": "to_tsquery('simple', %s) q CROSS JOIN wagtailsearch_indexentry i",
    # The other way round would fail on the ids of other models, which are no uuids.
    "id": "e.id::text",
    "key": "i.object_id",
    "match": "i.{column} @@ q",
    "false": "false",
}


@dataclass(frozen=True)
class Citing:
    """An article that cites a work, and the address at which the work stands in it."""

    path: str
    title: str


@dataclass(frozen=True)
class Hit:
    """Something found. ``title_html`` and ``excerpt_html`` are escaped, with the found words in ``<mark>``.

    A reference has no page: ``path`` is its place in the newest article of those that cite it (``cited_by``, of
    which there are ``citing_count``), or None. A helpline's ``path`` is the page of its country.
    """

    id: str
    kind: str
    path: str | None
    title: str
    title_html: str
    excerpt_html: str
    published_at: datetime | None
    country_name: str = ""
    cited_by: tuple[Citing, ...] = ()
    citing_count: int = 0


@dataclass(frozen=True)
class Found:
    """One page of hits, best first, whether there are more, and how many of each kind there are in all."""

    hits: Sequence[Hit]
    more: bool
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """How many there are of all kinds."""
        return sum(self.counts.values())


def find(
    query: str,
    *,
    moment: datetime,
    kind: str | None = None,
    topic: str | None = None,
    language: str | None = None,
    offset: int = 0,
    limit: int = 20,
) -> Found:
    """Find what is public at a moment and has all that a query asks for.

    A word is found where a word begins with it, a phrase in quotes word for word; accents and case do not matter.
    ``counts`` leave ``kind`` aside. Two queries of the database, and one more for the articles that cite the
    references found, and one for the helplines' countries, where there are such. An empty query finds nothing.
    """
    terms = terms_of(query)
    if not terms:
        return Found([], more=False, counts={})
    filters, values = _filters(topic, language)
    counts = _counts(terms, moment, filters, values)
    if kind:
        filters, values = f"{filters} AND e.kind = %s", [*values, kind]
    if not (counts.get(kind, 0) if kind else counts):
        return Found([], more=False, counts=counts)
    statement, asked = _statement(_PAGE, terms, moment, filters, values)
    rows = list(Entry.objects.raw(statement, [*asked, limit + 1, offset]))
    hits = _with_places([_hit(row, terms) for row in rows[:limit]], rows, moment)
    return Found(hits, more=len(rows) > limit, counts=counts)


def titled(
    terms: Sequence[Term], *, moment: datetime, language: str | None = None, limit: int = 5
) -> list[tuple[str, str, str]]:
    """Give what has a page and all the terms in its title, best first: (kind, path, title). One query."""
    if not terms:
        return []
    statement, asked = _statement(_TITLED, terms, moment, *_filters(None, language), column="title")
    with connection.cursor() as cursor:
        cursor.execute(statement, [*asked, limit])
        return [(str(kind), path, title) for kind, path, title in cursor.fetchall()]


def _filters(topic: str | None, language: str | None) -> tuple[str, list[Any]]:
    filters = f" AND e.kind IN ({', '.join(['%s'] * len(SEARCHABLE))})"
    values: list[Any] = [str(kind) for kind in SEARCHABLE]
    if topic:
        filters += " AND e.id IN (SELECT entry_id FROM library_facet WHERE name = 'topic' AND value = %s)"
        values.append(topic)
    if language:
        # What is there once for all languages is found in each.
        filters += f" AND (e.language = %s OR e.kind IN ({', '.join(['%s'] * len(IN_EVERY_LANGUAGE))}))"
        values += [language, *map(str, IN_EVERY_LANGUAGE)]
    return filters, values


def _counts(terms: Sequence[Term], moment: datetime, filters: str, values: list[Any]) -> dict[str, int]:
    statement, asked = _statement(_COUNTS, terms, moment, filters, values)
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        counted = dict(cursor.fetchall())
    return {str(kind): counted[kind] for kind in SEARCHABLE if kind in counted}


def _statement(
    form: str, terms: Sequence[Term], moment: datetime, filters: str, values: list[Any], column: str = "body"
) -> tuple[str, list[Any]]:
    content_type = ContentType.objects.get_for_model(Entry).pk
    parts = _POSTGRES if connection.vendor == "postgresql" else _SQLITE
    matches = _MATCHES.format(**{**parts, "match": parts["match"].format(column=column)})
    now = connection.ops.adapt_datetimefield_value(moment)
    statement = form.format(matches=matches, filters=filters, rank=parts["rank"])
    return statement, [_asked(terms, column), content_type, now, now, *values]


def _asked(terms: Sequence[Term], column: str) -> str:
    """Write terms in the language of the database's search. Their words are letters and digits alone."""
    if connection.vendor == "postgresql":
        return " & ".join(
            "(" + " <-> ".join(f"'{word}'" for word in term.words) + ")" if term.is_phrase else f"'{term.words[0]}':*"
            for term in terms
        )
    pieces = (f'"{" ".join(term.words)}"' + ("" if term.is_phrase else "*") for term in terms)
    columns = "autocomplete title body" if column == "body" else column
    return f"{{{columns}}} : (" + " AND ".join(pieces) + ")"


def _hit(row: Entry, terms: Sequence[Term]) -> Hit:
    return Hit(
        id=str(row.id),
        kind=row.kind,
        path=row.path,
        title=row.title,
        title_html=marked(row.title, terms),
        excerpt_html=excerpt(row.text, terms),
        published_at=row.published_at,
    )


def _with_places(hits: list[Hit], rows: Sequence[Entry], moment: datetime) -> list[Hit]:
    """Give hits that have no page of their own the address at which they can be read."""
    works = {row.source_id: str(row.id) for row in rows if row.kind == Kind.REFERENCE}
    lines = [hit.id for hit in hits if hit.kind == Kind.HELPLINE]
    citing = _citing(works, moment) if works else {}
    found = Entry.objects.filter(pk__in=lines).values_list("pk", "data__country", "data__country_name") if lines else []
    countries = {str(pk): (f"/help/?country={code}", name) for pk, code, name in found}
    placed = []
    for hit in hits:
        if hit.kind == Kind.REFERENCE:
            named = citing.get(hit.id, [])
            path = named[0].path if named else None
            hit = replace(hit, path=path, cited_by=tuple(named[:MOST_CITING]), citing_count=len(named))
        elif hit.kind == Kind.HELPLINE:
            path, name = countries.get(hit.id, ("/help/", ""))
            hit = replace(hit, path=path, country_name=name)
        placed.append(hit)
    return placed


def _citing(works: dict[int, str], moment: datetime) -> dict[str, list[Citing]]:
    """Give the public articles that cite each work, newest first, by the work's id."""
    uses = (
        Ingredient.objects.filter(
            content_type=type_of(Reference),
            object_id__in=works,
            entry__in=Entry.objects.running_at(moment).filter(kind=Kind.ARTICLE),
        )
        .order_by("-entry__published_at", "entry_id")
        .values_list("object_id", "entry__path", "entry__title")
    )
    citing: dict[str, list[Citing]] = {}
    for key, path, title in uses:
        work = works[key]
        citing.setdefault(work, []).append(Citing(f"{path}#{reference_anchor(work)}", title))
    return citing
