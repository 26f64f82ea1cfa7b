"""Why something cannot be done with a consultation now, in words that say what to do instead."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Raised where something is not possible now. ``kind`` names why to a program, ``detail`` says it to a person."""

    kind = "refused"
    detail: Any = ""

    def __str__(self) -> str:
        return str(self.detail)


class TimeTaken(Refused):
    """Somebody else has one of the times, or it is not offered any more; ``others`` are free."""

    kind = "taken"
    detail = _("One of these times is no longer free. Choose another.")

    def __init__(self, taken: Sequence[datetime], others: Sequence[datetime] = ()) -> None:
        super().__init__()
        self.taken, self.others = list(taken), list(others)


class NotOffered(Refused):
    kind = "not-offered"
    detail = _("There are no free first consultations here at the moment. Nothing was sent.")


class AskedBefore(Refused):
    kind = "asked-before"
    detail = _(
        "You have asked this specialist already. "
        "There is one free first consultation with each, unless they offer more."
    )


class TooMany(Refused):
    kind = "too-many"
    detail = _("You have asked several specialists and are waiting for them. Wait for an answer, or cancel one first.")


class Changed(Refused):
    kind = "changed"
    detail = _("This has changed meanwhile. Look at it again before you decide.")


class Begun(Refused):
    kind = "begun"
    detail = _("Its time has come already, so it cannot be changed any more.")


class NotBegun(Refused):
    kind = "not-begun"
    detail = _("Its time has not come yet.")


class Past(Refused):
    kind = "past"
    detail = _("That time has passed. Choose one to come.")


class NotYours(Refused):
    kind = "specialist-only"
    detail = _("The specialist says that you have met. If you missed each other, say so.")
