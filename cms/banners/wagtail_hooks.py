"""Consultation banners in the admin."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSetGroup

from cms.banners.advice import advice_on
from cms.banners.calendar import CalendarView
from cms.banners.models import Banner
from cms.banners.panels import BANNER
from cms.banners.report import ReportView
from cms.publishing.viewsets import PublishedViewSet


class BannerIndexView(IndexView):
    """The list of banners, with the ways to their calendar and their counts."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        viewset: Any = Banner.snippet_viewset
        return [
            *super().header_buttons,
            HeaderButton(
                _("Calendar"), url=reverse(viewset.get_url_name("calendar")), icon_name="calendar", priority=20
            ),
            HeaderButton(
                _("Shown and followed"), url=reverse(viewset.get_url_name("counts")), icon_name="view", priority=30
            ),
        ]


class BannerViewSet(PublishedViewSet):
    """What is said of the free first consultation, where, to whom and when."""

    model = Banner
    icon = "pick"
    menu_label = _("All banners")
    menu_order = 1
    add_to_admin_menu = False  # the group is in the menu
    list_display = ["name", "audience", "starts_at", "ends_at", "priority", UpdatedAtColumn()]
    list_filter = ["audience", "topics", "live"]
    edit_handler = BANNER
    index_view_class = BannerIndexView

    def get_urlpatterns(self) -> list[URLPattern]:
        names = {"index_url_name": self.get_url_name("list"), "edit_url_name": self.get_url_name("edit")}
        desk: list[URLPattern] = [
            path("calendar/", self.construct_view(CalendarView, header_icon="calendar", **names), name="calendar"),
            path("counts/", self.construct_view(ReportView, header_icon="view", **names), name="counts"),
        ]
        return [*desk, *super().get_urlpatterns()]


class DeskMenuItem(MenuItem):
    """The way to a page about all banners, for whoever may see them."""

    def is_shown(self, request: HttpRequest) -> bool:
        viewset: Any = Banner.snippet_viewset
        actions = {"add", "change", "delete", "publish", "view"}
        return bool(viewset.permission_policy.user_has_any_permission(request.user, actions))


class BannerGroup(SnippetViewSetGroup):
    """Everything about banners, in one place of the menu."""

    items = (BannerViewSet,)
    menu_label = _("Banners")
    menu_icon = "pick"
    menu_order = 220

    def get_submenu_items(self) -> list[MenuItem]:
        viewset = self.registerables[0]
        desk = [
            DeskMenuItem(_("Calendar"), reverse(viewset.get_url_name("calendar")), icon_name="calendar", order=2),
            DeskMenuItem(_("Shown and followed"), reverse(viewset.get_url_name("counts")), icon_name="view", order=3),
        ]
        items: list[MenuItem] = [*super().get_submenu_items(), *desk]
        return items


register_snippet(BannerGroup)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def advise(request: HttpRequest, banner: Any) -> None:
    """Say, once a banner is saved, what is to be looked after: on the next page, which no autosave leads to."""
    if isinstance(banner, Banner) and request.accepts("text/html") and (advice := advice_on(banner)):
        items = format_html_join("", "<li>{}</li>", ((sentence,) for sentence in advice))
        messages.warning(request, format_html("{}<ul>{}</ul>", __("To look after with this banner:"), items))
