"""Specialists: who they are, who has checked it, and what happened on the way."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.search import index

from cms.helplines.countries import CHOICES as COUNTRIES
from cms.publishing.models import PublishedSnippet
from cms.specialists.choices import LANGUAGES, Changes, Modality, State, Way, currency_choices, language_choices

MAY_VERIFY, SEE_EVIDENCE = "specialists.verify_specialist", "specialists.see_evidence"
# The collection in which the photos of profiles lie.
PHOTOS = "Photos of specialists"
# What belongs to a profile as a whole, and never comes back with an earlier version of its words.
OF_THE_WHOLE = (
    "public_id",
    "user_id",
    "slug",
    "state",
    "changes",
    "submitted_at",
    "verified_at",
    "verified_by_id",
    "verified_until",
    "checked",
    "warned",
    "approved_id",
    "letters_in",
    "time_zone",
    "offers_consultation",
)


class Specialist(PublishedSnippet, ClusterableModel):
    """Somebody who offers help, as readers meet them once a moderator has verified who they are.

    What they write (names, words, choices, fees, registration) lives in revisions: a submitted revision is looked at
    and published while the public one stays. What belongs to the profile as a whole (:data:`OF_THE_WHOLE`) is set by
    :mod:`cms.specialists.services` alone.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.CASCADE, related_name="specialist"
    )
    slug = models.SlugField(_("slug"), max_length=200, unique=True)
    name = models.CharField(_("name"), max_length=120, help_text=_("As you sign your work."))
    professional_title = models.CharField(
        _("professional title"), max_length=120, help_text=_("Such as “Counselling psychologist, MSc”.")
    )
    summary = models.TextField(
        _("in a few words"), max_length=300, help_text=_("One or two sentences, which stand in the list.")
    )
    approach = models.TextField(
        _("how you work"), max_length=4000, help_text=_("What a first meeting is like, and what may follow.")
    )
    modalities = models.JSONField(_("approach"), default=list, blank=True)
    topics = ParentalManyToManyField("articles.Topic", verbose_name=_("works with"), blank=True, related_name="+")
    languages = models.JSONField(_("languages"), default=list, blank=True)
    written_in = models.CharField(
        _("written in"),
        max_length=3,
        choices=language_choices,
        default="en",
        help_text=_("The language in which you describe yourself here, for screen readers."),
    )
    ways = models.JSONField(_("ways to meet"), default=list, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=COUNTRIES)
    place = models.CharField(_("place"), max_length=120, blank=True, help_text=_("A town, for meeting in person."))
    fee_amount = models.DecimalField(
        _("fee for a session"), max_digits=8, decimal_places=2, null=True, validators=[MinValueValidator(0)]
    )
    fee_currency = models.CharField(_("currency"), max_length=3, choices=currency_choices, default="EUR")
    fee_minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=50, validators=[MinValueValidator(10), MaxValueValidator(240)]
    )
    reduced_fee = models.DecimalField(
        _("reduced fee"), max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    reduced_fee_note = models.CharField(
        _("who it is for"), max_length=200, blank=True, help_text=_("Such as “Three places for people on low income”.")
    )
    cancelling = models.CharField(
        _("cancelling"), max_length=120, blank=True, help_text=_("Such as “Free with 24 hours’ notice”.")
    )
    photo = models.ForeignKey(
        "pictures.Picture", verbose_name=_("photo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    registration_body = models.CharField(
        _("registered with"), max_length=200, help_text=_("The full name of the register or chamber.")
    )
    registration_number = models.CharField(_("registration number"), max_length=60)
    registration_country = models.CharField(_("country of registration"), max_length=2, choices=COUNTRIES)

    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    offers_consultation = models.BooleanField(_("offers a free first consultation"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT, editable=False)
    changes = models.CharField(
        _("changes"), max_length=12, choices=Changes.choices, default=Changes.NONE, blank=True, editable=False
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("verified by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    verified_until = models.DateField(_("verified until"), null=True, blank=True, editable=False)
    checked = models.TextField(_("what was checked"), blank=True, editable=False)
    # What was last found good: what comes back after a suspension, whatever has been written since.
    approved = models.ForeignKey(
        "wagtailcore.Revision", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    letters_in = models.CharField(max_length=20, blank=True, editable=False)
    # Before how many days to the end somebody was warned last; 0 for not yet.
    warned = models.PositiveSmallIntegerField(default=0, editable=False)

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("professional_title"),
        index.FilterField("state"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("specialist")
        verbose_name_plural = _("specialists")
        ordering = ["name", "pk"]
        permissions = [
            ("verify_specialist", "Can verify, return, suspend and reinstate specialists"),
            ("see_evidence", "Can see the evidence that specialists have handed in"),
        ]

    def __str__(self) -> str:
        return self.name or gettext("Profile without a name")

    @property
    def is_public(self) -> bool:
        """Whether readers see it."""
        return bool(self.live and self.state == State.VERIFIED)

    @property
    def ends_at(self) -> datetime | None:
        """The moment from which readers do not see it any more: when the last day it is verified for is over (UTC)."""
        return midnight_after(self.verified_until) if self.verified_until else None

    @property
    def draft(self) -> "Specialist":
        """The newest of what was written, which may wait to be looked at."""
        return self.latest_revision.as_object() if self.latest_revision else self

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Give a version of it with what belongs to the whole as it is now."""
        version = super().with_content_json(content)
        for name in OF_THE_WHOLE:
            setattr(version, name, getattr(self, name))
        return version

    def clean(self) -> None:
        super().clean()
        for name, known in (("modalities", Modality.values), ("languages", LANGUAGES), ("ways", Way.values)):
            chosen = getattr(self, name)
            if not isinstance(chosen, list) or any(one not in known for one in chosen):
                raise ValidationError({name: gettext("Choose from what is offered.")})
        if self.fee_amount is not None and self.reduced_fee is not None and self.reduced_fee >= self.fee_amount:
            raise ValidationError({"reduced_fee": gettext("A reduced fee has to be lower than the fee.")})

    def publishing_problems(self) -> list[str]:
        """Give what it lacks for readers to choose by."""
        return [*self.missing(), *self.unverified_problems()]

    def unverified_problems(self) -> list[str]:
        """Give what only a moderator can do about it."""
        return [] if self.state == State.VERIFIED else [gettext("A moderator has to verify it first.")]

    def missing(self) -> list[str]:
        """Give what its owner has yet to fill in, beyond what the fields say."""
        problems = []
        if not self.languages:
            problems.append(gettext("Say in which languages you work."))
        if not self.ways:
            problems.append(gettext("Say how people can meet you."))
        if not self.topics.all():
            problems.append(gettext("Choose at least one topic that you work with."))
        if Way.IN_PERSON in self.ways and not self.place.strip():
            problems.append(gettext("Give the place where people can meet you."))
        return problems


def midnight_after(day: date) -> datetime:
    """Give the moment at which a day is over, in UTC."""
    return datetime.combine(day + timedelta(days=1), time.min, UTC)


class Campaign(PublishedSnippet):
    """Some days on which those who offer a free first consultation stand first, so many at a time.

    Nobody is put into it by hand, and nobody can buy it: :mod:`cms.specialists.rule` says who stands first each day.
    """

    name = models.CharField(_("name"), max_length=120, help_text=_("For the team. Readers do not see it."))
    starts_on = models.DateField(_("first day"), help_text=_("Days are counted in UTC, the same for everybody."))
    ends_on = models.DateField(_("last day"))
    cap = models.PositiveSmallIntegerField(
        _("how many stand first"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("Which of those who offer a free first consultation is drawn anew each day."),
    )

    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("live")]

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-starts_on", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        # It has no page of its own: what it changes is the list.
        return [("reader", _("Reader"))]

    @property
    def begins_at(self) -> datetime:
        """The moment from which it runs."""
        return datetime.combine(self.starts_on, time.min, UTC)

    @property
    def is_over_at(self) -> datetime:
        """The moment from which it does not run any more."""
        return midnight_after(self.ends_on)

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": gettext("It has to end after it begins.")})

    def publishing_problems(self) -> list[str]:
        """Refuse what would make it unclear who stands first: two at a time."""
        if not (self.starts_on and self.ends_on):
            return []
        others = Campaign.objects.filter(live=True, starts_on__lte=self.ends_on, ends_on__gte=self.starts_on)
        return [
            gettext("“%(campaign)s” runs on some of these days. Let one end before the other begins.")
            % {"campaign": other.name}
            for other in others.exclude(pk=self.pk)
        ]


class Standing(models.Model):
    """Who stood first, noted down whenever that changed: what can be looked up when somebody asks why."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="standings")
    day = models.DateField(_("day"))
    at = models.DateTimeField(_("noted at"), default=timezone.now)
    eligible = models.PositiveIntegerField(_("who could have stood first"))
    # Public ids: names go with the people.
    first = models.JSONField(_("who stood first"), default=list)

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.day}: {len(self.first)}"


class Evidence(models.Model):
    """A file that shows who somebody is, for moderators alone. It lies sealed in a storage of its own."""

    class Kind(models.TextChoices):
        REGISTRATION = "registration", _("Registration or licence")
        IDENTITY = "identity", _("Identity document")
        QUALIFICATION = "qualification", _("Diploma or certificate")
        OTHER = "other", _("Something else")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    specialist = models.ForeignKey(Specialist, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(_("what it shows"), max_length=20, choices=Kind.choices, default=Kind.REGISTRATION)
    name = models.CharField(_("name of the file"), max_length=120)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.pk}"


class Step(models.Model):
    """What happened to a profile: who did what, when, and why. The profile's own history, which goes with it."""

    class Action(models.TextChoices):
        STARTED = "started", _("Started")
        SUBMITTED = "submitted", _("Submitted")
        WITHDRAWN = "withdrawn", _("Taken back")
        RETURNED = "returned", _("Returned with reasons")
        VERIFIED = "verified", _("Verified")
        CHANGES_SUBMITTED = "changes_submitted", _("Changes submitted")
        CHANGES_RETURNED = "changes_returned", _("Changes returned with reasons")
        CHANGES_APPROVED = "changes_approved", _("Changes approved")
        SUSPENDED = "suspended", _("Suspended")
        REINSTATED = "reinstated", _("Reinstated")
        WARNED = "warned", _("Warned that it will expire")
        EXPIRED = "expired", _("Expired")
        EVIDENCE_ADDED = "evidence_added", _("Evidence handed in")
        EVIDENCE_SEEN = "evidence_seen", _("Evidence looked at")
        EVIDENCE_DELETED = "evidence_deleted", _("Evidence deleted")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    specialist = models.ForeignKey(Specialist, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField(_("what"), max_length=20, choices=Action.choices)
    at = models.DateTimeField(_("when"), default=timezone.now)
    # Nobody, for what the scheduler does.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reasons = models.TextField(_("why"), blank=True)
    checked = models.TextField(_("what was checked"), blank=True)
    until = models.DateField(_("until when"), null=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["specialist", "-at"], name="step_of_specialist")]

    def __str__(self) -> str:
        return f"{self.specialist_id} {self.action} {self.at:%Y-%m-%d}"
