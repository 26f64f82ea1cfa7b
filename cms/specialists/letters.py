"""What specialists and moderators are told, once what it tells of is committed.

The subject says nothing about anybody's work, and a letter to moderators says nothing about whom it is: addresses are
read by others than those they belong to.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.notifications.kinds import Kind, concerns
from cms.notifications.services import notify
from cms.people.models import User
from cms.specialists.models import MAY_VERIFY, Specialist


@concerns("specialist")
def is_specialist(user: User) -> bool:
    """Say whether somebody has a profile, whether or not readers see it."""
    return Specialist.objects.filter(user=user).exists()


def tell(specialist: Specialist, subject: Any, *paragraphs: Any) -> None:
    """Tell whose profile it is. Texts are given lazily, and said in the person's own language."""
    said = [paragraph for paragraph in paragraphs if str(paragraph).strip()]
    way, language = reverse("own_specialist"), specialist.letters_in
    notify(specialist.user, Kind.PROFILE, way, subject=subject, said=said, language=language)


def tell_moderators(specialist: Specialist) -> None:
    """Tell everybody who may look at profiles that one waits."""
    way, said = reverse("specialists_desk:show", args=[specialist.pk]), [_("A profile waits to be looked at.")]
    for moderator in User.objects.who_may(MAY_VERIFY).exclude(pk=specialist.user_id):
        notify(moderator, Kind.MODERATION, way, said=said)
