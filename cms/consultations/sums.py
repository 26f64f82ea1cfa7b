"""Counting what happens to a specialist: sums by day (UTC), of nobody in particular.

How often a profile was seen is counted as banners are (:mod:`cms.banners.counting`): telephones add up by themselves
and send sums, so these figures are a lower bound, and no evidence. Requests and consultations are counted where they
happen.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Sum
from django.utils import timezone

from cms.consultations.practices import DailySum
from cms.specialists.models import Specialist

KEPT_FOR = timedelta(days=400)  # a year can be compared with the one before
SHOWN_DAYS = 30


def count(specialist: Specialist, event: str) -> None:
    """Count that something happened today."""
    add(specialist.pk, timezone.now().date(), event, 1)


def add(specialist_id: int, day: date, event: str, times: int) -> None:
    """Add to the sum of a day."""
    DailySum.objects.bulk_create([DailySum(specialist_id=specialist_id, day=day)], ignore_conflicts=True)
    DailySum.objects.filter(specialist_id=specialist_id, day=day).update(**{event: F(event) + times})


def add_seen(counted: Iterable[tuple[UUID, date, int]]) -> None:
    """Add how often profiles (by their public ids) were seen; those that are not there any more are passed over."""
    entries = list(counted)
    keys = dict(Specialist.objects.filter(public_id__in={entry[0] for entry in entries}).values_list("public_id", "pk"))
    # Always in the same order, so that two batches at once wait for each other and never both.
    for public_id, day, times in sorted(entries):
        if public_id in keys:
            add(keys[public_id], day, "seen", times)


def totals(specialist: Specialist, days: int = SHOWN_DAYS) -> dict[str, Any]:
    """Give the sums of the last days, today included."""
    since = timezone.now().date() - timedelta(days=days - 1)
    rows = DailySum.objects.filter(specialist=specialist, day__gte=since)
    summed = rows.aggregate(**{event: Sum(event, default=0) for event in DailySum.EVENTS})
    return {"since": since.isoformat(), "days": days, **summed}


def forget_old() -> int:
    """Take away the sums that are kept no longer; give how many there were."""
    return DailySum.objects.filter(day__lt=timezone.now().date() - KEPT_FOR).delete()[0]
