"""What consultations tell those who build on them, and what they hear of."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import Signal, receiver

from cms.specialists.models import Specialist

# Sent with ``sender=Practice, practice=…`` within the writer's turn in which readers are told of other times.
times_told = Signal()


@receiver(pre_delete, sender=Specialist)
def specialist_goes(instance: Specialist, **kwargs: Any) -> None:
    """Call off what is open with a specialist who goes, so that readers are told."""
    from cms.consultations.services import end_open

    end_open(specialist=instance)
