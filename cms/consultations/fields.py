"""Times as they are sent, by a page's form or as JSON: moments, parts of days, and days."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cms.consultations.meetings import Consultation
from cms.consultations.times import DAY, LENGTH, QUARTER, Window

MOST_ENTRIES = 60
SHORTEST = int(LENGTH.total_seconds()) // 60
STEP = int(QUARTER.total_seconds()) // 60
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class MomentsField(forms.Field):
    """One to three moments, each with its distance from UTC; given in UTC and in order."""

    widget: Any = forms.CheckboxSelectMultiple
    default_error_messages = {
        "required": _("Choose a time."),
        "invalid": _("Choose times that are offered."),
        "most": ngettext_lazy(
            "Choose %(most)d time at most.", "Choose %(most)d times at most.", Consultation.MOST_TIMES
        ),
    }

    def to_python(self, value: Any) -> list[datetime]:
        if value in self.empty_values:
            return []
        if not isinstance(value, list):
            raise ValidationError(self.error_messages["invalid"], "invalid")
        moments = sorted({self.moment(one) for one in value if one != ""})
        if len(moments) > Consultation.MOST_TIMES:
            raise ValidationError(self.error_messages["most"] % {"most": Consultation.MOST_TIMES}, "most")
        return moments

    def moment(self, value: Any) -> datetime:
        try:
            found = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            found = None
        if found is None or found.tzinfo is None or (found - EPOCH) % QUARTER:
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return found.astimezone(UTC)


class MomentField(MomentsField):
    """One moment."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        return self.moment(value)


class ZoneField(forms.CharField):
    """The name of a time zone (IANA)."""

    default_error_messages = {"invalid": _("Choose a time zone of the list.")}

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        if name and name not in available_timezones():
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return name


class ListField(forms.Field):
    """A list of things that each have the same named parts."""

    parts: tuple[str, ...] = ()
    default_error_messages = {
        "invalid": _("Something is missing here, or is no time."),
        "most": _("These are too many."),
    }

    def to_python(self, value: Any) -> list[Any]:
        if value in self.empty_values:
            return []
        if not isinstance(value, list) or any(not isinstance(one, dict) or set(one) - set(self.parts) for one in value):
            raise ValidationError(self.error_messages["invalid"], "invalid")
        if len(value) > MOST_ENTRIES:
            raise ValidationError(self.error_messages["most"], "most")
        try:
            return sorted(self.entry(one) for one in value)
        except (KeyError, TypeError, ValueError):
            raise ValidationError(self.error_messages["invalid"], "invalid") from None

    def entry(self, told: dict[str, Any]) -> list[Any]:
        """Read one of them. Raises ``KeyError``, ``TypeError`` or ``ValueError`` where it is none."""
        raise NotImplementedError


class WeeklyField(ListField):
    """``{"weekday": 0, "begins": "09:00", "ends": "12:30"}``; 0 is Monday."""

    parts = ("weekday", "begins", "ends")

    def entry(self, told: dict[str, Any]) -> list[Any]:
        weekday = told["weekday"]
        if not isinstance(weekday, int) or isinstance(weekday, bool) or not 0 <= weekday <= 6:
            raise ValueError(weekday)
        return [weekday, *window(told)]

    def to_python(self, value: Any) -> list[Any]:
        found = super().to_python(value)
        hold_apart(found)
        return found


class ExtraField(ListField):
    """``{"day": "2026-12-26", "begins": "09:00", "ends": "12:30"}``; what is past is let go."""

    parts = ("day", "begins", "ends")

    def entry(self, told: dict[str, Any]) -> list[Any]:
        return [date.fromisoformat(told["day"]).isoformat(), *window(told)]

    def to_python(self, value: Any) -> list[Any]:
        found = super().to_python(value)
        hold_apart(found)
        return [one for one in found if one[0] >= timezone.now().date().isoformat()]


class AwayField(ListField):
    """``{"first": "2026-12-24", "last": "2026-12-26"}``; without a last day it is one day. What is past is let go."""

    parts = ("first", "last")

    def entry(self, told: dict[str, Any]) -> list[Any]:
        first = date.fromisoformat(told["first"])
        last = date.fromisoformat(told.get("last") or told["first"])
        if last < first or (last - first).days > 366:
            raise ValueError(last)
        return [first.isoformat(), last.isoformat()]

    def to_python(self, value: Any) -> list[Any]:
        return [one for one in super().to_python(value) if one[1] >= timezone.now().date().isoformat()]


def window(told: dict[str, Any]) -> Window:
    """Read a part of a day, on quarters of an hour and long enough to meet in."""
    begins, ends = minutes(told["begins"]), minutes(told["ends"])
    if told["ends"] == "00:00":
        ends = DAY
    if ends - begins < SHORTEST:
        raise ValueError(told)
    return Window(begins, ends)


def minutes(text: str) -> int:
    """Read a time of day, from 00:00 to 24:00, as minutes after midnight."""
    if len(text) != 5 or text[2] != ":":
        raise ValueError(text)
    found = int(text[:2]) * 60 + int(text[3:])
    if not 0 <= found <= DAY or found % STEP or int(text[3:]) > 59:
        raise ValueError(text)
    return found


def clock(minutes: int) -> str:
    """Write minutes after midnight as a time of day."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def hold_apart(entries: Iterable[list[Any]]) -> None:
    """Raise where two parts of the same day overlap."""
    for one, other in pairwise(entries):
        if one[0] == other[0] and other[1] < one[2]:
            raise ValidationError(_("Two of these times overlap."), "overlap")
