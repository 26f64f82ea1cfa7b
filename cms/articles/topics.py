"""Topics in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, PublishingPanel, TabbedInterface, TitleFieldPanel
from wagtail.admin.ui.tables import UpdatedAtColumn

from cms.articles.models import Topic
from cms.articles.usage import UsedOnIndexView, UsedOnPanel
from cms.publishing.viewsets import PublishedViewSet

TOPIC = TabbedInterface(
    [
        ObjectList(
            [
                TitleFieldPanel("title", targets=["slug"], placeholder=False),
                FieldPanel("slug", help_text=_("The end of its address: /topics/…/")),
                FieldPanel("summary", help_text=_("One or two sentences, shown above its articles.")),
                FieldPanel("tone", help_text=_("Decoration only: it says nothing about the topic.")),
            ],
            heading=_("Topic"),
        ),
        ObjectList([UsedOnPanel(heading=_("Used on"))], heading=_("Used on")),
        ObjectList([PublishingPanel()], heading=_("Publishing")),
    ]
)


class TopicViewSet(PublishedViewSet):
    """What articles are about."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 240
    index_view_class = UsedOnIndexView
    list_display = ["title", "slug", UpdatedAtColumn()]
    list_filter = ["live"]
    edit_handler = TOPIC
