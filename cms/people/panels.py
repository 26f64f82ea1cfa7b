"""How an author or reviewer stands before the editor."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from cms.articles.usage import UsedOnPanel

PERSON = TabbedInterface(
    [
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        TitleFieldPanel("name", targets=["slug"], placeholder=False),
                        FieldPanel("slug", help_text=_("The end of the person’s address: /people/…/")),
                        FieldPanel("credentials"),
                    ],
                    heading=_("Who"),
                ),
                FieldPanel("biography"),
                FieldPanel("photo"),
                FieldPanel("orcid"),
                FieldPanel("user"),
            ],
            heading=_("Person"),
        ),
        ObjectList([UsedOnPanel(heading=_("Author or reviewer of"))], heading=_("Used on")),
        ObjectList([PublishingPanel()], heading=_("Publishing")),
    ]
)
