"""What somebody has chosen: their language, and of what they are told by email, when."""

from contextlib import AbstractContextManager

from django.conf import settings
from django.db import transaction
from django.utils import translation
from wagtail.users.models import UserProfile

from cms.notifications.kinds import ON_DEVICES_ALONE, Kind, does_concern
from cms.notifications.models import Choice, How, Notice, Preferences
from cms.people.models import User
from cms.publishing.languages import codes

# A reminder that comes a day late is none.
WITHOUT_DIGEST = frozenset({Kind.REMINDER})


def language_of(user: User, otherwise: str = "") -> str:
    """Give the language in which somebody is written to: their own, else ``otherwise``, else the first."""
    kept = Preferences.objects.filter(user=user).values_list("language", flat=True).first()
    return next((code for code in (kept, otherwise) if code in codes()), settings.LANGUAGE_CODE)


def admin_language(user: User) -> str:
    """Give the language that somebody has chosen in the admin; "" for none."""
    profile = UserProfile.objects.filter(user=user).first()
    return profile.preferred_language if profile else ""


def speaking_to(user: User, otherwise: str = "") -> AbstractContextManager[None]:
    """Have texts be in the language of somebody within a block."""
    return translation.override(language_of(user, otherwise))


def keep_language(user: User, language: str) -> None:
    """Remember the language that somebody has chosen."""
    if language in codes():
        Preferences.objects.update_or_create(user=user, defaults={"language": language})


def how_told(user: User, kind: Kind) -> How:
    """Give when somebody is told of a kind by email."""
    chosen = Choice.objects.filter(user=user, kind=kind.number).values_list("how", flat=True).first()
    return How(chosen) if chosen else How.AT_ONCE


def choose(user: User, kind: Kind, how: How) -> None:
    """Keep when somebody wants to be told of a kind; what waits for a digest that they do not want is forgotten."""
    with transaction.atomic():
        Choice.objects.update_or_create(user=user, kind=kind.number, defaults={"how": how})
        if how != How.DIGEST:
            Notice.objects.filter(user=user, kind=kind.number).delete()


def leave_digest(user: User) -> None:
    """Have no digest any more: what came in it is not told by email."""
    with transaction.atomic():
        Choice.objects.filter(user=user, how=How.DIGEST).update(how=How.NEVER)
        Notice.objects.filter(user=user).delete()


def kinds_for(user: User) -> list[Kind]:
    """Give the kinds of which somebody can be told by email, those they have chosen about among them."""
    chosen = set(Choice.objects.filter(user=user).values_list("kind", flat=True))
    possible = (kind for kind in Kind if kind not in ON_DEVICES_ALONE)
    return [kind for kind in possible if kind.number in chosen or does_concern(kind, user)]


def ways_of_being_told(kind: Kind) -> list[How]:
    """Give what can be chosen for a kind."""
    return [how for how in How if how != How.DIGEST or kind not in WITHOUT_DIGEST]
