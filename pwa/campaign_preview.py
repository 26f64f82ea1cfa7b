"""A campaign before it runs: the list of specialists as it will stand on its first day."""

from typing import Any

from django.utils.translation import gettext as _

from api.library.models import Entry, Kind
from cms.specialists import rule
from cms.specialists.campaigns import window_of
from cms.specialists.models import Campaign
from pwa import compose, finding
from pwa.drawing import draw
from pwa.frame import part
from pwa.pages import Desk, title_head
from pwa.profile import facets_of


def campaign_page(desk: Desk, campaign: Campaign) -> str:
    """Give the list on the first day of a campaign, or today where it has begun, with who would stand first."""
    moment = max(desk.now, campaign.begins_at)
    window = window_of(campaign)
    running = Entry.objects.running_at(desk.now).filter(kind=Kind.SPECIALIST)
    rows = [row_of(data, window) for data in running.values_list("data", flat=True) if data]
    fills = {
        "specialists": finding.listed(rows, {}, desk.frame.root, moment),
        **{f"where featured/{key}/{name}": "yes" for key, name in rule.featured(rows, moment).items()},
    }
    main = compose.fill(part("specialists"), fills, moment)
    return desk.page(main, title_head(_("Find someone to talk to")), f"{desk.frame.root}/specialists/")


def row_of(data: dict[str, Any], window: dict[str, Any]) -> dict[str, Any]:
    """Give somebody as they will stand in the list while a campaign runs."""
    featured = [window] if data["offers_consultation"] else []
    card = draw(Kind.SPECIALIST, {**data, "featured": featured}).card
    return {"id": data["id"], "featured": featured, "facets": facets_of(data), "card": card}
