"""What a specialist chooses from: the words that a list can be filtered by."""

from django.db import models
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a profile is on its way. Readers see it while it is verified, and never else."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    VERIFIED = "verified", _("Verified")
    SUSPENDED = "suspended", _("Suspended")
    EXPIRED = "expired", _("Expired")


class Changes(models.TextChoices):
    """Where changes to a verified profile are, which stays public as it was while they are written and looked at."""

    NONE = "", _("None")
    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")


class Way(models.TextChoices):
    """How a specialist meets people."""

    VIDEO = "video", _("Video")
    PHONE = "phone", _("Phone")
    IN_PERSON = "in_person", _("In person")
    WRITING = "writing", _("In writing")


class Modality(models.TextChoices):
    """How a specialist works, by the names that training and registers use."""

    ACT = "act", _("Acceptance and commitment therapy")
    ART = "art", _("Art and music therapy")
    ATTACHMENT = "attachment", _("Attachment-informed therapy")
    CBT = "cbt", _("Cognitive behavioural therapy")
    COMPASSION = "compassion", _("Compassion-focused therapy")
    COUPLE = "couple", _("Couple therapy")
    DBT = "dbt", _("Dialectical behaviour therapy")
    EMDR = "emdr", _("EMDR")
    EXISTENTIAL = "existential", _("Existential therapy")
    FAMILY = "family", _("Systemic and family therapy")
    GESTALT = "gestalt", _("Gestalt therapy")
    INTERPERSONAL = "interpersonal", _("Interpersonal psychotherapy")
    PERSON_CENTRED = "person-centred", _("Person-centred therapy")
    PSYCHOANALYTIC = "psychoanalytic", _("Psychoanalysis")
    PSYCHODYNAMIC = "psychodynamic", _("Psychodynamic therapy")
    SCHEMA = "schema", _("Schema therapy")
    SOLUTION_FOCUSED = "solution-focused", _("Solution-focused therapy")


class Band(models.TextChoices):
    """What a session costs, roughly, so that fees in different currencies can be filtered together."""

    LOWER = "lower", _("Lower: up to about €50")
    MIDDLE = "middle", _("Middle: about €50 to €90")
    HIGHER = "higher", _("Higher: from about €90")


# Languages that a conversation may be in, by their ISO 639-1 code; their names are Django's.
LANGUAGES = (
    "ar", "bg", "bn", "bs", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "ga", "he", "hi", "hr", "hu",
    "hy", "id", "is", "it", "ja", "ka", "ko", "lt", "lv", "mk", "ml", "mn", "nb", "nl", "pl", "pt", "ro", "ru", "sk",
    "sl", "sq", "sr", "sv", "sw", "ta", "th", "tr", "uk", "ur", "vi",
)  # fmt: skip

# For each currency (ISO 4217) up to which fee a session is in the lower band, and from which in the higher one:
# about 50 and 90 euros, in round numbers, so that nobody moves between bands with a day's rate.
CURRENCIES: dict[str, tuple[int, int]] = {
    "EUR": (50, 90),
    "GBP": (45, 80),
    "USD": (55, 100),
    "CHF": (50, 90),
    "AUD": (85, 150),
    "CAD": (75, 135),
    "CZK": (1250, 2250),
    "DKK": (370, 670),
    "HUF": (20000, 36000),
    "INR": (4500, 8000),
    "NOK": (570, 1030),
    "NZD": (90, 160),
    "PLN": (215, 390),
    "RON": (250, 450),
    "SEK": (570, 1030),
    "TRY": (1900, 3400),
    "UAH": (2200, 3900),
    "ZAR": (1000, 1800),
}


def language_name(code: str) -> str:
    """Give the name of a language in the language that is active; its code where nobody knows it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def language_choices() -> list[tuple[str, str]]:
    """Give every language with its name, by name."""
    return sorted(((code, language_name(code)) for code in LANGUAGES), key=lambda pair: pair[1].casefold())


def currency_choices() -> list[tuple[str, str]]:
    """Give every currency by its code, which is what people write."""
    return [(code, code) for code in CURRENCIES]


def band_of(amount: int | float, currency: str) -> str:
    """Give the band a session's fee is in; none for a currency that we have no bounds for."""
    if currency not in CURRENCIES:
        return ""
    low, high = CURRENCIES[currency]
    if amount <= low:
        return Band.LOWER
    return Band.MIDDLE if amount < high else Band.HIGHER
