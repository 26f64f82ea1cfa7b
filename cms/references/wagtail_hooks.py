"""References in the admin."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from cms.publishing.viewsets import PublishedViewSet
from cms.references.desk.feature import add_citation_feature, citing_config
from cms.references.desk.urls import urlpatterns
from cms.references.evidence import ReferenceStatus
from cms.references.exporting import ExportBulkAction, ReferenceEditView, ReferenceIndexView, export_one
from cms.references.links import CitationLinkHandler
from cms.references.models import Reference
from cms.references.panels import REFERENCE


def notice_of(work: Reference) -> str:
    """Name the notice that there is on a work; most have none, and say nothing."""
    return "" if work.status == ReferenceStatus.NONE else work.get_status_display()


class ReferenceViewSet(PublishedViewSet):
    """Works that articles rest on, with the articles that do."""

    model = Reference
    icon = "openquote"
    menu_label = _("References")
    menu_order = 210
    index_view_class = ReferenceIndexView
    edit_view_class = ReferenceEditView
    list_display = [
        "title",
        "type",
        "year",
        Column("container_title", label=_("Published in"), sort_key="container_title"),
        "study_type",
        Column("notice", label=_("Notice"), accessor=notice_of, sort_key="status"),
        UpdatedAtColumn(),
    ]
    list_filter = ["type", "study_type", "strength", "status", "live", "year"]
    list_per_page = 50
    edit_handler = REFERENCE


register_snippet(ReferenceViewSet)
hooks.register("register_bulk_action", ExportBulkAction)


@hooks.register("register_rich_text_features")
def register_citations(features: FeatureRegistry) -> None:
    """Make citations known wherever rich text is read, and let editors cite in every one that names the feature."""
    features.register_link_type(CitationLinkHandler)
    add_citation_feature(features)


@hooks.register("register_admin_urls")
def register_citing() -> list[URLPattern]:
    """Answer what the editor's token and dialog ask, and export one reference."""
    return [*urlpatterns, path("references-export/<int:key>/<slug:form>/", export_one, name="reference_export")]


@hooks.register("insert_editor_js")
def tell_the_editor() -> str:
    """Tell the editor's scripts where to ask, and their words."""
    return citing_config()
