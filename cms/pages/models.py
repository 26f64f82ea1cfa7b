"""The home page, pages of information, and the settings of the site."""

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms.articles.blocks import ArticleBodyBlock
from cms.helplines.countries import CHOICES
from cms.pages.wording import CRISIS_NOTE, FOOTER, GREETING
from cms.publishing.languages import other_languages
from cms.publishing.models import PublishedPage
from cms.publishing.panels import SETTINGS
from cms.references.citing import CitesReferences


class HomePage(PublishedPage):
    """The first page: a greeting, the way to help, the newest articles, the topics."""

    greeting = models.CharField(_("greeting"), max_length=100, default=GREETING)
    lede = models.TextField(_("lede"), blank=True)

    edit_handler = TabbedInterface(
        [
            ObjectList([*Page.content_panels, FieldPanel("greeting"), FieldPanel("lede")], heading=_("Content")),
            SETTINGS,
        ]
    )
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class InformationPage(CitesReferences, PublishedPage):
    """A page such as About or Privacy."""

    summary = models.TextField(_("summary"), blank=True)
    body = StreamField(ArticleBodyBlock(), verbose_name=_("body"))

    edit_handler = TabbedInterface(
        [
            ObjectList([*Page.content_panels, FieldPanel("summary"), FieldPanel("body")], heading=_("Content")),
            SETTINGS,
        ]
    )
    parent_page_types = ["pages.HomePage", "pages.InformationPage"]
    subpage_types = ["pages.InformationPage"]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")


class CitationStyle(models.TextChoices):
    """How works are named in the text, and in which order they stand below it."""

    AUTHOR_YEAR = "author-year", _("Author and year: (Bowlby, 1988, p. 4), the list by name")
    NUMBERS = "numbers", _("Numbers: [1, p. 4], the list in the order of the text")


@register_setting
class SiteSettings(ClusterableModel, BaseGenericSetting):
    """What stands on every page."""

    footer = models.CharField(_("footer"), max_length=200, default=FOOTER)
    crisis_note = models.CharField(_("crisis note"), max_length=200, default=CRISIS_NOTE)
    country = models.CharField(
        _("country shown first under Help now"),
        max_length=2,
        default="GB",
        choices=CHOICES,
    )

    citation_style = models.CharField(
        _("citations in the text"),
        max_length=20,
        choices=CitationStyle.choices,
        default=CitationStyle.AUTHOR_YEAR,
        help_text=_("Holds for every article. After a change all of them are set anew, which may take some minutes."),
    )

    panels = [
        FieldPanel("footer"),
        FieldPanel("crisis_note"),
        FieldRowPanel([FieldPanel("country")]),
        InlinePanel("words", label=_("Language"), heading=_("In other languages")),
        FieldPanel("citation_style", widget=forms.RadioSelect),
    ]

    class Meta:
        verbose_name = _("site settings")

    def words_in(self, language: str) -> tuple[str, str]:
        """Give the footer and the crisis note in a language, which is the active one.

        Where nobody has written them in that language, our own are translated, and an editor's stand as they are.
        """
        own = self.words.filter(language=language).first() if language != settings.LANGUAGE_CODE and self.pk else None
        given = [(own and own.footer) or self.footer, (own and own.crisis_note) or self.crisis_note]
        footer, crisis_note = (gettext(text) if text else "" for text in given)
        return footer, crisis_note


class SiteWords(Orderable):
    """What stands on every page, in another language."""

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(_("language"), max_length=20, choices=other_languages)
    footer = models.CharField(_("footer"), max_length=200, blank=True)
    crisis_note = models.CharField(_("crisis note"), max_length=200, blank=True)

    panels = [FieldPanel("language"), FieldPanel("footer"), FieldPanel("crisis_note")]

    class Meta(Orderable.Meta):
        verbose_name = _("words in another language")
        verbose_name_plural = _("words in other languages")
        constraints = [models.UniqueConstraint(fields=["settings", "language"], name="one_set_of_words_per_language")]
