"""Consultation banners: what is said of the free first consultation, where, to whom and when."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import Revision
from wagtail.search import index

from cms.banners.blocks import PanelStreamBlock
from cms.banners.places import Placement
from cms.banners.previews import MODES
from cms.consultations.models import Audience
from cms.publishing.models import InOneLanguage, PublishedSnippet


class Banner(InOneLanguage, PublishedSnippet, ClusterableModel):
    """A consultation banner. It stands from its start to its end, by the clock of whoever shows it."""

    name = models.CharField(_("name"), max_length=200, help_text=_("For the team. Readers do not see it."))
    audience = models.CharField(_("audience"), max_length=20, choices=Audience.choices, default=Audience.CLIENT)
    heading = models.CharField(_("heading"), max_length=200)
    lead = models.TextField(_("lead"))
    panels_content = StreamField(PanelStreamBlock(), verbose_name=_("panels"), blank=True)
    call_to_action = models.CharField(_("call to action"), max_length=80, blank=True)
    call_to_action_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("leads to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    placements = models.JSONField(_("placements"), default=list, blank=True)
    topics = ParentalManyToManyField(
        "articles.Topic", verbose_name=_("topics"), blank=True, related_name="+", help_text=_("None means all.")
    )
    starts_at = models.DateTimeField(_("shown from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("shown until"), null=True, blank=True)
    priority = models.SmallIntegerField(_("priority"), default=0, help_text=_("The higher stands first."))
    # Where the page stood in the tree when this was last published: whoever moves it is told of the banner.
    led_to = models.CharField(max_length=1000, blank=True, editable=False)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("live")]

    class Meta:
        verbose_name = _("consultation banner")
        verbose_name_plural = _("consultation banners")
        ordering = ["name", "pk"]
        unique_together = InOneLanguage.Meta.unique_together

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("It has to end after it begins.")})
        if unknown := [placement for placement in self.placements or [] if placement not in Placement.values]:
            message = gettext("There is no such place: %(places)s.") % {"places": ", ".join(map(str, unknown))}
            raise ValidationError({"placements": message})

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [*super().preview_modes, *MODES]

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        result = super().publish(revision, *args, **kwargs)
        page = type(self).objects.select_related("call_to_action_page").get(pk=self.pk).call_to_action_page
        type(self).objects.filter(pk=self.pk).update(led_to=page.url_path if page else "")
        return result

    def publishing_problems(self) -> list[str]:
        """Give what it lacks to stand anywhere, and to lead somewhere."""
        problems = []
        if not self.placements:
            problems.append(gettext("Choose at least one place for it to stand."))
        page = self.call_to_action_page
        if self.call_to_action.strip() and page is None:
            problems.append(gettext("Choose the page that the call to action leads to, or take its words away."))
        if page is not None and not self.call_to_action.strip():
            problems.append(gettext("Write what the call to action says, or take its page away."))
        if page is not None and not page.live:
            message = gettext("Publish “%(page)s” first: the call to action leads there.")
            problems.append(message % {"page": page.get_admin_display_title()})
        return problems


class BannerCount(models.Model):
    """How often a banner was shown and followed in one place on one day (UTC). There is nobody in it."""

    banner = models.ForeignKey(Banner, on_delete=models.CASCADE, related_name="counts")
    placement = models.CharField(max_length=20, choices=Placement.choices)
    day = models.DateField(db_index=True)
    shown = models.PositiveIntegerField(default=0)
    followed = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("banner count")
        verbose_name_plural = _("banner counts")
        ordering = ["day", "banner", "placement"]
        constraints = [
            models.UniqueConstraint(fields=["banner", "placement", "day"], name="one_count_per_banner_place_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.banner_id} {self.placement} {self.day}"


class CountedBatch(models.Model):
    """The number of a batch of counts that was taken in, so that it is taken in once; who sent it is not known."""

    id = models.UUIDField(primary_key=True)
    received_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return str(self.id)
