"""What may be done with messages, and by whom."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cms.correspondence.models import Message, Place, Thread, unread_by
from cms.people.models import User
from cms.people.writing import written_once

ANSWER = "correspondence.answer_readers"


def write_to_team(author: User, subject: str, text: str, key: UUID | None = None) -> tuple[Message, bool]:
    """Begin a thread with the team; give its message, and whether it was made just now. Raises ``KeyReused``."""

    def make(written: dict[str, Any]) -> Message:
        thread = Thread.objects.create(with_team=True, subject=subject)
        Place.objects.create(thread=thread, user=author)
        return add(thread, text, written)

    return written_once(Message, author, key, {"to": "team", "subject": subject, "text": text}, make)


def answer(thread: Thread, author: User, text: str, key: UUID | None = None) -> tuple[Message, bool]:
    """Write on in a thread. Raises ``PermissionDenied`` for whoever takes no part in it, and ``KeyReused``."""
    if not takes_part(author, thread):
        raise PermissionDenied

    def make(written: dict[str, Any]) -> Message:
        return add(thread, text, written)

    return written_once(Message, author, key, {"thread": str(thread.public_id), "text": text}, make)


def answer_as_team(thread: Thread, author: User, text: str) -> Message:
    """Answer a reader in the name of the team. Raises ``PermissionDenied``."""
    if not thread.with_team or not author.has_perm(ANSWER):
        raise PermissionDenied
    with transaction.atomic():
        return add(thread, text, {"author": author, "from_team": True})


def add(thread: Thread, text: str, written: dict[str, Any]) -> Message:
    """Put a message into a thread, which comes back to those who had deleted it, and tell them after the commit."""
    from cms.correspondence.tasks import tell

    locked = Thread.objects.select_for_update().get(pk=thread.pk)
    now = timezone.now()
    message = Message.objects.create(thread=locked, text=text, sent_at=now, **written)
    Thread.objects.filter(pk=locked.pk).update(last_at=now)
    Place.objects.filter(thread=locked).update(deleted_at=None)
    mine = Place.objects.filter(thread=locked, user=message.author)
    if not message.from_team:
        mine.update(read_at=now)
    transaction.on_commit(partial(tell.enqueue, message.pk))
    return message


def takes_part(user: User, thread: Thread) -> bool:
    """Say whether somebody is one of the two between whom a thread is."""
    return Place.objects.filter(thread=thread, user=user).exists()


def messages_for(user: User, thread: Thread) -> Iterable[Message]:
    """Give the messages of a thread that somebody sees: those since they last deleted it for themselves."""
    place = Place.objects.filter(thread=thread, user=user).first()
    if place is None:
        return Message.objects.none()
    messages = thread.messages.all()
    return messages if place.cleared_at is None else messages.filter(sent_at__gt=place.cleared_at)


def mark_read(user: User, thread: Thread) -> None:
    """Note that somebody has read a thread up to now."""
    Place.objects.filter(thread=thread, user=user).update(read_at=timezone.now())


def delete_for(user: User, thread: Thread) -> None:
    """Delete a thread for one of the two. When nobody has it any more, it is gone."""
    with transaction.atomic():
        locked = Thread.objects.select_for_update().get(pk=thread.pk)
        now = timezone.now()
        Place.objects.filter(thread=locked, user=user).update(deleted_at=now, cleared_at=now)
        if not locked.with_team and not locked.places.filter(deleted_at=None).exists():
            locked.delete()


def count_unread(user: User) -> int:
    """Count the messages that somebody has not read."""
    return Message.objects.filter(unread_by(user)).count()


def forget_old() -> int:
    """Take away the threads in which nobody has written for a year; give how many there were."""
    old = Thread.objects.filter(last_at__lte=timezone.now() - Thread.KEPT)
    return old.delete()[1].get("correspondence.Thread", 0)
