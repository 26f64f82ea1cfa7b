"""What a campaign does: it lets some stand first, and writes down who did."""

from datetime import datetime
from typing import Any

from cms.specialists import rule
from cms.specialists.choices import State
from cms.specialists.models import Campaign, Specialist, Standing


def campaigns_at(moment: datetime) -> list[Campaign]:
    """Give the published campaigns that run or will run, the earliest first."""
    return list(Campaign.objects.filter(live=True, ends_on__gte=moment.date()).order_by("starts_on", "pk"))


def window_of(campaign: Campaign) -> dict[str, Any]:
    """Give of a campaign what the rule needs."""
    return {
        "campaign": str(campaign.public_id),
        "starts_at": campaign.begins_at.isoformat(),
        "ends_at": campaign.is_over_at.isoformat(),
        "cap": campaign.cap,
    }


def windows_of(specialist: Specialist, moment: datetime) -> list[dict[str, Any]]:
    """Give the campaigns that somebody is eligible for: all, as long as they offer a free first consultation."""
    return [window_of(campaign) for campaign in campaigns_at(moment)] if specialist.offers_consultation else []


def note_standing(moment: datetime) -> Standing | None:
    """Write down who stands first now, where that is new: on a new day, or because somebody came or went."""
    campaign = next((one for one in campaigns_at(moment) if one.begins_at <= moment), None)
    if campaign is None:
        return None
    offering = Specialist.objects.filter(
        live=True, state=State.VERIFIED, offers_consultation=True, verified_until__gte=moment.date()
    )
    windows = [window_of(campaign)]
    people = [{"id": str(key), "featured": windows} for key in offering.values_list("public_id", flat=True)]
    first, day = list(rule.featured(people, moment)), moment.date()
    known = Standing.objects.filter(campaign=campaign, day=day).first()
    if known and (known.first, known.eligible) == (first, len(people)):
        return None
    return Standing.objects.create(campaign=campaign, day=day, at=moment, eligible=len(people), first=first)
