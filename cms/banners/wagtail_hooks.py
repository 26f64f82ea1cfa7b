"""Consultation banners in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.models import register_snippet

from cms.banners.models import Banner
from cms.banners.panels import BANNER
from cms.publishing.viewsets import PublishedViewSet


class BannerViewSet(PublishedViewSet):
    """What is said of the free first consultation, where, to whom and when."""

    model = Banner
    icon = "pick"
    menu_label = _("Banners")
    menu_order = 220
    list_display = ["name", "audience", "starts_at", "ends_at", "priority", UpdatedAtColumn()]
    list_filter = ["audience", "topics", "live"]
    edit_handler = BANNER


register_snippet(BannerViewSet)
