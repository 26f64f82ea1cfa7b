"""Which banners and people use a topic, a picture or a page: as they stand, and as drafted or scheduled."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.functions import Cast
from wagtail.models import Page

from cms.articles.models import Topic
from cms.articles.uses import Use, pending_revisions
from cms.banners.models import Banner
from cms.people.models import Person
from cms.pictures.models import Picture
from cms.promotions.models import PromotedResult
from cms.references.models import Reference

# What is used, by which snippets, through which of their fields.
LINKS: list[tuple[type[models.Model], type[Any], str]] = [
    (Topic, Banner, "topics"),
    (Picture, Person, "photo"),
    (Person, Reference, "rated_by"),
    (Page, Banner, "call_to_action_page"),
    (Page, PromotedResult, "page"),
]


def snippet_uses_of(model: type[models.Model], ids: Iterable[int]) -> dict[int, list[Use]]:
    """Give the snippets that use each of some things, by the id of the thing. A use's id is the snippet's."""
    wanted = set(ids)
    uses: dict[int, list[Use]] = defaultdict(list)
    for used, user, field in LINKS:
        if used is not model:
            continue
        rows = user._default_manager.filter(**{f"{field}__in": wanted}).order_by().values_list(field, "pk")
        pairs = dict.fromkeys(rows, True)
        for pair in _in_drafts(user, field):
            pairs.setdefault(pair, False)
        users = user._default_manager.in_bulk({pk for thing, pk in pairs if thing in wanted})
        for (thing, pk), in_row in pairs.items():
            if thing in wanted and pk in users:
                uses[thing].append(Use(pk, str(users[pk]), in_row and users[pk].live))
    return {thing: sorted(found, key=lambda use: (use.title, use.page_id)) for thing, found in uses.items()}


def _in_drafts(user: type[Any], field: str) -> Iterable[tuple[int, int]]:
    """Give what revisions that may yet be published say under a field, and whose they are."""
    owner = Cast("object_id", models.BigIntegerField())
    for pk, said in pending_revisions(user).values_list(owner, f"content__{field}"):
        for thing in said if isinstance(said, list) else [said]:
            if thing:
                yield thing, pk
