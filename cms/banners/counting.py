"""Counting how often banners were shown and followed, and specialists' profiles seen, without knowing by whom.

A telephone adds up by itself and sends sums: banner, place, day, how many. No account, cookie, address or identifier of
a person or a telephone comes with them, and none is kept. A batch has a random number of its own, so that one whose
answer was lost can be sent again without being counted twice.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cms.banners.models import Banner, BannerCount, CountedBatch
from cms.consultations import sums as of_profiles

SHOWN, FOLLOWED = EVENTS = ("shown", "followed")
# Where no banner was shown, but a specialist's profile: its public id stands in the banner's place.
PROFILE = "profile"
MOST_ENTRIES = 100  # in a batch
MOST_IN_ENTRY = 50
TAKEN_FOR = timedelta(days=30)  # after its day a count is still taken in, from a telephone that was away
AHEAD = timedelta(days=1)  # a telephone's clock may be beyond midnight already
# A batch that was forgotten can only bring days that are not taken in any more.
BATCHES_KEPT_FOR = TAKEN_FOR + AHEAD + timedelta(days=2)
KEPT_FOR = timedelta(days=400)  # a year can be compared with the one before


class Counted(NamedTuple):
    """So often something happened with a banner (its public id) in one place on one day, or with a profile."""

    banner: UUID
    placement: str
    event: str
    day: date
    times: int


def today() -> date:
    """Give the day it is, in UTC, as telephones count."""
    return timezone.now().date()


def is_taken(day: date) -> bool:
    """Say whether counts of a day are taken in today."""
    return today() - TAKEN_FOR <= day <= today() + AHEAD


def record(batch: UUID, counted: Iterable[Counted]) -> bool:
    """Add a batch, all of it or nothing; False where it was added before.

    Banners that are not there any more are passed over. This is no content: nobody waits for the ledger.
    """
    sums: dict[tuple[int, str, date], dict[str, int]] = defaultdict(lambda: dict.fromkeys(EVENTS, 0))
    with transaction.atomic():
        if not CountedBatch.objects.get_or_create(pk=batch, defaults={"received_on": today()})[1]:
            return False
        everything = list(counted)
        entries = [entry for entry in everything if entry.placement != PROFILE]
        of_profiles.add_seen((one.banner, one.day, one.times) for one in everything if one.placement == PROFILE)
        keys = dict(
            Banner.objects.filter(public_id__in={entry.banner for entry in entries}).values_list("public_id", "pk")
        )
        for entry in entries:
            if entry.banner in keys:
                sums[keys[entry.banner], entry.placement, entry.day][entry.event] += entry.times
        # Always in the same order, so that two batches at once wait for each other and never both.
        ordered = sorted(sums.items())
        rows = [BannerCount(banner_id=banner, placement=place, day=day) for (banner, place, day), _ in ordered]
        BannerCount.objects.bulk_create(rows, ignore_conflicts=True)
        for (banner, placement, day), more in ordered:
            found = BannerCount.objects.filter(banner_id=banner, placement=placement, day=day)
            found.update(shown=F("shown") + more[SHOWN], followed=F("followed") + more[FOLLOWED])
    return True


def sweep() -> int:
    """Forget counts and batches that are kept no longer, and give how many rows went."""
    old = BannerCount.objects.filter(day__lt=today() - KEPT_FOR).delete()[0]
    return old + CountedBatch.objects.filter(received_on__lt=today() - BATCHES_KEPT_FOR).delete()[0]
