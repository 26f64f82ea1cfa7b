"""Consultations that readers have asked for, the time that is kept for them, and the calendar they may follow."""

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.consultations.practices import Practice
from cms.consultations.times import LENGTH
from cms.people.models import User
from cms.people.sealed import SealedTextField
from cms.people.writing import Written
from cms.specialists.choices import Way
from cms.specialists.models import Specialist


class Side(models.TextChoices):
    """The two that a consultation is between."""

    READER = "reader", _("Reader")
    SPECIALIST = "specialist", _("Specialist")

    @property
    def other(self) -> "Side":
        return Side.SPECIALIST if self == Side.READER else Side.READER


class State(models.TextChoices):
    """Where a consultation is on its way."""

    REQUESTED = "requested", _("Waiting for the specialist")
    PROPOSED = "proposed", _("Waiting for the reader")
    ACCEPTED = "accepted", _("Agreed")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")
    HELD = "held", _("Held")
    MISSED = "missed", _("Did not take place")
    LAPSED = "lapsed", _("Ended without a meeting")


WAITING = (State.REQUESTED, State.PROPOSED)
OPEN = (*WAITING, State.ACCEPTED)
MET = (State.ACCEPTED, State.HELD, State.MISSED)


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Consultations, by whose they are and where they stand."""

    def of_reader(self, user: User) -> "ConsultationQuerySet":
        """Keep what somebody has asked for."""
        return self.filter(author=user)

    def of_specialist(self, user: User) -> "ConsultationQuerySet":
        """Keep what somebody was asked for."""
        return self.filter(specialist__user=user)

    def visible_to(self, user: User) -> "ConsultationQuerySet":
        """Keep those in which somebody is one of the two."""
        return self.filter(Q(author=user) | Q(specialist__user=user))

    def open(self) -> "ConsultationQuerySet":
        """Keep those that wait for somebody or for their time."""
        return self.filter(state__in=OPEN)

    def with_both(self) -> "ConsultationQuerySet":
        """Load what is said of both sides with them."""
        return self.select_related("author", "specialist__user", "specialist__practice")


class Consultation(Written):
    """A free first meeting of half an hour that a reader (its author) has asked a specialist for.

    ``times`` are those that wait for an answer, in UTC, and ``times_by`` who has named them. ``starts_at`` is what both
    have agreed on. A time that is agreed stands until another one is.
    """

    MOST_TIMES = 3
    LONGEST_NOTE = 1_000  # characters
    LONGEST_NAME = 60

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    specialist = models.ForeignKey(Specialist, null=True, on_delete=models.SET_NULL, related_name="consultations")
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.REQUESTED)
    name = SealedTextField(_("name to be called by"), blank=True)
    note = SealedTextField(_("note"), blank=True)
    way = models.CharField(_("way to meet"), max_length=12, choices=Way.choices)
    times = models.JSONField(_("times"), default=list)
    times_by = models.CharField(max_length=12, choices=Side.choices, default=Side.READER)
    starts_at = models.DateTimeField(_("agreed time"), null=True, blank=True)
    # The latest of all of these moments: when it has passed there is nothing left to wait for.
    last_at = models.DateTimeField(db_index=True)
    # Where the reader is, and in which language they asked.
    time_zone = models.CharField(max_length=60, default="UTC")
    language = models.CharField(max_length=10, default=settings.LANGUAGE_CODE)
    # What the reader was told before sending that a session would cost after it.
    fees = models.JSONField(default=dict, blank=True)
    # Whether the specialist meets the same person once only, as it was when it was asked for.
    once = models.BooleanField(default=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    agreed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=12, choices=Side.choices, blank=True)
    silent_at = models.DateTimeField(null=True, blank=True)
    reminded_day_at = models.DateTimeField(null=True, blank=True)
    reminded_hour_at = models.DateTimeField(null=True, blank=True)
    # How often calendars have to learn of a change (RFC 5545, SEQUENCE).
    sequence = models.PositiveSmallIntegerField(default=0)

    objects = ConsultationQuerySet.as_manager()

    class Meta(Written.Meta):
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-asked_at", "-pk"]
        default_permissions = ()
        constraints = [
            *Written.Meta.constraints,
            models.UniqueConstraint(
                fields=["author", "specialist"], condition=Q(state__in=OPEN), name="one_open_consultation_of_two"
            ),
            models.UniqueConstraint(
                fields=["author", "specialist"],
                condition=Q(state__in=(*OPEN, State.HELD), once=True),
                name="one_consultation_of_two",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=MET) | Q(starts_at__isnull=False), name="what_is_agreed_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def proposed(self) -> list[datetime]:
        """The moments that wait for an answer, in order."""
        return [datetime.fromisoformat(text) for text in self.times]

    @proposed.setter
    def proposed(self, moments: Iterable[datetime]) -> None:
        self.times = [moment.astimezone(UTC).isoformat() for moment in sorted(set(moments))]

    @property
    def moments(self) -> list[datetime]:
        """All moments that time is kept for."""
        return sorted({*self.proposed, *([self.starts_at] if self.starts_at else [])})

    @property
    def ends_at(self) -> datetime | None:
        """When the agreed half hour is over."""
        return self.starts_at + LENGTH if self.starts_at else None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_moving(self) -> bool:
        """Whether another time has been named for what is agreed."""
        return self.state == State.ACCEPTED and bool(self.times)

    def side_of(self, user: Any) -> Side | None:
        """Give on which side somebody is; None for anybody else."""
        if user.pk == self.author_id:
            return Side.READER
        return Side.SPECIALIST if self.specialist and self.specialist.user_id == user.pk else None


class Hold(models.Model):
    """A quarter of an hour of a specialist's that is kept for one consultation, and can be for no other."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="holds")
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="holds")
    quarter = models.DateTimeField()

    class Meta:
        verbose_name = _("kept quarter of an hour")
        verbose_name_plural = _("kept quarters of an hour")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["practice", "quarter"], name="a_quarter_is_kept_once")]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.quarter:%Y-%m-%d %H:%M}"


class CalendarFeed(models.Model):
    """An address at which somebody's calendar finds their agreed consultations; of its secret only a digest is kept."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at:%Y-%m-%d}"


# Without a word for so long after its time, nobody will say how it went.
UNTOLD = timedelta(days=14)
# What a reader wrote with a request, and what they are called, is kept for so long after its end; all of it for a year.
WORDS_KEPT = timedelta(days=90)
KEPT = timedelta(days=400)
