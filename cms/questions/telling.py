"""What whoever wrote a question or an answer is told of it: in the API and on their own pages."""

from typing import Any

from django.utils.translation import gettext as _

from cms.publishing.languages import root_of
from cms.questions.models import Answer, Moderated, Question, State

ASKED = Question.objects.select_related("topic")
ANSWERED = Answer.objects.select_related("question", "specialist")
TONES = {
    State.WAITING: "honey",
    State.RETURNED: "honey",
    State.PUBLISHED: "moss",
    State.WITHDRAWN: "plum",
    State.REJECTED: "clay",
}


def path_of(question: Question) -> str:
    """Give the address at which a question stands when it is public."""
    return f"{root_of(question.language)}/questions/{question.slug}/"


def told_to_author(question: Question) -> dict[str, Any]:
    """Give a question as whoever asked it sees it."""
    return {
        "id": str(question.public_id),
        "slug": question.slug if question.live else "",
        "path": path_of(question) if question.live else None,
        "language": question.language,
        "pseudonym": question.pseudonym,
        "topic": question.topic and {"slug": question.topic.slug, "title": question.topic.title},
        "title": question.title,
        "text": question.text,
        "answers": question.answers.filter(live=True).count() if question.live else 0,
        **how_far(question),
    }


def told_to_specialist(answer: Answer) -> dict[str, Any]:
    """Give an answer as whoever wrote it sees it."""
    question = answer.question
    return {
        "id": str(answer.public_id),
        "question": {
            "slug": question.slug,
            "path": path_of(question) if question.live else None,
            "title": question.public.get("title", ""),
        },
        "text": answer.text,
        **how_far(answer),
    }


def how_far(thing: Moderated) -> dict[str, Any]:
    """Give the state of something, and what a moderator has said to it."""
    return {
        "state": thing.state,
        "state_label": in_words(thing),
        "is_public": thing.live,
        "may_be_changed": thing.is_open,
        "note": thing.note,
        "written_at": thing.written_at.isoformat(),
        "published_at": thing.first_published_at and thing.first_published_at.isoformat(),
    }


def in_words(thing: Moderated) -> str:
    """Say how far something is."""
    if thing.is_change:
        if thing.state == State.WAITING:
            return _("Public. What you changed waits for a moderator.")
        return _("Public as it was. What you changed came back with a note.")
    return {
        State.WAITING: _("Waits for a moderator."),
        State.RETURNED: _("Came back with a note: change it, and it is read again."),
        State.PUBLISHED: _("Public."),
        State.WITHDRAWN: _("Withdrawn."),
        State.REJECTED: _("Not published."),
    }[State(thing.state)]
