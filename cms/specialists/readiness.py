"""How far a profile is: what it lacks, whether it waits, and what of what was checked is otherwise now."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext

from cms.publishing.rules import problems_of
from cms.specialists.choices import Changes, State
from cms.specialists.models import Specialist

RENEWABLE = timedelta(days=60)  # before the end, from when on somebody may ask to be looked at again
# What a moderator has compared with the evidence: whoever changes it is to be verified anew.
CLAIMS = ("name", "professional_title", "registration_body", "registration_number", "registration_country")


def is_waiting(specialist: Specialist) -> bool:
    """Say whether somebody is to look at it."""
    return State.SUBMITTED in (specialist.state, specialist.changes)


def is_renewable(specialist: Specialist) -> bool:
    """Say whether the end of a verification is so near that it can be renewed."""
    until = specialist.verified_until
    return specialist.state == State.VERIFIED and until is not None and until - timezone.now().date() <= RENEWABLE


def may_submit(specialist: Specialist) -> bool:
    """Say whether there is something to hand in."""
    if specialist.state == State.VERIFIED:
        written = specialist.changes in (Changes.DRAFT, Changes.RETURNED)
        return written or (is_renewable(specialist) and specialist.changes == Changes.NONE)
    return specialist.state in (State.DRAFT, State.RETURNED, State.EXPIRED)


def changed_claims(specialist: Specialist) -> list[str]:
    """Name what of the things that were checked is otherwise in the newest version than in the public one."""
    draft = specialist.draft
    return [name for name in CLAIMS if getattr(draft, name) != getattr(specialist, name)]


def needs_evidence(specialist: Specialist) -> bool:
    """Say whether somebody has to show something: not for changes that touch nothing that was checked."""
    return specialist.state != State.VERIFIED or bool(changed_claims(specialist)) or is_renewable(specialist)


def lacks(specialist: Specialist) -> list[str]:
    """Give what is still missing before a profile can be handed in, a sentence each."""
    draft = specialist.draft
    found = [problem for problem in problems_of(draft) if problem not in draft.unverified_problems()]
    if not specialist.evidence.exists() and needs_evidence(specialist):
        found.append(gettext("Hand in at least one document that shows your registration."))
    return found
