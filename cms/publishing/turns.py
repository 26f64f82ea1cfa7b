"""Whose turn it is among this process's threads, where the database cannot say.

PostgreSQL lets those who wait for a row have it in turn. SQLite has no queue: whoever waits asks again every
tenth of a second, and among eight busy threads one can go without until its patience ends. Here they queue.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_guard = threading.Lock()
_waiting: deque[threading.Event] = deque()
_taken = False


@contextmanager
def in_turn() -> Iterator[None]:
    """Wait for one's turn to open a writing transaction, and give it up when that has ended.

    The turn ends with the commit, before what was to happen on commit does: that may want a turn of its own.
    Who is within a transaction already holds SQLite's own lock, and waits for nobody.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    _take()
    held = True

    def give_up() -> None:
        nonlocal held
        if held:
            held = False
            _pass_on()

    try:
        with transaction.atomic():
            transaction.on_commit(give_up)
            yield
    finally:
        give_up()


def _take() -> None:
    global _taken
    with _guard:
        if not _taken:
            _taken = True
            return
        turn = threading.Event()
        _waiting.append(turn)
    turn.wait()


def _pass_on() -> None:
    """Hand the turn to whoever has waited longest."""
    global _taken
    with _guard:
        if _waiting:
            _waiting.popleft().set()
        else:
            _taken = False
