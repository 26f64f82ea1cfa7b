"""Building again what was made of something that has changed: soon, in small transactions, and never forgotten.

What depends on a changed entry is marked in the same transaction. A task, enqueued when it commits, builds the
marked ones, 20 to a transaction; what a lost task leaves, the minute's sweep finds.
"""

import json
import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from api.library.models import Entry, Ingredient, Kind
from api.library.neighbours import TOLD_WHOLE
from cms.publishing.services import one_writer

logger = logging.getLogger(__name__)

BATCH = 20
# What stands of a specialist under what they have answered.
NAMED_BY = ("path", "name", "professional_title", "verified_on")


def face(entry: Entry) -> Any:
    """Give the part of an entry that others show: if that stays the same, none of them is built again."""
    if entry.deleted:
        return None
    if entry.kind == Kind.ARTICLE:
        return entry.path, json.loads(entry.card), entry.ends_at
    if entry.kind == Kind.PAGE:
        return entry.path, entry.ends_at
    if entry.kind == Kind.SPECIALIST:
        return [(entry.data or {}).get(name) for name in NAMED_BY], entry.ends_at
    if entry.kind in TOLD_WHOLE:
        return entry.data, entry.ends_at
    return ()


def mark_dependents(entry: Entry) -> int:
    """Mark everything that was made of this entry's source."""
    return mark_made_of(entry.source_type_id, entry.source_id)


def mark_made_of(type_id: int, key: int) -> int:
    """Mark every entry that was made of a source, and see that they are built; give how many."""
    made_of = Ingredient.objects.filter(content_type_id=type_id, object_id=key)
    return mark(Q(pk__in=made_of.values("entry_id")))


def mark_sources(keys: Iterable[tuple[int, int]]) -> int:
    """Mark the entries of these sources, such as translations that have yet to hear of a new one; give how many."""
    which = Q(pk=None)
    for type_id, key in keys:
        which |= Q(source_type_id=type_id, source_id=key, deleted=False)
    return mark(which)


def mark(which: Q) -> int:
    """Mark entries to be built again after this transaction; give how many."""
    marked = Entry.objects.filter(which).update(stale_since=timezone.now())
    if marked:
        refresh_on_commit()
    return marked


def refresh_on_commit() -> None:
    """Have the task enqueued once, however often this transaction asks for it."""
    connection = transaction.get_connection()
    if any(waiting[1] is _enqueue for waiting in connection.run_on_commit):
        return
    transaction.on_commit(_enqueue)


def _enqueue() -> None:
    from api.library.tasks import refresh_stale

    refresh_stale.enqueue()


def drain(started: datetime | None = None) -> int:
    """Build every marked entry again, 20 to a transaction; give how many were built.

    One that cannot be built keeps its mark for the next time and does not hold up the others.
    """
    started = started or timezone.now()
    done = 0
    while batch := refresh_batch(started):
        done += batch
    return done


def refresh_batch(marked_before: datetime) -> int:
    """Build the 20 entries that have waited longest, in one transaction; give how many were looked at."""
    waiting = Entry.objects.filter(stale_since__lte=marked_before)
    if not waiting.exists():
        return 0
    with one_writer():
        batch = list(waiting.order_by("stale_since", "pk").values_list("pk", flat=True)[:BATCH])
        for key in batch:
            refresh(key)
        return len(batch)


def refresh(key: Any) -> bool:
    """Build one marked entry again; say whether that went well."""
    from api.library import services
    from api.library.sources import source_of

    try:
        with transaction.atomic():
            entry = Entry.objects.select_related("source_type").defer(*services.UNREAD).get(pk=key)
            source = source_of(entry)
            if source is not None:
                services.publish_entry(source)
            elif entry.deleted:
                _forget_lost_replacement(entry)
            else:
                services.bury(entry)
            Entry.objects.filter(pk=key).update(stale_since=None)
    except Exception:
        logger.exception("entry %s could not be built; it keeps its mark", key)
        Entry.objects.filter(pk=key).update(stale_since=timezone.now())
        return False
    return True


def _forget_lost_replacement(entry: Entry) -> None:
    """Let a tombstone without a source no longer lead to what is gone as well."""
    from api.library import services

    if entry.replacement_path and not Entry.objects.existing().filter(path=entry.replacement_path).exists():
        services.bury(entry, entry.reason)
