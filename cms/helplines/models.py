"""Help now: whom to call, by country."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable
from wagtail.search import index

from cms.helplines.countries import CHOICES, country_name
from cms.publishing.languages import other_languages
from cms.publishing.models import PublishedSnippet


class Helpline(PublishedSnippet, ClusterableModel):
    """A crisis or emergency service of one country, with its hours and when we last checked it."""

    country = models.CharField(_("country"), max_length=2, choices=CHOICES)
    name = models.CharField(_("name"), max_length=200)
    description = models.CharField(_("what it is for"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    text_number = models.CharField(_("text message"), max_length=40, blank=True)
    url = models.URLField(_("web address"), blank=True)
    hours = models.CharField(_("hours"), max_length=200, blank=True, help_text=_("Such as “At any hour, every day”."))
    is_emergency = models.BooleanField(_("emergency service"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    verified_on = models.DateField(
        _("last verified"), null=True, blank=True, help_text=_("When one of us last checked the number and hours.")
    )

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("country"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("helpline")
        verbose_name_plural = _("helplines")
        ordering = ["country", "position", "pk"]

    def __str__(self) -> str:
        return f"{country_name(self.country)}: {self.name}"

    def clean(self) -> None:
        super().clean()
        if self.phone and not re.search(r"\d", self.phone):
            raise ValidationError({"phone": _("Write the number in digits, as it is dialled.")})
        if self.verified_on and self.verified_on > timezone.localdate():
            raise ValidationError({"verified_on": _("The day it was checked cannot be in the future.")})

    def publishing_problems(self) -> list[str]:
        """Give what it lacks to be reached."""
        if self.phone.strip() or self.text_number.strip() or self.url:
            return []
        return [gettext("Give a telephone number, a number for text messages or a web address.")]


class HelplineWords(Orderable):
    """What a helpline is for and when it is open, in another language. Its number is the same in all of them."""

    helpline = ParentalKey(Helpline, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(_("language"), max_length=20, choices=other_languages)
    description = models.CharField(_("what it is for"), max_length=200, blank=True)
    hours = models.CharField(_("hours"), max_length=200, blank=True)

    panels = [FieldRowPanel([FieldPanel("language"), FieldPanel("description"), FieldPanel("hours")])]

    class Meta(Orderable.Meta):
        verbose_name = _("words in another language")
        verbose_name_plural = _("words in other languages")
