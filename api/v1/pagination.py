"""Pages of a list by cursor: no gap and no repetition, whatever is published or withdrawn between two pages."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.dateparse import parse_datetime

from api.library import quick
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
    """The rows of one page, and the cursors of its neighbours where there are such."""

    rows: Sequence[quick.Row]
    next: str | None
    previous: str | None


def read_cursor(text: str, order: Order) -> Cursor:
    """Read a cursor; raise :class:`InvalidParameters` where it is not one of this order."""
    try:
        name, direction, key, identity = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if name != order.name or direction not in (FORWARD, BACKWARD) or "\x00" in key:
            raise ValueError
        key.encode()  # half a surrogate pair is text to JSON and to no database
        key_value(key, order)
        return Cursor(direction, key, str(UUID(identity)))
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
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
    return moment.astimezone(UTC)  # in UTC too, as databases take it, it must be a year there is


def page(kind: str, form: str, now: datetime, order: Order, text: str | None, limit: int, **filters: Any) -> Page:
    """Give the page that a cursor names, or the first. One query. Raises :class:`InvalidParameters`."""
    cursor = read_cursor(text, order) if text else None
    backward = cursor is not None and cursor.direction == BACKWARD
    descending = order.descending != backward
    beyond = quick.Beyond(key_value(cursor.key, order), UUID(cursor.id), descending, backward) if cursor else None
    rows = quick.page(
        kind,
        form,
        now,
        order=order.column,
        descending=descending,
        ids_descending=backward,
        limit=limit + 1,
        beyond=beyond,
        **filters,
    )
    more = len(rows) > limit
    rows = rows[:limit]
    if backward:
        rows.reverse()
    has_next = backward or more
    has_previous = more if backward else cursor is not None
    return Page(
        rows,
        place(rows[-1], FORWARD, order) if rows and has_next else None,
        place(rows[0], BACKWARD, order) if rows and has_previous else None,
    )


def place(row: quick.Row, direction: str, order: Order) -> str:
    """Give the cursor of the page beside a row."""
    key = row.key.isoformat() if order.is_time else row.key
    return Cursor(direction, key, str(row.id)).text(order)


def link(path: str, given: dict[str, Any], cursor: str | None) -> str | None:
    """Give the path of a neighbouring page: relative to the host, so that every host may cache it."""
    if cursor is None:
        return None
    return f"{path}?{urlencode({**given, 'cursor': cursor})}"
