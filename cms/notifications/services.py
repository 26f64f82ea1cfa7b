"""Telling somebody that there is something new for them. This is all that other apps need to know:

    notify(user, Kind.MESSAGE, reverse("own_thread", args=[thread.public_id]))

It is done after the commit, by what the person has chosen, in their language, and says no more than there is to read.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.notifications.kinds import Kind, kind_of
from cms.notifications.letters import digest_letter, letter_of_news, post
from cms.notifications.models import How, Notice, Preferences
from cms.notifications.neutral import telling_words
from cms.notifications.preferences import how_told, speaking_to
from cms.notifications.push.delivery import tell_devices
from cms.people.models import User

logger = logging.getLogger("respite.notifications")

DIGEST_HOUR = 6  # from which on, in UTC, the day's digests are sent


def notify(
    user: User,
    kind: Kind,
    way: str,
    *,
    subject: Any = "",
    said: Sequence[Any] = (),
    language: str = "",
) -> None:
    """Tell somebody, after this transaction's commit, that there is news of a kind, which is read at ``way`` (a path).

    ``subject`` stands in place of the kind's own where an event has a better one: it is seen by others, so it must say
    nothing of what it is about. ``said`` stands in place of the kind's sentence: paragraphs, and lists of lines; lazy
    texts, or texts written within ``speaking_to(user)``, are in the recipient's language. ``language`` is the one to
    use where somebody has not chosen any.
    """
    if not user.is_active:
        return
    how = how_told(user, kind)
    if how == How.AT_ONCE:
        with speaking_to(user, language):
            post(letter_of_news(user, kind, way, neutral(subject, kind), said), user.email)
    elif how == How.DIGEST:
        Notice.objects.bulk_create([Notice(user=user, kind=kind.number, way=way)], ignore_conflicts=True)
    tell_devices(user, kind)


def neutral(subject: Any, kind: Kind) -> str:
    """Give a subject, or the kind's own where it says too much."""
    if subject and (words := telling_words(str(subject))):
        logger.error("a subject of %s says too much (%s): the kind's own is used", kind.name, ", ".join(words))
        subject = ""
    return str(subject or kind.value.subject)


def seen(user: User, way: str) -> None:
    """Note that somebody has read what is at an address: the digest need not tell of it."""
    told = Notice.objects.filter(user=user, way=way)
    if told.exists():  # who reads need not wait for who writes
        told.delete()


def send_digests(now: datetime | None = None) -> int:
    """Send everybody their digest of the day who has one and has not had it; give how many were sent."""
    now = now or timezone.now()
    if now.hour < DIGEST_HOUR:
        return 0
    waiting = User.objects.filter(is_active=True, notices__isnull=False).distinct()
    had_it = Preferences.objects.filter(digest_on__gte=now.date())
    return sum(send_digest(user, now) for user in waiting.exclude(preferences__in=had_it))


def send_digest(user: User, now: datetime) -> bool:
    """Send somebody their digest, unless they have had it today; say whether it was sent.

    That it was sent, and that nothing waits any more, commits together with the letter's place in the queue.
    """
    with transaction.atomic():
        Preferences.objects.get_or_create(user=user)
        # Whoever comes second waits here, and finds that it is done.
        preferences = Preferences.objects.select_for_update().get(user=user)
        notices = list(Notice.objects.filter(user=user).order_by("kind", "at"))
        if not notices or (preferences.digest_on is not None and preferences.digest_on >= now.date()):
            return False
        preferences.digest_on = now.date()
        preferences.save(update_fields=["digest_on"])
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).delete()
        told = [(kind, notice.way) for notice in notices if (kind := kind_of(notice.kind))]
        with speaking_to(user):
            post(digest_letter(user, told), user.email)
    return True


def forget_old() -> int:
    """Take away news that nobody has been told of for a month, such as of accounts that are closed; give how many."""
    return Notice.objects.filter(at__lte=timezone.now() - timedelta(days=31)).delete()[0]
