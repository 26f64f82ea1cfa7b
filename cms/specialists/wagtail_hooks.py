"""Specialists and campaigns in the admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList, PublishingPanel, TabbedInterface
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.models import register_snippet

from cms.publishing.viewsets import PublishedViewSet
from cms.specialists.models import Campaign, Step
from cms.specialists.panels import StandingsPanel
from cms.specialists.turns import may_verify


class DeskMenuItem(MenuItem):
    """Shown to whoever may verify."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_verify(request.user)


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> MenuItem:
    return DeskMenuItem(_("Specialists"), reverse("specialists_desk:index"), icon_name="user", order=260)


@hooks.register("register_admin_urls")
def addresses() -> list[URLResolver]:
    """Give the addresses of the desk."""
    return [path("specialists/", include("cms.specialists.desk_urls"))]


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """Offer what concerns specialists where groups are set up."""
    return Permission.objects.filter(
        content_type__app_label="specialists", codename__in=["verify_specialist", "see_evidence"]
    )


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what is logged of profiles."""
    for action in Step.Action:
        actions.register_action(f"specialists.{action.value}", action.label, action.label)
    actions.register_action("specialists.offer", _("Free consultation"), _("Said whether a consultation is offered"))


class CampaignViewSet(PublishedViewSet):
    """Days on which some of those who offer a free first consultation stand first."""

    model = Campaign
    icon = "date"
    menu_label = _("Campaigns")
    menu_order = 225
    list_display = ["name", "starts_on", "ends_on", "cap", UpdatedAtColumn()]
    list_filter = ["live", "starts_on"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    HelpPanel(
                        _(
                            "Who stands first is drawn anew each day among all who offer a free first consultation. "
                            "Nobody can be put there by hand."
                        )
                    ),
                    FieldPanel("name"),
                    FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on"), FieldPanel("cap")]),
                ],
                heading=_("Campaign"),
            ),
            ObjectList([StandingsPanel(heading=_("Who stood first"))], heading=_("Record")),
            ObjectList([PublishingPanel()], heading=_("Publishing")),
        ]
    )


register_snippet(CampaignViewSet)
