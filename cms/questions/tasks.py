"""What is told about questions: that something has happened and where to read it, never what, and never about what."""

from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from cms.notifications.kinds import Kind
from cms.notifications.preferences import admin_language
from cms.notifications.services import notify
from cms.people.models import User
from cms.questions.models import Question
from cms.questions.services import MODERATE, question_of

SAID = {
    "published": _("It is public now."),
    "returned": _("A moderator has read it and left you a note. Change it, and it is read again."),
    "rejected": _("It is not published. A moderator has left you a note that says why."),
    "answered": _("There is a new answer."),
}


@task()
def tell(kind: str, key: int, what: str) -> None:
    """Tell whoever wrote a question or an answer what has become of it."""
    thing: Any = apps.get_model("questions", kind)._default_manager.filter(pk=key).select_related("author").first()
    if thing is None:
        return
    language = question_of(thing).language
    if isinstance(thing, Question):
        notify(thing.author, Kind.QUESTION, reverse("own_questions"), said=[SAID[what]], language=language)
    else:
        subject, way = _("News about your answer on Respite"), reverse("own_specialist_questions")
        notify(thing.author, Kind.PROFILE, way, subject=subject, said=[SAID[what]], language=language)


@task()
def tell_waiting() -> None:
    """Tell those who moderate that something waits for them; who may do everything need not hear of each."""
    said = [_("A question or an answer is to be read.")]
    for moderator in User.objects.who_may(MODERATE):
        language = admin_language(moderator)
        notify(moderator, Kind.MODERATION, reverse("questions_queue"), said=said, language=language)
