"""What time does to profiles: warnings, the end of a verification, and of what was handed in."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cms.publishing.services import one_writer
from cms.specialists import files
from cms.specialists.choices import Changes, State
from cms.specialists.evidence import remove_evidence
from cms.specialists.letters import tell
from cms.specialists.models import Evidence, Specialist, Step
from cms.specialists.moderation import take_down
from cms.specialists.readiness import is_waiting
from cms.specialists.turns import note

WARNINGS = (30, 7)  # days before the end
# How long what was handed in is kept once nobody has to look at it any more; see docs/specialists.md.
KEPT_AFTER_DECISION = timedelta(days=30)
KEPT_UNDECIDED = timedelta(days=90)
KEPT_SUSPENDED = timedelta(days=180)


def sweep(moment: datetime | None = None) -> None:
    """Do what time does: warn, take down what has expired, forget what was handed in."""
    moment = moment or timezone.now()
    warn(moment)
    expire(moment)
    forget_evidence(moment)


def warn(moment: datetime) -> int:
    """Write to everybody whose verification ends in 30 days or in 7, once each; give how many letters."""
    today, count = moment.date(), 0
    ending = Specialist.objects.filter(
        state=State.VERIFIED, verified_until__gte=today, verified_until__lte=today + timedelta(days=max(WARNINGS))
    )
    for key in list(ending.values_list("pk", flat=True)):
        with one_writer():
            specialist = Specialist.objects.select_related("user").get(pk=key)
            until = specialist.verified_until
            if until is None or specialist.state != State.VERIFIED:
                continue
            due = min((days for days in WARNINGS if until - today <= timedelta(days=days)), default=0)
            if not due or (specialist.warned and specialist.warned <= due):
                continue
            specialist.warned = due
            specialist.save(update_fields=["warned"])
            note(specialist, Step.Action.WARNED, None, until=until)
            tell(
                specialist,
                _("Your verification on Respite ends soon"),
                format_lazy(
                    _("Readers see your profile until {day}. Hand it in again before, with a document of this year."),
                    day=lazy(date_format, str)(until),
                ),
            )
            count += 1
    return count


def expire(moment: datetime) -> int:
    """Take down every profile whose time is over; give how many. Readers see none of them since midnight."""
    count = 0
    over = Specialist.objects.filter(state=State.VERIFIED, verified_until__lt=moment.date())
    for key in list(over.values_list("pk", flat=True)):
        with one_writer():
            specialist = Specialist.objects.select_related("user").get(pk=key)
            if specialist.state != State.VERIFIED:
                continue
            # What waits to be looked at goes on waiting, as what it now is: a profile that is not public.
            specialist.state = State.SUBMITTED if specialist.changes == Changes.SUBMITTED else State.EXPIRED
            specialist.changes = Changes.NONE
            take_down(specialist, None)
            note(specialist, Step.Action.EXPIRED, None, until=specialist.verified_until)
            tell(
                specialist,
                _("Your verification on Respite has ended"),
                _("Readers do not see your profile any more. Hand it in again, and we look at it."),
            )
            count += 1
    return count


def forget_evidence(moment: datetime) -> int:
    """Delete what was handed in and is needed no longer; give how many files."""
    count = 0
    for evidence in Evidence.objects.select_related("specialist").exclude(specialist__state=State.SUBMITTED):
        if is_needed(evidence, moment):
            continue
        with one_writer():
            remove_evidence(evidence, None)
            count += 1
    return count + files.throw_orphans_away(moment)


def is_needed(evidence: Evidence, moment: datetime) -> bool:
    """Say whether a file may still have to be looked at."""
    specialist = evidence.specialist
    if is_waiting(specialist):
        return True
    if specialist.state == State.VERIFIED:
        since = max(evidence.added_at, specialist.verified_at or evidence.added_at)
        return moment - since < KEPT_AFTER_DECISION
    kept = KEPT_SUSPENDED if specialist.state == State.SUSPENDED else KEPT_UNDECIDED
    return moment - evidence.added_at < kept
