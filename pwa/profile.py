"""A specialist in the words of a language: what codes are called, and what money looks like."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from cms.helplines.countries import country_name
from cms.specialists.choices import Band, Modality, Way, language_name

SIGNS = {
    "AUD": "A$",
    "CAD": "CA$",
    "EUR": "€",
    "GBP": "£",
    "INR": "₹",
    "NZD": "NZ$",
    "TRY": "₺",
    "UAH": "₴",
    "USD": "$",
}
TONES = ("plum", "moss", "honey", "clay")


def money(amount: str, currency: str) -> str:
    """Write an amount as the active language does: €70, or 70 €; a currency without a sign of its own by its code."""
    number = Decimal(amount)
    whole = number == number.to_integral()
    written = number_format(number, 0 if whole else 2, use_l10n=True, force_grouping=number >= 10_000)
    sign = SIGNS.get(currency, f"{currency}\N{NO-BREAK SPACE}")
    pattern = pgettext("how money is written", "%(sign)s%(amount)s")
    return (pattern % {"sign": sign, "amount": written}).strip()


def in_words(data: dict[str, Any]) -> dict[str, Any]:
    """Give a specialist's data with everything said in the active language beside its codes."""
    language = get_language() or settings.LANGUAGE_CODE
    fee, reduced = data["fee"], data["reduced_fee"]
    registration = data.get("registration")
    return {
        **data,
        "topics": [topic_in(chip, language) for chip in data["topics"]],
        "modality_names": [str(Modality(one).label) for one in data["modalities"]],
        "language_names": sorted((language_name(code) for code in data["languages"]), key=str.casefold),
        "way_names": [str(Way(one).label) for one in Way.values if one in data["ways"]],
        "country_name": country_name(data["country"]) if data["country"] else "",
        "fee_text": money(fee["amount"], fee["currency"]) if fee else "",
        "reduced_text": money(reduced["amount"], fee["currency"]) if fee and reduced else "",
        "words_language": data["written_in"] if data["written_in"] != language else "",
        "tone": TONES[int(data["id"][-2:], 16) % len(TONES)],
        "campaigns": [{**one, "last_day": last_day(one)} for one in data["featured"]],
        **(
            {"registered_in": country_name(registration["country"])} if registration and registration["country"] else {}
        ),
    }


def topic_in(chip: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """Give a topic's chip in a language; where it has no version in it, the one there is."""
    return next((one for one in (chip, *chip["translations"]) if one["language"] == language), chip)


def last_day(campaign: Mapping[str, Any]) -> str:
    """Give the last day of a campaign, as an ISO date."""
    return (datetime.fromisoformat(campaign["ends_at"]) - timedelta(days=1)).date().isoformat()


def facets_of(data: Mapping[str, Any]) -> list[list[str]]:
    """Give what somebody can be filtered by as ``[name, value, label]``, in the active language."""
    language = get_language() or settings.LANGUAGE_CODE
    found = [["topic", chip["slug"], chip["title"]] for one in data["topics"] for chip in [topic_in(one, language)]]
    found += [["language", code, language_name(code)] for code in data["languages"]]
    found += [["way", way, str(Way(way).label)] for way in data["ways"]]
    found += [["modality", one, str(Modality(one).label)] for one in data["modalities"]]
    if data["country"]:
        found.append(["country", data["country"], country_name(data["country"])])
    if data["fee"] and data["fee"]["band"]:
        found.append(["fee", data["fee"]["band"], str(Band(data["fee"]["band"]).label)])
    if data["reduced_fee"]:
        found.append(["reduced_fee", "true", _("Reduced fee")])
    if data["offers_consultation"]:
        found.append(["offers_consultation", "true", _("Free first consultation")])
    return found
