"""What is done about messages where nobody waits for it: they are told that there is something, and never what.

Of one conversation they are told once until it was read.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from cms.correspondence.models import Message, Place, Report, Thread
from cms.correspondence.reporting import DECIDE
from cms.correspondence.team import ANSWER
from cms.notifications.kinds import Kind
from cms.notifications.preferences import admin_language
from cms.notifications.services import notify
from cms.people.models import User
from cms.publishing.languages import codes


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
                way = reverse("own_thread", args=[thread.public_id])
                notify(place.user, Kind.MESSAGE, way, language=language_of(place.user))
    if thread.with_team and not message.from_team:
        with transaction.atomic():
            if claim(Thread.objects.filter(pk=thread.pk), "team_told_at", "team_read_at", message):
                letter = reverse("correspondence:letter", args=[thread.public_id])
                for member in members(ANSWER):
                    notify(member, Kind.TEAM, letter, language=language_of(member))


def claim(row: "QuerySet[Place] | QuerySet[Thread]", told: str, read: str, message: Message) -> bool:
    """Note that somebody is told now; False where they have read it, or what was told before still waits to be read."""
    unread = Q(**{read: None}) | Q(**{f"{read}__lt": message.sent_at})
    is_first = Q(**{told: None}) | Q(**{f"{read}__gte": F(told)})
    # The moment of the message, not of the telling: who has read up to the message has read what they were told of.
    return bool(row.filter(unread & is_first).update(**{told: message.sent_at}))


@task()
def tell_of_report() -> None:
    """Tell the moderators that there is a report, and not about whom."""
    for member in members(DECIDE):
        notify(member, Kind.MODERATION, reverse("correspondence:reports"), language=language_of(member))


@task()
def tell_of_decision(key: int) -> None:
    """Tell whoever reported something that there is an answer."""
    report = Report.objects.filter(pk=key).select_related("author", "message__thread").first()
    if report is None or report.author is None:
        return
    way = reverse("own_thread", args=[report.message.thread.public_id]) if report.message else reverse("own_messages")
    subject, said = _("There is something new for you on Respite"), [_("There is an answer for you.")]
    notify(report.author, Kind.MESSAGE, way, subject=subject, said=said, language=language_of(report.author))


def language_of(user: User) -> str:
    """Give the language for whoever has chosen none for what they are told: the admin's, or what they last wrote in."""
    wrote = Place.objects.filter(user=user).exclude(language="").order_by("-read_at").values_list("language", flat=True)
    known = (language for language in (admin_language(user), wrote.first()) if language in codes())
    return next(known, "")


def members(permission: str) -> Iterable[User]:
    """Give those of the team to whom something was entrusted; who may do everything need not hear of each."""
    return User.objects.who_may(permission)
