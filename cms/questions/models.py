"""Questions under a pseudonym, the answers that verified specialists give, and who has read and decided what.

What people write lies sealed in these tables. What moderators have published stands in the library as well, where
everybody reads it; taken down, it is gone from there.
"""

import json
import secrets
from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.articles.models import Topic
from cms.people.sealed import SealedTextField
from cms.people.writing import Written
from cms.publishing.models import Identified

# Without letters and figures that are taken for one another.
SLUG_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
SLUG_LENGTH = 10


class State(models.TextChoices):
    """Where the newest wording of something is on its way."""

    WAITING = "waiting", _("Waiting for a moderator")
    RETURNED = "returned", _("Returned with a note")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REJECTED = "rejected", _("Not published")


class Moderated(Written):
    """Something that a moderator reads before anybody else does.

    The newest wording stands in columns of its own; ``shown`` is the one that is public, where one is. ``edition``
    counts the wordings, so that nobody decides about one that they have not read.
    """

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    live = models.BooleanField(_("public"), default=False)
    edition = models.PositiveIntegerField(default=1)
    shown = SealedTextField(blank=True)
    note = SealedTextField(_("note"), blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    waiting_since = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    first_published_at = models.DateTimeField(null=True, blank=True)
    last_published_at = models.DateTimeField(null=True, blank=True)

    class Meta(Written.Meta):
        abstract = True

    @property
    def is_waiting(self) -> bool:
        """Whether a moderator has to read it."""
        return self.state == State.WAITING

    @property
    def is_change(self) -> bool:
        """Whether what waits or came back is another wording of something that is public."""
        return self.live and self.state in (State.WAITING, State.RETURNED)

    @property
    def is_open(self) -> bool:
        """Whether its author may still write it anew, or withdraw it."""
        return self.state in (State.WAITING, State.RETURNED, State.PUBLISHED)

    @property
    def public(self) -> dict[str, Any]:
        """The wording that is public; empty where none is."""
        return json.loads(self.shown) if self.live and self.shown else {}

    def show(self, wording: Mapping[str, Any]) -> None:
        """Make a wording the public one, unsaved."""
        self.shown = json.dumps(wording, ensure_ascii=False)


def new_slug() -> str:
    """Give an address that says nothing: it stays behind, in histories and logs, when what stood there is gone."""
    return "".join(secrets.choice(SLUG_LETTERS) for _letter in range(SLUG_LENGTH))


class Question(Identified, Moderated):
    """What somebody asks, under a name that they choose for this one question."""

    LONGEST: ClassVar[dict[str, int]] = {"pseudonym": 40, "title": 140, "text": 5000}

    slug = models.SlugField(_("slug"), max_length=40, unique=True, default=new_slug, editable=False)
    language = models.CharField(_("language"), max_length=20, default=settings.LANGUAGE_CODE)
    pseudonym = SealedTextField(_("pseudonym"))
    title = SealedTextField(_("title"))
    text = SealedTextField(_("text"))
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    # The library asks these of everything that is published: a question begins at once and has no end.
    go_live_at = None
    expire_at = None

    class Meta(Moderated.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "waiting_since"], name="question_waiting"),
            models.Index(fields=["author", "-written_at"], name="question_by"),
        ]
        permissions = [("moderate_question", "Can read, publish, return and reject questions and answers")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"question {self.slug}"

    @property
    def wording(self) -> dict[str, Any]:
        """The newest wording."""
        return {"pseudonym": self.pseudonym, "title": self.title, "text": self.text, "topic": self.topic_id}


class Answer(Identified, Moderated):
    """What a specialist answers; who that is and whether they are verified is looked up whenever it is shown."""

    LONGEST: ClassVar[dict[str, int]] = {"text": 6000}

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    specialist = models.ForeignKey("specialists.Specialist", on_delete=models.CASCADE, related_name="answers")
    text = SealedTextField(_("answer"))

    class Meta(Moderated.Meta):
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["first_published_at", "pk"]
        constraints = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=["question", "specialist"], name="one_answer_of_a_specialist"),
        ]
        indexes = [models.Index(fields=["state", "waiting_since"], name="answer_waiting")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"answer {self.pk} to {self.question_id}"

    @property
    def wording(self) -> dict[str, Any]:
        """The newest wording."""
        return {"text": self.text}


class Handling(models.Model):
    """What a moderator did with a question or an answer: who, what, when, and of which wording. Never what it said."""

    class Action(models.TextChoices):
        READ = "read", _("Read")
        PUBLISHED = "published", _("Published")
        RETURNED = "returned", _("Returned with a note")
        REJECTED = "rejected", _("Rejected")
        TAKEN_DOWN = "taken_down", _("Taken down")

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="handlings")
    answer = models.ForeignKey(Answer, null=True, blank=True, on_delete=models.CASCADE, related_name="handlings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    action = models.CharField(max_length=12, choices=Action.choices)
    edition = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("handling")
        verbose_name_plural = _("handlings")
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.action} {self.question_id} at {self.at:%Y-%m-%d %H:%M}"
