"""What every page has under Settings: its address, what search engines say of it, when it is public, and what is
said of it."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, MultiFieldPanel, ObjectList, PublishingPanel

SETTINGS = ObjectList(
    [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("Address and search engines"),
        ),
        PublishingPanel(),
        CommentPanel(),
    ],
    heading=_("Settings"),
)
