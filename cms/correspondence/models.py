"""Threads, who takes part in them, and messages."""

import uuid
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.people.models import User
from cms.people.sealed import SealedTextField
from cms.people.writing import Written
from cms.specialists.models import Specialist


class Subject(models.TextChoices):
    """What somebody writes to the team about."""

    ARTICLE = "article", _("Something I read here")
    USING = "using", _("Using Respite")
    SPECIALISTS = "specialists", _("A specialist or a consultation")
    DATA = "data", _("My account or my data")
    OTHER = "other", _("Something else")


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Threads, by who may see them."""

    def of(self, user: User) -> "ThreadQuerySet":
        """Keep the threads in which somebody takes part, also those that they have deleted for themselves."""
        return self.filter(places__user=user)

    def visible_to(self, user: User) -> "ThreadQuerySet":
        """Keep the threads in which somebody takes part and which they have not deleted for themselves.

        What they have blocked is there also when it is deleted, since where else would one take that back.
        """
        seen = Q(places__deleted_at=None) | Q(places__blocked_at__isnull=False)
        return self.filter(seen, places__user=user)

    def listed_for(self, user: User) -> "ThreadQuerySet":
        """Give what somebody sees in their list, the latest first, each with what is said of it: no query for each."""
        return self.visible_to(user).with_numbers(user).newest_first()

    def with_numbers(self, user: User) -> "ThreadQuerySet":
        """Load with each thread whom it is with, and how much somebody has not read (``unread``)."""
        unread = Message.objects.filter(unread_by(user), thread=OuterRef("pk")).order_by().values("thread")
        counted = unread.annotate(count=Count("pk")).values("count")
        return (
            self.annotate(unread=Coalesce(Subquery(counted), 0))
            .select_related("specialist__user")
            .prefetch_related("places")
        )

    def with_the_team(self) -> "ThreadQuerySet":
        """Keep the threads in which somebody writes to the team."""
        return self.filter(with_team=True)

    def waiting(self) -> "ThreadQuerySet":
        """Give what waits for an answer of the team, whoever has waited longest first."""
        return self.with_the_team().filter(waiting_since__isnull=False).order_by("waiting_since", "pk")

    def newest_first(self) -> "ThreadQuerySet":
        """Order them by their latest message."""
        return self.order_by("-last_at", "-pk")


class Thread(models.Model):
    """Messages between two: a reader and the team, or a reader and a specialist. Kept for a year after the last.

    Of a reader and a specialist there is one. When an account is deleted, the other one keeps what they wrote
    themselves.
    """

    KEPT = timedelta(days=365)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reader = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="threads")
    specialist = models.ForeignKey(Specialist, null=True, on_delete=models.SET_NULL, related_name="threads")
    with_team = models.BooleanField(_("with the team"), default=False)
    subject = models.CharField(_("what it is about"), max_length=20, choices=Subject.choices, blank=True)
    began_at = models.DateTimeField(_("begun"), default=timezone.now)
    last_at = models.DateTimeField(_("last message"), default=timezone.now, db_index=True)
    # Of the team as a whole: whoever of them has looked, has looked.
    team_read_at = models.DateTimeField(null=True, blank=True, editable=False)
    team_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Since when a reader waits for the team; nobody waits for what is answered, or needs no answer.
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True, db_index=True, editable=False)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        # Where one of the two is gone there is nobody to be told apart: NULL is like no other NULL.
        constraints = [models.UniqueConstraint(fields=["reader", "specialist"], name="one_thread_of_a_pair")]

    def __str__(self) -> str:
        return str(self.public_id)

    def place_of(self, user: User) -> "Place | None":
        """Give somebody's place in it."""
        return next((place for place in self.places.all() if place.user_id == user.pk), None)


class Place(models.Model):
    """Somebody's place in a thread: up to when they have read it, whether they have deleted it or blocked the other."""

    LONGEST_NAME = 40  # characters

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="places")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="places")
    # What the other one is to call them; a specialist has the name of their profile.
    called = SealedTextField(blank=True)
    # The language they last wrote in, for the letters that they get.
    language = models.CharField(max_length=10, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    # When an email last said that there is something to read: the next one waits until it was read.
    told_at = models.DateTimeField(null=True, blank=True)
    # What was written before that moment is gone for them; a later message brings the thread back.
    deleted_at = models.DateTimeField(null=True, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)
    blocked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("place in a thread")
        verbose_name_plural = _("places in threads")
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="one_place_in_a_thread")]

    def __str__(self) -> str:
        return f"{self.thread}: {self.user_id}"


def with_its_author(collector: Any, field: Any, messages: Any, using: str) -> None:
    """Delete messages with the account of their author; what was answered as the team belongs to whoever asked.

    By the column itself, since Django has found out what goes along before it tells anybody that an account goes.
    """
    models.CASCADE(collector, field, messages.filter(from_team=False), using)
    models.SET_NULL(collector, field, messages.filter(from_team=True), using)


class Message(Written):
    """One message. What it says is sealed; it goes when its author's account or its thread goes."""

    LONGEST = 5_000  # characters

    author = models.ForeignKey(  # type: ignore[assignment]  # nobody, where whoever answered as the team is gone
        User, null=True, on_delete=with_its_author, related_name="+"
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    from_team = models.BooleanField(default=False)
    text = SealedTextField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta(Written.Meta):
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["sent_at", "pk"]
        indexes = [models.Index(fields=["thread", "sent_at"], name="messages_of_a_thread")]
        # Whom may read what is asked of a thread, never of Django's permissions for the model.
        default_permissions = ()
        permissions = [("answer_readers", _("Can read and answer what readers write to the team"))]

    def __str__(self) -> str:
        return str(self.public_id)


def unread_by(user: User) -> Q:
    """Keep the messages of others that somebody has not read, of their threads joined as ``thread__places``."""
    of_theirs = Q(thread__places__user=user, thread__places__deleted_at=None)
    unread = Q(thread__places__read_at=None) | Q(sent_at__gt=models.F("thread__places__read_at"))
    return of_theirs & unread & ~Q(author=user)


class Reason(models.TextChoices):
    """Why somebody reports a message."""

    THREATENING = "threatening", _("It threatens or insults me")
    UNWANTED = "unwanted", _("It is sexual, or nothing I asked for")
    UNPROFESSIONAL = "unprofessional", _("It is not how a professional should write")
    MONEY = "money", _("It is about money, or it advertises")
    DANGER = "danger", _("Somebody may be in danger")
    OTHER = "other", _("Something else")


class Decision(models.TextChoices):
    """What came of a report."""

    NOTHING = "nothing", _("Nothing against the rules")
    WARN = "warn", _("Warn whoever wrote it")
    SUSPEND = "suspend", _("Suspend the specialist")
    CLOSE = "close", _("Close messaging for the account")


class Report(Written):
    """That somebody has found something wrong with a message. Only through it do moderators see what was written.

    It holds no copy of the message: what its author takes away is gone from here too. Kept for half a year after
    it was decided.
    """

    KEPT = timedelta(days=180)
    LONGEST = 2_000  # characters

    # Others are not to lose its protection when whoever made it goes; what they wrote in it goes with them.
    author = models.ForeignKey(  # type: ignore[assignment]  # whoever has sent it may be gone
        User, null=True, on_delete=models.SET_NULL, related_name="reports_made"
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="reports")
    about = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="reports_about")
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices)
    details = SealedTextField(_("in their words"), blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, db_index=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="reports_decided")
    decision = models.CharField(_("decision"), max_length=20, choices=Decision.choices, blank=True)
    note = SealedTextField(_("note"), blank=True)

    class Meta(Written.Meta):
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            *Written.Meta.constraints,
            models.UniqueConstraint(fields=["author", "message"], name="one_report_of_a_message"),
        ]
        default_permissions = ()
        permissions = [("decide_reports", _("Can read messages that were reported, and decide"))]

    def __str__(self) -> str:
        return str(self.public_id)


class Look(models.Model):
    """That a moderator has looked at what was reported: who, when, which report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="looks")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="looks")
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("look at a report")
        verbose_name_plural = _("looks at reports")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.by_id}"


class Closure(models.Model):
    """That somebody may write to nobody but the team any more, since a moderator has decided so."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="closure")
    report = models.ForeignKey(Report, null=True, on_delete=models.SET_NULL, related_name="closures")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="closures_decided")
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("closed messaging")
        verbose_name_plural = _("closed messaging")

    def __str__(self) -> str:
        return str(self.user_id)
