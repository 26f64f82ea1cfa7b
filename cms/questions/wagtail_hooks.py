"""Where questions stand in the admin."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.questions import desk
from cms.questions.services import may_moderate


class DeskMenuItem(MenuItem):
    """Shown to whoever moderates."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_moderate(request.user)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Give the addresses of the moderators' desk."""
    return [
        path("questions/", desk.waiting, name="questions_queue"),
        path("questions/<int:key>/", desk.read, name="questions_read"),
        path("questions/answers/<int:key>/", desk.read_answer, name="questions_read_answer"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> Any:
    """Give the way to the desk."""
    return DeskMenuItem(_("Questions"), reverse("questions_queue"), name="questions", icon_name="help", order=225)


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    """Give the look of the desk."""
    return format_html('<link rel="stylesheet" href="{}">', static("respite-admin/questions.css"))
