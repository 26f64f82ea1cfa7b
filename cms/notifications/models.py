"""What somebody wants to be told of, in which language and where; and what waits to be told."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.notifications.kinds import CHOICES
from cms.people.models import User
from cms.people.sealed import SealedTextField


class How(models.TextChoices):
    """When somebody is told of a kind by email."""

    AT_ONCE = "at_once", _("At once")
    DIGEST = "digest", _("Once a day, together")
    NEVER = "never", _("Not by email")


class Preferences(models.Model):
    """What holds for all that somebody is told: their language, and when they last had a digest."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="preferences")
    language = models.CharField(_("language"), max_length=12, blank=True)
    digest_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("preferences")
        verbose_name_plural = _("preferences")

    def __str__(self) -> str:
        return f"{self.user_id}"


class Choice(models.Model):
    """When somebody is told of one kind by email, where they have chosen; else at once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="letter_choices")
    kind = models.PositiveSmallIntegerField(choices=CHOICES)
    how = models.CharField(max_length=10, choices=How.choices)

    class Meta:
        verbose_name = _("choice of letters")
        verbose_name_plural = _("choices of letters")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="one_choice_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind} {self.how}"


class Notice(models.Model):
    """News that waits for the next digest: of which kind, and where it is read. What it says is not kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.PositiveSmallIntegerField(choices=CHOICES)
    way = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("news for a digest")
        verbose_name_plural = _("news for digests")
        constraints = [models.UniqueConstraint(fields=["user", "kind", "way"], name="told_once_in_a_digest")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind}"


class PushSubscription(models.Model):
    """A device on which somebody wants to be told: where its browser's push service is asked, and with which keys.

    The address is a secret (whoever has it and our key can reach the device), so it is sealed and found by a digest.
    """

    MOST = 12  # of one account: an older one goes for a newer

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="push_subscriptions")
    endpoint = SealedTextField()
    endpoint_digest = models.CharField(max_length=64, unique=True)
    # Of the browser, for whoever tells it something: its public key and a shared secret (RFC 8291).
    p256dh = SealedTextField()
    auth = SealedTextField()
    # Which of our keys its push service was told; with another it would refuse us.
    server_key = models.CharField(max_length=90)
    device = models.CharField(max_length=100)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.device}"


class FollowedTopic(models.Model):
    """A topic of whose new articles a device is told. Its slug is kept as a keyed digest: the table names no topic."""

    subscription = models.ForeignKey(PushSubscription, on_delete=models.CASCADE, related_name="topics")
    digest = models.CharField(max_length=64, db_index=True)

    class Meta:
        verbose_name = _("followed topic")
        verbose_name_plural = _("followed topics")
        constraints = [models.UniqueConstraint(fields=["subscription", "digest"], name="topic_followed_once")]

    def __str__(self) -> str:
        return f"{self.subscription_id}"


class Push(models.Model):
    """A device that is to be told of a kind: one row until it is, however much there is to tell."""

    subscription = models.ForeignKey(PushSubscription, on_delete=models.CASCADE, related_name="pushes")
    kind = models.PositiveSmallIntegerField(choices=CHOICES)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("push")
        verbose_name_plural = _("pushes")
        constraints = [models.UniqueConstraint(fields=["subscription", "kind"], name="one_push_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.subscription_id}: {self.kind}"
