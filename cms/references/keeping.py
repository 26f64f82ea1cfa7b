"""Keeps the rows that say which page cites which work: brought up to date whenever a page is saved."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save
from wagtail.models import Page, get_page_models

from cms.references.citing import works_cited_in
from cms.references.models import Citation, Reference


def keep() -> None:
    """Listen to the saving of every kind of page that is written in blocks."""
    for model in pages_with_body():
        post_save.connect(keep_citations, sender=model, dispatch_uid=f"citations-{model._meta.label_lower}")


def pages_with_body() -> list[type[Page]]:
    """Give the kinds of pages that are written in blocks."""
    return [model for model in get_page_models() if any(field.name == "body" for field in model._meta.get_fields())]


def keep_citations(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Make the rows of a page say what its body cites. What was deleted cannot have a row."""
    fields = kwargs.get("update_fields")
    if kwargs.get("raw") or (fields is not None and "body" not in fields):
        return
    cited = set(works_cited_in(instance.body))
    kept = set(Citation.objects.filter(page=instance.pk).values_list("reference_id", flat=True))
    if gone := kept - cited:
        Citation.objects.filter(page=instance.pk, reference__in=gone).delete()
    if new := cited - kept:
        there = Reference.objects.filter(pk__in=new).values_list("pk", flat=True)
        Citation.objects.bulk_create(Citation(page_id=instance.pk, reference_id=key) for key in there)
