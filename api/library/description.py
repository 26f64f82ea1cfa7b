"""What an entry will say, before it is written."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from api.library.models import Kind
from api.library.sources import to_the_second


@dataclass(frozen=True)
class Description:
    """A source, described for any client: everything an entry is written from.

    ``data`` is the JSON of the thing, ``card`` its short form for lists or None, ``text`` its words for search;
    ``facets`` are (name, value), ``ingredients`` (content type, key) of all it was made of besides its source,
    ``translations`` the same of it in other languages.
    """

    kind: Kind
    id: UUID
    path: str | None
    slug: str
    language: str
    title: str
    data: dict[str, Any]
    source: tuple[int, int]
    text: str = ""
    card: dict[str, Any] | None = None
    facets: frozenset[tuple[str, str]] = frozenset()
    ingredients: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    translations: frozenset[tuple[int, int]] = frozenset()
    published_at: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    good_until: datetime | None = None


def iso(moment: datetime | None) -> str | None:
    """Give a moment as the JSON says it: ISO 8601, UTC, whole seconds."""
    whole = to_the_second(moment)
    return whole.astimezone(UTC).isoformat() if whole else None


def day(date_: date | None) -> str | None:
    """Give a date as the JSON says it."""
    return date_.isoformat() if date_ else None


def lines(*texts: str) -> str:
    """Join what there is, one text a line."""
    return "\n".join(text for text in texts if text)
