"""Two who write to each other, and the moderators who see what is reported."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.test import TestCase

from cms.correspondence import reporting, services
from cms.correspondence.models import Message, Report, Thread
from cms.people.models import User
from cms.specialists.models import Specialist
from tests import factories

# What is handed over at the end of a transaction is done when this is left.
committing = partial(TestCase.captureOnCommitCallbacks, execute=True)


@dataclass
class Two:
    """A reader and a specialist, and the thread that they have begun."""

    reader: User
    specialist: Specialist
    thread: Thread

    @property
    def helper(self) -> User:
        """The specialist's account."""
        return self.specialist.user

    def says(self, who: User, text: str) -> Message:
        """Write on in their thread."""
        return services.answer(self.thread, who, text)[0]

    def texts(self, who: User) -> list[str]:
        """Give what one of the two sees."""
        return [message.text for message in services.messages_for(who, Thread.objects.get(pk=self.thread.pk))]


def two(text: str = "Do you have time?", called: str = "Robin", **fields: Any) -> Two:
    """Let a reader write to a specialist."""
    reader = factories.reader()
    specialist = factories.specialist(**fields)
    message, _made = services.write_to_specialist(reader, specialist.slug, text, called)
    return Two(reader, specialist, message.thread)


def reported(pair: Two, text: str = "Send me money", details: str = "It frightens me") -> Report:
    """Let the specialist write something, and the reader report it."""
    message = pair.says(pair.helper, text)
    return reporting.report(pair.reader, message.public_id, "money", details)[0]
