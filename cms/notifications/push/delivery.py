"""Telling devices: what is to be told waits in a table until it is, so that neither a crash nor a service in trouble
loses it."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cms.notifications.kinds import Kind
from cms.notifications.models import Push, PushSubscription
from cms.notifications.push.sending import Answer, Outcome, send
from cms.notifications.push.subscriptions import topic_digest
from cms.people.models import User
from cms.review.mail import is_queue_in_database

logger = logging.getLogger("respite.notifications")

# How long one try may take before somebody else may try: far more than it does.
CLAIMED = timedelta(minutes=5)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 720))
GIVEN_UP = timedelta(days=2)


def tell_devices(user: User, kind: Kind) -> None:
    """Have all devices of somebody be told of a kind, once this transaction is committed."""
    if kind.value.by_push and settings.VAPID_PRIVATE_KEY:
        ask_for(PushSubscription.objects.filter(user=user), kind)


def tell_followers(slugs: Iterable[str]) -> None:
    """Have the devices be told on which one of these topics is followed."""
    digests = [topic_digest(slug) for slug in slugs]
    followers = PushSubscription.objects.filter(topics__digest__in=digests, user__is_active=True).distinct()
    if settings.VAPID_PRIVATE_KEY:
        ask_for(followers, Kind.TOPIC)


def ask_for(subscriptions: QuerySet[PushSubscription], kind: Kind) -> None:
    """Write down that devices are to be told; one that is to be told already is told once.

    Where there is no queue, the scheduler's next round tells them: nobody's request is to wait for a push service.
    """
    from cms.notifications.tasks import deliver

    with transaction.atomic():
        rows = [Push(subscription=one, kind=kind.number) for one in subscriptions]
        Push.objects.bulk_create(rows, ignore_conflicts=True)
        if not is_queue_in_database():
            return
        keys = Push.objects.filter(subscription__in=[row.subscription for row in rows], kind=kind.number, tries=0)
        for key in list(keys.values_list("pk", flat=True)):
            transaction.on_commit(partial(deliver.enqueue, key))


def deliver(key: int) -> Outcome | None:
    """Try to tell a device, unless that is not due (any more), or somebody else is at it."""
    now = timezone.now()
    due = Push.objects.filter(pk=key, due_at__lte=now)
    # No lock is held while a push service is waited for: who comes first puts it off for all others.
    if not due.update(due_at=now + CLAIMED):
        return None
    push = Push.objects.filter(pk=key).select_related("subscription__user").first()
    if push is None:
        return None
    subscription = push.subscription
    if not subscription.user.is_active:
        subscription.delete()
        return None
    answer = send(subscription.endpoint, subscription.p256dh, subscription.auth, push.kind)
    settle(push, answer, now)
    return answer.outcome


def settle(push: Push, answer: Answer, now: datetime) -> None:
    """Do what an answer asks for."""
    if answer.outcome == Outcome.GONE:
        push.subscription.delete()
    elif answer.outcome == Outcome.TAKEN:
        push.delete()
    elif answer.outcome == Outcome.REFUSED or now - push.asked_at >= GIVEN_UP:
        logger.warning("a device could not be told: %s", answer.told)
        push.delete()
    else:
        wait = max(WAITS[min(push.tries, len(WAITS) - 1)], timedelta(seconds=answer.wait))
        Push.objects.filter(pk=push.pk).update(tries=push.tries + 1, due_at=now + wait)


def deliver_due() -> int:
    """Try again what is due: after trouble, or after somebody was ended half-way. Give how many there were."""
    from cms.notifications.tasks import deliver

    keys = list(Push.objects.filter(due_at__lte=timezone.now()).order_by("due_at").values_list("pk", flat=True)[:500])
    for key in keys:
        deliver.enqueue(key)
    return len(keys)
