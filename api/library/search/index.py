"""Keeping the index and the vocabulary true to the library, in the transactions that change it."""

from typing import Any

from wagtail.search.backends import get_search_backend

from api.library import vocabulary
from api.library.models import SEARCHABLE, Entry
from api.library.signals import entry_changed


def index(entry: Entry) -> None:
    """Keep the index and the vocabulary true to an entry that was just written or buried."""
    backend = get_search_backend()
    if entry.deleted or entry.kind not in SEARCHABLE:
        backend.delete(entry)
    else:
        backend.add(entry)
    vocabulary.count(entry)


def connect() -> None:
    """Keep them from now on, in the transactions that change the library."""
    entry_changed.connect(_on_change, sender=Entry, dispatch_uid="library.search")


def _on_change(sender: type[Entry], entry: Entry, **kwargs: Any) -> None:
    index(entry)
