"""Describes banners, helplines and promoted results."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from wagtail.models import Page

from api.library.body import words_of_panels, write_panels
from api.library.description import Description, day, iso, lines
from api.library.models import Kind
from api.library.neighbours import Neighbours
from api.library.richtext import web_address
from api.library.sources import end_of, key_of, to_the_second
from api.library.words import plain
from cms.articles.models import Topic
from cms.banners.blocks import PANEL_HEADINGS
from cms.banners.models import Banner
from cms.helplines.countries import country_name
from cms.helplines.models import Helpline
from cms.promotions.models import PromotedResult


def describe_banner(banner: Banner, moment: datetime) -> Description:
    """Describe a consultation banner. Its name is the team's alone."""
    named = [topic.pk for topic in banner.topics.all()]
    neighbours = Neighbours(moment)
    neighbours.want(Topic, named)
    neighbours.want(Page, [banner.call_to_action_page_id])
    neighbours.load()

    topics = sorted(found["slug"] for key in named if (found := neighbours.data(Topic, key)))
    # No topics means all: a banner for topics none of which is public must stand nowhere instead.
    placements = [] if named and not topics else list(dict.fromkeys(banner.placements))
    label, path = banner.call_to_action.strip(), neighbours.page_path(banner.call_to_action_page_id)
    starts_at, ends_at = to_the_second(banner.starts_at), end_of(banner)
    data: dict[str, Any] = {
        "id": str(banner.public_id),
        "language": banner.locale.language_code,
        "audience": banner.audience,
        "heading": banner.heading.strip(),
        "lead": banner.lead.strip(),
        "panels": write_panels(banner.panels_content, PANEL_HEADINGS[banner.audience]),
        "call_to_action": {"label": label, "path": path} if label and path else None,
        "placements": placements,
        "topics": topics,
        "starts_at": iso(starts_at),
        "ends_at": iso(ends_at),
        "priority": banner.priority,
    }
    return Description(
        kind=Kind.BANNER,
        id=banner.public_id,
        path=None,
        slug="",
        language=banner.locale.language_code,
        title=data["heading"],
        data=data,
        text=lines(data["lead"], words_of_panels(data["panels"])),
        facets=frozenset(
            [("audience", banner.audience)]
            + [("placement", placement) for placement in placements]
            + [("topic", slug) for slug in topics]
        ),
        ingredients=frozenset(neighbours.ingredients),
        source=key_of(banner),
        published_at=to_the_second(banner.first_published_at or moment),
        starts_at=starts_at,
        ends_at=ends_at,
        good_until=neighbours.good_until,
    )


def describe_helpline(helpline: Helpline, moment: datetime) -> Description:
    """Describe whom to call in one country."""
    country = helpline.country.upper()
    data: dict[str, Any] = {
        "id": str(helpline.public_id),
        "country": country,
        "country_name": country_name(country),
        "name": helpline.name.strip(),
        "description": helpline.description.strip(),
        "phone": helpline.phone.strip(),
        "text_number": helpline.text_number.strip(),
        "url": web_address(helpline.url),
        "hours": helpline.hours.strip(),
        "is_emergency": helpline.is_emergency,
        "position": helpline.position,
        "verified_on": day(helpline.verified_on),
        "words": [
            {"language": one.language, "description": one.description.strip(), "hours": one.hours.strip()}
            for one in helpline.words.all()
        ],
    }
    return Description(
        kind=Kind.HELPLINE,
        id=helpline.public_id,
        path=None,
        slug="",
        language=settings.LANGUAGE_CODE,
        title=data["name"],
        data=data,
        text=lines(data["country_name"], data["description"], data["phone"], data["text_number"], data["hours"]),
        facets=frozenset({("country", country)}),
        source=key_of(helpline),
        published_at=to_the_second(helpline.first_published_at or moment),
        ends_at=end_of(helpline),
    )


def describe_promotion(promoted: PromotedResult, moment: datetime) -> Description:
    """Describe what stands above the results of some searches. Where its page is not public, it has no phrases left."""
    neighbours = Neighbours(moment)
    neighbours.want(Page, [promoted.page_id])
    neighbours.load()
    path = "/help/" if promoted.is_help else neighbours.page_path(promoted.page_id)
    data: dict[str, Any] = {
        "id": str(promoted.public_id),
        "heading": promoted.heading.strip(),
        "note": promoted.note.strip(),
        "label": gettext("Help now") if promoted.is_help else promoted.heading.strip(),
        "path": path or "",
        "is_help": promoted.is_help,
        "phrases": [phrase for line in promoted.lines if (phrase := plain_phrase(line))] if path else [],
        "priority": promoted.priority,
    }
    return Description(
        kind=Kind.PROMOTION,
        id=promoted.public_id,
        path=None,
        slug="",
        language=settings.LANGUAGE_CODE,
        title=data["heading"],
        data=data,
        text=data["note"],
        ingredients=frozenset(neighbours.ingredients),
        source=key_of(promoted),
        published_at=to_the_second(promoted.first_published_at or moment),
        ends_at=end_of(promoted),
        good_until=neighbours.good_until,
    )


def plain_phrase(line: str) -> str:
    """Give a phrase as queries are compared with it; an asterisk at its end stays."""
    phrase = plain(line)
    return f"{phrase}*" if phrase and line.rstrip().endswith("*") else phrase
