"""What is kept of somebody's consultations, as the one who asks or the one who is asked, and what stays when they go.

Of a reader who goes, the specialist keeps nothing but sums of days. Of a specialist who goes, a reader keeps what they
wrote themselves and when it was; not with whom.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.consultations.meetings import CalendarFeed, Consultation, Side
from cms.consultations.practices import DailySum, Practice
from cms.consultations.practising import SAID
from cms.consultations.services import end_open
from cms.people.models import User
from cms.people.rights import holds
from cms.specialists.models import Specialist


def erase_consultations(user: User) -> None:
    """Call off what is open, so that the others are told; the rows themselves go with the account."""
    end_open(reader=user)
    for specialist in Specialist.objects.filter(user=user):
        end_open(specialist=specialist)


@holds("consultations", _("Your consultations"), erase=erase_consultations)
def consultations(user: User) -> list[dict[str, Any]]:
    found = Consultation.objects.with_both().visible_to(user).order_by("asked_at")
    return [told(one, one.side_of(user) or Side.READER) for one in found]


def told(consultation: Consultation, side: Side) -> dict[str, Any]:
    """Give a consultation as plain values; what the other one wrote to somebody is theirs to read as well."""
    other = consultation.specialist.name if consultation.specialist else None
    return {
        "asked_at": consultation.asked_at.isoformat(),
        "you_are": side.value,
        "with": other if side == Side.READER else consultation.name,
        "state": consultation.state,
        "times": consultation.times,
        "agreed_time": consultation.starts_at and consultation.starts_at.isoformat(),
        "way": consultation.way,
        "name_to_be_called_by": consultation.name,
        "note": consultation.note,
        "time_zone": consultation.time_zone,
        "fees_told": consultation.fees,
    }


@holds("practice", _("Your times for free first consultations"))
def practice(user: User) -> dict[str, Any] | None:
    found = Practice.objects.filter(specialist__user=user).first()
    if found is None:
        return None
    sums = DailySum.objects.filter(specialist__user=user).order_by("day")
    said = {name: getattr(found, name) for name in SAID}
    until = found.paused_until
    return {**said, "paused_until": until and until.isoformat(), "sums": [one.as_told() for one in sums]}


@holds("calendar_feed", _("The address of your calendar"))
def calendar_feed(user: User) -> dict[str, Any] | None:
    """Give when it was made; its secret is kept nowhere."""
    found = CalendarFeed.objects.filter(user=user).first()
    return {"made_at": found.made_at.isoformat()} if found else None
