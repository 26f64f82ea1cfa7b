"""The one way to change what is public: one writer at a time, one transaction.

Wagtail's own publish, unpublish and move send their signals outside any transaction, and eight of
them at once break the page tree. Every writer of Respite therefore takes the ledger's row before
it loads anything; what it then changes, and all that follows from it, commits together or not at all.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import F
from wagtail.models import Page

from cms.publishing.models import Ledger
from cms.publishing.turns import in_turn

# What is left to do before the turn that this context holds commits, by name; None where it holds none.
_turn: ContextVar[dict[Hashable, Callable[[], object]] | None] = ContextVar("respite_turn", default=None)

M = TypeVar("M", bound=models.Model)


@contextmanager
def one_writer() -> Iterator[None]:
    """Open a transaction that no other writer shares, or join the one this context already holds."""
    if _turn.get() is not None:
        yield
        return
    with in_turn(), transaction.atomic():
        Ledger.objects.select_for_update().get_or_create(pk=1)
        waiting: dict[Hashable, Callable[[], object]] = {}
        token = _turn.set(waiting)
        try:
            yield
            # What is done may leave something to do; what is to be rolled back needs none of it.
            while waiting and not transaction.get_rollback():
                waiting.pop(next(iter(waiting)))()
        finally:
            _turn.reset(token)


def at_end_of_turn(name: Hashable, do: Callable[[], object]) -> bool:
    """Have something done once before the writer's turn commits, however often it is asked for under this name.

    Gives False, and does nothing, where no turn is held.
    """
    waiting = _turn.get()
    if waiting is None:
        return False
    waiting[name] = do
    return True


def next_revision() -> int:
    """Advance the ledger and give the new revision. Only inside :func:`one_writer`."""
    if _turn.get() is None:
        raise RuntimeError("next_revision() belongs inside one_writer()")
    Ledger.objects.filter(pk=1).update(revision=F("revision") + 1)
    return Ledger.objects.values_list("revision", flat=True).get(pk=1)


def ledger() -> Ledger:
    """Give the ledger as it stands, without taking it."""
    return Ledger.objects.get_or_create(pk=1)[0]


def fresh(thing: M) -> M:
    """Load a thing again, as it is now that the lock is held."""
    return type(thing)._default_manager.get(pk=thing.pk)


def publish(thing: M, user: Any = None) -> M:
    """Publish the newest draft of a page or snippet, and give the thing as it now stands."""
    with one_writer():
        current: Any = fresh(thing)
        revision = current.latest_revision or current.save_revision(user=user, log_action=False)
        revision.publish(user=user)
        return fresh(thing)


def save_and_publish(thing: M, user: Any = None) -> M:
    """Save what is set on this object as a new draft, and publish that."""
    with one_writer():
        draft: Any = thing
        if thing.pk is None:
            draft.live = False
            thing.save()
        draft.save_revision(user=user, log_action=False).publish(user=user)
        return fresh(thing)


def unpublish(thing: M, user: Any = None) -> M:
    """Take a page or snippet out of public."""
    with one_writer():
        current: Any = fresh(thing)
        current.unpublish(user=user)
        return fresh(thing)


def move(page: Page, target: Page, position: str = "last-child", user: Any = None) -> Page:
    """Move a page, with all below it, to another parent."""
    with one_writer():
        fresh(page).move(fresh(target), pos=position, user=user)
        return fresh(page)


def delete(thing: models.Model) -> None:
    """Delete a page (with all below it) or a snippet for good."""
    with one_writer():
        fresh(thing).delete()
