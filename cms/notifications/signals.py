"""What follows where somebody logs in or out, and where something new is published."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.signals import page_published

from cms.articles.models import Article
from cms.notifications.models import FollowedTopic, Preferences
from cms.notifications.preferences import keep_language
from cms.notifications.push.subscriptions import DEVICE, unsubscribe_device
from cms.people.models import User
from cms.people.sessions import sessions_ending


@receiver(user_logged_in)
def keep_first_language(user: User, **_: Any) -> None:
    """Write to somebody in the language in which they first logged in, until they choose another."""
    if not Preferences.objects.filter(user=user).exclude(language="").exists():
        keep_language(user, get_language() or "")


@receiver(user_logged_out)
def leave_device(request: HttpRequest, user: User | None, **_: Any) -> None:
    """Tell nobody anything on a device from which they have logged out."""
    device = request.session.get(DEVICE)
    if device and isinstance(user, User):
        unsubscribe_device(user, device)


@receiver(sessions_ending)
def leave_devices(user: User, keys: Iterable[str], **_: Any) -> None:
    """Do the same where sessions are ended from elsewhere."""
    for key in keys:
        device = SessionStore(session_key=key).get(DEVICE)
        if device:
            unsubscribe_device(user, device)


@receiver(page_published, sender=Article)
def tell_of_new_article(instance: Article, **_: Any) -> None:
    """Tell of an article when it is published for the first time, where somebody follows its topics."""
    if instance.first_published_at and instance.first_published_at == instance.last_published_at:
        transaction.on_commit(partial(_hand_over, instance.pk))


def _hand_over(key: int) -> None:
    from cms.notifications.tasks import tell_followers

    if FollowedTopic.objects.exists():
        tell_followers.enqueue(key)
