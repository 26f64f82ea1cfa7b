"""What is written to specialists and moderators, once what it tells of is committed.

The subject says nothing about anybody's work, and a letter to moderators says nothing about whom it is: addresses are
read by others than those they belong to.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.people.models import User
from cms.specialists.models import MAY_VERIFY, Specialist

# By this the letter is sent after the commit (cms.review.mail).
BY_ITSELF = {"Auto-Submitted": "auto-generated"}


def tell(specialist: Specialist, subject: Any, *paragraphs: Any) -> None:
    """Write to whose profile it is. Texts are given in the default language and said in the person's own."""
    way = settings.ORIGIN + "/own/specialist/"
    with override(specialist.letters_in or settings.LANGUAGE_CODE):
        body = "\n\n".join(
            [
                *(str(paragraph) for paragraph in paragraphs if str(paragraph).strip()),
                _("Your profile: %(address)s") % {"address": way},
            ]
        )
        send(str(subject), body, [specialist.user.email])


def tell_moderators(specialist: Specialist) -> None:
    """Write to everybody who may look at profiles that one waits."""
    app, _dot, codename = MAY_VERIFY.partition(".")
    moderators = User.objects.filter(
        is_active=True, groups__permissions__codename=codename, groups__permissions__content_type__app_label=app
    ).distinct()
    way = settings.ORIGIN + reverse("specialists_desk:show", args=[specialist.pk])
    with override(settings.LANGUAGE_CODE):
        for moderator in moderators.exclude(pk=specialist.user_id):
            body = _("A profile waits to be looked at: %(address)s") % {"address": way}
            send(_("Something waits for you on Respite"), body, [moderator.email])


def send(subject: str, body: str, recipients: Iterable[str]) -> None:
    EmailMessage(subject, f"{body}\n", to=list(recipients), headers=BY_ITSELF).send()
