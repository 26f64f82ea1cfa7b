"""What time does to the library, once a minute: what begins, what ends, what a lost task left behind."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from api.library import dependents
from api.library.models import Entry
from api.library.services import UNREAD, bury, publish_entry
from api.library.sources import source_of
from cms.publishing.rules import NotReady
from cms.publishing.services import fresh, one_writer

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Swept:
    """How much a sweep did."""

    ended: int = 0
    refreshed: int = 0

    def __str__(self) -> str:
        return f"{self.ended} ended, {self.refreshed} built again"


def sweep(moment: datetime | None = None) -> Swept:
    """Bury what has ended, and build again what is marked or names something that has ended.

    Tombstones need no sweeping: their data went when they were made. After 180 days the feed no longer tells
    them (a cursor that has not heard of one is refused); the row stays, so that its address still answers 410.
    """
    moment = moment or timezone.now()
    ended = bury_ended(moment)
    dependents.mark(Q(deleted=False, good_until__lte=moment))
    return Swept(ended, dependents.drain())


def bury_ended(moment: datetime) -> int:
    """Turn every entry past its end into a tombstone, 20 to a transaction; give how many.

    One that cannot be buried is logged, and does not hold up the others.
    """
    over = Entry.objects.filter(deleted=False, ends_at__lte=moment).order_by("ends_at", "pk")
    keys = list(over.values_list("pk", flat=True))
    buried = 0
    for first in range(0, len(keys), dependents.BATCH):
        with one_writer():
            batch = over.filter(pk__in=keys[first : first + dependents.BATCH])
            buried += sum(_end(entry, moment) for entry in batch.select_related("source_type").defer(*UNREAD))
    return buried


def _end(entry: Entry, moment: datetime) -> bool:
    """Bury what has ended, or publish it anew where its source meanwhile lasts longer."""
    try:
        with transaction.atomic():
            source = source_of(entry)
            if source is None:
                bury(entry)
            else:
                publish_entry(source, moment)
    except Exception:
        logger.exception("entry %s has ended and could not be buried", entry.pk)
        return False
    return True


def publish_scheduled(moment: datetime | None = None) -> int:
    """Unpublish what has expired and publish what is due, each in a transaction of its own; give how many.

    Wagtail's command of that name does the same with no transaction at all. One thing that cannot be published
    does not hold up the others: it is logged, and tried again the next time, or taken off its schedule where
    it lacks something that only an editor can give it.
    """
    moment = moment or timezone.now()
    expired = [
        (model, key)
        for model in _scheduled_models()
        for key in model._default_manager.filter(live=True, expire_at__lt=moment)
        .order_by("expire_at")
        .values_list("pk", flat=True)
    ]
    due = Revision.objects.filter(approved_go_live_at__lt=moment).order_by("approved_go_live_at", "pk")
    done = sum(_attempted(_unpublish, model, key, moment) for model, key in expired)
    return done + sum(_attempted(_publish, key, moment) for key in list(due.values_list("pk", flat=True)))


def _scheduled_models() -> list[Any]:
    return [Page] + [
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]


def _attempted(do: Any, *arguments: Any) -> bool:
    try:
        try:
            with one_writer():
                return bool(do(*arguments))
        except NotReady as lacking:
            _take_off_schedule(lacking, *arguments)
            return False
    except Exception:
        logger.exception("could not be published or unpublished on its schedule: %s", arguments)
        return False


def _take_off_schedule(lacking: NotReady, key: int, moment: datetime) -> None:
    with one_writer():
        Revision.objects.filter(pk=key, approved_go_live_at__lt=moment).update(approved_go_live_at=None)
    logger.warning("“%s” was due and is not published, nor scheduled any more: %s", lacking.thing, lacking)


def _unpublish(model: Any, key: int, moment: datetime) -> bool:
    thing = model._default_manager.filter(pk=key, live=True, expire_at__lt=moment).first()
    if thing is None:
        return False
    thing = fresh(thing.specific) if isinstance(thing, Page) else thing
    thing.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _publish(key: int, moment: datetime) -> bool:
    revision = Revision.objects.filter(pk=key, approved_go_live_at__lt=moment).first()
    if revision is None:
        return False
    revision.publish(log_action="wagtail.publish.scheduled")
    return True
