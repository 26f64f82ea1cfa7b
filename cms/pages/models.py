"""The home page, pages of information, and the settings of the site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.articles.blocks import ArticleBodyBlock
from cms.helplines.countries import CHOICES
from cms.publishing.models import PublishedPage
from cms.publishing.panels import SETTINGS


class HomePage(PublishedPage):
    """The first page: a greeting, the way to help, the newest articles, the topics."""

    greeting = models.CharField(_("greeting"), max_length=100, default="Hello.")
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


class InformationPage(PublishedPage):
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


@register_setting
class SiteSettings(BaseGenericSetting):
    """What stands on every page."""

    footer = models.CharField(_("footer"), max_length=200, default="Everything here can be read without an account.")
    crisis_note = models.CharField(
        _("crisis note"), max_length=200, default="In danger, or thinking about ending your life?"
    )
    country = models.CharField(
        _("country shown first under Help now"),
        max_length=2,
        default="GB",
        choices=CHOICES,
    )

    panels = [FieldPanel("footer"), FieldPanel("crisis_note"), FieldRowPanel([FieldPanel("country")])]

    class Meta:
        verbose_name = _("site settings")
