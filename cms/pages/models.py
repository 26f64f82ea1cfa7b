"""The home page, pages of information, and the settings of the site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.articles.blocks import ArticleBodyBlock
from cms.publishing.models import Identified
from cms.publishing.preview import PublicPreview


class HomePage(PublicPreview, Identified, Page):
    """The first page: a greeting, the way to help, the newest articles, the topics."""

    greeting = models.CharField(_("greeting"), max_length=100, default="Hello.")
    lede = models.TextField(_("lede"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    exclude_fields_in_copy = ["public_id"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class InformationPage(PublicPreview, Identified, Page):
    """A page such as About or Privacy."""

    summary = models.TextField(_("summary"), blank=True)
    body = StreamField(ArticleBodyBlock(), verbose_name=_("body"))

    parent_page_types = ["pages.HomePage", "pages.InformationPage"]
    subpage_types = ["pages.InformationPage"]
    exclude_fields_in_copy = ["public_id"]
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
    country = models.CharField(_("country shown first under Help now"), max_length=2, default="GB")

    class Meta:
        verbose_name = _("site settings")
