"""A client that keeps a copy of the library by the change feed alone, as a phone does."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from api.library import queries
from api.library.models import Entry


class Copy:
    """What a client has after polling the feed: the data of every upsert, minus every deletion."""

    def __init__(self, limit: int = 25) -> None:
        self.limit = limit
        self.cursor: str | int = 0
        self.things: dict[str, Any] = {}
        self.deletions: dict[str, Any] = {}
        self.revisions: list[int] = []

    def poll(self, moment: datetime | None = None) -> int:
        """Read until there is no more; give how many changes there were."""
        told = 0
        while True:
            moment_now = moment or timezone.now()
            page = queries.changes(self.cursor, self.limit, moment_now)
            for entry in page.entries:
                self.take(entry, moment_now)
            told += len(page.entries)
            self.cursor = page.cursor
            if not page.more:
                return told

    def take(self, entry: Entry, moment: datetime) -> None:
        self.revisions.append(entry.revision)
        key = str(entry.pk)
        if queries.op_of(entry, moment) == "delete":
            self.things.pop(key, None)
            self.deletions[key] = queries.deletion_data(entry)
        else:
            self.things[key] = entry.data
            self.deletions.pop(key, None)


def library_as_it_is() -> dict[str, Any]:
    """Give the data of every living entry by id."""
    return {str(key): data for key, data in Entry.objects.existing().values_list("pk", "data")}


def entry_of(thing: Any) -> Entry:
    """Give the entry of a source as it is now."""
    return Entry.objects.get(pk=thing.public_id)


def is_published(thing: Any) -> bool:
    """Say whether the library has a living entry of a source."""
    return Entry.objects.existing().filter(pk=thing.public_id).exists()


def data_of(thing: Any) -> dict[str, Any]:
    """Give what the library says of a source that is published."""
    data = entry_of(thing).data
    assert data is not None
    return data
