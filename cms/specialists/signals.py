"""What follows for a profile when its account changes."""

from typing import Any

from django.dispatch import receiver

from cms.people.models import User
from cms.people.sessions import locked_out
from cms.specialists import moderation


@receiver(locked_out)
def take_down_with_account(user: User, **_: Any) -> None:
    """Readers do not see anybody who may not log in; whoever closes their own account goes altogether."""
    if user.closed_at is None:
        moderation.suspend_with_account(user)
