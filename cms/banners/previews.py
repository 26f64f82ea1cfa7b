"""The previews of a banner: beside its three general ones, one for each audience and place."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from cms.banners.places import AFTER_SECTION, Placement
from cms.consultations.models import Audience

PREFIX = "at-"


class Spot(NamedTuple):
    """Where a banner is looked at: whom the page speaks to, and the place on it."""

    audience: str
    placement: str


# A page speaks to one audience: these are the places there are.
MODES: list[tuple[str, Any]] = [
    (f"{PREFIX}client-home", _("Clients: home")),
    (f"{PREFIX}client-after_section", _("Clients: after a section of an article")),
    (f"{PREFIX}client-article_end", _("Clients: end of an article")),
    (f"{PREFIX}client-specialist_list", _("Clients: list of specialists")),
    (f"{PREFIX}specialist-specialist_area", _("Specialists: specialist area")),
]


def spot_of(mode: str, placements: list[str]) -> Spot | None:
    """Give where a preview's mode looks; None for the general modes.

    After which section is said by the banner's own places: the first of them, or section 1.
    """
    if not mode.startswith(PREFIX):
        return None
    audience, _hyphen, placement = mode.removeprefix(PREFIX).partition("-")
    if placement == AFTER_SECTION.rstrip("_"):
        sections = sorted(place for place in placements if place.startswith(AFTER_SECTION))
        placement = sections[0] if sections else Placement.AFTER_SECTION_1.value
    return Spot(audience, placement) if audience in Audience.values and placement in Placement.values else None
