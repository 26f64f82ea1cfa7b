"""How an article stands before the editor who writes it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.models import Page

from cms.publishing.panels import SETTINGS

AUTHOR = [FieldPanel("person")]
RELATION = [PageChooserPanel("related", "articles.Article")]
CHANGE = [FieldRowPanel([FieldPanel("kind"), FieldPanel("date")]), FieldPanel("note")]
REFERENCE = [FieldPanel("reference"), FieldPanel("annotation"), FieldPanel("locators")]

INDEX_CONTENT = [*Page.content_panels, FieldPanel("introduction")]

ARTICLE = TabbedInterface(
    [
        ObjectList(
            [
                *Page.content_panels,
                FieldPanel("summary"),
                MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Picture")),
                FieldPanel("content_note"),
                FieldPanel("body"),
                MultiFieldPanel(
                    [FieldPanel("change_kind"), FieldPanel("change_note"), FieldPanel("answers_notices")],
                    heading=_("What changed?"),
                ),
            ],
            heading=_("Content"),
        ),
        ObjectList(
            [
                HelpPanel(
                    content=_(
                        "<p>In the order in which they are to stand. What you write here about a reference holds for "
                        "this article; left empty, what the reference itself says is shown.</p>"
                    )
                ),
                InlinePanel("references", label=_("Reference"), heading=_("References")),
            ],
            heading=_("References"),
        ),
        ObjectList(
            [
                InlinePanel("authorships", label=_("Author"), heading=_("Authors")),
                MultiFieldPanel(
                    [
                        FieldPanel("reviewer"),
                        FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("next_review_on")]),
                    ],
                    heading=_("Clinical review"),
                ),
                InlinePanel("changes", label=_("Change note"), heading=_("What changed, said in public")),
            ],
            heading=_("People and review"),
        ),
        ObjectList(
            [
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                InlinePanel("relations", label=_("Article"), heading=_("Related articles")),
            ],
            heading=_("Topics and related"),
        ),
        ObjectList(
            [*SETTINGS.children, MultiFieldPanel([FieldPanel("shared")], heading=_("Who may work on it"))],
            heading=SETTINGS.heading,
        ),
    ]
)
