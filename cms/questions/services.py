"""What may be done with questions and answers, and by whom.

Whatever changes what is public runs as the one writer, and tells the library in the same transaction. Who asks is
known to nobody but the person themselves: moderators see the pseudonym.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.signals import published, unpublished

from cms.people.models import User
from cms.people.writing import written_once
from cms.publishing.services import one_writer
from cms.questions.models import Answer, Handling, Moderated, Question, State
from cms.specialists.models import Specialist

MODERATE = "questions.moderate_question"
A_DAY = timedelta(days=1)
ASKED_A_DAY, ANSWERED_A_DAY = 5, 40
# How long what was withdrawn, rejected, or returned and never changed is kept.
KEPT = timedelta(days=90)

M = TypeVar("M", bound=Question | Answer)
Action = Handling.Action


class TooMany(Exception):
    """Raised for more than an account may send in a day; ``wait`` is until when."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(str(wait))
        self.wait = wait


class Changed(Exception):
    """Raised where another wording than the one that was read has come in the meantime, or somebody else decided."""


class NotOpen(Exception):
    """Raised where something is withdrawn or rejected, and nothing can be done with it any more."""


class AnsweredAlready(Exception):
    """Raised where a specialist has answered a question before: that answer can be changed."""


# ---- Asking ----------------------------------------------------------------------------------


def ask(author: User, wording: Mapping[str, Any], language: str, key: UUID | None = None) -> tuple[Question, bool]:
    """Ask something; give the question, which waits for a moderator, and whether it was made just now.

    ``wording`` has ``pseudonym, title, text, topic`` (a topic or None). Raises ``KeyReused`` and :class:`TooMany`.
    """

    def make(written: dict[str, Any]) -> Question:
        hold_back(Question, author, ASKED_A_DAY)
        question = Question.objects.create(language=language, **wording, **written)
        tell_moderators(question)
        return question

    topic = wording["topic"]
    content = {**wording, "topic": topic and topic.slug, "language": language}
    return written_once(Question, author, key, content, make)


def change(question: Question, author: User, wording: Mapping[str, Any]) -> Question:
    """Write a question anew: a moderator reads it again, and what is public stays as it is until then.

    Raises ``PermissionDenied`` and :class:`NotOpen`.
    """
    with one_writer():
        current = own(question, author)
        changed = {name: value for name, value in wording.items() if getattr(current, name) != value}
        return _rewrite(current, changed) if changed else current


def withdraw(question: Question, author: User) -> Question:
    """Take one's question back: it is no longer public from now on, and its words are deleted.

    The empty row stays for a while, so that what is sent a second time is not asked anew. Raises ``PermissionDenied``
    and, where it was rejected or withdrawn before, :class:`NotOpen`.
    """
    with one_writer():
        current = own(question, author)
        current.pseudonym = current.title = current.text = ""
        current.topic = None
        return _end(current, State.WITHDRAWN)


# ---- Answering -------------------------------------------------------------------------------


def answer(question: Question, author: User, text: str, key: UUID | None = None) -> tuple[Answer, bool]:
    """Answer a public question as a verified specialist; a moderator reads the answer before anybody else.

    Raises ``PermissionDenied``, ``KeyReused``, :class:`AnsweredAlready` and :class:`TooMany`.
    """
    specialist = verified(author)
    content = {"question": str(question.public_id), "text": text}

    def make(written: dict[str, Any]) -> Answer:
        if not locked(question).live or question.author_id == author.pk:
            raise PermissionDenied
        earlier = Answer.objects.filter(question=question, specialist=specialist).first()
        if earlier is not None and earlier.state in (State.WITHDRAWN, State.REJECTED):
            earlier.delete()
        elif earlier is not None:
            raise AnsweredAlready
        hold_back(Answer, author, ANSWERED_A_DAY)
        made = Answer.objects.create(question=question, specialist=specialist, text=text, **written)
        tell_moderators(made)
        return made

    return written_once(Answer, author, key, content, make)


def change_answer(given: Answer, author: User, text: str) -> Answer:
    """Write an answer anew, as :func:`change` does with a question. Who is no longer verified can only withdraw it."""
    verified(author)
    with one_writer():
        current = own(given, author)
        return _rewrite(current, {"text": text}) if text != current.text else current


def withdraw_answer(given: Answer, author: User) -> Answer:
    """Take one's answer back, as :func:`withdraw` does with a question."""
    with one_writer():
        current = own(given, author)
        current.text = ""
        return _end(current, State.WITHDRAWN)


def verified(user: User) -> Specialist:
    """Give the profile by which somebody answers. Raises ``PermissionDenied`` for whoever is not verified now."""
    specialist = Specialist.objects.filter(user=user).first()
    if specialist is None or not specialist.is_public:
        raise PermissionDenied
    return specialist


def may_answer(user: User) -> bool:
    """Say whether somebody answers questions: a specialist who is verified now."""
    specialist = Specialist.objects.filter(user=user).first()
    return specialist is not None and specialist.is_public


def answerable_by(user: User) -> QuerySet[Question]:
    """Give the questions that a verified specialist may answer: public ones that are not their own."""
    return Question.objects.filter(live=True).exclude(author=user)


# ---- Moderating ------------------------------------------------------------------------------


def read(thing: Question | Answer, moderator: User) -> None:
    """Note down that a moderator has read the newest wording of something; once for each wording."""
    require(thing, moderator)
    note = _handling(thing, moderator, Action.READ)
    if not Handling.objects.filter(**{name: note[name] for name in ("answer", "question", "by", "action", "edition")}):
        Handling.objects.create(**note)


def publish(thing: M, moderator: User, edition: int, **corrected: Any) -> M:
    """Publish the wording that a moderator has read; ``corrected`` may name another ``topic`` of a question.

    Raises ``PermissionDenied`` and :class:`Changed`.
    """
    with one_writer():
        current = to_decide(thing, moderator, edition)
        now = timezone.now()
        for name, value in corrected.items():
            setattr(current, name, value)
        current.show(current.wording)
        is_first = current.first_published_at is None
        current.state, current.live, current.note, current.decided_at = State.PUBLISHED, True, "", now
        current.first_published_at = current.first_published_at or now
        current.last_published_at = now
        current.save()
        Handling.objects.create(**_handling(current, moderator, Action.PUBLISHED))
        announce(question_of(current))
        tell_author(current, "published")
        if is_first and isinstance(current, Answer):
            tell_author(current.question, "answered")
        return current


def return_with(thing: M, moderator: User, edition: int, note: str) -> M:
    """Give something back to its author with what is to be changed. What is public of it stays.

    Raises ``PermissionDenied`` and :class:`Changed`.
    """
    with one_writer():
        current = to_decide(thing, moderator, edition)
        current.state, current.note, current.decided_at = State.RETURNED, note, timezone.now()
        current.save()
        Handling.objects.create(**_handling(current, moderator, Action.RETURNED))
        tell_author(current, "returned")
        return current


def reject(thing: M, moderator: User, edition: int, note: str) -> M:
    """Decide that something is not to be public, and take it down where it is; its author is told why.

    Raises ``PermissionDenied`` and :class:`Changed`.
    """
    with one_writer():
        current = to_decide(thing, moderator, edition, (State.WAITING, State.RETURNED, State.PUBLISHED))
        action = Action.TAKEN_DOWN if current.live else Action.REJECTED
        current.note = note
        Handling.objects.create(**_handling(current, moderator, action))
        ended = _end(current, State.REJECTED)
        tell_author(ended, "rejected")
        return ended


def may_moderate(user: Any) -> bool:
    """Say whether somebody moderates questions."""
    return user.has_perm(MODERATE)


def require(thing: Question | Answer, moderator: User) -> None:
    """Raise ``PermissionDenied`` for whoever does not moderate, and for whoever would judge what is their own."""
    if not may_moderate(moderator) or thing.author_id == moderator.pk:
        raise PermissionDenied


def to_decide(thing: M, moderator: User, edition: int, states: tuple[State, ...] = (State.WAITING,)) -> M:
    """Give something, locked, about whose wording a moderator is to decide."""
    require(thing, moderator)
    current = locked(thing)
    if current.edition != edition or current.state not in states:
        raise Changed
    return current


# ---- The way to the library, and to people ---------------------------------------------------


def announce(question: Question) -> None:
    """Have the library say of a question what is public of it now."""
    signal = published if question.live else unpublished
    signal.send(sender=Question, instance=question)


def tell_author(thing: Question | Answer, what: str) -> None:
    """Have a letter sent after the commit that something has happened with what somebody wrote."""
    from cms.questions.tasks import tell

    transaction.on_commit(partial(tell.enqueue, str(thing._meta.model_name), thing.pk, what))


def tell_moderators(thing: Question | Answer) -> None:
    """Have those who moderate told after the commit that something waits for them."""
    from cms.questions.tasks import tell_waiting

    transaction.on_commit(tell_waiting.enqueue)


def question_of(thing: Question | Answer) -> Question:
    """Give the question that something is, or answers."""
    return thing if isinstance(thing, Question) else thing.question


# ---- Retention -------------------------------------------------------------------------------


def forget_old() -> int:
    """Delete for good what was withdrawn, rejected, or returned and never changed, after its time; give how many."""
    before = timezone.now() - KEPT
    ended = [State.WITHDRAWN, State.REJECTED, State.RETURNED]
    forgotten = 0
    for model in (Answer, Question):
        for thing in model._default_manager.filter(live=False, state__in=ended, decided_at__lte=before):
            with one_writer():
                forgotten += bool(thing.delete()[0])
    return forgotten


def forget(thing: Question | Answer) -> None:
    """Delete something for good with what hangs on it; what is public of it goes with it."""
    with one_writer():
        thing.delete()


# ---- What these share ------------------------------------------------------------------------


def locked(thing: M) -> M:
    """Load something as it is now that its row is held."""
    kind: Any = type(thing)
    current: M = kind.objects.select_for_update(of=("self",)).get(pk=thing.pk)
    return current


def own(thing: M, author: User) -> M:
    """Give somebody's own, locked, while something can still be done with it."""
    if thing.author_id != author.pk:
        raise PermissionDenied
    current = locked(thing)
    if not current.is_open:
        raise NotOpen
    return current


def hold_back(model: type[Moderated], author: User, most: int) -> None:
    """Raise :class:`TooMany` where an account has written as much in a day as it may."""
    since = timezone.now() - A_DAY
    times = model._default_manager.filter(author=author, written_at__gt=since).order_by("-written_at")
    latest = list(times.values_list("written_at", flat=True)[:most])
    if len(latest) == most:
        raise TooMany(latest[-1] - since)


def _rewrite(current: M, changed: Mapping[str, Any]) -> M:
    for name, value in changed.items():
        setattr(current, name, value)
    if not current.is_waiting:
        current.state, current.waiting_since = State.WAITING, timezone.now()
        tell_moderators(current)
    current.edition += 1
    current.save()
    return current


def _end(current: M, state: State) -> M:
    was_live = current.live
    current.state, current.live, current.shown, current.decided_at = state, False, "", timezone.now()
    current.save()
    if was_live:
        announce(question_of(current))
    return current


def _handling(thing: Question | Answer, moderator: User, action: Handling.Action) -> dict[str, Any]:
    given = thing if isinstance(thing, Answer) else None
    of = {"question": question_of(thing), "answer": given}
    return {**of, "by": moderator, "action": action, "edition": thing.edition}
