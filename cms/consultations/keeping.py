"""Time that is kept: each quarter of an hour of a specialist's for one consultation, by the database's constraint."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from cms.consultations.meetings import OPEN, Consultation, Hold, State
from cms.consultations.practices import Practice
from cms.consultations.refusals import TimeTaken
from cms.consultations.times import Taken, free, quarters
from cms.publishing.turns import in_turn

# How many other times are named where one is taken.
OTHERS = 12
# Somebody who was met on Monday has had a place in that week until it is over.
A_WEEK = timedelta(days=8)


@contextmanager
def locked(practice_id: int) -> Iterator[Practice]:
    """Open a transaction in which nobody else gives or takes a specialist's time. Raises ``Practice.DoesNotExist``.

    That nothing is given twice does not rest on it, but on the constraint; it makes those who come second hear why.
    """
    with in_turn(), transaction.atomic():
        rows = Practice.objects.select_for_update(of=("self",)).select_related("specialist__user")
        yield rows.get(pk=practice_id)


def taken(practice: Practice, now: datetime, without: Consultation | None = None) -> list[Taken]:
    """Give what is taken of a specialist's time, but for what one consultation has."""
    others = Consultation.objects.filter(specialist=practice.specialist_id, last_at__gte=now - A_WEEK)
    others = others.filter(Q(state__in=OPEN) | Q(state__in=(State.HELD, State.MISSED)))
    kept: dict[object, set[datetime]] = defaultdict(set)
    holds = Hold.objects.filter(practice=practice)
    if without is not None:
        others = others.exclude(pk=without.pk)
        holds = holds.exclude(consultation=without.pk)
    for consultation_id, quarter in holds.values_list("consultation_id", "quarter"):
        kept[consultation_id].add(quarter)
    found = []
    for one in others.only("times", "starts_at", "state", "last_at"):
        for number, moment in enumerate(one.moments):
            found.append(Taken(moment, one.pk, frozenset(kept[one.pk]) if number == 0 else frozenset()))
    return found


def free_times(
    practice: Practice, now: datetime | None = None, most: int | None = None, without: Consultation | None = None
) -> list[datetime]:
    """Give the times that can be asked for now, in order; none while nothing is offered."""
    now = now or timezone.now()
    if not practice.takes_requests(now):
        return []
    return list(islice(free(practice.times, taken(practice, now, without), now), most))


def keep(practice: Practice, consultation: Consultation) -> None:
    """Keep the time of all moments of a consultation, and no more, for it. Raises :class:`TimeTaken`."""
    times = practice.times
    wanted = {
        moment: quarters(moment, times.before, times.after)
        for moment in (consultation.moments if consultation.is_open else [])
    }
    try:
        with transaction.atomic():
            Hold.objects.filter(consultation=consultation).delete()
            every = sorted(frozenset().union(*wanted.values())) if wanted else []
            Hold.objects.bulk_create(
                Hold(practice=practice, consultation=consultation, quarter=quarter) for quarter in every
            )
    except IntegrityError:
        raise TimeTaken(touched(practice, consultation, wanted), free_times(practice, most=OTHERS)) from None


def touched(
    practice: Practice, consultation: Consultation, wanted: dict[datetime, frozenset[datetime]]
) -> Sequence[datetime]:
    """Give those of some moments that touch what is kept for others."""
    others = Hold.objects.filter(practice=practice).exclude(consultation=consultation)
    kept = set(others.values_list("quarter", flat=True))
    return [moment for moment, needed in wanted.items() if not kept.isdisjoint(needed)]
