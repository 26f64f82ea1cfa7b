"""Threads and messages as one of those who take part sees them."""

from typing import Any

from django.utils.translation import gettext as _

from cms.correspondence import services
from cms.correspondence.models import Closure, Message, Report, Thread
from cms.correspondence.refusals import BARRED, CLOSED
from cms.correspondence.reporting import outcome
from cms.people.models import User


class Seat:
    """From where somebody sees their threads. Two queries in all for a list, however long."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.is_barred = Closure.objects.filter(user=user).exists()

    def listed(self) -> list[dict[str, Any]]:
        """Give all of somebody's threads, the latest first."""
        return [self.summary(thread) for thread in Thread.objects.listed_for(self.user)]

    def summary(self, thread: Thread) -> dict[str, Any]:
        """Give a thread as it stands in a list; it was loaded with its numbers."""
        place = thread.place_of(self.user)
        why_closed = self.why_closed(thread)
        return {
            "id": str(thread.public_id),
            "with": self.other(thread),
            "with_team": thread.with_team,
            "specialist": self.profile(thread),
            "subject": thread.get_subject_display() if thread.subject else "",
            "began_at": thread.began_at.isoformat(),
            "last_at": thread.last_at.isoformat(),
            "unread": thread.unread,  # type: ignore[attr-defined]  # annotated
            "blocked": bool(place and place.blocked_at),
            "open": not why_closed,
            "why_closed": why_closed,
        }

    def whole(self, thread: Thread) -> dict[str, Any]:
        """Give a thread with those of its messages that somebody sees."""
        messages = services.messages_for(self.user, thread)
        reports = {one.message_id: one for one in Report.objects.filter(author=self.user, message__thread=thread)}
        told = [self.told(message, thread, reports.get(message.pk)) for message in messages]
        return {**self.summary(thread), "messages": told}

    def told(self, message: Message, thread: Thread, report: Report | None = None) -> dict[str, Any]:
        """Give a message; of one that they have reported also what came of that."""
        mine = message.author_id == self.user.pk and not message.from_team
        return {
            "id": str(message.public_id),
            "thread": str(thread.public_id),
            "mine": mine,
            "from": "" if mine else self.other(thread),
            "text": message.text,
            "sent_at": message.sent_at.isoformat(),
            "report": outcome(report) if report else "",
        }

    def other(self, thread: Thread) -> str:
        """Name whom somebody writes with: a specialist as in their profile, a reader as they wish to be called."""
        if thread.with_team:
            return _("The team of Respite")
        if len(thread.places.all()) < 2:
            return _("A deleted account")
        if thread.reader_id == self.user.pk:
            return thread.specialist.name if thread.specialist else _("A former specialist")
        others = (place.called for place in thread.places.all() if place.user_id != self.user.pk)
        return next(others, "") or _("A reader")

    def profile(self, thread: Thread) -> str | None:
        """Give the address of the profile of the specialist whom somebody writes with, where readers see it."""
        is_reader = thread.reader_id == self.user.pk
        specialist = thread.specialist if is_reader else None
        if specialist is None or not services.is_reachable(specialist):
            return None
        return f"/specialists/{specialist.slug}/"

    def why_closed(self, thread: Thread) -> str:
        """Say why somebody cannot write in a thread; nothing where they can.

        Whether it is the other one who has blocked them, they are not told.
        """
        if thread.with_team:
            return ""
        if len(thread.places.all()) < 2:
            return _("This account was deleted. What was written from it is gone.")
        place = thread.place_of(self.user)
        if place and place.blocked_at:
            return _("You have blocked this conversation: neither of you can write in it.")
        if self.is_barred:
            return str(BARRED)
        return "" if services.is_open(thread) else str(CLOSED)
