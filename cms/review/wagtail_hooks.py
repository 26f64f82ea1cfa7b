"""Where review meets the admin."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views.home import (
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.articles.models import Article
from cms.pictures.models import Picture
from cms.review.panels import DashboardPanel
from cms.review.pictures import hidden_from
from cms.review.waiting import SENT_BACK, sent_back

SAID_BY_OURS = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel, RecentEditsPanel)


@hooks.register("construct_page_chooser_queryset")
def offer_only_what_may_be_found(pages: Any, request: HttpRequest) -> Any:
    """Leave out of the choosers what is still only its writer's."""
    listed = Page.objects.filter(policy_registry.get_by_type(Page).listed_for(request.user))
    return pages.filter(pk__in=listed.order_by().values("pk"))


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def share_at_once(request: HttpRequest, page: Any) -> None:
    """Let a draft's being shared hold from now on: it is no part of what its revisions say."""
    if isinstance(page, Article):
        Article.objects.filter(pk=page.pk).exclude(shared=page.shared).update(shared=page.shared)


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def say_why_it_came_back(request: HttpRequest, thing: Any) -> None:
    """Show whoever opens what was sent back the words that came with it, and how it is handed in again."""
    if request.method != "GET" or "text/html" not in request.headers.get("accept", ""):
        return  # the form's own scripts, which show no messages
    state = getattr(thing, "current_workflow_state", None)
    if state is None or state.status != SENT_BACK:
        return
    again = _("Change it, then choose “Resubmit” in the menu beside “Save draft”.")
    messages.warning(request, f"{sent_back(state.current_task_state)} {again}")


@hooks.register("construct_homepage_panels")
def show_what_is_to_be_done(request: HttpRequest, panels: list[Any]) -> None:
    """Put our lists in place of those of Wagtail's that say the same in part; whatever else there is stays."""
    panels[:] = [DashboardPanel(), *(panel for panel in panels if not isinstance(panel, SAID_BY_OURS))]


class SeenPictures(ImagesAdminAPIViewSet):
    """The admin's own list of pictures, for programs, without those of drafts that are kept from who asks."""

    def get_queryset(self) -> Any:
        return super().get_queryset().exclude(pk__in=hidden_from(self.request.user))


@hooks.register("construct_admin_api", order=10)
def replace_the_list_of_pictures(router: Any) -> None:
    """Stand in place of Wagtail's own, which shows every picture to everybody who may enter the admin."""
    assert SeenPictures.model is Picture
    router.register_endpoint("images", SeenPictures)
