"""What specialists say about their free first consultations: when, how, how many, and whether at all for now."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.consultations.times import Away, Extra, Times, Weekly, Window
from cms.specialists.models import Specialist

BUFFERS = [(0, _("None")), (15, _("15 minutes")), (30, _("30 minutes")), (45, _("45 minutes")), (60, _("An hour"))]


class Practice(models.Model):
    """One specialist's free first consultations; ``weekly``, ``away`` and ``extra`` are :mod:`.times`' in plain values.

    The time zone is the specialist's own (:attr:`Specialist.time_zone`): a wall has one clock.
    """

    specialist = models.OneToOneField(Specialist, on_delete=models.CASCADE, related_name="practice")
    is_open = models.BooleanField(_("offered"), default=False)
    is_paused = models.BooleanField(_("paused"), default=False)
    paused_until = models.DateField(_("paused until"), null=True, blank=True)
    weekly = models.JSONField(_("every week"), default=list, blank=True)
    away = models.JSONField(_("days off"), default=list, blank=True)
    extra = models.JSONField(_("extra times"), default=list, blank=True)
    minutes_before = models.PositiveSmallIntegerField(_("kept free before"), choices=BUFFERS, default=0)
    minutes_after = models.PositiveSmallIntegerField(_("kept free after"), choices=BUFFERS, default=15)
    notice_hours = models.PositiveSmallIntegerField(
        _("notice"), default=24, validators=[MinValueValidator(1), MaxValueValidator(14 * 24)]
    )
    horizon_days = models.PositiveSmallIntegerField(
        _("how far ahead"), default=28, validators=[MinValueValidator(1), MaxValueValidator(84)]
    )
    capacity = models.PositiveSmallIntegerField(
        _("people in a week"),
        null=True,
        blank=True,
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
    )
    ways = models.JSONField(_("ways to meet"), default=list, blank=True)
    # Said to those alone whose request was accepted.
    place = models.CharField(_("where you meet"), max_length=300, blank=True)
    connection = models.CharField(_("how you call each other"), max_length=300, blank=True)
    more_than_once = models.BooleanField(_("the same person may come again"), default=False)
    # The free times that readers are told of, and when that was; see cms.consultations.telling.
    told = models.JSONField(default=list, blank=True, editable=False)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.specialist)

    @property
    def zone(self) -> ZoneInfo:
        """Where the clock hangs by which times are said."""
        return ZoneInfo(self.specialist.time_zone)

    @property
    def times(self) -> Times:
        """What was said about times, ready for arithmetic."""
        return Times(
            zone=self.zone,
            weekly=[Weekly(weekday, Window(begins, ends)) for weekday, begins, ends in self.weekly],
            away=[Away(date.fromisoformat(first), date.fromisoformat(last)) for first, last in self.away],
            extra=[Extra(date.fromisoformat(day), Window(begins, ends)) for day, begins, ends in self.extra],
            before=timedelta(minutes=self.minutes_before),
            after=timedelta(minutes=self.minutes_after),
            notice=timedelta(hours=self.notice_hours),
            horizon=timedelta(days=self.horizon_days),
            capacity=self.capacity,
        )

    def pause_ends(self) -> datetime | None:
        """Give the moment at which a pause ends by itself: the beginning of its day, where the specialist is."""
        if not self.is_paused or self.paused_until is None:
            return None
        return datetime.combine(self.paused_until, time(0), self.zone).astimezone(UTC)

    def is_pausing(self, now: datetime) -> bool:
        """Say whether it is paused at a moment."""
        ends = self.pause_ends()
        return self.is_paused and (ends is None or now < ends)

    def takes_requests(self, now: datetime | None = None) -> bool:
        """Say whether somebody may ask for a time."""
        return self.is_open and bool(self.ways) and not self.is_pausing(now or timezone.now())


class DailySum(models.Model):
    """How often something happened to a specialist on a day (UTC): sums, of nobody in particular."""

    EVENTS = ("seen", "requests", "held")

    specialist = models.ForeignKey(Specialist, on_delete=models.CASCADE, related_name="daily_sums")
    day = models.DateField()
    seen = models.PositiveIntegerField(_("profile seen"), default=0)
    requests = models.PositiveIntegerField(_("requests"), default=0)
    held = models.PositiveIntegerField(_("consultations held"), default=0)

    class Meta:
        verbose_name = _("sum of a day")
        verbose_name_plural = _("sums of days")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["specialist", "day"], name="one_sum_a_day")]

    def __str__(self) -> str:
        return f"{self.specialist_id} {self.day}"

    def as_told(self) -> dict[str, Any]:
        """Give the sums as plain values."""
        return {"day": self.day.isoformat(), **{event: getattr(self, event) for event in self.EVENTS}}
