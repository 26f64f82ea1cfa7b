"""What moderators decide about profiles. Nobody decides about their own."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import Revision

from cms.people.models import User
from cms.publishing.rules import problems_of
from cms.publishing.services import one_writer
from cms.specialists.choices import Changes, State
from cms.specialists.letters import tell
from cms.specialists.models import Specialist, Step
from cms.specialists.photos import forget_photos
from cms.specialists.readiness import changed_claims, is_waiting
from cms.specialists.turns import Refused, latest, moderators_turn, note, reloaded

LONGEST = timedelta(days=731)  # for which somebody may be verified


def verify(key: int, by: Any, checked: str, until: date) -> Specialist:
    """Find a profile good, with what was handed in to it, and publish it until the end of a day.

    ``checked`` says what was compared with what; readers see it.
    """
    with moderators_turn(key, by) as specialist:
        if not is_waiting(specialist):
            raise Refused(gettext("It is not waiting to be looked at any more."))
        today = timezone.now().date()
        if not checked.strip():
            raise Refused(gettext("Say what you have compared with what."))
        if not today < until <= today + LONGEST:
            raise Refused(gettext("Choose a day from tomorrow on, within the next two years."))
        specialist.verified_at, specialist.verified_by, specialist.verified_until = timezone.now(), by, until
        specialist.checked, specialist.warned = checked.strip(), 0
        publish_newest(specialist, by)
        note(specialist, Step.Action.VERIFIED, by, checked=checked.strip(), until=until)
        tell(
            specialist,
            _("Your profile on Respite was verified"),
            _("Readers see it now. Before the verification ends you hear from us."),
        )
        return reloaded(specialist)


def approve_changes(key: int, by: Any) -> Specialist:
    """Publish changes that touch nothing that was checked; the verification stays as it is."""
    with moderators_turn(key, by) as specialist:
        if specialist.state != State.VERIFIED or specialist.changes != Changes.SUBMITTED:
            raise Refused(gettext("It is not waiting to be looked at any more."))
        if changed_claims(specialist):
            raise Refused(gettext("Something that was checked is otherwise now: verify it anew."))
        publish_newest(specialist, by)
        note(specialist, Step.Action.CHANGES_APPROVED, by)
        tell(specialist, _("Your changes on Respite are public"), _("A moderator has looked at what you changed."))
        return reloaded(specialist)


def publish_newest(specialist: Specialist, by: Any) -> None:
    """Publish the newest version of a profile as verified. Raises :class:`Refused` with what it lacks."""
    newest = latest(specialist)
    if newest is None:
        raise Refused(gettext("There is nothing to publish."))
    specialist.state, specialist.changes, specialist.approved = State.VERIFIED, Changes.NONE, newest
    specialist.save()
    if problems := problems_of(newest.as_object()):
        raise Refused(*problems)
    newest.publish(user=by, skip_permission_checks=True)
    forget_photos(reloaded(specialist))


def send_back(key: int, by: Any, reasons: str) -> Specialist:
    """Return what waits to whom it is from, with reasons. What is public stays public."""
    with moderators_turn(key, by) as specialist:
        if not is_waiting(specialist):
            raise Refused(gettext("It is not waiting to be looked at any more."))
        needed(reasons)
        if specialist.state == State.VERIFIED:
            specialist.changes, action = Changes.RETURNED, Step.Action.CHANGES_RETURNED
        else:
            specialist.state, action = State.RETURNED, Step.Action.RETURNED
        specialist.save(update_fields=["state", "changes"])
        note(specialist, action, by, reasons=reasons)
        tell(
            specialist,
            _("Your profile on Respite needs something"),
            _("A moderator has looked at it and returned it to you. Why:"),
            reasons.strip(),
            _("Change what is needed and hand it in again. What was public stays public."),
        )
        return specialist


def suspend(key: int, by: Any, reasons: str) -> Specialist:
    """Take a public profile down at once, with reasons."""
    with moderators_turn(key, by) as specialist:
        if specialist.state != State.VERIFIED:
            raise Refused(gettext("Only a verified profile can be suspended."))
        needed(reasons)
        specialist.state, specialist.changes = State.SUSPENDED, Changes.NONE
        take_down(specialist, by)
        note(specialist, Step.Action.SUSPENDED, by, reasons=reasons)
        tell(
            specialist,
            _("Your profile on Respite was suspended"),
            _("Readers do not see it any more. Why:"),
            reasons.strip(),
            _("If you think that this is a mistake, answer by writing to us: we look at it again."),
        )
        return reloaded(specialist)


def suspend_with_account(user: User) -> None:
    """Take down the profile of somebody whose account was disabled; a moderator may put it back."""
    with one_writer(), transaction.atomic():
        specialist = Specialist.objects.select_related("user").filter(user=user, state=State.VERIFIED).first()
        if specialist is None:
            return
        specialist.state, specialist.changes = State.SUSPENDED, Changes.NONE
        take_down(specialist, None)
        note(specialist, Step.Action.SUSPENDED, None, reasons=gettext("The account was disabled."))


def reinstate(key: int, by: Any, reasons: str) -> Specialist:
    """Put a suspended profile back as it was last found good; where its time is over, it has expired."""
    with moderators_turn(key, by) as specialist:
        if specialist.state != State.SUSPENDED:
            raise Refused(gettext("It is not suspended."))
        needed(reasons)
        note(specialist, Step.Action.REINSTATED, by, reasons=reasons)
        if specialist.verified_until is None or specialist.verified_until < timezone.now().date():
            specialist.state = State.EXPIRED
            specialist.save(update_fields=["state"])
        else:
            specialist.state = State.VERIFIED
            newest, approved = latest(specialist), specialist.approved
            specialist.changes = Changes.NONE if newest == approved else Changes.DRAFT
            specialist.save(update_fields=["state", "changes"])
            if approved is None:
                raise Refused(gettext("There is nothing to publish."))
            Revision.objects.get(pk=approved.pk).publish(user=by, skip_permission_checks=True)
        tell(
            specialist,
            _("Your profile on Respite is no longer suspended"),
            reasons.strip(),
            "" if specialist.state == State.VERIFIED else _("Its verification has ended meanwhile: hand it in again."),
        )
        return reloaded(specialist)


def needed(reasons: str) -> None:
    if not reasons.strip():
        raise Refused(gettext("Say why, in words for whose profile it is."))


def take_down(specialist: Specialist, by: Any) -> None:
    """Take a profile out of public, with the state that is set on it."""
    specialist.save(update_fields=["state", "changes"])
    UnpublishAction(reloaded(specialist), user=by).execute(skip_permission_checks=True)
