"""What is done about messages where nobody waits for it."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from cms.correspondence.models import Message
from cms.correspondence.services import ANSWER
from cms.people.models import User

# Automatic, and not to be answered (RFC 3834).
AUTOMATIC = {"Auto-Submitted": "auto-generated"}


@task()
def tell(key: int) -> None:
    """Tell by email those who take part in a thread that somebody has written; never what, and never about what."""
    message = Message.objects.filter(pk=key).select_related("thread").first()
    if message is None:
        return
    thread = message.thread
    for place in thread.places.exclude(user=message.author).select_related("user"):
        way = f"{settings.ORIGIN}{reverse('own_thread', args=[thread.public_id])}"
        send(_("Somebody has written to you on Respite"), way, place.user.email)
    if thread.with_team and not message.from_team:
        way = f"{settings.ORIGIN}{reverse('own_thread', args=[thread.public_id])}"
        for member in team():
            send(_("A reader has written to the team"), way, member.email)


def send(subject: str, way: str, to: str) -> None:
    """Send a letter that says no more than that there is something to read, and where."""
    body = _("Read it here, after logging in: %(address)s") % {"address": way}
    EmailMessage(subject=subject, body=body, to=[to], headers=AUTOMATIC).send()


def team() -> Iterable[User]:
    """Give those who answer readers; who may do everything need not hear of each."""
    return User.objects.who_may(ANSWER)
