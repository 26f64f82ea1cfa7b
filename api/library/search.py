"""Finding published things by their words.

Wagtail's search tables hold the words (FTS5 on SQLite, weighted vectors on PostgreSQL); we ask them
ourselves, because Wagtail's own query weighs no titles on SQLite and compares ids that are uuids in
two spellings there. An entry is indexed, and a tombstone dropped, in the transaction that wrote it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils.html import escape
from wagtail.search.backends import get_search_backend

from api.library.models import Entry, Kind
from api.library.signals import entry_changed

SEARCHABLE = (Kind.ARTICLE, Kind.PAGE, Kind.TOPIC, Kind.PERSON, Kind.REFERENCE, Kind.HELPLINE)
LONGEST_QUERY = 200  # characters
MOST_TERMS = 12
EXCERPT = 220  # characters
READ_FOR_EXCERPT = 60_000  # characters of a text that are looked through for one

_SELECT = """
SELECT e.id, e.kind, e.path, e.title, e.text, e.published_at, {rank} AS rank
FROM {source} JOIN library_entry e ON {id} = {key}
WHERE {match} AND i.content_type_id = %s AND e.deleted = {false} AND e.kind IN ({kinds})
  AND (e.starts_at IS NULL OR e.starts_at <= %s) AND (e.ends_at IS NULL OR e.ends_at > %s)
ORDER BY rank, e.id LIMIT %s OFFSET %s
"""
# The columns of the FTS table are autocomplete, body, title; smaller is better. Title and text are rated apart:
# in one rating, a word that is often in a text outdoes any weight of the title.
_SQLITE = {
    "rank": "4 * bm25(wagtailsearch_indexentry_fts, 0.0, 0.0, 1.0) + bm25(wagtailsearch_indexentry_fts, 0.0, 1.0, 0.0)",
    "source": "wagtailsearch_indexentry_fts JOIN wagtailsearch_indexentry i"
    " ON i.id = wagtailsearch_indexentry_fts.rowid",
    "id": "e.id",
    "key": "replace(i.object_id, '-', '')",
    "match": "wagtailsearch_indexentry_fts MATCH %s",
    "false": "0",
}
_POSTGRES = {
    "rank": "-ts_rank('{0.1, 0.2, 0.4, 1.0}', i.title || i.body, q)",
    "source": "to_tsquery(%s) q CROSS JOIN wagtailsearch_indexentry i",
    # The other way round would fail on the ids of other models, which are no uuids.
    "id": "e.id::text",
    "key": "i.object_id",
    "match": "(i.title || i.body) @@ q",
    "false": "false",
}


@dataclass(frozen=True)
class Hit:
    """Something found. ``title_html`` and ``excerpt_html`` are escaped, with the found words in ``<mark>``."""

    id: str
    kind: str
    path: str | None
    title: str
    title_html: str
    excerpt_html: str
    published_at: datetime | None


@dataclass(frozen=True)
class Found:
    """One page of hits, best first, and whether there are more."""

    hits: Sequence[Hit]
    more: bool


def find(query: str, *, moment: datetime, kinds: Sequence[str] = SEARCHABLE, offset: int = 0, limit: int = 20) -> Found:
    """Find what is public at a moment and has all the words of a query, or words that begin with them.

    One query of the database, however much is found. An empty query finds nothing.
    """
    terms = words_of(query)
    if not terms or not kinds:
        return Found([], more=False)
    rows = list(Entry.objects.raw(*_statement(terms, moment, kinds, offset, limit + 1)))
    return Found([_hit(row, terms) for row in rows[:limit]], more=len(rows) > limit)


def words_of(query: str) -> list[str]:
    """Give the words of what somebody typed, in lower case, without signs: the first dozen of them."""
    return list(dict.fromkeys(re.findall(r"[^\W_]+", query[:LONGEST_QUERY].lower())))[:MOST_TERMS]


def index(entry: Entry) -> None:
    """Keep the index true to an entry that was just written or buried."""
    backend = get_search_backend()
    if entry.deleted or entry.kind not in SEARCHABLE:
        backend.delete(entry)
    else:
        backend.add(entry)


def connect() -> None:
    """Keep the index from now on, in the transactions that change the library."""
    entry_changed.connect(_on_change, sender=Entry, dispatch_uid="library.search")


def _on_change(sender: type[Entry], entry: Entry, **kwargs: Any) -> None:
    index(entry)


def _statement(
    terms: Sequence[str], moment: datetime, kinds: Sequence[str], offset: int, limit: int
) -> tuple[str, list[Any]]:
    content_type = ContentType.objects.get_for_model(Entry).pk
    if connection.vendor == "postgresql":
        parts, asked = _POSTGRES, " & ".join(f"{term}:*" for term in terms)
    else:
        parts, asked = _SQLITE, "{title body} : (" + " AND ".join(f'"{term}"*' for term in terms) + ")"
    statement = _SELECT.format(**parts, kinds=", ".join(["%s"] * len(kinds)))
    now = connection.ops.adapt_datetimefield_value(moment)
    return statement, [asked, content_type, *kinds, now, now, limit, offset]


def _hit(row: Entry, terms: Sequence[str]) -> Hit:
    return Hit(
        id=str(row.id),
        kind=row.kind,
        path=row.path,
        title=row.title,
        title_html=marked(row.title, terms),
        excerpt_html=excerpt(row.text, terms),
        published_at=row.published_at,
    )


class _Plain(dict[int, str]):
    """Maps a character to its letter without accents, in lower case: always one for one, so that places agree."""

    def __missing__(self, code: int) -> str:
        letter = unicodedata.normalize("NFD", chr(code))[0].lower()
        self[code] = letter if len(letter) == 1 else chr(code)
        return self[code]


_plain = _Plain()


def _places(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Give where words of a text begin with one of the terms: the whole words, in order."""
    alternatives = "|".join(re.escape(term.translate(_plain)) for term in sorted(terms, key=len, reverse=True))
    return [match.span() for match in re.finditer(rf"(?<![^\W_])(?:{alternatives})[^\W_]*", text.translate(_plain))]


def marked(text: str, terms: Sequence[str]) -> str:
    """Escape a text, with the words that begin with a term in ``<mark>``."""
    parts, done = [], 0
    for start, end in _places(text, terms):
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return "".join([*parts, escape(text[done:])])


def excerpt(text: str, terms: Sequence[str], length: int = EXCERPT) -> str:
    """Cut a piece out of a text around the first of the found words, escaped and marked."""
    text = " ".join(text[:READ_FOR_EXCERPT].split())
    places = _places(text, terms)
    start = max(0, places[0][0] - length // 4) if places else 0
    if start:
        start = text.find(" ", start) + 1
    end = start + length
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + length // 2)
    return ("… " if start else "") + marked(text[start:end], terms) + (" …" if end < len(text) else "")
