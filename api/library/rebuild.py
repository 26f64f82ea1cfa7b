"""Making the whole library agree with its sources: after a restore, a change of shape, or a difference found."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType

from api.library.check import damage_of
from api.library.dependents import BATCH
from api.library.models import Entry, FormerPath
from api.library.services import bury, publish_entry
from api.library.shape import SHAPE
from api.library.sources import KINDS, sources_of, type_of
from cms.publishing.services import ledger, one_writer

logger = logging.getLogger(__name__)

# Told (done, total, where one would go on) after each transaction.
Progress = Callable[[int, int, str], Any]


def rebuild(progress: Progress = lambda done, total, place: None, begin_at: str = "") -> int:
    """Build every entry again, 20 to a transaction; give how many sources and entries were looked at.

    Interrupted, it goes on from the place it last told: ``begin_at``, such as ``articles.article:120``.
    Raises ValueError for a place that is none.
    """
    mend_ledger()
    steps = _steps_from(begin_at)
    total = sum(model._default_manager.filter(pk__gt=after).count() for model, after in steps)
    done = 0
    for model, after in steps:
        while batch := _build_batch(model, after):
            after, number = batch
            done += number
            progress(done, total, f"{model._meta.label_lower}:{after}")
    done += _bury_orphans()
    with one_writer():
        FormerPath.objects.filter(path__in=Entry.objects.existing().exclude(path=None).values("path")).delete()
    return done


def renew_shape() -> int:
    """Describe the library anew if any of it was described in another shape; give how many were looked at."""
    if not Entry.objects.existing().exclude(shape=SHAPE).exists():
        return 0
    done = rebuild()
    logger.info("The library was described anew, in shape %d", SHAPE)
    return done


def mend_ledger() -> None:
    """Set the counter beyond every revision there is, such as after a restore of some tables only."""
    with one_writer():
        highest = Entry.objects.order_by("-revision").values_list("revision", flat=True).first() or 0
        head = ledger()
        if head.revision < highest:
            head.revision = highest
            head.save(update_fields=["revision"])


def _steps_from(begin_at: str) -> list[tuple[type[Any], int]]:
    """Give the models to build in order, each with the key to begin after."""
    models: list[type[Any]] = list(KINDS)
    if not begin_at:
        return [(model, 0) for model in models]
    label, _, key = begin_at.partition(":")
    labels = [model._meta.label_lower for model in models]
    if label not in labels or not key.isdecimal():
        raise ValueError(f"{begin_at!r} is no place to begin; use one such as {labels[0]}:20")
    first = labels.index(label)
    return [(models[first], int(key)), *((model, 0) for model in models[first + 1 :])]


def _build_batch(model: type[Any], after: int) -> tuple[int, int] | None:
    """Build the next 20 of a model in one transaction; give the last key and how many, or None at the end."""
    with one_writer():
        sources = sources_of(model, after, BATCH)
        if not sources:
            return None
        keys = [source.pk for source in sources]
        entries = Entry.objects.filter(source_type_id=type_of(model).pk, source_id__in=keys)
        damaged = {entry.source_id for entry in entries if damage_of(entry)}
        for source in sources:
            publish_entry(source, force=source.pk in damaged)
        return keys[-1], len(keys)


def _bury_orphans() -> int:
    """Bury the entries whose source is no more; give how many."""
    buried = 0
    for content_type in ContentType.objects.filter(pk__in=Entry.objects.existing().values("source_type")):
        model: type[Any] | None = content_type.model_class()
        there = set(model._default_manager.values_list("pk", flat=True)) if model else set()
        of_type = Entry.objects.existing().filter(source_type=content_type)
        for key, source_id in list(of_type.values_list("pk", "source_id")):
            if source_id not in there:
                bury(Entry.objects.get(pk=key))
                buried += 1
    return buried
