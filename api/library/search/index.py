"""Keeping the index and the vocabulary true to the library, in the transactions that change it."""

from typing import Any

from django.db import connection, transaction
from wagtail.search.backends import get_search_backend

from api.library import vocabulary
from api.library.models import SEARCHABLE, Entry, Kind
from api.library.signals import entry_changed
from cms.publishing.services import at_end_of_turn, one_writer

# What persons have written of themselves: nothing of it is to be left when it is taken down or written anew.
OF_PERSONS = (Kind.QUESTION, Kind.SPECIALIST)
FTS = "wagtailsearch_indexentry_fts"


def index(entry: Entry) -> None:
    """Keep the index and the vocabulary true to an entry that was just written or buried."""
    backend = get_search_backend()
    if entry.deleted or entry.kind not in SEARCHABLE:
        backend.delete(entry)
    else:
        backend.add(entry)
    vocabulary.count(entry)
    if entry.kind in OF_PERSONS and connection.vendor == "sqlite":
        at_end_of_turn("words", _sweep_on_commit)


def _sweep_on_commit() -> None:
    transaction.on_commit(_enqueue)


def _enqueue() -> None:
    from api.library.tasks import sweep_words

    sweep_words.enqueue()


def sweep_words() -> None:
    """Take the words of deleted rows out of SQLite's index: FTS5 keeps them, marked as deleted, until it merges."""
    with one_writer(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {FTS}({FTS}) VALUES ('optimize')")


def connect() -> None:
    """Keep them from now on, in the transactions that change the library."""
    entry_changed.connect(_on_change, sender=Entry, dispatch_uid="library.search")


def _on_change(sender: type[Entry], entry: Entry, **kwargs: Any) -> None:
    index(entry)
