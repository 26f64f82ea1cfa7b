"""What the team does with what readers write to it."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cms.correspondence.models import Message, Place, Subject, Thread
from cms.correspondence.refusals import NotPossible
from cms.correspondence.services import add, lock
from cms.people.models import User
from cms.people.writing import written_once

ANSWER = "correspondence.answer_readers"


def hold_answering(user: User) -> None:
    """Raise ``PermissionDenied`` for whoever may not read and answer what readers write to the team."""
    if not user.has_perm(ANSWER):
        raise PermissionDenied


def answer_as_team(
    thread: Thread, author: User, text: str, key: UUID | None = None, seen: UUID | None = None
) -> tuple[Message, bool]:
    """Answer a reader in the name of the team; give the message, and whether it was made just now.

    ``seen`` is the message that stood last when the answer was written. Raises ``PermissionDenied``, ``KeyReused`` and
    ``NotPossible`` where something was written after it.
    """
    hold_answering(author)
    if not thread.with_team:
        raise PermissionDenied

    def make(written: dict[str, object]) -> Message:
        locked = lock(thread)
        last = locked.messages.last()
        if seen is not None and last is not None and last.public_id != seen:
            words = _("Something was written in this conversation while you wrote. Read it, then send your answer.")
            raise NotPossible("changed", words)
        return add(locked, text, {**written, "from_team": True})

    content = {"answer": str(thread.public_id), "text": text}
    return written_once(Message, author, key, content, make)


def write_as_team(author: User, to: User, text: str) -> Message:
    """Begin a thread in which the team writes to somebody, such as after a report."""
    thread = Thread.objects.create(with_team=True, subject=Subject.OTHER, reader=to)
    Place.objects.create(thread=thread, user=to)
    return add(thread, text, {"author": author, "from_team": True})


def read_as_team(thread: Thread, by: User) -> None:
    """Note that the team has read a thread as it was loaded. Raises ``PermissionDenied``."""
    hold_answering(by)
    Thread.objects.filter(pk=thread.pk, with_team=True).update(team_read_at=thread.last_at)


def set_done(thread: Thread, by: User, is_done: bool = True) -> None:
    """Say that a thread needs no answer, or does after all. Raises ``PermissionDenied``."""
    hold_answering(by)
    with transaction.atomic():
        locked = lock(thread)
        locked.waiting_since = None if is_done else locked.waiting_since or locked.last_at
        locked.save(update_fields=["waiting_since"])
