"""What is kept of somebody's questions and answers, and what becomes of it when the account goes.

Questions are withdrawn and answers taken down, public or not: nobody could be asked about them any more, change them
or take them back. What is left of a public one is its address, which says nothing, and that it is gone.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.people.models import User
from cms.people.rights import holds
from cms.questions.models import Answer, Handling, Moderated, Question
from cms.questions.services import forget


def erase_questions(user: User) -> None:
    for question in Question.objects.filter(author=user):
        forget(question)


def erase_answers(user: User) -> None:
    for answer in Answer.objects.filter(author=user):
        forget(answer)


@holds("questions", _("Your questions"), erase=erase_questions)
def questions(user: User) -> list[dict[str, Any]]:
    return [
        {
            "pseudonym": question.pseudonym,
            "title": question.title,
            "text": question.text,
            "topic": question.topic.title if question.topic else "",
            "address": f"/questions/{question.slug}/" if question.live else "",
            **told(question),
        }
        for question in Question.objects.filter(author=user).select_related("topic").order_by("written_at")
    ]


@holds("answers", _("Your answers to questions"), erase=erase_answers)
def answers(user: User) -> list[dict[str, Any]]:
    return [
        {"question": f"/questions/{answer.question.slug}/", "text": answer.text, **told(answer)}
        for answer in Answer.objects.filter(author=user).select_related("question").order_by("written_at")
    ]


@holds("moderation", _("What you read and decided as a moderator"))
def moderation(user: User) -> list[dict[str, Any]]:
    """Give what somebody did, and not of which question: that is another's."""
    done = Handling.objects.filter(by=user).order_by("at", "pk")
    return [{"what": one.action, "at": one.at.isoformat(), "wording": one.edition} for one in done]


def told(thing: Moderated) -> dict[str, Any]:
    return {
        "state": thing.state,
        "public": thing.live,
        "public_wording": {name: value for name, value in thing.public.items() if name != "topic"},
        "note": thing.note,
        "written_at": thing.written_at.isoformat(),
        "decided_at": thing.decided_at and thing.decided_at.isoformat(),
        "published_at": thing.first_published_at and thing.first_published_at.isoformat(),
    }
