"""Messages of the admin are sent once what they tell of is committed, and by a task that nobody waits for.

Wagtail marks what it sends by itself (RFC 3834); everything else, such as a link to a new password, is sent as it comes
and never written down.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks_db import DatabaseBackend


class AfterCommitBackend(BaseEmailBackend):
    """Hands the admin's messages to a task once this transaction is committed, and all others to ``MAIL_BACKEND``."""

    def send_messages(self, email_messages: Iterable[Any]) -> int:
        """Give how many messages were taken on."""
        messages = list(email_messages)
        later = [message for message in messages if message.extra_headers.get("Auto-Submitted") == "auto-generated"]
        for message in later:
            hand_over = partial(_hand_over, written_down(message))
            if is_queue_in_database():
                # Its row commits with what the letter tells of: a process that is ended in between loses none.
                hand_over()
            else:
                transaction.on_commit(hand_over, robust=True)
        now = [message for message in messages if message not in later]
        return len(later) + (deliver(now, fail_silently=self.fail_silently) if now else 0)


def written_down(message: Any) -> dict[str, Any]:
    """Give a message in plain values, as a task's queue can keep it."""
    html = next((content for content, kind in getattr(message, "alternatives", []) if kind == "text/html"), "")
    return {
        "subject": message.subject,
        "body": message.body,
        "html": html,
        "sender": message.from_email,
        "recipients": list(message.to),
        "headers": dict(message.extra_headers),
    }


def read_back(kept: dict[str, Any]) -> EmailMultiAlternatives:
    """Give the message that was written down."""
    message = EmailMultiAlternatives(
        kept["subject"], kept["body"], kept["sender"], kept["recipients"], headers=kept["headers"]
    )
    if kept["html"]:
        message.attach_alternative(kept["html"], "text/html")
    return message


def deliver(messages: list[Any], fail_silently: bool = False) -> int:
    """Send messages by the real way; give how many went. Raises what that raises."""
    return get_connection(settings.MAIL_BACKEND, fail_silently=fail_silently).send_messages(messages) or 0


def is_queue_in_database() -> bool:
    """Say whether a task that is handed over is a row of this very database."""
    return isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend)


def _hand_over(kept: dict[str, Any]) -> None:
    from cms.review.tasks import send

    send.enqueue(kept)
