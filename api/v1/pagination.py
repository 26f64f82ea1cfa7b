"""Pages of a list by cursor: no gap and no repetition, whatever is published or withdrawn between two pages."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

from api.library.models import Entry
from api.v1.problems import InvalidParameters

FORWARD, BACKWARD = "n", "p"


@dataclass(frozen=True)
class Order:
    """What a list is ordered by: a column and a direction; the entry's id decides between equals."""

    name: str
    column: str
    descending: bool = False
    is_time: bool = False


@dataclass(frozen=True)
class Cursor:
    """A place in an order: after (or before) the entry with this key and id."""

    direction: str
    key: str
    id: str

    def text(self, order: Order) -> str:
        """Give the cursor as it stands in an address; it names its order, since it means nothing in another."""
        parts = json.dumps([order.name, self.direction, self.key, self.id], ensure_ascii=False, separators=(",", ":"))
        return urlsafe_b64encode(parts.encode()).decode().rstrip("=")


@dataclass(frozen=True)
class Page:
    """The entries of one page, and the cursors of its neighbours where there are such."""

    entries: Sequence[Entry]
    next: str | None
    previous: str | None


def read_cursor(text: str, order: Order) -> Cursor:
    """Read a cursor; raise :class:`InvalidParameters` where it is not one of this order."""
    try:
        name, direction, key, identity = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if name != order.name or direction not in (FORWARD, BACKWARD) or "\x00" in key:
            raise ValueError
        key_value(key, order)
        return Cursor(direction, key, str(UUID(identity)))
    except (ValueError, TypeError, AttributeError) as error:
        raise InvalidParameters(
            {"cursor": ["Use a cursor as next or previous gave it, with the same ordering."]}
        ) from error


def key_value(key: str, order: Order) -> str | datetime:
    """Give a cursor's key as the column has it."""
    if not order.is_time:
        return key
    moment = parse_datetime(key)
    if moment is None or moment.tzinfo is None:
        raise ValueError
    return moment


def page(queryset: QuerySet[Entry], order: Order, cursor: Cursor | None, limit: int) -> Page:
    """Give one page of entries. One query."""
    backward = cursor is not None and cursor.direction == BACKWARD
    descending = order.descending != backward
    if cursor is not None:
        key = key_value(cursor.key, order)
        beyond = {f"{order.column}__{'lt' if descending else 'gt'}": key}
        among_equals = {order.column: key, f"id__{'lt' if backward else 'gt'}": cursor.id}
        queryset = queryset.filter(Q(**beyond) | Q(**among_equals))
    ordering = (f"{'-' if descending else ''}{order.column}", "-id" if backward else "id")
    entries = list(queryset.order_by(*ordering)[: limit + 1])
    more = len(entries) > limit
    entries = entries[:limit]
    if backward:
        entries.reverse()
    has_next = backward or more
    has_previous = more if backward else cursor is not None
    return Page(
        entries,
        place(entries[-1], FORWARD, order) if entries and has_next else None,
        place(entries[0], BACKWARD, order) if entries and has_previous else None,
    )


def place(entry: Entry, direction: str, order: Order) -> str:
    """Give the cursor of the page beside an entry."""
    key = getattr(entry, order.column)
    return Cursor(direction, key.isoformat() if order.is_time else key, str(entry.id)).text(order)


def link(path: str, given: dict[str, Any], cursor: str | None) -> str | None:
    """Give the path of a neighbouring page: relative to the host, so that every host may cache it."""
    if cursor is None:
        return None
    return f"{path}?{urlencode({**given, 'cursor': cursor})}"
