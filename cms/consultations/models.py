"""The two pages about the free initial consultation, and the consultations themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.articles.blocks import ArticleBodyBlock
from cms.banners.blocks import PanelStreamBlock
from cms.consultations.meetings import CalendarFeed, Consultation, Hold
from cms.consultations.practices import DailySum, Practice
from cms.publishing.models import PublishedPage
from cms.publishing.panels import SETTINGS
from cms.references.citing import CitesReferences

__all__ = ["Audience", "CalendarFeed", "Consultation", "ConsultationPage", "DailySum", "Hold", "Practice"]


class Audience(models.TextChoices):
    """Whom a page area speaks to; never decided by who is looking."""

    CLIENT = "client", _("Clients")
    SPECIALIST = "specialist", _("Specialists")


class ConsultationPage(CitesReferences, PublishedPage):
    """Explains the free initial consultation to one audience, under the headings that are fixed."""

    audience = models.CharField(_("audience"), max_length=20, choices=Audience.choices, default=Audience.CLIENT)
    summary = models.TextField(_("summary"))
    panels_content = StreamField(PanelStreamBlock(), verbose_name=_("panels"), blank=True)
    body = StreamField(ArticleBodyBlock(), verbose_name=_("body"), blank=True)

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    *Page.content_panels,
                    FieldPanel("audience"),
                    FieldPanel("summary"),
                    FieldPanel("panels_content"),
                    FieldPanel("body"),
                ],
                heading=_("Content"),
            ),
            SETTINGS,
        ]
    )
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("consultation page")
        verbose_name_plural = _("consultation pages")
