"""Ways in the admin to the team's desk: the menu, and how much waits there on the first page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms.correspondence.models import Thread
from cms.correspondence.reporting import DECIDE, open_reports_for
from cms.correspondence.team import ANSWER


class Entrusted(MenuItem):
    """A way that only those see to whom something was entrusted."""

    def __init__(self, permission: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_urls")
def addresses() -> list[URLResolver]:
    """Give the addresses of the desk."""
    return [path("correspondence/", include("cms.correspondence.urls"))]


@hooks.register("register_admin_menu_item")
def lead_to_letters() -> MenuItem:
    """Give the way to what readers wrote to the team."""
    return Entrusted(
        ANSWER,
        _("Letters to the team"),
        reverse("correspondence:letters"),
        name="letters",
        icon_name="mail",
        order=95,
    )


@hooks.register("register_admin_menu_item")
def lead_to_reports() -> MenuItem:
    """Give the way to what was reported."""
    return Entrusted(
        DECIDE,
        _("Reported messages"),
        reverse("correspondence:reports"),
        name="reported-messages",
        icon_name="warning",
        order=96,
    )


@hooks.register("insert_global_admin_css")
def desk_styles() -> SafeString:
    """Give the look of letters and reports."""
    return format_html('<link rel="stylesheet" href="{}">', static("respite-admin/letters.css"))


class WaitingPanel(Component):
    """How many letters and reports wait, for those who may see to them; nothing where none do."""

    name = "letters"
    template_name = "correspondence/waiting_panel.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        return {
            "heading": _("Waiting for the team"),
            "letters": Thread.objects.waiting().count() if user.has_perm(ANSWER) else 0,
            "reports": open_reports_for(user).count() if user.has_perm(DECIDE) else 0,
        }


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Any]) -> None:
    """Show it on the first page of the admin, before what can wait longer."""
    panels.append(WaitingPanel())
