"""What every page has under Settings: its address, what search engines say of it, and when it is public."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, PublishingPanel

SETTINGS = ObjectList(
    [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("Address and search engines"),
        ),
        PublishingPanel(),
    ],
    heading=_("Settings"),
)
