"""Plants the demonstration's questions, all of them invented: answered ones, one without an answer, two that wait."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from cms.articles.models import Topic
from cms.demo.accounts import READER
from cms.demo.marks import find_or_make
from cms.demo.snippets import Record, records
from cms.people.models import User
from cms.questions.models import Answer, Handling, Moderated, Question, State
from cms.questions.services import announce
from cms.specialists.models import Specialist

MODERATOR = "moderator@respite.example"


def plant_questions() -> None:
    """Make the demonstration's questions, asked by its reader and answered by its specialists."""
    author = User.objects.filter(email=READER).first()
    if author is None:
        return
    for record in records("questions"):
        find_or_make(Question, f"question:{record['key']}", partial(make_question, record, author))


def make_question(record: Record, author: User) -> Question:
    topic = Topic.objects.filter(slug=record["topic"], locale__language_code=record["language"]).first()
    told = {name: record[name] for name in ("language", "pseudonym", "title", "text")}
    question = Question(author=author, topic=topic, **told)
    if record.get("waits"):
        dated(question, moment(record))
        return question
    publish(question, moment(record))
    for one in record["answers"]:
        specialist = Specialist.objects.filter(slug=one["specialist"]).first()
        if specialist is not None:
            fields: dict[str, Any] = {"question": question, "specialist": specialist, "text": one["text"]}
            publish(Answer(author=specialist.user, **fields), moment(one))
    announce(question)
    return question


def moment(record: Record) -> datetime:
    return timezone.now() - timedelta(days=record["days_ago"])


def dated(thing: Moderated, then: datetime) -> None:
    """Save something as written at a moment."""
    thing.written_at = thing.waiting_since = then
    thing.save()


def publish(thing: Question | Answer, then: datetime) -> None:
    """Save something as read and published by the demonstration's moderator, a few hours after it was written."""
    thing.show(thing.wording)
    thing.state, thing.live = State.PUBLISHED, True
    thing.decided_at = thing.first_published_at = thing.last_published_at = then + timedelta(hours=5)
    dated(thing, then)
    given = thing if isinstance(thing, Answer) else None
    question = thing.question if isinstance(thing, Answer) else thing
    moderator = User.objects.filter(email=MODERATOR).first()
    Handling.objects.bulk_create(
        Handling(question=question, answer=given, by=moderator, action=action, edition=1, at=thing.decided_at)
        for action in (Handling.Action.READ, Handling.Action.PUBLISHED)
    )
