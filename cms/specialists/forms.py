"""What a profile is written with. A draft may be incomplete; what is there has to be right."""

from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.articles.models import Topic
from cms.helplines.countries import CHOICES as COUNTRIES
from cms.specialists.choices import LANGUAGES, Modality, Way, currency_choices, language_choices
from cms.specialists.files import LARGEST, as_jpeg
from cms.specialists.models import Evidence, Specialist

UNSAID = ("", _("Choose one"))


def words(name: str, lines: int = 0, **more: Any) -> forms.CharField:
    """Make a field for what a profile says under a name, no longer than it may be, and optional while it is a draft."""
    of: Any = Specialist._meta.get_field(name)
    widget = forms.Textarea(attrs={"rows": lines}) if lines else forms.TextInput()
    return forms.CharField(
        label=capfirst(of.verbose_name),
        help_text=of.help_text,
        max_length=of.max_length,
        required=False,
        widget=widget,
        **more,
    )


def several(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    """Make a field of which several may be chosen."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, help_text=help_text, widget=forms.CheckboxSelectMultiple
    )


def one_of(name: str, choices: Any) -> forms.ChoiceField:
    """Make a field of which one may be chosen, or none yet."""
    of: Any = Specialist._meta.get_field(name)
    return forms.ChoiceField(label=capfirst(of.verbose_name), help_text=of.help_text, choices=choices, required=False)


def unsaid_and(choices: Callable[[], Any] | Any) -> Callable[[], list[Any]]:
    return lambda: [UNSAID, *(choices() if callable(choices) else choices)]


def topic_choices() -> list[tuple[int, str]]:
    """Give every public topic once, in the active language where it has a version in it."""
    found: dict[Any, Topic] = {}
    language = get_language()
    for topic in Topic.objects.filter(live=True).select_related("locale").order_by("pk"):
        known = found.get(topic.translation_key)
        if known is None or topic.locale.language_code == language:
            found[topic.translation_key] = topic
    return sorted(((topic.pk, topic.title) for topic in found.values()), key=lambda pair: pair[1].casefold())


class ProfileForm(forms.Form):
    """Everything that somebody says of themselves."""

    name = words("name")
    professional_title = words("professional_title")
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("JPEG or PNG, up to 8 MB. Where and with what it was taken is removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    remove_photo = forms.BooleanField(label=_("Take the photo away"), required=False)
    summary = words("summary", 3)
    approach = words("approach", 10)
    topics = several(_("Works with"), topic_choices)
    modalities = several(_("Approach"), Modality.choices)
    ways = several(_("Ways to meet"), Way.choices)
    languages = several(_("Languages"), language_choices)
    written_in = one_of("written_in", language_choices)
    country = one_of("country", unsaid_and(COUNTRIES))
    place = words("place")
    fee_amount = forms.DecimalField(
        label=_("Fee for a session"), required=False, min_value=0, max_digits=8, decimal_places=2
    )
    fee_currency = one_of("fee_currency", currency_choices)
    fee_minutes = forms.IntegerField(label=_("Minutes of a session"), required=False, min_value=10, max_value=240)
    reduced_fee = forms.DecimalField(
        label=_("Reduced fee"),
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        help_text=_("Leave it empty if you have no places at a reduced fee."),
    )
    reduced_fee_note = words("reduced_fee_note")
    cancelling = words("cancelling")
    registration_body = words("registration_body")
    registration_number = words("registration_number")
    registration_country = one_of("registration_country", unsaid_and(COUNTRIES))
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=lambda: [(zone, zone) for zone in zones()])

    GROUPS = (
        (_("Who you are"), ("name", "professional_title", "photo", "remove_photo")),
        (_("What readers see first"), ("summary", "approach", "written_in")),
        (_("How you work"), ("topics", "modalities", "ways", "languages")),
        (_("Where you are"), ("country", "place", "time_zone")),
        (
            _("What it costs"),
            ("fee_amount", "fee_currency", "fee_minutes", "reduced_fee", "reduced_fee_note", "cancelling"),
        ),
        (_("What we check"), ("registration_body", "registration_number", "registration_country")),
    )
    PHOTO = ("photo", "remove_photo")

    def __init__(self, *arguments: Any, specialist: Specialist, **more: Any) -> None:
        draft = specialist.draft
        told = {name: getattr(draft, name) for name in self.base_fields if name not in (*self.PHOTO, "topics")}
        chosen = {topic.translation_key for topic in draft.topics.all()}
        told["topics"] = [pk for pk, key in keys_of_topics() if key in chosen]
        super().__init__(*arguments, **{**more, "initial": told})
        if draft.photo_id is None:
            del self.fields["remove_photo"]
        # A list of fifty languages is read more easily when one's own stand first.
        first = [code for code in draft.languages if code in LANGUAGES]
        names = dict(language_choices())
        others = [pair for pair in language_choices() if pair[0] not in first]
        self.fields["languages"].choices = [(code, names[code]) for code in first] + others  # type: ignore[attr-defined]

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(heading, [self[name] for name in names if name in self.fields]) for heading, names in self.GROUPS]

    def clean_photo(self) -> bytes | None:
        file = self.cleaned_data.get("photo")
        if not file:
            return None
        if file.size > LARGEST:
            raise ValidationError(_("This file is larger than 8 MB. Make it smaller."))
        return as_jpeg(file.read(), widest=1200)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        fee, reduced = given.get("fee_amount"), given.get("reduced_fee")
        if fee is not None and reduced is not None and reduced >= fee:
            self.add_error("reduced_fee", _("A reduced fee has to be lower than the fee."))
        return given

    def values(self) -> dict[str, Any]:
        """Give what the draft is to say; only after the form was found valid."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in self.PHOTO}
        given["topics"] = list(Topic.objects.filter(pk__in=given["topics"]))
        given["fee_minutes"] = given["fee_minutes"] or 50
        given["fee_currency"] = given["fee_currency"] or "EUR"
        given["written_in"] = given["written_in"] or "en"
        for name in ("name", "professional_title", "summary", "approach", "place"):
            given[name] = given[name].strip()
        return given


def keys_of_topics() -> list[tuple[int, Any]]:
    """Give the keys of the topics that can be chosen, each with what its versions have in common."""
    offered = [pk for pk, _title in topic_choices()]
    return list(Topic.objects.filter(pk__in=offered).values_list("pk", "translation_key"))


def zones() -> list[str]:
    """Give the time zones that have a place in their name, and UTC."""
    return ["UTC", *sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))]


class EvidenceForm(forms.Form):
    """A file that shows who somebody is."""

    kind = forms.ChoiceField(label=_("What it shows"), choices=Evidence.Kind.choices)
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, JPEG or PNG, up to 8 MB. Moderators alone see it; it is deleted when it is not needed."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
        error_messages={"required": _("Choose a file.")},
    )
