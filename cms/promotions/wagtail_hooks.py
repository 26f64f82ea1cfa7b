"""Promoted results in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, PublishingPanel, TabbedInterface
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.models import register_snippet

from cms.promotions.models import PromotedResult
from cms.publishing.viewsets import PublishedViewSet

PROMOTED_RESULT = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("heading", help_text=_("What it is, in a few calm words.")),
                FieldPanel("note", help_text=_("A sentence or two below the heading.")),
                FieldPanel("phrases", heading=_("When somebody searches for")),
                MultiFieldPanel(
                    [FieldPanel("is_help"), FieldPanel("page"), FieldPanel("priority")], heading=_("Leads to")
                ),
            ],
            heading=_("Promoted result"),
        ),
        ObjectList([PublishingPanel()], heading=_("Publishing")),
    ]
)


class PromotedResultViewSet(PublishedViewSet):
    """What stands above the results of some searches."""

    model = PromotedResult
    icon = "search"
    menu_label = _("Promoted results")
    menu_order = 235
    list_display = ["heading", "is_help", "page", "priority", UpdatedAtColumn()]
    list_filter = ["is_help", "live"]
    edit_handler = PROMOTED_RESULT


register_snippet(PromotedResultViewSet)
