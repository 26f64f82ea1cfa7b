"""How a specialist offers free first consultations: says their times, pauses, and takes them up again."""

from datetime import date
from typing import Any

from django.utils import timezone

from cms.consultations import telling
from cms.consultations.keeping import locked
from cms.consultations.practices import Practice
from cms.publishing.services import one_writer
from cms.specialists.models import Specialist
from cms.specialists.services import set_time_zone

# What one says about times and may be sent as a whole, in the API and on the page.
SAID = (
    "is_open",
    "is_paused",
    "paused_until",
    "weekly",
    "away",
    "extra",
    "minutes_before",
    "minutes_after",
    "notice_hours",
    "horizon_days",
    "capacity",
    "ways",
    "place",
    "connection",
    "more_than_once",
)


def practice_of(specialist: Specialist) -> Practice:
    """Give a specialist's practice, or one in which nothing is said yet and that is not stored."""
    found = Practice.objects.filter(specialist=specialist).first()
    practice = found or Practice(specialist=specialist, ways=[way for way in specialist.ways if way != "writing"])
    practice.specialist = specialist
    return practice


def say_times(specialist: Specialist, said: dict[str, Any], time_zone: str) -> Practice:
    """Store what a specialist says about times, all of it (:data:`SAID`), and tell readers in the same turn.

    What was agreed before stays as it is: nobody is put off by it.
    """
    with one_writer():
        practice = practice_of(specialist)
        if practice._state.adding:
            practice.save()
        with locked(practice.pk) as current:
            for name in SAID:
                setattr(current, name, said[name])
            if current.is_paused and current.paused_until and current.paused_until <= timezone.now().date():
                current.is_paused, current.paused_until = False, None
            # The same times on another clock are other times, and have to be told again.
            current.told_at = None
            current.save()
        set_time_zone(specialist.user, time_zone)
        telling.tell(practice.pk)
        return Practice.objects.select_related("specialist").get(pk=practice.pk)


def pause(specialist: Specialist, until: date | None = None) -> None:
    """Offer nothing for now, or until a day. What was asked for and agreed stays."""
    _set(specialist, is_paused=True, paused_until=until)


def go_on(specialist: Specialist) -> None:
    """End a pause."""
    _set(specialist, is_paused=False, paused_until=None)


def _set(specialist: Specialist, **fields: Any) -> None:
    with one_writer():
        Practice.objects.filter(specialist=specialist).update(**fields)
        for key in Practice.objects.filter(specialist=specialist).values_list("pk", flat=True):
            telling.tell(key)
