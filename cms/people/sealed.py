"""A column whose text lies sealed in the database."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldError
from django.db import models, transaction

from cms.people.sealing import seal, unseal


class SealedTextField(models.TextField):
    """What a person has written for few eyes: sealed on its way into the database, opened on its way out.

    The same text is never sealed the same way twice, so nothing can be looked up by it. An empty text stays empty.
    Reading raises :class:`cms.people.sealing.CannotOpen` where none of the keys has sealed it.
    """

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return unseal(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return seal(text) if text else text

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is sealed: nothing can be looked up by it.")


# What else seals something, such as files: each gives how many there were.
_others: list[Callable[[], int]] = []


def also_reseals(reseal: Callable[[], int]) -> Callable[[], int]:
    """Register a function that seals anew what lies sealed anywhere but in columns."""
    _others.append(reseal)
    return reseal


def reseal_columns() -> int:
    """Seal every column of every table anew with the first key, and all else; give how many things there were."""
    columns = sum(reseal_table(model) for model in apps.get_models() if sealed_fields(model))
    return columns + sum(reseal() for reseal in _others)


def sealed_fields(model: type[models.Model]) -> list[SealedTextField]:
    """Give those of a model's own columns that are sealed."""
    return [field for field in model._meta.local_concrete_fields if isinstance(field, SealedTextField)]


def reseal_table(model: type[models.Model]) -> int:
    """Seal one table anew, a row at a time, so that nobody waits for the whole of it; give how many rows there were."""
    names = [field.name for field in sealed_fields(model)]
    keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        with transaction.atomic():
            row = model._base_manager.select_for_update().filter(pk=key).only(*names).first()
            if row is not None:
                row.save(update_fields=names)
    return len(keys)
