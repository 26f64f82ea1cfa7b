"""References in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.models import register_snippet

from cms.articles.usage import UsedOnIndexView
from cms.publishing.viewsets import PublishedViewSet
from cms.references.models import Reference
from cms.references.panels import REFERENCE


class ReferenceViewSet(PublishedViewSet):
    """Works that articles rest on, with the articles that do."""

    model = Reference
    icon = "openquote"
    menu_label = _("References")
    menu_order = 210
    index_view_class = UsedOnIndexView
    list_display = ["title", "type", "year", "container_title", "status", UpdatedAtColumn()]
    list_filter = ["type", "status", "live", "year"]
    list_per_page = 50
    edit_handler = REFERENCE


register_snippet(ReferenceViewSet)
