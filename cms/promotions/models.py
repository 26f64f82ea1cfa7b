"""What stands above the results of some searches, because somebody thought about who asks for that."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from cms.publishing.models import PublishedSnippet

LONGEST_PHRASE = 100  # characters
MOST_PHRASES = 200


class PromotedResult(PublishedSnippet):
    """A page, or Help now, that stands above the results of searches which have one of some phrases in them.

    No search of a reader is ever stored: the phrases are what editors thought of.
    """

    heading = models.CharField(_("heading"), max_length=120)
    note = models.TextField(_("note"), blank=True, max_length=400)
    phrases = models.TextField(
        _("phrases"),
        help_text=_(
            "One word or phrase a line. It counts wherever it stands in what somebody asks for; accents and capitals "
            "do not matter. An asterisk at the end stands for any ending: suicid* is suicide and suicidal."
        ),
    )
    is_help = models.BooleanField(
        _("leads to Help now"), default=False, help_text=_("It then stands before all others, and needs no page.")
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("leads to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    priority = models.SmallIntegerField(_("priority"), default=0, help_text=_("The higher stands first."))

    search_fields = [
        index.SearchField("heading"),
        index.SearchField("phrases"),
        index.AutocompleteField("heading"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")
        ordering = ["heading", "pk"]

    def __str__(self) -> str:
        return self.heading

    @property
    def lines(self) -> list[str]:
        """The phrases as they were written, one each."""
        return [line.strip() for line in self.phrases.splitlines() if line.strip()]

    def clean(self) -> None:
        super().clean()
        lines = self.lines
        if len(lines) > MOST_PHRASES or any(len(line) > LONGEST_PHRASE for line in lines):
            message = gettext("Use at most %(lines)d lines of %(characters)d characters.")
            raise ValidationError({"phrases": message % {"lines": MOST_PHRASES, "characters": LONGEST_PHRASE}})
        for line in lines:
            # Two letters and an asterisk would stand above half of all searches.
            if len(re.findall(r"[^\W_]", line)) < 3:
                message = gettext("“%(line)s” is too short: write at least three letters.")
                raise ValidationError({"phrases": message % {"line": line}})
        if self.is_help and self.page_id:
            raise ValidationError({"page": gettext("Choose either Help now or a page.")})

    def publishing_problems(self) -> list[str]:
        """Give what it lacks to lead anywhere."""
        problems = []
        if not self.lines:
            problems.append(gettext("Write at least one phrase."))
        if not self.is_help and not self.page_id:
            problems.append(gettext("Choose a page, or that it leads to Help now."))
        return problems
