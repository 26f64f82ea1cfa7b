"""Reports: made by one of the two, looked at and decided by a moderator, who sees messages in no other way."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.correspondence.limits import hold_reports
from cms.correspondence.models import Closure, Decision, Look, Message, Place, Report
from cms.correspondence.refusals import NotPossible, NotThere
from cms.correspondence.services import messages_for
from cms.correspondence.team import write_as_team
from cms.people.models import User
from cms.people.writing import written_once
from cms.specialists import moderation
from cms.specialists.choices import State
from cms.specialists.models import Specialist

DECIDE = "correspondence.decide_reports"
# How many messages before and after the reported one a moderator sees with it.
AROUND = 2
WHY_SUSPENDED = gettext_lazy("We have written to you about it in your messages.")


def reportable(user: User, id: UUID) -> Message:
    """Give a message that somebody may report: of the other one, in a thread of theirs. Raises ``NotThere``."""
    message = Message.objects.select_related("thread").filter(public_id=id, thread__places__user=user).first()
    if message is None or message.thread.with_team or message.author_id == user.pk:
        raise NotThere
    if not messages_for(user, message.thread).filter(pk=message.pk).exists():
        raise NotThere
    return message


def report(user: User, id: UUID, reason: str, details: str, key: UUID | None = None) -> tuple[Report, bool]:
    """Report a message; give the report, and whether it was made just now.

    Raises ``KeyReused``, ``NotThere``, ``NotPossible`` where it was reported before, and ``TooMany``.
    """

    def make(written: dict[str, Any]) -> Report:
        message = reportable(user, id)
        # Two that report at once wait for each other.
        Place.objects.select_for_update().filter(thread=message.thread, user=user).first()
        if Report.objects.filter(author=user, message=message).exists():
            raise NotPossible("already-reported", _("You have reported this message already."))
        hold_reports(user)
        made = Report.objects.create(message=message, about=message.author, reason=reason, details=details, **written)
        transaction.on_commit(lambda: tell_moderators())
        return made

    content = {"report": str(id), "reason": reason, "details": details}
    return written_once(Report, user, key, content, make)


def tell_moderators() -> None:
    """Let a task tell the moderators that there is a report."""
    from cms.correspondence.tasks import tell_of_report

    tell_of_report.enqueue()


def open_reports_for(user: User) -> "QuerySet[Report]":
    """Give the reports that somebody is to decide, the oldest first; none in which they take part themselves."""
    own = Q(author=user) | Q(about=user)
    return Report.objects.filter(decided_at=None).exclude(own).order_by("made_at", "pk")


def may_decide(user: User, found: Report) -> bool:
    """Say whether somebody may look at a report and decide: a moderator whom it is not about."""
    return user.has_perm(DECIDE) and user.pk not in (found.author_id, found.about_id)


def look(found: Report, by: User) -> Sequence[Message]:
    """Note that somebody looks at a report, and give what they see: the message and the few around it, in order.

    What was written after the report is not shown. Raises ``PermissionDenied``.
    """
    if not may_decide(by, found):
        raise PermissionDenied
    Look.objects.create(report=found, by=by)
    message = found.message
    if message is None:
        return []
    messages = Message.objects.filter(thread=message.thread_id).select_related("thread__specialist")
    before = messages.filter(sent_at__lte=message.sent_at).order_by("-sent_at", "-pk")[: AROUND + 1]
    after = messages.filter(sent_at__gt=message.sent_at, sent_at__lte=found.made_at)[:AROUND]
    return [*reversed(before), *after]


def decide(found: Report, by: User, decision: str, note: str, words: str = "") -> Report:
    """Decide a report. ``words`` are what the team tells whoever wrote the message; the note is for the team itself.

    Raises ``PermissionDenied``, and ``NotPossible`` where it is decided already or cannot be decided so.
    """
    if not may_decide(by, found):
        raise PermissionDenied
    with transaction.atomic():
        locked = Report.objects.select_for_update(of=("self",)).select_related("about").get(pk=found.pk)
        if locked.decided_at is not None:
            raise NotPossible("decided", _("Somebody else has decided this report in the meantime."))
        if decision != Decision.NOTHING:
            act(locked, by, decision, words)
        locked.decided_at, locked.decided_by = timezone.now(), by
        locked.decision, locked.note = decision, note
        locked.save(update_fields=["decided_at", "decided_by", "decision", "note"])
        transaction.on_commit(lambda: tell_reporter(locked.pk))
    return locked


def act(found: Report, by: User, decision: str, words: str) -> None:
    """Do what a decision says."""
    if found.about is None:
        raise NotPossible("gone", _("The account of whoever wrote this was deleted: nothing is left to act on."))
    if decision == Decision.SUSPEND:
        suspend(found.about, by)
    if decision == Decision.CLOSE:
        Closure.objects.get_or_create(user=found.about, defaults={"report": found, "by": by})
    if words:
        write_as_team(by, found.about, words)


def suspend(user: User, by: User) -> None:
    """Take a specialist's profile away from readers. Raises ``NotPossible`` for whoever has no public one.

    Why, they read in the team's message: what is given here as the reason goes out as an email.
    """
    specialist = Specialist.objects.filter(user=user, live=True, state=State.VERIFIED).first()
    if specialist is None:
        raise NotPossible("no-specialist", _("Whoever wrote this has no public profile that could be suspended."))
    moderation.suspend(specialist.pk, by, str(WHY_SUSPENDED))


def reopen_messaging(user: User, by: User) -> None:
    """Let somebody write again after their messaging was closed. Raises ``PermissionDenied``."""
    if not by.has_perm(DECIDE) or by.pk == user.pk:
        raise PermissionDenied
    Closure.objects.filter(user=user).delete()


def tell_reporter(key: int) -> None:
    """Let a task tell whoever reported that there is a decision."""
    from cms.correspondence.tasks import tell_of_decision

    tell_of_decision.enqueue(key)


def outcome(found: Report) -> str:
    """Say to whoever reported what came of it: what was decided, and no more than that."""
    if found.decided_at is None:
        return _("You have reported this. A moderator will look at it.")
    came_of_it = {
        Decision.WARN: _("We have looked at it, and told whoever wrote it that this must not happen again."),
        Decision.SUSPEND: _("We have looked at it, and taken down the profile of whoever wrote it."),
        Decision.CLOSE: _("We have looked at it: whoever wrote it can send messages to nobody but us any more."),
    }
    nothing = _("We have looked at it, and found nothing against our rules. You can still block the conversation.")
    return f"{_('You have reported this.')} {came_of_it.get(Decision(found.decision), nothing)}"
