"""What is kept of somebody who is a specialist, or wanted to be one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.people.models import User
from cms.people.rights import holds
from cms.publishing.services import one_writer
from cms.specialists import services
from cms.specialists.models import Specialist, Step

WORDS = (
    *("name", "professional_title", "summary", "approach", "written_in", "country", "place", "fee_currency"),
    *("fee_minutes", "reduced_fee_note", "cancelling", "registration_body", "registration_number"),
    *("registration_country", "modalities", "languages", "ways"),
)


def erase_profile(user: User) -> None:
    """Take a profile away with its photos, its history and what was handed in; from phones too, by the library."""
    with one_writer():
        specialist = services.profile_of(user)
        if specialist is not None:
            services.take_away(specialist)


@holds("specialist", _("Your profile as a specialist"), erase=erase_profile)
def profile(user: User) -> dict[str, Any] | None:
    specialist = services.profile_of(user)
    if specialist is None:
        return None
    return {
        "address": f"/specialists/{specialist.slug}/",
        "state": specialist.state,
        "changes": specialist.changes,
        "verified_on": specialist.verified_at and specialist.verified_at.isoformat(),
        "verified_until": specialist.verified_until and specialist.verified_until.isoformat(),
        "checked": specialist.checked,
        "offers_consultation": specialist.offers_consultation,
        "time_zone": specialist.time_zone,
        "public": told(specialist) if specialist.live else None,
        "newest": told(specialist.draft),
        "evidence": [
            {"kind": one.kind, "name": one.name, "bytes": one.size, "since": one.added_at.isoformat()}
            for one in specialist.evidence.all()
        ],
        "history": [
            {"what": step.action, "at": step.at.isoformat(), "why": step.reasons, "checked": step.checked}
            for step in specialist.steps.order_by("at")
        ],
    }


def told(specialist: Specialist) -> dict[str, Any]:
    """Give what somebody says of themselves in one version."""
    return {
        **{name: getattr(specialist, name) for name in WORDS},
        "fee": str(specialist.fee_amount) if specialist.fee_amount is not None else None,
        "reduced_fee": str(specialist.reduced_fee) if specialist.reduced_fee is not None else None,
        "topics": [topic.title for topic in specialist.topics.all()],
        "has_photo": specialist.photo_id is not None,
    }


@holds("moderation", _("What you decided about specialists"))
def decisions(user: User) -> list[dict[str, Any]]:
    """Give what a moderator did, without whom it was about."""
    steps = Step.objects.filter(by=user).exclude(specialist__user=user).order_by("at")
    return [{"what": step.action, "at": step.at.isoformat()} for step in steps]
