"""Comparing every entry with its source, and naming each difference.

A difference that a mark or the next sweep will settle is pending; any other is wrong.
"""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import brotli
from django.utils import timezone

from api.library.build import describe
from api.library.models import Entry, FormerPath
from api.library.packing import etag_of
from api.library.services import columns_of, dated, withdrawal
from api.library.sources import KINDS, is_public, source_of, sources_of, type_of
from cms.publishing.services import ledger, one_writer

BATCH = 20

Progress = Callable[[int, int], Any]


@dataclass(frozen=True)
class Difference:
    """What one entry says otherwise than its source does."""

    what: str
    subject: str
    detail: str = ""
    pending: bool = False

    def __str__(self) -> str:
        return f"{self.what}: {self.subject}" + (f" ({self.detail})" if self.detail else "")


def check(progress: Progress = lambda done, total: None) -> Iterator[Difference]:
    """Compare everything, 20 at a time under the writers' lock, and give each difference.

    ``progress`` is told (done, total) of sources and entries.
    """
    total = sum(model._default_manager.count() for model in KINDS) + Entry.objects.count()
    done = 0
    for model in KINDS:
        after = 0
        while True:
            with one_writer():
                sources = sources_of(model, after, BATCH)
                found = list(_compared(model, sources))
            yield from found
            if not sources:
                break
            after = sources[-1].pk
            done += len(sources)
            progress(done, total)
    yield from _entries_by_themselves(progress, done, total)


def _compared(model: type[Any], sources: list[Any]) -> Iterator[Difference]:
    moment = timezone.now()
    type_id = type_of(model).pk
    keys = [source.pk for source in sources]
    entries = {
        entry.source_id: entry
        for entry in Entry.objects.filter(source_type_id=type_id, source_id__in=keys).prefetch_related(
            "facets", "ingredients"
        )
    }
    for source in sources:
        yield from differences(source, entries.get(source.pk), moment)


def differences(source: Any, entry: Entry | None, moment: datetime) -> Iterator[Difference]:
    """Compare one source with its entry, if it has one."""
    subject = f"{KINDS[type(source)]} {source.pk} “{source}”"
    if not is_public(source, moment):
        if entry is not None and not entry.deleted:
            over = entry.ends_at is not None and entry.ends_at <= moment
            yield Difference("extra entry", subject, "not public", pending=over or entry.stale_since is not None)
        elif entry is not None:
            yield from _tombstone(source, entry, subject, moment)
        return
    if entry is None or entry.deleted:
        pending = entry is not None and entry.stale_since is not None
        yield Difference("missing entry", subject, "a tombstone" if entry else "", pending)
        return
    # Something in it has ended since it was built: the next sweep builds it again.
    pending = entry.stale_since is not None or (entry.good_until is not None and entry.good_until <= moment)
    description = describe(dated(source, entry), moment)
    if entry.pk != description.id:
        yield Difference("wrong id", subject, str(entry.pk), pending)
    for name, value in columns_of(description).items():
        if name != "etag" and getattr(entry, name) != value:
            yield Difference(f"wrong {name}", subject, _told(getattr(entry, name), value), pending)
    if entry.data != description.data:
        yield Difference("different data", subject, _keys_that_differ(entry.data, description.data), pending)
    if entry.good_until != description.good_until:
        yield Difference("wrong good_until", subject, _told(entry.good_until, description.good_until), pending)
    yield from _rows(
        "facet",
        {(facet.name, facet.value) for facet in entry.facets.all()},
        set(description.facets),
        subject,
        pending,
    )
    yield from _rows(
        "ingredient",
        {(one.content_type_id, one.object_id) for one in entry.ingredients.all()},
        set(description.ingredients),
        subject,
        pending,
    )


def _rows(what: str, there: set[Any], expected: set[Any], subject: str, pending: bool) -> Iterator[Difference]:
    for row in sorted(expected - there):
        yield Difference(f"missing {what}", subject, f"{row[0]}={row[1]}", pending)
    for row in sorted(there - expected):
        yield Difference(f"extra {what}", subject, f"{row[0]}={row[1]}", pending)


def _tombstone(source: Any, entry: Entry, subject: str, moment: datetime) -> Iterator[Difference]:
    reason, replacement_path, made_of = withdrawal(source, moment)
    pending = entry.stale_since is not None
    if entry.reason != reason:
        yield Difference("wrong reason", subject, _told(entry.reason, reason), pending)
    if entry.replacement_path != replacement_path:
        yield Difference("wrong replacement", subject, _told(entry.replacement_path, replacement_path), pending)
    there = {(one.content_type_id, one.object_id) for one in entry.ingredients.all()}
    yield from _rows("ingredient", there, made_of, subject, pending)


# ---- What is wrong with an entry whatever its source says ------------------------------------


def _entries_by_themselves(progress: Progress, done: int, total: int) -> Iterator[Difference]:
    last = None
    while True:
        with one_writer():
            after = Entry.objects.filter(pk__gt=last) if last else Entry.objects.all()
            entries = list(after.select_related("source_type").order_by("pk")[:BATCH])
            head = ledger().revision
            found = [difference for entry in entries for difference in by_itself(entry, head)]
        yield from found
        if not entries:
            return
        last = entries[-1].pk
        done += len(entries)
        progress(done, total)


def by_itself(entry: Entry, head: int) -> Iterator[Difference]:
    """Compare an entry with itself, with the ledger, and with there being a source at all."""
    subject = f"{entry.kind} {entry.path or entry.pk}"
    if entry.revision > head:
        yield Difference("revision above the ledger", subject, f"{entry.revision} > {head}")
    if entry.deleted:
        if damage_of(entry):
            yield Difference("tombstone with content", subject, damage_of(entry))
        return
    if damage := damage_of(entry):
        yield Difference(f"wrong {damage}", subject)
    source = source_of(entry)
    if source is None or type(source) not in KINDS:
        yield Difference("extra entry", subject, "no source", pending=entry.stale_since is not None)
    if entry.path and FormerPath.objects.filter(path=entry.path).exists():
        yield Difference("former path of a living entry", subject)


def damage_of(entry: Entry) -> str:
    """Name the first column of an entry that does not go with its data; "" where all do."""
    body = bytes(entry.body)
    if entry.deleted:
        left = {"data": entry.data, "body": body, "card": entry.card, "text": entry.text, "title": entry.title}
        return next((name for name, value in left.items() if value), "")
    try:
        if json.loads(body) != entry.data:
            return "body"
    except ValueError:
        return "body"
    if entry.etag != etag_of(body):
        return "etag"
    return next((name for name, unpack in UNPACKED.items() if _unpacked(unpack, getattr(entry, name)) != body), "")


def _unpacked(unpack: Callable[[bytes], bytes], packed: bytes) -> bytes | None:
    try:
        return unpack(bytes(packed))
    except (OSError, EOFError, brotli.error):
        return None


UNPACKED: dict[str, Callable[[bytes], bytes]] = {"body_gzip": gzip.decompress, "body_br": brotli.decompress}


def _told(there: Any, expected: Any) -> str:
    return f"{str(there)[:80]!r} instead of {str(expected)[:80]!r}"


def _keys_that_differ(there: Any, expected: dict[str, Any]) -> str:
    if not isinstance(there, dict):
        return "no data"
    names = sorted(there.keys() | expected.keys())
    return ", ".join(name for name in names if there.get(name) != expected.get(name))
