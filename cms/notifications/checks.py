"""What is held to when the site starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from cms.notifications.kinds import Kind
from cms.notifications.push.vapid import WrongKey, public_key


@register()
def kinds_differ(**_: Any) -> list[CheckMessage]:
    """Two kinds with one number would be told as each other."""
    numbers = [kind.number for kind in Kind]
    if len(set(numbers)) == len(numbers):
        return []
    return [Error("Two kinds of news have one number.", id="notifications.E001")]


@register()
def key_can_be_used(**_: Any) -> list[CheckMessage]:
    """A key that is none would be noticed only when the first device is to be told."""
    try:
        public_key(settings.VAPID_PRIVATE_KEY)
    except WrongKey as error:
        return [Error(str(error), id="notifications.E002")]
    return []
