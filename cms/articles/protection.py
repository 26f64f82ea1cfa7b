"""What an article uses cannot be deleted from under it, whichever way somebody tries."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.articles.snippet_uses import snippet_uses_of
from cms.articles.uses import USES, Use, uses_of

NAMED = 5  # so many pages are named in a message; the rest is counted


class StillUsed(ProtectedError):
    """Something cannot be deleted while pages, or drafts of them, use it."""


def why_not_deleted(things: Iterable[Any]) -> list[str]:
    """Give a sentence for each thing that is used, naming the pages, banners and people that use it."""
    by_model: dict[type[models.Model], list[Any]] = {}
    for thing in things:
        if type(thing) in USES:
            by_model.setdefault(type(thing), []).append(thing)
    reasons = []
    for model, group in by_model.items():
        keys = [thing.pk for thing in group]
        on_pages, in_snippets = uses_of(model, keys), snippet_uses_of(model, keys)
        for thing in group:
            if uses := [*on_pages.get(thing.pk, []), *in_snippets.get(thing.pk, [])]:
                reasons.append(reason(thing, uses))
    return reasons


def reason(thing: Any, uses: list[Use]) -> str:
    """Say why one thing stays: “Care” is used by “On care” and “Rest” (draft). Take it out there first."""
    return _("“%(thing)s” cannot be deleted: it is used by %(pages)s. Take it out there first.") % {
        "thing": thing,
        "pages": named(uses),
    }


def named(uses: list[Use]) -> str:
    """Name pages in one line: the first five, then how many more."""
    titles = [
        (_("“%(title)s”") if use.live else _("“%(title)s” (draft)")) % {"title": use.title} for use in uses[:NAMED]
    ]
    if (more := len(uses) - NAMED) > 0:
        titles.append(ngettext("%(count)d more page", "%(count)d more pages", more) % {"count": more})
    return titles[0] if len(titles) == 1 else _(" and ").join([", ".join(titles[:-1]), titles[-1]])


def keep_what_is_used(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Stop a deletion that got past the admin: a command, a shell, a query in bulk. Raises :class:`StillUsed`."""
    if reasons := why_not_deleted([instance]):
        raise StillUsed(" ".join(reasons), {instance})


def protect() -> None:
    """Connect the protection to everything articles can use."""
    for model in USES:
        pre_delete.connect(keep_what_is_used, sender=model, dispatch_uid=f"keep-used-{model._meta.label_lower}")
