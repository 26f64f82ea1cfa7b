"""Letters about questions: that something has happened and where to read it, never what, and never about what."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from cms.people.models import User
from cms.questions.models import Question
from cms.questions.services import MODERATE, question_of

# Automatic, and not to be answered (RFC 3834).
AUTOMATIC = {"Auto-Submitted": "auto-generated"}


@task()
def tell(kind: str, key: int, what: str) -> None:
    """Tell whoever wrote a question or an answer what has become of it, in the question's language."""
    thing: Any = apps.get_model("questions", kind)._default_manager.filter(pk=key).select_related("author").first()
    if thing is None or not thing.author.is_active:
        return
    question = question_of(thing)
    with override(question.language):
        subject, said = words(what, isinstance(thing, Question))
        page = reverse("own_questions" if isinstance(thing, Question) else "own_specialist_questions")
        send(subject, said, page, thing.author.email)


@task()
def tell_waiting() -> None:
    """Tell those who moderate that something waits for them; who may do everything need not hear of each."""
    page = reverse("questions_queue")
    for moderator in User.objects.who_may(MODERATE):
        with override(moderator_language(moderator)):
            send(
                _("Something waits for a moderator"), _("A question or an answer is to be read."), page, moderator.email
            )


def words(what: str, is_question: bool) -> tuple[str, str]:
    """Give the subject and the sentence of a letter to whoever wrote something."""
    subject = _("News about your question on Respite") if is_question else _("News about your answer on Respite")
    said = {
        "published": _("It is public now."),
        "returned": _("A moderator has read it and left you a note. Change it, and it is read again."),
        "rejected": _("It is not published. A moderator has left you a note that says why."),
        "answered": _("There is a new answer."),
    }
    return subject, said[what]


def send(subject: str, said: str, page: str, to: str) -> None:
    """Send a letter with the way to a page that only its owner sees."""
    way = _("Read it here, after logging in: %(address)s") % {"address": settings.ORIGIN + page}
    EmailMessage(subject=subject, body=f"{said}\n\n{way}\n", to=[to], headers=AUTOMATIC).send()


def moderator_language(user: User) -> str:
    """Give the language that somebody has chosen in the admin."""
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile and profile.preferred_language) or settings.LANGUAGE_CODE
