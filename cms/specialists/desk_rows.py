"""What a profile claims, as a moderator reads it: the newest version, and what readers see now where that differs."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cms.helplines.countries import country_name
from cms.specialists.choices import Modality, Way, language_name
from cms.specialists.models import Specialist
from cms.specialists.readiness import CLAIMS

SAID = (
    *CLAIMS,
    *("summary", "approach", "topics", "modalities", "languages", "ways", "country", "place"),
    *("fee", "reduced_fee", "reduced_fee_note", "cancelling", "written_in", "photo"),
)


@dataclass(frozen=True)
class Claim:
    """One thing that a profile says; ``before`` is what readers see now, where that is something else."""

    label: str
    value: str
    before: str
    is_new: bool
    is_checked: bool


def claims_of(specialist: Specialist) -> list[Claim]:
    """Give everything that the newest version says, what is compared with documents first."""
    draft, was_public = specialist.draft, specialist.first_published_at is not None
    found = []
    for name in SAID:
        value, before = in_words(draft, name), in_words(specialist, name)
        is_new = was_public and value != before
        found.append(Claim(label_of(name), value, before if is_new else "", is_new, name in CLAIMS))
    return found


def label_of(name: str) -> str:
    if name == "fee":
        return _("Fee for a session")
    return str(Specialist._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]


def in_words(version: Specialist, name: str) -> str:
    """Give what a version says under a name, as it is read."""
    if name == "fee":
        if version.fee_amount is None:
            return ""
        return f"{version.fee_amount} {version.fee_currency}, {version.fee_minutes} min"
    value: Any = getattr(version, name)
    if name == "topics":
        return ", ".join(topic.title for topic in value.all())
    if name == "modalities":
        return ", ".join(str(Modality(one).label) for one in value if one in Modality.values)
    if name == "ways":
        return ", ".join(str(Way(one).label) for one in value if one in Way.values)
    if name == "languages":
        return ", ".join(language_name(code) for code in value)
    if name in ("country", "registration_country"):
        return country_name(value) if value else ""
    if name == "written_in":
        return language_name(value)
    if name == "photo":
        return _("Photo %(number)s") % {"number": version.photo_id} if version.photo_id else ""
    return "" if value is None else str(value)
