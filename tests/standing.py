"""What many tests look at and none of them has to make again."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def undone_at_the_end(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Open the database to a fixture of many tests, in a transaction that stays open until the last has looked at it."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
