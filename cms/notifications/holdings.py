"""What is kept of how somebody is told things."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.notifications.kinds import kind_of
from cms.notifications.models import Choice, Notice, Preferences, PushSubscription
from cms.notifications.push.subscriptions import followed_by
from cms.people.models import User
from cms.people.rights import holds


@holds("notifications", _("What you are told, and how"))
def notifications(user: User) -> dict[str, Any]:
    kept = Preferences.objects.filter(user=user).first()
    return {
        "language": kept.language if kept else "",
        "last_daily_letter": kept.digest_on.isoformat() if kept and kept.digest_on else None,
        "chosen": [
            {"of": title(choice.kind), "by_email": choice.how}
            for choice in Choice.objects.filter(user=user).order_by("kind")
        ],
        "waiting_for_the_daily_letter": [
            {"of": title(notice.kind), "at": notice.at.isoformat()}
            for notice in Notice.objects.filter(user=user).order_by("at")
        ],
    }


@holds("devices", _("Devices on which you are told"))
def devices(user: User) -> list[dict[str, Any]]:
    """Give which they are, and not the addresses and keys by which they are told: who has those could tell them."""
    return [
        {"device": one.device, "since": one.made_at.isoformat(), "topics": followed_by(one)}
        for one in PushSubscription.objects.filter(user=user).order_by("made_at")
    ]


def title(number: int) -> str:
    kind = kind_of(number)
    return str(kind.title) if kind else ""
