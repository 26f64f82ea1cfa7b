"""How long messages and reports are kept, and what is taken away when that is over."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from cms.correspondence.models import Message, Place, Report, Thread, ThreadQuerySet


def open_report() -> Exists:
    """Give the condition that something in a thread was reported and is not decided: until then it is kept."""
    return Exists(Report.objects.filter(message__thread=OuterRef("pk"), decided_at=None))


def blocked() -> Exists:
    """Give the condition that somebody has blocked the other: that holds for as long as both are here."""
    return Exists(Place.objects.filter(thread=OuterRef("pk"), blocked_at__isnull=False))


def left_by_all() -> ThreadQuerySet:
    """Give the threads that nobody has any more. The team keeps what was written to it for its year."""
    kept = Exists(Place.objects.filter(thread=OuterRef("pk"), deleted_at=None))
    return Thread.objects.filter(~kept, ~open_report(), ~blocked(), with_team=False)


def forget_old() -> int:
    """Take away the threads in which nobody has written for a year; give how many there were.

    Of one in which somebody has blocked the other, the words go; that it is blocked stays.
    """
    old = Thread.objects.filter(~open_report(), last_at__lte=timezone.now() - Thread.KEPT)
    shut = old.filter(blocked(), with_team=False).values("pk")
    Message.objects.filter(thread__in=shut).delete()
    gone = old.exclude(pk__in=shut).delete()[1].get("correspondence.Thread", 0)
    return gone + left_by_all().delete()[1].get("correspondence.Thread", 0)


def forget_reports() -> int:
    """Take away the reports that were decided half a year ago, and who looked at them; give how many there were."""
    old = Report.objects.filter(decided_at__lte=timezone.now() - Report.KEPT)
    return old.delete()[1].get("correspondence.Report", 0)
