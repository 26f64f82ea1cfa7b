"""What follows when an account changes."""

import time
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from cms.people.models import User
from cms.people.sessions import LOGGED_IN_AT, lock_out

NOWHERE = "::"


@receiver(post_save, sender=User)
def end_sessions_of_the_disabled(instance: User, created: bool, **_: Any) -> None:
    """End everything that somebody has open who may not log in any more."""
    if not created and not instance.is_active:
        lock_out(instance)


@receiver(user_logged_in)
def note_when(request: HttpRequest, **_: Any) -> None:
    """Note in a session when it began: right after logging in nobody is asked again who they are."""
    request.session[LOGGED_IN_AT] = time.time()


@receiver(pre_save, sender=UserSession)
def forget_where_from(instance: UserSession, **_: Any) -> None:
    """Keep no address of a network: to know one's own devices again, their names are enough."""
    instance.ip = NOWHERE
