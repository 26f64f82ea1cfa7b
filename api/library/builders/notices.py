"""Describes banners and helplines."""

from datetime import datetime
from typing import Any

from django.conf import settings
from wagtail.models import Page

from api.library.body import words_of_panels, write_panels
from api.library.description import Description, day, iso, lines
from api.library.models import Kind
from api.library.neighbours import Neighbours
from api.library.richtext import web_address
from api.library.sources import end_of, key_of, to_the_second
from cms.articles.models import Topic
from cms.banners.blocks import PANEL_HEADINGS
from cms.banners.models import Banner
from cms.helplines.countries import country_name
from cms.helplines.models import Helpline


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
        language=settings.LANGUAGE_CODE,
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
