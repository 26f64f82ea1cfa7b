"""What endpoints and pages ask of the library, each in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from api.library import quick
from api.library.cursors import Cursor, CursorGone
from api.library.description import iso
from api.library.models import Entry, FormerPath
from api.library.services import described_anew
from cms.publishing.services import ledger

__all__ = [
    "Changes",
    "Found",
    "changes",
    "current",
    "current_all",
    "deletion_data",
    "entry_max_age",
    "find",
    "formerly",
    "is_running",
    "iso",
    "max_age",
    "op_of",
    "seconds_until",
]

LONGEST = 60  # seconds an answer may be kept anywhere
TOMBSTONES_TRAVEL_FOR = timedelta(days=180)


# ---- By address ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """What stands at an address: exactly one of the three."""

    entry: Entry | None = None
    moved_to: str = ""
    gone: Entry | None = None


def find(path: str, moment: datetime | None = None) -> Found | None:
    """Give what stands at a path: a living entry, where it went, or the tombstone. None: never heard of it.

    What has ended, or not begun, is not there: an entry past its end counts as gone at once, with no reason.
    Costs one query for what is there and two for what is not.
    """
    moment = moment or timezone.now()
    rows = list(Entry.objects.filter(path=path).order_by("deleted", "-revision")[:2])
    if rows and not rows[0].deleted:
        return Found(entry=current(rows[0], moment)) if is_running(rows[0], moment) else Found(gone=rows[0])
    former = FormerPath.objects.filter(path=path).select_related("entry").first()
    if former is not None:
        if not former.entry.deleted and is_running(former.entry, moment) and former.entry.path:
            return Found(moved_to=former.entry.path)
        return Found(gone=rows[0] if rows else former.entry)
    return Found(gone=rows[0]) if rows else None


def formerly(kind: str, language: str, slug: str) -> Entry | None:
    """Give what once had this slug, the last of those that had it, living or not. One query."""
    former = FormerPath.objects.filter(slug=slug, entry__kind=kind, entry__language=language).order_by("-pk")
    row = former.select_related("entry").first()
    return row.entry if row else None


def is_running(entry: Entry, moment: datetime) -> bool:
    """Say whether an entry may be shown at a moment: living, begun, not ended."""
    begun = entry.starts_at is None or entry.starts_at <= moment
    return not entry.deleted and begun and (entry.ends_at is None or entry.ends_at > moment)


def current(entry: Entry, moment: datetime | None = None) -> Entry:
    """Give an entry as it is to be read now.

    That is the stored one, unless something it was made of has ended since: then it is described anew
    for this answer, without that thing, and the next sweep stores it so. One comparison in the usual case.
    """
    moment = moment or timezone.now()
    if entry.good_until is None or entry.good_until > moment or entry.deleted:
        return entry
    return described_anew(entry, moment)


def current_all(entries: Iterable[Entry], moment: datetime | None = None) -> list[Entry]:
    """Give entries as they are to be read now; see :func:`current`."""
    moment = moment or timezone.now()
    return [current(entry, moment) for entry in entries]


# ---- How long an answer holds ----------------------------------------------------------------


def max_age(moment: datetime, kinds: Sequence[str] = ()) -> int:
    """Give the seconds for which an answer made of these kinds (none: all) holds: 60, or until the next start or end.

    One query.
    """
    return seconds_until([quick.next_boundary(moment, timedelta(seconds=LONGEST), kinds)], moment)


def entry_max_age(entry: Entry, moment: datetime) -> int:
    """Give the seconds for which an answer made of this one entry holds. No query."""
    return seconds_until([entry.starts_at, entry.ends_at, entry.good_until], moment)


def seconds_until(boundaries: Iterable[datetime | None], moment: datetime) -> int:
    """Give the whole seconds until the first of these that is still to come, at most 60."""
    coming = [boundary for boundary in boundaries if boundary and boundary > moment]
    return min([LONGEST, *(int((boundary - moment).total_seconds()) for boundary in coming)])


# ---- The change feed -------------------------------------------------------------------------


@dataclass(frozen=True)
class Changes:
    """A page of the feed: entries in the order of their revisions, and where to go on."""

    entries: list[Entry]
    cursor: str
    more: bool
    epoch: str


def changes(
    after: str | int = 0, limit: int = 100, moment: datetime | None = None, defer: Sequence[str] = ()
) -> Changes:
    """Give what changed after a cursor, oldest change first.

    A change is never missed: revisions rise in commit order. Raises :class:`CursorGone` where the cursor
    is of another epoch, ahead of the head, or where deletions it has not heard of are no longer told;
    :class:`~api.library.cursors.BadCursor` where it is none. ``0`` always leads to everything there is.
    Two or three queries. ``defer`` names columns the caller has no use for.
    """
    moment = moment or timezone.now()
    cursor = Cursor.read(after)
    head = ledger()
    if not cursor.belongs_to(head):
        raise CursorGone("The library has been restored, or this cursor is not from here.")
    horizon = moment - TOMBSTONES_TRAVEL_FOR
    forgotten = Entry.objects.filter(deleted=True, deleted_at__lte=horizon)
    # Whoever began at 0 when these were already forgotten never had what they buried.
    if cursor.heard and forgotten.filter(revision__gt=cursor.heard).exists():
        raise CursorGone("Deletions are told for 180 days; this cursor is older.")
    rows = list(
        Entry.objects.filter(revision__gt=cursor.revision)
        .exclude(Q(deleted=True) & Q(deleted_at__lte=horizon))
        .defer("text", "body_gzip", "body_br", *defer)
        .order_by("revision")[: limit + 1]
    )
    more = len(rows) > limit
    rows = rows[:limit]
    onward = cursor.after(rows[-1].revision if rows else cursor.revision, head, more)
    return Changes(rows, onward.text(), more, str(head.epoch))


def op_of(entry: Entry, moment: datetime) -> str:
    """Give ``delete`` for what is gone or has ended, else ``upsert``. What has yet to begin travels before it does."""
    ended = entry.ends_at is not None and entry.ends_at <= moment
    return "delete" if entry.deleted or ended else "upsert"


def deletion_data(entry: Entry) -> dict[str, Any] | None:
    """Give what a deletion says in public: the reason and what to read instead, or None."""
    if not entry.reason and not entry.replacement_path:
        return None
    return {"reason": entry.reason, "replacement_path": entry.replacement_path}
