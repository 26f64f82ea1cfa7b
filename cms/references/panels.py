"""How a reference stands before the editor who writes it."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)

from cms.articles.usage import UsedOnPanel

AUTHOR = [
    FieldPanel("role"),
    FieldRowPanel([FieldPanel("family"), FieldPanel("given"), FieldPanel("suffix")]),
    FieldPanel("organisation", help_text=_("In place of a person’s names.")),
]

REFERENCE = TabbedInterface(
    [
        ObjectList(
            [
                MultiFieldPanel([FieldPanel("type"), FieldPanel("title")], heading=_("The work")),
                InlinePanel(
                    "authors", panels=AUTHOR, heading=_("Authors and editors, in order"), label=_("Author or editor")
                ),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("year"), FieldPanel("month"), FieldPanel("day")]),
                        FieldPanel(
                            "container_title",
                            help_text=_(
                                "The journal of an article, the book of a chapter, the site of a web page, "
                                "the archive of a thesis."
                            ),
                        ),
                        FieldRowPanel([FieldPanel("volume"), FieldPanel("issue"), FieldPanel("pages")]),
                        FieldPanel("publisher", help_text=_("Of a thesis the university, of a preprint its archive.")),
                        FieldRowPanel([FieldPanel("edition"), FieldPanel("number")]),
                        FieldRowPanel([FieldPanel("genre"), FieldPanel("version")]),
                    ],
                    heading=_("When and where it appeared"),
                ),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("doi"), FieldPanel("isbn")]),
                        FieldRowPanel([FieldPanel("url"), FieldPanel("accessed")]),
                    ],
                    heading=_("Where to find it"),
                    help_text=_("A DOI is printed before an address. Paste either as you find it."),
                ),
            ],
            heading=_("The work"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        FieldPanel("study_type"),
                        FieldPanel("strength"),
                        FieldRowPanel([FieldPanel("rated_by"), FieldPanel("rated_on")]),
                        HelpPanel(template="references/admin/strength_help.html"),
                    ],
                    heading=_("What kind of evidence it is"),
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("status"),
                        FieldRowPanel([FieldPanel("notice_doi"), FieldPanel("notice_date")]),
                    ],
                    heading=_("Corrected or retracted since"),
                    help_text=_(
                        "As soon as this is published, every article that cites the work says so to its readers, and "
                        "stands in the to-do list until somebody has looked at what it means."
                    ),
                ),
            ],
            heading=_("Evidence"),
        ),
        ObjectList([FieldPanel("annotation"), FieldPanel("locators")], heading=_("What it says")),
        ObjectList([UsedOnPanel(heading=_("Used on"))], heading=_("Used on")),
        ObjectList([PublishingPanel()], heading=_("Publishing")),
    ]
)
