"""What is done about messages where nobody waits for it: emails, which say that there is something and never what.

Their subject could stand on a screen that others see. Of one conversation there is one until it was read.
"""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task
from wagtail.users.models import UserProfile

from cms.correspondence.models import Message, Place, Report, Thread
from cms.correspondence.reporting import DECIDE
from cms.correspondence.team import ANSWER
from cms.people.models import User
from cms.publishing.languages import codes

# Automatic, and not to be answered (RFC 3834).
AUTOMATIC = {"Auto-Submitted": "auto-generated"}


@task()
def tell(key: int) -> None:
    """Tell those who take part in a thread that somebody has written."""
    message = Message.objects.filter(pk=key).select_related("thread").first()
    if message is None:
        return
    thread = message.thread
    for place in thread.places.exclude(user=message.author).select_related("user"):
        with transaction.atomic():
            if not place.blocked_at and claim(Place.objects.filter(pk=place.pk), "told_at", "read_at", message):
                send(place.user, reverse("own_thread", args=[thread.public_id]))
    if thread.with_team and not message.from_team:
        with transaction.atomic():
            if claim(Thread.objects.filter(pk=thread.pk), "team_told_at", "team_read_at", message):
                for member in members(ANSWER):
                    send(member, reverse("correspondence:letter", args=[thread.public_id]))


def claim(row: "QuerySet[Place] | QuerySet[Thread]", told: str, read: str, message: Message) -> bool:
    """Note that somebody is told now; False where they have read it, or an email of before still waits to be read."""
    unread = Q(**{read: None}) | Q(**{f"{read}__lt": message.sent_at})
    is_first = Q(**{told: None}) | Q(**{f"{read}__gte": F(told)})
    # The moment of the message, not of the email: who has read up to the message has read what they were told of.
    return bool(row.filter(unread & is_first).update(**{told: message.sent_at}))


@task()
def tell_of_report() -> None:
    """Tell the moderators that there is a report, and not about whom."""
    for member in members(DECIDE):
        send(member, reverse("correspondence:reports"))


@task()
def tell_of_decision(key: int) -> None:
    """Tell whoever reported something that there is an answer."""
    report = Report.objects.filter(pk=key).select_related("author", "message__thread").first()
    if report is None or report.author is None:
        return
    if report.message:
        send(report.author, reverse("own_thread", args=[report.message.thread.public_id]))
    else:
        send(report.author, reverse("own_messages"))


def send(to: User, path: str) -> None:
    """Send somebody a letter, in their language as far as it is known, that says no more than where to look."""
    with override(language_of(to)):
        subject = _("There is something new for you on Respite")
        body = _("Read it here, after logging in: %(address)s") % {"address": f"{settings.ORIGIN}{path}"}
    EmailMessage(subject=subject, body=body, to=[to.email], headers=AUTOMATIC).send()


def language_of(user: User) -> str:
    """Give the language somebody has chosen in the admin or last wrote in, else the site's."""
    profile = UserProfile.objects.filter(user=user).first()
    chosen = profile.preferred_language if profile else ""
    wrote = Place.objects.filter(user=user).exclude(language="").order_by("-read_at").values_list("language", flat=True)
    known = (language for language in (chosen, wrote.first()) if language in codes())
    return next(known, settings.LANGUAGE_CODE)


def members(permission: str) -> Iterable[User]:
    """Give those of the team to whom something was entrusted; who may do everything need not hear of each."""
    return User.objects.who_may(permission)
