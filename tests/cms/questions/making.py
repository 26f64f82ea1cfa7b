"""Makes what tests of questions are about: specialists who are verified, questions, answers."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cms.people.models import User
from cms.publishing.services import unpublish
from cms.questions import services
from cms.questions.models import Answer, Question
from cms.specialists.choices import State as Verification
from cms.specialists.models import Specialist
from tests import factories

WORDING: dict[str, Any] = {
    "pseudonym": "Night Tram",
    "title": "How do I sleep again after a loss?",
    "text": "Since the spring I wake at four and lie there until morning. Is that still grief?",
    "topic": None,
}
ANSWER = "Waking early is common in the first year. A quiet evening helps many; if it lasts, a doctor can help too."


def specialist(name: str = "", user: User | None = None) -> Specialist:
    """Make a specialist who is verified and public."""
    return factories.specialist(
        name, user=user, professional_title="Counselling psychologist, MSc", languages=["en", "de"]
    )


def no_longer(specialist: Specialist, state: Verification) -> Specialist:
    """Take a specialist out of public: expired, suspended."""
    specialist.state = state
    specialist.save(update_fields=["state"])
    return unpublish(specialist)


def question(author: User | None = None, language: str = "en", **wording: Any) -> Question:
    """Ask something, which then waits."""
    made, _new = services.ask(author or factories.reader(), {**WORDING, **wording}, language)
    return made


def public_question(author: User | None = None, language: str = "en", **wording: Any) -> Question:
    """Ask something, and have it published by a moderator."""
    return services.publish(question(author, language, **wording), factories.safety_moderator(), 1)


def answer(to: Question, by: Specialist | None = None, text: str = ANSWER) -> Answer:
    """Answer a question, which then waits."""
    made, _new = services.answer(to, (by or specialist()).user, text)
    return made


def public_answer(to: Question, by: Specialist | None = None, text: str = ANSWER) -> Answer:
    """Answer a question, and have the answer published by a moderator."""
    return services.publish(answer(to, by, text), factories.safety_moderator(), 1)


def earlier(asked: Question) -> Question:
    """Have a public question published a day earlier than it was."""
    asked.first_published_at = (asked.first_published_at or timezone.now()) - timedelta(days=1)
    asked.save()
    services.announce(asked)
    return asked
