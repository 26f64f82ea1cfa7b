"""What is kept of somebody's messages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.correspondence.models import Message, Thread
from cms.correspondence.services import messages_for
from cms.people.models import User
from cms.people.rights import holds
from cms.review.holdings import former_editor


def erase_threads(user: User) -> None:
    """Take away the threads with the team; of those with others, their own messages go with the account.

    What somebody has answered as the team belongs to whoever asked, and stays.
    """
    Thread.objects.filter(with_team=True, places__user=user).delete()
    answered = Message.objects.filter(from_team=True, author=user)
    if answered.exists():
        answered.update(author=former_editor())


@holds("messages", _("Your messages"), erase=erase_threads)
def messages(user: User) -> list[dict[str, Any]]:
    threads = Thread.objects.visible_to(user).order_by("began_at")
    return [told(message, user) for thread in threads for message in messages_for(user, thread)]


def told(message: Message, user: User) -> dict[str, Any]:
    return {
        "thread": str(message.thread.public_id),
        "from": "you" if message.author_id == user.pk else "team" if message.from_team else "the other person",
        "at": message.sent_at.isoformat(),
        "text": message.text,
    }
