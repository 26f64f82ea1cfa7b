"""What may be done with messages by whoever takes part in them."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.correspondence.limits import hold_messages, hold_threads
from cms.correspondence.models import Closure, Message, Place, Thread, unread_by
from cms.correspondence.refusals import NotPossible, NotThere, barred, closed
from cms.notifications.services import seen
from cms.people.models import User
from cms.people.writing import written_once
from cms.specialists.models import Specialist

A_MOMENT = timedelta(microseconds=1)


def write_to_team(author: User, subject: str, text: str, key: UUID | None = None) -> tuple[Message, bool]:
    """Begin a thread with the team; give its message, and whether it was made just now.

    Raises ``KeyReused`` and ``TooMany``.
    """

    def make(written: dict[str, Any]) -> Message:
        hold_threads(author)
        hold_messages(author)
        thread = Thread.objects.create(with_team=True, subject=subject, reader=author)
        Place.objects.create(thread=thread, user=author)
        return add(thread, text, written)

    return written_once(Message, author, key, {"to": "team", "subject": subject, "text": text}, make)


def write_to_specialist(
    author: User, slug: str, text: str, called: str = "", key: UUID | None = None
) -> tuple[Message, bool]:
    """Write to a specialist, in the one thread that there is of the two; give the message, and whether it is new.

    ``called`` is what the specialist is to call the author. Raises ``KeyReused``, ``NotThere`` where no such
    specialist is public, ``NotPossible`` and ``TooMany``.
    """

    def make(written: dict[str, Any]) -> Message:
        specialist = Specialist.objects.select_related("user").filter(slug=slug).first()
        if specialist is None or not is_reachable(specialist):
            raise NotThere
        if specialist.user_id == author.pk:
            raise NotPossible("yourself", _("This is your own profile."))
        hold_open_account(author)
        thread = thread_of_pair(author, specialist)
        if called:
            Place.objects.filter(thread=thread, user=author).update(called=called)
        return write_on(thread, author, text, written)

    content = {"to": f"specialist {slug}", "text": text, "called": called}
    return written_once(Message, author, key, content, make)


def thread_of_pair(reader: User, specialist: Specialist) -> Thread:
    """Give the thread of a reader and a specialist, begun now where there is none. Raises ``TooMany``."""
    found = Thread.objects.filter(reader=reader, specialist=specialist).first()
    if found is not None:
        return found
    hold_threads(reader)
    thread, begun = Thread.objects.get_or_create(reader=reader, specialist=specialist)
    if begun:
        Place.objects.bulk_create(Place(thread=thread, user=user) for user in (reader, specialist.user))
    return thread


def answer(thread: Thread, author: User, text: str, key: UUID | None = None) -> tuple[Message, bool]:
    """Write on in a thread. Raises ``PermissionDenied`` for whoever takes no part in it, ``KeyReused``,
    ``NotPossible`` and ``TooMany``."""
    if not takes_part(author, thread):
        raise PermissionDenied
    content = {"thread": str(thread.public_id), "text": text}
    return written_once(Message, author, key, content, lambda written: write_on(thread, author, text, written))


def write_on(thread: Thread, author: User, text: str, written: dict[str, Any]) -> Message:
    """Add somebody's message to a thread, if nothing speaks against it."""
    locked = lock(thread)
    if not locked.with_team:
        hold_open_account(author)
        hold_open(locked)
    hold_messages(author)
    return add(locked, text, written)


def lock(thread: Thread) -> Thread:
    """Give a thread that nobody else changes until this transaction ends. Raises ``NotPossible`` where it is gone."""
    locked = Thread.objects.select_for_update().filter(pk=thread.pk).first()
    if locked is None:
        raise closed()
    return locked


def hold_open(thread: Thread) -> None:
    """Raise ``NotPossible`` where a reader and a specialist cannot write to each other, whoever is the reason."""
    if not is_open(thread):
        raise closed()


def is_open(thread: Thread) -> bool:
    """Say whether messages can be sent: both are there, neither has blocked the other, the specialist is verified."""
    if thread.with_team:
        return True
    places = list(thread.places.all())
    return len(places) == 2 and not any(place.blocked_at for place in places) and is_reachable(thread.specialist)


def is_reachable(specialist: Specialist | None) -> bool:
    """Say whether somebody is a specialist whom readers see, and so may be written to."""
    if specialist is None or not specialist.is_public or not specialist.user.is_active:
        return False
    return specialist.ends_at is None or specialist.ends_at > timezone.now()


def hold_open_account(user: User) -> None:
    """Raise ``NotPossible`` where the team has closed messaging for an account."""
    if Closure.objects.filter(user=user).exists():
        raise barred()


def add(thread: Thread, text: str, written: dict[str, Any]) -> Message:
    """Put a message into a thread that is locked or new, and tell the others after the commit.

    The thread comes back to those who had deleted it.
    """
    from cms.correspondence.tasks import tell

    # Later than whatever is there, also where the clock of another machine is ahead: what is read is told by times.
    now = max(timezone.now(), thread.last_at + A_MOMENT)
    message = Message.objects.create(thread=thread, text=text, sent_at=now, **written)
    Place.objects.filter(thread=thread).update(deleted_at=None)
    if message.from_team:
        thread.team_read_at, thread.waiting_since = now, None
    else:
        mine = Place.objects.filter(thread=thread, user=message.author)
        mine.update(read_at=now, language=get_language() or "")
        if thread.with_team:
            thread.waiting_since = thread.waiting_since or now
    thread.last_at = now
    thread.save(update_fields=["last_at", "team_read_at", "waiting_since"])
    transaction.on_commit(partial(tell.enqueue, message.pk))
    return message


def takes_part(user: User, thread: Thread) -> bool:
    """Say whether somebody is one of the two between whom a thread is."""
    return Place.objects.filter(thread=thread, user=user).exists()


def messages_for(user: User, thread: Thread) -> "QuerySet[Message]":
    """Give the messages of a thread that somebody sees: those since they last deleted it for themselves."""
    place = thread.place_of(user)
    if place is None:
        return Message.objects.none()
    messages = thread.messages.all()
    return messages if place.cleared_at is None else messages.filter(sent_at__gt=place.cleared_at)


def mark_read(user: User, thread: Thread, up_to: datetime | None = None) -> None:
    """Note that somebody has read a thread up to a message they were shown, or as it was loaded. It only moves on."""
    moment = up_to or thread.last_at
    place = Place.objects.filter(thread=thread, user=user)
    place.filter(read_at=None).update(read_at=moment)
    place.filter(read_at__lt=moment).update(read_at=moment)
    if moment >= thread.last_at:
        seen(user, reverse("own_thread", args=[thread.public_id]))


def delete_for(user: User, thread: Thread) -> None:
    """Delete a thread for one of the two. When nobody has it any more, it is gone."""
    from cms.correspondence.retention import left_by_all

    with transaction.atomic():
        locked = lock(thread)
        gone = {"deleted_at": timezone.now(), "cleared_at": locked.last_at, "read_at": locked.last_at}
        Place.objects.filter(thread=locked, user=user).update(**gone)
        left_by_all().filter(pk=locked.pk).delete()
        seen(user, reverse("own_thread", args=[locked.public_id]))


def block(user: User, thread: Thread) -> None:
    """Let nobody write in a thread any more. Raises ``NotPossible`` for one with the team, which nobody has to fear."""
    if thread.with_team:
        raise NotPossible("team", _("The team cannot be blocked. You can delete the conversation."))
    with transaction.atomic():
        Place.objects.filter(thread=lock(thread), user=user, blocked_at=None).update(blocked_at=timezone.now())


def unblock(user: User, thread: Thread) -> None:
    """Take back that somebody has blocked the other; what the other has blocked stays so."""
    Place.objects.filter(thread=thread, user=user).update(blocked_at=None)


def count_unread(user: User) -> int:
    """Count the messages that somebody has not read."""
    return Message.objects.filter(unread_by(user)).count()
