"""Describes specialists: what they say of themselves, and what was checked."""

from datetime import datetime
from typing import Any

from django.conf import settings

from api.library.builders.snippets import person_chip, topic_chip
from api.library.description import Description, day, iso, lines
from api.library.models import Kind
from api.library.neighbours import Neighbours
from api.library.sources import end_of, key_of, to_the_second, type_of
from cms.articles.models import Topic
from cms.helplines.countries import country_name
from cms.people.models import Person
from cms.specialists.campaigns import campaigns_at, windows_of
from cms.specialists.choices import Modality, band_of, language_name
from cms.specialists.models import Campaign, Specialist


def describe_specialist(specialist: Specialist, moment: datetime) -> Description:
    """Describe a specialist. What is a choice is told by its code; pages say it in the words of their language."""
    versions = versions_of(specialist)
    checker = (
        Person.objects.filter(user=specialist.verified_by_id).order_by("pk").first()
        if specialist.verified_by_id
        else None
    )
    neighbours = Neighbours(moment)
    neighbours.want(Topic, [key for group in versions for key in group])
    neighbours.want(Person, [checker and checker.pk])
    neighbours.want_pictures([specialist.photo_id])
    neighbours.load()

    campaigns = windows_of(specialist, moment)
    checked_by = neighbours.data(Person, checker.pk) if checker else None
    path = f"/specialists/{specialist.slug}/"
    card: dict[str, Any] = {
        "id": str(specialist.public_id),
        "path": path,
        "slug": specialist.slug,
        "name": specialist.name.strip(),
        "professional_title": specialist.professional_title.strip(),
        "summary": specialist.summary.strip(),
        "written_in": specialist.written_in,
        # The name stands beside it: said again, it would only be read out twice.
        "photo": neighbours.image(specialist.photo_id, ""),
        "topics": [chip for group in versions if (chip := topic_in_all_languages(neighbours, group))],
        "modalities": sorted(specialist.modalities),
        "languages": sorted(specialist.languages),
        "ways": list(specialist.ways),
        "country": specialist.country,
        "country_name": country_name(specialist.country) if specialist.country else "",
        "place": specialist.place.strip(),
        "fee": fee(specialist),
        "reduced_fee": reduced_fee(specialist),
        "verified_on": day(specialist.verified_at.date()) if specialist.verified_at else None,
        "offers_consultation": specialist.offers_consultation,
        "featured": campaigns,
    }
    data = {
        **card,
        "approach": specialist.approach.strip(),
        "cancelling": specialist.cancelling.strip(),
        "registration": {
            "body": specialist.registration_body.strip(),
            "number": specialist.registration_number.strip(),
            "country": specialist.registration_country,
            "country_name": country_name(specialist.registration_country) if specialist.registration_country else "",
        },
        "verification": {
            "checked": specialist.checked.strip(),
            "checked_on": card["verified_on"],
            "checked_by": person_chip(checked_by) if checked_by else None,
            "valid_until": day(specialist.verified_until),
        },
        "updated_at": iso(specialist.last_published_at or moment),
    }
    return Description(
        kind=Kind.SPECIALIST,
        id=specialist.public_id,
        path=path,
        slug=specialist.slug,
        language=settings.LANGUAGE_CODE,
        title=card["name"],
        data=data,
        card=card,
        text=lines(card["professional_title"], words_of(data)),
        facets=frozenset(facets_of(data)),
        ingredients=frozenset(neighbours.ingredients | campaign_keys(moment, specialist)),
        source=key_of(specialist),
        published_at=to_the_second(specialist.first_published_at or moment),
        ends_at=end_of(specialist),
        good_until=earliest(neighbours.good_until, campaigns_at(moment) if campaigns else []),
    )


def versions_of(specialist: Specialist) -> list[list[int]]:
    """Give the keys of the chosen topics, each with those of its versions in other languages, by title. One query."""
    chosen = sorted(specialist.topics.all(), key=lambda topic: (topic.title, topic.pk))
    keys = dict.fromkeys(topic.translation_key for topic in chosen)
    found: dict[Any, list[int]] = {key: [] for key in keys}
    rows = Topic.objects.filter(translation_key__in=keys).order_by("pk").values_list("translation_key", "pk")
    for translation_key, pk in rows:
        found[translation_key].append(pk)
    return list(found.values())


def topic_in_all_languages(neighbours: Neighbours, keys: list[int]) -> dict[str, Any] | None:
    """Give a topic's chip in the default language, or the first there is, with those of its versions elsewhere."""
    found = [data for key in keys if (data := neighbours.data(Topic, key))]
    found.sort(key=lambda data: (data["language"] != settings.LANGUAGE_CODE, data["language"]))
    if not found:
        return None
    others = [{"language": data["language"], **topic_chip(data)} for data in found[1:]]
    return {"language": found[0]["language"], **topic_chip(found[0]), "translations": others}


def fee(specialist: Specialist) -> dict[str, Any] | None:
    """Give what a session costs; none while it has not been said."""
    if specialist.fee_amount is None:
        return None
    return {
        "amount": f"{specialist.fee_amount:.2f}",
        "currency": specialist.fee_currency,
        "minutes": specialist.fee_minutes,
        "band": str(band_of(float(specialist.fee_amount), specialist.fee_currency)),
    }


def reduced_fee(specialist: Specialist) -> dict[str, Any] | None:
    """Give what a session costs at a reduced fee, and for whom."""
    if specialist.reduced_fee is None:
        return None
    return {"amount": f"{specialist.reduced_fee:.2f}", "note": specialist.reduced_fee_note.strip()}


def facets_of(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Give what specialists are filtered by. A topic counts under its slug in each language."""
    found = [("language", code) for code in data["languages"]]
    found += [("way", way) for way in data["ways"]]
    found += [("modality", modality) for modality in data["modalities"]]
    found += [("topic", one["slug"]) for chip in data["topics"] for one in (chip, *chip["translations"])]
    if data["country"]:
        found.append(("country", data["country"]))
    if data["fee"] and data["fee"]["band"]:
        found.append(("fee", data["fee"]["band"]))
    if data["reduced_fee"]:
        found.append(("reduced_fee", "true"))
    if data["offers_consultation"]:
        found.append(("offers_consultation", "true"))
    return found


def words_of(data: dict[str, Any]) -> str:
    """Give the words by which somebody may be searched for."""
    modalities = [str(Modality(one).label) for one in data["modalities"]]
    return lines(
        data["summary"],
        data["approach"],
        ", ".join(modalities),
        ", ".join(language_name(code) for code in data["languages"]),
        ", ".join(name for name in (data["place"], data["country_name"]) if name),
    )


def campaign_keys(moment: datetime, specialist: Specialist) -> set[tuple[int, int]]:
    """Give the campaigns that somebody's entry is made of, as (content type, key)."""
    if not specialist.offers_consultation:
        return set()
    return {(type_of(Campaign).pk, campaign.pk) for campaign in campaigns_at(moment)}


def earliest(moment: datetime | None, campaigns: list[Campaign]) -> datetime | None:
    """Give the first moment at which something that an entry names is over."""
    return min([*([moment] if moment else []), *(campaign.is_over_at for campaign in campaigns)], default=None)
