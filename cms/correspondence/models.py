"""Threads, who takes part in them, and messages."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.people.models import User
from cms.people.sealed import SealedTextField
from cms.people.writing import Written


class Subject(models.TextChoices):
    """What somebody writes to the team about."""

    ARTICLE = "article", _("Something I read here")
    USING = "using", _("Using Respite")
    SPECIALISTS = "specialists", _("A specialist or a consultation")
    DATA = "data", _("My account or my data")
    OTHER = "other", _("Something else")


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Threads, by who may see them."""

    def visible_to(self, user: User) -> "ThreadQuerySet":
        """Keep the threads in which somebody takes part and which they have not deleted for themselves."""
        return self.filter(places__user=user, places__deleted_at=None)

    def with_the_team(self) -> "ThreadQuerySet":
        """Keep the threads in which somebody writes to the team."""
        return self.filter(with_team=True)

    def newest_first(self) -> "ThreadQuerySet":
        """Order them by their latest message."""
        return self.order_by("-last_at", "-pk")


class Thread(models.Model):
    """Messages between two: a reader and the team, or a reader and a specialist. Kept for a year after the last."""

    KEPT = timedelta(days=365)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    with_team = models.BooleanField(_("with the team"), default=False)
    subject = models.CharField(_("about"), max_length=20, choices=Subject.choices, blank=True)
    began_at = models.DateTimeField(_("begun"), default=timezone.now)
    last_at = models.DateTimeField(_("last message"), default=timezone.now, db_index=True)
    # Of the team as a whole: whoever of them has looked, has looked.
    team_read_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")

    def __str__(self) -> str:
        return str(self.public_id)


class Place(models.Model):
    """Somebody's place in a thread: up to when they have read it, whether they have deleted it or blocked the other."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="places")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="places")
    read_at = models.DateTimeField(null=True, blank=True)
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


class Message(Written):
    """One message. What it says is sealed; it goes when its author's account or its thread goes."""

    LONGEST = 5_000  # characters

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
