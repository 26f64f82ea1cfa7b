"""Which pages and pictures of somebody else a member of the team may see: a draft is its writer's until handed in.

| | own | shared | handed in | live | everything else |
|---|---|---|---|---|---|
| Writers | open | open | | listed | |
| Clinical reviewers | open | open | open | open | |
| Publishers | open | open | open | open | open |

To *open* a page is to edit, preview, compare or copy it, or to see its history and uses. A page that is *listed* stands
in the explorer and in choosers under the title that readers know. Whatever else there is does not exist for them.
Wagtail asks these policies everywhere but in a few views, which :mod:`cms.review.gate` guards.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet
from wagtail.models import Page, PagePermissionTester, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.articles.models import Article

KEPT = "_respite_pages_opened"  # asked for once in a request


class DraftPolicy(PagePermissionPolicy):
    """Wagtail's own permissions on pages, less what is still only its writer's."""

    def sees_everything(self, user: Any) -> bool:
        """Say whether no draft is kept from a user: from who publishes, and from administrators."""
        return bool(user.is_active and (user.is_superuser or self.user_has_permission(user, "publish")))

    def _reviews(self, user: Any) -> bool:
        return any(given.permission.codename == "change_page" for given in self.get_cached_permissions_for_user(user))

    def open_to(self, user: Any) -> Q:
        """Give the condition for the pages that a user may open."""
        if self.sees_everything(user):
            return Q()
        if not user.is_active or not self.get_cached_permissions_for_user(user):
            return Q(pk__in=[])
        pages = Q(owner=user) | Q(pk__in=_opened_besides(user, self._reviews(user)))
        return pages | Q(live=True) if self._reviews(user) else pages

    def listed_for(self, user: Any) -> Q:
        """Give the condition for the pages that a user may find; a new title of a live page is not given away."""
        if self.sees_everything(user):
            return Q()  # which is not "or everything": an empty condition beside another one is none
        if not self.get_cached_permissions_for_user(user):
            return Q(pk__in=[])
        return self.open_to(user) | Q(live=True) & (Q(draft_title=F("title")) | Q(numchild__gt=0))

    def opens(self, user: Any, page: Page) -> bool:
        """Say whether a user may open a page."""
        if self.sees_everything(user):
            return True
        if not user.is_active or not self.get_cached_permissions_for_user(user):
            return False
        reviews = self._reviews(user)
        return page.owner_id == user.pk or (reviews and page.live) or page.pk in _opened_besides(user, reviews)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        pages: Any = super().instances_user_has_any_permission_for(user, actions)
        if self.sees_everything(user):
            return pages
        if "change" in actions:
            pages |= self.model._default_manager.filter(pk__in=_opened_besides(user, self._reviews(user)))
        return pages.filter(self.listed_for(user) if "add" in actions else self.open_to(user))

    def explorable_instances(self, user: Any) -> QuerySet:
        pages: Any = super().explorable_instances(user)
        if self.sees_everything(user):
            return pages
        # Within a query of its own: a search accepts conditions on nothing but what its index has.
        return self.model._default_manager.filter(pk__in=pages.filter(self.listed_for(user) | Q(depth=1)).values("pk"))

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Page) -> bool:
        if not self.opens(user, instance) and set(actions) != {"add"}:
            return False
        shared = "change" in actions and instance.pk in _opened_besides(user, self._reviews(user))
        return shared or bool(super().user_has_any_permission_for_instance(user, actions, instance))

    def tester(self, user: Any, page: Page) -> "DraftPermissionTester":
        """Give what a user may do with a page."""
        return DraftPermissionTester(user, page)


class DraftPermissionTester(PagePermissionTester):
    """What a user may do with one page: nothing with what they may not open, and delete only what is theirs."""

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        if user.is_active and not user.is_superuser:
            if not self.can_open():
                self.permissions.discard("change")
            elif "add" in self.permissions:
                self.permissions.add("change")

    def can_open(self) -> bool:
        """Say whether the user may look inside: edit, preview, compare, copy, see history and uses."""
        return self.permission_policy.opens(self.user, self.page)

    def can_view_revisions(self) -> bool:
        return super().can_view_revisions() and self.can_open()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        allowed = bool(super().can_delete(ignore_bulk))
        if not allowed or self.permission_policy.sees_everything(self.user):
            return allowed
        return not self.page.get_descendants(inclusive=True).exclude(live=False, owner=self.user).exists()


def _opened_besides(user: Any, reviews: bool) -> set[int]:
    """Give the pages that are open to a user who neither owns nor publishes them: shared, or handed in for review."""
    kept: set[int] | None = getattr(user, KEPT, None)
    if kept is None:
        kept = set(Article.objects.filter(shared=True).order_by().values_list("pk", flat=True))
        if reviews:
            handed_in = WorkflowState.objects.filter(
                status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES),
                base_content_type__app_label="wagtailcore",
            )
            kept |= {int(key) for key in handed_in.values_list("object_id", flat=True)}
        setattr(user, KEPT, kept)
    return kept
