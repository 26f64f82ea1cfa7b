"""What the clock does to consultations: reminders, each sent once, and requests that end by themselves."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from cms.consultations import letters, sums, telling
from cms.consultations.meetings import KEPT, UNTOLD, WAITING, WORDS_KEPT, Consultation, Hold, Side, State

A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)


def sweep(now: datetime | None = None) -> dict[str, int]:
    """Do all that is due; give how much of each there was."""
    now = now or timezone.now()
    return {
        "reminders": remind(now),
        "lapsed": lapse(now),
        "times": telling.tell_all(now),
        "forgotten": forget(now) + sums.forget_old(),
    }


def remind(now: datetime) -> int:
    """Remind both sides a day and an hour before, of what was agreed longer before than that; give how many letters."""
    sent = 0
    for field, ahead, until in (("reminded_day_at", A_DAY, AN_HOUR), ("reminded_hour_at", AN_HOUR, timedelta(0))):
        due = Consultation.objects.filter(
            state=State.ACCEPTED,
            starts_at__gt=now + until,
            starts_at__lte=now + ahead,
            agreed_at__lte=F("starts_at") - ahead,
            **{field: None},
        )
        for key in list(due.values_list("pk", flat=True)):
            with transaction.atomic():
                # Whoever notes it down sends it: of two schedulers at once one finds nothing to note.
                if not due.filter(pk=key).update(**{field: now}):
                    continue
                found = Consultation.objects.with_both().get(pk=key)
                for side in Side:
                    letters.reminder(found, side, is_tomorrow=ahead == A_DAY)
                    sent += 1
    return sent


def lapse(now: datetime) -> int:
    """End the requests whose times have all passed, and meetings of which nobody said how they went; give how many."""
    waiting = Q(state__in=WAITING, last_at__lte=now)
    untold = Q(state=State.ACCEPTED, starts_at__lte=now - UNTOLD)
    ended = 0
    for found in Consultation.objects.with_both().filter(waiting | untold):
        with transaction.atomic():
            mine = Consultation.objects.filter(pk=found.pk, state=found.state).filter(waiting | untold)
            if not mine.update(state=State.LAPSED, closed_at=now):
                continue
            Hold.objects.filter(consultation=found).delete()
            if found.state in WAITING:
                letters.lapsed(found)
            ended += 1
    return ended


def forget(now: datetime) -> int:
    """Take away words that are kept no longer, and then the consultations themselves; give how many rows it touched.

    That two have met is kept as long as both are here where there is one free consultation of two: it rests on it.
    """
    ended = Consultation.objects.filter(closed_at__isnull=False)
    # What is sealed cannot be looked up, so that it is empty is noted beside it.
    silent = ended.filter(closed_at__lte=now - WORDS_KEPT, silent_at=None)
    touched = silent.update(name="", note="", silent_at=now)
    old = ended.filter(closed_at__lte=now - KEPT).exclude(state=State.HELD, once=True, specialist__isnull=False)
    return touched + old.delete()[1].get("consultations.Consultation", 0)
