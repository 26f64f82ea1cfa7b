"""What readers are told of a specialist's coming free times: that they are offered, and when.

It stands in the specialist's entry of the library, on every phone, so it is told anew when something was taken or came
free, and else only a few times a day as time passes: whoever asks for what is gone hears of others from the server.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from cms.consultations.keeping import free_times
from cms.consultations.practices import Practice
from cms.consultations.signals import times_told
from cms.consultations.times import MOST_OFFERED
from cms.publishing.services import one_writer
from cms.specialists.services import offer_consultations

# Merely because time passes, times are told anew no more often than this.
STEADY = timedelta(hours=6)


def tell(practice_id: int, now: datetime | None = None) -> bool:
    """Bring what readers are told up to date; give whether it was something else before."""
    with one_writer():
        practice = Practice.objects.select_related("specialist__user").filter(pk=practice_id).first()
        if practice is None:
            return False
        now = now or timezone.now()
        specialist, offers, times = practice.specialist, practice.takes_requests(now), offered(practice, now)
        if offers == specialist.offers_consultation and times == practice.told and practice.told_at:
            return False
        practice.told, practice.told_at = times, now
        practice.save(update_fields=["told", "told_at"])
        offer_consultations(specialist.user, offers)
        times_told.send(sender=Practice, practice=practice)
        return True


def tell_all(now: datetime | None = None) -> int:
    """Tell anew what time has changed: a pause that has ended, what has come near or has passed; give how many."""
    now = now or timezone.now()
    told = 0
    for practice in Practice.objects.select_related("specialist").filter(is_open=True):
        is_other = practice.takes_requests(now) != practice.specialist.offers_consultation
        is_old = practice.told_at is None or now - practice.told_at >= STEADY
        if is_other or (is_old and practice.told != offered(practice, now)):
            told += tell(practice.pk, now)
    return told


def offered(practice: Practice, now: datetime) -> list[str]:
    """Give the coming free times as readers are told of them."""
    return [moment.isoformat() for moment in free_times(practice, now, MOST_OFFERED)]
