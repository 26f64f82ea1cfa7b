"""Helplines in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.models import register_snippet

from cms.helplines.models import Helpline
from cms.publishing.viewsets import PublishedViewSet

HELPLINE = TabbedInterface(
    [
        ObjectList(
            [
                FieldRowPanel([FieldPanel("country"), FieldPanel("position", help_text=_("The lowest stands first."))]),
                FieldPanel("name"),
                FieldPanel("description"),
                FieldPanel("is_emergency"),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("phone"), FieldPanel("text_number")]),
                        FieldPanel("url"),
                        FieldPanel("hours"),
                    ],
                    heading=_("How to reach it"),
                    help_text=_("At least a telephone number, a number for text messages or a web address."),
                ),
                InlinePanel("words", label=_("Language"), heading=_("In other languages")),
                MultiFieldPanel(
                    [FieldPanel("verified_on")],
                    heading=_("Checked"),
                    help_text=_(
                        "Readers see this date. Without it they are told that nobody has checked the line yet."
                    ),
                ),
            ],
            heading=_("Helpline"),
        ),
        ObjectList([PublishingPanel()], heading=_("Publishing")),
    ]
)


class HelplineViewSet(PublishedViewSet):
    """Whom to call, by country."""

    model = Helpline
    icon = "help"
    menu_label = _("Helplines")
    menu_order = 230
    list_display = ["name", "country", "phone", "hours", "verified_on", UpdatedAtColumn()]
    list_filter = ["country", "is_emergency", "live", "verified_on"]
    list_per_page = 50
    edit_handler = HELPLINE


register_snippet(HelplineViewSet)
