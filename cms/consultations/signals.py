"""What consultations tell those who build on them, and what they hear of."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save, pre_delete
from django.dispatch import Signal, receiver

from cms.specialists.models import Specialist

# Sent with ``sender=Practice, practice=…`` within the writer's turn in which readers are told of other times.
times_told = Signal()


@receiver(post_save, sender=Specialist)
def specialist_saved(instance: Specialist, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """The same times on another clock are other times, and have to be told anew."""
    from cms.consultations.practices import Practice
    from cms.consultations.tasks import tell_times

    if update_fields is None or "time_zone" in update_fields:
        for key in Practice.objects.filter(specialist=instance).values_list("pk", flat=True):
            transaction.on_commit(partial(tell_times.enqueue, key))


@receiver(pre_delete, sender=Specialist)
def specialist_goes(instance: Specialist, **kwargs: Any) -> None:
    """Call off what is open with a specialist who goes, so that readers are told."""
    from cms.consultations.services import end_open

    end_open(specialist=instance)
