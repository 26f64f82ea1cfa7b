"""The questions of every read of the API, in plain SQL.

They are asked thousands of times a second and never change, and for Django to put each together from a
queryset cost four times what the database needs to answer it. Everything else asks through querysets.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.dateparse import parse_datetime

COLUMNS = "id, etag, deleted, starts_at, ends_at, good_until, reason, replacement_path"


@dataclass(frozen=True, slots=True)
class Row:
    """What a read needs of an entry: its state, and one stored form of it."""

    raw_id: Any
    etag: str
    deleted: bool
    starts_at: datetime | None
    ends_at: datetime | None
    good_until: datetime | None
    reason: str
    replacement_path: str
    stored: Any
    key: Any = None

    @property
    def id(self) -> UUID:
        """The entry's id; read only where it is needed."""
        return self.raw_id if isinstance(self.raw_id, UUID) else UUID(self.raw_id)

    def has_begun(self, now: datetime) -> bool:
        """Say whether it was ever to be seen."""
        return self.deleted or self.starts_at is None or self.starts_at <= now

    def is_over(self, now: datetime) -> bool:
        """Say whether it was buried or has ended."""
        return self.deleted or (self.ends_at is not None and self.ends_at <= now)

    def is_current(self, now: datetime) -> bool:
        """Say whether nothing that it was made of has ended."""
        return self.good_until is None or self.good_until > now


@dataclass(frozen=True)
class Beyond:
    """Where a page begins: beyond the entry that has this key and id."""

    key: Any
    id: UUID
    descending: bool
    ids_descending: bool


def one(kind: str, form: str, *, language: str = "", slug: str = "", id: UUID | None = None) -> Row | None:
    """Give the row of a slug or an id, the living one before its tombstones. ``form`` names a column. One query."""
    if id is not None:
        where, values = "id = %s", [adapted(id)]
    else:
        where, values = "language = %s AND slug = %s", [language, slug]
    # Said this way the order tempts no planner to read all of the kind for it.
    found = rows(
        f"SELECT {COLUMNS}, {form} FROM library_entry WHERE kind = %s AND {where}"
        " ORDER BY CASE WHEN deleted THEN 1 ELSE 0 END, revision DESC LIMIT 1",
        [kind, *values],
    )
    return found[0] if found else None


def page(
    kind: str,
    form: str,
    now: datetime,
    *,
    order: str,
    descending: bool,
    ids_descending: bool,
    limit: int,
    language: str | None = None,
    facets: Sequence[tuple[str, str]] = (),
    beyond: Beyond | None = None,
) -> list[Row]:
    """Give the rows of a page: what runs now, in the order of a column and then of ids. One query."""
    moment = adapted(now)
    where = ["kind = %s", "deleted = %s", "(starts_at IS NULL OR starts_at <= %s)", "(ends_at IS NULL OR ends_at > %s)"]
    values: list[Any] = [kind, False, moment, moment]
    if language:
        where.append("language = %s")
        values.append(language)
    for name, value in facets:
        where.append("id IN (SELECT entry_id FROM library_facet WHERE name = %s AND value = %s)")
        values += [name, value]
    if beyond is not None:
        than, id_than = ("<" if beyond.descending else ">"), ("<" if beyond.ids_descending else ">")
        where.append(f"{order} {than}= %s AND ({order} {than} %s OR id {id_than} %s)")
        values += [adapted(beyond.key), adapted(beyond.key), adapted(beyond.id)]
    directions = f"{order} {'DESC' if descending else 'ASC'}, id {'DESC' if ids_descending else 'ASC'}"
    return rows(
        f"SELECT {COLUMNS}, {form}, {order} FROM library_entry WHERE {' AND '.join(where)}"
        f" ORDER BY {directions} LIMIT %s",
        [*values, limit],
    )


def next_boundary(now: datetime, within: timedelta, kinds: Sequence[str] = ()) -> datetime | None:
    """Give the first moment of a span at which an entry of these kinds (none: all) begins, ends or is outdated.

    One query, of three small indexes.
    """
    # The empty text keeps the planner from reading every entry of the kind instead of the few with a time.
    of_kinds = f" AND kind || '' IN ({', '.join(['%s'] * len(kinds))})" if kinds else ""
    parts = [
        f"SELECT {name} AS boundary FROM library_entry"
        f" WHERE {name} > %s AND {name} <= %s AND NOT ({name} IS NULL) AND deleted = %s{of_kinds}"
        for name in ("starts_at", "ends_at", "good_until")
    ]
    values = [adapted(now), adapted(now + within), False, *kinds]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MIN(boundary) FROM ({' UNION ALL '.join(parts)}) AS boundaries", values * len(parts))
        return moment_of(cursor.fetchone()[0])


def rows(statement: str, values: Sequence[Any]) -> list[Row]:
    """Ask, and give what is found with times and ids as Python has them."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchall()
    return [
        Row(
            id,
            etag,
            bool(deleted),
            moment_of(starts_at),
            moment_of(ends_at),
            moment_of(good_until),
            reason,
            replacement_path,
            stored,
            *(moment_of(key) if isinstance(key, datetime) else key for key in keys),
        )
        for id, etag, deleted, starts_at, ends_at, good_until, reason, replacement_path, stored, *keys in found
    ]


def adapted(value: Any) -> Any:
    """Give a moment or an id as the database in use has it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def moment_of(value: Any) -> datetime | None:
    """Give a moment in UTC from what the database gives: SQLite's have no offset, and may be text."""
    moment = parse_datetime(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment
