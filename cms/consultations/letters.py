"""What is told of consultations: short, and silent about health in its subject; a note is never in it.

Each is told in the transaction of what it tells of (`cms.notifications`), so that it is sent when it is true and not
else.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.consultations.meetings import Consultation, Side
from cms.consultations.wording import when, zone_or_utc
from cms.notifications.kinds import Kind
from cms.notifications.preferences import speaking_to
from cms.notifications.services import notify
from cms.publishing.languages import root_of


def asked(consultation: Consultation) -> None:
    """Tell the specialist that somebody has asked."""
    with Letter(consultation, Side.SPECIALIST) as letter:
        letter.subject = _("Somebody has asked you for a time")
        letter.say(_("A reader has asked for a free first consultation. These times would suit them:"))
        letter.list(consultation.proposed)
        letter.say(_("They are kept free for this reader until you answer."))


def agreed(consultation: Consultation, by: Side, moved: bool) -> None:
    """Tell the other side that one of its times suits, or that the meeting has moved to it."""
    with Letter(consultation, by.other) as letter:
        letter.subject = _("Your time has moved") if moved else _("Your time is agreed")
        if by == Side.SPECIALIST:
            letter.say(_("%(name)s has agreed to meet you:") % {"name": letter.other_name})
        else:
            letter.say(_("The reader has agreed to meet you:"))
        letter.list([consultation.starts_at])
        letter.say(
            _("It takes half an hour and costs nothing. If it no longer suits you, cancel it; you need no reason.")
        )


def proposed(consultation: Consultation, by: Side) -> None:
    """Tell the other side that other times have been named."""
    with Letter(consultation, by.other) as letter:
        letter.subject = _("Other times to choose from")
        if by == Side.SPECIALIST:
            letter.say(_("%(name)s has named other times:") % {"name": letter.other_name})
        else:
            letter.say(_("The reader has named other times:"))
        letter.list(consultation.proposed)
        if consultation.starts_at:
            letter.say(_("Until you agree to one of them, the time you had stands:"))
            letter.list([consultation.starts_at])


def stays(consultation: Consultation, by: Side) -> None:
    """Tell the other side that the other times do not suit, so that what was agreed stands."""
    with Letter(consultation, by.other) as letter:
        letter.subject = _("Your time stays as it was")
        letter.say(_("The other times do not suit. You meet as agreed:"))
        letter.list([consultation.starts_at])


def declined(consultation: Consultation, by: Side) -> None:
    """Tell the other side that none of the times will be."""
    with Letter(consultation, by.other) as letter:
        letter.subject = _("An answer to your request") if by == Side.SPECIALIST else _("An answer to your times")
        if by == Side.SPECIALIST:
            letter.say(_("%(name)s cannot meet you for a first consultation.") % {"name": letter.other_name})
            letter.say(_("It says nothing about you: specialists give no reasons here. Others offer one, too:"))
            letter.say(f"{settings.ORIGIN}{root_of(get_language() or '')}/specialists/?offers_consultation=true")
        else:
            letter.say(_("None of the times you named suits the reader."))


def cancelled(consultation: Consultation, by: Side) -> None:
    """Tell the other side that it was called off."""
    with Letter(consultation, by.other) as letter:
        letter.subject = _("A time was cancelled")
        if consultation.starts_at:
            letter.say(_("You do not meet at the time that was agreed:"))
            letter.list([consultation.starts_at])
        else:
            letter.say(_("The request for a first consultation was cancelled."))
        if by == Side.SPECIALIST:
            letter.say(_("Nobody has to give a reason here. You can ask for another time, or somebody else."))
        else:
            letter.say(_("Nobody has to give a reason here. The time is free again."))


def missed(consultation: Consultation, by: Side) -> None:
    """Tell the other side, kindly, that the two have not met."""
    with Letter(consultation, by.other) as letter:
        letter.subject = _("You have missed each other")
        if by == Side.SPECIALIST:
            letter.say(_("%(name)s noted that you did not meet. That happens.") % {"name": letter.other_name})
            letter.say(_("Nothing is owed, and you need not explain. Ask for another time whenever it suits you."))
        else:
            letter.say(_("The reader noted that you did not meet. That happens. They can ask for another time."))


def lapsed(consultation: Consultation) -> None:
    """Tell the reader that the times have passed without an answer."""
    with Letter(consultation, Side.READER) as letter:
        letter.subject = _("Your times have passed")
        letter.say(_("The times that were named have passed, so your request has ended by itself."))
        letter.say(_("Ask for other times, or somebody else; it is no fault of yours."))


def reminder(consultation: Consultation, side: Side, is_tomorrow: bool) -> None:
    """Remind one side of an agreed time."""
    with Letter(consultation, side, Kind.REMINDER) as letter:
        letter.subject = _("A reminder of your time tomorrow") if is_tomorrow else _("A reminder of your time today")
        if side == Side.READER:
            letter.say(_("You meet %(name)s:") % {"name": letter.other_name})
        else:
            letter.say(_("You meet a reader for a first consultation:"))
        letter.list([consultation.starts_at])
        letter.say(_("If it no longer suits you, cancel it; you need no reason."))


class Letter:
    """What one side is told, in its language and its time zone; it is told at the end of the block that writes it."""

    def __init__(self, consultation: Consultation, side: Side, kind: Kind | None = None) -> None:
        self.consultation = consultation
        self.subject, self.said = "", list[str | list[str]]()
        specialist = consultation.specialist
        self.other_name = specialist.name if specialist else ""
        self.zone: ZoneInfo
        if side == Side.READER:
            self.user, self.language = consultation.author, consultation.language
            self.kind, self.zone = kind or Kind.CONSULTATION, zone_or_utc(consultation.time_zone)
        else:
            assert specialist is not None, "who has left is not told"
            self.user, self.language = specialist.user, specialist.letters_in
            self.kind, self.zone = kind or Kind.REQUEST, zone_or_utc(specialist.time_zone)
        self.speaking = speaking_to(self.user, self.language)

    def say(self, line: Any) -> None:
        self.said.append(str(line))

    def list(self, moments: Iterable[datetime | None]) -> None:
        self.said.append([when(moment, self.zone) for moment in moments if moment])

    def __enter__(self) -> "Letter":
        self.speaking.__enter__()
        return self

    def __exit__(self, kind: Any, *error: Any) -> None:
        if kind is None:
            way = reverse("own_consultation", args=[self.consultation.pk])
            notify(self.user, self.kind, way, subject=self.subject, said=self.said, language=self.language)
        self.speaking.__exit__(kind, *error)
