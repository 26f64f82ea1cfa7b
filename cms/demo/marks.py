"""Marks what the demonstration makes, and finds it again by its key."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models

from cms.demo.models import DemoObject

M = TypeVar("M", bound=models.Model)


def mark(key: str, thing: models.Model) -> None:
    """Note that the demonstration made this thing; a mark left over from a deleted one is replaced."""
    DemoObject.objects.update_or_create(
        key=key, defaults={"content_type": ContentType.objects.get_for_model(thing), "object_id": thing.pk}
    )


def mark_all(things: Iterable[tuple[str, models.Model]]) -> None:
    """Mark many new things at once. None of their keys may be in use."""
    DemoObject.objects.bulk_create(
        DemoObject(key=key, content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)
        for key, thing in things
    )


def find(model: type[M], key: str) -> M | None:
    """Give the thing that was marked with this key, or nothing if there is none (any more)."""
    marked = DemoObject.objects.filter(key=key, content_type=ContentType.objects.get_for_model(model)).first()
    return None if marked is None else model._default_manager.filter(pk=marked.object_id).first()


def find_or_make(model: type[M], key: str, make: Callable[[], M]) -> tuple[M, bool]:
    """Give the thing with this key and whether it had to be made now."""
    found = find(model, key)
    if found is not None:
        return found, False
    made = make()
    mark(key, made)
    return made, True


def keys_of(model: type[models.Model], prefix: str) -> dict[str, int]:
    """Give the primary keys of marked things of one model by the part of their key after the prefix."""
    marked = DemoObject.objects.filter(
        content_type=ContentType.objects.get_for_model(model), key__startswith=prefix
    ).values_list("key", "object_id")
    living = set(model._default_manager.filter(pk__in=[pk for _key, pk in marked]).values_list("pk", flat=True))
    return {key.removeprefix(prefix): pk for key, pk in marked if pk in living}
