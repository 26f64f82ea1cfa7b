"""Where an account is logged in, and how that ends."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from cms.people.models import User

# Sent before sessions are ended from elsewhere, with ``user`` and the ``keys`` of those sessions.
sessions_ending = Signal()
# Sent once it is committed that somebody may not log in any more, with ``user``.
locked_out = Signal()

# In a session: when it began, in seconds since 1970.
LOGGED_IN_AT = "logged_in_at"

# The first that is found in a browser's name of itself: those that also name another come before it.
BROWSERS = (
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class OpenSession:
    """A place where somebody is logged in."""

    id: int
    device: str
    began_at: datetime
    is_current: bool


def sessions_of(user: User, key: str | None) -> list[OpenSession]:
    """List where somebody is logged in: the session with this key first, then the newest."""
    open_now = UserSession.objects.purge_and_list(user)
    listed = [OpenSession(one.pk, device(one.user_agent), one.created_at, one.session_key == key) for one in open_now]
    return sorted(listed, key=lambda one: (not one.is_current, -one.began_at.timestamp()))


def end_sessions(user: User, only: Collection[int] | None = None, but: str | None = None) -> None:
    """End somebody's sessions: all of them, those of ``only`` by their ids, or all but the one with the key ``but``."""
    chosen = UserSession.objects.filter(user=user).exclude(session_key=but)
    ending = list(chosen if only is None else chosen.filter(pk__in=only))
    sessions_ending.send(User, user=user, keys=[one.session_key for one in ending])
    get_adapter().end_sessions(ending)


def lock_out(user: User) -> None:
    """End everything that somebody has open who may not log in any more."""
    end_sessions(user)
    transaction.on_commit(partial(locked_out.send, User, user=user))


def forget_ended() -> int:
    """Take away what is noted of sessions that are over; give how many there were."""
    over = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
    return over.delete()[0]


def device(user_agent: str) -> str:
    """Name a browser and its system in words, as far as they are among those that most people have."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser we do not know")
