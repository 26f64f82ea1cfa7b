"""The guide's addresses in the admin, and the way to it in the help menu."""

from django.urls import URLPattern, path, re_path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.guide import views


@hooks.register("register_admin_urls")
def guide_urls() -> list[URLPattern]:
    return [
        path("guide/", views.guide, name="guide"),
        path("guide/moderators/", views.guide_for_moderators, name="guide_moderators"),
        re_path(r"^guide/pictures/(?P<name>[a-z0-9-]+\.png)$", views.picture, name="guide_picture"),
    ]


@hooks.register("register_help_menu_item")
def guide_item() -> MenuItem:
    return MenuItem(_("Guide for editors"), reverse("guide"), icon_name="help", order=100)


@hooks.register("register_help_menu_item")
def guide_for_moderators_item() -> MenuItem:
    return MenuItem(_("Guide for moderators"), reverse("guide_moderators"), icon_name="help", order=101)
