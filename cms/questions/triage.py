"""In which order moderators read what waits: what may be urgent first, then what has waited longest.

Whether something may be urgent is computed from its text when a moderator looks, by the words of
:mod:`cms.helplines.risk_words`. It is written down nowhere, and it is no longer said of what has been decided.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cms.helplines.risk_words import has_risk_words
from cms.people.models import User
from cms.questions.models import Answer, Question, State


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a moderator."""

    thing: Question | Answer
    is_urgent: bool

    @property
    def since(self) -> datetime:
        """Since when it waits."""
        return self.thing.waiting_since

    @property
    def is_answer(self) -> bool:
        """Whether it answers something."""
        return isinstance(self.thing, Answer)

    @property
    def title(self) -> str:
        """What it is, or what it answers."""
        return self.thing.title if isinstance(self.thing, Question) else self.thing.question.public.get("title", "")

    @property
    def words(self) -> str:
        """What it says."""
        return self.thing.text


def is_urgent(thing: Any) -> bool:
    """Say whether something waits that has risk words in it."""
    return thing.state == State.WAITING and has_risk_words(thing.text, getattr(thing, "title", ""))


def queue(moderator: User) -> list[Waiting]:
    """Give everything that waits for this moderator, who judges nothing of their own. Two queries."""
    questions = Question.objects.filter(state=State.WAITING).exclude(author=moderator).select_related("topic")
    answers = Answer.objects.filter(state=State.WAITING, question__live=True).exclude(author=moderator)
    things: list[Question | Answer] = [*questions, *answers.select_related("question", "specialist")]
    waiting = [Waiting(thing, is_urgent(thing)) for thing in things]
    return sorted(waiting, key=lambda one: (not one.is_urgent, one.since, one.is_answer, one.thing.pk))
