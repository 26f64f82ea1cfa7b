"""Why something cannot be done with messages, in words for whoever tried."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# The same words for whatever has ended a conversation: they tell nobody who has blocked whom.
CLOSED = gettext_lazy("Messages cannot be sent in this conversation at the moment.")
BARRED = gettext_lazy(
    "After a report our team has closed messaging for your account. You can still write to the team itself."
)


class NotThere(Exception):
    """Somebody or something that is not there, or not for whoever asks: nobody is told which."""


class NotPossible(Exception):
    """Something that cannot be done as things are: ``kind`` names it for a program, the text says it in words."""

    def __init__(self, kind: str, words: object) -> None:
        super().__init__(str(words))
        self.kind = kind


class TooMany(Exception):
    """More than anybody writes in such a time; ``seconds`` until it is taken again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(_("This is a lot in a short time. Wait a little, then send it again."))
        self.seconds = max(1, round(seconds))


def closed() -> NotPossible:
    """Give what is raised where a conversation takes no messages."""
    return NotPossible("closed", CLOSED)


def barred() -> NotPossible:
    """Give what is raised where the team has closed messaging for an account."""
    return NotPossible("messaging-closed", BARRED)
