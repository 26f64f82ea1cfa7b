"""Describes questions with their answers, as moderators have published them."""

from datetime import datetime
from typing import Any

from django.utils.text import Truncator

from api.library.builders.snippets import topic_chip
from api.library.description import Description, iso, lines
from api.library.models import Kind
from api.library.neighbours import Neighbours
from api.library.sources import key_of, to_the_second
from cms.articles.models import Topic
from cms.publishing.languages import root_of
from cms.questions.models import Answer, Question
from cms.specialists.choices import State as Verification
from cms.specialists.models import Specialist

SUMMARY_LENGTH = 180  # characters
CARD_FIELDS = ("id", "path", "slug", "language", "title", "summary", "pseudonym", "topics", "published_at")


def describe_question(question: Question, moment: datetime) -> Description:
    """Describe a question in the wording that is public, with the answers that are."""
    wording: dict[str, Any] = question.public or question.wording
    given = list(question.answers.filter(live=True).select_related("specialist")) if question.pk else []
    neighbours = Neighbours(moment)
    neighbours.want(Topic, [wording["topic"]])
    neighbours.want(Specialist, [one.specialist_id for one in given])
    neighbours.load()
    topic = neighbours.data(Topic, wording["topic"])
    answers = [
        answer_of(one, path)
        for one in given
        if (path := neighbours.path(Specialist, one.specialist_id)) or one.specialist.state == Verification.EXPIRED
    ]
    path = f"{root_of(question.language)}/questions/{question.slug}/"
    published_at = to_the_second(question.first_published_at or moment)
    changes = [question.last_published_at or moment, *(one.last_published_at or moment for one in given)]
    data: dict[str, Any] = {
        "id": str(question.public_id),
        "path": path,
        "slug": question.slug,
        "language": question.language,
        "translations": [],
        "title": wording["title"],
        "summary": Truncator(" ".join(wording["text"].split())).chars(SUMMARY_LENGTH),
        "text": wording["text"],
        "pseudonym": wording["pseudonym"],
        "topics": [topic_chip(topic)] if topic else [],
        "published_at": iso(published_at),
        "updated_at": iso(max(changes)),
        "answers": answers,
    }
    facets = {("language", question.language), ("answered", "yes" if answers else "no")}
    return Description(
        kind=Kind.QUESTION,
        id=question.public_id,
        path=path,
        slug=question.slug,
        language=question.language,
        title=data["title"],
        data=data,
        card={**{name: data[name] for name in CARD_FIELDS}, "answers": len(answers)},
        text=lines(data["text"], *(f"{one['text']}\n{one['specialist']['name']}" for one in answers)),
        facets=frozenset(facets | {("topic", chip["slug"]) for chip in data["topics"]}),
        ingredients=frozenset(neighbours.ingredients),
        source=key_of(question),
        published_at=published_at,
        good_until=neighbours.good_until,
    )


def answer_of(answer: Answer, path: str) -> dict[str, Any]:
    """Give an answer, and who gave it, verified as they are now: ``path`` is their profile's, "" where it is none.

    Whose verification has only run out is still named, and said not to be verified; what others wrote who are
    suspended, or have taken their profile back, is left out.
    """
    specialist = answer.specialist
    verified_at = specialist.verified_at if path else None
    return {
        "id": str(answer.public_id),
        "text": answer.public["text"],
        "published_at": iso(answer.first_published_at),
        "updated_at": iso(answer.last_published_at),
        "specialist": {
            "name": specialist.name,
            "professional_title": specialist.professional_title,
            "path": path or None,
            "verified_on": verified_at.date().isoformat() if verified_at else None,
        },
    }
