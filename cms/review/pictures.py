"""Which pictures of somebody else a member of the team may see: not those that only a draft kept from them shows."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import policy_registry

from cms.articles.models import Article
from cms.articles.uses import said_in_drafts, uses_of
from cms.pictures.models import Picture
from cms.specialists.models import MAY_VERIFY, PHOTOS

KEPT = "_respite_pictures_hidden"  # asked for once in a request


class PicturePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's own permissions on pictures, less what is still only in somebody's draft."""

    def __init__(self) -> None:
        super().__init__(Picture, auth_model="wagtailimages.Image", owner_field_name="uploaded_by_user")

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        pictures: Any = super().instances_user_has_any_permission_for(user, actions)
        return pictures.exclude(pk__in=hidden_from(user))

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Picture) -> bool:
        allowed = bool(super().user_has_any_permission_for_instance(user, actions, instance))
        return allowed and instance.pk not in hidden_from(user)


def hidden_from(user: Any) -> set[int]:
    """Give the pictures that are not for a user: in drafts that they may not open, and photos of specialists."""
    kept: set[int] | None = getattr(user, KEPT, None)
    if kept is None:
        kept = _hidden_from(user)
        setattr(user, KEPT, kept)
    return kept


def _hidden_from(user: Any) -> set[int]:
    return _photos_hidden_from(user) | _in_drafts_hidden_from(user)


def _photos_hidden_from(user: Any) -> set[int]:
    """Give the photos of specialists, which are theirs and no pictures to choose from, but for who verifies them."""
    if user.has_perm(MAY_VERIFY):
        return set()
    photos = Picture.objects.filter(collection__name=PHOTOS).exclude(uploaded_by_user=user)
    return set(photos.values_list("pk", flat=True))


def _in_drafts_hidden_from(user: Any) -> set[int]:
    policy = policy_registry.get_by_type(Page)
    if policy.sees_everything(user):
        return set()
    opened = set(Page.objects.filter(policy.open_to(user)).order_by().values_list("pk", flat=True))
    closed = Article.objects.filter(live=False, image__isnull=False).exclude(pk__in=opened).order_by()
    suspects = set(closed.values_list("image_id", flat=True))
    drafts = said_in_drafts(Picture)
    suspects |= {picture for picture, page in drafts if page not in opened}
    if not suspects:
        return set()
    seen = {
        picture
        for picture, uses in uses_of(Picture, suspects, drafts).items()
        if any(use.live or use.page_id in opened for use in uses)
    }
    own = Picture.objects.filter(Q(uploaded_by_user=user), pk__in=suspects).values_list("pk", flat=True)
    return suspects - seen - set(own)
