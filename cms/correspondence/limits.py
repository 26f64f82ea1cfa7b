"""How much one account may write: far more than anybody needs, and too little to trouble many.

Counted in what was written, so that neither another process nor a restart forgets it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from cms.correspondence.models import Message, Report, Thread
from cms.correspondence.refusals import TooMany
from cms.people.models import User

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def hold_threads(author: User) -> None:
    """Raise ``TooMany`` where somebody has begun too many conversations within a day."""
    hold(Thread.objects.filter(reader=author), "began_at", DAY, settings.MESSAGES_AT_MOST["threads a day"])


def hold_messages(author: User) -> None:
    """Raise ``TooMany`` where somebody has written too many messages within an hour."""
    hold(
        Message.objects.filter(author=author, from_team=False),
        "sent_at",
        HOUR,
        settings.MESSAGES_AT_MOST["messages an hour"],
    )


def hold_reports(author: User) -> None:
    """Raise ``TooMany`` where somebody has made too many reports within a day."""
    hold(Report.objects.filter(author=author), "made_at", DAY, settings.MESSAGES_AT_MOST["reports a day"])


def hold(
    made: "QuerySet[Thread] | QuerySet[Message] | QuerySet[Report]", when: str, span: timedelta, most: int
) -> None:
    """Raise ``TooMany`` where at least so many things were made within a span of time."""
    now = timezone.now()
    latest = made.filter(**{f"{when}__gt": now - span}).order_by(f"-{when}").values_list(when, flat=True)
    moments: list[datetime] = list(latest[:most])
    if len(moments) == most:
        raise TooMany((moments[-1] + span - now).total_seconds())
